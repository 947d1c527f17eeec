#include "engine/expr/date_names.h"
#include "engine/expr/date_time.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/registry.h"
#include "engine/expr/unicode_text.h"

#include <algorithm>

namespace expr {
namespace {

using flow::Value;
using Kind = Value::Kind;

TimeZone zoneArgument(Call &call, std::size_t index)
{
    const Value *given = call.nonNull(index);
    return zoneOf(given ? java::textOf(*given) : call.environment().timeZone);
}

/// Arguments of the wrong class are refused in their order, before any is looked at.
void checkTexts(Call &call, std::size_t first, std::size_t end)
{
    for (std::size_t i = first; i < end; ++i)
        if (const Value *given = call.nonNull(i))
            java::textOf(*given);
}

std::string localeArgument(Call &call, std::size_t index)
{
    const Value *given = call.nonNull(index);
    const std::string &locale = given ? java::textOf(*given) : call.environment().locale;
    dateNames(locale); // refuses what is no locale
    return locale;
}

/// A Long as the language reads it: by its length milliseconds, nanoseconds or seconds.
ZonedTime ofEpoch(std::int64_t number, const TimeZone &zone)
{
    const std::string digits = std::to_string(number);
    const auto split = [](std::int64_t value, std::int64_t by) {
        const std::int64_t rest = ((value % by) + by) % by;
        return std::pair((value - rest) / by, rest);
    };
    if (digits.size() == 13) {
        const auto [seconds, millis] = split(number, 1000);
        return {seconds, static_cast<int>(millis * 1'000'000), zone};
    }
    if (digits.size() == 19) {
        const auto [seconds, nanos] = split(number, 1'000'000'000);
        if (digits.ends_with("000"))
            return {seconds, static_cast<int>(nanos), zone};
        return {seconds, static_cast<int>(nanos % 1'000'000 * 1000), zone};
    }
    if (number > 31556889864403199 || number < -31557014167219200)
        throwJava("java.time.DateTimeException", "Instant exceeds minimum or maximum instant");
    return {number, 0, zone};
}

ZonedTime timeOf(Call &call, const Value &input, const TimeZone &zone, const Value *format)
{
    switch (input.kind()) {
    case Kind::Instant:
    case Kind::ZonedDateTime:
    case Kind::LocalDateTime: return parseIsoTime(input.text(), zone);
    case Kind::LocalDate: {
        const ZonedTime noon = parseIsoTime(input.text() + "T12:00:00", zone);
        return noon;
    }
    case Kind::Long: return ofEpoch(input.asInt(), zone);
    default: break;
    }
    const std::string &text = java::textOf(input);
    if (format)
        return parseTime(text, java::textOf(*format), zone, call.environment().locale); // never the filter's own locale
    return parseIsoTime(text, zone);
}

std::string printed(Call &call, const ZonedTime &time, std::size_t formatIndex, const std::string &locale)
{
    if (call.argument(formatIndex) && call.argument(formatIndex)->isNull())
        throwJava("java.lang.NullPointerException", "pattern");
    const Value *format = call.argument(formatIndex);
    return formatTime(time, format ? java::textOf(*format) : "iso", locale);
}

Value date(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    checkTexts(call, 0, 4);
    const TimeZone zone = zoneArgument(call, 1);
    const std::string locale = localeArgument(call, 3);
    return Value(printed(call, timeOf(call, input, zone, call.nonNull(2)), 0, locale));
}

Value dateAdd(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    const Value amount = call.argument(0) ? *call.argument(0) : Value();
    std::int64_t count = 0;
    if (amount.isNumber()) {
        count = java::wholeOf(amount);
    } else if (amount.isText()) {
        const std::string &text = amount.text();
        const char *begin = text.c_str();
        char *end = nullptr;
        errno = 0;
        count = std::strtoll(begin, &end, 10);
        if (text.empty() || *end != '\0' || errno != 0 || std::isspace(static_cast<unsigned char>(*begin)))
            call.fail(text + " can't be converted to long", "NumberFormatException");
    } else {
        call.fail("Incorrect " + flow::toText(amount) + " format, must be a number");
    }
    checkTexts(call, 1, 2);
    checkTexts(call, 3, 6);
    const TimeZone zone = zoneArgument(call, 3);
    const std::string locale = localeArgument(call, 5);
    const ZonedTime time = timeOf(call, input, zone, call.nonNull(4));
    const Value *unit = call.nonNull(1);
    if (!unit)
        throwJava("java.lang.NullPointerException", "Name is null");
    return Value(printed(call, plus(time, count, java::textOf(*unit)), 2, locale));
}

ZonedTime stamp(Call &call, const Value &input)
{
    checkTexts(call, 0, 2);
    return timeOf(call, input, zoneArgument(call, 0), call.nonNull(1));
}

/// TimeUnit's conversion: what does not fit is the largest number.
std::int64_t scaled(std::int64_t seconds, std::int64_t by)
{
    std::int64_t out = 0;
    if (__builtin_mul_overflow(seconds, by, &out))
        return seconds < 0 ? INT64_MIN : INT64_MAX;
    return out;
}

Value timestamp(Call &call, const Value &input)
{
    return input.isNull() ? input : Value(stamp(call, input).second);
}

Value timestampMilli(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    const ZonedTime time = stamp(call, input);
    std::int64_t out = 0;
    if (__builtin_mul_overflow(time.second, std::int64_t{1000}, &out) || __builtin_add_overflow(out, time.nano / 1'000'000, &out))
        throwJava("java.lang.ArithmeticException", "long overflow");
    return Value(out);
}

Value fine(Call &call, const Value &input, std::int64_t by)
{
    if (input.isNull())
        return input;
    const ZonedTime time = stamp(call, input);
    const auto rest = static_cast<std::uint64_t>(time.nano / (1'000'000'000 / by));
    return Value(std::to_string(static_cast<std::int64_t>(static_cast<std::uint64_t>(scaled(time.second, by)) + rest)));
}

Value timestampMicro(Call &call, const Value &input)
{
    return fine(call, input, 1'000'000);
}

Value timestampNano(Call &call, const Value &input)
{
    return fine(call, input, 1'000'000'000);
}

Value now(Call &call)
{
    const std::int64_t nanos = call.host().now().time_since_epoch().count();
    const std::int64_t seconds = nanos / 1'000'000'000 - (nanos % 1'000'000'000 < 0 ? 1 : 0);
    const ZonedTime time{seconds, static_cast<int>(nanos - seconds * 1'000'000'000), zoneArgument(call, 1)};
    return Value(printed(call, time, 0, localeArgument(call, 3)));
}

constexpr const char *kDays[] = {"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"};

/// The date of a function of the 2.0 language.
LocalTime dateOf(Call &call, const char *function, bool withTime = false)
{
    if (!call.nonNull(0))
        call.fail(std::string("The '") + function + "()' function expects a 'date' argument.");
    const std::string text = flow::toText(*call.argument(0));
    try {
        const TimeZone zone = zoneOf(call.environment().timeZone);
        if (withTime && text.find('T') == std::string::npos)
            throwJava("java.time.format.DateTimeParseException", "Text '" + text + "' could not be parsed at index " + std::to_string(text.size()));
        const Value &value = *call.argument(0);
        const ZonedTime time = value.kind() == Kind::LocalDate || value.isText() ? parseIsoTime(text, zone)
                                                                                 : timeOf(call, value, zone, nullptr);
        return time.local();
    } catch (const Failure &failure) {
        const std::string &message = failure.error.message;
        const std::size_t colon = message.find(": ");
        call.fail(std::string("The '") + function + "()' function could not parse 'date': " +
                      (colon == std::string::npos ? message : message.substr(colon + 2)),
                  failure.error.cause);
    }
}

Value dayOfWeek(Call &call)
{
    return Value(kDays[dateOf(call, "dayOfWeek").dayOfWeek() - 1]);
}

Value dayOfMonth(Call &call)
{
    return Value(static_cast<std::int32_t>(dateOf(call, "dayOfMonth").day));
}

Value monthOfYear(Call &call)
{
    return Value(static_cast<std::int32_t>(dateOf(call, "monthOfYear").month));
}

Value hourOfDay(Call &call)
{
    return Value(static_cast<std::int32_t>(dateOf(call, "hourOfDay", true).hour));
}

Value isWeekend(Call &call)
{
    return Value(dateOf(call, "isWeekend").dayOfWeek() >= 6);
}

int dayNamed(Call &call, const char *function, const std::string &name)
{
    for (int i = 0; i < 7; ++i)
        if (toUpper(name) == kDays[i])
            return i + 1;
    call.fail(std::string("The '") + function + "()' function got an invalid day of week: " + name);
}

int daysInMonth(const LocalTime &date)
{
    const LocalTime next{date.month == 12 ? date.year + 1 : date.year, date.month == 12 ? 1 : date.month + 1, 1};
    return static_cast<int>(next.epochDay() - LocalTime{date.year, date.month, 1}.epochDay());
}

Value isDayWeekInMonth(Call &call)
{
    const LocalTime date = dateOf(call, "isDayWeekInMonth");
    if (!call.nonNull(1))
        call.fail("The 'isDayWeekInMonth()' function expects a 'dayOfWeek' argument.");
    if (!call.nonNull(2))
        call.fail("The 'isDayWeekInMonth()' function expects a 'position' argument.");
    const int day = dayNamed(call, "isDayWeekInMonth", flow::toText(*call.argument(1)));
    const std::string position = toUpper(flow::toText(*call.argument(2)));
    if (date.dayOfWeek() != day)
        return Value(false);
    if (position == "LAST")
        return Value(date.day + 7 > daysInMonth(date));
    static constexpr const char *kPositions[] = {"FIRST", "SECOND", "THIRD", "FOURTH"};
    for (int i = 0; i < 4; ++i)
        if (position == kPositions[i])
            return Value((date.day - 1) / 7 == i);
    call.fail("The 'isDayWeekInMonth()' function got an invalid position: " + position);
}

Value isLastWorkingDay(Call &call)
{
    const LocalTime date = dateOf(call, "isLastWorkingDay");
    std::vector<int> days{1, 2, 3, 4, 5};
    if (const Value *given = call.nonNull(1)) {
        days.clear();
        if (given->isList()) {
            for (const Value &one : given->list())
                days.push_back(dayNamed(call, "isLastWorkingDay", flow::toText(one)));
        } else {
            std::string all = flow::toText(*given), one;
            for (const char c : all + ",") {
                if (c != ',' && c != ' ') {
                    one += c;
                } else if (!one.empty()) {
                    days.push_back(dayNamed(call, "isLastWorkingDay", one));
                    one.clear();
                }
            }
        }
    }
    for (int day = daysInMonth(date); day >= 1; --day) {
        const LocalTime candidate{date.year, date.month, day};
        if (std::find(days.begin(), days.end(), candidate.dayOfWeek()) != days.end())
            return Value(day == date.day);
    }
    return Value(false);
}

} // namespace

std::vector<FilterEntry> dateFilters()
{
    return {
        {"date", "format='iso', timeZone, existingFormat, locale", date, "A moment as text"},
        {"dateAdd", "amount, unit, format, timeZone, existingFormat, locale", dateAdd, "A moment so much later"},
        {"timestamp", "timeZone, existingFormat", timestamp, "Seconds since 1970"},
        {"timestampMicro", "timeZone, existingFormat", timestampMicro, "Microseconds since 1970"},
        {"timestampMilli", "timeZone, existingFormat", timestampMilli, "Milliseconds since 1970"},
        {"timestampNano", "timeZone, existingFormat", timestampNano, "Nanoseconds since 1970"},
    };
}

std::vector<FunctionEntry> dateFunctions()
{
    return {
        {"dayOfMonth", "date", dayOfMonth, "The day of a date", Since::From2_0},
        {"dayOfWeek", "date", dayOfWeek, "The weekday of a date", Since::From2_0},
        {"hourOfDay", "date", hourOfDay, "The hour of a moment", Since::From2_0},
        {"isDayWeekInMonth", "date, dayOfWeek, position", isDayWeekInMonth, "Whether a date is the first Monday, …", Since::From2_0},
        {"isLastWorkingDay", "date, workingDays", isLastWorkingDay, "Whether a date is the month's last working day", Since::From2_0},
        {"isWeekend", "date", isWeekend, "Whether a date is on a weekend", Since::From2_0},
        {"monthOfYear", "date", monthOfYear, "The month of a date", Since::From2_0},
        {"now", "format='iso', timeZone, existingFormat, locale", now, "The current time as text"},
    };
}

} // namespace expr
