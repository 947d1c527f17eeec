#include "engine/flow/tree_builder.h"

#include "engine/flow/utf8.h"

#include <yaml.h>

#include <algorithm>
#include <utility>

namespace flow {

namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kWordJoiner = "\xE2\x81\xA0"; // stands in for a byte order mark
constexpr std::size_t kMaxDepth = 1000; // nesting the real engine's reader allows

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isBreak(char c)
{
    return c == '\n' || c == '\r';
}

std::size_t lineEnd(std::string_view text, std::size_t offset)
{
    while (offset < text.size() && !isBreak(text[offset]))
        ++offset;
    return offset;
}

constexpr std::size_t kBlock = 64;

/// Only printable ASCII and line feeds: nearly all of most texts. Without branches, for the compiler to vectorise.
bool isPlainBlock(const char *block)
{
    unsigned char other = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
        const auto c = static_cast<unsigned char>(block[i]);
        other |= static_cast<unsigned char>((static_cast<unsigned char>(c - ' ') > '\x7E' - ' ') & (c != '\n'));
    }
    return other == 0;
}

/// Length of the well-formed UTF-8 sequence at `i` that YAML allows to stand in a text; 0 when there
/// is none.
std::size_t readableLength(std::string_view text, std::size_t i)
{
    const auto byte = [&](std::size_t k) -> unsigned {
        return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U;
    };
    const unsigned lead = byte(i);
    if (lead < 0x80)
        return (lead >= 0x20 && lead != 0x7F) || lead == '\t' || lead == '\n' || lead == '\r';
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || lead > 0xF4)
        return 0;
    unsigned point = lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
        if ((byte(i + k) & 0xC0) != 0x80)
            return 0;
        point = (point << 6) | (byte(i + k) & 0x3F);
    }
    if ((length == 3 && point < 0x800) || (length == 4 && (point < 0x10000 || point > 0x10FFFF)))
        return 0;
    const bool allowed = point == 0x85 || (point >= 0xA0 && point <= 0xD7FF) ||
                         (point >= 0xE000 && point <= 0xFFFD && point != 0xFEFF) || point >= 0x10000;
    return allowed ? length : 0;
}

/// Byte offsets of libyaml's marks, which count code points, within one slice.
class Offsets
{
public:
    Offsets(std::string_view text, Range slice) : m_slice(slice)
    {
        const auto view = text.substr(slice.begin, slice.size());
        m_ascii = std::none_of(view.begin(), view.end(),
                               [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
        if (m_ascii)
            return;
        m_table.reserve(view.size() + 1);
        for (std::size_t i = 0; i < view.size(); ++i)
            if ((static_cast<unsigned char>(view[i]) & 0xC0) != 0x80)
                m_table.push_back(static_cast<std::uint32_t>(slice.begin + i));
        m_table.push_back(static_cast<std::uint32_t>(slice.end));
    }

    std::size_t operator()(std::size_t index) const
    {
        if (m_ascii)
            return std::min(m_slice.begin + index, m_slice.end);
        return m_table[std::min(index, m_table.size() - 1)];
    }

private:
    Range m_slice;
    bool m_ascii = true;
    std::vector<std::uint32_t> m_table;
};

/// Pairs of characters from U+E000 (first halves) and U+E400 (second halves) as the characters they mean; a half
/// alone is U+FFFD.
std::string joinSurrogates(const std::string &text)
{
    std::string out;
    char32_t first = 0;
    const auto drop = [&] {
        if (std::exchange(first, 0))
            utf8::append(out, 0xFFFD);
    };
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = utf8::next(text, at);
        const bool second = code >= 0xE400 && code < 0xE800;
        if (first && second) {
            utf8::append(out, 0x10000 + ((std::exchange(first, 0) - 0xE000) << 10) + (code - 0xE400));
            continue;
        }
        drop();
        if (code >= 0xE000 && code < 0xE400)
            first = code;
        else
            utf8::append(out, second ? 0xFFFD : code);
    }
    drop();
    return out;
}

ScalarStyle styleOf(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return ScalarStyle::SingleQuoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return ScalarStyle::DoubleQuoted;
    case YAML_LITERAL_SCALAR_STYLE: return ScalarStyle::Literal;
    case YAML_FOLDED_SCALAR_STYLE: return ScalarStyle::Folded;
    default: return ScalarStyle::Plain;
    }
}

bool isBlockScalar(const Node &node)
{
    return node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded;
}

