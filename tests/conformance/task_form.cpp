#include "tests/conformance/task_form.h"

#include "engine/flow/utf8.h"
#include "tests/support/sha256.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <regex>

namespace conformance {

namespace fs = std::filesystem;
using flow::Object;
using flow::Value;

namespace {

constexpr std::size_t kLong = 3000;
constexpr std::string_view kAddressEnd = " \t\r\n\"'\\<>,])}";

void replaceAll(std::string &text, const std::string &what, const std::string &with)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
}

bool isAlphanumeric(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// Words of letters and digits of a length, for which `is` holds, become `name`.
template <typename Is>
std::string wordsReplaced(const std::string &text, std::string_view name, Is is)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && isAlphanumeric(text[end]))
            ++end;
        const std::string_view word(&text[at], end - at);
        if (!word.empty())
            out += is(word, end < text.size() ? text[end] : '\0') ? name : word;
        if (end < text.size())
            out += text[end++];
        at = end;
    }
    return out;
}

bool looksRandom(std::string_view word)
{
    const auto any = [&](int (*is)(int)) {
        return std::any_of(word.begin(), word.end(), [&](char c) { return is(static_cast<unsigned char>(c)) != 0; });
    };
    return word.size() >= 20 && word.size() <= 22 && any(std::isdigit) && any(std::islower) && any(std::isupper);
}

std::size_t characters(std::string_view text)
{
    std::size_t count = 0;
    for (const char c : text)
        count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

/// Storage addresses in a text, in order.
void addressesIn(const std::string &text, std::vector<std::string> &found)
{
    for (std::size_t at = text.find("kestra:///"); at != std::string::npos; at = text.find("kestra:///", at + 1)) {
        const std::size_t end = std::min(text.find_first_of(kAddressEnd, at), text.size());
        const std::string address = text.substr(at, end - at);
        if (std::find(found.begin(), found.end(), address) == found.end())
            found.push_back(address);
    }
}

void addressesIn(const Value &value, std::vector<std::string> &found)
{
    if (value.isMap()) {
        std::map<std::string, Value> sorted;
        for (const auto &[key, member] : value.map())
            sorted[key] = member;
        for (const auto &[key, member] : sorted)
            addressesIn(member, found);
    } else if (value.isList()) {
        for (const Value &item : value.list())
            addressesIn(item, found);
    } else if (!value.text().empty()) {
        addressesIn(value.text(), found);
    }
}

std::string_view levelName(engine::Level level)
{
    static constexpr std::string_view kNames[] = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR"};
    return kNames[static_cast<std::size_t>(level)];
}

int levelRank(engine::Level level)
{
    return level == engine::Level::Debug ? 0 : level == engine::Level::Trace ? 1 : static_cast<int>(level);
}

Value histories(const std::vector<engine::StateAt> &states)
{
    Value::List names;
    for (const engine::StateAt &state : states)
        names.emplace_back(nameOf(state.state));
    return names;
}

} // namespace

Value TaskForm::refusal(const std::string &message) const
{
    Object result;
    std::smatch id;
    if (std::regex_search(m_flowText, id, std::regex(R"(^id: *(\S+))")))
        result.set("flowId", id[1].str());
    result.set("state", "INPUTS_REFUSED");
    result.set("error", message);
    return result;
}

std::vector<engine::RunIndex> TaskForm::inTextOrder(const engine::Execution &execution) const
{
    std::map<std::string, std::size_t> places;
    const std::regex pattern(R"(\bid: *([\w.-]+))");
    for (std::sregex_iterator at(m_flowText.begin(), m_flowText.end(), pattern), end; at != end; ++at)
        places.try_emplace((*at)[1].str(), static_cast<std::size_t>(at->position()));
    std::map<engine::RunIndex, std::vector<engine::RunIndex>> children;
    for (const engine::TaskRun &run : execution.taskRuns) {
        if (!run.removed && !run.id.empty())
            children[run.parent].push_back(run.index);
    }
    std::vector<engine::RunIndex> order;
    const std::function<void(engine::RunIndex)> visit = [&](engine::RunIndex parent) {
        std::vector<engine::RunIndex> siblings = children[parent];
        std::stable_sort(siblings.begin(), siblings.end(), [&](engine::RunIndex a, engine::RunIndex b) {
            const auto key = [&](engine::RunIndex run) {
                const engine::TaskRun &of = execution.taskRuns[run];
                const auto place = places.find(of.taskId);
                return std::pair(of.iteration.value_or(-1), place == places.end() ? std::size_t(-1) : place->second);
            };
            return key(a) < key(b);
        });
        for (const engine::RunIndex run : siblings) {
            order.push_back(run);
            visit(run);
        }
    };
    visit(engine::kNoRun);
    return order;
}

