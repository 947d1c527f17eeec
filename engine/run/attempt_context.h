#pragma once

#include "engine/expr/renderer.h"
#include "engine/run/run_scope.h"

#include <condition_variable>

namespace engine {

struct Job;

/// One attempt of one task run: what its runner sees of the world. Made on the engine's thread, used
/// on a worker's; `cancel` may come from any.
class AttemptContext : public TaskContext
{
public:
    /// How an attempt was told to end.
    enum class Cancel { No, Killed, TimedOut };

    AttemptContext(std::shared_ptr<Job> job, RunIndex run, const Services &services, const EngineOptions &options,
                   expr::TemplateCache &cache, std::function<void()> changed);
    ~AttemptContext() override;

    void cancel(Cancel why);
    Cancel cancelReason() const { return m_cancel.load(); }
    /// The directory is somebody else's: not removed with the attempt.
    void setWorkingDir(std::filesystem::path directory);

    const flow::Value &properties() const override { return m_properties; }
    flow::Value property(std::string_view name) override;
    std::string renderText(std::string_view text) override;
    flow::Value render(const flow::Value &value, bool typed = false) override;
    flow::Value renderWith(const flow::Value &value, const flow::Object &extra, bool typed = false) override;
    flow::Value variable(std::string_view name) const override;

    std::string taskType() const override { return m_type; }
    std::string flowNamespace() const override;
    std::string flowId() const override;
    std::string executionId() const override;
    std::string taskId() const override { return m_taskId; }
    std::string taskRunId() const override;
    RunIndex run() const { return m_run; }

    void log(Level level, std::string_view text) override;
    void metric(Metric metric) override;

    const std::filesystem::path &workingDir() override;
    void makeDirectory(const std::filesystem::path &directory) override;
    void leaveWorkingDir() override;
    InternalStorage &storage() override;
    NamespaceStore &namespaces() override { return *m_services.namespaces; }
    ExecutionServices *executions() override { return m_services.executions; }
    TaskResult runAs(const flow::Value &definition) override;
    flow::Value encrypt(std::string_view text) override;

    std::chrono::system_clock::time_point now() const override;
    bool cancelled() const override { return m_cancel.load() != Cancel::No; }
    bool waitUntil(std::chrono::steady_clock::time_point until) override;
    int cancelFd() const override;

    /// A variable in front of those of the run.
    void setVariable(std::string name, flow::Value value) { m_scope.set(std::move(name), std::move(value)); }
    void refresh() { m_scope.refresh(); }
    void setMoment(std::uint64_t moment) { m_scope.setMoment(moment); }
    /// In 1.3 UnsetVariables accepts names that are not there.
    bool lenientUnset() const { return m_services.catalog->dialect() == flow::Dialect::Kestra1_3; }
    void setTimeout(std::chrono::nanoseconds timeout) { m_timeout = timeout; }
    std::chrono::nanoseconds timeout() const { return m_timeout; }

private:
    flow::Value converted(const flow::Property &property, flow::Value value) const;

    std::shared_ptr<Job> m_job;
    RunIndex m_run;
    std::int32_t m_attempt;
    const Services &m_services;
    const EngineOptions &m_options;
    std::function<void()> m_changed;
    std::string m_type;
    std::string m_taskId;
    flow::Value m_properties;
    Level m_least = Level::Trace;
    RunScope m_scope;
    RunHost m_host;
    expr::Environment m_environment;
    std::unique_ptr<InternalStorage> m_storage;
    std::filesystem::path m_workingDir;
    bool m_ownsDirectory = false;
    std::chrono::nanoseconds m_timeout{};
    std::atomic<Cancel> m_cancel{Cancel::No};
    mutable std::mutex m_mutex;
    std::condition_variable m_cancelled;
    mutable int m_cancelFd = -1;
};

/// The text of a rendering error as it stands in logs.
std::string messageOf(const expr::Error &error);

} // namespace engine
