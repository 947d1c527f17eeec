#include "engine/tasks/sql/postgres_values.h"

#include "engine/expr/date_time.h"
#include "engine/flow/iso_time.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace tasks {

namespace {

using Kind = flow::Value::Kind;

double numberOf(std::string_view text)
{
    if (text == "Infinity" || text == "-Infinity")
        return text.front() == '-' ? -HUGE_VAL : HUGE_VAL;
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : std::strtod("nan", nullptr);
}

std::string bytesOf(std::string_view text)
{
    std::string bytes;
    for (std::size_t at = 2; at + 1 < text.size(); at += 2) { // behind `\x`
        unsigned code = 0;
        std::from_chars(text.data() + at, text.data() + at + 2, code, 16);
        bytes += static_cast<char>(code);
    }
    return bytes;
}

std::string hexOf(std::string_view bytes)
{
    std::string text = "\\x";
    for (const unsigned char byte : bytes)
        text += fmt::format("{:02x}", byte);
    return text;
}

/// `$1,234.50` or `($5.00)`.
double moneyOf(std::string_view text)
{
    std::string digits;
    for (const char c : text) {
        if (c == '(' || c == '-')
            digits.insert(digits.begin(), '-');
        else if (std::isdigit(static_cast<unsigned char>(c)) || c == '.')
            digits += c;
    }
    return numberOf(digits);
}

/// `2004-10-19`, and `0044-03-15 BC` with a year as the calendar counts on.
std::string dateOf(std::string_view text)
{
    if (!text.ends_with(" BC"))
        return std::string(text);
    const std::size_t dash = text.find('-');
    return fmt::format("{:05d}{}", 1 - std::atoi(std::string(text.substr(0, dash)).c_str()),
                       text.substr(dash, text.size() - 3 - dash));
}

/// Date, `T` and time of `2004-10-19 10:23:54.99[+00][ BC]`.
std::string isoOf(std::string_view text)
{
    const bool before = text.ends_with(" BC");
    if (before)
        text.remove_suffix(3);
    const std::size_t blank = text.find(' ');
    std::string_view time = text.substr(blank + 1);
    time = time.substr(0, time.find_first_of("+-"));
    return dateOf(std::string(text.substr(0, blank)) + (before ? " BC" : "")) + 'T' + std::string(time);
}

std::optional<expr::LocalTime> localOf(std::string_view text)
{
    const auto moment = flow::parseInstant(isoOf(text) + 'Z');
    if (!moment)
        return std::nullopt;
    const auto second = std::chrono::floor<std::chrono::seconds>(*moment);
    return expr::LocalTime::ofSeconds(second.time_since_epoch().count(), static_cast<int>((*moment - second).count()));
}

std::string zonedText(const expr::ZonedTime &time)
{
    std::string text = expr::localDateTimeText(time.local()) + expr::offsetText(time.offset());
    return time.zone.isFixed() && time.zone.id() != "UTC" ? text : text + '[' + time.zone.id() + ']';
}

flow::Value localTimeValue(const expr::LocalTime &time)
{
    const std::string text = expr::localDateTimeText(time);
    return flow::Value::ofText(Kind::LocalTime, text.substr(text.find('T') + 1));
}

/// `04:05:06.5-08:30` on the wall of another zone, on the first day of 1970.
flow::Value timeWithZone(std::string_view text, const expr::TimeZone &zone)
{
    const std::size_t sign = text.find_first_of("+-");
    const auto wall = localOf("1970-01-01 " + std::string(text.substr(0, sign)));
    int parts[3] = {0, 0, 0};
    std::size_t at = sign + 1;
    for (int part = 0; part < 3 && at < text.size(); ++part, at += 3)
        std::from_chars(text.data() + at, text.data() + std::min(at + 2, text.size()), parts[part]);
    const int offset = (parts[0] * 60 + parts[1]) * 60 + parts[2];
    if (!wall || sign == std::string_view::npos)
        throw TaskFailure{fmt::format("Text '{}' could not be parsed as a time with a zone", text)};
    const std::int64_t second = wall->seconds() - (text[sign] == '-' ? -offset : offset);
    return localTimeValue(expr::ZonedTime{second, wall->nano, zone}.local());
}

/// `10 years 4 mons 5 days -00:00:10.5` as the period the real engine writes, in whole seconds.
std::string periodOf(std::string_view text)
{
    int years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (word.find(':') != std::string_view::npos) {
            std::string_view rest = word;
            const int sign = rest.front() == '-' ? -1 : 1;
            if (rest.front() == '-' || rest.front() == '+')
                rest.remove_prefix(1);
            for (int *part : {&hours, &minutes, &seconds}) {
                *part = sign * std::atoi(std::string(rest).c_str());
                rest.remove_prefix(std::min(rest.size(), rest.find(':') == std::string_view::npos ? rest.size() : rest.find(':') + 1));
            }
            continue;
        }
        const int amount = std::atoi(std::string(word).c_str());
        const std::string_view unit = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), unit.size() + 1));
        (unit.starts_with("year") ? years : unit.starts_with("mon") ? months : days) = amount;
    }
    return fmt::format("P{}Y{}M{}DT{}H{}M{}S", years, months, days, hours, minutes, seconds);
}

