#include "engine/expr/conversions.h"
#include "engine/expr/encoding.h"
#include "engine/flow/utf8.h"

#include <algorithm>
#include <set>

namespace expr {
namespace {

using flow::Value;
using Kind = Value::Kind;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// Words that YAML 1.1 reads as something else than text.
bool isReserved(const std::string &text)
{
    static const std::set<std::string_view> kWords{"false", "False", "FALSE", "n",  "N",  "no",  "No",  "NO",  "null", "Null", "NULL", "on", "On",
                                                   "ON",    "off",   "Off",   "OFF", "true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES"};
    return text.empty() || text[0] == '~' || kWords.contains(text);
}

bool isQuotedValue(const std::string &text)
{
    if (isReserved(text))
        return true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (std::string_view("[]{},").find(c) != std::string_view::npos)
            return true;
        if (c == '#' && (i == 0 || isBlank(text[i - 1])))
            return true;
        if (c == ':' && (i + 1 == text.size() || isBlank(text[i + 1])))
            return true;
    }
    return false;
}

bool isQuotedName(const std::string &text)
{
    const char first = text.empty() ? '~' : text[0];
    return isReserved(text) || (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
}

bool isPrintable(char32_t code)
{
    return (code >= 0x20 && code <= 0x7E) || code == '\n' || code == '\r' || code == '\t' || code == 0x85 || (code >= 0xA0 && code <= 0xD7FF) ||
           (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

/// What SnakeYAML's emitter finds out about a text before it chooses a style.
struct Analysis
{
    bool empty = false, multiline = false;
    bool flowPlain = true, blockPlain = true, singleQuoted = true, block = true;
};

Analysis analyse(const std::string &text)
{
    Analysis out;
    if (text.empty()) {
        out.empty = true;
        out.flowPlain = false;
        out.block = false;
        return out;
    }
    const std::u16string units = flow::utf8::toUtf16(text);
    bool blockIndicators = false, flowIndicators = false, lineBreaks = false, special = false;
    bool leadingSpace = false, leadingBreak = false, trailingSpace = false, trailingBreak = false, breakSpace = false, spaceBreak = false;
    if (text.starts_with("---") || text.starts_with("..."))
        blockIndicators = flowIndicators = true;
    bool precededByWhitespace = true;
    const auto isBreak = [](char16_t c) { return c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029; };
    const auto isSpace = [&](char16_t c) { return c == ' ' || c == '\t' || c == 0 || c == '\r' || isBreak(c); };
    bool followedByWhitespace = units.size() == 1 || isSpace(units[1]);
    bool previousSpace = false, previousBreak = false;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const char16_t c = units[i];
        if (i == 0) {
            if (c < 0x80 && std::string_view("#,[]{}&*!|>'\"%@`").find(static_cast<char>(c)) != std::string_view::npos)
                flowIndicators = blockIndicators = true;
            if (c == '?' || c == ':') {
                flowIndicators = true;
                if (followedByWhitespace)
                    blockIndicators = true;
            }
            if (c == '-' && followedByWhitespace)
                flowIndicators = blockIndicators = true;
        } else {
            if (c < 0x80 && std::string_view(",?[]{}").find(static_cast<char>(c)) != std::string_view::npos)
                flowIndicators = true;
            if (c == ':') {
                flowIndicators = true;
                if (followedByWhitespace)
                    blockIndicators = true;
            }
            if (c == '#' && precededByWhitespace)
                flowIndicators = blockIndicators = true;
        }
        const bool breaks = isBreak(c);
        lineBreaks = lineBreaks || breaks;
        const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (!(c == '\n' || (c >= 0x20 && c <= 0x7E)) &&
            !(c == 0x85 || (c >= 0xA0 && c <= 0xD7FF) || surrogate || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF)))
            special = true;
        if (c == ' ') {
            leadingSpace = leadingSpace || i == 0;
            trailingSpace = trailingSpace || i + 1 == units.size();
            breakSpace = breakSpace || previousBreak;
            previousSpace = true;
            previousBreak = false;
        } else if (breaks) {
            leadingBreak = leadingBreak || i == 0;
            trailingBreak = trailingBreak || i + 1 == units.size();
            spaceBreak = spaceBreak || previousSpace;
            previousSpace = false;
            previousBreak = true;
        } else {
            previousSpace = previousBreak = false;
        }
        precededByWhitespace = isSpace(c);
        followedByWhitespace = i + 2 >= units.size() || isSpace(units[i + 2]);
    }
    if (leadingSpace || leadingBreak || trailingSpace || trailingBreak)
        out.flowPlain = out.blockPlain = false;
    if (trailingSpace)
        out.block = false;
    if (breakSpace)
        out.flowPlain = out.blockPlain = out.singleQuoted = false;
    if (spaceBreak || special)
        out.flowPlain = out.blockPlain = out.singleQuoted = out.block = false;
    if (lineBreaks)
        out.flowPlain = false;
    if (flowIndicators)
        out.flowPlain = false;
    if (blockIndicators)
        out.blockPlain = false;
    out.multiline = lineBreaks;
    return out;
}

class Writer
{
public:
    std::string write(const Value &value)
    {
        if (value.isText() && value.text().empty())
            return "--- \"\"\n";
        node(value, -1, Root);
        return std::move(m_out);
    }

private:
    enum Where { Root, Item, Member };

    static std::string spaces(int count) { return std::string(static_cast<std::size_t>(std::max(0, count)), ' '); }

    /// `indent` is that of the collection the node is in; -1 at the top.
    void node(const Value &value, int indent, Where where)
    {
        const bool map = value.isMap(), list = value.isList();
        if ((map || list) && value.size() == 0) {
            before(where);
            m_out += map ? "{}\n" : "[]\n";
        } else if (map) {
            mapping(value, indent, where);
        } else if (list) {
            sequence(value, indent, where);
        } else {
            before(where);
            scalar(value, indent);
        }
    }

    void before(Where where)
    {
        if (where != Root)
            m_out += ' ';
    }

    void sequence(const Value &value, int indent, Where where)
    {
        // A list in a map is not indented further; the dash itself is, by one.
        const int own = where == Root ? 0 : where == Member ? indent : indent + 2;
        if (where != Root)
            m_out += '\n';
        for (const Value &item : value.list()) {
            m_out += spaces(own) + " -";
            node(item, own, Item);
        }
    }

    void mapping(const Value &value, int indent, Where where)
    {
        const int own = where == Root ? 0 : indent + 2;
        if (where != Root)
            m_out += '\n';
        const flow::Object &map = value.map();
        std::size_t index = 0;
        for (const auto &[key, member] : map) {
            m_out += spaces(own);
            if (map.hasTypedKeys() && !map.keyAt(index++).isText()) {
                m_out += key + ":";
                node(member, own, Member);
                continue;
            }
            const Analysis found = analyse(key);
            const bool complex = key.empty() || key.size() > 128 || found.multiline;
            const std::string name = keyText(key, found);
            m_out += complex ? "? " + name + "\n" + spaces(own) + ":" : name + ":";
            node(member, own, Member);
        }
    }

    static std::string keyText(const std::string &key, const Analysis &found)
    {
        if (isQuotedName(key))
            return doubleQuoted(key);
        if (found.blockPlain && !found.empty && !found.multiline)
            return key;
        return found.singleQuoted && !found.multiline && !found.empty ? singleQuoted(key) : doubleQuoted(key);
    }

    void scalar(const Value &value, int indent)
    {
        switch (value.kind()) {
        case Kind::Null:
        case Kind::Bool:
        case Kind::Int:
        case Kind::Long:
        case Kind::BigInt:
        case Kind::Float:
        case Kind::Double:
        case Kind::Decimal: m_out += flow::toText(value) + "\n"; return;
        case Kind::Bytes: m_out += "!!binary |-\n" + spaces(indent + (indent < 0 ? 3 : 2)) + base64(value.text()) + "\n"; return;
        case Kind::Duration: m_out += flow::toJson(value) + "\n"; return;
        case Kind::ZonedDateTime: text(value.text().substr(0, value.text().find('[')), indent); return;
        case Kind::LocalTime:
        case Kind::LocalDateTime: {
            const std::string json = flow::toJson(value);
            text(json.substr(1, json.size() - 2), indent);
            return;
        }
        default: text(value.text(), indent); return;
        }
    }

    void text(const std::string &content, int indent)
    {
        const Analysis found = analyse(content);
        if (content.empty()) {
            m_out += "\"\"\n";
            return;
        }
        if (content.find('\n') != std::string::npos) {
            if (found.block)
                return literal(content, indent);
            m_out += (found.singleQuoted ? singleQuoted(content) : doubleQuoted(content)) + "\n";
            return;
        }
        if (isQuotedValue(content))
            m_out += doubleQuoted(content) + "\n";
        else if (found.blockPlain)
            m_out += content + "\n";
        else
            m_out += (found.singleQuoted ? singleQuoted(content) : doubleQuoted(content)) + "\n";
    }

    void literal(const std::string &content, int indent)
    {
        const int own = indent < 0 ? 2 : indent + 2;
        m_out += '|';
        if (content[0] == ' ' || content[0] == '\n')
            m_out += '2';
        if (!content.ends_with('\n'))
            m_out += '-';
        else if (content.size() == 1 || content[content.size() - 2] == '\n')
            m_out += '+';
        m_out += '\n';
        std::size_t begin = 0;
        while (begin < content.size()) {
            const std::size_t end = std::min(content.find('\n', begin), content.size());
            if (end > begin)
                m_out += spaces(own) + content.substr(begin, end - begin);
            m_out += '\n';
            begin = end + 1;
        }
    }

    static std::string singleQuoted(const std::string &content)
    {
        std::string out = "'";
        for (const char c : content) {
            if (c == '\'')
                out += '\'';
            out += c;
            if (c == '\n')
                out += '\n';
        }
        return out + "'";
    }

    static std::string doubleQuoted(const std::string &content)
    {
        std::string out = "\"";
        for (std::size_t at = 0; at < content.size();) {
            const std::size_t begin = at;
            const char32_t code = flow::utf8::next(content, at);
            const char *escape = nullptr;
            switch (code) {
            case 0: escape = "\\0"; break;
            case 7: escape = "\\a"; break;
            case 8: escape = "\\b"; break;
            case 9: escape = "\\t"; break;
            case 10: escape = "\\n"; break;
            case 11: escape = "\\v"; break;
            case 12: escape = "\\f"; break;
            case 13: escape = "\\r"; break;
            case 27: escape = "\\e"; break;
            case '"': escape = "\\\""; break;
            case '\\': escape = "\\\\"; break;
            case 0x85: escape = "\\N"; break;
            case 0xA0: escape = "\\_"; break;
            case 0x2028: escape = "\\L"; break;
            case 0x2029: escape = "\\P"; break;
            default: break;
            }
            if (escape) {
                out += escape;
            } else if (isPrintable(code) && code != 0xFEFF) {
                out.append(content, begin, at - begin);
            } else {
                char buffer[16];
                std::snprintf(buffer, sizeof buffer, code <= 0xFF ? "\\x%02x" : "\\u%04x", static_cast<unsigned>(code));
                out += buffer;
            }
        }
        return out + "\"";
    }

    std::string m_out;
};

} // namespace

std::string toYaml(const Value &value)
{
    return Writer().write(value);
}

} // namespace expr
