#include "tests/conformance/flow_host.h"

#include "engine/flow/iso_time.h"
#include "engine/flow/tree.h"
#include "engine/tasks/task_families.h"
#include "resources/embedded.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace conformance {

namespace fs = std::filesystem;
using engine::State;
using flow::Object;
using flow::Value;

namespace {

std::chrono::nanoseconds durationOf(const Value *value)
{
    return value ? flow::parseDuration(value->text()).value_or(std::chrono::nanoseconds{}) : std::chrono::nanoseconds{};
}

/// Wakes a test's thread when an execution reaches a state.
class Watch : public engine::Listener
{
public:
    explicit Watch(std::string id) : m_id(std::move(id)) {}
    void changed(const engine::ExecutionChange &change) override
    {
        const std::lock_guard lock(m_mutex);
        if (change.id == m_id) {
            for (const engine::StateAt &state : change.states)
                m_state = state.state;
            m_ended = m_ended || change.ended;
        }
        m_changed.notify_all();
    }
    /// False when the execution ended before.
    bool waitFor(State state, std::chrono::steady_clock::time_point until)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_until(lock, until, [&] { return m_state == state || m_ended; });
        return m_state == state;
    }
    bool ended(std::chrono::steady_clock::time_point until)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_until(lock, until, [&] { return m_ended; });
    }
    void pause(std::chrono::nanoseconds time)
    {
        std::unique_lock lock(m_mutex);
        const auto until = std::chrono::steady_clock::now() + time;
        m_changed.wait_until(lock, until, [&] { return std::chrono::steady_clock::now() >= until; });
    }

private:
    std::string m_id;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    State m_state = State::Created;
    bool m_ended = false;
};

} // namespace