/// Reads `"text with \" and \\"` from `at` on, and moves `at` behind it.
std::string quotedText(std::string_view text, std::size_t &at)
{
    std::string out;
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size())
            ++at;
        out += text[at];
    }
    at = std::min(text.size(), at + 1);
    return out;
}

/// `"a"=>"b", "c"=>NULL`.
flow::Value hstoreOf(std::string_view text)
{
    flow::Object members;
    for (std::size_t at = text.find('"'); at < text.size(); at = text.find('"', at)) {
        std::string key = quotedText(text, at);
        at += 2; // `=>`
        if (at < text.size() && text[at] == '"')
            members.set(std::move(key), quotedText(text, at));
        else
            members.set(std::move(key), flow::Value());
    }
    return members;
}

flow::Value scalar(const PostgresType &type, std::string_view text, const expr::TimeZone &zone, std::string_view column);

/// Elements of `{1,NULL,{"a\"b"}}`; a prefix `[0:2]=` is skipped.
class ArrayReader
{
public:
    ArrayReader(std::string_view text, const PostgresType &element, char delimiter, const expr::TimeZone &zone,
                std::string_view column)
        : m_text(text), m_element(element), m_delimiter(delimiter), m_zone(zone), m_column(column)
    {
        m_at = text.starts_with('[') ? text.find('=') + 1 : 0;
    }

    flow::Value read()
    {
        flow::Value::List items;
        ++m_at; // the brace
        while (m_at < m_text.size() && m_text[m_at] != '}') {
            if (m_text[m_at] == '{') {
                items.push_back(read());
            } else if (m_text[m_at] == '"') {
                items.push_back(item(quotedText(m_text, m_at)));
            } else {
                const std::size_t end = std::min(m_text.find_first_of(std::string{m_delimiter, '}'}, m_at), m_text.size());
                const std::string_view word = m_text.substr(m_at, end - m_at);
                items.push_back(word == "NULL" ? flow::Value() : item(word));
                m_at = end;
            }
            if (m_at < m_text.size() && m_text[m_at] == m_delimiter)
                ++m_at;
        }
        ++m_at;
        return items;
    }

private:
    /// Elements keep the older classes of dates, which become other texts than those of cells.
    flow::Value item(std::string_view text) const
    {
        if (m_element.name == "timestamp" || m_element.name == "timestamptz") {
            const auto local = localOf(text);
            return local ? fmt::format("{}T{:02}:{:02}:{:02}.{:03}+00:00", expr::localDateText(*local), local->hour,
                                       local->minute, local->second, local->nano / 1'000'000)
                         : std::string(text);
        }
        if (m_element.name == "date")
            return dateOf(text);
        if (m_element.name == "time" || m_element.name == "timetz")
            return text.substr(0, 8);
        if (m_element.name == "json" || m_element.name == "jsonb")
            return text;
        return scalar(m_element, text, m_zone, m_column);
    }

    std::string_view m_text;
    const PostgresType &m_element;
    char m_delimiter;
    const expr::TimeZone &m_zone;
    std::string_view m_column;
    std::size_t m_at = 0;
};

[[noreturn]] void unsupported(std::string_view javaClass, const PostgresType &type, std::string_view column)
{
    throw TaskFailure{fmt::format("Data of type 'class {}' for column '{}' is not supported, the column type is '{}'",
                                  javaClass, column, type.name)};
}

