#include "engine/flow/utf8.h"

namespace flow::utf8 {

std::size_t length(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return 0;
    const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80)
        return 1;
    std::size_t count = 0;
    unsigned char low = 0x80, high = 0xBF; // of the second byte
    if (first >= 0xC2 && first <= 0xDF) {
        count = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
        count = 3;
        if (first == 0xE0)
            low = 0xA0;
        if (first == 0xED)
            high = 0x9F;
    } else if (first >= 0xF0 && first <= 0xF4) {
        count = 4;
        if (first == 0xF0)
            low = 0x90;
        if (first == 0xF4)
            high = 0x8F;
    }
    if (count == 0 || at + count > text.size() || byte(at + 1) < low || byte(at + 1) > high)
        return 0;
    for (std::size_t i = 2; i < count; ++i)
        if ((byte(at + i) & 0xC0) != 0x80)
            return 0;
    return count;
}

char32_t next(std::string_view text, std::size_t &at)
{
    const std::size_t count = length(text, at);
    const auto first = static_cast<unsigned char>(text[at]);
    if (count == 0) {
        ++at;
        return 0xFFFD;
    }
    char32_t code = count == 1 ? first : first & (0xFFu >> (count + 1));
    for (std::size_t i = 1; i < count; ++i)
        code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    at += count;
    return code;
}

void append(std::string &out, char32_t code)
{
    if ((code >= 0xD800 && code < 0xE000) || code > 0x10FFFF)
        code = 0xFFFD;
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | code >> 18);
        out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

std::size_t firstInvalid(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        const std::size_t count = length(text, at);
        if (count == 0)
            return at;
        at += count;
    }
    return text.size();
}

namespace {

/// Bytes at `at` that begin a character but don't complete it, as Java's decoder counts them; at least 1.
std::size_t brokenLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0xC2 || lead > 0xF4)
        return 1;
    const std::size_t wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xF4 ? 0x8F : 0xBF;
    std::size_t length = 1;
    while (length < wanted && at + length < text.size() && byte(at + length) >= low && byte(at + length) <= high) {
        ++length;
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

} // namespace

std::string repaired(std::string_view bytes)
{
    std::string out;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t valid = firstInvalid(bytes.substr(at));
        out.append(bytes.substr(at, valid));
        at += valid;
        if (at < bytes.size()) {
            append(out, 0xFFFD);
            at += brokenLength(bytes, at);
        }
    }
    return out;
}

std::size_t utf16Length(std::string_view text)
{
    std::size_t units = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            ++units;
        } else {
            units += next(text, at) > 0xFFFF ? 2 : 1;
        }
    }
    return units;
}

std::u16string toUtf16(std::string_view text)
{
    std::u16string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = next(text, at);
        if (code > 0xFFFF) {
            out += static_cast<char16_t>(0xD7C0 + (code >> 10));
            out += static_cast<char16_t>(0xDC00 | (code & 0x3FF));
        } else {
            out += static_cast<char16_t>(code);
        }
    }
    return out;
}

std::string fromUtf16(std::u16string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i];
        if (unit < 0xD800 || unit > 0xDFFF) {
            append(out, unit);
        } else if (unit < 0xDC00 && i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] <= 0xDFFF) {
            append(out, 0x10000 + ((unit - 0xD800u) << 10) + (text[i + 1] - 0xDC00u));
            ++i;
        } else {
            out += '?';
        }
    }
    return out;
}

} // namespace flow::utf8
