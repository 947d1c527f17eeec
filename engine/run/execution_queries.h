#pragma once

#include "engine/run/engine.h"

namespace engine {

/// Answers what tasks ask about executions from the store. Thread-safe, as the store is.
class ExecutionQueries : public ExecutionServices
{
public:
    using Resume = std::function<Result<>(std::string_view id, const flow::Object &inputs)>;
    ExecutionQueries(ExecutionStore &store, Resume resume) : m_store(store), m_resume(std::move(resume)) {}

    std::vector<LogLine> logs(std::string_view executionId) const override;
    std::size_t count(const Filter &filter) const override;
    /// Throws RenderError: logs live and go with their execution.
    std::size_t purgeLogs(const Filter &filter, const std::vector<Level> &levels) override;
    /// Ended executions only, with all they logged and measured.
    Purged purgeExecutions(const Filter &filter, bool executions, bool logs, bool metrics, bool files) override;
    std::string resume(std::string_view executionId, const flow::Object &inputs) override;

private:
    std::vector<ExecutionSummary> matching(const Filter &filter) const;

    ExecutionStore &m_store;
    Resume m_resume;
};

} // namespace engine