/// Owns a parser of libyaml and its current event.
class Events
{
public:
    explicit Events(std::string_view text)
    {
        m_valid = yaml_parser_initialize(&m_parser) != 0;
        if (!m_valid)
            return;
        yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&m_parser,
                                     reinterpret_cast<const unsigned char *>(text.data()), text.size());
    }
    ~Events()
    {
        release();
        if (m_valid)
            yaml_parser_delete(&m_parser);
    }
    Events(const Events &) = delete;

    bool next()
    {
        release();
        m_held = m_valid && yaml_parser_parse(&m_parser, &event) != 0;
        return m_held;
    }
    const yaml_parser_t &parser() const { return m_parser; }

    yaml_event_t event{};

private:
    void release()
    {
        if (m_held)
            yaml_event_delete(&event);
        m_held = false;
    }

    yaml_parser_t m_parser{};
    bool m_valid = false;
    bool m_held = false;
};

} // namespace

TreeBuilder::TreeBuilder(Tree &tree, std::string_view text) : m_tree(tree), m_text(text) {}

void TreeBuilder::build()
{
    replaceUnreadableBytes();
    if (!m_clean.empty())
        m_oldRoot = nullptr; // bytes are hidden
    const std::size_t begin = m_text.starts_with(kBom) ? kBom.size() : 0;
    Slice whole;
    whole.fault = knownFault();
    if (!whole.fault)
        whole = parseSlice({begin, m_text.size()});
    if (whole.fault && m_oldRoot && !findKeptList())
        findOldItems();
    while (whole.fault && (hideLeadingTab(*whole.fault) || hideSurrogates(*whole.fault)))
        whole = parseSlice({begin, m_text.size()});
    m_tree.m_root = whole.fault ? recover(*whole.fault, {begin, m_text.size()}) : whole.root;
}

/// libyaml gives up at the first byte it does not know; each is replaced for it by a question mark
/// and reported as a fault of its own.
void TreeBuilder::replaceUnreadableBytes()
{
    std::size_t i = m_text.starts_with(kBom) ? kBom.size() : 0;
    bool reported = false;
    while (i < m_text.size()) {
        if (i + kBlock <= m_text.size() && isPlainBlock(m_text.data() + i)) {
            i += kBlock;
            continue;
        }
        if (m_text[i] >= ' ' && m_text[i] < '\x7F') {
            ++i;
            continue;
        }
        if (const std::size_t length = readableLength(m_text, i)) {
            i += length;
            continue;
        }
        const bool mark = m_text.substr(i, kBom.size()) == kBom; // allowed inside a text by the real engine
        if (m_clean.empty())
            m_clean = m_text;
        if (mark) {
            m_clean.replace(i, kBom.size(), kWordJoiner);
            m_hiddenMarks.push_back(i);
            i += kBom.size();
            continue;
        }
        if (!std::exchange(reported, true)) {
            m_tree.m_faults.push_back({{i, i + 1}, "special characters are not allowed", "", 0});
        }
        m_clean[i++] = '?';
    }
    if (!m_clean.empty())
        m_text = m_clean;
}

/// A block scalar may begin with a tab behind its indentation; libyaml refuses it. The tab is replaced
/// for it by a letter, and put back into the value by `trim`.
bool TreeBuilder::hideLeadingTab(const SyntaxFault &fault)
{
    if (fault.cause.find("found a tab character where an indentation space is expected") == std::string::npos)
        return false;
    const std::size_t tab = m_text.find('\t', fault.range.begin);
    if (tab == m_text.npos || tab > lineEnd(m_text, fault.range.begin))
        return false;
    const auto lineBegin = [&](std::size_t at) {
        while (at > 0 && !isBreak(m_text[at - 1]))
            --at;
        return at;
    };
    std::size_t header = lineBegin(tab);
    const std::size_t column = tab - header;
    do {
        header = header == 0 ? 0 : lineBegin(header - 1);
    } while (header > 0 && m_text.find_first_not_of(" \t\r\n", header) >= tab);
    if (column <= m_text.find_first_not_of(" \t\r\n", header) - header)
        return false;
    if (m_clean.empty())
        m_clean = m_text;
    m_text = m_clean;
    m_clean[tab] = 'x';
    m_hiddenTabs.push_back(tab);
    return true;
}