std::string TaskForm::text(std::string text) const
{
    const std::string folder = m_host.data().folder().string();
    for (std::size_t at = 0; (at = text.find(folder + "/tmp/", at)) != std::string::npos;) {
        std::size_t end = at + folder.size() + 5;
        while (end < text.size() && (isAlphanumeric(text[end]) || text[end] == '-'))
            ++end;
        text.replace(at, end - at, "<workdir>");
    }
    replaceAll(text, folder + "/storage", "<storage>/main"); // the real engine has a folder a tenant
    replaceAll(text, m_server, "<http>");
    static const std::regex kPid(R"((command with pid |Killing process )\d+)");
    static const std::regex kTook(R"( in \d\d:\d\d:\d\d\.\d{3})");
    if (text.size() < 100'000) {
        text = std::regex_replace(text, kPid, "$1<pid>");
        text = std::regex_replace(text, kTook, " in <duration>");
    }
    return wordsReplaced(text, "<random>", [](std::string_view word, char) { return looksRandom(word); });
}

std::string TaskForm::ids(std::string text, const Names &names) const
{
    for (const auto &[id, name] : names)
        replaceAll(text, id, name);
    return text;
}

Value TaskForm::value(const Value &value, const Names &ids_, const Names &addresses) const
{
    if (value.isMap()) {
        const Value *type = value.find("type");
        const bool isSealed = type && type->text() == "io.kestra.datatype:aes_encrypted";
        Object members;
        for (const auto &[key, member] : value.map()) {
            if (!member.isNull())
                members.set(ids(key, ids_), isSealed && key == "value" ? Value("<encrypted>") : this->value(member, ids_, addresses));
        }
        return members;
    }
    if (value.isList()) {
        Value::List items;
        for (const Value &item : value.list())
            items.push_back(this->value(item, ids_, addresses));
        return items;
    }
    if (!value.isText() && value.kind() != Value::Kind::Uri)
        return value;
    std::string text = ids(value.text(), addresses);
    text = this->text(ids(std::move(text), ids_));
    const std::size_t length = characters(text);
    return length <= kLong ? Value(text)
                           : Value(fmt::format("<text length={} sha256={}>", length, testing::sha256(text)));
}

Value TaskForm::stored(const std::string &address, const Names &ids_) const
{
    std::string path = text(ids(address, ids_));
    const std::size_t name = path.rfind('/') + 1;
    std::string tail = path.substr(name);
    const std::size_t dash = tail.find('-');
    if (dash >= 19 && dash <= 23 && std::all_of(tail.begin(), tail.begin() + static_cast<std::ptrdiff_t>(dash), isAlphanumeric))
        tail = "<random>" + tail.substr(dash);
    Object file{{"path", path.substr(0, name) + tail}};

    const std::string relative = address.substr(std::string_view("kestra:///").size());
    const fs::path place = m_host.data().folder() / "storage" / relative;
    if (!fs::is_regular_file(place)) {
        file.set("missing", true);
        return file;
    }
    const std::string bytes = readFile(place);
    file.set("size", static_cast<std::int64_t>(bytes.size()));
    file.set("sha256", testing::sha256(bytes));
    if (flow::utf8::firstInvalid(bytes) == bytes.size() && bytes.size() <= kLong)
        file.set("text", text(ids(bytes, ids_)));
    return file;
}

