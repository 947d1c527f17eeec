// How an engine takes up what another left: executions, and retries that are due.
#include "engine/run/engine_impl.h"

#include <algorithm>

namespace engine {

using flow::Object;
using flow::Value;

/// A job of a stored execution; its plan is not restored yet.
Result<Engine::Impl::JobPtr> Engine::Impl::revive(const Execution &stored)
{
    const auto compiled = compile(stored.flowText);
    const auto job = std::make_shared<Job>(std::make_shared<ExecutionRecord>(stored), compiled->program, services.secrets);
    job->compiled = compiled;
    job->labels = stored.labels;
    job->variables = stored.variables;
    job->outputs = stored.outputs;
    job->reason = stored.reason;
    job->brokenSlas.insert(stored.brokenSlas.begin(), stored.brokenSlas.end());
    setUp(*job);
    return job;
}

void Engine::Impl::retryAt(Time when, const ExecutionRecord &record, const Value &labels, const std::shared_ptr<const CompiledFlow> &compiled)
{
    Birth birth;
    birth.compiled = compiled;
    birth.flowPath = record.flowPath;
    birth.revision = record.revision;
    birth.inputs = record.inputs.map();
    birth.inputsReady = true;
    birth.labels = labels.map();
    birth.labels.set("system.replay", "true");
    birth.trigger = record.trigger;
    birth.originalId = record.originalId;
    birth.retryOf = record.id;
    birth.attempt = record.attempt + 1;
    {
        const std::lock_guard lock(m_mutex);
        m_retries.emplace(record.id, std::string());
    }
    at(when, [this, birth] {
        std::optional<State> end;
        const Result<JobPtr> next = prepare(birth, &end);
        if (next)
            launch(*next, end);
        const std::lock_guard lock(m_mutex);
        if (next) {
            m_retries[birth.retryOf] = (*next)->record->id;
            m_begunRetries.push_back(birth.retryOf);
            if (m_begunRetries.size() > kBegunRetries) {
                m_retries.erase(m_begunRetries.front());
                m_begunRetries.pop_front();
            }
        } else {
            m_retries.erase(birth.retryOf);
        }
        m_done.notify_all();
    });
}

Result<> Engine::Impl::resumeRetries(const std::vector<std::string> &only, std::vector<std::string> &resumed)
{
    const auto due = services.store->dueRetries();
    if (!due)
        return due.error();
    for (const DueRetry &retry : *due) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_retries.contains(retry.execution))
                continue;
        }
        if (!only.empty() && std::find(only.begin(), only.end(), retry.execution) == only.end())
            continue;
        const Result<Execution> ended = services.store->read(retry.execution);
        if (!ended)
            return ended.error();
        retryAt(retry.at, *ended, ended->labels, compile(ended->flowText));
        resumed.push_back(retry.execution);
    }
    return {};
}

Result<std::vector<std::string>> Engine::Impl::resumeAll(const std::vector<std::string> &only)
{
    if (!services.store->writable())
        return Error{ErrorCode::ReadOnly, {}, {}};
    const auto unfinished = services.store->unfinished();
    if (!unfinished)
        return unfinished.error();
    std::vector<std::string> resumed;
    Result<> outcome = ask([&]() -> Result<> {
        std::vector<std::pair<JobPtr, Execution>> jobs;
        std::vector<std::string> wanted = only;
        for (const std::string &id : *unfinished) {
            if (find(id))
                continue;
            if (!only.empty() && std::find(wanted.begin(), wanted.end(), id) == wanted.end())
                continue;
            Result<Execution> stored = services.store->read(id);
            if (!stored)
                return stored.error();
            const Result<JobPtr> revived = revive(*stored);
            if (!revived)
                return revived.error();
            const JobPtr &job = *revived;
            if (!only.empty()) { // what it waits for comes along
                ExecutionFilter children;
                children.parentId = id;
                children.limit = std::numeric_limits<std::int32_t>::max();
                if (const auto found = services.store->list(children))
                    for (const ExecutionSummary &child : *found)
                        wanted.push_back(child.id);
            }
            jobs.emplace_back(job, std::move(*stored));
            const std::unique_lock lock(m_jobsMutex);
            m_jobs[id] = job;
        }
        for (const auto &[job, stored] : jobs) {
            resumed.push_back(job->record->id);
            logRun(job, kNoRun, Level::Info, "Taken up after an interruption");
            tell(job, [this, &execution = stored](Plan &plan) { plan.restore(execution, now()); });
            if (stored.state == State::Queued) {
                m_queued[{job->record->namespaceId, job->record->flowId}].push_back(job);
            } else if (stored.state == State::Created) {
                if (admit(job))
                    begin(job);
            } else {
                if (job->plan.program().concurrencyLimit > 0) {
                    ++m_slots[{job->record->namespaceId, job->record->flowId}];
                    job->slot = true;
                }
                const auto began = std::find_if(stored.history.begin(), stored.history.end(),
                                                [](const StateAt &one) { return one.state == State::Running; });
                watchDurations(job, began == stored.history.end() ? stored.created : began->at);
            }
            markDirty(job);
        }
        // Queues whose running executions had ended before the interruption.
        for (auto &[key, queue] : m_queued) {
            while (!queue.empty() && m_slots[key] < static_cast<std::size_t>(queue.front()->plan.program().concurrencyLimit)) {
                const JobPtr next = queue.front();
                queue.pop_front();
                ++m_slots[key];
                next->slot = true;
                begin(next);
                markDirty(next);
            }
        }
        return resumeRetries(only, resumed);
    });
    if (!outcome)
        return outcome.error();
    return resumed;
}

} // namespace engine
