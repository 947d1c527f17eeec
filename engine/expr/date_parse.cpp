#include "engine/expr/date_names.h"
#include "engine/expr/date_pattern.h"
#include "engine/expr/failure.h"

#include <algorithm>
#include <map>
#include <optional>

namespace expr {
namespace {

[[noreturn]] void notParsed(const std::string &text, std::size_t at)
{
    throwJava("java.time.format.DateTimeParseException", "Text '" + text + "' could not be parsed at index " + std::to_string(at));
}

[[noreturn]] void unsupported(const std::string &text, const std::string &why)
{
    throwJava("java.time.format.DateTimeParseException", "Text '" + text + "' could not be parsed: " + why);
}

bool isNumeric(const PatternItem &item)
{
    switch (item.letter) {
    case 'u':
    case 'y':
    case 'd':
    case 'D':
    case 'H':
    case 'k':
    case 'K':
    case 'h':
    case 'm':
    case 's':
    case 'S':
    case 'n':
    case 'N':
    case 'A': return true;
    case 'M':
    case 'L': return item.count < 3;
    default: return false;
    }
}

/// What a text said, field by field.
struct Fields
{
    std::map<char, std::int64_t> numbers;
    std::optional<int> offset;
    std::optional<TimeZone> zone;
};

class Parser
{
public:
    Parser(const std::string &text, const Pattern &pattern, const std::string &locale) : m_text(text), m_pattern(pattern), m_names(dateNames(locale)) {}

    Fields parse()
    {
        section(0, m_pattern.size(), false);
        if (m_at != m_text.size())
            throwJava("java.time.format.DateTimeParseException",
                      "Text '" + m_text + "' could not be parsed, unparsed text found at index " + std::to_string(m_at));
        return std::move(m_fields);
    }

private:
    std::size_t closing(std::size_t open) const
    {
        int depth = 0;
        for (std::size_t i = open; i < m_pattern.size(); ++i) {
            depth += m_pattern[i].letter == '[' ? 1 : m_pattern[i].letter == ']' ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return m_pattern.size();
    }

    bool section(std::size_t from, std::size_t to, bool optional)
    {
        const std::size_t start = m_at;
        const Fields before = m_fields;
        for (std::size_t i = from; i < to; ++i) {
            const PatternItem &item = m_pattern[i];
            if (item.letter == '[') {
                const std::size_t end = closing(i);
                section(i + 1, end, true);
                i = end;
                continue;
            }
            if (item.letter == ']' || one(i, to))
                continue;
            if (!optional)
                notParsed(m_text, m_at);
            m_at = start;
            m_fields = before;
            return false;
        }
        return true;
    }

    bool one(std::size_t i, std::size_t to)
    {
        const PatternItem &item = m_pattern[i];
        while (item.pad > 0 && m_at < m_text.size() && m_text[m_at] == ' ')
            ++m_at;
        if (item.letter == 0) {
            if (m_text.compare(m_at, item.text.size(), item.text) != 0)
                return false;
            m_at += item.text.size();
            return true;
        }
        if (isNumeric(item))
            return number(i, to);
        switch (item.letter) {
        case 'M':
            return name(item.count == 4 ? m_names->months[1] : m_names->months[0], 'M', 1);
        case 'L':
            return name(item.count == 4 ? m_names->standalone[1] : m_names->standalone[0], 'M', 1);
        case 'E':
        case 'e':
        case 'c': return name(item.count == 4 ? m_names->days[1] : m_names->days[0], 'E', 1);
        case 'a': return name({m_names->am, m_names->pm}, 'a', 0);
        case 'G': return name(item.count == 4 ? m_names->eras[1] : m_names->eras[0], 'G', 0);
        case 'X':
        case 'x':
        case 'Z':
        case 'O': return offset(item);
        case 'V':
        case 'v':
        case 'z': return zone();
        default: return false;
        }
    }

    bool number(std::size_t i, std::size_t to)
    {
        const PatternItem &item = m_pattern[i];
        std::size_t least = static_cast<std::size_t>(item.count), most = least;
        const bool year = item.letter == 'u' || item.letter == 'y';
        if (item.letter != 'S' && (item.count == 1 || (year && item.count != 2)))
            most = 19;
        // Numbers side by side: the first gives way to what follows.
        std::size_t reserved = 0;
        if (most > least)
            for (std::size_t next = i + 1; next < to && isNumeric(m_pattern[next]); ++next) {
                if (m_pattern[next].count == 1 && m_pattern[next].letter != 'S')
                    break;
                reserved += static_cast<std::size_t>(m_pattern[next].count);
            }
        bool negative = false;
        if (year && item.count > 3 && m_at < m_text.size() && (m_text[m_at] == '-' || m_text[m_at] == '+'))
            negative = m_text[m_at++] == '-';
        std::size_t end = m_at;
        while (end < m_text.size() && m_text[end] >= '0' && m_text[end] <= '9')
            ++end;
        std::size_t count = std::min(end - m_at, most);
        if (year && item.count == 4 && reserved == 0 && !negative && count > 4 && (m_at == 0 || m_text[m_at - 1] != '+'))
            count = 4;
        if (reserved > 0)
            count = std::max(least, end - m_at > reserved ? std::min(most, end - m_at - reserved) : 0);
        if (count < least || m_at + count > end)
            return false;
        std::int64_t value = 0;
        for (std::size_t k = 0; k < count && k < 18; ++k)
            value = value * 10 + (m_text[m_at + k] - '0');
        m_at += count;
        if (item.letter == 'S')
            for (std::size_t k = count; k < 9; ++k)
                value *= 10;
        if (year && item.count == 2)
            value += 2000;
        const char key = item.letter == 'L' ? 'M' : item.letter == 'u' ? 'y' : item.letter == 'S' ? 'n' : item.letter;
        m_fields.numbers[key] = negative ? -value : value;
        return true;
    }

    bool name(const std::vector<std::string> &names, char key, int first)
    {
        std::size_t best = 0;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i].size() <= best || m_text.compare(m_at, names[i].size(), names[i]) != 0)
                continue;
            best = names[i].size();
            m_fields.numbers[key] = static_cast<std::int64_t>(i) + first;
        }
        m_at += best;
        return best > 0;
    }

