#include "engine/run/cron_schedule.h"

#include <chrono>

namespace engine {

namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 86400;
constexpr int kMostSteps = 100'000;
constexpr int kMostYears = 100;

/// A local time and its offset. Changing the clock's reading keeps the offset where two would do, and moves a
/// reading that does not exist forward; adding hours and less follows real time.
class ZonedTime
{
public:
    ZonedTime(const expr::TimeZone &zone, std::int64_t instant)
        : m_zone(&zone), m_offset(zone.offsetAt(instant)), m_local(instant + m_offset)
    {}

    std::int64_t instant() const { return m_local - m_offset; }
    std::int64_t local() const { return m_local; }
    int offset() const { return m_offset; }
    bool operator==(const ZonedTime &other) const { return m_local == other.m_local && m_offset == other.m_offset; }

    std::chrono::year_month_day date() const
    {
        return std::chrono::year_month_day(std::chrono::sys_days(
            std::chrono::floor<std::chrono::days>(std::chrono::seconds(m_local))));
    }
    int year() const { return static_cast<int>(date().year()); }
    unsigned month() const { return static_cast<unsigned>(date().month()); }
    unsigned day() const { return static_cast<unsigned>(date().day()); }
    std::int64_t timeOfDay() const { return m_local - floorTo(m_local, kDay); }
    unsigned hour() const { return static_cast<unsigned>(timeOfDay() / kHour); }
    unsigned minute() const { return static_cast<unsigned>(timeOfDay() % kHour / kMinute); }
    unsigned second() const { return static_cast<unsigned>(timeOfDay() % kMinute); }

    ZonedTime plusSeconds(std::int64_t seconds) const { return {*m_zone, instant() + seconds}; }
    ZonedTime withLocal(std::int64_t local) const
    {
        const expr::TimeZone::Local resolved = m_zone->resolve(local);
        if (resolved.count == 2 && local - resolved.second == m_offset)
            return {*m_zone, resolved.second};
        return {*m_zone, resolved.first};
    }
    ZonedTime truncatedTo(std::int64_t unit) const { return withLocal(floorTo(m_local, unit)); }
    ZonedTime withTime(std::int64_t timeOfDay) const { return withLocal(floorTo(m_local, kDay) + timeOfDay); }
    /// A day that the month does not have becomes its last.
    ZonedTime withDate(int year, unsigned month, unsigned day) const
    {
        using namespace std::chrono;
        year_month_day wanted{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
        if (!wanted.ok())
            wanted = year_month_day(sys_days(wanted.year() / wanted.month() / last));
        return withLocal(sys_days(wanted).time_since_epoch().count() * kDay + timeOfDay());
    }
    ZonedTime beginOfMonth(int monthsLater) const
    {
        const int months = year() * 12 + static_cast<int>(month()) - 1 + monthsLater;
        return truncatedTo(kDay).withDate(months / 12, static_cast<unsigned>(months % 12) + 1, 1);
    }

private:
    static std::int64_t floorTo(std::int64_t value, std::int64_t unit)
    {
        const std::int64_t rest = value % unit;
        return value - (rest < 0 ? rest + unit : rest);
    }

    const expr::TimeZone *m_zone;
    int m_offset;
    std::int64_t m_local;
};

unsigned lowest(const flow::CronField &field)
{
    unsigned value = 0;
    while (value < 63 && !field.has(value))
        ++value;
    return value;
}

class Search
{
public:
    explicit Search(const flow::Cron &cron)
        : m_cron(cron), m_lowestTime(lowest(cron.hours) * kHour + lowest(cron.minutes) * kMinute + lowest(cron.seconds))
    {}

