#pragma once

#include "engine/run/flow_source.h"

#include <filesystem>
#include <map>
#include <mutex>

namespace store {

/// The flows of a project folder: every YAML file with `id`, `namespace` and `tasks`. Files are read
/// again when they changed; folders that start with a dot are left out. Thread-safe.
class ProjectFlows : public engine::FlowSource
{
public:
    explicit ProjectFlows(std::filesystem::path folder);
    /// The folder a flow file belongs to: the nearest above it with `.leat`; else the one that holds its
    /// `<namespace>/flows` (the namespace written in the file); else the nearest with `.git`; else its own.
    static std::filesystem::path projectOf(const std::filesystem::path &flowFile);

    std::optional<engine::FlowText> find(std::string_view namespaceId, std::string_view flowId,
                                         std::optional<std::int32_t> revision = {}) const override;
    std::vector<engine::FlowText> all() const override;

private:
    struct File
    {
        std::filesystem::file_time_type changed{};
        std::uintmax_t size = 0;
        std::string id;
        std::string namespaceId;
        engine::FlowText flow; ///< text null: no flow
    };
    void refresh() const; ///< at most every half second, more rarely the longer the walk takes
    std::filesystem::path m_folder;
    mutable std::mutex m_mutex;
    mutable std::map<std::filesystem::path, File> m_files;
    mutable std::chrono::steady_clock::time_point m_nextLook{};
};

} // namespace store
