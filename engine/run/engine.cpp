#include "engine/run/engine_impl.h"

#include <algorithm>
#include <future>

namespace engine {

using namespace std::chrono_literals;

namespace {
constexpr auto kLineDelay = 20ms;
}

// The public face

Engine::Engine(Services services, EngineOptions options) : m_impl(std::make_unique<Impl>(std::move(services), std::move(options))) {}
Engine::~Engine() = default;
Result<std::string> Engine::start(const StartRequest &request) { return m_impl->start(request); }
Result<> Engine::kill(std::string_view id) { return m_impl->kill(id); }
Result<> Engine::pause(std::string_view id) { return m_impl->pause(id); }
Result<> Engine::resume(std::string_view id, const flow::Object &inputs) { return m_impl->resume(id, inputs); }
Result<std::vector<std::string>> Engine::resumeAll(const std::vector<std::string> &only) { return m_impl->resumeAll(only); }
bool Engine::isWaitingForPeople(std::string_view id) const { return m_impl->isWaitingForPeople(id); }
Engine::Token Engine::observe(std::shared_ptr<Listener> listener) { return m_impl->observe(std::move(listener)); }
Result<Execution> Engine::wait(std::string_view id) { return m_impl->wait(id); }
std::optional<std::string> Engine::waitForRetry(std::string_view id) { return m_impl->waitForRetry(id); }
std::optional<Execution> Engine::waitFor(std::string_view id, std::chrono::milliseconds timeout) { return m_impl->waitFor(id, timeout); }
Result<Execution> Engine::execution(std::string_view id) const { return m_impl->execution(id); }
void Engine::betweenTurns(const std::function<void()> &look) { m_impl->betweenTurns(look); }
void Engine::waitIdle(std::chrono::milliseconds horizon) { m_impl->waitIdle(horizon); }
const ExecutionStore &Engine::store() const { return *m_impl->services.store; }

// Threads

Engine::Impl::Impl(Services given, EngineOptions wanted) : services(std::move(given)), options(std::move(wanted))
{
    if (options.workers == 0)
        options.workers = std::max<std::size_t>(32, 8 * std::thread::hardware_concurrency());
    addItemRunners(services.runners);
    if (!services.executions && services.store) {
        queries = std::make_unique<ExecutionQueries>(
            services, [this](std::string_view id, const flow::Object &inputs) { return resume(id, inputs); });
        services.executions = queries.get();
    }
    if (services.store)
        if (const auto met = services.store->metConditions())
            for (const MetCondition &one : *met)
                m_preconditions[one.listener][one.condition] = one;
    m_thread = std::thread([this] { loop(); });
}

Engine::Impl::~Impl()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    m_thread.join();
    {
        const std::lock_guard lock(m_mutex);
        m_work.clear();
        m_spent.clear();
    }
    for (const auto &[id, job] : m_jobs)
        for (const auto &[run, attempt] : job->attempts)
            attempt->cancel(AttemptContext::Cancel::Killed);
    m_workReady.notify_all();
    for (std::thread &worker : m_workers)
        worker.join();
    for (const auto &[id, job] : m_jobs)
        job->attempts.clear(); // they hold their job
}

void Engine::Impl::post(std::function<void()> message)
{
    {
        const std::lock_guard lock(m_mutex);
        m_inbox.push_back(std::move(message));
        m_idle = false;
    }
    m_wake.notify_one();
}

/// Lines are stored a little later, with what else happens until then: a task that says much must not
/// cost a transaction a line, nor a short one a wake-up.
void Engine::Impl::postLines(const JobPtr &job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_dirtyFromWorkers.insert(job);
        if (m_lookAt)
            return;
        m_lookAt = std::chrono::steady_clock::now() + kLineDelay;
    }
    m_wake.notify_one();
}

