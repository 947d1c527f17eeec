#include "engine/expr/date_names.h"

#include "engine/expr/failure.h"

#include <unicode/calendar.h>
#include <unicode/dtfmtsym.h>
#include <unicode/resbund.h>
#include <unicode/smpdtfmt.h>
#include <unicode/tznames.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace expr {
namespace {

std::string utf8(const icu::UnicodeString &text)
{
    std::string out;
    text.toUTF8String(out);
    return out;
}

/// LocaleUtils.toLocale's forms.
bool isLocale(const std::string &text)
{
    const auto all = [](std::string_view part, auto test) {
        return !part.empty() && std::all_of(part.begin(), part.end(), [&](char c) { return test(static_cast<unsigned char>(c)) != 0; });
    };
    if (text.empty())
        return true;
    const std::size_t mark = text.find_first_of("_-");
    const std::string_view language = std::string_view(text).substr(0, mark);
    if ((language.size() != 2 && language.size() != 3) || !all(language, islower))
        return false;
    if (mark == std::string::npos)
        return true;
    const std::string_view rest = std::string_view(text).substr(mark + 1);
    const std::string_view country = rest.substr(0, rest.find_first_of("_-"));
    return (country.size() == 2 && all(country, isupper)) || (country.size() == 3 && all(country, isdigit)) || country.empty();
}

/// ICU has data of the language; for others it would take those of the machine's.
bool isKnown(const icu::Locale &locale)
{
    std::int32_t count = 0;
    const icu::Locale *all = icu::Locale::getAvailableLocales(count);
    return std::any_of(all, all + count, [&locale](const icu::Locale &one) { return std::string_view(one.getLanguage()) == locale.getLanguage(); });
}

std::vector<std::string> texts(const icu::UnicodeString *names, int count, int skip)
{
    std::vector<std::string> out;
    for (int i = skip; i < count; ++i)
        out.push_back(utf8(names[i]));
    return out;
}

std::shared_ptr<const DateNames> make(const std::string &id)
{
    auto names = std::make_shared<DateNames>();
    const icu::Locale wanted(id.c_str());
    const bool known = isKnown(wanted);
    const icu::Locale locale = known ? wanted : icu::Locale::getEnglish();
    UErrorCode status = U_ZERO_ERROR;
    icu::DateFormatSymbols symbols(locale, status);
    using Symbols = icu::DateFormatSymbols;
    static constexpr Symbols::DtWidthType kWidths[] = {Symbols::ABBREVIATED, Symbols::WIDE, Symbols::NARROW};
    for (int width = 0; width < 3; ++width) {
        int count = 0;
        const icu::UnicodeString *list = symbols.getMonths(count, Symbols::FORMAT, kWidths[width]);
        names->months[width] = texts(list, count, 0);
        list = symbols.getMonths(count, Symbols::STANDALONE, kWidths[width]);
        names->standalone[width] = texts(list, count, 0);
        list = symbols.getWeekdays(count, Symbols::FORMAT, kWidths[width]);
        names->days[width] = texts(list, count, 2); // the first is none, then Sunday
        names->days[width].push_back(utf8(list[1]));
        list = symbols.getQuarters(count, Symbols::FORMAT, kWidths[width]);
        names->quarters[width] = texts(list, count, 0);
        list = width == DateNames::Full ? symbols.getEraNames(count) : width == DateNames::Short ? symbols.getEras(count) : symbols.getNarrowEras(count);
        names->eras[width] = texts(list, count, 0);
    }
    int count = 0;
    const icu::UnicodeString *halves = symbols.getAmPmStrings(count);
    names->am = utf8(halves[0]);
    names->pm = utf8(halves[1]);
    status = U_ZERO_ERROR;
    if (locale.getCountry()[0] != '\0') {
        const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(locale, status));
        if (U_SUCCESS(status)) {
            const int first = calendar->getFirstDayOfWeek(status); // Sunday is 1
            names->firstDay = first == 1 ? 7 : first - 1;
            names->minimalDays = calendar->getMinimalDaysInFirstWeek();
        }
    }
    static constexpr icu::DateFormat::EStyle kStyles[] = {icu::DateFormat::kFull, icu::DateFormat::kLong, icu::DateFormat::kMedium,
                                                          icu::DateFormat::kShort};
    for (int style = 0; style < 4; ++style) {
        const std::unique_ptr<icu::DateFormat> date(icu::DateFormat::createDateInstance(kStyles[style], locale));
        const std::unique_ptr<icu::DateFormat> time(icu::DateFormat::createTimeInstance(kStyles[style], locale));
        icu::UnicodeString datePattern, timePattern, glue("{1}, {0}");
        if (auto *simple = dynamic_cast<icu::SimpleDateFormat *>(date.get()))
            simple->toPattern(datePattern);
        if (auto *simple = dynamic_cast<icu::SimpleDateFormat *>(time.get()))
            simple->toPattern(timePattern);
        // The glue of a date and a time, not the one that says "at".
        status = U_ZERO_ERROR;
        const icu::ResourceBundle bundle(nullptr, locale, status);
        const icu::ResourceBundle patterns = bundle.get("calendar", status).get("gregorian", status).get("DateTimePatterns", status);
        if (U_SUCCESS(status)) {
            const icu::UnicodeString found = patterns.getStringEx(9 + style, status);
            if (U_SUCCESS(status))
                glue = found;
        }
        glue.findAndReplace("{1}", datePattern);
        glue.findAndReplace("{0}", timePattern);
        names->patterns[style] = utf8(glue);
    }
    if (!known) { // short English names everywhere
        names->months[DateNames::Full] = names->months[DateNames::Short];
        names->standalone[DateNames::Full] = names->standalone[DateNames::Short];
        names->days[DateNames::Full] = names->days[DateNames::Short];
    }
    return names;
}

