// The comparison of flow results, as the corpus' compare.py does it.
#include "tests/conformance/flow_topic.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

namespace conformance {

using flow::Object;
using flow::Value;

namespace {

std::string textOf(const Value *value)
{
    if (!value || value->isNull())
        return {};
    return value->isText() ? value->text() : flow::toJson(*value);
}

const Value::List &listOf(const Value &value, const char *key)
{
    static const Value::List kNone;
    const Value *list = value.find(key);
    return list ? list->list() : kNone;
}

constexpr const char *kInner[] = {"executions", "children", "retries"};

/// Members sorted by key, so that equal maps print equally.
Value ordered(const Value &value)
{
    if (value.isList()) {
        Value::List items;
        for (const Value &item : value.list())
            items.push_back(ordered(item));
        return Value(std::move(items));
    }
    if (!value.isMap())
        return value;
    std::map<std::string, Value> members;
    for (const auto &[key, member] : value.map())
        members[key] = ordered(member);
    Object result;
    for (auto &[key, member] : members)
        result.set(key, std::move(member));
    return Value(std::move(result));
}

std::string line(const Value &value) { return flow::toJson(ordered(value)); }

using Counts = std::map<std::pair<std::string, std::string>, int>;

void count(const Value &execution, Counts &own, Counts &spare)
{
    for (const Value &log : listOf(execution, "logs")) {
        if (log.find("engine"))
            ++spare[{textOf(log.find("taskId")), textOf(log.find("level"))}];
        else
            ++own[{textOf(log.find("taskId")), textOf(log.find("message"))}];
    }
    for (const char *key : kInner)
        for (const Value &inner : listOf(execution, key))
            count(inner, own, spare);
}

/// Marks lines of `got` that no flow text asks for, as many per task and level as expected.
Value marked(const Value &execution, Counts &own, Counts &spare)
{
    Object result = execution.map();
    if (result.find("logs")) {
        Value::List logs;
        for (const Value &log : listOf(execution, "logs")) {
            Object entry = log.map();
            entry.erase("engine");
            int &mine = own[{textOf(log.find("taskId")), textOf(log.find("message"))}];
            int &left = spare[{textOf(log.find("taskId")), textOf(log.find("level"))}];
            if (mine > 0) {
                --mine;
            } else if (left > 0) {
                --left;
                entry.set("engine", true);
            }
            logs.push_back(Value(std::move(entry)));
        }
        result.set("logs", Value(std::move(logs)));
    }
    for (const char *key : kInner) {
        if (!result.find(key))
            continue;
        Value::List items;
        for (const Value &inner : listOf(execution, key))
            items.push_back(marked(inner, own, spare));
        result.set(key, Value(std::move(items)));
    }
    return Value(std::move(result));
}

Value reduced(const Value &execution, const Value &meta, bool history)
{
    Object result = execution.map();
    if (!history)
        result.erase("stateHistory");
    const Value *ignored = meta.find("ignoreOutputsOf");
    const bool noAttempts = !history || meta.find("ignoreAttempts");
    if (result.find("taskRuns")) {
        Value::List runs;
        for (const Value &run : listOf(execution, "taskRuns")) {
            Object entry = run.map();
            if (ignored && std::find(ignored->list().begin(), ignored->list().end(), *run.find("taskId")) != ignored->list().end())
                entry.erase("outputs");
            if (noAttempts)
                entry.erase("attempts");
            if (!history)
                entry.erase("stateHistory");
            runs.push_back(Value(std::move(entry)));
        }
        result.set("taskRuns", Value(std::move(runs)));
    }
    if (result.find("logs")) {
        Value::List logs;
        for (const Value &log : listOf(execution, "logs"))
            if (!log.find("engine"))
                logs.push_back(log);
        result.set("logs", Value(std::move(logs)));
    }
    for (const char *key : kInner) {
        if (!result.find(key))
            continue;
        Value::List items;
        for (const Value &inner : listOf(execution, key))
            items.push_back(reduced(inner, meta, history));
        result.set(key, Value(std::move(items)));
    }
    return Value(std::move(result));
}

/// Siblings and lines in a fixed order.
Value canonical(const Value &execution)
{
    Object result = execution.map();
    if (const Value *executions = result.find("executions")) {
        Value::List items;
        for (const Value &one : executions->list())
            items.push_back(canonical(one));
        result.set("executions", Value(std::move(items)));
        return Value(std::move(result));
    }
    if (!result.find("taskRuns"))
        return execution;
    const Value::List &runs = listOf(execution, "taskRuns");
    std::map<std::int64_t, std::vector<std::size_t>> children;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const Value *parent = runs[i].find("parent");
        children[parent && parent->isNumber() ? parent->asInt() : -1].push_back(i);
    }
    const auto key = [&](std::size_t i) {
        const Value *iteration = runs[i].find("iteration");
        return std::tuple(iteration && iteration->isNumber() ? iteration->asInt() : -1, textOf(runs[i].find("taskId")), textOf(runs[i].find("value")),
                          textOf(runs[i].find("state")), runs[i].find("outputs") ? line(*runs[i].find("outputs")) : "null");
    };
    std::vector<std::size_t> order;
    const std::function<void(std::int64_t)> visit = [&](std::int64_t parent) {
        std::vector<std::size_t> siblings = children[parent];
        std::stable_sort(siblings.begin(), siblings.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
        for (const std::size_t one : siblings) {
            order.push_back(one);
            visit(static_cast<std::int64_t>(one));
        }
    };
    visit(-1);
    std::map<std::int64_t, std::int32_t> positions;
    for (std::size_t i = 0; i < order.size(); ++i)
        positions[static_cast<std::int64_t>(order[i])] = static_cast<std::int32_t>(i);
    const auto moved = [&](const Value &entry, const char *member) {
        Object changed = entry.map();
        if (const Value *old = changed.find(member); old && old->isNumber())
            changed.set(member, positions[old->asInt()]);
        return Value(std::move(changed));
    };
    Value::List sortedRuns;
    for (const std::size_t one : order)
        sortedRuns.push_back(moved(runs[one], "parent"));
    result.set("taskRuns", Value(std::move(sortedRuns)));
    Value::List logs;
    for (const Value &log : listOf(execution, "logs"))
        logs.push_back(moved(log, "taskRun"));
    std::sort(logs.begin(), logs.end(), [](const Value &a, const Value &b) { return line(a) < line(b); });
    result.set("logs", Value(std::move(logs)));
    for (const char *inner : {"children", "retries"}) {
        if (!result.find(inner))
            continue;
        Value::List items;
        for (const Value &one : listOf(execution, inner))
            items.push_back(canonical(one));
        std::sort(items.begin(), items.end(), [](const Value &a, const Value &b) { return line(a) < line(b); });
        result.set(inner, Value(std::move(items)));
    }
    return Value(std::move(result));
}

/// The lines of one that are not in the other, by a simple walk.
std::string firstDifference(const Value &expected, const Value &got)
{
    std::istringstream a(flow::toJson(ordered(expected), {.indent = 1}));
    std::istringstream b(flow::toJson(ordered(got), {.indent = 1}));
    std::vector<std::string> left, right;
    for (std::string text; std::getline(a, text);)
        left.push_back(text);
    for (std::string text; std::getline(b, text);)
        right.push_back(text);
    std::size_t begin = 0;
    while (begin < left.size() && begin < right.size() && left[begin] == right[begin])
        ++begin;
    std::size_t end = 0;
    while (end < left.size() - begin && end < right.size() - begin && left[left.size() - 1 - end] == right[right.size() - 1 - end])
        ++end;
    std::string text;
    const auto show = [&](const std::vector<std::string> &lines, const char *sign) {
        std::size_t shown = 0;
        for (std::size_t i = begin; i + end < lines.size() && shown < 12; ++i, ++shown)
            text += fmt::format("    {} {}\n", sign, lines[i]);
    };
    show(left, "-");
    show(right, "+");
    return text;
}

} // namespace

bool equalFlows(const Value &expected, const Value &got, const Value &meta, bool history, std::string *difference)
{
    if (expected.find("invalid") || expected.find("refused")) {
        const char *kind = expected.find("invalid") ? "invalid" : "refused";
        const bool equal = got.find(kind) && (kind == std::string_view("invalid") || *got.find(kind) == *expected.find(kind));
        if (!equal && difference)
            *difference = fmt::format("    - {}\n    + {}\n", line(expected), line(got).substr(0, 400));
        return equal;
    }
    Counts own, spare;
    count(expected, own, spare);
    Value left = reduced(expected, meta, history);
    Value right = reduced(marked(got, own, spare), meta, history);
    const Value *compare = meta.find("compare");
    if (compare && compare->text() == "unordered") {
        left = canonical(left);
        right = canonical(right);
    }
    if (line(left) == line(right))
        return true;
    if (difference)
        *difference = firstDifference(left, right);
    return false;
}

} // namespace conformance