void Engine::Impl::loop()
{
    std::vector<std::function<void()>> messages;
    std::set<JobPtr> touched;
    std::vector<std::function<void()>> spent;
    for (;;) {
        messages.clear();
        touched.clear();
        {
            std::unique_lock lock(m_mutex);
            while (m_workerTurns || (!m_stop && m_inbox.empty() && m_toProcess.empty())) {
                if (m_workerTurns) {
                    m_wake.wait(lock);
                    continue;
                }
                m_nextDue = nextDue();
                if (!m_spent.empty()) { // a worker may turn meanwhile
                    spent.swap(m_spent);
                    m_idle = m_asleep = true;
                    lock.unlock();
                    spent.clear();
                    lock.lock();
                    m_asleep = false;
                    continue;
                }
                const Time time = now();
                if (m_nextDue && *m_nextDue <= time)
                    break;
                std::optional<Time::duration> rest;
                if (m_nextDue)
                    rest = *m_nextDue - time;
                if (m_lookAt) {
                    const auto left = *m_lookAt - std::chrono::steady_clock::now();
                    if (left <= 0s) {
                        m_lookAt.reset();
                        if (!m_dirtyFromWorkers.empty())
                            break;
                        continue;
                    }
                    rest = std::min(rest.value_or(left), std::chrono::duration_cast<Time::duration>(left));
                }
                m_idle = m_asleep = true;
                m_idled.notify_all();
                if (rest)
                    m_wake.wait_for(lock, *rest);
                else
                    m_wake.wait(lock);
                m_asleep = false;
            }
            m_idle = false;
            if (m_stop)
                return;
            messages.swap(m_inbox);
            touched.swap(m_dirtyFromWorkers);
        }
        turn(messages, touched);
    }
}

void Engine::Impl::turn(std::vector<std::function<void()>> &messages, const std::set<JobPtr> &touched)
{
    for (const JobPtr &job : touched)
        markDirty(job);
    for (const auto &message : messages)
        message();
    fireTimers();
    m_budget = options.turnLimit;
    do {
        while (!m_toProcess.empty()) { // grows while it is walked
            const JobPtr job = m_toProcess.front();
            m_toProcess.pop_front();
            job->queued = false;
            job->processing = true;
            process(job);
            job->processing = false;
        }
        feedWorkers();
    } while (!m_toProcess.empty());
    commit();
}

std::optional<Time> Engine::Impl::nextDue() const
{
    std::optional<Time> due;
    if (!m_timers.empty())
        due = m_timers.begin()->first;
    if (!m_wakeUps.empty() && (!due || m_wakeUps.begin()->first < *due))
        due = m_wakeUps.begin()->first;
    return due;
}

void Engine::Impl::fireTimers()
{
    const Time time = now();
    while (!m_timers.empty() && m_timers.begin()->first <= time) {
        auto due = m_timers.extract(m_timers.begin());
        due.mapped()();
    }
    while (!m_wakeUps.empty() && m_wakeUps.begin()->first <= time) {
        const JobPtr job = std::static_pointer_cast<Job>(m_wakeUps.begin()->second.lock());
        m_wakeUps.erase(m_wakeUps.begin());
        if (!job)
            continue;
        job->wakeUp.reset();
        tell(job, [&](Plan &plan) { plan.wake(time); });
        markDirty(job);
    }
}

void Engine::Impl::at(Time when, std::function<void()> what)
{
    m_timers.emplace(when, std::move(what));
}

void Engine::Impl::markDirty(const JobPtr &job)
{
    if (job->forgotten)
        return;
    if (!job->processing && !std::exchange(job->queued, true))
        m_toProcess.push_back(job);
    if (!std::exchange(job->dirty, true))
        m_dirty.push_back(job);
}

/// Of an execution nothing of which was stored: as if it had never begun.
void Engine::Impl::forget(const JobPtr &job)
{
    job->forgotten = true;
    job->decisions.clear();
    for (const auto &[run, children] : job->children)
        for (const std::string &id : children.running)
            if (const JobPtr child = find(id))
                forget(child);
    std::erase_if(m_waiting, [&](const auto &waiting) { return waiting.first == job; });
    m_busy -= std::erase_if(m_toDispatch, [&](const Work &work) { return work.job == job; });
    std::erase(m_queued[{job->record->namespaceId, job->record->flowId}], job);
    release(job);
    const std::unique_lock lock(m_jobsMutex);
    m_jobs.erase(job->record->id);
}

