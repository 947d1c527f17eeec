#include "engine/run/stored_evaluation.h"

#include "engine/expr/renderer.h"
#include "engine/flow/analysis.h"
#include "engine/run/run_scope.h"

namespace engine {

StoredEvaluation::StoredEvaluation(const Execution &execution, const Services &services, const EngineOptions &options)
    : m_services(services), m_options(options)
{
    const flow::Analysis analysis = flow::analyse(*execution.flowText, flow::Revision{}, *services.catalog);
    const flow::Value root = analysis.flow->root ? flow::toValue(*analysis.flow->root) : flow::Value(flow::Object());
    m_live = std::make_shared<Live>(std::make_shared<ExecutionRecord>(execution),
                                    Program::compile(root, *services.catalog), services.secrets);
    m_live->plan.restore(execution, execution.history.empty() ? execution.created : execution.history.back().at);
    for (const RunIndex run : m_live->plan.takeTouched())
        m_live->table.touch(m_live->plan, run);
    m_live->labels = execution.labels;
    m_live->variables = execution.variables;
    m_live->outputs = execution.outputs;
}

template <typename Render>
auto StoredEvaluation::evaluated(std::string_view text, RunIndex run, Render &&render)
{
    const RunScope scope(m_live, run, m_options);
    RunHost host(m_live, m_services);
    expr::Environment environment;
    environment.timeZone = m_options.timeZone.empty() ? "UTC" : m_options.timeZone;
    environment.host = &host;
    environment.cache = &m_cache;
    return render(*m_cache.get(text, m_services.catalog->dialect()), scope, environment);
}

expr::Result<flow::Value> StoredEvaluation::value(std::string_view text, RunIndex run)
{
    return evaluated(text, run, expr::renderTyped);
}

expr::Result<std::string> StoredEvaluation::text(std::string_view text, RunIndex run)
{
    return evaluated(text, run, expr::render);
}

} // namespace engine