flow::Value scalar(const PostgresType &type, std::string_view text, const expr::TimeZone &zone, std::string_view column)
{
    const std::string &name = type.name;
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (type.isEnum || is({"text", "varchar", "bpchar", "char", "name", "uuid", "tsvector", "unknown", "refcursor"}))
        return text;
    if (is({"int2", "int4"}))
        return static_cast<std::int32_t>(std::strtol(std::string(text).c_str(), nullptr, 10));
    if (is({"int8", "oid"}))
        return static_cast<std::int64_t>(std::strtoll(std::string(text).c_str(), nullptr, 10));
    if (name == "bool" || (name == "bit" && text.size() == 1))
        return text == "t" || text == "1";
    if (name == "numeric" && std::isdigit(static_cast<unsigned char>(text.back())))
        return flow::Value::ofText(Kind::Decimal, std::string(text));
    if (name == "float4")
        return flow::Value::ofFloat(static_cast<float>(numberOf(text)));
    if (is({"float8", "numeric"}))
        return numberOf(text);
    if (name == "money")
        return moneyOf(text);
    if (name == "date")
        return flow::Value::ofText(Kind::LocalDate, dateOf(text));
    if (name == "time")
        return flow::Value::ofText(Kind::LocalTime, std::string(text.substr(0, 8).ends_with(":00") ? text.substr(0, 5) : text.substr(0, 8)));
    if (name == "timetz")
        return timeWithZone(text, zone);
    if (is({"timestamp", "timestamptz"})) {
        const auto local = localOf(text);
        if (!local)
            return text; // `infinity`
        if (name == "timestamp")
            return flow::Value::ofText(Kind::LocalDateTime, expr::localDateTimeText(*local));
        return flow::Value::ofText(Kind::ZonedDateTime, zonedText({local->seconds(), local->nano, zone}));
    }
    if (name == "interval")
        return periodOf(text);
    if (name == "bytea")
        return flow::Value::ofText(Kind::Bytes, bytesOf(text));
    if (name == "hstore")
        return hstoreOf(text);
    if (is({"json", "jsonb"})) {
        const flow::JsonParse parsed = flow::parseJson(text);
        if (!parsed.ok || !(parsed.value.isMap() || parsed.value.isNull()))
            throw TaskFailure{fmt::format("Invalid data type [{}] with value [{}]", name, text)};
        return parsed.value;
    }
    if (name == "void")
        return {};
    if (name == "xml")
        unsupported("org.postgresql.jdbc.PgSQLXML", type, column);
    if (is({"point", "box", "circle", "line", "lseg", "path", "polygon"}))
        unsupported("org.postgresql.geometric.PG" + name, type, column);
    throw TaskFailure{fmt::format("PGobject of type [{}] is not supported", name)};
}

std::string arrayText(const flow::Value &value)
{
    std::string text = "{";
    for (const flow::Value &item : value.list()) {
        text += text.size() > 1 ? "," : "";
        if (item.isNull()) {
            text += "NULL";
        } else if (item.isList()) {
            text += arrayText(item);
        } else {
            text += '"';
            for (const char c : item.kind() == Kind::Bytes ? hexOf(item.text()) : textOf(item)) {
                if (c == '"' || c == '\\')
                    text += '\\';
                text += c;
            }
            text += '"';
        }
    }
    return text + '}';
}

/// Moments with an offset, without a region.
std::string momentText(const flow::Value &value)
{
    return value.text().substr(0, value.text().find('['));
}

std::string_view javaClassOfPlace(const PostgresType &type)
{
    static const std::pair<std::string_view, std::string_view> kClasses[] = {
        {"int2", "java.lang.Integer"}, {"int4", "java.lang.Integer"}, {"int8", "java.lang.Long"}, {"oid", "java.lang.Long"},
        {"numeric", "java.math.BigDecimal"}, {"float4", "java.lang.Float"}, {"float8", "java.lang.Double"},
        {"money", "java.lang.Double"}, {"bool", "java.lang.Boolean"}, {"bit", "java.lang.Boolean"}, {"bytea", "[B"},
        {"date", "java.sql.Date"}, {"time", "java.sql.Time"}, {"timetz", "java.sql.Time"},
        {"timestamp", "java.sql.Timestamp"}, {"timestamptz", "java.sql.Timestamp"},
    };
    for (const auto &[name, javaClass] : kClasses) {
        if (type.name == name)
            return javaClass;
    }
    return type.element ? "java.sql.Array" : "java.lang.String";
}

} // namespace

const PostgresType *postgresBuiltIn(std::uint32_t oid)
{
    static const PostgresType kTypes[] = {
        {16, "bool"}, {17, "bytea"}, {18, "char"}, {19, "name"}, {20, "int8"}, {21, "int2"}, {23, "int4"}, {25, "text"},
        {26, "oid"}, {114, "json"}, {142, "xml"}, {700, "float4"}, {701, "float8"}, {705, "unknown"}, {790, "money"},
        {1042, "bpchar"}, {1043, "varchar"}, {1082, "date"}, {1083, "time"}, {1114, "timestamp"}, {1184, "timestamptz"},
        {1186, "interval"}, {1266, "timetz"}, {1560, "bit"}, {1562, "varbit"}, {1700, "numeric"}, {2278, "void"},
        {2950, "uuid"}, {3614, "tsvector"}, {3802, "jsonb"},
    };
    const auto found = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const auto &type) { return type.oid == oid; });
    return found == std::end(kTypes) ? nullptr : found;
}

