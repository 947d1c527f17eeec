#pragma once

#include "engine/store/environment_secrets.h"
#include "engine/store/local_storage.h"
#include "engine/store/namespace_folder.h"
#include "engine/store/project_flows.h"
#include "engine/store/sqlite_store.h"

namespace store {

/// One data folder with all it holds: executions, files, keys, secrets. Owned by whoever runs an
/// engine on it; must outlive the engine.
class DataFolder
{
public:
    /// `$XDG_STATE_HOME/leat`, or `~/.local/state/leat`.
    static std::filesystem::path standard();
    /// `flows` may be null and must outlive this. Errors: those of SqliteStore::open. A damaged
    /// database is put aside and a new one begun: `damage()` says so.
    static engine::Result<std::unique_ptr<DataFolder>> open(const std::filesystem::path &folder, const engine::FlowSource *flows,
                                                            bool readOnly = false);
    ~DataFolder();

    /// The folder whose `<namespace>/files` are the namespaces' files. Before the engine starts.
    void setProject(const std::filesystem::path &project) { m_namespaces->setProject(project); }
    /// Services of an engine over this folder; the caller adds the catalog and the runners.
    engine::Services services();
    SqliteStore &executions() { return *m_store; }
    LocalStorage &storage() { return *m_storage; }
    const EnvironmentSecrets &secrets() const { return *m_secrets; }
    const std::filesystem::path &folder() const { return m_folder; }
    const std::optional<engine::Error> &damage() const { return m_damage; }

private:
    DataFolder() = default;
    std::filesystem::path m_folder;
    std::unique_ptr<SqliteStore> m_store;
    std::unique_ptr<LocalStorage> m_storage;
    std::unique_ptr<NamespaceFolder> m_namespaces;
    std::unique_ptr<EnvironmentSecrets> m_secrets;
    const engine::FlowSource *m_flows = nullptr;
    std::optional<engine::Error> m_damage;
};

} // namespace store
