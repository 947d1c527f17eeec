// What a plan wants, done: rendering what decides a run's course, starting attempts, ending them.
#include "engine/run/duration.h"
#include "engine/run/engine_impl.h"
#include "engine/run/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace engine {

using flow::Object;
using flow::Value;

namespace {

State stateOfEnd(TaskEnd end)
{
    switch (end) {
    case TaskEnd::Success:
        return State::Success;
    case TaskEnd::Warning:
        return State::Warning;
    case TaskEnd::Failed:
        return State::Failed;
    case TaskEnd::Killed:
        return State::Killed;
    }
    return State::Failed;
}

} // namespace

void Job::log(RunIndex run, std::int32_t attempt, Level level, std::string_view text, Time at, std::size_t lineBytes,
              bool engine)
{
    std::string masked = secrets.mask(text);
    const std::lock_guard lock(mutex);
    std::string_view rest = masked;
    do {
        std::size_t size = std::min(rest.size(), lineBytes);
        while (size < rest.size() && size > 0 && (static_cast<unsigned char>(rest[size]) & 0xC0) == 0x80)
            --size; // not inside a character
        change.logs.push_back({0, at, level, run, attempt, std::string(rest.substr(0, size)), engine});
        rest.remove_prefix(size);
    } while (!rest.empty());
}

void Engine::Impl::sync(Job &job)
{
    for (const RunIndex run : job.plan.takeTouched()) {
        if (job.plan.runs()[run].removed)
            job.table.forget(job.plan, run);
        else
            job.table.touch(job.plan, run);
    }
}

void Engine::Impl::logRun(const JobPtr &job, RunIndex run, Level level, std::string_view text)
{
    std::int32_t attempt = 0;
    if (run != kNoRun)
        attempt = std::max(static_cast<std::int32_t>(job->plan.runs()[run].attempts.size()) - 1, 0);
    job->log(run, attempt, level, text, now(), options.logLineBytes, true);
}

std::shared_ptr<AttemptContext> Engine::Impl::contextOf(const JobPtr &job, RunIndex run)
{
    return std::make_shared<AttemptContext>(job, run, services, options, m_cache, [] {});
}

void Engine::Impl::handle(const JobPtr &job, const Decision &decision)
{
    const RunIndex run = decision.run;
    switch (decision.kind) {
    case Decision::Kind::Resolve: {
        Resolution resolution = resolve(job, run);
        tell(job, [&](Plan &plan) { plan.resolved(run, std::move(resolution), now()); });
        break;
    }
    case Decision::Kind::Start: {
        const auto runner = services.runners.find(job->plan.node(run).type);
        if (runner != services.runners.end() && !runner->second->instant())
            m_waiting.emplace_back(job, run);
        else
            startTask(job, run);
        break;
    }
    case Decision::Kind::Update:
        update(job, run);
        break;
    case Decision::Kind::StartChild:
        startChild(job, run);
        break;
    case Decision::Kind::CheckLoop:
        checkLoop(job, run);
        break;
    case Decision::Kind::Collect:
        collect(job, run);
        break;
    case Decision::Kind::Outputs:
        computeOutputs(job);
        break;
    case Decision::Kind::Check:
        checkAssertions(job);
        tell(job, [this](Plan &plan) { plan.checked(now()); });
        break;
    case Decision::Kind::Stop: {
        if (const auto attempt = job->attempts.find(run); attempt != job->attempts.end()) {
            attempt->second->cancel(AttemptContext::Cancel::Killed);
            break;
        }
        if (const auto children = job->children.find(run); children != job->children.end()) {
            for (const std::string &id : children->second.running)
                if (const JobPtr child = find(id)) {
                    tell(child, [this](Plan &plan) { plan.kill(now()); });
                    markDirty(child);
                }
            break;
        }
        const auto waiting = std::find(m_waiting.begin(), m_waiting.end(), std::pair(job, run));
        if (waiting != m_waiting.end()) {
            m_waiting.erase(waiting);
            tell(job, [&](Plan &plan) { 
                Outcome outcome;
                outcome.state = State::Killed;
                plan.finished(run, std::move(outcome), now());
             });
        }
        break;
    }
    case Decision::Kind::NewExecution: {
        {
            const std::lock_guard lock(job->mutex);
            job->change.retryAt = decision.at;
        }
        retryAt(decision.at, *job->record, job->labels, job->compiled);
        break;
    }
    }
}

