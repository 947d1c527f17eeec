#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace expr {

/// Rules of one time zone, read from ICU's data, from 2022 on from the system's, which is newer. A value: cheap to copy, thread-safe. All times are
/// whole seconds since 1970-01-01T00:00:00, of UTC (`instant`) or as a clock on the wall shows (`local`).
class TimeZone
{
public:
    /// UTC.
    TimeZone();
    /// As Java's ZoneId.of: a region (`Europe/Paris`), `Z`, `UTC`, `+02:00`, `UTC+3`, `GMT-03:30`.
    /// Letters must be as written in the zone data; three-letter names such as `EST` are none.
    static std::optional<TimeZone> find(std::string_view id);

    const std::string &id() const { return m_id; }
    bool isFixed() const { return !m_rules; }
    /// Seconds east of Greenwich at an instant.
    int offsetAt(std::int64_t instant) const;

    /// What a wall clock's time means. In a gap (clocks go forward) `count` is 0 and both are what the
    /// time would be with the offset before and after the gap; in an overlap both offsets are given, the earlier
    /// instant first.
    struct Local
    {
        int count = 1;            ///< instants with that local time: 0, 1 or 2
        std::int64_t first = 0;   ///< instant; in a gap: local minus the offset before it
        std::int64_t second = 0;  ///< same as first unless count is 0 or 2
        std::int64_t transition = 0; ///< instant of the change; when count is not 1
    };
    Local resolve(std::int64_t local) const;
    /// As the language does: in a gap moved forward by its length, in an overlap the earlier instant.
    std::int64_t toInstant(std::int64_t local) const { return resolve(local).first; }
    /// The first change of offset after an instant; nothing when there is none.
    std::optional<std::int64_t> nextTransition(std::int64_t instant) const;

private:
    struct Rules;
    static Local resolve(const class ZoneFile &zone, std::int64_t local);
    std::string m_id;
    int m_offset = 0;
    std::shared_ptr<const Rules> m_rules; // null: always m_offset
};

} // namespace expr
