#pragma once

#include "engine/expr/error.h"
#include "engine/expr/template.h"
#include "engine/run/engine.h"

namespace engine {

struct Live;

/// Evaluates templates with the variables of an execution as it is stored: of the execution, or of one of its task
/// runs. Nothing of the execution goes on or changes. Not thread-safe. `services` and `options` must outlive it.
class StoredEvaluation
{
public:
    StoredEvaluation(const Execution &execution, const Services &services, const EngineOptions &options);

    /// The value keeps its kind when the text is one single expression. `run` is kNoRun for the execution's own variables.
    expr::Result<flow::Value> value(std::string_view text, RunIndex run = kNoRun);
    expr::Result<std::string> text(std::string_view text, RunIndex run = kNoRun);

private:
    template <typename Render>
    auto evaluated(std::string_view text, RunIndex run, Render &&render);

    const Services &m_services;
    const EngineOptions &m_options;
    expr::TemplateCache m_cache;
    std::shared_ptr<Live> m_live;
};

} // namespace engine
