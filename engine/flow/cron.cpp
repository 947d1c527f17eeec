#include "engine/flow/cron.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace flow {

namespace {

struct FieldRule
{
    int min;
    int max;
    const std::string_view *names; // of min, min + 1, …; null when the field has none
    std::size_t nameCount;
};

constexpr std::array<std::string_view, 12> kMonths = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> kWeekdays = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

constexpr FieldRule kSeconds{0, 59, nullptr, 0};
constexpr FieldRule kMinutes = kSeconds;
constexpr FieldRule kHours{0, 23, nullptr, 0};
constexpr FieldRule kDays{1, 31, nullptr, 0};
constexpr FieldRule kMonthRule{1, 12, kMonths.data(), kMonths.size()};
constexpr FieldRule kWeekdayRule{0, 7, kWeekdays.data(), kWeekdays.size()};

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNicknames = {{
    {"@yearly", "0 0 1 1 *"},
    {"@annually", "0 0 1 1 *"},
    {"@monthly", "0 0 1 * *"},
    {"@weekly", "0 0 * * 0"},
    {"@daily", "0 0 * * *"},
    {"@midnight", "0 0 * * *"},
    {"@hourly", "0 * * * *"},
}};


std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == text.npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> parts;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t begin = text.find_first_not_of(" \t\r\n", i);
        if (begin == text.npos)
            break;
        i = std::min(text.find_first_of(" \t\r\n", begin), text.size());
        parts.push_back(text.substr(begin, i - begin));
    }
    return parts;
}

bool isNumber(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

/// Reads one field; the first fault ends it.
class FieldReader
{
public:
    explicit FieldReader(const FieldRule &rule) : m_rule(rule) {}

    /// False with `error` set when the field is not one.
    bool read(std::string_view text, CronField &field)
    {
        const auto items = split(text, ',');
        for (const std::string_view item : items)
            if (!readItem(item, field))
                return false;
        field.every = text == "*";
        field.fixed = items.size() == 1 && text.find_first_of("*-/") == text.npos;
        if (m_rule.max == 7 && field.has(7)) { // Sunday has two numbers
            field.values |= 1U;
            field.values &= ~(std::uint64_t{1} << 7);
        }
        return true;
    }

    std::string error;

private:
    bool fail(std::string text)
    {
        error = "Failed to parse cron expression. " + std::move(text);
        return false;
    }

    std::string range() const
    {
        return " not in range [" + std::to_string(m_rule.min) + ", " + std::to_string(m_rule.max) + "]";
    }

    bool readItem(std::string_view item, CronField &field)
    {
        if (item.find_first_of("?#") != item.npos)
            return fail("Invalid expression: " + std::string(item));
        const auto parts = split(item, '/');
        if (parts.size() > 2)
            return fail("Invalid expression: " + std::string(item));
        int from = m_rule.min;
        int to = m_rule.max;
        if (!(parts[0] == "*" || (parts[0].empty() && parts.size() == 2)) &&
            !readRange(parts[0], from, to, parts.size() == 2))
            return false;
        int step = 1;
        if (parts.size() == 2) {
            if (!isNumber(parts[1]))
                return fail("For input string: \"" + std::string(parts[1]) + "\"");
            if (!number(parts[1], step) || step < 1 || step > m_rule.max)
                return fail("Period " + std::string(parts[1]) + range());
        }
        for (int value = from; value <= to; value += step)
            field.values |= std::uint64_t{1} << value;
        return true;
    }

    bool readRange(std::string_view text, int &from, int &to, bool stepped)
    {
        const auto ends = split(text, '-');
        if (ends.size() == 1) {
            if (!readValue(text, from))
                return false;
            to = stepped ? m_rule.max : from;
            return true;
        }
        if (ends.size() > 2 || ends[0].empty())
            return fail("Invalid expression! Expression: " + std::string(text) +
                        " does not describe a range. Negative numbers are not allowed.");
        if (!readValue(ends[0], from) || !readValue(ends[1], to))
            return false;
        if (from > to)
            return fail("Invalid range! [" + std::to_string(from) + "," + std::to_string(to) + "]");
        return true;
    }

    bool readValue(std::string_view text, int &value)
    {
        for (std::size_t i = 0; i < m_rule.nameCount; ++i)
            if (m_rule.names[i] == text) {
                value = m_rule.min + static_cast<int>(i);
                return true;
            }
        if (!isNumber(text)) {
            std::string invalid;
            for (const char c : text)
                if (c < '0' || c > '9')
                    invalid += c;
            std::string shown(text);
            if (m_rule.max == 7)
                std::replace(shown.begin(), shown.end(), '7', '0');
            return fail("Invalid chars in expression! Expression: " + shown + " Invalid chars: " + invalid);
        }
        if (!number(text, value) || value < m_rule.min || value > m_rule.max)
            return fail("Value " + std::string(text) + range());
        return true;
    }

    static bool number(std::string_view text, int &value)
    {
        return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
    }

    const FieldRule &m_rule;
};

} // namespace

CronParse parseCron(std::string_view expression, bool withSeconds)
{
    CronParse result;
    auto parts = words(expression);
    if (parts.empty()) {
        result.error = "Empty expression!";
        return result;
    }
    bool seconds = withSeconds;
    if (parts.size() == 1 && parts[0].starts_with('@')) {
        if (parts[0] == "@reboot") {
            result.error = "Nickname @reboot not supported!";
            return result;
        }
        for (const auto &[name, meaning] : kNicknames)
            if (parts[0] == name) {
                parts = words(meaning);
                seconds = false;
            }
    }
    const std::size_t expected = seconds ? 6 : 5;
    if (parts.size() != expected) {
        result.error = "Cron expression contains " + std::to_string(parts.size()) +
                       " parts but we expect one of [" + std::to_string(expected) + "]";
        return result;
    }
    for (const std::string_view part : parts)
        if (part.ends_with(',')) {
            result.error = "Invalid field value! Trailing commas not permitted! '" + std::string(part) + "'";
            return result;
        }

    Cron cron;
    cron.withSeconds = withSeconds;
    cron.seconds = {1, false, true};
    const std::array<std::pair<CronField *, const FieldRule *>, 6> fields = {{
        {&cron.seconds, &kSeconds},
        {&cron.minutes, &kMinutes},
        {&cron.hours, &kHours},
        {&cron.days, &kDays},
        {&cron.months, &kMonthRule},
        {&cron.weekdays, &kWeekdayRule},
    }};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto &[field, rule] = fields[i + fields.size() - parts.size()];
        std::string upper(parts[i]);
        std::transform(upper.begin(), upper.end(), upper.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        *field = {};
        FieldReader reader(*rule);
        if (!reader.read(upper, *field)) {
            result.error = reader.error;
            return result;
        }
    }
    result.cron = cron;
    return result;
}

} // namespace flow
