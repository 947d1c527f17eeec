#include "engine/expr/date_names.h"
#include "engine/expr/date_pattern.h"
#include "engine/expr/failure.h"

#include <cstdio>
#include <cstdlib>
#include <map>

namespace expr {
namespace {

std::string padded(std::int64_t number, int width)
{
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%0*lld", width, static_cast<long long>(number));
    return buffer;
}

std::string fraction(int nano)
{
    if (nano == 0)
        return {};
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, ".%09d", nano);
    std::string out = buffer;
    out.erase(out.find_last_not_of('0') + 1);
    return out;
}

/// `+0900`, `+09:00:30`, … for the letters X, x and Z.
std::string offsetBy(int seconds, int letters, bool zulu, bool colonOnly = false)
{
    if (seconds == 0 && zulu)
        return "Z";
    const int size = std::abs(seconds), hours = size / 3600, minutes = size / 60 % 60, rest = size % 60;
    const bool colon = letters == 3 || letters == 5 || colonOnly;
    std::string out = (seconds < 0 ? "-" : "+") + padded(hours, 2);
    if (letters == 1 && minutes == 0)
        return out;
    out += (colon ? ":" : "") + padded(minutes, 2);
    if (letters >= 4 && rest != 0)
        out += (colon ? ":" : "") + padded(rest, 2);
    return out;
}

std::string gmt(int seconds, bool full)
{
    if (seconds == 0)
        return "GMT";
    const int size = std::abs(seconds), hours = size / 3600, minutes = size / 60 % 60;
    std::string out = seconds < 0 ? "GMT-" : "GMT+";
    if (full)
        return out + padded(hours, 2) + ":" + padded(minutes, 2);
    return out + std::to_string(hours) + (minutes != 0 ? ":" + padded(minutes, 2) : "");
}

bool isRegion(const TimeZone &zone)
{
    return !zone.id().starts_with('+') && !zone.id().starts_with('-') && zone.id() != "Z";
}

class Printer
{
public:
    Printer(const ZonedTime &time, const std::string &locale)
        : m_time(time), m_local(time.local()), m_offset(time.offset()), m_locale(locale), m_names(dateNames(locale))
    {
    }

    std::string print(const Pattern &pattern)
    {
        std::string out;
        for (const PatternItem &item : pattern) {
            if (item.letter == '[' || item.letter == ']')
                continue;
            std::string text = item.letter == 0 ? item.text : field(item);
            if (item.pad > 0 && static_cast<int>(text.size()) > item.pad)
                throwJava("java.time.DateTimeException", "Cannot print as output of " + std::to_string(text.size()) +
                                                             " characters exceeds pad width of " + std::to_string(item.pad));
            if (static_cast<int>(text.size()) < item.pad)
                text.insert(0, static_cast<std::size_t>(item.pad) - text.size(), ' ');
            out += text;
        }
        return out;
    }

private:
    static DateNames::Width width(int letters)
    {
        return letters == 5 ? DateNames::Narrow : letters == 4 ? DateNames::Full : DateNames::Short;
    }

    static std::string year(std::int64_t value, int letters)
    {
        if (letters == 2)
            return padded((value % 100 + 100) % 100, 2);
        if (letters < 4)
            return padded(value, letters);
        const bool exceeds = std::to_string(std::abs(value)).size() > static_cast<std::size_t>(letters);
        return (value < 0 ? "-" : exceeds ? "+" : "") + padded(std::abs(value), letters);
    }

    /// Days of the week from the first day of the language's week: 1 to 7.
    int localDay() const { return (m_local.dayOfWeek() - m_names->firstDay + 7) % 7 + 1; }

    /// The number of a week of which a day of a month or year is part.
    int week(int dayOf) const
    {
        const int offset = ((dayOf - localDay()) % 7 + 7) % 7; // of the first day's week before it
        const int start = offset + 1 > m_names->minimalDays ? 7 - offset : -offset;
        return (7 + start + dayOf - 1) / 7;
    }

    static int length(std::int64_t year)
    {
        return LocalTime{year, 12, 31}.dayOfYear();
    }

    std::pair<std::int64_t, int> weekOfYear() const
    {
        const int day = m_local.dayOfYear();
        int number = week(day);
        if (number == 0) {
            LocalTime before = LocalTime::ofSeconds(m_local.seconds() - static_cast<std::int64_t>(day) * 86400, 0);
            const ZonedTime moment{before.seconds(), 0, TimeZone()};
            return {m_local.year - 1, Printer(moment, m_locale).weekOfYear().second};
        }
        if (number > 50) {
            const int offset = ((day - localDay()) % 7 + 7) % 7;
            const int start = offset + 1 > m_names->minimalDays ? 7 - offset : -offset;
            const int next = (7 + start + length(m_local.year) + m_names->minimalDays - 1) / 7;
            if (number >= next)
                return {m_local.year + 1, number - next + 1};
        }
        return {m_local.year, number};
    }

    std::string number(std::int64_t value, int letters) const { return padded(value, letters); }

