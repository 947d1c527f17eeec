#include "engine/expr/date_pattern.h"

#include "engine/expr/date_names.h"
#include "engine/expr/failure.h"

#include <map>
#include <mutex>
#include <string_view>

namespace expr {
namespace {

[[noreturn]] void refuse(const std::string &why)
{
    throwJava("java.lang.IllegalArgumentException", why);
}

/// How often a letter may stand: 0 is any number.
int most(char letter)
{
    switch (letter) {
    case 'd':
    case 'h':
    case 'H':
    case 'k':
    case 'K':
    case 'm':
    case 's':
    case 'w': return 2;
    case 'D': return 3;
    case 'F':
    case 'W':
    case 'a': return 1;
    case 'S': return 9;
    case 'G':
    case 'M':
    case 'L':
    case 'Q':
    case 'q':
    case 'E':
    case 'e':
    case 'c':
    case 'B':
    case 'X':
    case 'x':
    case 'Z': return 5;
    case 'O':
    case 'v':
    case 'z': return 4;
    case 'V': return 2;
    default: return 19;
    }
}

Pattern read(const std::string &text)
{
    Pattern items;
    int depth = 0;
    int pad = 0;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            std::size_t end = i;
            while (end < text.size() && text[end] == c)
                ++end;
            const int count = static_cast<int>(end - i);
            i = end;
            if (c == 'p') {
                if (i >= text.size() || !std::isalpha(static_cast<unsigned char>(text[i])))
                    refuse("Pad letter 'p' must be followed by valid pad pattern: " + text);
                pad = count;
                continue;
            }
            if (std::string_view("GuyYDMLQqwWdFEecaBhHkKmsSAnNVvzOXxZg").find(c) == std::string_view::npos)
                refuse("Unknown pattern letter: " + std::string(1, c));
            const std::string tooMany = "Too many pattern letters: " + std::string(1, c);
            if (count > most(c))
                refuse(tooMany);
            if (c == 'V' && count != 2)
                refuse("Pattern letter count must be 2: V");
            if ((c == 'O' || c == 'v') && count != 1 && count != 4)
                refuse((c == 'O' ? "Pattern letter count must be 1 or 4: " : "Wrong number of pattern letters: ") + std::string(1, c));
            if (c == 'c' && count == 2)
                refuse("Invalid pattern \"cc\"");
            if (c == 'B' && (count == 2 || count == 3))
                refuse("Wrong number of pattern letters: B");
            items.push_back({c, count, pad, {}});
            pad = 0;
            continue;
        }
        if (c == '\'') {
            std::string literal;
            std::size_t end = i + 1;
            for (; end < text.size(); ++end) {
                if (text[end] != '\'') {
                    literal += text[end];
                } else if (end + 1 < text.size() && text[end + 1] == '\'') {
                    literal += '\'';
                    ++end;
                } else {
                    break;
                }
            }
            if (end >= text.size())
                refuse("Pattern ends with an incomplete string literal: " + text);
            items.push_back({0, 0, 0, literal.empty() ? "'" : literal});
            i = end + 1;
            continue;
        }
        if (c == '[' || c == ']') {
            depth += c == '[' ? 1 : -1;
            if (depth < 0)
                refuse("Pattern invalid as it contains ] without previous [");
            items.push_back({c, 1, 0, {}});
        } else if (c == '{' || c == '}' || c == '#') {
            refuse("Pattern includes reserved character: '" + std::string(1, c) + "'");
        } else {
            items.push_back({0, 0, 0, std::string(1, c)});
        }
        ++i;
    }
    return items;
}

} // namespace

std::string patternNamed(const std::string &format, const std::string &locale)
{
    static const std::map<std::string, std::string, std::less<>> kNames{
        {"iso", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX"},
        {"iso_milli", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"},
        {"iso_sec", "yyyy-MM-dd'T'HH:mm:ssXXX"},
        {"sql", "yyyy-MM-dd HH:mm:ss.SSSSSS"},
        {"sql_milli", "yyyy-MM-dd HH:mm:ss.SSS"},
        {"sql_sec", "yyyy-MM-dd HH:mm:ss"},
    };
    if (const auto at = kNames.find(format); at != kNames.end())
        return at->second;
    static constexpr std::string_view kStyles[] = {"full", "long", "medium", "short"};
    for (std::size_t i = 0; i < std::size(kStyles); ++i)
        if (format == kStyles[i])
            return dateNames(locale)->patterns[i];
    return format;
}

std::shared_ptr<const Pattern> readPattern(const std::string &text)
{
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<const Pattern>> known;
    const std::lock_guard lock(mutex);
    if (const auto at = known.find(text); at != known.end())
        return at->second;
    auto made = std::make_shared<const Pattern>(read(text));
    if (known.size() > 512)
        known.clear();
    known[text] = made;
    return made;
}

} // namespace expr
