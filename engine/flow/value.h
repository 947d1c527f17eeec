#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flow {

class Object;

namespace detail {

/// What a Value shares: counted, never changed after it is made. See value.cpp.
struct Payload
{
    mutable std::atomic<std::uint32_t> references{1};
    std::uint32_t depth = 0; ///< of lists and maps inside; 1 for one without any
};
void dropList(const Payload *payload) noexcept;
void dropMap(const Payload *payload) noexcept;

} // namespace detail

/// A value of the flow language at run time: what YAML, JSON, inputs, outputs and expressions give.
/// Immutable, 16 bytes, cheap to copy: payloads are shared between copies and threads.
/// Knows nothing of rendering. The number kinds are kept apart because the language's arithmetic and
/// equality tell them apart.
class Value
{
public:
    enum class Kind : std::uint8_t {
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
        SafeText,  ///< result of a macro: prints like Text, equals no Text
        Character, ///< one UTF-16 unit of a Text: prints like Text, equals no Text
    };
    /// Which of the real engine's classes a List, Set or Map is; the language tells some apart.
    enum class Shape : std::uint8_t {
        Plain,         ///< ArrayList, LinkedHashSet, LinkedHashMap
        Array,         ///< of a List: a fixed array, the result of `split`
        Unmodifiable,  ///< of a List: the result of `flatten`
        SubList,       ///< of a List: the result of `slice`
        Partition,     ///< of a List: the result of `chunk`
        MapValues,     ///< of a List: the values of a map; has no positions
        HashMapValues, ///< of a List: the values of a map literal
        MapKeys,       ///< of a Set: the keys of a map
        HashMapKeys,   ///< of a Set: the keys of a map literal
        HashMap,       ///< of a Map: a map literal; its order is that of the hashes of its keys
        Entry,         ///< of a Map with one member: what a loop over a map gives; prints `k=v`
        HashEntry,     ///< of a Map with one member: what a loop over a map literal gives
        Loop,          ///< of a Map: the variable `loop`; prints as text, not as JSON
    };
    using List = std::vector<Value>;

    Value() = default; ///< Null
    template <std::same_as<bool> Bool>
    Value(Bool value) : Value(Kind::Bool, value ? 1 : 0) {}
    Value(std::int32_t value) : Value(Kind::Int, value) {}
    Value(std::int64_t value) : Value(Kind::Long, value) {}
    Value(std::uint64_t value); ///< Long, or BigInt when it does not fit
    Value(double value);
    Value(std::string value);
    Value(std::string_view value);
    Value(const char *value);
    Value(List values);
    Value(Object members);
    Value(const Value &other) noexcept;
    Value(Value &&other) noexcept;
    Value &operator=(const Value &other) noexcept;
    Value &operator=(Value &&other) noexcept;
    ~Value();

    /// A value of a kind that is kept as text: BigInt, Decimal, Uri, SafeText, Character, Bytes, and the dates
    /// and durations (ISO-8601 as Java's toString writes them; see iso_time.h).
    static Value ofText(Kind kind, std::string text);
    static Value ofFloat(float value);
    static Value ofSet(List values); ///< the values must be distinct
    /// The smallest of Int, Long and BigInt that holds a decimal whole number.
    static Value wholeNumber(std::string_view decimal);

    /// The same List, Set or Map as another class.
    Value withShape(Shape shape) const;

    Kind kind() const { return m_kind; }
    Shape shape() const { return m_shape; }
    bool isNull() const { return m_kind == Kind::Null; }
    bool isText() const { return m_kind == Kind::Text; }
    bool isList() const { return m_kind == Kind::List || m_kind == Kind::Set; }
    bool isMap() const { return m_kind == Kind::Map; }
    bool isNumber() const { return m_kind >= Kind::Int && m_kind <= Kind::Decimal; }

