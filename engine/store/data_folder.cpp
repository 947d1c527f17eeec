#include "engine/store/data_folder.h"

#include "engine/store/keyring.h"

#include <cstdlib>

namespace store {

namespace fs = std::filesystem;
using engine::ErrorCode;
using engine::Result;

fs::path DataFolder::standard()
{
    if (const char *state = std::getenv("XDG_STATE_HOME"); state && *state == '/')
        return fs::path(state) / "leat";
    const char *home = std::getenv("HOME");
    return fs::path(home && *home ? home : "/tmp") / ".local/state/leat";
}

DataFolder::~DataFolder() = default;

Result<std::unique_ptr<DataFolder>> DataFolder::open(const fs::path &folder, const engine::FlowSource *flows, bool readOnly)
{
    std::unique_ptr<DataFolder> data(new DataFolder());
    data->m_folder = folder;
    data->m_flows = flows;
    Result<std::unique_ptr<SqliteStore>> opened = SqliteStore::open(folder, readOnly);
    if (!opened && opened.error().code == ErrorCode::StoreCorrupt && !readOnly) {
        data->m_damage = opened.error();
        opened = SqliteStore::open(folder, readOnly);
    }
    if (!opened)
        return opened.error();
    data->m_store = std::move(*opened);
    // Working directories of a process that was killed are nobody's any more.
    const fs::path scratch = folder / "tmp";
    std::error_code failed;
    if (data->m_store->writable())
        fs::remove_all(scratch, failed);
    data->m_storage = std::make_unique<LocalStorage>(folder / "storage", scratch);
    data->m_namespaces = std::make_unique<NamespaceFolder>(*data->m_store, folder / "namespaces", flows);
    data->m_secrets = std::make_unique<EnvironmentSecrets>(folder / "secret.key", keyringSecret);
    return data;
}

engine::Services DataFolder::services()
{
    engine::Services services;
    services.store = m_store.get();
    services.storage = m_storage.get();
    services.namespaces = m_namespaces.get();
    services.flows = m_flows;
    services.secrets = m_secrets.get();
    return services;
}

} // namespace store
