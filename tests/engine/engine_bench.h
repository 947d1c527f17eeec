#pragma once

#include "engine/store/data_folder.h"
#include "engine/tasks/task_families.h"
#include "support/catalog.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

namespace testing {

/// Runs `Sleep` tasks: each stays at work until the test ends it, or it is cancelled. Thread-safe.
class FakeRunner : public engine::TaskRunner
{
public:
    engine::TaskResult run(engine::TaskContext &context) override
    {
        const flow::Value run = context.variable("taskrun");
        const flow::Value *value = run.find("value");
        const std::string name = context.taskId() + (value ? "[" + value->text() + "]" : "");
        const int wake = eventfd(0, EFD_CLOEXEC);
        std::unique_lock lock(m_mutex);
        m_atWork.emplace(name, wake);
        m_started.push_back(name);
        m_most = std::max(m_most, m_atWork.size());
        m_changed.notify_all();
        lock.unlock();
        pollfd ends[] = {{wake, POLLIN, 0}, {context.cancelFd(), POLLIN, 0}};
        poll(ends, 2, -1);
        lock.lock();
        std::erase_if(m_atWork, [&](const auto &one) { return one.second == wake; });
        const auto given = m_results.extract(wake);
        close(wake);
        if (context.cancelled())
            return {engine::TaskEnd::Killed, {}, {}};
        return given.empty() ? engine::TaskResult::success() : given.mapped();
    }

    /// Of several with the same name one, which is no longer at work for the next call.
    void end(const std::string &name, engine::TaskResult result = engine::TaskResult::success())
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_atWork.contains(name); });
        const auto one = m_atWork.find(name);
        m_results[one->second] = std::move(result);
        eventfd_write(one->second, 1);
        m_atWork.erase(one);
    }
    /// Blocks until so many have been started in all.
    void waitForStarts(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_started.size() >= count; });
    }
    std::string started() const
    {
        const std::lock_guard lock(m_mutex);
        return fmt::format("{}", fmt::join(m_started, " "));
    }
    /// The most that were at work at once.
    std::size_t most() const
    {
        const std::lock_guard lock(m_mutex);
        return m_most;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::multimap<std::string, int> m_atWork; ///< to what wakes them
    std::map<int, engine::TaskResult> m_results;
    std::vector<std::string> m_started;
    std::size_t m_most = 0;
};

/// Flows by id, all of the namespace `acme`.
class BenchFlows : public engine::FlowSource
{
public:
    void add(const std::string &id, const std::string &rest)
    {
        m_flows[id] = {std::make_shared<const std::string>("id: " + id + "\nnamespace: acme\n" + rest), id + ".yaml", 1};
    }
    std::optional<engine::FlowText> find(std::string_view, std::string_view flowId, std::optional<std::int32_t> = {}) const override
    {
        const auto found = m_flows.find(std::string(flowId));
        return found == m_flows.end() ? std::nullopt : std::optional(found->second);
    }
    std::vector<engine::FlowText> all() const override
    {
        std::vector<engine::FlowText> texts;
        for (const auto &[id, text] : m_flows)
            texts.push_back(text);
        return texts;
    }

private:
    std::map<std::string, engine::FlowText> m_flows;
};

/// An engine on a data folder of its own with the built-in tasks, `Sleep` being the test's. `crash` ends
/// it with whatever it was doing and opens the folder again, as after a kill.
class EngineBench
{
public:
    explicit EngineBench(std::size_t workers = 0) : m_workers(workers) { open(); }
    ~EngineBench() { m_engine.reset(); }

    void crash()
    {
        m_engine.reset();
        m_data.reset();
        runner = std::make_shared<FakeRunner>();
        open();
    }
    engine::Engine &engine() { return *m_engine; }
    std::string start(const std::string &id, flow::Object inputs = {})
    {
        engine::StartRequest request;
        request.flowText = flows.find("acme", id)->text;
        request.inputs = std::move(inputs);
        auto started = m_engine->start(request);
        if (!started)
            throw std::runtime_error(fmt::format("refused: {}", fmt::join(started.error().args, "; ")));
        return *started;
    }
    /// Starts and waits; `STATE a SUCCESS, b[v] FAILED …`.
    std::string run(const std::string &id, flow::Object inputs = {}) { return ended(start(id, std::move(inputs))); }
    std::string ended(const std::string &execution) { return text(*m_engine->wait(execution)); }
    static std::string text(const engine::Execution &execution)
    {
        std::string all(nameOf(execution.state));
        for (const engine::TaskRun &run : execution.taskRuns)
            if (!run.removed)
                all += fmt::format("{} {}{} {}", &run == &execution.taskRuns.front() ? "" : ",", run.taskId,
                                   run.value ? "[" + *run.value + "]" : "", nameOf(run.state));
        return all;
    }
    static std::string attempts(const engine::TaskRun &run)
    {
        std::string all;
        for (const engine::Attempt &attempt : run.attempts)
            all += (all.empty() ? "" : " ") + std::string(nameOf(attempt.state));
        return all;
    }
    std::string logs(const std::string &execution)
    {
        std::string all;
        const auto found = m_engine->store().logs(execution, {});
        for (const engine::LogEntry &entry : *found)
            all += entry.message + "\n";
        return all;
    }
    /// Ended executions of a flow, oldest first.
    std::vector<engine::Execution> executionsOf(const std::string &flow)
    {
        engine::ExecutionFilter filter;
        filter.flowId = flow;
        const auto found = m_engine->store().list(filter);
        std::vector<engine::Execution> all;
        for (auto one = found->rbegin(); one != found->rend(); ++one)
            all.push_back(*m_engine->store().read(one->id));
        return all;
    }
    /// All bytes the data folder holds.
    std::string bytes() const
    {
        std::string all;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(m_folder.path()))
            if (entry.is_regular_file())
                all += readFile(entry.path());
        return all;
    }

    BenchFlows flows;
    std::shared_ptr<FakeRunner> runner = std::make_shared<FakeRunner>();

private:
    void open()
    {
        m_data = std::move(*store::DataFolder::open(m_folder.path(), &flows));
        engine::Services services = m_data->services();
        services.catalog = test::sharedCatalog();
        services.runners = tasks::builtInRunners();
        services.runners["io.kestra.plugin.core.flow.Sleep"] = runner;
        engine::EngineOptions options;
        options.workers = m_workers;
        m_engine = std::make_unique<engine::Engine>(std::move(services), std::move(options));
    }

    std::size_t m_workers;
    TemporaryFolder m_folder;
    std::unique_ptr<store::DataFolder> m_data;
    std::unique_ptr<engine::Engine> m_engine;
};

} // namespace testing
