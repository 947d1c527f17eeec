#pragma once

#include "engine/flow/tree.h"
#include "engine/run/plan.h"
#include "support/catalog.h"

#include <fmt/format.h>

#include <functional>
#include <set>
#include <string>

namespace testing {

/// Drives a plan by hand: the clock is turned by the test, starts are recorded, and the test says who
/// ends first and how. Flows are YAML; every task that is not a flowable starts and waits.
class PlanDriver
{
public:
    explicit PlanDriver(const std::string &tasks)
        : plan(engine::Program::compile(flow::toValue(*(m_tree = flow::Tree::parse("id: f\nnamespace: n\n" + tasks))->root()), test::coreCatalog()), 7)
    {
        plan.create(now());
        plan.begin(now());
        turn();
    }

    /// How an `If` decides, what a loop runs over: by task id.
    static inline std::function<engine::Resolution(const engine::TaskNode &)> resolve = [](const engine::TaskNode &) { return engine::Resolution{}; };

    engine::Time now() const { return m_now; }
    /// Milliseconds later; what is due happens.
    void advance(int milliseconds)
    {
        m_now += std::chrono::milliseconds(milliseconds);
        plan.wake(m_now);
        turn();
    }
    void end(const std::string &name, engine::State state = engine::State::Success)
    {
        const engine::RunIndex run = started(name);
        m_atWork.erase(run);
        engine::Outcome outcome;
        outcome.state = state;
        plan.finished(run, std::move(outcome), m_now);
        turn();
    }
    void kill()
    {
        plan.kill(m_now);
        turn();
    }
    /// Ends everything that is at work, in order, until nothing is.
    void endAll(engine::State state = engine::State::Success)
    {
        while (!m_atWork.empty())
            end(nameOf(*m_atWork.begin()), state);
    }
    std::string nameOf(engine::RunIndex run) const
    {
        const auto &r = plan.runs()[run];
        return plan.node(run).id + (r.hasValue ? fmt::format("[{}]", r.value) : std::string());
    }
    /// What is at work, in order.
    std::string atWork() const
    {
        std::string names;
        for (const engine::RunIndex run : m_atWork)
            names += (names.empty() ? "" : " ") + nameOf(run);
        return names;
    }
    /// Everything that was started, in order; `x!` was told to stop.
    std::string log;
    std::string states() const
    {
        std::string text;
        for (engine::RunIndex i = 0; i < plan.runs().size(); ++i)
            if (!plan.runs()[i].removed)
                text += fmt::format("{}{} {}", text.empty() ? "" : ", ", nameOf(i), engine::nameOf(plan.runs()[i].state));
        return text;
    }
    std::string history() const
    {
        std::string text;
        for (const engine::StateAt &state : plan.history())
            text += (text.empty() ? "" : " ") + std::string(engine::nameOf(state.state));
        return text;
    }

private:
    std::shared_ptr<const flow::Tree> m_tree;

public:
    engine::Plan plan;

private:
    engine::RunIndex started(const std::string &name) const
    {
        for (const engine::RunIndex run : m_atWork)
            if (nameOf(run) == name)
                return run;
        throw std::runtime_error(name + " is not at work; at work: " + atWork());
    }
    void turn()
    {
        for (std::vector<engine::Decision> decisions = plan.take(); !decisions.empty(); decisions = plan.take())
            for (const engine::Decision &decision : decisions)
                deal(decision);
    }
    void deal(const engine::Decision &decision)
    {
        using Kind = engine::Decision::Kind;
        switch (decision.kind) {
        case Kind::Resolve:
            plan.resolved(decision.run, resolve(plan.node(decision.run)), m_now);
            break;
        case Kind::Start:
        case Kind::StartChild:
            plan.started(decision.run, {}, m_now);
            m_atWork.insert(decision.run);
            log += (log.empty() ? "" : " ") + nameOf(decision.run);
            break;
        case Kind::Update:
            plan.finished(decision.run, {}, m_now);
            break;
        case Kind::CheckLoop:
            plan.loopChecked(decision.run, {}, m_now);
            break;
        case Kind::Collect:
            plan.collected(decision.run, {}, m_now);
            break;
        case Kind::Outputs:
            plan.outputsComputed({}, false, m_now);
            break;
        case Kind::Stop:
            log += " " + nameOf(decision.run) + "!";
            break;
        case Kind::Check:
            plan.checked(m_now);
            break;
        case Kind::NewExecution:
            log += " new execution";
            break;
        }
    }

    engine::Time m_now{std::chrono::seconds(1'700'000'000)};
    std::set<engine::RunIndex> m_atWork;
};

/// `- {id: a, type: …Log}` lines by id.
inline std::string task(const std::string &id, const std::string &more = {})
{
    return fmt::format("{{id: {}, type: io.kestra.plugin.core.log.Log, message: x{}}}", id, more.empty() ? "" : ", " + more);
}

} // namespace testing
