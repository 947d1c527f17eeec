#include "engine/run/execution_queries.h"

namespace engine {

namespace {
constexpr std::size_t kPage = 1000;
}

std::vector<ExecutionServices::LogLine> ExecutionQueries::logs(std::string_view executionId) const
{
    std::vector<LogLine> lines;
    const auto execution = m_store.read(executionId);
    if (!execution)
        return lines;
    LogFilter filter;
    filter.limit = kPage;
    while (true) {
        const auto page = m_store.logs(executionId, filter);
        if (!page || page->empty())
            return lines;
        for (const LogEntry &entry : *page) {
            LogLine line;
            line.at = entry.at;
            line.level = entry.level;
            line.nameSpace = execution->namespaceId;
            line.flowId = execution->flowId;
            line.executionId = execution->id;
            if (entry.run < execution->taskRuns.size()) {
                line.taskId = execution->taskRuns[entry.run].taskId;
                line.taskRunId = execution->taskRuns[entry.run].id;
            }
            line.attempt = entry.attempt;
            line.message = entry.message;
            lines.push_back(std::move(line));
        }
        filter.after = page->back().number;
    }
}

std::vector<ExecutionSummary> ExecutionQueries::matching(const Filter &filter) const
{
    ExecutionFilter wanted;
    wanted.flowId = filter.flowId;
    wanted.limit = kPage;
    for (const std::string &name : filter.states) {
        if (const auto state = stateOf(name))
            wanted.states.push_back(*state);
    }
    std::vector<ExecutionSummary> found;
    while (true) {
        const auto page = m_store.list(wanted);
        if (!page || page->empty())
            return found;
        for (const ExecutionSummary &one : *page) {
            const bool inSpace = filter.nameSpace.empty() || one.namespaceId == filter.nameSpace
                                 || one.namespaceId.starts_with(filter.nameSpace + '.');
            const bool inTime = (!filter.from || one.created >= *filter.from) && (!filter.to || one.created <= *filter.to);
            if (inSpace && inTime && (filter.executionId.empty() || one.id == filter.executionId))
                found.push_back(one);
        }
        wanted.offset += page->size();
    }
}

std::size_t ExecutionQueries::count(const Filter &filter) const
{
    return matching(filter).size();
}

std::size_t ExecutionQueries::purgeLogs(const Filter &, const std::vector<Level> &)
{
    throw RenderError{"Logs are removed together with their executions here: use PurgeExecutions"};
}

ExecutionServices::Purged ExecutionQueries::purgeExecutions(const Filter &filter, bool executions, bool logs,
                                                            bool metrics, bool)
{
    Purged purged;
    if (!executions)
        return purged;
    std::vector<std::string> ids;
    for (const ExecutionSummary &one : matching(filter)) {
        if (!isEnd(one.state))
            continue;
        ids.push_back(one.id);
        if (logs)
            purged.logs += this->logs(one.id).size();
        if (metrics) {
            const auto measured = m_store.metrics(one.id);
            purged.metrics += measured ? measured->size() : 0;
        }
    }
    const auto removed = m_store.remove(ids);
    purged.executions = removed ? *removed : 0;
    return purged;
}

std::string ExecutionQueries::resume(std::string_view executionId, const flow::Object &inputs)
{
    if (!m_store.read(executionId))
        return "No execution found for execution id " + std::string(executionId);
    const auto resumed = m_resume(executionId, inputs);
    if (resumed)
        return {};
    return resumed.error().args.empty() ? "The execution can't be resumed" : resumed.error().args.front();
}

} // namespace engine
