#pragma once

#include "engine/expr/environment.h"
#include "engine/expr/scope.h"
#include "engine/run/live.h"

namespace engine {

/// The variables of one task run (or, without one, of its execution) for templates. Made for one
/// rendering or one attempt and used by one thread; takes the execution's mutex when it must look.
class RunScope : public expr::Scope
{
public:
    RunScope(const std::shared_ptr<Live> &live, RunIndex run, const EngineOptions &options);

    const flow::Value *find(std::string_view name) const override;
    std::vector<std::string> names() const override;
    std::optional<Below> findBelow(std::string_view name, std::span<const flow::Value> keys) const override;

    /// A variable of this scope only, in front of those of the run.
    void set(std::string name, flow::Value value) { m_known[std::move(name)] = Known{true, std::move(value)}; }
    /// Outputs of task runs that ended after this moment of the run table are not seen.
    void setMoment(std::uint64_t moment) { m_moment = moment; }
    /// What was looked up before may have changed.
    void refresh() { m_known.clear(); }

private:
    struct Known
    {
        bool exists = false;
        flow::Value value;
    };
    Known look(std::string_view name) const;

    std::shared_ptr<Live> m_live;
    RunIndex m_run;
    std::uint64_t m_moment = std::numeric_limits<std::uint64_t>::max();
    const EngineOptions &m_options;
    mutable std::map<std::string, Known, std::less<>> m_known;
};

/// Dotted keys as nested maps: `db.host: x` becomes `db: {host: x}`.
flow::Value nested(const flow::Value &flat);

/// The world of templates: secrets, keys and values, files of the execution and of namespaces.
class RunHost : public expr::Host
{
public:
    RunHost(std::shared_ptr<Live> live, const Services &services) : m_live(std::move(live)), m_services(services) {}

    flow::Moment now() override;
    expr::HostResult<std::optional<std::string>> secret(const std::string &nameSpace, const std::string &key) override;
    expr::HostResult<std::optional<flow::Value>> kv(const std::string &nameSpace, const std::string &key) override;
    expr::HostResult<std::string> readUri(const std::string &uri) override;
    expr::HostResult<std::int64_t> uriSize(const std::string &uri) override;
    expr::HostResult<bool> uriExists(const std::string &uri) override;
    expr::HostResult<std::string> readFile(const std::string &nameSpace, const std::string &path, int revision) override;
    expr::HostResult<std::int64_t> fileSize(const std::string &nameSpace, const std::string &path) override;
    expr::HostResult<bool> fileExists(const std::string &nameSpace, const std::string &path) override;
    expr::HostResult<flow::Value> errorLogs() override;

private:
    expr::HostResult<std::filesystem::path> locate(const std::string &uri) const;
    std::optional<std::filesystem::path> inNamespace(const std::string &nameSpace, const std::string &path) const;

    std::shared_ptr<Live> m_live;
    const Services &m_services;
};

} // namespace engine
