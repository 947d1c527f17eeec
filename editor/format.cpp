#include "editor/format.h"

#include "engine/flow/tree.h"
#include "engine/flow/value.h"

#include <algorithm>

namespace editor {

namespace {

using flow::Node;

constexpr std::size_t kStep = 2;

/// Finds the new column of each line from the tree, then writes what differs.
class Formatter
{
public:
    Formatter(const std::string &text, const Node &root) : m_text(text), m_index(text)
    {
        m_lines.resize(m_index.lineCount());
        for (std::size_t i = 0; i < m_lines.size(); ++i)
            readLine(i);
        place(root, 0);
        placeComments();
    }

    std::vector<flow::Replacement> changes() const
    {
        std::vector<flow::Replacement> all = m_inner;
        std::size_t blanks = 0;
        for (const Line &line : m_lines) {
            if (line.begin == m_text.size())
                break;
            if (line.inText) {
                if (line.delta != 0 && !line.blank)
                    indent(all, line, shifted(line));
                blanks = 0;
                continue;
            }
            if (line.blank) {
                if (++blanks > 1)
                    all.push_back({{line.begin, line.next}, {}});
                else if (line.end > line.begin)
                    all.push_back({{line.begin, line.end}, {}});
                continue;
            }
            blanks = 0;
            indent(all, line, line.column ? *line.column : shifted(line));
            if (line.trimmed < line.end && !line.keepsEnd)
                all.push_back({{line.trimmed, line.end}, {}});
        }
        if (!m_text.empty() && m_text.back() != '\n')
            all.push_back({{m_text.size(), m_text.size()}, lineBreak()});
        return all;
    }

private:
    struct Line
    {
        std::size_t begin = 0;
        std::size_t content = 0; ///< first byte that is no blank
        std::size_t trimmed = 0; ///< behind the last byte that is no blank
        std::size_t end = 0;     ///< without line break
        std::size_t next = 0;
        bool blank = false;
        bool comment = false;
        bool inText = false;   ///< inside a scalar of several lines
        bool keepsEnd = false; ///< blanks at its end belong to a scalar
        std::optional<std::size_t> column;
        std::ptrdiff_t delta = 0;
    };

    void readLine(std::size_t number)
    {
        Line &line = m_lines[number];
        line.begin = m_index.lineBegin(number + 1);
        if (number == 0 && m_text.starts_with("\xEF\xBB\xBF"))
            line.begin = 3;
        line.next = number + 1 < m_lines.size() ? m_index.lineBegin(number + 2) : m_text.size();
        line.end = line.next;
        while (line.end > line.begin && (m_text[line.end - 1] == '\n' || m_text[line.end - 1] == '\r'))
            --line.end;
        line.content = line.begin;
        while (line.content < line.end && (m_text[line.content] == ' ' || m_text[line.content] == '\t'))
            ++line.content;
        line.trimmed = line.end;
        while (line.trimmed > line.content &&
               (m_text[line.trimmed - 1] == ' ' || m_text[line.trimmed - 1] == '\t'))
            --line.trimmed;
        line.blank = line.content == line.end;
        line.comment = !line.blank && m_text[line.content] == '#';
    }

    std::string lineBreak() const
    {
        return m_text.find("\r\n") != std::string::npos ? "\r\n" : "\n";
    }
    std::size_t lineOf(std::size_t offset) const
    {
        return m_index.position(std::min(offset, m_text.size())).line - 1;
    }
    std::size_t shifted(const Line &line) const
    {
        const auto old = static_cast<std::ptrdiff_t>(line.content - line.begin);
        return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, old + line.delta));
    }
    static void indent(std::vector<flow::Replacement> &all, const Line &line, std::size_t column)
    {
        if (line.content - line.begin != column)
            all.push_back({{line.begin, line.content}, std::string(column, ' ')});
    }

    /// The line a node begins goes to a column when nothing but blanks stands before the node.
    void startsLine(std::size_t offset, std::size_t column)
    {
        Line &line = m_lines[lineOf(offset)];
        if (line.content != offset || line.column)
            return;
        line.column = column;
        line.delta = static_cast<std::ptrdiff_t>(column) -
                     static_cast<std::ptrdiff_t>(line.content - line.begin);
    }

    /// The lines of a scalar or a flow collection behind its first move along with that one.
    void follow(const Node &node, std::ptrdiff_t delta)
    {
        const std::size_t first = lineOf(node.whole.begin);
        const std::size_t end = node.whole.end > node.whole.begin ? node.whole.end - 1 : node.whole.end;
        const std::size_t last = lineOf(end);
        for (std::size_t i = first; i <= last && i < m_lines.size(); ++i) {
            if (i > first)
                m_lines[i].delta = delta;
            const bool scalar = node.isScalar();
            if (scalar && i > first)
                m_lines[i].inText = true;
            if (scalar && i < last)
                m_lines[i].keepsEnd = true;
        }
    }

