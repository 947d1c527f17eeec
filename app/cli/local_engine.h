#pragma once

#include "engine/store/data_folder.h"

namespace cli {

/// An engine of this process over a data folder and a project, as every verb that runs flows uses it.
/// Prints why it can't be and throws CLI::RuntimeError.
class LocalEngine
{
public:
    /// An empty `data` is the standard folder. `project` is the folder whose flows subflows and
    /// triggers find; empty for none.
    LocalEngine(const std::filesystem::path &data, const std::filesystem::path &project);
    ~LocalEngine();

    engine::Engine &engine() { return *m_engine; }
    store::DataFolder &data() { return *m_data; }
    const flow::TaskCatalog &catalog() const { return *m_catalog; }

private:
    std::unique_ptr<store::ProjectFlows> m_flows;
    std::unique_ptr<store::DataFolder> m_data;
    std::shared_ptr<const flow::TaskCatalog> m_catalog;
    std::unique_ptr<engine::Engine> m_engine;
};

/// Prints the error's sentence on stderr and throws CLI::RuntimeError(code).
[[noreturn]] void failWith(const engine::Error &error, int exitCode = 1);

} // namespace cli