/// `"\\ud83d\\ude00"` is one character for the real engine; libyaml refuses such halves. They are moved for it to the
/// private characters from U+E000 on, and put together in the value by `joinSurrogates`.
bool TreeBuilder::hideSurrogates(const SyntaxFault &fault)
{
    constexpr std::size_t kMost = 1000; // each takes a reading of the whole text
    const std::size_t quote = fault.range.begin;
    if (fault.cause.find("invalid Unicode character escape code") == std::string::npos || quote >= m_text.size() ||
        m_text[quote] != '"' || m_hiddenSurrogates.size() >= kMost)
        return false;
    if (m_clean.empty())
        m_clean = m_text;
    m_text = m_clean;
    bool found = false;
    for (std::size_t i = quote + 1; i < m_clean.size() && m_clean[i] != '"'; ++i) {
        if (m_clean[i] != '\\')
            continue;
        ++i;
        const auto isHalf = [](char d, char high) {
            return (d == 'd' || d == 'D') && ((high >= '8' && high <= '9') || (high >= 'a' && high <= 'f') || (high >= 'A' && high <= 'F'));
        };
        if (i + 4 >= m_clean.size() || m_clean[i] != 'u' || !isHalf(m_clean[i + 1], m_clean[i + 2]))
            continue;
        const char high = m_clean[i + 2];
        m_clean[i + 1] = 'E';
        m_clean[i + 2] = static_cast<char>(high <= '9' ? high - 8 : '2' + ((high | 0x20) - 'a'));
        found = true;
    }
    if (found)
        m_hiddenSurrogates.push_back(quote);
    return found;
}

Node *TreeBuilder::add(NodeKind kind, Range range)
{
    Node node;
    node.kind = kind;
    node.range = range;
    node.whole = range;
    return m_tree.m_arena.make(node);
}

void TreeBuilder::finish(const Collection &collection)
{
    collection.node->items = m_tree.m_arena.keep(std::span(collection.items));
    collection.node->entries = m_tree.m_arena.keep(std::span(collection.entries));
}

/// The offset behind `&anchor` and `!tag`, and the blanks, comments and line breaks after them.
std::size_t TreeBuilder::skipProperties(std::size_t offset, std::size_t end) const
{
    const auto skipGap = [&] {
        while (offset < end) {
            if (isBlank(m_text[offset]) || isBreak(m_text[offset]))
                ++offset;
            else if (m_text[offset] == '#')
                offset = std::min(end, lineEnd(m_text, offset));
            else
                break;
        }
    };
    while (offset < end && (m_text[offset] == '&' || m_text[offset] == '!')) {
        const bool verbatim = m_text.substr(offset, 2) == "!<";
        while (offset < end && !isBlank(m_text[offset]) && !isBreak(m_text[offset]) &&
               (verbatim || std::string_view(",[]{}").find(m_text[offset]) == std::string_view::npos))
            ++offset;
        skipGap();
    }
    return offset;
}

/// What libyaml read of a scalar, with what was hidden from it put back.
std::string TreeBuilder::shown(const Node &scalar, std::string_view read) const
{
    std::string text(read);
    for (const std::size_t mark : m_hiddenMarks)
        if (scalar.range.contains(mark))
            if (const std::size_t at = text.find(kWordJoiner); at != std::string::npos)
                text.replace(at, kBom.size(), kBom);
    if (std::find(m_hiddenSurrogates.begin(), m_hiddenSurrogates.end(), scalar.range.begin) != m_hiddenSurrogates.end())
        text = joinSurrogates(text);
    if (isBlockScalar(scalar))
        for (const std::size_t tab : m_hiddenTabs)
            if (const std::size_t first = text.find_first_not_of('\n'); scalar.range.contains(tab) && first != std::string::npos)
                text[first] = '\t';
    return text;
}

/// Cuts the blank lines off the end of a block scalar.
void TreeBuilder::trim(Node &node) const
{
    std::size_t end = node.range.end;
    while (end > node.range.begin && (isBlank(m_text[end - 1]) || isBreak(m_text[end - 1])))
        --end;
    node.range.end = end;
    node.whole.end = end;
}

