#include "editor/text_context.h"

#include <algorithm>

namespace editor {

namespace {

constexpr std::size_t npos = std::string_view::npos;

/// One line taken apart: dashes, key, value. Columns are bytes from the line's begin.
struct Line
{
    std::size_t begin = 0; ///< offset in the text
    std::size_t end = 0;   ///< without line break
    std::size_t indent = 0;
    std::vector<std::size_t> dashes;
    std::size_t column = 0; ///< of what follows the dashes
    std::string_view key;
    std::size_t keyEnd = 0; ///< offset, quotes included
    std::size_t valueBegin = 0;
    std::size_t valueEnd = 0; ///< before a comment and trailing blanks
    bool hasKey = false;
    bool blank = false;
    bool comment = false;
};

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::size_t skipBlanks(std::string_view text, std::size_t at, std::size_t end)
{
    while (at < end && isBlank(text[at]))
        ++at;
    return at;
}

/// Where the value that begins at `at` ends: before a comment.
std::size_t endOfValue(std::string_view text, std::size_t at, std::size_t end)
{
    char quote = at < end && (text[at] == '"' || text[at] == '\'') ? text[at] : 0;
    for (std::size_t i = at; i < end; ++i) {
        if (quote) {
            if (i > at && text[i] == quote && !(quote == '"' && text[i - 1] == '\\'))
                quote = 0;
        } else if (text[i] == '#' && i > 0 && isBlank(text[i - 1])) {
            end = i;
            break;
        }
    }
    while (end > at && isBlank(text[end - 1]))
        --end;
    return end;
}

/// Behind a byte order mark.
std::size_t firstByte(std::string_view text)
{
    return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

Line lineAt(std::string_view text, std::size_t begin)
{
    Line line;
    line.begin = begin;
    const std::size_t newline = text.find('\n', begin);
    line.end = newline == npos ? text.size() : newline;
    if (line.end > line.begin && text[line.end - 1] == '\r')
        --line.end;
    if (begin == 0)
        line.begin = begin = firstByte(text);
    std::size_t at = skipBlanks(text, begin, line.end);
    line.indent = at - begin;
    line.blank = at == line.end;
    line.comment = !line.blank && text[at] == '#';
    while (at < line.end && text[at] == '-' && (at + 1 == line.end || isBlank(text[at + 1]))) {
        line.dashes.push_back(at - begin);
        at = skipBlanks(text, at + 1, line.end);
    }
    line.column = at - begin;
    if (line.blank || line.comment || at == line.end)
        return line;
    std::size_t keyEnd = at;
    if (text[at] == '"' || text[at] == '\'') {
        const std::size_t close = text.find(text[at], at + 1);
        if (close == npos || close >= line.end)
            return line;
        keyEnd = close + 1;
        const std::size_t colon = skipBlanks(text, keyEnd, line.end);
        if (colon >= line.end || text[colon] != ':')
            return line;
        line.key = text.substr(at + 1, close - at - 1);
        line.keyEnd = keyEnd;
        line.valueBegin = skipBlanks(text, colon + 1, line.end);
    } else {
        if (std::string_view("{[&*!|>%@`").find(text[at]) != npos)
            return line;
        while (keyEnd < line.end &&
               !(text[keyEnd] == ':' && (keyEnd + 1 == line.end || isBlank(text[keyEnd + 1])))) {
            if (text[keyEnd] == '#' && isBlank(text[keyEnd - 1]))
                return line;
            ++keyEnd;
        }
        if (keyEnd >= line.end)
            return line;
        line.key = text.substr(at, keyEnd - at);
        line.keyEnd = keyEnd;
        line.valueBegin = skipBlanks(text, keyEnd + 1, line.end);
    }
    line.hasKey = true;
    line.valueEnd = endOfValue(text, line.valueBegin, line.end);
    return line;
}

std::size_t lineBegin(std::string_view text, std::size_t offset)
{
    const std::size_t at = offset == 0 ? npos : text.rfind('\n', offset - 1);
    return at == npos ? 0 : at + 1;
}

/// A value that begins a block scalar: `|`, `>-`, `|2`.
bool opensBlock(std::string_view value)
{
    return !value.empty() && (value[0] == '|' || value[0] == '>') &&
           value.find_first_not_of("+-0123456789", 1) == npos;
}

std::string unquoted(std::string_view value)
{
    if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front())
        value = value.substr(1, value.size() - 2);
    return std::string(value);
}

/// Reads upwards, then downwards, from one line; fills a context.
class ContextReader
{
public:
    ContextReader(std::string_view text, std::size_t offset)
        : m_text(text),
          m_offset(std::min(offset, text.size()))
    {
    }

