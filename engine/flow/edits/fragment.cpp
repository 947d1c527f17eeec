#include "engine/flow/edits/fragment.h"

#include "engine/flow/edits/blocks.h"
#include "engine/flow/edits/scalars.h"

#include <algorithm>
#include <optional>

namespace flow::edits {

namespace {

constexpr std::size_t kNone = std::string::npos;

/// Indentation of the least indented line from `begin` on that has content.
std::size_t leastIndent(std::string_view text, std::size_t begin, bool comments)
{
    std::size_t least = kNone;
    for (std::size_t line = begin; line < text.size(); line = nextLine(text, line))
        if (!isBlankLine(text, line) && (comments || !isCommentLine(text, line)))
            least = std::min(least, indentOf(text, line));
    return least;
}

std::string cutBlankEnd(std::string text)
{
    const std::size_t last = text.find_last_not_of(" \t\n");
    text.resize(last == kNone ? 0 : last + 1);
    return text.empty() ? text : text + '\n';
}

bool isMarker(std::string_view text, std::size_t line)
{
    const std::string_view start = text.substr(line, 3);
    return (start == "---" || start == "...") &&
           (line + 3 >= text.size() || std::string_view(" \t\n").find(text[line + 3]) != kNone);
}

/// The text as one tree, and why it is none.
std::shared_ptr<const Tree> parse(const std::string &text, std::string &cause)
{
    cause.clear();
    for (std::size_t line = 0; line < text.size(); line = nextLine(text, line))
        if (isMarker(text, line))
            cause = "a document marker";
    auto tree = Tree::parse(text);
    if (!tree->faults().empty())
        cause = tree->faults().front().cause;
    if (const Node *root = tree->root(); root && cause.empty()) {
        std::size_t rest = skipBlanks(text, lastLeaf(*root).whole.end);
        rest = std::max(rest, skipBlanks(text, root->whole.end));
        if (rest < lineEnd(text, rest) && text[rest] != '#' && !isBlockScalar(lastLeaf(*root)))
            cause = "more than one value";
        for (std::size_t line = nextLine(text, rest); line < text.size() && cause.empty();
             line = nextLine(text, line))
            if (!isBlankLine(text, line) && !isCommentLine(text, line))
                cause = "more than one value";
    }
    return tree;
}

} // namespace

Result<Fragment> Fragment::read(std::string_view yaml)
{
    if (yaml.starts_with("\xEF\xBB\xBF"))
        yaml.remove_prefix(3);
    std::string text = withBreaks(yaml, "\n");
    text.erase(0, blankLinesAfter(text, 0));
    std::string full = text.empty() || endsWithBreak(text) ? text : text + '\n';
    text = cutBlankEnd(std::move(text));

    std::size_t first = 0;
    while (first < text.size() && (isBlankLine(text, first) || isCommentLine(text, first)))
        first = nextLine(text, first);
    const std::size_t own = first < text.size() ? indentOf(text, first) : 0;
    const std::size_t least = std::min(own, leastIndent(text, first, false));
    const auto dedent = [&](const std::string &lines) {
        return shifted(lines, -static_cast<std::ptrdiff_t>(least == kNone ? 0 : least));
    };

    Fragment fragment;
    std::string cause;
    fragment.m_text = dedent(text);
    fragment.m_tree = parse(fragment.m_text, cause);
    if (!cause.empty() && first < text.size()) {
        // Cut out of the middle of a line: the first line lacks the indentation of the others.
        const std::size_t others = leastIndent(text, nextLine(text, first), false);
        std::size_t content = first + own;
        if (text.substr(content, 2) == "- ")
            content = skipBlanks(text, content + 1);
        if (others != kNone && others > content - first) {
            std::string aligned = text;
            aligned.insert(first, others - (content - first), ' ');
            const std::size_t indent = leastIndent(aligned, 0, false);
            aligned = shifted(aligned, -static_cast<std::ptrdiff_t>(indent));
            std::string again;
            auto tree = parse(aligned, again);
            if (again.empty()) {
                fragment.m_text = std::move(aligned);
                fragment.m_tree = std::move(tree);
                return fragment;
            }
        }
    }
    if (!cause.empty())
        return Error{ErrorCode::InvalidYaml, {cause}, {}};
    if (fragment.root() && edits::keepsBlankLines(fragment.m_text, *fragment.root())) {
        fragment.m_text = dedent(full);
        fragment.m_tree = parse(fragment.m_text, cause);
    }
    return fragment;
}

std::string Fragment::comment() const
{
    if (!root() || isBlockCollection(*root()) || isBlockScalar(*root()))
        return {};
    const std::size_t at = skipBlanks(m_text, root()->whole.end);
    if (at >= m_text.size() || m_text[at] != '#')
        return {};
    return m_text.substr(at, lineEnd(m_text, at) - at);
}

Written Fragment::inlineValue(std::size_t column, const Layout &layout) const
{
    const std::string_view raw = std::string_view(m_text).substr(root()->whole.begin, root()->whole.size());
    const std::size_t end = nextLine(raw, 0);
    std::ptrdiff_t delta = static_cast<std::ptrdiff_t>(column);
    if (!root()->flowStyle && end < raw.size()) {
        const std::size_t least = leastIndent(raw, end, true);
        delta += static_cast<std::ptrdiff_t>(layout.step) -
                 static_cast<std::ptrdiff_t>(least == kNone ? 0 : least);
    }
    return {' ' + shifted(raw, delta, true), {}, false};
}

Written Fragment::blockScalar(std::size_t column, const Layout &layout) const
{
    const Range header = scalarHeader(m_text, *root());
    const std::size_t end = lineEnd(m_text, header.begin);
    const std::string_view lines = std::string_view(m_text).substr(nextLine(m_text, end));
    std::ptrdiff_t delta = static_cast<std::ptrdiff_t>(column);
    const std::string_view indicators = std::string_view(m_text).substr(header.begin, header.size());
    if (indicators.find_first_of("123456789") == kNone) {
        const std::size_t first = blankLinesAfter(lines, 0);
        const std::size_t indent = first < lines.size() ? indentOf(lines, first) : 0;
        delta += static_cast<std::ptrdiff_t>(layout.step) - static_cast<std::ptrdiff_t>(indent);
    }
    return {' ' + m_text.substr(root()->whole.begin, end - root()->whole.begin),
            shifted(lines, delta), edits::keepsBlankLines(m_text, *root())};
}

Written Fragment::asValue(std::size_t column, const Layout &layout) const
{
    if (!root())
        return {};
    if (isBlockScalar(*root()))
        return blockScalar(column, layout);
    if (!isBlockCollection(*root()))
        return inlineValue(column, layout);
    Written written;
    std::size_t begin = 0;
    const std::size_t properties = afterProperties(m_text, *root(), 0);
    if (properties > 0) {
        written.head = ' ' + m_text.substr(root()->whole.begin, properties - root()->whole.begin);
        begin = nextLine(m_text, properties);
    }
    const std::size_t target = column + (root()->isSequence() ? layout.listOffset : layout.step);
    written.lines = shifted(std::string_view(m_text).substr(begin),
                            static_cast<std::ptrdiff_t>(target) -
                                static_cast<std::ptrdiff_t>(edits::column(m_text, root()->range.begin)));
    written.keepsBlankLines = edits::keepsBlankLines(m_text, *root());
    return written;
}

Written Fragment::asItem(std::size_t column, const Layout &layout) const
{
    if (!root() || !isBlockCollection(*root()))
        return asValue(column, layout);
    const std::size_t gap = std::max<std::size_t>(layout.itemGap, 2);
    Layout inside = layout;
    inside.listOffset = gap;
    inside.step = gap;
    Written written = asValue(column, inside);
    if (written.head.empty() && root()->range.begin == 0) {
        const std::size_t end = nextLine(written.lines, 0);
        written.head = std::string(gap - 1, ' ') +
                       written.lines.substr(column + gap, lineEnd(written.lines, 0) - column - gap);
        written.lines.erase(0, end);
    }
    return written;
}

std::string Fragment::asFlow(bool json) const
{
    return root() ? flowText(m_text, *root(), json) : "\"\"";
}

} // namespace flow::edits
