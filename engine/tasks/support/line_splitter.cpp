#include "engine/tasks/support/line_splitter.h"

#include "engine/flow/utf8.h"

#include <algorithm>

namespace tasks {

namespace {

/// Bytes at `at` that begin a character but don't complete it; at least 1.
std::size_t brokenLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0xC2 || lead > 0xF4)
        return 1;
    const std::size_t wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
    std::size_t length = 1;
    while (length < wanted && at + length < text.size() && byte(at + length) >= low && byte(at + length) <= high) {
        ++length;
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

} // namespace

std::string repairedUtf8(std::string_view bytes)
{
    std::string out;
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t valid = flow::utf8::firstInvalid(bytes.substr(at));
        out.append(bytes.substr(at, valid));
        at += valid;
        if (at >= bytes.size())
            break;
        out += "\xEF\xBF\xBD";
        at += brokenLength(bytes, at);
    }
    return out;
}

bool LineSplitter::isValid(std::string_view line)
{
    return flow::utf8::firstInvalid(line) == line.size();
}

std::string LineSplitter::repaired(std::string_view line)
{
    return repairedUtf8(line);
}

} // namespace tasks
