#include "tests/conformance/flow_topic.h"

#include "engine/expr/regex.h"
#include "tests/conformance/flow_host.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <thread>

namespace conformance {

namespace fs = std::filesystem;
using flow::Object;
using flow::Value;

namespace {

/// Ids, times and places of one run are replaced by what the recordings have there.
class Normaliser
{
public:
    Normaliser(const fs::path &temporary, const engine::Execution &execution, const std::vector<std::string> &children)
        : m_temporary(temporary.string()), m_execution(execution.id), m_children(children)
    {
        std::string space = execution.namespaceId.substr(0, execution.namespaceId.find('.'));
        m_stored = expr::regex::compile("/" + space + R"(/\S*executions/[^/\s]+\S*)");
    }

    std::string text(std::string text) const
    {
        static const auto kUri = expr::regex::compile(R"(kestra:///[^\s"',\])}`|]*?(\.[A-Za-z0-9]+)?(?=$|[\s"',\])}`|]))");
        static const std::regex kTime(R"(20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)?(\[[^\]]+\])?)");
        static const auto kLasted = expr::regex::compile(R"(execution duration of PT[\d.]+S)");
        static const auto kTimeout = expr::regex::compile(R"(Timeout after [\d:.]+)");
        static const std::regex kId(R"(\b[A-Za-z0-9]{20,22}\b)");
        if (text.size() > 100'000)
            return text;
        if (text.find("kestra:///") != std::string::npos)
            text = kUri->replaceAll(text, "<file$1>");
        if (text.find("executions/") != std::string::npos)
            text = m_stored->replaceAll(text, "<path>");
        if (text.find('T') != std::string::npos)
            text = replaceRecent(text, kTime);
        if (text.find("execution duration") != std::string::npos)
            text = kLasted->replaceAll(text, "execution duration of <duration>");
        if (text.find("Timeout") != std::string::npos)
            text = kTimeout->replaceAll(text, "Timeout after <duration>");
        replaceAll(text, m_execution, "<execution>");
        for (const std::string &child : m_children)
            replaceAll(text, child, "<child execution>");
        for (std::size_t at = 0; (at = text.find(m_temporary, at)) != std::string::npos;)
            text.replace(at, text.find_first_of(" \t\n\"'", at) == std::string::npos ? std::string::npos : text.find_first_of(" \t\n\"'", at) - at, "<tmp>");
        if (text.size() >= 20 && std::regex_search(text, kId)) {
            std::string result;
            auto begin = text.cbegin();
            for (std::sregex_iterator found(text.begin(), text.end(), kId), end; found != end; ++found) {
                result.append(begin, (*found)[0].first);
                const std::string word = found->str();
                const bool id = std::any_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
                result += id ? "<id>" : word;
                begin = (*found)[0].second;
            }
            result.append(begin, text.cend());
            text = std::move(result);
        }
        return text;
    }

    Value value(const Value &value) const
    {
        if (value.isText())
            return text(value.text());
        if (value.isList()) {
            Value::List items;
            for (const Value &item : value.list())
                items.push_back(this->value(item));
            return Value(std::move(items));
        }
        if (!value.isMap())
            return value;
        const Value *type = value.find("type");
        Object members;
        for (const auto &[key, member] : value.map())
            members.set(text(key), type && type->text() == "io.kestra.datatype:aes_encrypted" && key == "value" ? Value("<encrypted>") : this->value(member));
        return Value(std::move(members));
    }

private:
    static void replaceAll(std::string &text, const std::string &what, const std::string &with)
    {
        for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
            text.replace(at, what.size(), with);
    }
    /// Only the days around now: dates of the flows themselves stay.
    static std::string replaceRecent(const std::string &text, const std::regex &pattern)
    {
        std::string result;
        auto begin = text.cbegin();
        const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
        for (std::sregex_iterator found(text.begin(), text.end(), pattern), end; found != end; ++found) {
            result.append(begin, (*found)[0].first);
            bool recent = false;
            for (int offset = -1; offset <= 1; ++offset) {
                const std::chrono::year_month_day day(today + std::chrono::days(offset));
                recent = recent || found->str().starts_with(fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                                                                         static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())));
            }
            result += recent ? "<time>" : found->str();
            begin = (*found)[0].second;
        }
        result.append(begin, text.cend());
        return result;
    }

    std::string m_temporary;
    std::string m_execution;
    std::vector<std::string> m_children;
    std::shared_ptr<const expr::regex::Regex> m_stored;
};

/// Lines with process numbers, ids or measured times are in no result.
bool machineLine(const std::string &message)
{
    static const std::regex kMachine(R"(^Created new execution \[\[link|with pid \d+|^Starting command|^Command succeed|^Taken up after|^Captured \d+ output|^Killing process \d+|^Stream [Cc]losed$|^Terminated$|^Deleted \d+ file|^Provided \d+ input|^Type .* started$)");
    return std::regex_search(message, kMachine);
}

Value resultOf(FlowHost &host, const std::string &id)
{
    const auto execution = host.engine().execution(id);
    if (!execution)
        return {};
    const FlowHost::Family family = host.familyOf(*execution);
    std::vector<std::string> children;
    for (const engine::Execution &child : family.children)
        children.push_back(child.id);
    std::vector<engine::LogEntry> logs = host.logsOf(id);
    std::erase_if(logs, [](const engine::LogEntry &entry) { return machineLine(entry.message); });
    const Normaliser normaliser(host.folder(), *execution, children);
    const Value told = engine::report(*execution, logs, {.places = false, .submitted = false});
    Object result;
    for (const auto &[key, member] : told.map()) {
        const bool plain = key == "flowId" || key == "namespace" || key == "stateHistory";
        result.set(key, plain ? member : normaliser.value(member));
    }
    if (const Value *labels = result.find("labels")) {
        Object kept = labels->map();
        kept.erase("system.correlationId");
        result.set("labels", Value(std::move(kept)));
    }
    Value::List runs;
    if (const Value *told2 = result.find("taskRuns"))
        for (const Value &run : told2->list()) {
            Object entry = run.map();
            if (!entry.find("attempts"))
                entry.set("attempts", Value(Value::List()));
            runs.push_back(Value(std::move(entry)));
        }
    result.set("taskRuns", Value(std::move(runs)));
    const auto add = [&](const char *key, const std::vector<engine::Execution> &executions, bool sort) {
        if (executions.empty())
            return;
        Value::List items;
        for (const engine::Execution &one : executions)
            items.push_back(resultOf(host, one.id));
        if (sort)
            std::stable_sort(items.begin(), items.end(), [](const Value &a, const Value &b) { return a.find("flowId")->text() < b.find("flowId")->text(); });
        result.set(key, Value(std::move(items)));
    };
    add("children", family.children, true);
    add("retries", family.retries, false);
    return Value(std::move(result));
}

Value refusalOf(const engine::Error &error)
{
    Object result;
    if (error.code == engine::ErrorCode::InvalidFlow) {
        Value::List messages;
        for (const std::string &message : error.args)
            messages.emplace_back(message);
        result.set("invalid", Value(std::move(messages)));
        return Value(std::move(result));
    }
    result.set("refused", error.code == engine::ErrorCode::CheckBlocked   ? "CHECK_BLOCKED"
                          : error.code == engine::ErrorCode::FlowDisabled ? "FLOW_DISABLED"
                                                                          : "INPUT_INVALID");
    result.set("message", error.args.empty() ? "the flow is disabled" : error.args.front());
    return Value(std::move(result));
}

} // namespace

std::vector<FlowCase> runFlows(const fs::path &folder, const std::string &topic, unsigned parallel)
{
    const Value manifest = flow::parseJson(readFile(folder / "manifest.json")).value;
    std::vector<FlowCase> cases;
    FlowTexts flows;
    std::vector<fs::path> files;
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".yaml" && !entry.path().filename().string().ends_with(".inputs.yaml"))
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path &file : files) {
        const std::string name = file.stem().string();
        const std::string group = file.parent_path().filename().string();
        if (!topic.empty() && topic != group && !topic.starts_with(group + "/"))
            continue;
        const bool sub = name.find(".sub-") != std::string::npos;
        if (sub || !fs::exists(fs::path(file).replace_extension(".expected.json"))) {
            flows.add(readFile(file), file.string());
            continue;
        }
        flows.add(readFile(file), file.string());
        if (topic.empty() || topic == group || topic == group + "/" + name)
            cases.push_back({group, name, false, false, {}, {}});
    }
    FlowHost host(flows);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i; (i = next.fetch_add(1)) < cases.size();) {
            FlowCase &one = cases[i];
            const fs::path base = folder / one.topic / one.name;
            const auto ids = host.run(readFile(base.string() + ".yaml"), readSidecar(base.string() + ".inputs.yaml"));
            if (!ids) {
                one.got = refusalOf(ids.error());
            } else if (ids->size() == 1) {
                one.got = resultOf(host, ids->front());
            } else {
                Value::List executions;
                for (const std::string &id : *ids)
                    executions.push_back(resultOf(host, id));
                Object all;
                all.set("executions", Value(std::move(executions)));
                one.got = Value(std::move(all));
            }
            const Value expected = flow::parseJson(readFile(base.string() + ".expected.json")).value;
            const Value *meta = manifest.find(one.topic + "/" + one.name);
            const Value none = Value(Object());
            one.equal = equalFlows(expected, one.got, meta ? *meta : none, false, &one.difference);
            if (one.equal)
                one.history = equalFlows(expected, one.got, meta ? *meta : none, true, &one.difference);
        }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < parallel; ++i)
        threads.emplace_back(work);
    for (std::thread &thread : threads)
        thread.join();
    return cases;
}

} // namespace conformance
