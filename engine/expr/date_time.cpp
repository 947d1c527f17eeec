#include "engine/expr/date_time.h"

#include "engine/expr/failure.h"
#include "engine/flow/iso_time.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace expr {
namespace {

using flow::Value;
using Kind = Value::Kind;

std::int64_t floorDiv(std::int64_t a, std::int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

bool isLeap(std::int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int daysIn(std::int64_t year, int month)
{
    static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && isLeap(year) ? 29 : kDays[month - 1];
}

[[noreturn]] void notParsed(const std::string &text, std::size_t at, const std::string &why = {})
{
    throwJava("java.time.format.DateTimeParseException",
              "Text '" + text + "' could not be parsed" + (why.empty() ? " at index " + std::to_string(at) : ": " + why));
}

/// The ISO forms, read strictly.
class IsoReader
{
public:
    explicit IsoReader(const std::string &text) : m_text(text) {}

    bool date(LocalTime &out)
    {
        const bool sign = m_at < m_text.size() && (m_text[m_at] == '+' || m_text[m_at] == '-');
        const bool negative = sign && m_text[m_at] == '-';
        if (sign)
            ++m_at;
        const std::size_t begin = m_at;
        std::int64_t year = 0;
        while (m_at < m_text.size() && isDigit(m_text[m_at]) && m_at - begin < 10)
            year = year * 10 + (m_text[m_at++] - '0');
        const std::size_t count = m_at - begin;
        if (count < 4 || (count > 4 && !sign)) {
            m_at = begin;
            return false;
        }
        out.year = negative ? -year : year;
        if (!take('-') || !two(out.month) || !take('-') || !two(out.day))
            return false;
        if (out.month < 1 || out.month > 12)
            notParsed(m_text, 0, "Invalid value for MonthOfYear (valid values 1 - 12): " + std::to_string(out.month));
        if (out.day < 1 || out.day > 31)
            notParsed(m_text, 0, "Invalid value for DayOfMonth (valid values 1 - 28/31): " + std::to_string(out.day));
        if (out.day > daysIn(out.year, out.month))
            notParsed(m_text, 0, "Invalid date");
        return true;
    }
    bool time(LocalTime &out)
    {
        if (!two(out.hour) || !take(':') || !two(out.minute))
            return false;
        if (take(':')) {
            if (!two(out.second))
                return false;
            if (take('.')) {
                int scale = 100'000'000;
                const std::size_t begin = m_at;
                for (; m_at < m_text.size() && isDigit(m_text[m_at]) && m_at - begin < 9; ++m_at, scale /= 10)
                    out.nano += (m_text[m_at] - '0') * scale;
                if (m_at == begin)
                    --m_at; // the point is left over
            }
        }
        if (out.hour > 23 || out.minute > 59 || out.second > 59)
            notParsed(m_text, 0, "Invalid value for HourOfDay (valid values 0 - 23): " + std::to_string(out.hour));
        return true;
    }
    /// `Z`, `+09:00`, `+09:00:00`.
    bool offset(int &seconds)
    {
        seconds = 0;
        if (take('Z') || take('z'))
            return true;
        const std::size_t begin = m_at;
        if (m_at >= m_text.size() || (m_text[m_at] != '+' && m_text[m_at] != '-'))
            return false;
        const int sign = m_text[m_at++] == '-' ? -1 : 1;
        int hours = 0, minutes = 0, rest = 0;
        if (!two(hours) || !take(':') || !two(minutes) || (take(':') && !two(rest)) || hours > 18) {
            m_at = begin;
            return false;
        }
        seconds = sign * (hours * 3600 + minutes * 60 + rest);
        return true;
    }
    bool region()
    {
        if (!take('['))
            return true;
        const std::size_t end = m_text.find(']', m_at);
        if (end == std::string::npos || !TimeZone::find(m_text.substr(m_at, end - m_at)))
            return false;
        m_at = end + 1;
        return true;
    }
    bool take(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    bool atEnd() const { return m_at == m_text.size(); }
    std::size_t at() const { return m_at; }

private:
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }
    bool two(int &out)
    {
        if (m_at + 2 > m_text.size() || !isDigit(m_text[m_at]) || !isDigit(m_text[m_at + 1]))
            return false;
        out = (m_text[m_at] - '0') * 10 + (m_text[m_at + 1] - '0');
        m_at += 2;
        return true;
    }

    const std::string &m_text;
    std::size_t m_at = 0;
};

/// The whole-month arithmetic of LocalDate: the day is cut to the month's length.
void addMonths(LocalTime &time, std::int64_t months)
{
    const std::int64_t all = time.year * 12 + (time.month - 1) + months;
    time.year = floorDiv(all, 12);
    time.month = static_cast<int>(all - time.year * 12) + 1;
    time.day = std::min(time.day, daysIn(time.year, time.month));
}

void checkYear(std::int64_t year)
{
    if (year > 999'999'999 || year < -999'999'999)
        throwJava("java.time.DateTimeException", "Invalid value for Year (valid values -999999999 - 999999999): " + std::to_string(year));
}

std::int64_t times(std::int64_t a, std::int64_t b)
{
    std::int64_t out = 0;
    if (__builtin_mul_overflow(a, b, &out))
        throwJava("java.lang.ArithmeticException", "long overflow");
    return out;
}

} // namespace

std::int64_t LocalTime::epochDay() const
{
    const std::int64_t y = year - (month <= 2 ? 1 : 0);
    const std::int64_t era = floorDiv(y, 400);
    const std::int64_t yearOfEra = y - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

std::int64_t LocalTime::seconds() const
{
    return epochDay() * 86400 + hour * 3600 + minute * 60 + second;
}

LocalTime LocalTime::ofSeconds(std::int64_t seconds, int nano)
{
    LocalTime out;
    const std::int64_t days = floorDiv(seconds, 86400) + 719468;
    const std::int64_t rest = seconds - floorDiv(seconds, 86400) * 86400;
    const std::int64_t era = floorDiv(days, 146097);
    const std::int64_t dayOfEra = days - era * 146097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t shifted = (5 * dayOfYear + 2) / 153;
    out.day = static_cast<int>(dayOfYear - (153 * shifted + 2) / 5 + 1);
    out.month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    out.year = yearOfEra + era * 400 + (out.month <= 2 ? 1 : 0);
    out.hour = static_cast<int>(rest / 3600);
    out.minute = static_cast<int>(rest / 60 % 60);
    out.second = static_cast<int>(rest % 60);
    out.nano = nano;
    return out;
}

int LocalTime::dayOfYear() const
{
    return static_cast<int>(epochDay() - LocalTime{year, 1, 1}.epochDay()) + 1;
}

int LocalTime::dayOfWeek() const
{
    const std::int64_t day = epochDay() + 3;
    return static_cast<int>(day - floorDiv(day, 7) * 7) + 1;
}

std::string localDateText(const LocalTime &time)
{
    char buffer[64];
    const char *sign = time.year > 9999 ? "+" : time.year < 0 ? "-" : "";
    std::snprintf(buffer, sizeof buffer, "%s%04lld-%02d-%02d", sign, static_cast<long long>(std::abs(time.year)), time.month, time.day);
    return buffer;
}

std::string localDateTimeText(const LocalTime &time)
{
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "T%02d:%02d", time.hour, time.minute);
    std::string out = localDateText(time) + buffer;
    if (time.second == 0 && time.nano == 0)
        return out;
    std::snprintf(buffer, sizeof buffer, ":%02d", time.second);
    out += buffer;
    if (time.nano != 0) {
        std::snprintf(buffer, sizeof buffer, ".%09d", time.nano);
        out += buffer;
        while (out.ends_with("000"))
            out.resize(out.size() - 3);
    }
    return out;
}

std::string offsetText(int seconds, bool zulu)
{
    if (seconds == 0 && zulu)
        return "Z";
    const int size = std::abs(seconds);
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, size % 60 != 0 ? "%c%02d:%02d:%02d" : "%c%02d:%02d", seconds < 0 ? '-' : '+', size / 3600,
                  size / 60 % 60, size % 60);
    return buffer;
}

TimeZone zoneOf(const std::string &id)
{
    if (auto zone = TimeZone::find(id))
        return *zone;
    const bool looksLikeRegion = !id.empty() && std::isalpha(static_cast<unsigned char>(id[0])) && id.size() > 1 &&
                                 id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._~+-") == std::string::npos &&
                                 !((id.starts_with("UTC") || id.starts_with("GMT")) && id.size() > 3 && (id[3] == '+' || id[3] == '-'));
    if (looksLikeRegion)
        throwJava("java.time.zone.ZoneRulesException", "Unknown time-zone ID: " + id);
    throwJava("java.time.DateTimeException", "Invalid ID for region-based ZoneId, invalid format: " + id);
}

ZonedTime parseIsoTime(const std::string &text, const TimeZone &zone)
{
    IsoReader in(text);
    LocalTime time;
    if (!in.date(time))
        notParsed(text, in.at());
    if (in.atEnd())
        return {zone.toInstant(time.seconds()), 0, zone};
    const std::size_t dateEnd = in.at();
    int offset = 0;
    if ((!in.take('T') && !in.take('t')) || !in.time(time))
        notParsed(text, dateEnd);
    if (in.atEnd())
        return {zone.toInstant(time.seconds()), time.nano, zone};
    if (!in.offset(offset) || !in.region() || !in.atEnd())
        notParsed(text, in.at());
    return {time.seconds() - offset, time.nano, zone};
}

ZonedTime plus(const ZonedTime &time, std::int64_t amount, const std::string &unit)
{
    struct Unit
    {
        const char *name;
        std::int64_t nanos;  // of one; 0 when larger than a second
        std::int64_t seconds;
        std::int64_t days;
        std::int64_t months;
    };
    static constexpr Unit kUnits[] = {
        {"NANOS", 1, 0, 0, 0},      {"MICROS", 1000, 0, 0, 0},   {"MILLIS", 1'000'000, 0, 0, 0}, {"SECONDS", 0, 1, 0, 0},
        {"MINUTES", 0, 60, 0, 0},   {"HOURS", 0, 3600, 0, 0},    {"HALF_DAYS", 0, 43200, 0, 0},  {"DAYS", 0, 0, 1, 0},
        {"WEEKS", 0, 0, 7, 0},      {"MONTHS", 0, 0, 0, 1},      {"YEARS", 0, 0, 0, 12},         {"DECADES", 0, 0, 0, 120},
        {"CENTURIES", 0, 0, 0, 1200}, {"MILLENNIA", 0, 0, 0, 12000}};
    if (unit == "ERAS") {
        if (amount == 0)
            return time;
        throwJava("java.time.DateTimeException", "Invalid value for Era (valid values 0 - 1): " + std::to_string(1 + amount));
    }
    if (unit == "FOREVER")
        throwJava("java.time.temporal.UnsupportedTemporalTypeException", "Unsupported unit: Forever");
    const auto *found = std::find_if(std::begin(kUnits), std::end(kUnits), [&unit](const Unit &one) { return unit == one.name; });
    if (found == std::end(kUnits))
        throwJava("java.lang.IllegalArgumentException", "No enum constant java.time.temporal.ChronoUnit." + unit);
    ZonedTime out = time;
    if (found->nanos > 0) {
        const std::int64_t perSecond = 1'000'000'000 / found->nanos;
        out.second += floorDiv(amount, perSecond);
        std::int64_t nanos = time.nano + (amount - floorDiv(amount, perSecond) * perSecond) * found->nanos;
        out.second += nanos / 1'000'000'000;
        out.nano = static_cast<int>(nanos % 1'000'000'000);
        return out;
    }
    if (found->seconds > 0) {
        if (__builtin_add_overflow(out.second, times(amount, found->seconds), &out.second))
            throwJava("java.lang.ArithmeticException", "long overflow");
        checkYear(out.local().year);
        return out;
    }
    LocalTime local = time.local();
    if (found->months > 0) {
        const std::int64_t months = times(amount, found->months);
        checkYear(months / 12);
        addMonths(local, months);
    } else {
        const std::int64_t days = times(amount, found->days);
        checkYear(days / 366);
        local = LocalTime::ofSeconds(local.seconds() + days * 86400, local.nano);
    }
    checkYear(local.year);
    const TimeZone::Local resolved = time.zone.resolve(local.seconds());
    out.second = resolved.first;
    // In an overlap the offset from before is kept when it still fits.
    if (resolved.count == 2 && local.seconds() - resolved.second == time.offset())
        out.second = resolved.second;
    return out;
}

std::optional<Value> temporalField(const Value &value, const std::string &name)
{
    std::string field = name;
    if (field.size() > 3 && field.starts_with("get") && std::isupper(static_cast<unsigned char>(field[3])))
        field = std::string(1, static_cast<char>(std::tolower(field[3]))) + field.substr(4);
    const auto number = [](std::int64_t n) { return Value(static_cast<std::int32_t>(n)); };
    const std::string &text = value.text();
    if (value.kind() == Kind::Duration) {
        const auto duration = flow::parseDuration(text);
        if (!duration)
            return std::nullopt;
        const std::int64_t nanos = duration->count();
        const std::int64_t seconds = floorDiv(nanos, 1'000'000'000);
        if (field == "seconds" || name == "toSeconds")
            return Value(seconds);
        if (field == "nano")
            return number(nanos - seconds * 1'000'000'000);
        if (name == "toMillis")
            return Value(floorDiv(nanos, 1'000'000));
        if (name == "toNanos")
            return Value(nanos);
        if (name == "toMinutes")
            return Value(seconds / 60);
        if (name == "toHours")
            return Value(seconds / 3600);
        if (name == "toDays" || name == "toDaysPart")
            return Value(seconds / 86400);
        if (name == "toHoursPart")
            return number(seconds / 3600 % 24);
        if (name == "toMinutesPart")
            return number(seconds / 60 % 60);
        if (name == "toSecondsPart")
            return number(seconds % 60);
        if (name == "isZero" || name == "zero")
            return Value(nanos == 0);
        if (name == "isNegative" || name == "negative")
            return Value(nanos < 0);
        return std::nullopt;
    }
    if (value.kind() == Kind::Instant) {
        const auto moment = flow::parseInstant(text);
        if (!moment)
            return std::nullopt;
        const std::int64_t nanos = moment->time_since_epoch().count();
        if (field == "epochSecond")
            return Value(floorDiv(nanos, 1'000'000'000));
        if (field == "nano")
            return number(nanos - floorDiv(nanos, 1'000'000'000) * 1'000'000'000);
        if (name == "toEpochMilli")
            return Value(floorDiv(nanos, 1'000'000));
        return std::nullopt;
    }
    LocalTime time;
    IsoReader in(text);
    const bool hasDate = value.kind() != Kind::LocalTime, hasTime = value.kind() != Kind::LocalDate;
    if (hasDate && !in.date(time))
        return std::nullopt;
    if (hasTime && ((hasDate && !in.take('T')) || !in.time(time)))
        return std::nullopt;
    if (hasDate) {
        static constexpr const char *kDays[] = {"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"};
        static constexpr const char *kMonths[] = {"JANUARY", "FEBRUARY", "MARCH",     "APRIL",   "MAY",      "JUNE",
                                                  "JULY",    "AUGUST",   "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"};
        if (field == "year")
            return number(time.year);
        if (field == "monthValue")
            return number(time.month);
        if (field == "month")
            return Value(kMonths[time.month - 1]);
        if (field == "dayOfMonth")
            return number(time.day);
        if (field == "dayOfYear")
            return number(time.dayOfYear());
        if (field == "dayOfWeek")
            return Value(kDays[time.dayOfWeek() - 1]);
        if (value.kind() == Kind::LocalDate) {
            if (field == "leapYear" || name == "isLeapYear")
                return Value(isLeap(time.year));
            if (name == "lengthOfMonth")
                return number(daysIn(time.year, time.month));
            if (name == "lengthOfYear")
                return number(isLeap(time.year) ? 366 : 365);
            if (name == "toEpochDay")
                return Value(time.epochDay());
            if (name == "atStartOfDay")
                return Value::ofText(Kind::LocalDateTime, localDateTimeText(time));
        }
    }
    if (hasTime) {
        if (field == "hour")
            return number(time.hour);
        if (field == "minute")
            return number(time.minute);
        if (field == "second")
            return number(time.second);
        if (field == "nano")
            return number(time.nano);
        if (name == "toSecondOfDay" && value.kind() == Kind::LocalTime)
            return number(time.seconds());
    }
    if (value.kind() == Kind::LocalDateTime || value.kind() == Kind::ZonedDateTime || value.kind() == Kind::OffsetDateTime) {
        if (name == "toLocalDate")
            return Value::ofText(Kind::LocalDate, localDateText(time));
        if (name == "toLocalTime")
            return Value::ofText(Kind::LocalTime, localDateTimeText(time).substr(localDateText(time).size() + 1));
    }
    if (value.kind() == Kind::ZonedDateTime || value.kind() == Kind::OffsetDateTime) {
        int offset = 0;
        if (!in.offset(offset))
            return std::nullopt;
        if (name == "toEpochSecond")
            return Value(time.seconds() - offset);
        if (name == "toInstant")
            return flow::instantValue(flow::Moment(std::chrono::seconds(time.seconds() - offset)) + std::chrono::nanoseconds(time.nano));
        if (name == "toLocalDateTime")
            return Value::ofText(Kind::LocalDateTime, localDateTimeText(time));
        if (field == "offset")
            return Value(offsetText(offset));
        if (field == "zone") {
            const std::size_t begin = text.find('[');
            return Value(begin == std::string::npos ? offsetText(offset) : text.substr(begin + 1, text.size() - begin - 2));
        }
    }
    return std::nullopt;
}

} // namespace expr
