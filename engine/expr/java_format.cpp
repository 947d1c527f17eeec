#include "engine/expr/java_format.h"

#include "engine/expr/decimal.h"
#include "engine/expr/failure.h"
#include "engine/expr/java_values.h"
#include "engine/expr/unicode_text.h"
#include "engine/flow/utf8.h"

#include <cmath>
#include <cstdio>

namespace expr {
namespace {

using flow::Value;
using Kind = Value::Kind;

constexpr int kMaxWidth = 1'000'000;

struct Specifier
{
    int index = 0; // 0: the next; -1: the one before
    std::string flags;
    int width = -1;
    int precision = -1;
    char conversion = 0;
    std::string text;
    bool has(char flag) const { return flags.find(flag) != std::string::npos; }
};

[[noreturn]] void wrongKind(char conversion, const Value &value)
{
    throwJava("java.util.IllegalFormatConversionException", std::string(1, conversion) + " != " + java::className(value));
}

/// Decimal digits rounded half up to a number of fraction digits.
std::string rounded(const Decimal &number, int precision)
{
    std::string digits = number.digits();
    long scale = number.scale();
    if (scale < 0) {
        digits += std::string(static_cast<std::size_t>(-scale), '0');
        scale = 0;
    }
    if (static_cast<long>(digits.size()) <= scale)
        digits.insert(0, static_cast<std::size_t>(scale + 1) - digits.size(), '0');
    std::string whole = digits.substr(0, digits.size() - static_cast<std::size_t>(scale));
    std::string fraction = digits.substr(digits.size() - static_cast<std::size_t>(scale));
    const auto places = static_cast<std::size_t>(precision);
    if (fraction.size() <= places) {
        fraction.resize(places, '0');
    } else {
        const bool up = fraction[places] >= '5';
        fraction.resize(places);
        std::string all = whole + fraction;
        if (up) {
            std::size_t i = all.size();
            while (i > 0 && all[i - 1] == '9')
                all[--i] = '0';
            if (i == 0)
                all.insert(0, "1");
            else
                ++all[i - 1];
        }
        whole = all.substr(0, all.size() - places);
        fraction = all.substr(all.size() - places);
    }
    return precision > 0 ? whole + "." + fraction : whole;
}

std::string grouped(const std::string &number)
{
    const std::size_t whole = std::min(number.find('.'), number.size());
    std::string out;
    for (std::size_t i = 0; i < whole; ++i) {
        if (i > 0 && (whole - i) % 3 == 0)
            out += ',';
        out += number[i];
    }
    return out + number.substr(whole);
}

class Formatter
{
public:
    Formatter(const std::string &format, const std::vector<Value> &arguments) : m_format(format), m_arguments(arguments) {}

    std::string run()
    {
        while (m_at < m_format.size()) {
            const std::size_t mark = std::min(m_format.find('%', m_at), m_format.size());
            m_out.append(m_format, m_at, mark - m_at);
            m_at = mark;
            if (m_at < m_format.size())
                one();
        }
        return std::move(m_out);
    }

private:
    int number()
    {
        int value = 0;
        while (m_at < m_format.size() && m_format[m_at] >= '0' && m_format[m_at] <= '9')
            value = std::min(value * 10 + (m_format[m_at++] - '0'), 100'000'000);
        return value;
    }

