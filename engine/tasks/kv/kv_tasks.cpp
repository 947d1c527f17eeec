#include "engine/tasks/kv/kv_tasks.h"

#include "engine/tasks/kv/kv_values.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/globs.h"
#include "engine/tasks/support/namespace_scope.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tasks {

namespace {

using KvEntry = engine::NamespaceStore::KvEntry;

bool isExpired(engine::TaskContext &context, const KvEntry &entry)
{
    return entry.expires && *entry.expires <= context.now();
}

[[noreturn]] void failMissing(std::string_view key, std::string_view nameSpace)
{
    throw TaskFailure{fmt::format("No value found for key '{}' in namespace '{}' and `errorOnMissing` is set to true",
                                  key, nameSpace)};
}

/// The entry in the namespace or in the nearest one above it.
std::optional<KvEntry> inherited(engine::TaskContext &context, std::string nameSpace, const std::string &key)
{
    while (true) {
        if (auto entry = context.namespaces().kvGet(nameSpace, key))
            return entry;
        const std::size_t dot = nameSpace.rfind('.');
        if (dot == std::string::npos)
            return std::nullopt;
        nameSpace.erase(dot);
    }
}

/// The `value` of Set: an expression keeps its kind, what is written plainly is text.
flow::Value setValue(engine::TaskContext &context)
{
    const flow::Value *written = context.properties().find("value");
    if (!written || written->isNull())
        return {};
    if (!written->isText())
        return textOf(context.render(*written));
    return context.render(*written, written->text().find("{{") != std::string::npos);
}

bool purgesExpiredOnly(engine::TaskContext &context)
{
    if (const flow::Value older = context.property("expiredOnly"); !older.isNull())
        return booleanOf(older, false);
    const flow::Value behavior = context.property("behavior");
    const flow::Value *only = behavior.find("expiredOnly");
    return only ? booleanOf(*only, true) : true;
}

} // namespace

engine::TaskResult runKvSet(engine::TaskContext &context)
{
    const std::string nameSpace = namespaceProperty(context);
    const std::string key = requiredText(context, "key");
    const flow::Value value = setValue(context);
    const std::string type = wordProperty(
        context, "kvType", {"STRING", "NUMBER", "BOOLEAN", "DATETIME", "DATE", "DURATION", "JSON"}, "");
    KvEntry entry = entryOf(value);
    if (!type.empty())
        entry = {typedKvValue(textOf(value), type), type, {}, {}};
    entry.description = textOf(context.property("kvDescription"));
    if (const auto ttl = durationOf(context.property("ttl")))
        entry.expires = context.now() + std::chrono::duration_cast<std::chrono::system_clock::duration>(*ttl);
    checkKey(key);
    if (!booleanOf(context.property("overwrite"), true)) {
        const auto existing = context.namespaces().kvGet(nameSpace, key);
        if (existing && !isExpired(context, *existing))
            throw TaskFailure{fmt::format("Cannot set value for key '{}'. Key already exists and `overwrite` is set to "
                                          "`false`.",
                                          key)};
    }
    context.namespaces().kvSet(nameSpace, key, std::move(entry));
    return engine::TaskResult::success();
}

engine::TaskResult runKvPut(engine::TaskContext &context)
{
    const std::string nameSpace = namespaceProperty(context);
    const std::string key = requiredText(context, "key");
    checkKey(key);
    if (booleanOf(context.property("errorOnMissing"), false) && !context.namespaces().kvGet(nameSpace, key))
        failMissing(key, nameSpace);
    const flow::Value *written = context.properties().find("value");
    const flow::Value value = written ? context.render(*written) : flow::Value();
    context.namespaces().kvSet(nameSpace, key, entryOf(textOf(value)));
    return engine::TaskResult::success();
}

engine::TaskResult runKvGet(engine::TaskContext &context)
{
    const std::string nameSpace = namespaceProperty(context);
    const std::string key = requiredText(context, "key");
    const auto entry = inherited(context, nameSpace, key);
    if (entry && isExpired(context, *entry))
        throw TaskFailure{"The requested value has expired"};
    if (!entry && booleanOf(context.property("errorOnMissing"), false))
        failMissing(key, nameSpace);
    if (!entry || entry->value.isNull())
        return engine::TaskResult::success();
    return engine::TaskResult::success(flow::Object{{"value", entry->value}});
}

engine::TaskResult runKvGetKeys(engine::TaskContext &context)
{
    const std::string nameSpace = namespaceProperty(context);
    const std::string prefix = textOf(context.property("prefix"));
    flow::Value::List keys;
    for (std::string &key : context.namespaces().kvKeys(nameSpace)) {
        if (!key.starts_with(prefix))
            continue;
        const auto entry = context.namespaces().kvGet(nameSpace, key);
        if (entry && !isExpired(context, *entry))
            keys.emplace_back(std::move(key));
    }
    return engine::TaskResult::success(flow::Object{{"keys", std::move(keys)}});
}

engine::TaskResult runKvDelete(engine::TaskContext &context)
{
    const std::string nameSpace = namespaceProperty(context);
    const std::string key = requiredText(context, "key");
    const bool deleted = context.namespaces().kvDelete(nameSpace, key);
    if (!deleted && booleanOf(context.property("errorOnMissing"), false))
        failMissing(key, nameSpace);
    return engine::TaskResult::success(flow::Object{{"deleted", deleted}});
}

engine::TaskResult runPurgeKv(engine::TaskContext &context)
{
    const std::vector<std::string> namespaces = namespacesInScope(context);
    const bool expiredOnly = purgesExpiredOnly(context);
    const std::optional<std::string> pattern = optionalText(context.property("keyPattern"));
    context.log(engine::Level::Info, fmt::format("purging {} namespaces: [{}]", namespaces.size(),
                                                 fmt::join(namespaces, ", ")));
    std::int32_t purged = 0;
    for (const std::string &nameSpace : namespaces) {
        for (const std::string &key : context.namespaces().kvKeys(nameSpace)) {
            if (pattern && !Glob("glob:" + *pattern).matches(key))
                continue;
            const auto entry = context.namespaces().kvGet(nameSpace, key);
            if (entry && (!expiredOnly || isExpired(context, *entry)))
                purged += context.namespaces().kvDelete(nameSpace, key);
        }
    }
    context.log(engine::Level::Info, fmt::format("purged {} keys", purged));
    return engine::TaskResult::success(flow::Object{{"size", purged}});
}

void addKvTasks(engine::TaskRunners &runners)
{
    runners["io.kestra.plugin.core.kv.Set"] = runnerOf(runKvSet);
    runners["io.kestra.plugin.core.kv.Put"] = runnerOf(runKvPut);
    runners["io.kestra.plugin.core.kv.Get"] = runnerOf(runKvGet);
    runners["io.kestra.plugin.core.kv.GetKeys"] = runnerOf(runKvGetKeys);
    runners["io.kestra.plugin.core.kv.Delete"] = runnerOf(runKvDelete);
    runners["io.kestra.plugin.core.kv.PurgeKV"] = runnerOf(runPurgeKv);
    runners["io.kestra.plugin.core.state.Set"] = runnerOf(runStateSet);
    runners["io.kestra.plugin.core.state.Get"] = runnerOf(runStateGet);
    runners["io.kestra.plugin.core.state.Delete"] = runnerOf(runStateDelete);
}

} // namespace tasks
