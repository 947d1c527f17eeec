#include "engine/flow/edits/lines.h"

#include <algorithm>

namespace flow::edits {

namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kBreaks = "\r\n";

std::size_t breakLength(std::string_view text, std::size_t offset)
{
    if (offset >= text.size())
        return 0;
    return text.substr(offset, 2) == kBreaks ? 2 : 1;
}

} // namespace

std::size_t lineBegin(std::string_view text, std::size_t offset)
{
    std::size_t begin = std::min(offset, text.size());
    if (begin > 0 && begin < text.size() && text[begin] == '\n' && text[begin - 1] == '\r')
        --begin;
    while (begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '\r')
        --begin;
    return begin == 0 && text.starts_with(kBom) ? kBom.size() : begin;
}

std::size_t lineEnd(std::string_view text, std::size_t offset)
{
    const std::size_t end = text.find_first_of(kBreaks, offset);
    return end == std::string_view::npos ? text.size() : end;
}

std::size_t nextLine(std::string_view text, std::size_t offset)
{
    const std::size_t end = lineEnd(text, offset);
    return end + breakLength(text, end);
}

std::size_t column(std::string_view text, std::size_t offset)
{
    const std::size_t begin = lineBegin(text, offset);
    return offset > begin ? offset - begin : 0;
}

std::size_t skipBlanks(std::string_view text, std::size_t offset)
{
    while (offset < text.size() && (text[offset] == ' ' || text[offset] == '\t'))
        ++offset;
    return offset;
}

bool isBlankLine(std::string_view text, std::size_t begin)
{
    const std::size_t content = skipBlanks(text, begin);
    return content >= text.size() || text[content] == '\n' || text[content] == '\r';
}

bool isCommentLine(std::string_view text, std::size_t begin)
{
    const std::size_t content = skipBlanks(text, begin);
    return content < text.size() && text[content] == '#';
}

std::size_t indentOf(std::string_view text, std::size_t begin)
{
    std::size_t end = begin;
    while (end < text.size() && text[end] == ' ')
        ++end;
    return end - begin;
}

bool endsWithBreak(std::string_view text)
{
    return !text.empty() && (text.back() == '\n' || text.back() == '\r');
}

std::string_view breakAt(std::string_view text, std::size_t offset)
{
    std::size_t at = std::string_view::npos;
    if (offset > 0)
        at = text.find_last_of(kBreaks, std::min(offset, text.size()) - 1);
    if (at == std::string_view::npos)
        at = text.find_first_of(kBreaks);
    if (at == std::string_view::npos)
        return "\n";
    if (at > 0 && text[at] == '\n' && text[at - 1] == '\r')
        --at;
    return text.substr(at, breakLength(text, at));
}

std::size_t blankLinesBefore(std::string_view text, std::size_t begin)
{
    while (begin > 0 && begin <= text.size() && endsWithBreak(text.substr(0, begin))) {
        const std::size_t previous = lineBegin(text, begin - 1);
        if (!isBlankLine(text, previous))
            break;
        begin = previous;
    }
    return begin;
}

std::size_t blankLinesAfter(std::string_view text, std::size_t begin)
{
    while (begin < text.size() && isBlankLine(text, begin))
        begin = nextLine(text, begin);
    return begin;
}

std::string shifted(std::string_view lines, std::ptrdiff_t delta, bool skipFirst)
{
    std::string result;
    result.reserve(lines.size() + 64);
    std::size_t begin = 0;
    while (begin < lines.size()) {
        const std::size_t next = nextLine(lines, begin);
        const bool empty = lineEnd(lines, begin) == begin;
        if (!empty && !(skipFirst && begin == 0)) {
            if (delta > 0)
                result.append(static_cast<std::size_t>(delta), ' ');
            else
                begin += std::min(static_cast<std::size_t>(-delta), indentOf(lines, begin));
        }
        result.append(lines.substr(begin, next - begin));
        begin = next;
    }
    return result;
}

std::string withBreaks(std::string_view text, std::string_view lineBreak)
{
    std::string result;
    result.reserve(text.size());
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = lineEnd(text, begin);
        result.append(text.substr(begin, end - begin));
        if (end < text.size())
            result.append(lineBreak);
        begin = nextLine(text, begin);
    }
    return result;
}

} // namespace flow::edits