    bool asBool() const;                ///< of Bool; false otherwise
    std::int64_t asInt() const;         ///< of Int and Long; 0 otherwise
    double asDouble() const;            ///< of any number; 0 otherwise
    float asFloat() const;              ///< of Float; 0 otherwise
    const std::string &text() const;    ///< of the kinds kept as text; empty otherwise
    const List &list() const;           ///< of List and Set; empty otherwise
    const Object &map() const;          ///< of Map; empty otherwise
    /// Member of a Map, or null pointer.
    const Value *find(std::string_view key) const;
    /// Members, elements or, of the kinds kept as text, bytes; 0 otherwise.
    std::size_t size() const;
    /// How deep lists and maps are nested: 0 for a scalar, 1 for a list of scalars.
    std::uint32_t depth() const;
    /// True when both share one payload: equal without looking inside.
    bool sameAs(const Value &other) const { return m_kind == other.m_kind && m_bits == other.m_bits; }

    /// Same kind and same content, deep; 1 and 1.0 differ, shapes do not.
    bool operator==(const Value &other) const;

private:
    Value(Kind kind, std::int64_t bits) : m_kind(kind), m_bits(bits) {}
    Value(Kind kind, const detail::Payload *payload);
    const detail::Payload *payload() const;

    Kind m_kind = Kind::Null;
    Shape m_shape = Shape::Plain;
    bool m_shares = false; // m_bits is a payload's address
    std::int64_t m_bits = 0; // Bool, Int, Long; bits of Float and Double
};

/// Members of a map: text keys in insertion order, found in O(1) when there are many.
class Object
{
public:
    using Member = std::pair<std::string, Value>;

    Object() = default;
    /// Of two equal keys the last value wins, at the place of the first.
    Object(std::initializer_list<Member> members);

    const Value *find(std::string_view key) const;
    bool contains(std::string_view key) const { return find(key) != nullptr; }
    void set(std::string key, Value value); ///< replaces in place or appends
    bool erase(std::string_view key);       ///< O(n); false when there is no such key
    void reserve(std::size_t size) { m_members.reserve(size); }
    std::size_t size() const { return m_members.size(); }
    bool empty() const { return m_members.empty(); }
    auto begin() const { return m_members.begin(); }
    auto end() const { return m_members.end(); }
    bool operator==(const Object &other) const; ///< order has no meaning

    /// Keys that are not texts, in the order of the members: only a map literal of a template can have
    /// them. Forgotten when the object changes.
    void setTypedKeys(std::vector<Value> keys);
    bool hasTypedKeys() const { return m_typedKeys != nullptr; }
    Value keyAt(std::size_t index) const; ///< Text unless there are typed keys

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::size_t indexOf(std::string_view key) const;
    void insertIndex(std::size_t member);
    void rebuildIndex();

    std::vector<Member> m_members;
    std::shared_ptr<const std::vector<Value>> m_typedKeys;
    std::vector<std::uint32_t> m_slots; // open addressing, member + 1; empty while there are few
};

/// The text a value has inside other text: a text is itself, null is `null`, a list `[1, a]`, a map
/// `{k=v}`, numbers and dates as Java prints them.
std::string toText(const Value &value);
void appendText(std::string &out, const Value &value);

/// How a value becomes JSON.
struct JsonStyle
{
    int indent = -1;              ///< -1: one line without spaces
    bool dropNullMembers = false; ///< leave out members whose value is null
    bool sortKeys = false;        ///< members by key instead of in their order
    bool instantMicros = false;   ///< moments always with six digits of fraction, as the 2.0 language writes them
};
/// Dates are texts (moments with a zone in UTC), a duration is seconds, bytes are Base64. Linear.
std::string toJson(const Value &value, const JsonStyle &style = {});
void appendJson(std::string &out, const Value &value, const JsonStyle &style = {});
/// A JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD.
void appendJsonString(std::string &out, std::string_view text);

/// Strict JSON (RFC 8259), nested at most 1000 deep; on failure `ok` is false and `error` says what
/// and `offset` at which byte. Members keep their order, the last of two equal keys wins. Whole numbers
/// are Int, Long or BigInt by size, others Double.
struct JsonParse
{
    Value value;
    bool ok = false;
    std::string error;
    std::size_t offset = 0; ///< of the error, or where reading ended
};
JsonParse parseJson(std::string_view text);
/// The first value of a text; what follows it is not looked at.
JsonParse parseJsonPrefix(std::string_view text);

struct Node;
/// A YAML node as the real engine reads it: YAML 1.1 words for booleans, octal `014`, `1_000`, no
/// timestamps, `key:` alone is an empty text, aliases are their own text, keys are always text.
Value toValue(const Node &node);

} // namespace flow