void Engine::Impl::startTask(const JobPtr &job, RunIndex run)
{
    const TaskNode &node = job->plan.node(run);
    const auto found = services.runners.find(node.type);
    tell(job, [&](Plan &plan) { plan.started(run, {}, now()); });
    if (found == services.runners.end()) {
        logRun(job, run, Level::Error,
               fmt::format("Leat can't run tasks of type {} on this machine. Everything else about the task works; "
                           "the execution stops here.", node.type));
        tell(job, [&](Plan &plan) {
            Outcome outcome;
            outcome.state = State::Failed;
            outcome.retryable = false;
            plan.finished(run, std::move(outcome), now());
        });
        return;
    }
    const std::shared_ptr<TaskRunner> &runner = found->second;
    const bool inThread = runner->instant();
    std::shared_ptr<AttemptContext> context;
    if (inThread)
        context = contextOf(job, run);
    else
        context = std::make_shared<AttemptContext>(job, run, services, options, m_cache, [this, job] { postLines(job); });
    if (node.inWorkingDirectory)
        if (const auto directory = job->directories.find(job->plan.runs()[run].parent); directory != job->directories.end())
            context->setWorkingDir(directory->second);
    std::optional<Nanoseconds> timeout;
    std::string refusal;
    try {
        timeout = durationProperty(*context, "timeout");
    } catch (const RenderError &error) {
        refusal = error.message;
    }
    if (!refusal.empty()) {
        m_busy -= inThread ? 0 : 1;
        finishTask(job, run, context, TaskResult::failed(refusal));
        return;
    }
    if (inThread) {
        context->setMoment(job->moment);
        TaskResult result;
        try {
            result = runner->run(*context);
        } catch (const RenderError &error) {
            result = TaskResult::failed(error.message);
        } catch (const std::exception &error) {
            result = TaskResult::failed(error.what());
        }
        finishTask(job, run, context, std::move(result));
        return;
    }
    job->attempts[run] = context;
    context->setMoment(job->plan.runs()[run].attempts.size() > 1 ? job->table.moment() : job->moment);
    if (timeout) {
        const std::weak_ptr<AttemptContext> weak = context;
        context->setTimeout(*timeout);
        at(now() + std::chrono::duration_cast<Time::duration>(*timeout), [weak] {
            if (const auto attempt = weak.lock())
                attempt->cancel(AttemptContext::Cancel::TimedOut);
        });
    }
    m_toDispatch.push_back({job, run, context, runner});
}

void Engine::Impl::finishTask(const JobPtr &job, RunIndex run, const std::shared_ptr<AttemptContext> &context, TaskResult result)
{
    job->attempts.erase(run);
    Outcome outcome;
    outcome.state = stateOfEnd(result.end);
    switch (context->cancelReason()) {
    case AttemptContext::Cancel::No:
        if (result.end == TaskEnd::Killed)
            outcome.state = State::Killed;
        break;
    case AttemptContext::Cancel::Killed:
        if (result.end != TaskEnd::Success)
            outcome.state = State::Killed;
        break;
    case AttemptContext::Cancel::TimedOut:
        outcome.state = State::Failed;
        result.message = "Timeout after " + formatClock(context->timeout());
        break;
    }
    if (outcome.state == State::Failed && !result.message.empty())
        context->log(Level::Error, result.message);
    if (result.outputs.isMap())
        outcome.outputs = storedValue(result.outputs);
    else if (outcome.state == State::Success || outcome.state == State::Warning)
        outcome.outputs = Value(Object());
    tell(job, [&](Plan &plan) { plan.finished(run, std::move(outcome), now()); });
    markDirty(job);
}

void Engine::Impl::update(const JobPtr &job, RunIndex run)
{
    const TaskNode &node = job->plan.node(run);
    const auto context = contextOf(job, run);
    Outcome outcome;
    try {
        if (node.type.ends_with(".Exit")) {
            const Value *written = node.properties.find("state");
            const std::string name = written ? textOf(context->render(*written)) : "SUCCESS";
            const auto state = stateOf(name == "CANCELED" ? "CANCELLED" : name);
            if (!state || !isEnd(*state) || *state == State::Retried || *state == State::Skipped || *state == State::Resubmitted)
                throw RenderError{fmt::format("Unrecognized token '{}': was expecting one of the states an execution can end in", name)};
            outcome.state = *state;
            outcome.exit = *state;
            outcome.retryable = false;
        } else {
            const Value changed = changedValues(job, node, *context);
            const std::lock_guard lock(job->mutex);
            (node.type.ends_with(".Labels") ? job->labels : job->variables) = changed;
            (node.type.ends_with(".Labels") ? job->change.labels : job->change.variables) = changed;
        }
    } catch (const RenderError &error) {
        logRun(job, kNoRun, Level::Error, error.message);
        outcome = {};
        outcome.state = State::Failed;
        outcome.beforeStart = true;
        outcome.retryable = false;
    }
    if (outcome.state != State::Failed || outcome.exit)
        outcome.outputs = Value(Object());
    tell(job, [&](Plan &plan) { plan.finished(run, std::move(outcome), now()); });
}

void Engine::Impl::collect(const JobPtr &job, RunIndex run)
{
    const TaskNode &node = job->plan.node(run);
    Outcome outcome;
    const auto directory = job->directories.find(run);
    const auto runner = services.runners.find(node.type);
    if (directory != job->directories.end() && runner != services.runners.end()) {
        const auto context = contextOf(job, run);
        context->setWorkingDir(directory->second);
        if (auto *files = dynamic_cast<DirectoryRunner *>(runner->second.get())) {
            try {
                const TaskResult kept = files->collect(*context);
                outcome.state = stateOfEnd(kept.end);
                if (kept.outputs.isMap())
                    outcome.outputs = storedValue(kept.outputs);
                if (kept.end == TaskEnd::Failed)
                    logRun(job, run, Level::Error, kept.message);
            } catch (const RenderError &error) {
                outcome.state = State::Failed;
                logRun(job, run, Level::Error, error.message);
            }
        }
    }
    if (directory != job->directories.end()) {
        services.storage->discard(directory->second);
        job->directories.erase(directory);
    }
    tell(job, [&](Plan &plan) { plan.collected(run, std::move(outcome), now()); });
}

} // namespace engine