    bool offset(const PatternItem &item)
    {
        if (item.letter == 'O' || (item.letter == 'Z' && item.count == 4)) {
            if (m_text.compare(m_at, 3, "GMT") != 0)
                return false;
            m_at += 3;
            m_fields.offset = 0;
            if (m_at >= m_text.size() || (m_text[m_at] != '+' && m_text[m_at] != '-'))
                return true;
        } else if ((item.letter == 'X' || item.count == 5) && m_at < m_text.size() && m_text[m_at] == 'Z') {
            ++m_at;
            m_fields.offset = 0;
            return true;
        }
        if (m_at >= m_text.size() || (m_text[m_at] != '+' && m_text[m_at] != '-'))
            return false;
        const int sign = m_text[m_at] == '-' ? -1 : 1;
        std::size_t at = m_at + 1;
        const bool colon = (item.letter == 'Z' ? item.count >= 4 : item.count == 3 || item.count == 5) || item.letter == 'O';
        int parts[3] = {0, 0, 0};
        int count = 0;
        while (count < 3) {
            if (count > 0 && colon) {
                if (at >= m_text.size() || m_text[at] != ':')
                    break;
                ++at;
            }
            std::size_t digits = 0;
            while (digits < 2 && at + digits < m_text.size() && std::isdigit(static_cast<unsigned char>(m_text[at + digits])))
                ++digits;
            if (digits != 2 && !(item.letter == 'O' && count == 0 && digits == 1))
                break;
            parts[count++] = std::stoi(m_text.substr(at, digits));
            at += digits;
            if (count == 2 && item.letter != 'O' && item.count < 4)
                break;
        }
        const int needed = (item.letter != 'Z' && item.count == 1) || item.letter == 'O' ? 1 : 2;
        if (count < needed || parts[0] > 18 || parts[1] > 59)
            return false;
        m_at = at;
        m_fields.offset = sign * (parts[0] * 3600 + parts[1] * 60 + parts[2]);
        return true;
    }

    bool zone()
    {
        std::size_t end = m_at;
        while (end < m_text.size() && (std::isalnum(static_cast<unsigned char>(m_text[end])) || std::string_view("/_+-:~").find(m_text[end]) != std::string_view::npos))
            ++end;
        static const std::map<std::string, std::string> kShort{{"EST", "America/New_York"}, {"EDT", "America/New_York"},
                                                               {"CST", "America/Chicago"},  {"CDT", "America/Chicago"},
                                                               {"MST", "America/Denver"},   {"MDT", "America/Denver"},
                                                               {"PST", "America/Los_Angeles"}, {"PDT", "America/Los_Angeles"},
                                                               {"CET", "Europe/Paris"},     {"CEST", "Europe/Paris"},
                                                               {"BST", "Europe/London"},    {"JST", "Asia/Tokyo"},
                                                               {"KST", "Asia/Seoul"},       {"IST", "Asia/Kolkata"}};
        for (; end > m_at; --end) {
            std::string id = m_text.substr(m_at, end - m_at);
            if (const auto at = kShort.find(id); at != kShort.end())
                id = at->second;
            if (auto found = TimeZone::find(id)) {
                m_fields.zone = std::move(found);
                m_at = end;
                return true;
            }
        }
        return false;
    }