    TextContext run()
    {
        Line line = lineAt(m_text, lineBegin(m_text, m_offset));
        if (const std::optional<Line> owner = blockOwner(line)) {
            m_context.place = TextContext::Place::Text;
            m_context.key = owner->hasKey ? std::string(owner->key) : std::string();
            line = *owner;
            startOf(line);
        } else if (!startAt(line)) {
            return m_context;
        }
        readUp(line);
        readDown(line);
        std::reverse(m_context.levels.begin(), m_context.levels.end());
        return std::move(m_context);
    }

private:
    /// The line whose `|` the caret's line belongs to.
    std::optional<Line> blockOwner(const Line &caretLine) const
    {
        std::size_t indent = caretLine.blank
                                 ? std::max(caretLine.indent, m_offset - caretLine.begin)
                                 : caretLine.indent;
        for (std::size_t begin = caretLine.begin; begin > firstByte(m_text) && indent > 0;) {
            begin = lineBegin(m_text, begin - 1);
            const Line line = lineAt(m_text, begin);
            if (line.blank || line.indent >= indent)
                continue;
            const std::string_view value =
                line.hasKey ? m_text.substr(line.valueBegin, line.valueEnd - line.valueBegin)
                : !line.dashes.empty()
                    ? m_text.substr(line.begin + line.column,
                                    endOfValue(m_text, line.begin + line.column, line.end) -
                                        line.begin - line.column)
                    : std::string_view();
            if (opensBlock(value)) {
                const std::size_t owner = line.hasKey ? line.column : line.indent;
                return owner < indent ? std::optional(line) : std::nullopt;
            }
            indent = line.indent;
        }
        return std::nullopt;
    }

    void startOf(const Line &line)
    {
        m_context.levels.push_back({});
        m_context.levels.back().column = line.column;
        m_context.indent = line.column;
        m_inList = !line.dashes.empty();
        m_column = line.column;
        if (m_inList) {
            m_dash = line.dashes.front();
            m_context.levels.back().listDepth = static_cast<int>(line.dashes.size());
        }
    }

    /// What the caret's own line tells. False when nothing can be completed there.
    bool startAt(const Line &line)
    {
        using Place = TextContext::Place;
        if (line.comment)
            return false;
        const std::size_t column = m_offset - line.begin;
        if (line.blank) {
            Line here = line;
            here.column = column;
            startOf(here);
            m_context.place = Place::Key;
            m_context.word = {m_offset, m_offset};
            return true;
        }
        if (column < line.column)
            return false;
        startOf(line);
        const std::size_t contentBegin = line.begin + line.column;
        if (line.hasKey && m_offset > line.keyEnd) {
            if (m_offset < line.valueBegin && line.valueBegin < line.valueEnd)
                return false;
            if (m_offset > line.valueEnd && m_offset > line.valueBegin &&
                line.valueEnd > line.valueBegin)
                return false; // behind the value, or in a comment
            m_context.place = Place::Value;
            m_context.key = std::string(line.key);
            setValue(std::min(line.valueBegin, m_offset),
                     std::max(line.valueEnd, std::min(line.valueBegin, m_offset)));
            return true;
        }
        if (line.hasKey) {
            m_context.place = Place::Key;
            m_context.word = {contentBegin, line.keyEnd};
            m_context.hasColon = true;
            return true;
        }
        const std::size_t end = endOfValue(m_text, contentBegin, line.end);
        if (m_offset > end && end > contentBegin)
            return false;
        if (line.dashes.empty()) {
            m_context.place = Place::Key;
            m_context.word = {contentBegin, std::max(end, m_offset)};
            return true;
        }
        m_context.place = Place::Item;
        m_context.dash = true;
        setValue(contentBegin, std::max(end, contentBegin));
        return true;
    }

    void setValue(std::size_t begin, std::size_t end)
    {
        const std::string_view value = m_text.substr(begin, end - begin);
        if (value.starts_with('{') && !value.starts_with("{{") && m_offset > begin) {
            if (!m_context.dash) // else it is the item itself
                addInnerLevel(0);
            m_context.dash = false;
            setBraces(begin, end);
            return;
        }
        if (!value.empty() && value[0] == '[' && m_offset > begin) { // a list in brackets
            m_context.place = TextContext::Place::Item;
            m_context.dash = false;
            std::size_t from = begin + 1;
            while (from <= end) {
                const std::size_t to = endOfPart(from, end, ']');
                const std::size_t first = skipBlanks(m_text, from, to);
                const std::size_t last = endOfValue(m_text, first, to);
                if (first < m_offset && m_offset <= to && m_text[first] == '{' &&
                    m_text.substr(first, 2) != "{{") {
                    addInnerLevel(1);
                    setBraces(first, to);
                    return;
                }
                if (from <= m_offset && m_offset <= to)
                    m_context.word = m_offset < first
                                         ? flow::Range{m_offset, m_offset}
                                         : flow::Range{first, std::max(last, m_offset)};
                else if (first < last)
                    m_context.items.push_back(unquoted(m_text.substr(first, last - first)));
                if (to >= end || m_text[to] == ']')
                    break;
                from = to + 1;
            }
            if (m_context.word.empty() && m_context.word.begin == 0)
                m_context.word = {m_offset, m_offset};
            unquoteWord();
            return;
        }
        m_context.word = {begin, end};
        unquoteWord();
    }

