#pragma once

#include "engine/run/engine.h"

#include <mutex>
#include <set>
#include <vector>

namespace store {

/// Files of executions below one folder, as `kestra:///…` addresses: the namespace's parts, the flow,
/// `executions/<id>/tasks/<task>/<task run>/<name>` or `…/inputs/<input>/<name>`. Thread-safe.
class LocalStorage : public engine::StorageRoot
{
public:
    /// `scratch` holds the working directories of attempts.
    LocalStorage(std::filesystem::path folder, std::filesystem::path scratch);
    ~LocalStorage() override;

    std::unique_ptr<engine::InternalStorage> open(const Owner &owner) override;
    engine::ExecutionServices::PurgedStorage purge(const std::string &namespaceId, const std::string &flowId,
                                                   std::optional<engine::Time> from, std::optional<engine::Time> to, bool dryRun) override;
    std::filesystem::path makeWorkingDir() override;
    void makeDirectory(const std::filesystem::path &directory) override;
    void leave(const std::filesystem::path &directory) override;
    void discard(const std::filesystem::path &directory) override;

    /// The file behind an address, whoever owns it; nothing when the address leads out of the folder.
    std::optional<std::filesystem::path> locate(std::string_view uri) const;
    const std::filesystem::path &folder() const { return m_folder; }

private:
    std::filesystem::path m_folder;
    std::filesystem::path m_scratch;
    std::filesystem::path freshName() const;
    bool placeSpare(const std::filesystem::path &directory);
    bool keepSpare(const std::filesystem::path &directory);

    std::mutex m_spareMutex; ///< guards the next two
    std::set<std::filesystem::path> m_left; ///< directories that are not used again
    std::vector<std::filesystem::path> m_spare; ///< emptied working directories: renaming one is cheaper than making one
};

} // namespace store
