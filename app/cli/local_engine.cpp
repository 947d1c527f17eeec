#include "app/cli/local_engine.h"

#include "app/cli/flow_files.h"

#include "app/sentences/engine_sentences.h"
#include "engine/tasks/task_families.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace cli {

void failWith(const engine::Error &error, int exitCode)
{
    std::vector<std::string> args = error.args;
    if (error.code == engine::ErrorCode::InvalidFlow)
        args = {fmt::format("{}", fmt::join(error.args, "; "))};
    const std::string where = error.where.empty() ? std::string() : error.where + ": ";
    fmt::print(stderr, "{}error: {}\n", where.empty() ? "leat: " : where, app::plainText(app::sentenceOf(error.code), args, error.where));
    throw CLI::RuntimeError(exitCode);
}

LocalEngine::LocalEngine(const std::filesystem::path &data, const std::filesystem::path &project)
{
    if (!project.empty())
        m_flows = std::make_unique<store::ProjectFlows>(project);
    auto opened = store::DataFolder::open(data.empty() ? store::DataFolder::standard() : data, m_flows.get());
    if (!opened)
        failWith(opened.error());
    m_data = std::move(*opened);
    m_data->setProject(project);
    if (const auto &damage = m_data->damage())
        fmt::print(stderr, "leat: warning: {}\n", app::plainText(app::sentenceOf(damage->code), damage->args, damage->where));
    m_catalog = loadCatalog(flow::Dialect::Kestra1_3, project);
    engine::Services services = m_data->services();
    services.catalog = m_catalog;
    services.runners = tasks::builtInRunners();
    engine::EngineOptions options;
    options.environment = store::templateEnvironment();
    m_engine = std::make_unique<engine::Engine>(std::move(services), std::move(options));
}

LocalEngine::~LocalEngine() = default;

} // namespace cli
