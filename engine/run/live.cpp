#include "engine/run/live.h"

#include "engine/expr/encoding.h"

namespace engine {

using flow::Object;
using flow::Value;

namespace {

constexpr std::string_view kSealed = "io.kestra.datatype:aes_encrypted";

/// The text of a value in its encrypted form, or null.
const Value *sealedText(const Value &value)
{
    if (!value.isMap() || value.map().size() != 2)
        return nullptr;
    const Value *type = value.find("type");
    const Value *text = value.find("value");
    return type && type->isText() && type->text() == kSealed && text && text->isText() ? text : nullptr;
}

bool holdsSealed(const Value &value)
{
    if (value.isMap()) {
        if (sealedText(value))
            return true;
        for (const auto &[key, member] : value.map())
            if (holdsSealed(member))
                return true;
    }
    if (value.isList())
        for (const Value &item : value.list())
            if (holdsSealed(item))
                return true;
    return false;
}

} // namespace

Live::Live(std::shared_ptr<const ExecutionRecord> r, std::shared_ptr<const Program> program, const Secrets *keys)
    : record(std::move(r)), plan(std::move(program), std::hash<std::string>()(record->id)), m_keys(keys)
{
    table.open = [this](const Value &outputs) { return opened(outputs); };
}

Value Live::opened(const Value &value)
{
    if (!m_keys || !holdsSealed(value))
        return value;
    if (const Value *sealed = sealedText(value)) {
        const std::optional<std::string> text = m_keys->unseal(sealed->text());
        if (!text)
            return value;
        secrets.add(*text);
        return Value(*text);
    }
    if (value.isList()) {
        Value::List items;
        for (const Value &item : value.list())
            items.push_back(opened(item));
        return Value(std::move(items));
    }
    Object members;
    for (const auto &[key, member] : value.map())
        members.set(key, opened(member));
    return Value(std::move(members));
}

void SecretValues::add(std::string value)
{
    if (value.empty())
        return;
    const std::lock_guard lock(m_mutex);
    m_values.insert(expr::base64(value));
    m_values.insert(std::move(value));
}

std::string SecretValues::mask(std::string_view text) const
{
    std::string result(text);
    const std::lock_guard lock(m_mutex);
    for (const std::string &value : m_values)
        for (std::size_t at = 0; (at = result.find(value, at)) != std::string::npos; at += 6)
            result.replace(at, value.size(), "******");
    return result;
}

Execution Live::snapshot() const
{
    const std::lock_guard lock(mutex);
    Execution execution;
    static_cast<ExecutionRecord &>(execution) = *record;
    execution.state = plan.state();
    execution.history = plan.history();
    execution.labels = labels;
    execution.variables = variables;
    execution.outputs = outputs;
    execution.reason = reason;
    execution.taskRuns.reserve(plan.runs().size());
    for (RunIndex i = 0; i < plan.runs().size(); ++i) {
        const Plan::Run &from = plan.runs()[i];
        TaskRun &run = execution.taskRuns.emplace_back();
        run.index = i;
        run.id = taskRunId(record->id, i);
        run.taskId = plan.node(i).id;
        run.parent = from.parent;
        if (from.hasValue)
            run.value = from.value;
        if (from.iteration >= 0)
            run.iteration = from.iteration;
        run.state = from.state;
        run.history = from.history;
        run.attempts = from.attempts;
        run.outputs = from.outputs;
        run.reason = from.reason;
        run.removed = from.removed;
    }
    return execution;
}

} // namespace engine
