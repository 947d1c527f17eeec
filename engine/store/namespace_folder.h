#pragma once

#include "engine/run/flow_source.h"
#include "engine/run/task_runner.h"
#include "engine/store/sqlite_store.h"

namespace store {

/// Keys and values in the database of executions, files of namespaces in folders. Thread-safe.
class NamespaceFolder : public engine::NamespaceStore
{
public:
    /// `flows` says which namespaces exist without a key or file of their own; may be null.
    NamespaceFolder(SqliteStore &store, std::filesystem::path folder, const engine::FlowSource *flows);

    /// Namespaces with a folder `<project>/<namespace>/files` have their files there. Before the engine starts.
    void setProject(std::filesystem::path project) { m_project = std::move(project); }

    std::optional<KvEntry> kvGet(std::string_view nameSpace, std::string_view key) const override;
    void kvSet(std::string_view nameSpace, std::string_view key, KvEntry entry) override;
    bool kvDelete(std::string_view nameSpace, std::string_view key) override;
    std::vector<std::string> kvKeys(std::string_view nameSpace) const override;
    std::filesystem::path files(std::string_view nameSpace) const override;
    bool namespaceExists(std::string_view nameSpace) const override;
    std::vector<std::string> namespaceNames() const override;

private:
    SqliteStore &m_store;
    std::filesystem::path m_folder;
    std::filesystem::path m_project;
    const engine::FlowSource *m_flows;
};

} // namespace store
