#include "engine/run/execution_queries.h"

#include "engine/flow/tree.h"

#include <algorithm>

namespace engine {

namespace {

constexpr std::size_t kPage = 1000;

std::string textOf(const Error &error)
{
    return error.args.empty() || error.args.front().empty() ? "The store of executions refused" : error.args.front();
}

std::size_t orThrow(const Result<std::size_t> &count)
{
    if (!count)
        throw RenderError{textOf(count.error())};
    return *count;
}

} // namespace

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
                                 || (filter.flowId.empty() && one.namespaceId.starts_with(filter.nameSpace + '.'));
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

std::size_t ExecutionQueries::purgeLogs(const Filter &filter, const std::vector<Level> &levels)
{
    return orThrow(m_store.removeLogs({filter.nameSpace, filter.flowId, filter.executionId, levels, filter.from, filter.to}));
}

ExecutionServices::Purged ExecutionQueries::purgeExecutions(const Filter &filter, const PurgeParts &parts)
{
    std::vector<ExecutionSummary> ended = matching(filter);
    std::erase_if(ended, [](const ExecutionSummary &one) { return !isEnd(one.state); });
    std::reverse(ended.begin(), ended.end()); // oldest first
    const std::size_t batch = std::max<std::size_t>(parts.batch, 1);
    Purged purged;
    for (std::size_t begin = 0; begin < ended.size(); begin += batch) {
        const std::size_t end = std::min(ended.size(), begin + batch);
        std::vector<std::string> ids;
        std::size_t files = 0;
        for (std::size_t i = begin; i < end; ++i) {
            ids.push_back(ended[i].id);
            if (parts.logs) {
                LogPurge logs;
                logs.executionId = ended[i].id;
                purged.logs += orThrow(m_store.removeLogs(logs));
            }
            if (parts.files)
                files = m_services.storage->open({ended[i].namespaceId, ended[i].flowId, ended[i].id, {}, {}, {}})->removeAll().size();
        }
        purged.files += files;
        if (parts.metrics)
            purged.metrics += orThrow(m_store.removeMetrics(ids));
        if (parts.executions)
            purged.executions += orThrow(m_store.remove(ids));
    }
    return purged;
}

ExecutionServices::PurgedStorage ExecutionQueries::purgeStorage(const Filter &filter, bool dryRun)
{
    return m_services.storage->purge(filter.nameSpace, filter.flowId, filter.from, filter.to, dryRun);
}

std::string ExecutionQueries::setTrigger(std::string_view namespaceId, std::string_view flowId, std::string_view trigger, bool enabled)
{
    const std::string flow = std::string(namespaceId) + '.' + std::string(flowId);
    const std::optional<FlowText> found = m_services.flows ? m_services.flows->find(namespaceId, flowId) : std::nullopt;
    if (!found)
        return "Unable to find flow " + flow + ". Make sure the flow exists and the current execution is authorized to access it.";
    const auto tree = flow::Tree::parse(*found->text);
    const flow::Value root = tree->root() ? flow::toValue(*tree->root()) : flow::Value();
    const flow::Value *triggers = root.find("triggers");
    const auto isAsked = [&](const flow::Value &one) {
        const flow::Value *id = one.find("id");
        const flow::Value *type = one.find("type");
        const flow::TaskType *known = type && type->isText() ? m_services.catalog->find(type->text()) : nullptr;
        // Only triggers that are evaluated have a state: not those that listen to executions or requests.
        return id && id->isText() && id->text() == trigger && known && known->name != "io.kestra.plugin.core.trigger.Flow" &&
               known->name != "io.kestra.plugin.core.trigger.Webhook";
    };
    if (!triggers || !triggers->isList() || std::none_of(triggers->list().begin(), triggers->list().end(), isAsked))
        return "Unable to find trigger " + std::string(trigger) + " for the flow " + flow;
    const Result<> kept = m_store.setTriggerDisabled(namespaceId, flowId, trigger, !enabled);
    return kept ? std::string() : textOf(kept.error());
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