    static bool isBlock(const Node &node)
    {
        return (node.isMapping() || node.isSequence()) && !node.flowStyle &&
               !(node.entries.empty() && node.items.empty());
    }

    void place(const Node &node, std::size_t column)
    {
        if (!isBlock(node)) {
            follow(node, 0);
            return;
        }
        for (const flow::Entry &entry : node.entries) {
            const Line &line = m_lines[lineOf(entry.key->whole.begin)];
            startsLine(entry.key->whole.begin, column);
            const std::ptrdiff_t delta = static_cast<std::ptrdiff_t>(column) -
                                         static_cast<std::ptrdiff_t>(entry.key->whole.begin - line.begin);
            value(*entry.value, column, delta);
        }
        for (const Node *item : node.items) {
            const std::size_t dash = dashOf(*item);
            startsLine(dash, column);
            const std::size_t content = item->whole.begin;
            const bool sameLine = lineOf(dash) == lineOf(content) && content > dash;
            if (sameLine && content - dash > kStep &&
                m_text.find_first_not_of(' ', dash + 1) == content && !item->whole.empty())
                m_inner.push_back({{dash + kStep, content}, {}});
            const auto old = static_cast<std::ptrdiff_t>(
                sameLine ? content - m_lines[lineOf(content)].begin
                         : dash - m_lines[lineOf(dash)].begin);
            const std::ptrdiff_t delta =
                static_cast<std::ptrdiff_t>(column + (sameLine ? kStep : 0)) - old;
            if (isBlock(*item))
                place(*item, column + kStep);
            else
                follow(*item, delta);
        }
    }

    void value(const Node &node, std::size_t column, std::ptrdiff_t delta)
    {
        if (isBlock(node)) {
            place(node, column + kStep);
            return;
        }
        Line &line = m_lines[lineOf(node.whole.begin)];
        if (line.content == node.whole.begin && !node.whole.empty() && !line.column) {
            startsLine(node.whole.begin, column + kStep); // `key:` and its value on the next line
            delta = line.delta;
        }
        follow(node, delta);
    }

    /// The dash in front of an item.
    std::size_t dashOf(const Node &item) const
    {
        std::size_t at = item.whole.begin;
        while (at > 0 && m_text[at - 1] != '-') {
            if (m_text[at - 1] == '\n') { // comments may stand between a dash and its item
                const std::size_t line = lineOf(at - 1);
                const Line &above = m_lines[line];
                at = above.comment ? above.begin : at - 1;
                continue;
            }
            --at;
        }
        return at == 0 ? 0 : at - 1;
    }

    /// A comment of its own stands with the line below it when it did before, else with the one above.
    void placeComments()
    {
        std::optional<std::size_t> below;
        std::size_t belowOld = 0;
        for (std::size_t i = m_lines.size(); i-- > 0;) {
            Line &line = m_lines[i];
            if (line.blank || line.inText)
                continue;
            if (!line.comment) {
                below = line.column ? *line.column : shifted(line);
                belowOld = line.content - line.begin;
                continue;
            }
            if (line.column)
                continue;
            if (below && line.content - line.begin == belowOld) {
                line.column = *below;
                continue;
            }
            for (std::size_t above = i; above-- > 0;)
                if (!m_lines[above].blank && !m_lines[above].comment && !m_lines[above].inText) {
                    line.delta = m_lines[above].delta;
                    break;
                }
        }
    }

    const std::string &m_text;
    flow::LineIndex m_index;
    std::vector<Line> m_lines;
    std::vector<flow::Replacement> m_inner; // inside lines
};

std::string meaningOf(const flow::Tree &tree)
{
    return tree.root() ? flow::toJson(flow::toValue(*tree.root())) : std::string();
}

} // namespace

std::optional<std::vector<flow::Replacement>> formatChanges(const std::string &text)
{
    const std::shared_ptr<const flow::Tree> tree = flow::Tree::parse(text);
    if (!tree->root() || !tree->faults().empty())
        return std::nullopt;
    const flow::Result<flow::Edit> edit =
        flow::Edit::make({}, text, Formatter(text, *tree->root()).changes());
    if (!edit)
        return std::nullopt;
    const std::shared_ptr<const flow::Tree> after = flow::Tree::parse(edit->applyTo(text));
    if (!after->faults().empty() || meaningOf(*after) != meaningOf(*tree))
        return std::nullopt;
    return edit->replacements();
}

} // namespace editor
