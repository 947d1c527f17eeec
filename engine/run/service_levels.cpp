// A flow's `sla`: durations that are watched, assertions that are looked at with each change.
#include "engine/run/duration.h"
#include "engine/run/engine_impl.h"
#include "engine/run/text.h"

#include <fmt/format.h>

namespace engine {

using flow::Object;
using flow::Value;

void Engine::Impl::startSlas(const JobPtr &job)
{
    watchDurations(job, now());
    checkAssertions(job);
}

void Engine::Impl::watchDurations(const JobPtr &job, Time since)
{
    const Value *slas = job->plan.program().property("sla");
    if (!slas || !slas->isList())
        return;
    for (const Value &sla : slas->list()) {
        const auto limit = parseDuration(textOf(sla.find("duration")));
        if (textOf(sla.find("type")) != "MAX_DURATION" || !limit || job->brokenSlas.contains(textOf(sla.find("id"))))
            continue;
        const std::weak_ptr<Job> weak = job;
        at(since + std::chrono::duration_cast<Time::duration>(*limit), [this, weak, sla, limit = *limit] {
            const JobPtr late = weak.lock();
            if (!late || isEnd(late->plan.state()))
                return;
            const std::string why = fmt::format("execution duration of {} exceed the maximum duration of {}",
                                                formatDuration(now() - late->record->created), formatDuration(limit));
            if (noteViolation(late, sla, why))
                actOnViolation(late, sla, why);
            markDirty(late);
        });
    }
}

/// All are looked at; only the first that is violated has its effect, as in the real engine.
void Engine::Impl::checkAssertions(const JobPtr &job)
{
    const Value *slas = job->plan.program().property("sla");
    if (!slas || !slas->isList() || isEnd(job->plan.state()))
        return;
    RunScope scope(job, kNoRun, options);
    RunHost host(job, services);
    expr::Environment environment;
    environment.timeZone = options.timeZone.empty() ? "UTC" : options.timeZone;
    environment.host = &host;
    environment.cache = &m_cache;
    const Value *first = nullptr;
    for (const Value &sla : slas->list()) {
        const Value *assertion = sla.find("assert");
        if (textOf(sla.find("type")) != "EXECUTION_ASSERTION" || !assertion || !assertion->isText())
            continue;
        const auto held = expr::renderDeep(*assertion, scope, environment);
        const std::string id = textOf(sla.find("id"));
        if (!held) {
            if (job->brokenSlas.insert(id + " can't be rendered").second)
                logRun(job, kNoRun, Level::Error,
                       fmt::format("Ignoring SLA '{}' because of the error: {}", id, messageOf(held.error())));
            continue;
        }
        if (truthy(textOf(*held)))
            continue;
        noteViolation(job, sla, fmt::format("assertion is false: {}", assertion->text()));
        first = first ? first : &sla;
    }
    if (first)
        actOnViolation(job, *first, fmt::format("assertion is false: {}", textOf(first->find("assert"))));
}

/// Logs it once; false when it was known.
bool Engine::Impl::noteViolation(const JobPtr &job, const Value &sla, const std::string &why)
{
    const std::string id = textOf(sla.find("id"));
    if (!job->brokenSlas.insert(id).second)
        return false;
    logRun(job, kNoRun, Level::Warn, fmt::format("SLA '{}' violated: {}.", id, why));
    const std::lock_guard lock(job->mutex);
    job->change.brokenSlas.push_back(id);
    return true;
}

void Engine::Impl::actOnViolation(const JobPtr &job, const Value &sla, const std::string &why)
{
    if (const Value *labels = sla.find("labels")) {
        Object changed = job->labels.map();
        addLabels(changed, labels);
        const Value all(sorted(changed));
        const std::lock_guard lock(job->mutex);
        if (all != job->labels) {
            job->labels = all;
            job->change.labels = all;
        }
    }
    const std::string behavior = textOf(sla.find("behavior"));
    if (behavior != "FAIL" && behavior != "CANCEL")
        return;
    const std::string id = textOf(sla.find("id"));
    const State end = behavior == "FAIL" ? State::Failed : State::Cancelled;
    if (end == State::Failed)
        logRun(job, kNoRun, Level::Error, fmt::format("Execution failed due to SLA '{}' violated: {}.", id, why));
    job->reason = fmt::format("SLA '{}' violated: {}.", id, why);
    tell(job, [&](Plan &plan) {
        job->change.reason = job->reason;
        if (plan.state() == State::Created || plan.state() == State::Queued)
            plan.endAtOnce(end, now());
        else
            plan.stop(end, now());
    });
}

} // namespace engine