    /// The first match at or after a time.
    std::optional<ZonedTime> match(ZonedTime from) const
    {
        ZonedTime at = from;
        for (int step = 0; step < kMostSteps; ++step) {
            std::optional<ZonedTime> next = advanced(at);
            if (!next)
                return std::nullopt;
            if (*next == at)
                return at;
            if (next->year() - from.year() > kMostYears)
                return std::nullopt;
            at = *next;
        }
        return std::nullopt;
    }

private:
    /// The time itself when it matches; otherwise a later one nearer to a match.
    std::optional<ZonedTime> advanced(const ZonedTime &at) const
    {
        if (!m_cron.months.has(at.month()))
            return nextMonth(at);
        const std::uint64_t days = daysOf(at.year(), at.month());
        if (days == 0)
            return at.beginOfMonth(1);
        if (!((days >> at.day()) & 1U)) {
            for (unsigned day = at.day() + 1; day <= 31; ++day) {
                if ((days >> day) & 1U)
                    return at.withDate(at.year(), at.month(), day).withTime(m_lowestTime);
            }
            return at.beginOfMonth(1);
        }
        if (!m_cron.hours.has(at.hour()))
            return stepped(at, kHour, 24, m_cron.hours, [](const ZonedTime &time) { return time.hour(); });
        if (!m_cron.minutes.has(at.minute()))
            return stepped(at, kMinute, 60, m_cron.minutes, [](const ZonedTime &time) { return time.minute(); });
        if (!m_cron.seconds.has(at.second()))
            return stepped(at, 1, 60, m_cron.seconds, [](const ZonedTime &time) { return time.second(); });
        return at;
    }

    std::optional<ZonedTime> nextMonth(const ZonedTime &at) const
    {
        for (unsigned month = at.month() + 1; month <= 12; ++month) {
            if (!m_cron.months.has(month))
                continue;
            const std::uint64_t days = daysOf(at.year(), month);
            unsigned first = 1;
            while (first <= 31 && !((days >> first) & 1U))
                ++first;
            const ZonedTime begin = at.truncatedTo(kDay).withDate(at.year(), month, 1);
            return days == 0 ? begin.beginOfMonth(1)
                             : at.withDate(at.year(), month, first).withTime(m_lowestTime);
        }
        return at.truncatedTo(kDay).withDate(at.year() + 1, 1, 1);
    }

    template <typename Read>
    static std::optional<ZonedTime> stepped(ZonedTime at, std::int64_t unit, int range, const flow::CronField &field,
                                            Read read)
    {
        for (int step = 0; step < 2 * (range - 1); ++step) {
            at = at.plusSeconds(unit);
            if (field.has(read(at)))
                return at.truncatedTo(unit);
        }
        return std::nullopt;
    }

    /// Bit n is set when day n of the month matches: both fields restricted, either one is enough.
    std::uint64_t daysOf(int year, unsigned month) const
    {
        using namespace std::chrono;
        const auto first = std::chrono::year(year) / std::chrono::month(month) / 1;
        const unsigned count = static_cast<unsigned>((first.year() / first.month() / last).day());
        const unsigned weekday = std::chrono::weekday(sys_days(first)).c_encoding();
        std::uint64_t days = 0;
        for (unsigned day = 1; day <= count; ++day) {
            const bool byDay = m_cron.days.has(day);
            const bool byWeekday = m_cron.weekdays.has((weekday + day - 1) % 7);
            const bool matches = m_cron.weekdays.every ? byDay : m_cron.days.every ? byWeekday : byDay || byWeekday;
            if (matches)
                days |= std::uint64_t(1) << day;
        }
        return days;
    }

    const flow::Cron &m_cron;
    std::int64_t m_lowestTime;
};

} // namespace

std::optional<std::int64_t> nextCronDate(const flow::Cron &cron, const expr::TimeZone &zone, std::int64_t after)
{
    const Search search(cron);
    const ZonedTime from(zone, after);
    std::optional<ZonedTime> next = search.match(from);
    if (next && *next == from) {
        next = search.match(from.plusSeconds(1));
        // A single time of the day that the clocks repeat comes once: when the one after it is hours away.
        if (next && next->offset() < from.offset()) {
            const std::optional<ZonedTime> following = search.match(next->plusSeconds(1));
            if (following && (following->instant() - next->instant()) / kHour > 1)
                next = search.match(from.plusSeconds(1 + kHour));
        }
    }
    return next ? std::optional(next->instant()) : std::nullopt;
}

} // namespace engine
