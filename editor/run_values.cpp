#include "editor/run_values.h"

#include "editor/text_context.h"
#include "engine/expr/renderer.h"

#include <algorithm>

namespace editor {

namespace {

using flow::Value;

constexpr std::size_t kShown = 800;
constexpr std::size_t kOutputLimit = 256 * 1024;
constexpr std::size_t kWorkLimit = 200'000;

/// The variables a task sees, over those all tasks see.
class ValuesScope : public expr::Scope
{
public:
    ValuesScope(const RunValues &values, std::string_view taskId) : m_roots(values.roots)
    {
        if (const auto own = values.ofTask.find(taskId); own != values.ofTask.end())
            m_own = &own->second;
    }
    const Value *find(std::string_view name) const override
    {
        const Value *own = m_own ? m_own->find(name) : nullptr;
        return own ? own : m_roots.find(name);
    }
    std::vector<std::string> names() const override
    {
        std::vector<std::string> names;
        for (const auto &[name, value] : m_roots)
            names.push_back(name);
        if (m_own)
            for (const auto &[name, value] : *m_own)
                names.push_back(name);
        return names;
    }

private:
    const flow::Object &m_roots;
    const flow::Object *m_own = nullptr;
};

/// What is shown of a long text; never half a letter.
std::string shortened(std::string text)
{
    if (text.size() <= kShown)
        return text;
    std::size_t end = kShown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end) + "…";
}

std::string shownText(const Value &value)
{
    if (value.isText())
        return shortened(value.text());
    if (value.isMap() || value.isList())
        return shortened(flow::toJson(value, {.indent = 2}));
    return shortened(flow::toText(value));
}

/// The letters of an expression inside a quoted YAML text.
std::string unescaped(std::string text, char quote)
{
    const std::string_view pair = quote == '"' ? "\\\"" : quote == '\'' ? "''" : "";
    if (pair.empty())
        return text;
    for (std::size_t at = 0; (at = text.find(pair, at)) != std::string::npos; ++at)
        text.erase(at, 1);
    return text;
}

bool isWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

/// The path whose part a place is on, ended there; empty when it is on none.
std::vector<PathSegment> pathUnder(std::string_view text, flow::Range inside, std::size_t offset)
{
    if (offset >= inside.end || !isWord(text[offset]))
        return {};
    std::size_t end = offset;
    while (end < inside.end && isWord(text[end]))
        ++end;
    if (end < inside.end && text[end] == '(')
        return {};
    std::vector<PathSegment> path = pathEndingAt(text, inside.begin, end);
    if (path.size() == 1 && inside.begin < path.front().range.begin) {
        std::size_t before = path.front().range.begin;
        while (before > inside.begin && text[before - 1] == ' ')
            --before;
        if (before > inside.begin && text[before - 1] == '|')
            return {}; // a filter
    }
    return path;
}

} // namespace

std::string kindName(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Null:
        return "null";
    case Value::Kind::Bool:
        return "boolean";
    case Value::Kind::List:
    case Value::Kind::Set:
        return "list";
    case Value::Kind::Map:
        return "map";
    case Value::Kind::Instant:
    case Value::Kind::ZonedDateTime:
    case Value::Kind::OffsetDateTime:
    case Value::Kind::LocalDate:
    case Value::Kind::LocalDateTime:
    case Value::Kind::LocalTime:
        return "date";
    case Value::Kind::Duration:
        return "duration";
    default:
        return value.isNumber() ? "number" : "string";
    }
}

const Value *valueAt(const RunValues &values, std::string_view taskId,
                     const std::vector<PathSegment> &path)
{
    if (path.empty())
        return nullptr;
    const Value *value = ValuesScope(values, taskId).find(path.front().name);
    for (std::size_t i = 1; value && i < path.size(); ++i) {
        const std::string &name = path[i].name;
        const bool first = name == "?";
        if (value->isMap())
            value = first ? (value->map().empty() ? nullptr : &value->map().begin()->second)
                          : value->find(name);
        else if (value->isList() && first && !value->list().empty())
            value = &value->list().front();
        else
            value = nullptr;
    }
    return value;
}

std::optional<RenderedValue> renderedAt(const flow::Snapshot &snapshot, std::size_t offset,
                                        const RunValues &values, flow::Dialect dialect)
{
    const std::string &text = *snapshot.text;
    const std::optional<ExpressionSpan> span = expressionAt(text, offset);
    if (!span)
        return std::nullopt;
    const std::vector<std::string> own = ownTaskIds(snapshot, offset);
    const std::string task = own.empty() ? std::string() : own.front();
    const std::vector<PathSegment> path = pathUnder(text, span->range, offset);
    const std::string inside = text.substr(span->range.begin, span->range.size());
    const std::size_t first = inside.find_first_not_of(" \t\r\n-");
    const std::size_t last = inside.find_last_not_of(" \t\r\n-");
    const bool wholePath = first != std::string::npos && !path.empty() &&
                           span->range.begin + first == path.front().range.begin &&
                           span->range.begin + last + 1 == path.back().range.end;
    if (!path.empty() && (span->kind == '%' || !wholePath))
        if (const Value *value = valueAt(values, task, path))
            return RenderedValue{{path.front().range.begin, path.back().range.end},
                                 shownText(*value), kindName(*value), false};
    if (span->kind == '%' || first == std::string::npos)
        return std::nullopt;
    const char quote = contextAt(text, offset).quote;
    const auto source =
        expr::Template::compile("{{" + unescaped(inside, quote) + "}}", dialect);
    expr::Environment environment;
    environment.outputLimit = kOutputLimit;
    environment.workLimit = kWorkLimit;
    const flow::Range whole{span->range.begin - 2, std::min(span->range.end + 2, text.size())};
    const auto rendered = expr::renderTyped(*source, ValuesScope(values, task), environment);
    if (!rendered)
        return RenderedValue{whole, shortened(rendered.error().message), {}, true};
    return RenderedValue{whole, shownText(*rendered), kindName(*rendered), false};
}

} // namespace editor