    std::string field(const PatternItem &item)
    {
        const int n = item.count;
        const LocalTime &t = m_local;
        const std::int64_t ofDay = (t.hour * 3600LL + t.minute * 60 + t.second) * 1'000'000'000 + t.nano;
        const auto index = [](int i) { return static_cast<std::size_t>(i); };
        switch (item.letter) {
        case 'G': return m_names->eras[width(n)][t.year > 0 ? 1 : 0];
        case 'u': return year(t.year, n);
        case 'y': return year(t.year > 0 ? t.year : 1 - t.year, n);
        case 'Y': return year(weekOfYear().first, n);
        case 'M': return n < 3 ? number(t.month, n) : m_names->months[width(n)][index(t.month - 1)];
        case 'L': return n < 3 ? number(t.month, n) : m_names->standalone[width(n)][index(t.month - 1)];
        case 'Q':
        case 'q': return n < 3 ? number((t.month + 2) / 3, n) : m_names->quarters[width(n)][index((t.month - 1) / 3)];
        case 'd': return number(t.day, n);
        case 'D': return number(t.dayOfYear(), n);
        case 'F': return number((t.day - 1) / 7 + 1, n);
        case 'w': return number(weekOfYear().second, n);
        case 'W': return number(week(t.day), n);
        case 'E': return m_names->days[width(n)][index(t.dayOfWeek() - 1)];
        case 'e':
        case 'c': return n < 3 ? number(localDay(), n) : m_names->days[width(n)][index(t.dayOfWeek() - 1)];
        case 'a': return t.hour < 12 ? m_names->am : m_names->pm;
        case 'B': return dayPeriod(t, n, m_locale);
        case 'H': return number(t.hour, n);
        case 'k': return number(t.hour == 0 ? 24 : t.hour, n);
        case 'K': return number(t.hour % 12, n);
        case 'h': return number(t.hour % 12 == 0 ? 12 : t.hour % 12, n);
        case 'm': return number(t.minute, n);
        case 's': return number(t.second, n);
        case 'S': return padded(t.nano, 9).substr(0, index(n));
        case 'A': return number(ofDay / 1'000'000, n);
        case 'n': return number(t.nano, n);
        case 'N': return number(ofDay, n);
        case 'g': return number(t.epochDay() + 40587, n);
        case 'V': return m_time.zone.id();
        case 'v':
        case 'z': return zoneName(m_time, n == 4, m_locale);
        case 'O': return gmt(m_offset, n == 4);
        case 'X': return offsetBy(m_offset, n, true);
        case 'x': return offsetBy(m_offset, n, false);
        default: // Z
            if (n == 4)
                return gmt(m_offset, true);
            return n == 5 ? offsetBy(m_offset, 5, true) : offsetBy(m_offset, 2, false);
        }
    }

    const ZonedTime &m_time;
    LocalTime m_local;
    int m_offset;
    const std::string &m_locale;
    std::shared_ptr<const DateNames> m_names;
};

/// Formats of java.time that no pattern says; nothing for other names.
std::optional<std::string> special(const ZonedTime &time, const std::string &format)
{
    if (!format.starts_with("iso_") && format != "rfc_1123_date_time")
        return std::nullopt;
    const LocalTime local = time.local();
    const int seconds = time.offset();
    const std::string offset = offsetText(seconds);
    const std::string date = localDateText(local);
    const std::string clock = padded(local.hour, 2) + ":" + padded(local.minute, 2) + ":" + padded(local.second, 2) + fraction(local.nano);
    const std::string zoned = date + "T" + clock + offset + (isRegion(time.zone) ? "[" + time.zone.id() + "]" : "");
    if (format == "iso_date_time" || format == "iso_zoned_date_time")
        return zoned;
    if (format == "iso_offset_date_time")
        return date + "T" + clock + offset;
    if (format == "iso_local_date_time")
        return date + "T" + clock;
    if (format == "iso_date" || format == "iso_offset_date")
        return date + offset;
    if (format == "iso_local_date")
        return date;
    if (format == "iso_time" || format == "iso_offset_time")
        return clock + offset;
    if (format == "iso_local_time")
        return clock;
    if (format == "iso_ordinal_date")
        return date.substr(0, date.size() - 5) + padded(local.dayOfYear(), 3) + offset;
    if (format == "iso_instant") {
        const LocalTime utc = LocalTime::ofSeconds(time.second, time.nano);
        std::string digits = fraction(utc.nano);
        while (!digits.empty() && (digits.size() - 1) % 3 != 0)
            digits += '0';
        return localDateText(utc) + "T" + padded(utc.hour, 2) + ":" + padded(utc.minute, 2) + ":" + padded(utc.second, 2) + digits + "Z";
    }
    if (format == "iso_week_date") {
        const std::int64_t thursday = local.epochDay() - (local.dayOfWeek() - 4);
        const LocalTime middle = LocalTime::ofSeconds(thursday * 86400, 0);
        return localDateText(middle).substr(0, localDateText(middle).size() - 5) + "W" + padded((middle.dayOfYear() - 1) / 7 + 1, 2) + "-" +
               std::to_string(local.dayOfWeek()) + offset;
    }
    if (format == "rfc_1123_date_time") {
        const std::string zone = seconds == 0 ? "GMT" : offsetBy(seconds, 2, false);
        return Printer(time, "en").print(*readPattern("EEE, d MMM yyyy HH:mm:ss")) + " " + zone;
    }
    return std::nullopt;
}

} // namespace

std::string formatTime(const ZonedTime &time, const std::string &format, const std::string &locale)
{
    if (auto text = special(time, format))
        return *text;
    const auto pattern = readPattern(patternNamed(format, locale));
    return Printer(time, locale).print(*pattern);
}

} // namespace expr
