#include "engine/flow/edits/scalars.h"

#include "engine/flow/edits/blocks.h"
#include "engine/flow/value.h"

namespace flow::edits {

namespace {

bool isWordLike(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '/' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

bool readsAsText(std::string_view text)
{
    Node node;
    node.text = text;
    return toValue(node).isText();
}

bool isSingleLine(std::string_view text)
{
    return text.find_first_of("\r\n") == std::string_view::npos;
}

std::string_view rawOf(std::string_view text, const Node &node)
{
    return text.substr(node.range.begin, node.range.size());
}

std::string flowScalar(std::string_view text, const Node &node, bool json)
{
    const std::string_view raw = rawOf(text, node);
    switch (node.style) {
    case ScalarStyle::Plain:
        if (raw.empty())
            return "\"\"";
        if (node.alias || (!json && isSingleLine(raw) && isFlowSafe(raw)))
            return std::string(raw);
        if (json && isSingleLine(raw) && isFlowSafe(raw) && !readsAsText(node.text))
            return std::string(raw);
        return quoted(node.text);
    case ScalarStyle::SingleQuoted:
        return json || !isSingleLine(raw) ? quoted(node.text) : std::string(raw);
    case ScalarStyle::DoubleQuoted:
        return isSingleLine(raw) ? std::string(raw) : quoted(node.text);
    default: return quoted(node.text);
    }
}

} // namespace

std::string quoted(std::string_view text)
{
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
        case '"': result += "\\\""; break;
        case '\\': result += "\\\\"; break;
        case '\n': result += "\\n"; break;
        case '\r': result += "\\r"; break;
        case '\t': result += "\\t"; break;
        default:
            if (byte < 0x20 || byte == 0x7F) {
                result += "\\x";
                result += kHex[byte >> 4];
                result += kHex[byte & 15];
            } else {
                result += c;
            }
        }
    }
    return result + '"';
}

bool isFlowSafe(std::string_view plain)
{
    if (plain.empty() || plain.find_first_of(",[]{}?\r\n\t") != std::string_view::npos)
        return false;
    if (!isWordLike(plain.front()) && !(plain.front() == '-' && plain.size() > 1 && isWordLike(plain[1])))
        return plain.front() == '<' || plain.front() == '~' || plain.front() == '$' ||
               plain.front() == '+' || plain.front() == '(' || plain.front() == '=';
    return plain.back() != ':' && plain.find(": ") == std::string_view::npos &&
           plain.find(" #") == std::string_view::npos;
}

std::string scalarText(std::string_view text, Context context)
{
    const bool plain = isFlowSafe(text) && text.front() != '-' && isWordLike(text.front()) &&
                       text.back() != ' ' && text.find(":") == std::string_view::npos &&
                       readsAsText(text) && text != "---" && text != "...";
    (void)context;
    return plain ? std::string(text) : quoted(text);
}

std::string scalarLike(const Node &like, std::string_view text, Context context)
{
    if (like.style == ScalarStyle::DoubleQuoted)
        return quoted(text);
    if (like.style == ScalarStyle::SingleQuoted) {
        std::string result = "'";
        for (const char c : text)
            result.append(c == '\'' ? 2 : 1, c);
        return result + '\'';
    }
    return scalarText(text, context);
}

bool holdsComment(std::string_view text, const Node &node)
{
    // A `#` inside a scalar is no comment: only what lies between the leaves is looked at.
    std::size_t at = node.range.begin;
    bool found = false;
    const auto gap = [&](std::size_t end) {
        if (end > at && text.substr(at, end - at).find('#') != std::string_view::npos)
            found = true;
        at = std::max(at, end);
    };
    const auto walk = [&](const auto &self, const Node &inner) -> void {
        gap(inner.whole.begin);
        if (isBlockScalar(inner)) {
            at = scalarHeader(text, inner).end;
            gap(lineEnd(text, at));
        }
        if (inner.isScalar() || inner.kind == NodeKind::Broken)
            at = std::max(at, inner.range.end);
        for (const Node *item : inner.items)
            self(self, *item);
        for (const Entry &entry : inner.entries) {
            self(self, *entry.key);
            self(self, *entry.value);
        }
    };
    walk(walk, node);
    if (node.flowStyle)
        gap(node.range.end);
    return found;
}

std::string flowText(std::string_view text, const Node &node, bool json)
{
    std::string result;
    const std::size_t properties = afterProperties(text, node, node.whole.begin);
    if (properties > node.whole.begin)
        result = std::string(text.substr(node.whole.begin, properties - node.whole.begin)) + ' ';
    if (node.isScalar())
        return result + flowScalar(text, node, json);
    if (node.kind == NodeKind::Broken || (node.flowStyle && (!json || isJsonLike(node)) &&
                                          isSingleLine(rawOf(text, node))))
        return result + std::string(rawOf(text, node));
    const bool sequence = node.isSequence();
    result += sequence ? '[' : '{';
    bool first = true;
    const auto separate = [&] {
        if (!first)
            result += ", ";
        first = false;
    };
    for (const Node *item : node.items) {
        separate();
        result += flowText(text, *item, json);
    }
    for (const Entry &entry : node.entries) {
        separate();
        result += json && entry.key->isScalar() ? quoted(entry.key->text)
                                                : flowText(text, *entry.key, json);
        result += ": ";
        result += flowText(text, *entry.value, json);
    }
    return result + (sequence ? ']' : '}');
}

bool isJsonLike(const Node &collection)
{
    const auto quotesKeys = [](const Node &mapping) {
        return mapping.entries.front().key->style == ScalarStyle::DoubleQuoted;
    };
    for (const Node *node = &collection; node && node->flowStyle; node = node->parent)
        if (!node->entries.empty())
            return quotesKeys(*node);
    const Node *node = &collection;
    while (!node->items.empty())
        node = node->items.front();
    return !node->entries.empty() && node->flowStyle && quotesKeys(*node);
}

} // namespace flow::edits
