#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace expr {

/// One zone of the system's time zone data (TZif, RFC 8536), from `kFrom` to `kTo`: newer than what ICU was built with. Immutable.
class ZoneFile
{
public:
    static constexpr std::int64_t kFrom = 1'640'995'200; ///< 2022-01-01
    static constexpr std::int64_t kTo = 4'102'444'800;   ///< 2100-01-01
    static bool covers(std::int64_t instant) { return instant >= kFrom && instant < kTo; }

    /// Nothing when the system has no such zone or its file can't be read. `id` is the name of a known zone.
    static std::optional<ZoneFile> read(const std::string &id);
    /// The same of the bytes of a file.
    static std::optional<ZoneFile> parse(const std::string &bytes);

    int offsetAt(std::int64_t instant) const; ///< seconds east of Greenwich
    /// The first change of offset after an instant.
    std::optional<std::int64_t> nextTransition(std::int64_t instant) const;

private:
    bool addRule(const std::string &rule);

    int m_first = 0; // before all changes
    std::vector<std::pair<std::int64_t, int>> m_changes; // when, and the offset from then on; ascending
};

} // namespace expr
