#include "engine/expr/time_zone.h"

#include "engine/expr/zone_file.h"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/tztrans.h>
#include <unicode/unistr.h>

#include <cmath>
#include <map>
#include <mutex>

namespace expr {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// `+h`, `+hh`, `+hh:mm`, `+hhmm`, `+hh:mm:ss`, `+hhmmss`, as Java's ZoneOffset.of; up to 18 hours.
std::optional<int> parseOffset(std::string_view text)
{
    if (text == "Z")
        return 0;
    if (text.size() < 2 || (text[0] != '+' && text[0] != '-'))
        return std::nullopt;
    std::string digits;
    const std::string_view rest = text.substr(1);
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (rest[i] == ':' && (i == 2 || i == 5) && rest.size() > 4)
            continue;
        if (!isDigit(rest[i]))
            return std::nullopt;
        digits += rest[i];
    }
    const bool colons = rest.find(':') != std::string_view::npos;
    if (colons && rest.size() != 5 && rest.size() != 8)
        return std::nullopt;
    if (digits.size() == 1)
        digits.insert(0, "0");
    if (digits.size() != 2 && digits.size() != 4 && digits.size() != 6)
        return std::nullopt;
    digits.resize(6, '0');
    const auto two = [&digits](std::size_t at) { return (digits[at] - '0') * 10 + (digits[at + 1] - '0'); };
    const int seconds = two(0) * 3600 + two(2) * 60 + two(4);
    if (two(2) > 59 || two(4) > 59 || seconds > 18 * 3600)
        return std::nullopt;
    return text[0] == '-' ? -seconds : seconds;
}

std::string offsetText(int seconds)
{
    if (seconds == 0)
        return "Z";
    const int size = std::abs(seconds);
    char buffer[48];
    if (size % 60 != 0)
        std::snprintf(buffer, sizeof buffer, "%c%02d:%02d:%02d", seconds < 0 ? '-' : '+', size / 3600, size / 60 % 60, size % 60);
    else
        std::snprintf(buffer, sizeof buffer, "%c%02d:%02d", seconds < 0 ? '-' : '+', size / 3600, size / 60 % 60);
    return buffer;
}

} // namespace

struct TimeZone::Rules
{
    std::unique_ptr<icu::BasicTimeZone> zone;
    std::optional<ZoneFile> newer; ///< for the years ICU was built too early for
};

TimeZone::TimeZone() : m_id("UTC") {}

std::optional<TimeZone> TimeZone::find(std::string_view id)
{
    TimeZone found;
    if (const auto offset = parseOffset(id)) {
        found.m_offset = *offset;
        found.m_id = offsetText(*offset);
        return found;
    }
    for (const std::string_view prefix : {"UTC", "GMT", "UT"}) {
        if (!id.starts_with(prefix))
            continue;
        const std::string_view rest = id.substr(prefix.size());
        if (rest.empty()) {
            found.m_id = id;
            return found;
        }
        if (rest[0] != '+' && rest[0] != '-')
            continue;
        const auto offset = parseOffset(rest);
        if (!offset)
            return std::nullopt;
        found.m_offset = *offset;
        found.m_id = std::string(prefix) + (*offset == 0 ? "" : offsetText(*offset));
        return found;
    }
    // ICU's own short names are not regions of Java.
    static constexpr std::string_view kShort[] = {"ACT", "AET", "AGT", "ART", "AST", "BET", "BST", "CAT", "CNT", "CST",
                                                  "CTT", "EAT", "ECT", "EST", "HST", "IET", "IST", "JST", "MIT", "MST",
                                                  "NET", "NST", "PLT", "PNT", "PRT", "PST", "SST", "VST"};
    for (const std::string_view name : kShort)
        if (name == id)
            return std::nullopt;

    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<const Rules>, std::less<>> known;
    const std::lock_guard lock(mutex);
    if (const auto at = known.find(id); at != known.end()) {
        found.m_id = at->first;
        found.m_rules = at->second;
        return found;
    }
    const icu::UnicodeString name = icu::UnicodeString::fromUTF8(icu::StringPiece(id.data(), static_cast<int>(id.size())));
    icu::UnicodeString canonical;
    UErrorCode status = U_ZERO_ERROR;
    icu::TimeZone::getCanonicalID(name, canonical, status);
    if (U_FAILURE(status) || id.find_first_of("+-") == 3)
        return std::nullopt;
    std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(name));
    icu::UnicodeString back;
    zone->getID(back);
    auto *basic = dynamic_cast<icu::BasicTimeZone *>(zone.get());
    if (!basic || back != name || *zone == icu::TimeZone::getUnknown())
        return std::nullopt;
    auto rules = std::make_shared<Rules>();
    zone.release();
    rules->zone.reset(basic);
    rules->newer = ZoneFile::read(std::string(id));
    found.m_id = id;
    found.m_rules = rules;
    known.emplace(found.m_id, std::move(rules));
    return found;
}

