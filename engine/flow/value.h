#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flow {

class Object;

/// A value of the flow language at run time: what YAML, JSON, inputs, outputs and expressions give.
/// Immutable and cheap to copy (payloads are shared). Knows nothing of rendering.
/// The number kinds are kept apart because the language's arithmetic and equality tell them apart.
class Value
{
public:
    enum class Kind {
        Null,
        Bool,
        Int,      ///< 32-bit whole number
        Long,     ///< 64-bit whole number
        BigInt,   ///< whole number of any size, as decimal text
        Float,    ///< 32-bit
        Double,
        Decimal,  ///< exact decimal of any size, as text
        Text,     ///< UTF-8
        Bytes,
        List,
        Set,      ///< distinct, in order
        Map,      ///< text keys, in order
        Instant,  ///< a point in time, nanoseconds since 1970 UTC
        ZonedDateTime,
        OffsetDateTime,
        LocalDate,
        LocalDateTime,
        LocalTime,
        Duration, ///< nanoseconds
        Uri,      ///< text that is an address
        SafeText, ///< result of a macro: prints like Text, equals no Text
    };
    using List = std::vector<Value>;

    Value() = default; ///< Null
    Value(bool value);
    Value(std::int32_t value);
    Value(std::int64_t value);
    Value(double value);
    Value(std::string value);
    Value(std::string_view value);
    Value(const char *value);
    Value(List values);
    Value(Object members);
    /// A value of a kind that is kept as text: BigInt, Decimal, Uri, SafeText, Bytes, and the dates (ISO-8601).
    static Value ofText(Kind kind, std::string text);
    static Value ofFloat(float value);
    static Value ofSet(List values);
    /// The smallest of Int, Long and BigInt that holds a decimal whole number.
    static Value wholeNumber(std::string_view decimal);

    Kind kind() const { return m_kind; }
    bool isNull() const { return m_kind == Kind::Null; }
    bool isText() const { return m_kind == Kind::Text; }
    bool isList() const { return m_kind == Kind::List || m_kind == Kind::Set; }
    bool isMap() const { return m_kind == Kind::Map; }
    bool isNumber() const { return m_kind >= Kind::Int && m_kind <= Kind::Decimal; }

    bool asBool() const;                ///< of Bool; false otherwise
    std::int64_t asInt() const;         ///< of Int and Long; 0 otherwise
    double asDouble() const;            ///< of any number; 0 otherwise
    const std::string &text() const;    ///< of the kinds kept as text; empty otherwise
    const List &list() const;           ///< of List and Set; empty otherwise
    const Object &map() const;          ///< of Map; empty otherwise
    /// Member of a Map, or null pointer.
    const Value *find(std::string_view key) const;

    /// Same kind and same content, deep; 1 and 1.0 differ.
    bool operator==(const Value &other) const;

private:
    Kind m_kind = Kind::Null;
    std::int64_t m_scalar = 0; // Bool, Int, Long; bits of Float and Double
    std::shared_ptr<const void> m_payload;
};

/// Members of a map: text keys in insertion order, found in O(1) when there are many.
class Object
{
public:
    using Member = std::pair<std::string, Value>;

    const Value *find(std::string_view key) const;
    void set(std::string key, Value value); ///< replaces in place or appends
    bool erase(std::string_view key);
    std::size_t size() const { return m_members.size(); }
    bool empty() const { return m_members.empty(); }
    auto begin() const { return m_members.begin(); }
    auto end() const { return m_members.end(); }
    bool operator==(const Object &other) const; ///< order has no meaning

private:
    std::vector<Member> m_members;
    std::shared_ptr<const void> m_index; // built once there are many members
};

/// How a value becomes JSON.
struct JsonStyle
{
    int indent = -1;              ///< -1: one line without spaces
    bool dropNullMembers = false; ///< leave out members whose value is null
};
std::string toJson(const Value &value, const JsonStyle &style = {});

/// Strict JSON (RFC 8259); on failure `ok` is false and `error` says what and at which byte. Members
/// keep their order, the last of two equal keys wins.
struct JsonParse
{
    Value value;
    bool ok = false;
    std::string error;
    std::size_t offset = 0;
};
JsonParse parseJson(std::string_view text);

struct Node;
/// A YAML node as the real engine reads it: YAML 1.1 words for booleans, octal `014`, `1_000`, no
/// timestamps, `key:` alone is an empty text, aliases are their own text, keys are always text.
Value toValue(const Node &node);

} // namespace flow
