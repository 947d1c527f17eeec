#include "editor/line_commands.h"

#include "editor/line_diff.h"
#include "editor/yaml_scanner.h"

#include <algorithm>

namespace editor::commands {

namespace {

constexpr std::size_t kStep = 2;

std::string_view newlineOf(std::string_view text)
{
    const std::size_t at = text.find('\n');
    return at != std::string_view::npos && at > 0 && text[at - 1] == '\r' ? "\r\n" : "\n";
}

std::size_t lineBegin(std::string_view text, std::size_t offset)
{
    const std::size_t at = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    return at == std::string_view::npos ? 0 : at + 1;
}

/// After the line break, or the end of the text.
std::size_t lineEnd(std::string_view text, std::size_t offset)
{
    const std::size_t at = text.find('\n', offset);
    return at == std::string_view::npos ? text.size() : at + 1;
}

std::string_view withoutBreak(std::string_view line)
{
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

/// The whole lines a selection touches; a selection that ends at the beginning of a line leaves it
/// out.
flow::Range wholeLines(std::string_view text, flow::Range selection)
{
    const std::size_t begin = lineBegin(text, selection.begin);
    const std::size_t last =
        selection.end > selection.begin && selection.end == lineBegin(text, selection.end)
            ? selection.end - 1
            : selection.end;
    return {begin, lineEnd(text, last)};
}

/// Carets after replacements that stand in order.
Caret mapped(Caret caret, const std::vector<flow::Replacement> &replacements)
{
    const auto map = [&](std::size_t offset) {
        std::ptrdiff_t shift = 0;
        for (const flow::Replacement &change : replacements) {
            if (change.range.begin > offset ||
                (change.range.begin == offset && !change.range.empty()))
                break;
            if (change.range.end > offset) {
                shift += static_cast<std::ptrdiff_t>(change.range.begin) -
                         static_cast<std::ptrdiff_t>(offset);
                break;
            }
            shift += static_cast<std::ptrdiff_t>(change.text.size()) -
                     static_cast<std::ptrdiff_t>(change.range.size());
        }
        return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(offset) + shift);
    };
    return {map(caret.anchor), map(caret.position)};
}

std::optional<TextChange> changed(Caret caret, std::vector<flow::Replacement> replacements)
{
    if (replacements.empty())
        return std::nullopt;
    const Caret after = mapped(caret, replacements);
    return TextChange{std::move(replacements), after};
}

/// Columns a line's list dashes take: `- - a` gives 4.
std::size_t dashes(std::string_view line, std::size_t at)
{
    const std::size_t begin = at;
    while (at < line.size() && line[at] == '-' && at + 1 < line.size() && line[at + 1] == ' ') {
        ++at;
        while (at < line.size() && line[at] == ' ')
            ++at;
    }
    return at - begin;
}

/// The part of a line before its comment, without trailing blanks.
std::string_view content(std::string_view line)
{
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) {
            line = line.substr(0, i);
            break;
        }
    }
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t'))
        line.remove_suffix(1);
    return line;
}

bool opensBlock(std::string_view value)
{
    const std::size_t mark = value.find_last_of("|>");
    if (mark == std::string_view::npos || value.size() - mark > 3)
        return false;
    if (value.find_first_not_of("+-123456789", mark + 1) != std::string_view::npos)
        return false;
    return mark == 0 || value[mark - 1] == ' ';
}

} // namespace

std::optional<TextChange> toggleComment(std::string_view text, Caret caret, std::string_view sign)
{
    const flow::Range range = wholeLines(text, caret.range());
    const std::vector<std::string_view> lines = splitLines(text.substr(range.begin, range.size()));
    std::size_t column = std::string_view::npos;
    bool all = true;
    for (std::string_view line : lines) {
        const std::size_t indent = indentOf(withoutBreak(line));
        if (indent == std::string_view::npos)
            continue;
        column = std::min(column, indent);
        all = all && line.substr(indent).starts_with(sign);
    }
    if (column == std::string_view::npos)
        return std::nullopt;
    std::vector<flow::Replacement> changes;
    for (std::string_view line : lines) {
        const std::size_t indent = indentOf(withoutBreak(line));
        if (indent == std::string_view::npos)
            continue;
        const auto begin = static_cast<std::size_t>(line.data() - text.data());
        const std::size_t after = indent + sign.size();
        if (all)
            changes.push_back(
                {{begin + indent, begin + after + line.substr(after).starts_with(' ')}, ""});
        else
            changes.push_back({{begin + column, begin + column}, std::string(sign) + " "});
    }
    return changed(caret, std::move(changes));
}

std::optional<TextChange> moveLines(std::string_view text, Caret caret, bool up)
{
    const flow::Range range = wholeLines(text, caret.range());
    const flow::Range other =
        up ? flow::Range{range.begin == 0 ? 0 : lineBegin(text, range.begin - 1), range.begin}
           : flow::Range{range.end, range.end < text.size() ? lineEnd(text, range.end) : range.end};
    if (other.empty() || range.empty())
        return std::nullopt;
    const flow::Range whole{std::min(range.begin, other.begin), std::max(range.end, other.end)};
    std::string first(
        text.substr(up ? range.begin : other.begin, up ? range.size() : other.size()));
    std::string second(
        text.substr(up ? other.begin : range.begin, up ? other.size() : range.size()));
    if (first.back() != '\n') { // the text's last line has no line break: it goes between the two
        first += newlineOf(text);
        second = withoutBreak(second);
    }
    const std::size_t target = up ? whole.begin : whole.begin + first.size();
    const auto moved = [&](std::size_t offset) { return target + (offset - range.begin); };
    const std::size_t end = whole.begin + first.size() + second.size();
    TextChange change{{{whole, first + second}},
                      {std::min(moved(caret.anchor), end), std::min(moved(caret.position), end)}};
    return change;
}