/// The abbreviations Java knows, by the zone's English name.
const std::map<std::string, std::string> &abbreviations()
{
    static const std::map<std::string, std::string> known{
        {"Coordinated Universal Time", "UTC"},        {"Greenwich Mean Time", "GMT"},
        {"British Summer Time", "BST"},               {"Irish Standard Time", "IST"},
        {"Central European Standard Time", "CET"},    {"Central European Summer Time", "CEST"},
        {"Eastern European Standard Time", "EET"},    {"Eastern European Summer Time", "EEST"},
        {"Western European Standard Time", "WET"},    {"Western European Summer Time", "WEST"},
        {"Moscow Standard Time", "MSK"},              {"India Standard Time", "IST"},
        {"Japan Standard Time", "JST"},               {"Korean Standard Time", "KST"},
        {"China Standard Time", "CST"},               {"Singapore Standard Time", "SGT"},
        {"Hong Kong Standard Time", "HKT"},           {"Philippine Standard Time", "PST"},
        {"Eastern Standard Time", "EST"},             {"Eastern Daylight Time", "EDT"},
        {"Central Standard Time", "CST"},             {"Central Daylight Time", "CDT"},
        {"Mountain Standard Time", "MST"},            {"Mountain Daylight Time", "MDT"},
        {"Pacific Standard Time", "PST"},             {"Pacific Daylight Time", "PDT"},
        {"Alaska Standard Time", "AKST"},             {"Alaska Daylight Time", "AKDT"},
        {"Hawaii-Aleutian Standard Time", "HST"},     {"Atlantic Standard Time", "AST"},
        {"Atlantic Daylight Time", "ADT"},            {"Newfoundland Standard Time", "NST"},
        {"Newfoundland Daylight Time", "NDT"},        {"Australian Eastern Standard Time", "AEST"},
        {"Australian Eastern Daylight Time", "AEDT"}, {"Australian Central Standard Time", "ACST"},
        {"Australian Central Daylight Time", "ACDT"}, {"Australian Western Standard Time", "AWST"},
        {"New Zealand Standard Time", "NZST"},        {"New Zealand Daylight Time", "NZDT"},
        {"South Africa Standard Time", "SAST"},       {"Brasilia Standard Time", "BRT"},
        {"Argentina Standard Time", "ART"},           {"Israel Standard Time", "IST"},
        {"Israel Daylight Time", "IDT"},              {"Gulf Standard Time", "GST"},
        {"Pakistan Standard Time", "PKT"},            {"Indochina Time", "ICT"},
        {"West Africa Standard Time", "WAT"},         {"East Africa Time", "EAT"},
        {"Central Africa Time", "CAT"},               {"Chile Standard Time", "CLT"},
        {"Nepal Time", "NPT"},                        {"Lord Howe Standard Time", "LHST"},
        {"Lord Howe Daylight Time", "LHDT"},          {"Colombia Standard Time", "COT"},
        {"Peru Standard Time", "PET"},                {"Western Indonesia Time", "WIB"}};
    return known;
}

} // namespace

std::shared_ptr<const DateNames> dateNames(const std::string &locale)
{
    if (!isLocale(locale))
        throwJava("java.lang.IllegalArgumentException", "Invalid locale format: " + locale);
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<const DateNames>> known;
    const std::lock_guard lock(mutex);
    auto &entry = known[locale];
    if (!entry) {
        if (known.size() > 64)
            known.clear();
        return known[locale] = make(locale);
    }
    return entry;
}

std::string zoneName(const ZonedTime &time, bool full, const std::string &locale)
{
    const std::string &id = time.zone.id();
    if (id.starts_with('+') || id.starts_with('-') || id == "Z" || id.starts_with("UTC+") || id.starts_with("UTC-") || id.starts_with("GMT+") ||
        id.starts_with("GMT-"))
        return id;
    const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(id)));
    std::int32_t raw = 0, saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone->getOffset(static_cast<double>(time.second) * 1000.0, false, raw, saving, status);
    const auto named = [&](const icu::Locale &where) {
        icu::UnicodeString name;
        zone->getDisplayName(saving != 0, icu::TimeZone::LONG, where, name);
        return utf8(name);
    };
    if (full)
        return named(icu::Locale(locale.c_str()));
    const std::string english = named(icu::Locale::getEnglish());
    const auto at = abbreviations().find(english);
    return at != abbreviations().end() ? at->second : offsetText((raw + saving) / 1000, false);
}

std::string dayPeriod(const LocalTime &time, int letters, const std::string &locale)
{
    UErrorCode status = U_ZERO_ERROR;
    icu::SimpleDateFormat format(icu::UnicodeString(letters == 4 ? "BBBB" : letters == 5 ? "BBBBB" : "B"), icu::Locale(locale.c_str()), status);
    format.setTimeZone(*icu::TimeZone::getGMT());
    icu::UnicodeString out;
    if (U_SUCCESS(status))
        format.format(static_cast<double>(time.hour * 3600 + time.minute * 60 + time.second) * 1000.0, out);
    return utf8(out);
}

} // namespace expr