    void one()
    {
        const std::size_t begin = m_at++;
        Specifier spec;
        const std::size_t digits = m_at;
        if (m_at < m_format.size() && m_format[m_at] >= '1' && m_format[m_at] <= '9') {
            const int index = number();
            if (m_at < m_format.size() && m_format[m_at] == '$') {
                spec.index = index;
                ++m_at;
            } else {
                m_at = digits;
            }
        } else if (m_at < m_format.size() && m_format[m_at] == '<') {
            spec.index = -1;
            ++m_at;
        }
        while (m_at < m_format.size() && std::string_view("-#+ 0,(").find(m_format[m_at]) != std::string_view::npos) {
            if (spec.has(m_format[m_at]))
                throwJava("java.util.DuplicateFormatFlagsException", "Flags = '" + std::string(1, m_format[m_at]) + "'");
            spec.flags += m_format[m_at++];
        }
        if (m_at < m_format.size() && m_format[m_at] >= '1' && m_format[m_at] <= '9')
            spec.width = number();
        if (m_at + 1 < m_format.size() && m_format[m_at] == '.' && std::isdigit(static_cast<unsigned char>(m_format[m_at + 1]))) {
            ++m_at;
            spec.precision = number();
        }
        if (m_at >= m_format.size())
            throwJava("java.util.UnknownFormatConversionException", "Conversion = '%'");
        spec.conversion = m_format[m_at];
        const std::size_t size = std::max<std::size_t>(1, flow::utf8::length(m_format, m_at));
        m_at += size;
        spec.text = m_format.substr(begin, m_at - begin);
        if (std::string_view("bBhHsScCdoxXeEfgGaA%n").find(spec.conversion) == std::string_view::npos)
            throwJava("java.util.UnknownFormatConversionException", "Conversion = '" + m_format.substr(m_at - size, size) + "'");
        if (spec.width > kMaxWidth || spec.precision > kMaxWidth)
            throwJava("java.lang.OutOfMemoryError", "Java heap space");
        if ((spec.has('-') || spec.has('0')) && spec.width < 0)
            throwJava("java.util.MissingFormatWidthException", spec.text);
        if (spec.conversion == 'n') {
            m_out += '\n';
            return;
        }
        if (spec.conversion == '%')
            return pad(spec, "%");
        write(spec, argument(spec));
    }

    const Value &argument(const Specifier &spec)
    {
        int index = m_last;
        if (spec.index > 0)
            index = spec.index - 1;
        else if (spec.index == 0)
            index = m_ordinary++;
        if (index < 0 || static_cast<std::size_t>(index) >= m_arguments.size())
            throwJava("java.util.MissingFormatArgumentException", "Format specifier '" + spec.text + "'");
        m_last = index;
        return m_arguments[static_cast<std::size_t>(index)];
    }

    void pad(const Specifier &spec, const std::string &text)
    {
        const auto length = static_cast<int>(flow::utf8::utf16Length(text));
        const std::string space(static_cast<std::size_t>(std::max(0, spec.width - length)), ' ');
        m_out += spec.has('-') ? text + space : space + text;
    }

    void write(const Specifier &spec, const Value &value)
    {
        std::string text;
        const bool upper = std::isupper(static_cast<unsigned char>(spec.conversion));
        switch (std::tolower(spec.conversion)) {
        case 'b': text = value.kind() == Kind::Bool ? flow::toText(value) : value.isNull() ? "false" : "true"; break;
        case 'h': {
            char buffer[16];
            std::snprintf(buffer, sizeof buffer, "%x", static_cast<unsigned>(java::hash(value)));
            text = value.isNull() ? "null" : buffer;
            break;
        }
        case 's': text = flow::toText(value); break;
        case 'c':
            if (!value.isNull() && value.kind() != Kind::Int && value.kind() != Kind::Character)
                wrongKind(spec.conversion, value);
            if (value.kind() != Kind::Int)
                text = flow::toText(value);
            else
                flow::utf8::append(text, static_cast<char32_t>(value.asInt()));
            break;
        default:
            if (value.isNull())
                return pad(spec, upper ? "NULL" : "null");
            return numeric(spec, value, upper);
        }
        if (spec.precision >= 0 && spec.conversion != 'c') {
            const std::u16string units = flow::utf8::toUtf16(text);
            if (units.size() > static_cast<std::size_t>(spec.precision))
                text = flow::utf8::fromUtf16(units.substr(0, static_cast<std::size_t>(spec.precision)));
        }
        pad(spec, upper ? toUpper(text) : text);
    }