Value TaskForm::result(const std::string &executionId) const
{
    const auto found = m_host.engine().execution(executionId);
    if (!found)
        return Object{{"state", "NOT_STARTED"}};
    const engine::Execution &execution = *found;
    const std::vector<engine::RunIndex> order = inTextOrder(execution);
    Names names = {{execution.id, "<execution>"}};
    std::map<engine::RunIndex, std::int32_t> position;
    for (std::size_t i = 0; i < order.size(); ++i) {
        position[order[i]] = static_cast<std::int32_t>(i);
        names.emplace_back(execution.taskRuns[order[i]].id, fmt::format("<taskRun:{}>", i));
    }

    std::vector<engine::LogEntry> logs = m_host.logsOf(executionId);
    std::map<engine::RunIndex, bool> isScript;
    for (const engine::LogEntry &line : logs)
        isScript[line.run] = isScript[line.run] || line.message.starts_with("Starting command with pid");
    std::stable_sort(logs.begin(), logs.end(), [&](const engine::LogEntry &a, const engine::LogEntry &b) {
        const auto key = [&](const engine::LogEntry &line) {
            const std::int32_t at = line.run == engine::kNoRun ? -1 : position[line.run];
            return std::tuple(at, line.attempt, isScript[line.run] ? levelRank(line.level) : 0);
        };
        return key(a) < key(b);
    });

    std::vector<std::string> addresses;
    addressesIn(execution.inputs, addresses);
    for (const engine::RunIndex run : order)
        addressesIn(execution.taskRuns[run].outputs, addresses);
    addressesIn(execution.outputs, addresses);
    for (const engine::LogEntry &line : logs)
        addressesIn(line.message, addresses);
    Names numbered;
    for (std::size_t i = 0; i < addresses.size(); ++i)
        numbered.emplace_back(addresses[i], fmt::format("<uri:{}>", i + 1));
    // A folder's address begins those of its files: the longer ones are replaced first.
    std::sort(numbered.begin(), numbered.end(),
              [](const auto &a, const auto &b) { return a.first.size() > b.first.size(); });

    Object result{{"flowId", execution.flowId}, {"namespace", execution.namespaceId},
                  {"state", nameOf(execution.state)}, {"stateHistory", histories(execution.history)}};
    result.set("inputs", value(execution.inputs, names, numbered));
    Value::List runs;
    for (const engine::RunIndex index : order) {
        const engine::TaskRun &run = execution.taskRuns[index];
        Object one{{"taskId", run.taskId}};
        if (run.value)
            one.set("value", value(*run.value, names, numbered));
        if (run.iteration)
            one.set("iteration", *run.iteration);
        if (run.parent != engine::kNoRun) {
            one.set("parent", position[run.parent]);
            one.set("parentTaskId", execution.taskRuns[run.parent].taskId);
        }
        one.set("state", nameOf(run.state));
        one.set("stateHistory", histories(run.history));
        Value::List attempts;
        for (const engine::Attempt &attempt : run.attempts)
            attempts.emplace_back(nameOf(attempt.state));
        one.set("attempts", std::move(attempts));
        if (!run.outputs.isNull())
            one.set("outputs", value(run.outputs, names, numbered));
        runs.emplace_back(std::move(one));
    }
    result.set("taskRuns", std::move(runs));
    result.set("outputs", value(execution.outputs, names, numbered));
    Object labels = execution.labels.map();
    labels.erase("system.correlationId");
    result.set("labels", value(labels, names, numbered));
    result.set("variables", value(execution.variables, names, numbered));

    Value::List lines;
    for (const engine::LogEntry &line : logs) {
        Object one{{"level", levelName(line.level)}};
        if (line.run != engine::kNoRun) {
            one.set("taskId", execution.taskRuns[line.run].taskId);
            one.set("taskRun", position[line.run]);
            one.set("attempt", line.attempt);
        }
        one.set("message", value(line.message, names, numbered));
        lines.emplace_back(std::move(one));
    }
    result.set("logs", std::move(lines));

    if (const auto metrics = m_host.engine().store().metrics(executionId)) {
        std::vector<std::pair<std::string, Value>> sorted;
        for (const engine::MetricEntry &entry : *metrics) {
            const std::string &name = entry.metric.name;
            Object tags;
            for (const auto &[key, tag] : entry.metric.tags)
                tags.set(key, tag);
            Value number = entry.metric.type == "timer" ? entry.metric.value * 1000 : entry.metric.value;
            if (name == "duration" || name.ends_with(".duration"))
                number = "<duration>";
            else if (name == "request.bytes" || name == "response.bytes")
                number = "<bytes>";
            const std::string task = entry.run == engine::kNoRun ? "" : execution.taskRuns[entry.run].taskId;
            Object one{{"taskId", task}, {"type", entry.metric.type}, {"name", name}, {"value", number}, {"tags", tags}};
            sorted.emplace_back(fmt::format("{} {} {} {}", task, name, flow::toJson(tags, {.sortKeys = true}), flow::toJson(number)),
                                std::move(one));
        }
        std::stable_sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        Value::List list;
        for (auto &[key, metric] : sorted)
            list.push_back(std::move(metric));
        result.set("metrics", std::move(list));
    }
    Object files;
    for (std::size_t i = 0; i < addresses.size(); ++i)
        files.set(fmt::format("<uri:{}>", i + 1), stored(addresses[i], names));
    result.set("files", std::move(files));
    return result;
}

} // namespace conformance