    /// Where an entry or an item of a collection ends: before the comma or the closing sign.
    std::size_t endOfPart(std::size_t at, std::size_t end, char close) const
    {
        int depth = 0;
        char quote = 0;
        for (; at < end; ++at) {
            const char c = m_text[at];
            if (quote)
                quote = c == quote ? 0 : quote;
            else if (c == '"' || c == '\'')
                quote = c;
            else if (depth == 0 && (c == ',' || c == close))
                break;
            else if (c == '{' || c == '[')
                ++depth;
            else if ((c == '}' || c == ']') && depth > 0)
                --depth;
        }
        return at;
    }

    /// A mapping in braces below the key the context tells.
    void addInnerLevel(int lists)
    {
        MappingLevel inner;
        inner.via = m_context.key;
        inner.listDepth = lists;
        m_context.levels.insert(m_context.levels.begin(), std::move(inner));
    }

    /// The entries of a mapping in braces: that of the caret is its place, the others are fields.
    void setBraces(std::size_t begin, std::size_t end)
    {
        m_context.braces = true;
        m_context.place = TextContext::Place::Key;
        m_context.word = {m_offset, m_offset};
        m_context.levels.front().column = npos; // no line below stands in it
        std::vector<Field> fields;
        std::optional<flow::Range> nested;
        for (std::size_t from = begin + 1; from <= end;) {
            const std::size_t to = endOfPart(from, end, '}');
            const std::size_t first = skipBlanks(m_text, from, to);
            std::size_t colon = first;
            while (colon < to &&
                   !(m_text[colon] == ':' && (colon + 1 == to || isBlank(m_text[colon + 1]))))
                ++colon;
            const std::size_t valueBegin = colon < to ? skipBlanks(m_text, colon + 1, to) : to;
            std::size_t valueEnd = to;
            while (valueEnd > valueBegin && isBlank(m_text[valueEnd - 1]))
                --valueEnd;
            const std::string key = unquoted(m_text.substr(first, colon - first));
            if (from <= m_offset && m_offset <= to) {
                if (colon < to && m_offset > colon) {
                    m_context.place = TextContext::Place::Value;
                    m_context.key = key;
                    const std::size_t at = std::min(valueBegin, m_offset);
                    nested = flow::Range{at, std::max(valueEnd, at)};
                } else if (m_offset >= first) {
                    m_context.word = {first, std::max(colon, m_offset)};
                    m_context.hasColon = colon < to;
                }
            } else if (colon < to) {
                fields.push_back({key,
                                  unquoted(m_text.substr(valueBegin, valueEnd - valueBegin)),
                                  {first, colon},
                                  {valueBegin, valueEnd}});
            }
            if (to >= end || m_text[to] == '}')
                break;
            from = to + 1;
        }
        m_context.levels.front().fields = std::move(fields);
        if (nested)
            setValue(nested->begin, nested->end);
    }

    void unquoteWord()
    {
        flow::Range &word = m_context.word;
        if (word.empty() || (m_text[word.begin] != '"' && m_text[word.begin] != '\''))
            return;
        m_context.quote = m_text[word.begin];
        ++word.begin;
        if (word.size() > 0 && m_text[word.end - 1] == m_context.quote)
            --word.end;
        if (m_offset < word.begin)
            word = {m_offset, m_offset};
    }

    Field fieldOf(const Line &line) const
    {
        return {std::string(line.key),
                unquoted(m_text.substr(line.valueBegin, line.valueEnd - line.valueBegin)),
                {line.begin + line.column, line.keyEnd},
                {line.valueBegin, line.valueEnd}};
    }

    /// The mapping that is found around the level read last, reached by `line`'s key.
    void enter(const Line &line)
    {
        m_context.levels.back().via = std::string(line.key);
        MappingLevel outer;
        outer.column = line.column;
        outer.fields.push_back(fieldOf(line));
        m_context.levels.push_back(std::move(outer));
        m_column = line.column;
        m_inList = !line.dashes.empty();
        if (m_inList) {
            m_dash = line.dashes.front();
            m_context.levels.back().listDepth = static_cast<int>(line.dashes.size());
        }
    }

