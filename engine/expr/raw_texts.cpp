#include "engine/expr/raw_texts.h"

#include <cstdio>
#include <cstdlib>

namespace expr {
namespace {

constexpr std::string_view kMark = "1ea70000-7e3b-4d4a-9c5f-";
constexpr std::size_t kMarkSize = 36;

std::string mark(std::size_t number)
{
    char digits[24];
    std::snprintf(digits, sizeof digits, "%012zx", number);
    return std::string(kMark) + digits;
}

/// Behind `{%- name -%}` at an offset, or npos.
std::size_t tagEnd(std::string_view text, std::size_t at, std::string_view name)
{
    const auto skip = [&text, &at](std::string_view characters) {
        while (at < text.size() && characters.find(text[at]) != std::string_view::npos)
            ++at;
    };
    at += 2;
    skip("-");
    skip(" \t\n\v\f\r");
    if (!text.substr(at).starts_with(name))
        return std::string_view::npos;
    at += name.size();
    skip(" \t\n\v\f\r");
    skip("-");
    return text.substr(at).starts_with("%}") ? at + 2 : std::string_view::npos;
}

} // namespace

std::size_t RawTexts::toOriginal(std::size_t offset) const
{
    std::size_t out = offset;
    for (const Place &place : places) {
        if (offset < place.mark + kMarkSize)
            break;
        out = offset - (place.mark + kMarkSize) + place.original;
    }
    return out;
}

RawTexts takeRawTexts(std::string_view text)
{
    RawTexts raw;
    std::size_t done = 0;
    for (std::size_t at = text.find("{%"); at != std::string_view::npos; at = text.find("{%", at)) {
        const std::size_t begin = tagEnd(text, at, "raw");
        if (begin == std::string_view::npos) {
            at += 2;
            continue;
        }
        const std::size_t line = std::min(text.find_first_of("\n\r", begin), text.size());
        std::size_t close = text.find("{%", begin), end = std::string_view::npos;
        for (; close != std::string_view::npos && close <= line; close = text.find("{%", close + 2))
            if ((end = tagEnd(text, close, "endraw")) != std::string_view::npos)
                break;
        if (end == std::string_view::npos) {
            at += 2;
            continue;
        }
        raw.text += text.substr(done, at - done);
        raw.places.push_back({raw.text.size(), end});
        raw.text += mark(raw.bodies.size());
        raw.bodies.emplace_back(text.substr(at, end - at));
        raw.inner.emplace_back(text.substr(begin, close - begin));
        done = at = end;
    }
    if (raw.found())
        raw.text += text.substr(done);
    return raw;
}

void stripRawTags(std::string &text)
{
    if (text.find("{%") == std::string::npos)
        return;
    RawTexts raw = takeRawTexts(text);
    if (!raw.found())
        return;
    putBackRawTexts(raw.text, raw.inner);
    text = std::move(raw.text);
}

void putBackRawTexts(std::string &text, const std::vector<std::string> &bodies)
{
    if (bodies.empty())
        return;
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = text.find(kMark); at != std::string::npos; at = text.find(kMark, at)) {
        const std::size_t number = std::strtoull(text.substr(at + kMark.size(), 12).c_str(), nullptr, 16);
        if (number >= bodies.size() || text.compare(at, kMarkSize, mark(number)) != 0) {
            at += kMark.size();
            continue;
        }
        out.append(text, done, at - done);
        out += bodies[number];
        done = at += kMarkSize;
    }
    out.append(text, done);
    text = std::move(out);
}

} // namespace expr