std::string readFile(const fs::path &file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

void writeFile(const fs::path &file, std::string_view text)
{
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

void FlowTexts::add(const std::string &text, const std::string &path)
{
    const auto tree = flow::Tree::parse(text);
    const auto scalar = [&](const char *key) {
        const flow::Node *node = tree->root() && tree->root()->isMapping() ? tree->root()->find(key) : nullptr;
        return node ? node->text : std::string();
    };
    auto &revisions = m_flows[{scalar("namespace"), scalar("id")}];
    revisions.push_back({std::make_shared<const std::string>(text), path, static_cast<std::int32_t>(revisions.size() + 1)});
}

std::optional<engine::FlowText> FlowTexts::find(std::string_view namespaceId, std::string_view flowId, std::optional<std::int32_t> revision) const
{
    const auto found = m_flows.find({std::string(namespaceId), std::string(flowId)});
    if (found == m_flows.end())
        return std::nullopt;
    if (!revision)
        return found->second.back();
    const auto index = static_cast<std::size_t>(*revision - 1);
    return index < found->second.size() ? std::optional(found->second[index]) : std::nullopt;
}

std::vector<engine::FlowText> FlowTexts::all() const
{
    std::vector<engine::FlowText> flows;
    for (const auto &[key, revisions] : m_flows)
        flows.push_back(revisions.back());
    return flows;
}

Sidecar readSidecar(const fs::path &file)
{
    Sidecar sidecar;
    if (!fs::exists(file))
        return sidecar;
    const auto tree = flow::Tree::parse(readFile(file));
    const Value root = tree->root() ? flow::toValue(*tree->root()) : Value();
    if (const Value *inputs = root.find("inputs"))
        for (const auto &[name, value] : inputs->map()) {
            if (value.isText() && value.text().starts_with("file:"))
                sidecar.inputs.set(name, (file.parent_path() / value.text().substr(5)).string());
            else
                sidecar.inputs.set(name, value);
        }
    if (const Value *labels = root.find("labels"))
        sidecar.labels = labels->map();
    if (const Value *runs = root.find("runs"))
        sidecar.runs = static_cast<int>(runs->asInt());
    sidecar.gap = durationOf(root.find("gap"));
    sidecar.settle = durationOf(root.find("settle"));
    if (const Value *children = root.find("children"))
        sidecar.children = static_cast<std::size_t>(children->asInt());
    if (const Value *steps = root.find("steps"))
        for (const Value &item : steps->list()) {
            Step step;
            if (const Value *when = item.find("when"))
                step.when = engine::stateOf(when->text()).value_or(State::Running);
            step.after = durationOf(item.find("after"));
            if (const Value *action = item.find("do"))
                step.action = action->text();
            if (const Value *inputs = item.find("inputs"))
                step.inputs = inputs->map();
            sidecar.steps.push_back(std::move(step));
        }
    return sidecar;
}

FlowHost::FlowHost(const FlowTexts &flows)
{
    std::string pattern = (fs::temp_directory_path() / "leat-conformance-XXXXXX").string();
    if (!mkdtemp(pattern.data()))
        throw std::runtime_error("no temporary folder");
    m_folder = pattern;
    auto data = store::DataFolder::open(m_folder, &flows);
    if (!data)
        throw std::runtime_error("the temporary data folder can't be opened");
    m_data = std::move(*data);
    std::vector<std::string> texts{std::string(resources::embedded("catalog/core-1.3.json"))};
    for (const std::string_view path : resources::embeddedPaths())
        if (path.starts_with("catalog/") && !path.starts_with("catalog/core-") && path.ends_with(".json"))
            texts.emplace_back(resources::embedded(path));
    m_catalog = flow::TaskCatalog::load(texts).value();
    engine::Services services = m_data->services();
    services.catalog = m_catalog;
    services.runners = tasks::builtInRunners();
    engine::EngineOptions options;
    options.environment = store::templateEnvironment();
    options.url = "https://mysuperhost.com/subpath";
    options.globals = flow::parseJson(R"({"bool": true, "string": "string", "nested": {"int": 2}, "int": 1})").value;
    m_engine = std::make_unique<engine::Engine>(std::move(services), std::move(options));
}

FlowHost::~FlowHost()
{
    m_engine.reset();
    m_data.reset();
    std::error_code failed;
    fs::remove_all(m_folder, failed);
}

void FlowHost::follow(const std::string &id, const Sidecar &sidecar)
{
    const auto watch = std::make_shared<Watch>(id);
    const auto token = m_engine->observe(watch);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    for (const Step &step : sidecar.steps) {
        const auto now = m_engine->execution(id);
        if (now && now->state != step.when && !isEnd(now->state))
            watch->waitFor(step.when, until);
        watch->pause(step.after);
        if (step.action == "kill")
            (void)m_engine->kill(id).hasValue();
        else
            (void)m_engine->resume(id, step.inputs).hasValue();
    }
    m_engine->waitFor(id, std::chrono::seconds(60));
    const auto children = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    if (sidecar.children > 0) {
        const auto done = [&] {
            const auto execution = m_engine->execution(id);
            const Family family = familyOf(*execution);
            return family.children.size() >= sidecar.children &&
                   std::all_of(family.children.begin(), family.children.end(), [](const engine::Execution &one) { return isEnd(one.state); });
        };
        while (!done() && std::chrono::steady_clock::now() < children)
            watch->pause(std::chrono::milliseconds(20));
        const auto execution = m_engine->execution(id);
        for (const engine::Execution &child : familyOf(*execution).children)
            m_engine->waitFor(child.id, std::chrono::seconds(10));
    }
    if (sidecar.settle.count() > 0)
        watch->pause(sidecar.settle);
}

engine::Result<std::vector<std::string>> FlowHost::run(const std::string &text, const Sidecar &sidecar)
{
    engine::StartRequest request;
    request.flowText = std::make_shared<const std::string>(text);
    request.inputs = sidecar.inputs;
    request.labels = sidecar.labels;
    std::vector<std::string> ids;
    for (int i = 0; i < sidecar.runs; ++i) {
        if (i > 0)
            Watch({}).pause(sidecar.gap);
        engine::Result<std::string> id = m_engine->start(request);
        if (!id)
            return id.error();
        ids.push_back(*id);
    }
    for (const std::string &id : ids)
        follow(id, sidecar);
    return ids;
}

FlowHost::Family FlowHost::familyOf(const engine::Execution &execution) const
{
    Family family;
    engine::ExecutionFilter filter;
    filter.limit = 1'000'000;
    const auto all = m_engine->store().list(filter);
    if (!all)
        return family;
    for (auto summary = all->rbegin(); summary != all->rend(); ++summary) {
        if (summary->created < execution.created || summary->id == execution.id)
            continue;
        auto other = m_engine->execution(summary->id);
        if (!other)
            continue;
        const Value *variables = other->trigger.find("variables");
        const Value *cause = variables ? variables->find("executionId") : nullptr;
        if (other->parentId == execution.id || (cause && cause->text() == execution.id))
            family.children.push_back(std::move(*other));
        else if (other->originalId == execution.id)
            family.retries.push_back(std::move(*other));
    }
    return family;
}

std::vector<engine::LogEntry> FlowHost::logsOf(const std::string &id) const
{
    std::vector<engine::LogEntry> all;
    engine::LogFilter filter;
    for (;;) {
        const auto page = m_engine->store().logs(id, filter);
        if (!page || page->empty())
            return all;
        all.insert(all.end(), page->begin(), page->end());
        filter.after = all.back().number;
    }
}

} // namespace conformance