    void readUp(const Line &from)
    {
        for (std::size_t begin = from.begin; begin > firstByte(m_text);) {
            begin = lineBegin(m_text, begin - 1);
            const Line line = lineAt(m_text, begin);
            if (line.blank || line.comment)
                continue;
            if (m_inList) {
                if (line.hasKey && line.column <= m_dash &&
                    (line.dashes.empty() || line.dashes.front() < m_dash))
                    enter(line);
                else if (m_context.levels.size() == 1 && !line.dashes.empty() &&
                         line.dashes.front() == m_dash && !line.hasKey)
                    m_context.items.push_back(itemText(line));
            } else if (line.hasKey && line.column == m_column) {
                MappingLevel &level = m_context.levels.back();
                level.fields.insert(level.fields.begin(), fieldOf(line));
                if (!line.dashes.empty()) {
                    m_inList = true;
                    m_dash = line.dashes.front();
                    level.listDepth = static_cast<int>(line.dashes.size());
                }
            } else if (line.indent < m_column) {
                if (line.hasKey && line.column < m_column) {
                    enter(line);
                } else if (!line.hasKey && !line.dashes.empty() &&
                           line.column + line.begin >= line.end) {
                    m_inList = true; // a dash on a line of its own
                    m_dash = line.dashes.front();
                    m_context.levels.back().listDepth = static_cast<int>(line.dashes.size());
                }
            }
        }
        if (m_inList) { // a list at the top is no flow
            m_context.levels.clear();
            return;
        }
        // the key whose value an item is: it leads from the level around
        if (m_context.place == TextContext::Place::Item && m_context.dash &&
            m_context.levels.size() > 1)
            m_context.key = m_context.levels.front().via;
    }

    std::string itemText(const Line &line) const
    {
        const std::size_t begin = line.begin + line.column;
        return unquoted(m_text.substr(begin, endOfValue(m_text, begin, line.end) - begin));
    }

    void readDown(const Line &from)
    {
        std::size_t level = 0;
        const bool item = m_context.place == TextContext::Place::Item && m_context.dash;
        for (std::size_t begin = from.begin; level < m_context.levels.size();) {
            const std::size_t newline = m_text.find('\n', begin);
            if (newline == npos)
                return;
            begin = newline + 1;
            const Line line = lineAt(m_text, begin);
            if (line.blank || line.comment)
                continue;
            if (item && level == 0 && !line.dashes.empty() &&
                line.dashes.front() == dashOfCaret(from) && !line.hasKey)
                m_context.items.push_back(itemText(line));
            while (level < m_context.levels.size() &&
                   line.indent < m_context.levels[level].column &&
                   !(item && level == 0 && line.indent == dashOfCaret(from)))
                ++level;
            if (level == m_context.levels.size())
                return;
            if (line.hasKey && line.dashes.empty() && line.column == m_context.levels[level].column)
                m_context.levels[level].fields.push_back(fieldOf(line));
        }
    }

    static std::size_t dashOfCaret(const Line &line)
    {
        return line.dashes.empty() ? npos : line.dashes.front();
    }

    std::string_view m_text;
    std::size_t m_offset;
    TextContext m_context;
    bool m_inList = false;
    std::size_t m_dash = 0;
    std::size_t m_column = 0;
};

} // namespace

const Field *MappingLevel::find(std::string_view key) const
{
    for (const Field &field : fields)
        if (field.key == key)
            return &field;
    return nullptr;
}

TextContext contextAt(std::string_view text, std::size_t offset)
{
    return ContextReader(text, offset).run();
}

std::optional<ExpressionSpan> expressionAt(std::string_view text, std::size_t offset)
{
    offset = std::min(offset, text.size());
    constexpr std::size_t kFar = 4000;
    const std::size_t from = offset > kFar ? offset - kFar : 0;
    std::size_t open = npos;
    for (std::size_t i = offset; i-- > from;) {
        if (i + 1 >= text.size() || i + 2 > offset)
            continue;
        const char first = text[i];
        const char second = text[i + 1];
        if (second == '}' && (first == '}' || first == '%' || first == '#'))
            return std::nullopt;
        if (first == '{' && (second == '{' || second == '%')) {
            open = i;
            break;
        }
        if (first == '{' && second == '#')
            return std::nullopt;
    }
    if (open == npos)
        return std::nullopt;
    // Left open, an expression ends with its line, unless it stands in a block scalar.
    if (text.find('\n', open) < offset && contextAt(text, offset).place != TextContext::Place::Text)
        return std::nullopt;
    ExpressionSpan span{{open + 2, offset}, text[open + 1]};
    const std::string_view close = span.kind == '{' ? "}}" : "%}";
    const std::size_t end = text.find(close, offset);
    const std::size_t next = text.find("{{", offset);
    const std::size_t line = text.find('\n', offset);
    if (end != npos && (next == npos || end < next) && (line == npos || end < line))
        span.range.end = end;
    return span;
}

} // namespace editor