flow::Value postgresCell(const PostgresType &type, const PostgresType *element, std::string_view text,
                         const expr::TimeZone &zone, std::string_view column)
{
    if (element)
        return ArrayReader(text, *element, element->delimiter, zone, column).read();
    return scalar(type, text, zone, column);
}

PostgresParameter PostgresParameter::of(const flow::Value &value)
{
    switch (value.kind()) {
    case Kind::Null: return {};
    case Kind::Bool: return {16, value.asBool() ? "t" : "f"};
    case Kind::Int: return {23, textOf(value)};
    case Kind::Long: return {20, textOf(value)};
    case Kind::BigInt:
    case Kind::Decimal: return {1700, value.text()};
    case Kind::Float: return {700, textOf(value)};
    case Kind::Double: return {701, textOf(value)};
    case Kind::Bytes: return {17, hexOf(value.text())};
    case Kind::LocalDate: return {1082, value.text()};
    case Kind::LocalTime: return {1083, value.text()};
    case Kind::LocalDateTime: return {1114, value.text()};
    case Kind::Instant: return {1184, flow::toText(value)};
    case Kind::ZonedDateTime:
    case Kind::OffsetDateTime: return {1184, momentText(value)};
    case Kind::List:
    case Kind::Set:
        throw TaskFailure{"Can't infer the SQL type to use for an instance of java.util.ArrayList. Use setObject() with "
                          "an explicit Types value to specify the type to use."};
    case Kind::Map:
        throw TaskFailure{"A map can't be bound as a parameter; give its JSON text and cast it in the statement"};
    default: return {1043, textOf(value)};
    }
}

std::optional<std::string> postgresPlaced(const PostgresType &type, const flow::Value &value, int index)
{
    const Kind kind = value.kind();
    const std::string_view cls = javaClassOfPlace(type);
    const auto oneOf = [&](std::initializer_list<Kind> kinds) { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); };
    if (value.isNull())
        return std::nullopt;
    if (type.name == "json" || type.name == "jsonb")
        return value.isText() ? value.text() : flow::toJson(value);
    if (type.name == "interval" && oneOf({Kind::Text, Kind::Duration}))
        return value.text();
    if (type.name == "interval" && kind == Kind::Decimal)
        return value.text() + " seconds";
    const bool takes = cls == "java.lang.Integer"      ? kind == Kind::Int || (type.name == "int2" && value.isNumber())
                       : cls == "java.lang.Long"       ? oneOf({Kind::Int, Kind::Long})
                       : cls == "java.math.BigDecimal" ? oneOf({Kind::Int, Kind::Decimal})
                       : cls == "java.lang.Float"      ? oneOf({Kind::Double, Kind::Float})
                       : cls == "java.lang.Double"     ? kind == Kind::Double
                       : cls == "java.lang.Boolean"    ? kind == Kind::Bool
                       : cls == "[B"                   ? kind == Kind::Bytes
                       : cls == "java.sql.Date"        ? oneOf({Kind::LocalDate, Kind::LocalDateTime, Kind::Text})
                       : cls == "java.sql.Time"        ? oneOf({Kind::LocalTime, Kind::Instant, Kind::Text})
                       : cls == "java.sql.Array"       ? value.isList()
                       : cls == "java.sql.Timestamp"
                           ? oneOf({Kind::LocalDateTime, Kind::ZonedDateTime, Kind::OffsetDateTime, Kind::Instant, Kind::LocalDate, Kind::Text})
                           : kind == Kind::Text;
    if (!takes)
        throw TaskFailure{fmt::format("Unable to transform data with type '{}', class 'class {}', index '{}', value "
                                      "'{}', valueClass 'class {}'",
                                      type.name, cls, index, textOf(value), javaClassOf(value))};
    if (value.isList())
        return arrayText(value);
    if (kind == Kind::Bytes)
        return hexOf(value.text());
    if (kind == Kind::ZonedDateTime || kind == Kind::OffsetDateTime)
        return momentText(value);
    if (kind == Kind::Instant)
        return flow::toText(value);
    return textOf(value);
}

} // namespace tasks
