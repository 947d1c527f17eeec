#include "engine/expr/unicode_text.h"

#include "engine/flow/utf8.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace expr {
namespace {

bool isAscii(const std::string &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string toUtf8(const icu::UnicodeString &text)
{
    std::string out;
    text.toUTF8String(out);
    return out;
}

} // namespace

std::string toUpper(const std::string &text)
{
    if (!isAscii(text))
        return toUtf8(icu::UnicodeString::fromUTF8(text).toUpper(icu::Locale::getRoot()));
    std::string out = text;
    for (char &c : out)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 32);
    return out;
}

std::string toLower(const std::string &text)
{
    if (!isAscii(text))
        return toUtf8(icu::UnicodeString::fromUTF8(text).toLower(icu::Locale::getRoot()));
    std::string out = text;
    for (char &c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    return out;
}

bool isJavaSpace(char32_t code)
{
    return u_isWhitespace(static_cast<UChar32>(code));
}

int digitValue(char32_t code)
{
    return u_charDigitValue(static_cast<UChar32>(code));
}

std::string titleWords(const std::string &text)
{
    std::string out;
    bool start = true;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = flow::utf8::next(text, at);
        flow::utf8::append(out, start ? static_cast<char32_t>(u_totitle(static_cast<UChar32>(code))) : code);
        start = isJavaSpace(code);
    }
    return out;
}

std::string capitalizeFirst(const std::string &text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t code = flow::utf8::next(text, at);
        if (isJavaSpace(code))
            continue;
        std::string out = text.substr(0, begin);
        flow::utf8::append(out, static_cast<char32_t>(u_totitle(static_cast<UChar32>(code))));
        return out + text.substr(at);
    }
    return text;
}

std::string slug(const std::string &text)
{
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString spaced = icu::UnicodeString::fromUTF8(text);
    if (const icu::Normalizer2 *nfd = icu::Normalizer2::getNFDInstance(status); U_SUCCESS(status))
        spaced = nfd->normalize(spaced, status);
    std::string out;
    for (int i = 0; i < spaced.length(); ++i) {
        char16_t unit = spaced[i];
        if (unit == ' ' || (unit >= '\t' && unit <= '\r') || unit == '_')
            unit = '-';
        if (unit == '-') {
            if (!out.ends_with('-'))
                out += '-';
        } else if (unit < 0x80 && std::isalnum(unit)) {
            out += static_cast<char>(std::tolower(unit));
        }
    }
    if (out.starts_with('-'))
        out.erase(0, 1);
    if (out.ends_with('-'))
        out.pop_back();
    return out;
}

} // namespace expr
