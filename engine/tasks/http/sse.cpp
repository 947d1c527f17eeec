#include "engine/tasks/http/http_request.h"
#include "engine/tasks/http/http_tasks.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/line_splitter.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>


namespace tasks {

namespace {

/// Reads `text/event-stream` line by line.
class EventReader
{
public:
    void take(std::string_view line)
    {
        if (line.empty()) {
            finish();
            return;
        }
        const std::size_t colon = line.find(':');
        const std::string_view name = line.substr(0, colon);
        std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
        if (value.starts_with(' '))
            value.remove_prefix(1);
        if (name.empty())
            append("comment", value);
        else if (name == "data")
            append("data", value);
        else if (name == "event")
            m_event.set("name", value);
        else if (name == "id")
            m_event.set("id", value);
    }
    void finish()
    {
        if (m_event.empty())
            return;
        if (const flow::Value *data = m_event.find("data")) {
            flow::JsonParse parsed = flow::parseJson(data->text());
            if (parsed.ok)
                m_event.set("data", std::move(parsed.value));
        }
        m_events.emplace_back(std::exchange(m_event, {}));
    }
    flow::Value::List takeEvents() { return std::move(m_events); }

private:
    void append(const char *name, std::string_view value)
    {
        const flow::Value *before = m_event.find(name);
        m_event.set(name, before ? before->text() + '\n' + std::string(value) : std::string(value));
    }

    flow::Object m_event;
    flow::Value::List m_events;
};

/// What the jq expression finds in each event, put together.
std::string concatenated(engine::TaskContext &context, const flow::Value::List &events, const std::string &expression)
{
    const bool strict = booleanOf(context.property("failedOnMissingJq"), true);
    std::string result;
    for (const flow::Value &event : events) {
        const flow::Value found =
            context.renderWith("{{ event | jq(expression) }}", {{"event", event}, {"expression", expression}}, true);
        flow::Value first = found;
        if (found.isText()) {
            const flow::JsonParse parsed = flow::parseJson(found.text());
            first = parsed.ok ? parsed.value : found;
        }
        if (first.isList())
            first = first.list().empty() ? flow::Value() : flow::Value(first.list().front());
        if (first.isNull() && strict)
            throw TaskFailure{fmt::format("The jq expression '{}' finds nothing in an event", expression)};
        result += textOf(first);
    }
    return result;
}

} // namespace

engine::TaskResult runSseRequest(engine::TaskContext &context)
{
    HttpTask task = httpTaskOf(context);
    task.request.headers.emplace_back("Accept", "text/event-stream");
    LineSplitter lines;
    EventReader reader;
    const auto sink = [&](std::string_view line) { reader.take(line); };
    perform(
        context, task, [&](std::string_view piece) { lines.feed(piece, sink); },
        [&] {
            lines = {};
            reader = {};
        });
    lines.finish(sink);
    reader.finish();
    flow::Value::List events = reader.takeEvents();
    flow::Object outputs{{"uri", task.uri}, {"size", static_cast<std::int32_t>(events.size())}};
    if (const auto expression = optionalText(context.property("concatJqExpression")))
        outputs.set("result", concatenated(context, events, *expression));
    outputs.set("events", std::move(events));
    return engine::TaskResult::success(std::move(outputs));
}

} // namespace tasks