void Engine::Impl::process(const JobPtr &job)
{
    for (;;) {
        if (job->decisions.empty()) {
            const std::lock_guard lock(job->mutex);
            for (Decision &decision : job->plan.take())
                job->decisions.push_back(decision);
            job->moment = job->table.moment();
        }
        if (job->decisions.empty() || m_budget == 0 || m_fault)
            break;
        const Decision decision = job->decisions.front();
        job->decisions.pop_front();
        --m_budget;
        handle(job, decision);
    }
    announceStates(job);
    if (job->plan.ended() && !std::exchange(job->afterEnd, true))
        afterEnd(job);
    const std::optional<Time> next = job->plan.nextWakeUp();
    if (next && (!job->wakeUp || *next < *job->wakeUp)) {
        job->wakeUp = next;
        m_wakeUps.emplace(*next, job);
    }
}

void Engine::Impl::commit()
{
    std::vector<ExecutionChange> changes;
    std::vector<JobPtr> changed;
    std::vector<JobPtr> rest;
    for (const JobPtr &job : m_dirty) {
        ExecutionChange change;
        {
            const std::lock_guard lock(job->mutex);
            change = std::exchange(job->change, {});
            job->plan.takeChange(change);
        }
        change.id = job->record->id;
        change.ended = job->afterEnd && !std::exchange(job->closed, true);
        if (!change.empty()) {
            changes.push_back(std::move(change));
            changed.push_back(job);
        }
        job->dirty = false;
        if (!job->decisions.empty())
            rest.push_back(job);
    }
    const std::vector<JobPtr> all = std::exchange(m_dirty, {});
    if (!changes.empty()) {
        const Result<> stored = services.store->append(changes);
        if (!stored) {
            for (std::size_t i = 0; i < changes.size(); ++i) {
                const std::lock_guard lock(changed[i]->mutex);
                ExecutionChange &later = changed[i]->change;
                std::swap(later, changes[i]);
                changed[i]->closed = changed[i]->closed && !later.ended;
                later.logs.insert(later.logs.end(), changes[i].logs.begin(), changes[i].logs.end());
                later.metrics.insert(later.metrics.end(), changes[i].metrics.begin(), changes[i].metrics.end());
            }
            if (!m_fault)
                for (const auto &weak : m_listeners)
                    if (const auto listener = weak.lock())
                        listener->faulted(stored.error());
            m_fault = stored.error();
            for (const auto &answer : std::exchange(m_afterCommit, {}))
                answer(&*m_fault);
            at(now() + 1s, [this, all] {
                for (const JobPtr &job : all)
                    markDirty(job);
            });
            return;
        }
    }
    if (m_fault) {
        m_fault.reset();
        for (const auto &weak : m_listeners)
            if (const auto listener = weak.lock())
                listener->recovered();
    }
    for (const JobPtr &job : rest)
        markDirty(job);
    dispatch();
    std::vector<std::shared_ptr<Listener>> listeners;
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_listeners, [](const auto &weak) { return weak.expired(); });
        for (const auto &weak : m_listeners)
            if (auto listener = weak.lock())
                listeners.push_back(std::move(listener));
    }
    for (const ExecutionChange &change : changes)
        for (const auto &listener : listeners)
            listener->changed(change);
    if (!m_ended.empty()) {
        {
            const std::unique_lock lock(m_jobsMutex);
            for (const JobPtr &job : m_ended)
                m_jobs.erase(job->record->id);
        }
        m_ended.clear();
        const std::lock_guard lock(m_mutex);
        m_done.notify_all();
    }
    for (const auto &answer : std::exchange(m_afterCommit, {}))
        answer(nullptr);
}

/// Tasks that waited for a worker begin, as far as there is room: their state is stored with this turn.
void Engine::Impl::feedWorkers()
{
    while (!m_waiting.empty() && m_busy < options.workers && !m_fault) {
        const auto [job, run] = m_waiting.front();
        m_waiting.pop_front();
        if (job->plan.runs()[run].state != State::Submitted && job->plan.runs()[run].state != State::Created)
            continue;
        ++m_busy;
        startTask(job, run);
        markDirty(job);
    }
}

void Engine::Impl::dispatch()
{
    if (m_toDispatch.empty())
        return;
    std::size_t asleep = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_lookAt)
            m_lookAt = std::chrono::steady_clock::now() + kLineDelay;
        asleep = std::min(m_idleWorkers, m_toDispatch.size()) - (m_workerTurns ? 1 : 0);
        for (Work &work : m_toDispatch) {
            m_work.push_back(std::move(work));
            if (m_idleWorkers < m_work.size() && m_workers.size() < options.workers)
                m_workers.emplace_back([this] { this->work(); });
        }
    }
    m_toDispatch.clear();
    while (asleep-- > 0)
        m_workReady.notify_one();
}

