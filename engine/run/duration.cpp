#include "engine/run/duration.h"

#include <fmt/format.h>

namespace engine {

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
