#include "engine/run/duration.h"

#include <fmt/format.h>

#include <cmath>

namespace engine {

namespace {

/// Reads digits with an optional fraction; false when there are none.
bool readNumber(std::string_view &text, double &number)
{
    std::size_t used = 0;
    bool digits = false;
    double value = 0;
    while (used < text.size() && text[used] >= '0' && text[used] <= '9') {
        value = value * 10 + (text[used++] - '0');
        digits = true;
    }
    if (used < text.size() && (text[used] == '.' || text[used] == ',')) {
        ++used;
        double scale = 0.1;
        while (used < text.size() && text[used] >= '0' && text[used] <= '9') {
            value += scale * (text[used++] - '0');
            scale /= 10;
            digits = true;
        }
    }
    text.remove_prefix(used);
    number = value;
    return digits;
}

} // namespace

std::optional<Nanoseconds> parseDuration(std::string_view text)
{
    double sign = 1;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        sign = text[0] == '-' ? -1 : 1;
        text.remove_prefix(1);
    }
    if (text.size() < 2 || (text[0] != 'P' && text[0] != 'p'))
        return std::nullopt;
    text.remove_prefix(1);
    bool time = false;
    bool any = false;
    double seconds = 0;
    while (!text.empty()) {
        if ((text[0] == 'T' || text[0] == 't') && !time) {
            time = true;
            text.remove_prefix(1);
            any = false;
            continue;
        }
        double part = 1;
        if (text[0] == '-' || text[0] == '+') {
            part = text[0] == '-' ? -1 : 1;
            text.remove_prefix(1);
        }
        double number = 0;
        if (!readNumber(text, number) || text.empty())
            return std::nullopt;
        const char unit = static_cast<char>(text[0] & ~0x20);
        text.remove_prefix(1);
        double factor = 0;
        if (!time)
            factor = unit == 'D' ? 86400 : unit == 'W' ? 7 * 86400.0 : 0;
        else
            factor = unit == 'H' ? 3600 : unit == 'M' ? 60 : unit == 'S' ? 1 : 0;
        if (factor == 0)
            return std::nullopt;
        seconds += part * number * factor;
        any = true;
    }
    if (!any)
        return std::nullopt;
    return Nanoseconds(static_cast<std::int64_t>(std::llround(sign * seconds * 1e9)));
}

std::string formatDuration(Nanoseconds duration)
{
    const std::int64_t total = duration.count();
    if (total == 0)
        return "PT0S";
    const std::int64_t seconds = total / 1'000'000'000;
    std::int64_t nanos = total % 1'000'000'000;
    std::string text = "PT";
    const std::int64_t hours = seconds / 3600;
    const std::int64_t minutes = seconds % 3600 / 60;
    const std::int64_t rest = seconds % 60;
    if (hours != 0)
        text += fmt::format("{}H", hours);
    if (minutes != 0)
        text += fmt::format("{}M", minutes);
    if (rest != 0 || nanos != 0) {
        if (nanos < 0 && rest == 0)
            text += "-0";
        else
            text += fmt::format("{}", rest);
        nanos = nanos < 0 ? -nanos : nanos;
        if (nanos != 0) {
            std::string fraction = fmt::format("{:09}", nanos);
            fraction.erase(fraction.find_last_not_of('0') + 1);
            text += "." + fraction;
        }
        text += "S";
    }
    return text;
}

std::string formatInstant(Time time)
{
    using namespace std::chrono;
    const auto days = floor<std::chrono::days>(time);
    const year_month_day date(days);
    const auto micros = floor<microseconds>(time - days).count();
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       micros / 3'600'000'000, micros / 60'000'000 % 60, micros / 1'000'000 % 60,
                       micros % 1'000'000);
}

std::string formatClock(Nanoseconds duration)
{
    const std::int64_t millis = duration.count() / 1'000'000;
    return fmt::format("{:02}:{:02}:{:02}.{:03}", millis / 3'600'000, millis / 60'000 % 60,
                       millis / 1000 % 60, millis % 1000);
}

} // namespace engine