int TimeZone::offsetAt(std::int64_t instant) const
{
    if (!m_rules)
        return m_offset;
    if (m_rules->newer && ZoneFile::covers(instant))
        return m_rules->newer->offsetAt(instant);
    std::int32_t raw = 0, saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    m_rules->zone->getOffset(static_cast<double>(instant) * 1000.0, false, raw, saving, status);
    return (raw + saving) / 1000;
}

TimeZone::Local TimeZone::resolve(std::int64_t local) const
{
    if (!m_rules)
        return {1, local - m_offset, local - m_offset, 0};
    constexpr std::int64_t kDay = 86'400;
    if (m_rules->newer && ZoneFile::covers(local - 2 * kDay) && ZoneFile::covers(local + 2 * kDay))
        return resolve(*m_rules->newer, local);
    std::int32_t raw = 0, saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    const double millis = static_cast<double>(local) * 1000.0;
    m_rules->zone->getOffsetFromLocal(millis, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw, saving, status);
    const int former = (raw + saving) / 1000;
    m_rules->zone->getOffsetFromLocal(millis, UCAL_TZ_LOCAL_LATTER, UCAL_TZ_LOCAL_LATTER, raw, saving, status);
    const int latter = (raw + saving) / 1000;
    Local out{1, local - former, local - latter, 0};
    if (former == latter)
        return out;
    out.count = former < latter ? 0 : 2;
    icu::TimeZoneTransition transition;
    const std::int64_t before = local - std::max(former, latter) - 1;
    if (m_rules->zone->getNextTransition(static_cast<double>(before) * 1000.0, true, transition))
        out.transition = static_cast<std::int64_t>(std::floor(transition.getTime() / 1000.0));
    return out;
}

TimeZone::Local TimeZone::resolve(const ZoneFile &zone, std::int64_t local)
{
    constexpr std::int64_t kDay = 86'400;
    const int former = zone.offsetAt(local - kDay);
    const auto change = zone.nextTransition(local - kDay);
    if (!change || *change > local + kDay)
        return {1, local - former, local - former, 0};
    const int latter = zone.offsetAt(*change);
    const std::int64_t begin = *change + std::min(former, latter);
    const std::int64_t end = *change + std::max(former, latter);
    if (local >= begin && local < end)
        return {former < latter ? 0 : 2, local - former, local - latter, *change};
    const int offset = local < begin ? former : latter;
    return {1, local - offset, local - offset, 0};
}

std::optional<std::int64_t> TimeZone::nextTransition(std::int64_t instant) const
{
    if (m_rules && m_rules->newer && ZoneFile::covers(instant))
        return m_rules->newer->nextTransition(instant);
    icu::TimeZoneTransition transition;
    double at = static_cast<double>(instant) * 1000.0;
    while (m_rules && m_rules->zone->getNextTransition(at, false, transition)) {
        at = transition.getTime();
        const auto offset = [](const icu::TimeZoneRule *rule) { return rule->getRawOffset() + rule->getDSTSavings(); };
        if (m_rules->newer && at / 1000.0 >= static_cast<double>(ZoneFile::kFrom))
            return m_rules->newer->nextTransition(ZoneFile::kFrom - 1);
        if (offset(transition.getFrom()) != offset(transition.getTo()))
            return static_cast<std::int64_t>(std::floor(at / 1000.0));
    }
    if (m_rules && m_rules->newer && instant < ZoneFile::kFrom)
        return m_rules->newer->nextTransition(ZoneFile::kFrom - 1);
    return std::nullopt;
}

} // namespace expr
