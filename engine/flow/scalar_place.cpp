#include "engine/flow/scalar_place.h"

#include <algorithm>

namespace flow {
namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Bytes of an escape of a double-quoted text: `\n`, `\x41`, `\u0041`, `\U0001F600`.
std::size_t escapeLength(std::string_view raw, std::size_t at)
{
    const char kind = at + 1 < raw.size() ? raw[at + 1] : '\0';
    return kind == 'x' ? 4 : kind == 'u' ? 6 : kind == 'U' ? 10 : 2;
}

} // namespace

std::size_t placeInScalar(std::string_view text, const Node &scalar, std::size_t offset)
{
    const Range range = scalar.range;
    const std::string_view raw = text.substr(range.begin, range.end - range.begin);
    const std::string_view decoded = scalar.text;
    std::size_t at = 0;
    if (scalar.style == ScalarStyle::Literal || scalar.style == ScalarStyle::Folded)
        at = std::min(raw.find('\n'), raw.size()); // behind `|-`
    else if (scalar.style != ScalarStyle::Plain)
        at = 1; // behind the quote
    const bool escapes = scalar.style == ScalarStyle::DoubleQuoted;
    for (std::size_t i = 0; at < raw.size() && i < decoded.size() && i <= offset; ++i) {
        // White space may be folded, trimmed or indentation: it is not counted on either side.
        if (isBlank(decoded[i])) {
            const std::size_t next = std::min(raw.find_first_not_of(" \t\r\n", at), raw.size());
            const bool written = escapes && next + 1 < raw.size() && raw[next] == '\\' && std::string_view("nrt \t").find(raw[next + 1]) != std::string_view::npos;
            if (i < offset && written)
                at = next + 2;
            continue;
        }
        at = std::min(raw.find_first_not_of(" \t\r\n", at), raw.size());
        if (i == offset)
            break;
        if (escapes && at < raw.size() && raw[at] == '\\') {
            at += escapeLength(raw, at);
            while (i + 1 < decoded.size() && (static_cast<unsigned char>(decoded[i + 1]) & 0xC0) == 0x80)
                ++i; // the other bytes of what the escape means
        } else {
            at += scalar.style == ScalarStyle::SingleQuoted && raw.substr(at, 2) == "''" ? 2 : 1;
        }
    }
    return range.begin + std::min(at, raw.size());
}

} // namespace flow
