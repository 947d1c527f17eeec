#include "engine/expr/conversions.h"
#include "engine/expr/encoding.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/regex.h"
#include "engine/flow/utf8.h"

#include <yaml.h>

#include <charconv>
#include <cstring>
#include <optional>

namespace expr {
namespace {

using flow::Value;

constexpr int kMaxDepth = 500;

struct Place
{
    std::size_t line = 0, column = 0; // from 0; columns are characters
    std::size_t index = 0;
};


struct YamlFailure
{
    std::string message;
};

std::string location(const Place &place)
{
    return "\n at [Source: (StringReader); line: " + std::to_string(place.line + 1) + ", column: " + std::to_string(place.column + 1) + "]";
}

/// The types of plain scalars in the way the real engine resolves them.
class Scalars
{
public:
    static Value plain(const std::string &text, const Place &end)
    {
        if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
            return {};
        for (const char *word : {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
            if (text == word)
                return Value(true);
        for (const char *word : {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})
            if (text == word)
                return Value(false);
        if (auto number = integer(text))
            return *number;
        if (auto number = real(text, end))
            return *number;
        return Value(text);
    }

    static std::optional<Value> integer(const std::string &text)
    {
        static const auto decimal = regex::compile("[-+]?(0|[1-9][0-9_]*)"), octal = regex::compile("[-+]?0[0-7_]+"),
                          hexadecimal = regex::compile("[-+]?0x[0-9a-fA-F_]+"), binary = regex::compile("[-+]?0b[0-1_]+");
        std::string digits;
        for (const char c : text)
            if (c != '_')
                digits += c;
        const bool negative = digits.starts_with('-');
        if (negative || digits.starts_with('+'))
            digits.erase(0, 1);
        const auto based = [&](std::size_t skip, int base) -> std::optional<Value> {
            std::int64_t number = 0;
            const std::string rest = (negative ? "-" : "") + digits.substr(skip);
            const auto result = std::from_chars(rest.data(), rest.data() + rest.size(), number, base);
            if (result.ec != std::errc() || result.ptr != rest.data() + rest.size())
                return std::nullopt;
            return Value::wholeNumber(std::to_string(number));
        };
        if (decimal->matches(text))
            return Value::wholeNumber((negative ? "-" : "") + digits);
        if (octal->matches(text))
            return based(1, 8);
        if (hexadecimal->matches(text))
            return based(2, 16);
        if (binary->matches(text))
            return based(2, 2);
        return std::nullopt;
    }

    static std::optional<Value> real(const std::string &text, const Place &end)
    {
        static const auto number = regex::compile("[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|"
                                                  "[-+]?\\.[0-9][0-9_]*([eE][-+]?[0-9]+)?");
        static const auto special = regex::compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
        if (special->matches(text))
            throw YamlFailure{"Malformed numeric value '" + text + "'" + location(end)};
        if (!number->matches(text))
            return std::nullopt;
        std::string digits;
        for (const char c : text)
            if (c != '_')
                digits += c;
        return Value(std::strtod(digits.c_str(), nullptr));
    }
};

/// Names of tokens in the messages.
std::string tokenName(yaml_token_type_t type)
{
    switch (type) {
    case YAML_STREAM_END_TOKEN: return "<stream end>";
    case YAML_DOCUMENT_START_TOKEN: return "<document start>";
    case YAML_DOCUMENT_END_TOKEN: return "<document end>";
    case YAML_BLOCK_SEQUENCE_START_TOKEN: return "<block sequence start>";
    case YAML_BLOCK_MAPPING_START_TOKEN: return "<block mapping start>";
    case YAML_BLOCK_END_TOKEN: return "<block end>";
    case YAML_FLOW_SEQUENCE_START_TOKEN: return "[";
    case YAML_FLOW_SEQUENCE_END_TOKEN: return "]";
    case YAML_FLOW_MAPPING_START_TOKEN: return "{";
    case YAML_FLOW_MAPPING_END_TOKEN: return "}";
    case YAML_BLOCK_ENTRY_TOKEN: return "-";
    case YAML_FLOW_ENTRY_TOKEN: return ",";
    case YAML_KEY_TOKEN: return "?";
    case YAML_VALUE_TOKEN: return ":";
    case YAML_ALIAS_TOKEN: return "<alias>";
    case YAML_ANCHOR_TOKEN: return "<anchor>";
    case YAML_TAG_TOKEN: return "<tag>";
    default: return "<scalar>";
    }
}

class Reader
{
public:
    explicit Reader(const std::string &text) : m_text(text)
    {
        yaml_parser_initialize(&m_parser);
        yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char *>(m_text.data()), m_text.size());
    }
    ~Reader()
    {
        release();
        yaml_parser_delete(&m_parser);
    }
    Reader(const Reader &) = delete;
    Reader &operator=(const Reader &) = delete;

    /// The first document.
    Value read()
    {
        while (next() == YAML_STREAM_START_EVENT || m_event.type == YAML_DOCUMENT_START_EVENT) {}
        if (m_event.type == YAML_STREAM_END_EVENT)
            throw YamlFailure{"No content to map due to end-of-input" + location(placeOf(m_event.end_mark))};
        return node(0);
    }

private:
    void release()
    {
        if (m_hasEvent)
            yaml_event_delete(&m_event);
        m_hasEvent = false;
    }

    yaml_event_type_t next()
    {
        if (m_hasEvent)
            m_last = placeOf(m_event.end_mark);
        release();
        if (!yaml_parser_parse(&m_parser, &m_event))
            throw YamlFailure{problem()};
        m_hasEvent = true;
        return m_event.type;
    }

    /// At the end of a text without a last line break libyaml counts one line more.
    Place placeOf(const yaml_mark_t &mark) const
    {
        Place place{mark.line, mark.column, mark.index};
        std::size_t lines = 0, at = 0, column = 0, index = 0;
        if (mark.column != 0 || mark.line == 0 || m_text.ends_with('\n'))
            return place;
        while (at < m_text.size()) {
            column = m_text[at] == '\n' ? 0 : column + 1;
            lines += m_text[at] == '\n';
            flow::utf8::next(m_text, at);
            ++index;
        }
        return mark.line > lines ? Place{lines, column, index} : place;
    }

    static const char *text(const yaml_char_t *chars) { return reinterpret_cast<const char *>(chars); }

    Value scalar()
    {
        const auto &data = m_event.data.scalar;
        const std::string content(text(data.value), data.length);
        const std::string tag = data.tag ? text(data.tag) : "";
        const Place end = placeOf(m_event.end_mark);
        if (tag == "tag:yaml.org,2002:binary") {
            std::string packed;
            for (const char c : content)
                if (!std::isspace(static_cast<unsigned char>(c)))
                    packed += c;
            return Value::ofText(Value::Kind::Bytes, fromBase64(packed).value_or(std::string()));
        }
        if (tag == YAML_INT_TAG || tag == YAML_BOOL_TAG || tag == YAML_FLOAT_TAG) {
            const Value value = Scalars::plain(content, end);
            return tag == YAML_FLOAT_TAG && value.isNumber() ? Value(value.asDouble()) : value;
        }
        if (!tag.empty() || data.style != YAML_PLAIN_SCALAR_STYLE)
            return Value(content);
        return Scalars::plain(content, end);
    }

    Value node(int depth)
    {
        if (depth > kMaxDepth)
            throw YamlFailure{"Document nesting depth (1001) exceeds the maximum allowed (1000)"};
        switch (m_event.type) {
        case YAML_ALIAS_EVENT: return Value(std::string(text(m_event.data.alias.anchor)));
        case YAML_SCALAR_EVENT: return scalar();
        case YAML_SEQUENCE_START_EVENT: {
            Value::List items;
            while (next() != YAML_SEQUENCE_END_EVENT)
                items.push_back(node(depth + 1));
            return Value(std::move(items));
        }
        default: break;
        }
        flow::Object members;
        while (next() != YAML_MAPPING_END_EVENT) {
            std::string key;
            if (m_event.type == YAML_SCALAR_EVENT)
                key.assign(text(m_event.data.scalar.value), m_event.data.scalar.length);
            else if (m_event.type == YAML_ALIAS_EVENT)
                key = text(m_event.data.alias.anchor);
            else
                throw YamlFailure{std::string("Expected a field name (Scalar value in YAML), got this instead: <org.yaml.snakeyaml.events.") +
                                  (m_event.type == YAML_SEQUENCE_START_EVENT ? "SequenceStartEvent" : "MappingStartEvent") +
                                  "(anchor=null, tag=null, implicit=true)>" + location(placeOf(m_event.end_mark))};
            next();
            members.set(std::move(key), node(depth + 1));
        }
        return Value(std::move(members));
    }

    /// A line with a mark under it.
    std::string snippet(const Place &place) const
    {
        std::size_t begin = 0;
        for (std::size_t line = 0; line < place.line && begin < m_text.size(); ++line)
            begin = std::min(m_text.find('\n', begin), m_text.size() - 1) + 1;
        const std::size_t end = std::min(m_text.find('\n', begin), m_text.size());
        return " in 'reader', line " + std::to_string(place.line + 1) + ", column " + std::to_string(place.column + 1) + ":\n    " +
               m_text.substr(begin, end - begin) + "\n    " + std::string(place.column, ' ') + "^\n";
    }

    char32_t letterAt(const Place &place) const
    {
        std::size_t at = 0;
        for (std::size_t i = 0; i < place.index && at < m_text.size(); ++i)
            flow::utf8::next(m_text, at);
        return at < m_text.size() ? flow::utf8::next(m_text, at) : 0;
    }

    /// The token that stands where the parser stopped.
    std::string tokenAt(const Place &place) const
    {
        yaml_parser_t scanner;
        yaml_parser_initialize(&scanner);
        yaml_parser_set_input_string(&scanner, reinterpret_cast<const unsigned char *>(m_text.data()), m_text.size());
        std::string name = "<stream end>";
        yaml_token_t token;
        while (yaml_parser_scan(&scanner, &token)) {
            const bool here = token.start_mark.index >= place.index;
            const auto type = token.type;
            yaml_token_delete(&token);
            if (here || type == YAML_STREAM_END_TOKEN) {
                name = tokenName(type);
                break;
            }
        }
        yaml_parser_delete(&scanner);
        return name;
    }

    /// libyaml's complaint in the words and shape of the real engine's reader.
    std::string problem() const
    {
        std::string context = m_parser.context ? m_parser.context : "";
        std::string what = m_parser.problem ? m_parser.problem : "";
        Place contextAt = placeOf(m_parser.context_mark);
        const Place at = placeOf(m_parser.problem_mark);
        bool showContext = !context.empty();
        std::string note;
        const auto letter = [&] {
            const char32_t code = letterAt(at);
            std::string shown;
            flow::utf8::append(shown, code);
            return std::pair(shown, std::to_string(static_cast<unsigned>(code)));
        };
        if (what == "mapping values are not allowed in this context") {
            what = "mapping values are not allowed here";
            showContext = false;
            context.clear();
        } else if (what == "found character that cannot start any token") {
            const auto [shown, code] = letter();
            const std::string name = shown == "\t" ? "\\t(TAB)" : shown;
            what = "found character '" + name + "' that cannot start any token. (Do not use " + name + " for indentation)";
            showContext = false;
        } else if (what == "did not find expected ',' or ']'" || what == "did not find expected ',' or '}'") {
            what = "expected " + what.substr(std::strlen("did not find expected ")) + ", but got " + tokenAt(at);
        } else if (what == "did not find expected key" || what == "did not find expected '-' indicator") {
            if (context == "while parsing a block collection")
                context = "while parsing a block collection";
            what = "expected <block end>, but found '" + tokenAt(at) + "'";
        } else if (what == "did not find expected node content") {
            context = context == "while parsing a flow node" ? context : isFlow(at) ? "while parsing a flow node" : "while parsing a block node";
            contextAt = at;
            what = "expected the node content, but found '" + tokenAt(at) + "'";
        } else if (context == "while scanning a block scalar" &&
                   (what == "did not find expected comment or line break" || what.find("indentation indicator") != std::string::npos)) {
            const auto [shown, code] = letter();
            what = "expected chomping or indentation indicators, but found " + shown + "(" + code + ")";
        } else if (what == "found unknown escape character") {
            const Place escaped{at.line, at.column, at.index};
            const char32_t code = letterAt({0, 0, escaped.index + 1});
            std::string shown;
            flow::utf8::append(shown, code);
            what = "found unknown escape character " + shown + "(" + std::to_string(static_cast<unsigned>(code)) + ")";
            return assembled(quotedContext(contextAt), contextAt, what, {at.line, at.column + 1, at.index + 1});
        } else if (what == "found unexpected end of stream" && context == "while scanning a quoted scalar") {
            return assembled(quotedContext(contextAt), contextAt, what, at);
        } else if (what == "did not find expected <document start>") {
            what = "expected '<document start>', but found '" + tokenAt(at) + "'";
        }
        if (!showContext) {
            const std::string head = context.empty() ? "" : context + "\n";
            return head + what + "\n" + snippet(at) + location(m_last);
        }
        return assembled(context, contextAt, what, at);
    }

    bool isFlow(const Place &place) const
    {
        int depth = 0;
        for (std::size_t i = 0; i < m_text.size() && i < place.index; ++i)
            depth += m_text[i] == '[' || m_text[i] == '{' ? 1 : m_text[i] == ']' || m_text[i] == '}' ? -1 : 0;
        return depth > 0;
    }

    std::string quotedContext(const Place &place) const
    {
        return letterAt(place) == '"' ? "while scanning a double-quoted scalar" : "while scanning a quoted scalar";
    }

    std::string assembled(const std::string &context, const Place &contextAt, const std::string &what, const Place &at) const
    {
        return context + "\n" + snippet(contextAt) + what + "\n" + snippet(at) + location(m_last);
    }

    const std::string &m_text;
    yaml_parser_t m_parser{};
    yaml_event_t m_event{};
    bool m_hasEvent = false;
    Place m_last;


};

} // namespace

Value readYaml(const Call &call, const std::string &text)
{
    try {
        return Reader(text).read();
    } catch (const YamlFailure &failure) {
        call.fail("Invalid yaml: " + failure.message);
    }
}

} // namespace expr