std::optional<TextChange> duplicateLines(std::string_view text, Caret caret)
{
    const flow::Range range = wholeLines(text, caret.range());
    std::string copy(text.substr(range.begin, range.size()));
    if (copy.empty())
        return std::nullopt;
    if (copy.back() != '\n')
        copy = std::string(newlineOf(text)) + copy;
    const std::size_t shift = copy.size();
    return TextChange{{{{range.end, range.end}, std::move(copy)}},
                      {caret.anchor + shift, caret.position + shift}};
}

std::optional<TextChange> deleteLines(std::string_view text, Caret caret)
{
    flow::Range range = wholeLines(text, caret.range());
    if (range.empty())
        return std::nullopt;
    const std::size_t column = caret.position - lineBegin(text, caret.position);
    if (range.end == text.size() && text[range.end - 1] != '\n' &&
        range.begin > 0) // the break before goes with it
        range.begin -= range.begin > 1 && text[range.begin - 2] == '\r' ? 2 : 1;
    const std::size_t next = range.end < text.size() ? range.end : lineBegin(text, range.begin);
    const std::size_t width = withoutBreak(text.substr(next, lineEnd(text, next) - next)).size();
    const std::size_t begin = range.end < text.size() ? range.begin : next;
    const std::size_t at = std::min(begin + std::min(column, width), text.size() - range.size());
    return TextChange{{{range, ""}}, {at, at}};
}

std::optional<TextChange> indentLines(std::string_view text, Caret caret, bool back)
{
    const flow::Range range = wholeLines(text, caret.range());
    std::vector<flow::Replacement> changes;
    for (std::string_view line : splitLines(text.substr(range.begin, range.size()))) {
        const auto begin = static_cast<std::size_t>(line.data() - text.data());
        if (!back) {
            if (!withoutBreak(line).empty())
                changes.push_back({{begin, begin}, std::string(kStep, ' ')});
            continue;
        }
        std::size_t width = 0;
        while (width < kStep && width < line.size() && line[width] == ' ')
            ++width;
        if (width == 0 && !line.empty() && line[0] == '\t')
            width = 1;
        if (width)
            changes.push_back({{begin, begin + width}, ""});
    }
    return changed(caret, std::move(changes));
}

TextChange newline(std::string_view text, Caret caret)
{
    const flow::Range range = caret.range();
    const std::size_t begin = lineBegin(text, range.begin);
    const std::string_view line = text.substr(begin, range.begin - begin);
    std::size_t indent = indentOf(line);
    if (indent == std::string_view::npos) {
        indent = line.size();
    } else if (line[indent] != '#') {
        const std::string_view written = content(line);
        const std::size_t dash = dashes(line, indent);
        if (written.size() == indent + 1 && written.back() == '-')
            indent = indent + 0; // an empty item: the next dash stands under it
        else if (written.ends_with(':') ||
                 opensBlock(written.substr(std::min(indent + dash, written.size()))))
            indent += dash + kStep;
        else if (dash && content(line).find(": ") != std::string_view::npos)
            indent += dash;
    }
    std::size_t end = range.end; // blanks the caret stood before would add to the indentation
    while (end < text.size() && text[end] == ' ')
        ++end;
    std::string inserted(newlineOf(text));
    const std::size_t at = range.begin + inserted.size() + indent;
    inserted += std::string(indent, ' ');
    return {{{{range.begin, end}, std::move(inserted)}}, {at, at}};
}

TextChange insertTab(std::string_view text, Caret caret)
{
    const flow::Range range = caret.range();
    const std::size_t column = range.begin - lineBegin(text, range.begin);
    const std::size_t width = kStep - column % kStep;
    return {{{range, std::string(width, ' ')}}, {range.begin + width, range.begin + width}};
}

TextChange paste(std::string_view text, Caret caret, std::string_view clipboard)
{
    const flow::Range range = caret.range();
    const std::string_view newline = newlineOf(text);
    const std::size_t begin = lineBegin(text, range.begin);
    const bool atStart =
        withoutBreak(text.substr(begin, range.begin - begin)).find_first_not_of(' ') ==
        std::string_view::npos;
    std::vector<std::string_view> lines = splitLines(clipboard);
    std::size_t least = std::string_view::npos;
    for (std::size_t i = 1; i < lines.size(); ++i)
        least = std::min(least, indentOf(withoutBreak(lines[i])));
    // A copied first line often lacks its indentation: the others tell how deep the piece stood.
    const bool indented =
        atStart && range.begin > begin && lines.size() > 1 && least != std::string_view::npos;
    std::size_t dedent = 0;
    if (indented) {
        const std::size_t first = indentOf(withoutBreak(lines[0])) == std::string_view::npos
                                      ? 0
                                      : indentOf(withoutBreak(lines[0]));
        dedent = first > 0 ? std::min(first, least) : least - std::min(least, dashes(lines[0], 0));
    }
    std::string inserted;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string_view line = withoutBreak(lines[i]);
        const bool broken = lines[i].size() != line.size();
        if (indented) {
            const std::size_t indent = std::min(
                indentOf(line) == std::string_view::npos ? line.size() : indentOf(line), dedent);
            line.remove_prefix(indent);
            if (i > 0 && !line.empty())
                inserted += std::string(range.begin - begin, ' ');
        }
        inserted += line;
        if (broken)
            inserted += newline;
    }
    const std::size_t at = range.begin + inserted.size();
    return {{{range, std::move(inserted)}}, {at, at}};
}

} // namespace editor::commands