/// A worker that has finished makes the turn itself while the engine's thread rests, and goes on with
/// what the turn gives it to do: no thread is woken on the way from a task to the next.
void Engine::Impl::turnAsWorker(std::unique_lock<std::mutex> &lock)
{
    std::vector<std::function<void()>> messages;
    std::set<JobPtr> touched;
    messages.swap(m_inbox);
    touched.swap(m_dirtyFromWorkers);
    m_workerTurns = true;
    m_idle = false;
    const auto lookAt = m_lookAt;
    lock.unlock();
    turn(messages, touched);
    lock.lock();
    std::move(messages.begin(), messages.end(), std::back_inserter(m_spent));
    if (m_work.empty()) {
        messages = std::exchange(m_spent, {});
        lock.unlock();
        messages.clear();
        lock.lock();
    }
    m_workerTurns = false;
    const std::optional<Time> due = nextDue();
    const bool sooner = due && (!m_nextDue || *due < *m_nextDue);
    m_nextDue = due;
    m_idle = m_asleep && !m_stop && !sooner && m_lookAt == lookAt && m_inbox.empty() && m_toProcess.empty();
    if (m_idle)
        m_idled.notify_all();
    else
        m_wake.notify_one();
}

void Engine::Impl::work()
{
    for (;;) {
        Work work;
        {
            std::unique_lock lock(m_mutex);
            ++m_idleWorkers;
            if (m_idle && !m_inbox.empty())
                turnAsWorker(lock);
            m_workReady.wait(lock, [this] { return m_stop || !m_work.empty(); });
            --m_idleWorkers;
            if (m_work.empty())
                return;
            work = std::move(m_work.front());
            m_work.pop_front();
        }
        TaskResult result;
        try {
            result = work.runner->run(*work.context);
        } catch (const RenderError &error) {
            result = TaskResult::failed(error.message);
        } catch (const std::exception &error) {
            result = TaskResult::failed(error.what());
        }
        const std::lock_guard lock(m_mutex);
        if (m_stop)
            continue;
        m_inbox.push_back([this, work = std::move(work), result = std::move(result)]() mutable {
            --m_busy;
            finishTask(work.job, work.run, work.context, std::move(result));
        });
    }
}

// Questions from other threads

Engine::Impl::JobPtr Engine::Impl::find(std::string_view id) const
{
    const std::shared_lock lock(m_jobsMutex);
    const auto found = m_jobs.find(std::string(id));
    return found == m_jobs.end() ? nullptr : found->second;
}

Result<> Engine::Impl::ask(const std::function<Result<>()> &act, const std::function<void()> &undo)
{
    std::promise<Result<>> promise;
    std::future<Result<>> answer = promise.get_future();
    post([&] {
        Result<> result = act();
        m_afterCommit.push_back([&promise, &undo, result](const Error *refused) {
            if (refused && undo) {
                undo();
                promise.set_value(*refused);
                return;
            }
            promise.set_value(result);
        });
    });
    return answer.get();
}

void Engine::Impl::betweenTurns(const std::function<void()> &look)
{
    std::promise<void> promise;
    post([&] {
        look();
        promise.set_value();
    });
    promise.get_future().wait();
}

Result<std::string> Engine::Impl::start(const StartRequest &request)
{
    if (!services.store->writable())
        return Error{ErrorCode::ReadOnly, {}, {}};
    Birth birth;
    birth.compiled = compile(request.flowText);
    if (!birth.compiled->errors.empty())
        return Error{ErrorCode::InvalidFlow, birth.compiled->errors, request.flowPath};
    if (birth.compiled->program->disabled)
        return Error{ErrorCode::FlowDisabled, {}, request.flowPath};
    birth.flowPath = request.flowPath;
    birth.revision = request.revision;
    birth.inputs = request.inputs;
    birth.labels = request.labels;
    birth.trigger = request.trigger;
    std::optional<State> end;
    const Result<JobPtr> job = prepare(birth, &end);
    if (!job)
        return job.error();
    const Result<> launched = ask(
        [&]() -> Result<> {
            launch(*job, end);
            return {};
        },
        [&] { forget(*job); });
    if (!launched)
        return launched.error();
    return (*job)->record->id;
}