TreeBuilder::Slice TreeBuilder::parseSlice(Range slice)
{
    struct Open
    {
        Node *node;
        std::size_t first; // of its children
    };
    const Offsets offset(m_text, slice);
    Events events(m_text.substr(slice.begin, slice.size()));
    Node *root = nullptr;
    std::vector<Open> open;
    std::vector<const Node *> children; // of the open ones; of a mapping keys and values in turn
    std::size_t lastEnd = slice.begin;
    std::size_t deepest = 0;

    const auto place = [&](Node *node) {
        if (open.empty()) {
            root = node;
            return;
        }
        node->parent = open.back().node;
        children.push_back(node);
    };
    std::vector<Entry> entries;
    const auto finished = [&] {
        const Open top = open.back();
        open.pop_back();
        const std::span<const Node *const> own = std::span(children).subspan(top.first);
        if (top.node->isSequence()) {
            top.node->items = m_tree.m_arena.keep(own);
        } else {
            for (std::size_t i = 0; i + 1 < own.size(); i += 2)
                entries.push_back({own[i], own[i + 1]});
            top.node->entries = m_tree.m_arena.keep(std::span(std::as_const(entries)));
            entries.clear();
        }
        children.resize(top.first);
        return top.node;
    };
    const auto fault = [&](Range range, std::string cause, std::string context) {
        return Slice{nullptr, SyntaxFault{range, std::move(cause), std::move(context), lastEnd}, 0, deepest};
    };

    while (events.next()) {
        const yaml_event_t &event = events.event;
        const std::size_t begin = offset(event.start_mark.index);
        const std::size_t end = offset(event.end_mark.index);
        const auto properties = [&](Node *node, const yaml_char_t *anchor, const yaml_char_t *tag,
                                    std::size_t limit) {
            if (!anchor && !tag)
                return;
            node->range.begin = std::min(skipProperties(begin, limit), limit);
            node->range.end = std::max(node->range.begin, node->range.end);
            if (anchor)
                node->anchor = keep(reinterpret_cast<const char *>(anchor));
            if (tag) {
                std::size_t at = m_text.find('!', begin);
                std::size_t stop = at;
                while (stop < m_text.size() && !isBlank(m_text[stop]) && !isBreak(m_text[stop]))
                    ++stop;
                node->tag = keep(m_text.substr(at, stop - at));
            }
        };
        switch (event.type) {
        case YAML_ALIAS_EVENT: {
            Node *node = add(NodeKind::Scalar, {begin, end});
            node->alias = true;
            node->text = keep(m_text.substr(begin + 1, end - begin - 1));
            place(node);
            break;
        }
        case YAML_SCALAR_EVENT: {
            const auto &scalar = event.data.scalar;
            Node *node = add(NodeKind::Scalar, {begin, end});
            node->style = styleOf(scalar.style);
            properties(node, scalar.anchor, scalar.tag, end);
            const std::string_view read(reinterpret_cast<const char *>(scalar.value), scalar.length);
            const bool hides = !m_hiddenTabs.empty() || !m_hiddenSurrogates.empty() || !m_hiddenMarks.empty();
            node->text = hides ? keep(shown(*node, read)) : keep(read);
            if (isBlockScalar(*node))
                trim(*node);
            place(node);
            break;
        }
        case YAML_SEQUENCE_START_EVENT: {
            const auto &sequence = event.data.sequence_start;
            Node *node = add(NodeKind::Sequence, {begin, end});
            node->flowStyle = sequence.style == YAML_FLOW_SEQUENCE_STYLE;
            properties(node, sequence.anchor, sequence.tag, slice.end);
            place(node);
            open.push_back({node, children.size()});
            break;
        }
        case YAML_MAPPING_START_EVENT: {
            const auto &mapping = event.data.mapping_start;
            Node *node = add(NodeKind::Mapping, {begin, end});
            node->flowStyle = mapping.style == YAML_FLOW_MAPPING_STYLE;
            properties(node, mapping.anchor, mapping.tag, slice.end);
            place(node);
            open.push_back({node, children.size()});
            break;
        }
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT: {
            Node *node = finished();
            if (node->flowStyle && !(node->kind == NodeKind::Mapping && m_text[node->range.begin] != '{'))
                node->range.end = end;
            else if (!node->items.empty())
                node->range.end = node->items.back()->whole.end;
            else if (!node->entries.empty())
                node->range.end = node->entries.back().value->whole.end;
            node->whole.end = node->range.end;
            break;
        }
        case YAML_DOCUMENT_END_EVENT:
        case YAML_STREAM_END_EVENT: return {root, std::nullopt, 0, deepest};
        default: break;
        }
        lastEnd = end;
        deepest = std::max(deepest, open.size());
        if (open.size() > kMaxDepth) {
            lastEnd = kNoPlace;
            return fault({begin, end}, "nesting is too deep", "");
        }
    }

    const yaml_parser_t &parser = events.parser();
    const std::string_view context = parser.context ? parser.context : "";
    // What is never closed is shown where it was opened, not at the end of the text.
    const bool unclosed = context.find("quoted") != context.npos || context.find("flow") != context.npos;
    const std::size_t at = parser.error == YAML_READER_ERROR
                               ? std::min(slice.begin + parser.problem_offset, slice.end)
                               : offset((unclosed ? parser.context_mark : parser.problem_mark).index);
    Slice result = fault({at, std::max(at, std::min(lineEnd(m_text, at), slice.end))},
                         parser.problem ? parser.problem : "unreadable text",
                         parser.context ? parser.context : "");
    result.readTo = offset(parser.mark.index);
    return result;
}

} // namespace flow
