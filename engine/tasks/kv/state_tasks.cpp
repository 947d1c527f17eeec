#include "engine/expr/ion.h"
#include "engine/tasks/kv/kv_tasks.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/murmur.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace tasks {

namespace {

std::string stateName(engine::TaskContext &context)
{
    return optionalText(context.property("name")).value_or("default");
}

/// States live among the keys of the flow's namespace: one a flow, or with `namespace` one for all flows of it;
/// in loops one for each value.
std::string stateKey(engine::TaskContext &context)
{
    const std::string name = stateName(context);
    if (name.find(' ') != std::string::npos) {
        std::string path = context.flowNamespace() + '.' + context.flowId();
        std::replace(path.begin(), path.end(), '.', '/');
        path = fmt::format("kestra:/{}/states/tasks-states/{}", path, name);
        const std::string message = fmt::format("Illegal character in path at index {}: {}", path.find(' '), path);
        context.log(engine::Level::Error, message);
        throw TaskFailure{message};
    }
    std::string key = booleanOf(context.property("namespace"), false) ? std::string() : context.flowId() + '_';
    key += "states_tasks-states_" + name;
    if (booleanOf(context.property("taskrunValue"), true)) {
        const flow::Value taskrun = context.variable("taskrun");
        const flow::Value *value = taskrun.find("value");
        if (value && !value->isNull())
            key += '_' + murmur128(textOf(*value));
    }
    return key;
}

std::optional<flow::Object> readState(engine::TaskContext &context, const std::string &key)
{
    const auto entry = context.namespaces().kvGet(context.flowNamespace(), key);
    if (!entry)
        return std::nullopt;
    // A store that keeps values as JSON gives the bytes back as Base64.
    const bool isEncoded = entry->value.isText();
    const std::string bytes = isEncoded ? expr::parseIon("{{" + entry->value.text() + "}}").value.text() : entry->value.text();
    const flow::JsonParse parsed = flow::parseJson(bytes);
    return parsed.value.map();
}

flow::Object merged(flow::Object into, const flow::Object &more)
{
    for (const auto &[name, value] : more) {
        const flow::Value *existing = into.find(name);
        if (existing && existing->isMap() && value.isMap())
            into.set(name, merged(existing->map(), value.map()));
        else
            into.set(name, value);
    }
    return into;
}

flow::Object dataProperty(engine::TaskContext &context)
{
    flow::Value data = context.property("data");
    if (data.isText()) {
        const flow::JsonParse parsed = flow::parseJson(data.text());
        data = parsed.value;
    }
    return withoutNulls(data).map();
}

} // namespace

engine::TaskResult runStateSet(engine::TaskContext &context)
{
    const std::string key = stateKey(context);
    const flow::Object state = merged(readState(context, key).value_or(flow::Object()), dataProperty(context));
    engine::NamespaceStore::KvEntry entry;
    entry.type = "STRING";
    entry.value = flow::Value::ofText(flow::Value::Kind::Bytes, flow::toJson(state));
    context.namespaces().kvSet(context.flowNamespace(), key, std::move(entry));
    return engine::TaskResult::success(
        flow::Object{{"count", static_cast<std::int32_t>(state.size())}, {"key", key}});
}

engine::TaskResult runStateGet(engine::TaskContext &context)
{
    const std::string key = stateKey(context);
    const std::optional<flow::Object> state = readState(context, key);
    if (!state && booleanOf(context.property("errorOnMissing"), false))
        throw TaskFailure{fmt::format("State {} not found", key)};
    flow::Object data = state.value_or(flow::Object());
    const auto count = static_cast<std::int32_t>(data.size());
    return engine::TaskResult::success(flow::Object{{"count", count}, {"data", std::move(data)}});
}

engine::TaskResult runStateDelete(engine::TaskContext &context)
{
    const bool deleted = context.namespaces().kvDelete(context.flowNamespace(), stateKey(context));
    if (!deleted && booleanOf(context.property("errorOnMissing"), false))
        throw TaskFailure{fmt::format("Unable to find the state file '{}'", stateName(context))};
    return engine::TaskResult::success(flow::Object{{"deleted", deleted}});
}

} // namespace tasks