    const std::string &m_text;
    const Pattern &m_pattern;
    std::shared_ptr<const DateNames> m_names;
    std::size_t m_at = 0;
    Fields m_fields;
};

int inRange(const std::string &text, const char *field, std::int64_t value, int low, int high)
{
    if (value < low || value > high)
        unsupported(text, "Invalid value for " + std::string(field) + " (valid values " + std::to_string(low) + " - " + std::to_string(high) +
                              "): " + std::to_string(value));
    return static_cast<int>(value);
}

LocalTime resolve(const std::string &text, const Fields &fields)
{
    const auto &n = fields.numbers;
    const auto has = [&n](char key) { return n.contains(key); };
    LocalTime out;
    if (!has('y') || (!(has('M') && has('d')) && !has('D')))
        unsupported(text, "Unable to obtain LocalDate from TemporalAccessor");
    out.year = n.at('y');
    if (has('G') && n.at('G') == 0)
        out.year = 1 - out.year;
    if (has('M') && has('d')) {
        out.month = inRange(text, "MonthOfYear", n.at('M'), 1, 12);
        out.day = inRange(text, "DayOfMonth", n.at('d'), 1, 31);
        const LocalTime next{out.month == 12 ? out.year + 1 : out.year, out.month == 12 ? 1 : out.month + 1, 1};
        out.day = std::min(out.day, static_cast<int>(next.epochDay() - LocalTime{out.year, out.month, 1}.epochDay()));
    } else {
        const std::int64_t first = LocalTime{out.year, 1, 1}.epochDay();
        out = LocalTime::ofSeconds((first + inRange(text, "DayOfYear", n.at('D'), 1, 366) - 1) * 86400, 0);
    }
    if (has('E') && n.at('E') != out.dayOfWeek())
        unsupported(text, "Conflict found: Field DayOfWeek differs from DayOfWeek derived from the date");
    if (has('N')) {
        const std::int64_t nanos = n.at('N');
        out.nano = static_cast<int>(nanos % 1'000'000'000);
        const std::int64_t seconds = nanos / 1'000'000'000;
        out.hour = static_cast<int>(seconds / 3600);
        out.minute = static_cast<int>(seconds / 60 % 60);
        out.second = static_cast<int>(seconds % 60);
        return out;
    }
    const bool half = has('a') && (has('h') || has('K'));
    if (has('H'))
        out.hour = inRange(text, "HourOfDay", n.at('H'), 0, 23);
    else if (has('k'))
        out.hour = inRange(text, "ClockHourOfDay", n.at('k'), 1, 24) % 24;
    else if (half)
        out.hour = (has('h') ? inRange(text, "ClockHourOfAmPm", n.at('h'), 1, 12) % 12 : inRange(text, "HourOfAmPm", n.at('K'), 0, 11)) +
                   (n.at('a') != 0 ? 12 : 0);
    if (has('m'))
        out.minute = inRange(text, "MinuteOfHour", n.at('m'), 0, 59);
    if (has('s'))
        out.second = inRange(text, "SecondOfMinute", n.at('s'), 0, 59);
    if (has('n'))
        out.nano = static_cast<int>(n.at('n'));
    return out;
}

} // namespace

ZonedTime parseTime(const std::string &text, const std::string &format, const TimeZone &zone, const std::string &locale)
{
    static const std::map<std::string, std::string, std::less<>> kIso{{"iso_ordinal_date", "uuuu-DDD[XXX]"},
                                                                      {"iso_date", "uuuu-MM-dd[XXX]"},
                                                                      {"iso_local_date", "uuuu-MM-dd"},
                                                                      {"iso_offset_date", "uuuu-MM-ddXXX"},
                                                                      {"rfc_1123_date_time", "[EEE, ]d MMM yyyy HH:mm[:ss] [z][xx]"}};
    if (format == "iso_date_time" || format == "iso_zoned_date_time" || format == "iso_instant" || format == "iso_local_date_time" ||
        format == "iso_offset_date_time")
        return parseIsoTime(text, zone);
    const auto iso = kIso.find(format);
    const bool english = format == "rfc_1123_date_time";
    const auto pattern = readPattern(iso != kIso.end() ? iso->second : patternNamed(format, locale));
    const Fields fields = Parser(text, *pattern, english ? "en" : locale).parse();
    const LocalTime local = resolve(text, fields);
    if (fields.offset)
        return {local.seconds() - *fields.offset, local.nano, zone};
    if (fields.zone)
        return {fields.zone->toInstant(local.seconds()), local.nano, zone};
    return {zone.toInstant(local.seconds()), local.nano, zone};
}

} // namespace expr
