#include "engine/expr/zone_file.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cctype>
#include <fstream>
#include <iterator>

namespace expr {
namespace {

/// Big-endian numbers of a file; `ok` turns false behind its end.
struct Bytes
{
    const std::string &data;
    std::size_t at = 0;
    bool ok = true;

    std::int64_t number(int size)
    {
        if (at + static_cast<std::size_t>(size) > data.size()) {
            ok = false;
            return 0;
        }
        std::uint64_t value = (static_cast<unsigned char>(data[at]) & 0x80) != 0 ? ~std::uint64_t{0} : 0;
        for (int i = 0; i < size; ++i)
            value = value << 8 | static_cast<unsigned char>(data[at++]);
        return static_cast<std::int64_t>(value);
    }
};

/// `Mm.w.d[/time]` of a POSIX rule.
struct Change
{
    int month = 0, week = 0, day = 0;
    int second = 7200;
};

class RuleReader
{
public:
    explicit RuleReader(const std::string &text) : m_text(text) {}

    bool atEnd() const { return m_at >= m_text.size(); }
    bool take(char c)
    {
        if (atEnd() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    bool name()
    {
        const std::size_t begin = m_at;
        if (take('<')) {
            m_at = m_text.find('>', m_at);
            return m_at != std::string::npos && ++m_at > begin;
        }
        while (!atEnd() && std::isalpha(static_cast<unsigned char>(m_text[m_at])))
            ++m_at;
        return m_at - begin >= 3;
    }
    /// `[+-]hh[:mm[:ss]]` in seconds.
    std::optional<int> time()
    {
        const int sign = take('-') ? -1 : 1;
        if (sign > 0)
            take('+');
        int seconds = 0;
        for (int unit = 3600; unit > 0; unit /= 60) {
            const auto part = number();
            if (!part)
                return std::nullopt;
            seconds += *part * unit;
            if (!take(':'))
                break;
        }
        return sign * seconds;
    }
    std::optional<Change> change()
    {
        Change change;
        if (!take(',') || !take('M'))
            return std::nullopt;
        for (int *part : {&change.month, &change.week, &change.day}) {
            const auto value = number();
            if (!value || (part != &change.day && !take('.')))
                return std::nullopt;
            *part = *value;
        }
        if (take('/')) {
            const auto at = time();
            if (!at)
                return std::nullopt;
            change.second = *at;
        }
        const bool known = change.month >= 1 && change.month <= 12 && change.week >= 1 && change.week <= 5 && change.day <= 6;
        return known ? std::optional(change) : std::nullopt;
    }
    bool startsTime() const { return !atEnd() && m_text[m_at] != ','; }

private:
    std::optional<int> number()
    {
        const std::size_t begin = m_at;
        int value = 0;
        while (!atEnd() && std::isdigit(static_cast<unsigned char>(m_text[m_at])) && m_at - begin < 4)
            value = value * 10 + (m_text[m_at++] - '0');
        return m_at > begin ? std::optional(value) : std::nullopt;
    }

    const std::string &m_text;
    std::size_t m_at = 0;
};

/// When a rule's change is in a year, as an instant; `offset` is the one before it.
std::int64_t instantOf(const Change &change, int year, int offset)
{
    using namespace std::chrono;
    const weekday day(static_cast<unsigned>(change.day));
    const year_month month = std::chrono::year(year) / static_cast<int>(change.month);
    const sys_days date = change.week == 5 ? sys_days(month / day[last]) : sys_days(month / day[static_cast<unsigned>(change.week)]);
    return duration_cast<seconds>(date.time_since_epoch()).count() + change.second - offset;
}

} // namespace

std::optional<ZoneFile> ZoneFile::read(const std::string &id)
{
    if (id.find("..") != std::string::npos || id.starts_with('/'))
        return std::nullopt;
    std::ifstream in("/usr/share/zoneinfo/" + id, std::ios::binary);
    if (!in)
        return std::nullopt;
    return parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

std::optional<ZoneFile> ZoneFile::parse(const std::string &bytes)
{
    constexpr std::size_t kHeader = 44;
    Bytes in{bytes};
    if (!bytes.starts_with("TZif") || bytes.size() < kHeader || bytes[4] < '2')
        return std::nullopt;
    const auto counts = [&](std::size_t header) {
        std::array<std::size_t, 6> sizes{};
        in.at = header + 20;
        for (std::size_t &size : sizes)
            size = static_cast<std::size_t>(in.number(4)) & 0xFFFFFF;
        return sizes;
    };
    // isutc, isstd, leap, times, types, letters: first with times of 4 bytes, then again with 8.
    const auto old = counts(0);
    const std::size_t second = kHeader + old[3] * 5 + old[4] * 6 + old[5] + old[2] * 8 + old[1] + old[0];
    if (second + kHeader > bytes.size())
        return std::nullopt;
    const auto sizes = counts(second);
    std::vector<std::int64_t> times(sizes[3]);
    std::vector<std::size_t> kinds(sizes[3]);
    std::vector<int> offsets(sizes[4]);
    for (std::int64_t &time : times) {
        time = in.number(8);
        if (!in.ok)
            return std::nullopt;
    }
    for (std::size_t &kind : kinds)
        kind = static_cast<std::size_t>(in.number(1)) & 0xFF;
    for (int &offset : offsets) {
        offset = static_cast<int>(in.number(4));
        in.at += 2;
    }
    in.at += sizes[5] + sizes[2] * 12 + sizes[1] + sizes[0];
    if (!in.ok || offsets.empty() || in.at >= bytes.size() || bytes[in.at] != '\n')
        return std::nullopt;
    ZoneFile zone;
    zone.m_first = offsets.front();
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (kinds[i] >= offsets.size())
            return std::nullopt;
        zone.m_changes.emplace_back(times[i], offsets[kinds[i]]);
    }
    const std::size_t end = bytes.find('\n', in.at + 1);
    if (end == std::string::npos || !zone.addRule(bytes.substr(in.at + 1, end - in.at - 1)))
        return std::nullopt;
    return zone;
}

/// Adds the changes the file's last line says for the years behind its table: `EET-2EEST,M4.5.5/0,M10.5.4/24`.
bool ZoneFile::addRule(const std::string &rule)
{
    RuleReader reader(rule);
    if (!reader.name())
        return false;
    const auto standard = reader.time();
    if (!standard)
        return false;
    if (reader.atEnd())
        return true;
    if (!reader.name())
        return false;
    const auto summer = reader.startsTime() ? reader.time() : std::optional(*standard - 3600);
    const auto begin = reader.change();
    const auto end = reader.change();
    if (!summer || !begin || !end || !reader.atEnd())
        return false;
    const std::int64_t from = m_changes.empty() ? kFrom : std::max(kFrom, m_changes.back().first);
    std::vector<std::pair<std::int64_t, int>> more;
    for (int year = 2021; year <= 2101; ++year) {
        more.emplace_back(instantOf(*begin, year, -*standard), -*summer);
        more.emplace_back(instantOf(*end, year, -*summer), -*standard);
    }
    std::sort(more.begin(), more.end());
    std::copy_if(more.begin(), more.end(), std::back_inserter(m_changes), [&](const auto &change) { return change.first > from; });
    return true;
}

int ZoneFile::offsetAt(std::int64_t instant) const
{
    const auto after = std::upper_bound(m_changes.begin(), m_changes.end(), instant,
                                        [](std::int64_t at, const auto &change) { return at < change.first; });
    return after == m_changes.begin() ? m_first : std::prev(after)->second;
}

std::optional<std::int64_t> ZoneFile::nextTransition(std::int64_t instant) const
{
    auto change = std::upper_bound(m_changes.begin(), m_changes.end(), instant,
                                   [](std::int64_t at, const auto &one) { return at < one.first; });
    for (; change != m_changes.end(); ++change)
        if (change->second != offsetAt(change->first - 1))
            return change->first;
    return std::nullopt;
}

} // namespace expr