    void numeric(const Specifier &spec, const Value &value, bool upper)
    {
        bool negative = false;
        std::string digits;
        const char conversion = static_cast<char>(std::tolower(spec.conversion));
        if (conversion == 'd' || conversion == 'o' || conversion == 'x') {
            if (value.kind() != Kind::Int && value.kind() != Kind::Long && value.kind() != Kind::BigInt)
                wrongKind(spec.conversion, value);
            if (spec.precision >= 0)
                throwJava("java.util.IllegalFormatPrecisionException", std::to_string(spec.precision));
            digits = flow::toText(value);
            if (conversion == 'd') {
                negative = digits.starts_with('-');
                digits.erase(0, negative ? 1 : 0);
                if (spec.has(','))
                    digits = grouped(digits);
            } else {
                const std::uint64_t bits = value.kind() == Kind::Int ? static_cast<std::uint32_t>(value.asInt())
                                                                     : static_cast<std::uint64_t>(java::wholeOf(value));
                char buffer[32];
                std::snprintf(buffer, sizeof buffer, conversion == 'x' ? "%llx" : "%llo", static_cast<unsigned long long>(bits));
                digits = (spec.has('#') ? (conversion == 'x' ? "0x" : "0") : "") + std::string(buffer);
            }
        } else {
            digits = real(spec, value, conversion, negative);
        }
        std::string before = negative ? (spec.has('(') ? "(" : "-") : spec.has('+') ? "+" : spec.has(' ') ? " " : "";
        const std::string after = negative && spec.has('(') ? ")" : "";
        const auto size = static_cast<int>(before.size() + digits.size() + after.size());
        if (spec.has('0') && spec.width > size && std::isdigit(static_cast<unsigned char>(digits[0])))
            digits.insert(0, static_cast<std::size_t>(spec.width - size), '0');
        std::string text = before + digits + after;
        pad(spec, upper ? toUpper(text) : text);
    }

    std::string real(const Specifier &spec, const Value &value, char conversion, bool &negative)
    {
        if (value.kind() != Kind::Double && value.kind() != Kind::Float && value.kind() != Kind::Decimal)
            wrongKind(spec.conversion, value);
        const double number = value.asDouble();
        negative = std::signbit(number);
        if (std::isnan(number)) {
            negative = false;
            return "NaN";
        }
        if (std::isinf(number))
            return "Infinity";
        const Decimal exact = Decimal::parse(flow::toText(value)).value_or(Decimal()).magnitude();
        int precision = spec.precision < 0 ? 6 : spec.precision;
        if (conversion == 'g') {
            precision = precision == 0 ? 1 : precision;
            const double size = std::abs(number);
            if (size == 0 || (size >= 1e-4 && size < std::pow(10, precision))) {
                const int whole = size == 0 ? 1 : static_cast<int>(std::floor(std::log10(size))) + 1;
                const std::string text = rounded(exact, std::max(0, precision - whole));
                return spec.has(',') ? grouped(text) : text;
            }
            return scientific(exact, precision - 1);
        }
        if (conversion == 'e')
            return scientific(exact, precision);
        if (conversion == 'a') {
            char buffer[64];
            std::snprintf(buffer, sizeof buffer, "%a", std::abs(number));
            return buffer;
        }
        const std::string text = rounded(exact, precision);
        return spec.has(',') ? grouped(text) : text;
    }

    static std::string scientific(const Decimal &number, int precision)
    {
        long exponent = number.isZero() ? 0 : static_cast<long>(number.digits().size()) - 1 - number.scale();
        const std::string &digits = number.digits();
        const std::string shifted = digits.substr(0, 1) + "." + (digits.size() > 1 ? digits.substr(1) : "0");
        std::string mantissa = rounded(Decimal::parse(shifted).value_or(Decimal()), precision);
        if (mantissa.starts_with("10")) {
            ++exponent;
            mantissa = rounded(Decimal::parse("1").value_or(Decimal()), precision);
        }
        char buffer[48];
        std::snprintf(buffer, sizeof buffer, "e%c%02ld", exponent < 0 ? '-' : '+', std::abs(exponent));
        return mantissa + buffer;
    }

    const std::string &m_format;
    const std::vector<Value> &m_arguments;
    std::size_t m_at = 0;
    int m_ordinary = 0;
    int m_last = -1;
    std::string m_out;
};

} // namespace

std::string javaFormat(const std::string &format, const std::vector<Value> &arguments)
{
    return Formatter(format, arguments).run();
}

} // namespace expr