Result<> Engine::Impl::command(std::string_view id, const std::function<Result<>(const JobPtr &)> &act)
{
    return ask([&]() -> Result<> {
        const JobPtr job = find(id);
        if (!job) {
            const Result<Execution> stored = services.store->read(id);
            if (!stored)
                return stored.error();
            return Error{ErrorCode::WrongState, {std::string(nameOf(stored->state))}, std::string(id)};
        }
        Result<> result = act(job);
        markDirty(job);
        return result;
    });
}

Result<> Engine::Impl::kill(std::string_view id)
{
    return command(id, [this](const JobPtr &job) -> Result<> {
        if (isEnd(job->plan.state()))
            return Error{ErrorCode::WrongState, {std::string(nameOf(job->plan.state()))}, job->record->id};
        tell(job, [this](Plan &plan) { plan.kill(now()); });
        return {};
    });
}

Result<> Engine::Impl::pause(std::string_view id)
{
    return command(id, [this](const JobPtr &job) -> Result<> {
        if (job->plan.state() != State::Running)
            return Error{ErrorCode::WrongState, {std::string(nameOf(job->plan.state()))}, job->record->id};
        tell(job, [this](Plan &plan) { plan.pause(now()); });
        return {};
    });
}

Result<> Engine::Impl::resume(std::string_view id, const flow::Object &inputs)
{
    return command(id, [this, &inputs](const JobPtr &job) -> Result<> {
        flow::Value given;
        if (const auto run = job->plan.pausedRun()) {
            const flow::Value *definitions = job->plan.node(*run).properties.find("onResume");
            Result<flow::Value> read = inputsFor(job, definitions, inputs);
            if (!read)
                return read.error();
            given = storedValue(*read);
        }
        bool resumed = false;
        tell(job, [&](Plan &plan) { resumed = plan.resume(given, now()); });
        if (!resumed)
            return Error{ErrorCode::WrongState, {std::string(nameOf(job->plan.state()))}, job->record->id};
        return {};
    });
}

Engine::Token Engine::Impl::observe(std::shared_ptr<Listener> listener)
{
    const std::lock_guard lock(m_mutex);
    m_listeners.push_back(listener);
    return listener;
}

Result<Execution> Engine::Impl::execution(std::string_view id) const
{
    if (const JobPtr job = find(id))
        return job->snapshot();
    return services.store->read(id);
}

bool Engine::Impl::isWaitingForPeople(std::string_view id) const
{
    const JobPtr job = find(id);
    if (!job)
        return false;
    const std::lock_guard lock(job->mutex);
    return job->plan.state() == State::Paused && !job->plan.nextWakeUp() && job->plan.isQuiet();
}

Result<Execution> Engine::Impl::wait(std::string_view id)
{
    {
        std::unique_lock lock(m_mutex);
        m_done.wait(lock, [&] { return m_stop || !find(id); });
    }
    return services.store->read(id);
}

std::optional<std::string> Engine::Impl::waitForRetry(std::string_view id)
{
    std::unique_lock lock(m_mutex);
    const std::string key(id);
    m_done.wait(lock, [&] {
        const auto found = m_retries.find(key);
        return m_stop || found == m_retries.end() || !found->second.empty();
    });
    const auto found = m_retries.find(key);
    return found == m_retries.end() || found->second.empty() ? std::nullopt : std::optional(found->second);
}

std::optional<Execution> Engine::Impl::waitFor(std::string_view id, std::chrono::milliseconds timeout)
{
    {
        std::unique_lock lock(m_mutex);
        if (!m_done.wait_for(lock, timeout, [&] { return !find(id); }))
            return std::nullopt;
    }
    Result<Execution> stored = services.store->read(id);
    return stored ? std::optional(std::move(*stored)) : std::nullopt;
}

void Engine::Impl::waitIdle(std::chrono::milliseconds horizon)
{
    std::unique_lock lock(m_mutex);
    m_idled.wait(lock, [&] {
        return m_stop || (m_idle && m_inbox.empty() && m_dirtyFromWorkers.empty() && m_work.empty() && m_idleWorkers == m_workers.size() &&
                          (!m_nextDue || *m_nextDue > now() + horizon));
    });
}

} // namespace engine
