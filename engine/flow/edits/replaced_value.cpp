#include "engine/flow/edits/replaced_value.h"

#include "engine/flow/edits/expression_source.h"
#include "engine/flow/task_catalog.h"
#include "engine/flow/yaml_scalar.h"

#include <algorithm>

namespace flow::edits {

namespace {

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isTextType(std::string_view type)
{
    return isOneOf(type, {"STRING", "SELECT", "ENUM", "URI", "EMAIL", "SECRET", "FILE"});
}

std::string trimmed(std::string_view text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

/// Calls `found` for the variables of an expression that stands by itself.
void forEachUseIn(std::string_view expression, const std::function<void(const PathUse &)> &found)
{
    const std::string text = "{{ " + std::string(expression) + " }}";
    Node scalar;
    scalar.range = scalar.whole = {0, text.size()};
    forEachPathUse(text, scalar, found);
}

/// A path without operators: it can stand before `.name` and `??`.
bool isPath(std::string_view expression)
{
    bool path = false;
    forEachUseIn(expression, [&](const PathUse &use) { path = path || (use.alone && !use.call); });
    return path;
}

std::optional<std::string> literal(const std::string &text)
{
    if (text.find_first_of("\n\r\\") != std::string::npos || text.find("#{") != std::string::npos)
        return std::nullopt;
    if (text.find('\'') == std::string::npos)
        return '\'' + text + '\'';
    return text.find('"') == std::string::npos ? std::optional('"' + text + '"') : std::nullopt;
}

/// As it must be written inside a scalar; nothing when that can't hold it.
std::optional<std::string> encoded(const std::string &text, const Node &scalar)
{
    std::string result;
    for (const char c : text) {
        if (c == '\n' || c == '\r')
            return std::nullopt;
        if (scalar.style == ScalarStyle::DoubleQuoted && (c == '"' || c == '\\'))
            result += '\\';
        if (scalar.style == ScalarStyle::SingleQuoted && c == '\'')
            result += '\'';
        result += c;
    }
    const bool isPlain = scalar.style == ScalarStyle::Plain;
    if (isPlain && (result.find(": ") != std::string::npos || result.find(" #") != std::string::npos ||
                    result.find_first_of("[]{},") != std::string::npos))
        return std::nullopt;
    return result;
}

/// Without `| toJson` at its end, which made it fit to be handed over; nothing when it has none.
std::optional<std::string> withoutToJson(const std::string &expression)
{
    for (const std::string_view filter : {"toJson", "json"})
        if (expression.ends_with(filter)) {
            const std::string rest = trimmed(expression.substr(0, expression.size() - filter.size()));
            if (rest.ends_with('|'))
                return trimmed(rest.substr(0, rest.size() - 1));
        }
    return std::nullopt;
}

/// `(x ?? null)` as `x` where a test for null follows.
std::string withoutNull(const std::string &expression)
{
    constexpr std::string_view kEnd = "?? null)";
    if (!expression.starts_with('(') || !expression.ends_with(kEnd))
        return expression;
    const std::string inner = trimmed(expression.substr(1, expression.size() - kEnd.size() - 1));
    return isPath(inner) ? inner : expression;
}

bool isPlainText(const std::string &text)
{
    return !text.empty() && text.front() != ' ' && text.back() != ' ' &&
           std::all_of(text.begin(), text.end(), [](char c) { return isNamePart(c) || c == ' ' || c == '/' || c == '.' || c == '-'; });
}

} // namespace

WrittenValue WrittenValue::read(const Node &scalar)
{
    WrittenValue value;
    value.text = scalar.text;
    const std::string text = trimmed(scalar.text);
    const std::size_t open = scalar.text.find("{{");
    const bool isTemplate = open != std::string::npos || scalar.text.find("{%") != std::string::npos;
    if (!isTemplate)
        return value;
    // One pair of braces around all of it: the first that closes ends the text.
    if (text == scalar.text && text.starts_with("{{") && text.find("}}") == text.size() - 2 &&
        text.find("{{", 2) == std::string::npos) {
        std::string inner = text.substr(2, text.size() - 4);
        if (inner.starts_with('-'))
            inner.erase(0, 1);
        if (inner.ends_with('-'))
            inner.pop_back();
        value.expression = trimmed(inner);
    } else {
        value.mixed = true;
    }
    return value;
}

std::string knownType(const Flow &flow, std::string_view expression)
{
    std::string type;
    forEachUseIn(expression, [&](const PathUse &use) {
        if (!use.alone || use.call || use.parts.empty() || use.parts.back().index)
            return;
        const std::string &first = use.parts.front().name;
        if (use.root == "inputs") {
            for (const Item &input : flow.inputs)
                if (use.name(use.parts.size()) == "inputs." + input.id)
                    type = input.type == "BOOL" ? "BOOLEAN" : isTextType(input.type) ? "STRING" : input.type;
        } else if (use.root == "vars" && use.parts.size() == 1) {
            const Node *variables = flow.root ? flow.root->find("variables") : nullptr;
            const Node *value = variables && variables->isMapping() ? variables->find(first) : nullptr;
            if (!value || !value->isScalar())
                return;
            const ScalarKind kind = scalarKind(*value);
            type = kind == ScalarKind::Text ? "STRING" : kind == ScalarKind::Bool ? "BOOLEAN" : kind == ScalarKind::Int ? "INT" : "";
        } else if (use.root == "outputs" && use.parts.size() == 2) {
            const Task *task = flow.findById(first);
            for (const Property &output : task && task->known ? task->known->outputs : std::vector<Property>())
                if (output.name == use.parts[1].name)
                    type = isOneOf(output.type, {"string", "uri"}) ? "STRING" : output.type == "boolean" ? "BOOLEAN" : output.type == "integer" ? "INT" : "";
        } else if (use.root == "labels" || ((use.root == "flow" || use.root == "execution") && first == "id")) {
            type = "STRING";
        }
    });
    return type;
}

bool isSteady(std::string_view expression)
{
    bool steady = expression.find('\n') == std::string_view::npos;
    forEachUseIn(expression, [&](const PathUse &use) {
        if (use.root == "#{" || use.call || isOneOf(use.root, {"taskrun", "task", "parent", "parents", "tasks", "item", "loop"}))
            steady = false;
    });
    return steady;
}

Result<Replacement> readDirectly(const Reading &reading, const WrittenValue &value)
{
    const PathUse &use = *reading.use;
    const Error changes{ErrorCode::TypeChanges, {use.name(reading.parts)}, {}};
    const bool isText = isTextType(reading.type);
    const bool isAny = isOneOf(reading.type, {"JSON", "YAML"});
    const bool isAlone = use.alone && reading.parts == use.parts.size();
    const Range range{use.rootRange.begin, reading.parts == 0 ? use.rootRange.end : use.parts[reading.parts - 1].end};
    const auto write = [&](Range at, const std::string &text) -> Result<Replacement> {
        const std::optional<std::string> written = encoded(text, *use.scalar);
        if (!written)
            return changes;
        return Replacement{at, *written};
    };
    if (value.mixed) // only where it is printed
        return isText && isAlone ? write(use.expression, value.text) : Result<Replacement>(changes);
    if (!value.expression) {
        const ScalarKind kind = plainKind(value.text);
        if (isText && isAlone && isPlainText(value.text) && use.scalar->style != ScalarStyle::Plain)
            return write(use.expression, value.text);
        if (isText || (isAny && value.text.size() > 1 && value.text.front() == '"' && value.text.back() == '"')) {
            const std::optional<std::string> text =
                literal(isText ? value.text : value.text.substr(1, value.text.size() - 2));
            return text ? write(range, *text) : Result<Replacement>(changes);
        }
        const bool isDecimal = value.text.find_first_not_of("0123456789") == std::string::npos && value.text.size() < 10 &&
                               (value.text == "0" || value.text.front() != '0');
        if (kind == ScalarKind::Int && isDecimal && (reading.type == "INT" || isAny))
            return write(range, value.text);
        if (isOneOf(value.text, {"true", "false"}) && (isOneOf(reading.type, {"BOOLEAN", "BOOL"}) || isAny))
            return write(range, value.text);
        return isAny && value.text == "null" ? write(range, value.text) : Result<Replacement>(changes);
    }
    std::string expression = *value.expression;
    if (isAny) {
        const std::optional<std::string> inner = withoutToJson(expression);
        if (!inner)
            return changes;
        const std::string bare = withoutNull(*inner); // an input without a value is null by itself
        expression = use.tested || reading.nullIsMissing || bare.starts_with("inputs") ? bare : *inner;
    } else if (isText) {
        if (reading.knownType != "STRING" && !isAlone)
            return changes;
    } else if (reading.knownType.empty() || reading.knownType != (reading.type == "BOOL" ? "BOOLEAN" : reading.type)) {
        return changes;
    }
    if (isPath(expression))
        return write(range, expression);
    if (reading.parts < use.parts.size() || use.dynamic)
        return changes;
    const bool isClosed = expression.starts_with('(') && expression.find(')') == expression.size() - 1;
    return write(range, isAlone || isClosed ? expression : '(' + expression + ')');
}

} // namespace flow::edits
