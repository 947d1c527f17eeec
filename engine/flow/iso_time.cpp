#include "engine/flow/iso_time.h"

#include <charconv>
#include <cstdio>

namespace flow {
namespace {

using std::chrono::nanoseconds;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Reads text from the left; every take gives false and stays put when it does not fit.
class Reader
{
public:
    explicit Reader(std::string_view text) : m_text(text) {}
    bool atEnd() const { return m_at == m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    bool takeAny(char lower)
    {
        return take(lower) || take(static_cast<char>(lower - 'a' + 'A'));
    }
    bool digits(int count, int &out)
    {
        if (m_at + static_cast<std::size_t>(count) > m_text.size())
            return false;
        out = 0;
        for (int i = 0; i < count; ++i) {
            const char c = m_text[m_at + static_cast<std::size_t>(i)];
            if (!isDigit(c))
                return false;
            out = out * 10 + (c - '0');
        }
        m_at += static_cast<std::size_t>(count);
        return true;
    }
    /// One to nine digits of a fraction of a second.
    bool fraction(std::int64_t &nanos)
    {
        std::int64_t scale = 100'000'000;
        int count = 0;
        nanos = 0;
        for (; isDigit(peek()) && count < 9; ++count, ++m_at, scale /= 10)
            nanos += (peek() - '0') * scale;
        return count > 0 && !isDigit(peek());
    }
    bool number(std::int64_t &out)
    {
        take('+');
        const char *begin = m_text.data() + m_at;
        const auto result = std::from_chars(begin, m_text.data() + m_text.size(), out);
        if (result.ec != std::errc())
            return false;
        m_at += static_cast<std::size_t>(result.ptr - begin);
        return true;
    }
    std::string_view rest() const { return m_text.substr(m_at); }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

bool takeOffset(Reader &in, int &seconds)
{
    seconds = 0;
    if (in.takeAny('z'))
        return true;
    const bool negative = in.peek() == '-';
    if (!in.take('-') && !in.take('+'))
        return false;
    int hours = 0, minutes = 0, rest = 0;
    if (!in.digits(2, hours))
        return false;
    if (in.take(':') && !in.digits(2, minutes))
        return false;
    if (in.take(':') && !in.digits(2, rest))
        return false;
    seconds = (hours * 3600 + minutes * 60 + rest) * (negative ? -1 : 1);
    return hours <= 18 && minutes < 60 && rest < 60;
}

} // namespace

std::string formatInstant(Moment moment)
{
    using namespace std::chrono;
    const auto days = floor<std::chrono::days>(moment);
    const year_month_day date(days);
    const std::int64_t nanos = (moment - days).count();
    const std::int64_t seconds = nanos / 1'000'000'000;
    char buffer[80];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60),
                  static_cast<int>(seconds % 60));
    std::string out = buffer;
    if (const auto fraction = static_cast<long>(nanos % 1'000'000'000)) {
        std::snprintf(buffer, sizeof buffer, ".%09ld", fraction);
        out += buffer;
        while (out.ends_with("000"))
            out.resize(out.size() - 3);
    }
    return out + "Z";
}

std::optional<Moment> parseInstant(std::string_view text)
{
    using namespace std::chrono;
    Reader in(text);
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0, offset = 0;
    std::int64_t nanos = 0;
    if (!in.digits(4, y) || !in.take('-') || !in.digits(2, mo) || !in.take('-') || !in.digits(2, d))
        return std::nullopt;
    if (!in.takeAny('t') || !in.digits(2, h) || !in.take(':') || !in.digits(2, mi))
        return std::nullopt;
    if (in.take(':')) {
        if (!in.digits(2, s) || (in.take('.') && !in.fraction(nanos)))
            return std::nullopt;
    }
    if (!takeOffset(in, offset))
        return std::nullopt;
    if (!in.atEnd() && !(in.peek() == '[' && in.rest().ends_with(']')))
        return std::nullopt;
    const year_month_day date{year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
    if (!date.ok() || y < 1678 || y > 2261 || h > 23 || mi > 59 || s > 59)
        return std::nullopt;
    return Moment(sys_days(date)) + hours(h) + minutes(mi) + seconds(s - offset) + nanoseconds(nanos);
}

Value instantValue(Moment moment)
{
    return Value::ofText(Value::Kind::Instant, formatInstant(moment));
}

std::string formatDuration(nanoseconds duration)
{
    if (duration.count() == 0)
        return "PT0S";
    std::int64_t seconds = duration.count() / 1'000'000'000;
    const std::int64_t nanos = duration.count() % 1'000'000'000; // has the sign of the duration
    std::string out = "PT";
    if (const std::int64_t hours = seconds / 3600)
        out += std::to_string(hours) + "H";
    if (const std::int64_t minutes = seconds % 3600 / 60)
        out += std::to_string(minutes) + "M";
    seconds %= 60;
    if (seconds == 0 && nanos == 0)
        return out;
    if (seconds == 0 && nanos < 0)
        out += "-";
    out += std::to_string(seconds);
    if (nanos != 0) {
        std::string fraction = std::to_string(nanos < 0 ? -nanos : nanos);
        fraction.insert(0, 9 - fraction.size(), '0');
        fraction.erase(fraction.find_last_not_of('0') + 1);
        out += "." + fraction;
    }
    return out + "S";
}

std::optional<nanoseconds> parseDuration(std::string_view text)
{
    Reader in(text);
    const bool negative = in.take('-');
    if (!negative)
        in.take('+');
    if (!in.takeAny('p'))
        return std::nullopt;
    std::int64_t total = 0;
    bool any = false, time = false;
    static constexpr struct { char letter; bool time; std::int64_t seconds; } kUnits[] = {
        {'d', false, 86400}, {'h', true, 3600}, {'m', true, 60}, {'s', true, 1}};
    std::size_t next = 0;
    while (!in.atEnd()) {
        if (!time && in.takeAny('t')) {
            time = true;
            if (in.atEnd())
                return std::nullopt;
            continue;
        }
        const bool minus = in.peek() == '-';
        std::int64_t amount = 0, nanos = 0;
        if (!in.number(amount))
            return std::nullopt;
        const bool fraction = in.take('.') || in.take(',');
        if (fraction && !in.fraction(nanos) && isDigit(in.peek()))
            return std::nullopt;
        std::size_t unit = next;
        while (unit < std::size(kUnits) && !(kUnits[unit].time == time && in.takeAny(kUnits[unit].letter)))
            ++unit;
        if (unit == std::size(kUnits) || (fraction && kUnits[unit].letter != 's'))
            return std::nullopt;
        if (__builtin_mul_overflow(amount, kUnits[unit].seconds * 1'000'000'000, &amount) ||
            __builtin_add_overflow(total, amount, &total) ||
            __builtin_add_overflow(total, minus ? -nanos : nanos, &total))
            return std::nullopt;
        next = unit + 1;
        any = true;
    }
    if (!any)
        return std::nullopt;
    if (negative && __builtin_sub_overflow(0, total, &total))
        return std::nullopt;
    return nanoseconds(total);
}

Value durationValue(nanoseconds duration)
{
    return Value::ofText(Value::Kind::Duration, formatDuration(duration));
}

} // namespace flow
