#pragma once

#include "engine/run/engine.h"

namespace engine {

/// Answers what tasks ask about executions from the store. Thread-safe, as the store is.
class ExecutionQueries : public ExecutionServices
{
public:
    using Resume = std::function<Result<>(std::string_view id, const flow::Object &inputs)>;
    /// `services` must outlive this.
    ExecutionQueries(const Services &services, Resume resume) : m_services(services), m_store(*services.store), m_resume(std::move(resume)) {}

    std::vector<LogLine> logs(std::string_view executionId) const override;
    std::size_t count(const Filter &filter) const override;
    std::size_t purgeLogs(const Filter &filter, const std::vector<Level> &levels) override;
    Purged purgeExecutions(const Filter &filter, const PurgeParts &parts) override;
    PurgedStorage purgeStorage(const Filter &filter, bool dryRun) override;
    std::string setTrigger(std::string_view namespaceId, std::string_view flowId, std::string_view trigger, bool enabled) override;
    std::string resume(std::string_view executionId, const flow::Object &inputs) override;

private:
    std::vector<ExecutionSummary> matching(const Filter &filter) const;

    const Services &m_services;
    ExecutionStore &m_store;
    Resume m_resume;
};

} // namespace engine
