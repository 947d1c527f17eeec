#pragma once

#include "engine/expr/date_time.h"

#include <memory>
#include <string>
#include <vector>

namespace expr {

/// Names of months, days and so on in one language, from ICU. Immutable, shared, kept for the next use.
struct DateNames
{
    enum Width { Short, Full, Narrow };
    std::vector<std::string> months[3];     ///< by width; January first
    std::vector<std::string> standalone[3]; ///< the same where a month stands alone
    std::vector<std::string> days[3];       ///< Monday first
    std::vector<std::string> quarters[3];
    std::vector<std::string> eras[3];       ///< before Christ, after
    std::string am, pm;
    int firstDay = 7;                       ///< of a week; 1 is Monday
    int minimalDays = 1;                    ///< of a year's first week
    std::string patterns[4];                ///< date and time: full, long, medium, short
};

/// `fr`, `fr_FR`; a text of another form ends the rendering. Unknown languages have English short names.
std::shared_ptr<const DateNames> dateNames(const std::string &locale);
/// `Central European Standard Time` or `CET`.
std::string zoneName(const ZonedTime &time, bool full, const std::string &locale);
/// `in the afternoon`.
std::string dayPeriod(const LocalTime &time, int letters, const std::string &locale);

} // namespace expr
