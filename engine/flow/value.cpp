#include "engine/flow/value.h"

#include "engine/flow/number_text.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdlib>

namespace flow {
namespace {

using detail::Payload;

struct TextPayload : Payload
{
    explicit TextPayload(std::string t) : text(std::move(t)) {}
    std::string text;
};

struct ListPayload : Payload
{
    explicit ListPayload(Value::List l) : list(std::move(l)) {}
    Value::List list;
};

struct MapPayload : Payload
{
    explicit MapPayload(Object m) : map(std::move(m)) {}
    Object map;
};

const std::string kNoText;
const Value::List kNoList;
const Object kNoMap;

/// Members below this are found by looking at each.
constexpr std::size_t kIndexFrom = 12;

bool isListKind(Value::Kind kind)
{
    return kind == Value::Kind::List || kind == Value::Kind::Set;
}

} // namespace

Value::Value(Kind kind, const Payload *payload)
    : m_kind(kind), m_shares(true), m_bits(static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(payload)))
{
}

const Payload *Value::payload() const
{
    return reinterpret_cast<const Payload *>(static_cast<std::intptr_t>(m_bits));
}

Value::Value(std::uint64_t value)
{
    if (value <= static_cast<std::uint64_t>(INT64_MAX))
        *this = Value(static_cast<std::int64_t>(value));
    else
        *this = ofText(Kind::BigInt, std::to_string(value));
}

Value::Value(double value) : Value(Kind::Double, std::bit_cast<std::int64_t>(value)) {}
Value::Value(std::string value) : Value(Kind::Text, new TextPayload(std::move(value))) {}
Value::Value(std::string_view value) : Value(std::string(value)) {}
Value::Value(const char *value) : Value(std::string(value)) {}

Value::Value(List values)
{
    std::uint32_t depth = 0;
    for (const Value &value : values)
        depth = std::max(depth, value.depth());
    auto *payload = new ListPayload(std::move(values));
    payload->depth = depth + 1;
    *this = Value(Kind::List, payload);
}

Value::Value(Object members)
{
    std::uint32_t depth = 0;
    for (const Object::Member &member : members)
        depth = std::max(depth, member.second.depth());
    auto *payload = new MapPayload(std::move(members));
    payload->depth = depth + 1;
    *this = Value(Kind::Map, payload);
}

Value::Value(const Value &other) noexcept
    : m_kind(other.m_kind), m_shape(other.m_shape), m_shares(other.m_shares), m_bits(other.m_bits)
{
    if (m_shares)
        payload()->references.fetch_add(1, std::memory_order_relaxed);
}

Value::Value(Value &&other) noexcept
    : m_kind(other.m_kind), m_shape(other.m_shape), m_shares(other.m_shares), m_bits(other.m_bits)
{
    other.m_kind = Kind::Null;
    other.m_shape = Shape::Plain;
    other.m_shares = false;
    other.m_bits = 0;
}

Value &Value::operator=(const Value &other) noexcept
{
    return *this = Value(other);
}

Value &Value::operator=(Value &&other) noexcept
{
    std::swap(m_kind, other.m_kind);
    std::swap(m_shape, other.m_shape);
    std::swap(m_shares, other.m_shares);
    std::swap(m_bits, other.m_bits);
    return *this;
}

Value::~Value()
{
    if (m_shares && payload()->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        if (isListKind(m_kind))
            detail::dropList(payload());
        else if (m_kind == Kind::Map)
            detail::dropMap(payload());
        else
            delete static_cast<const TextPayload *>(payload());
    }
}

namespace detail {
namespace {

/// Payloads whose last holder has gone. They are freed one after another and not inside each other,
/// so that a list nested a million deep does not need a million stack frames.
struct Graveyard
{
    std::vector<std::pair<const Payload *, bool>> waiting; // second: a map
    bool digging = false;
};

void bury(const Payload *payload, bool map)
{
    thread_local Graveyard graveyard;
    if (payload->depth < 64) {
        map ? delete static_cast<const MapPayload *>(payload) : delete static_cast<const ListPayload *>(payload);
        return;
    }
    graveyard.waiting.emplace_back(payload, map);
    if (graveyard.digging)
        return;
    graveyard.digging = true;
    while (!graveyard.waiting.empty()) {
        const auto [next, isMap] = graveyard.waiting.back();
        graveyard.waiting.pop_back();
        isMap ? delete static_cast<const MapPayload *>(next) : delete static_cast<const ListPayload *>(next);
    }
    graveyard.digging = false;
}

} // namespace

void dropList(const Payload *payload) noexcept
{
    bury(payload, false);
}

void dropMap(const Payload *payload) noexcept
{
    bury(payload, true);
}

} // namespace detail

Value Value::ofText(Kind kind, std::string text)
{
    return Value(kind, new TextPayload(std::move(text)));
}

Value Value::ofFloat(float value)
{
    return Value(Kind::Float, std::bit_cast<std::int64_t>(static_cast<double>(value)));
}

Value Value::ofSet(List values)
{
    Value set(std::move(values));
    set.m_kind = Kind::Set;
    return set;
}

Value Value::withShape(Shape shape) const
{
    Value other = *this;
    other.m_shape = shape;
    return other;
}

Value Value::wholeNumber(std::string_view decimal)
{
    if (decimal.starts_with('+'))
        decimal.remove_prefix(1);
    std::int64_t whole = 0;
    const auto result = std::from_chars(decimal.data(), decimal.data() + decimal.size(), whole);
    if (result.ec == std::errc()) {
        if (whole >= INT32_MIN && whole <= INT32_MAX)
            return Value(static_cast<std::int32_t>(whole));
        return Value(whole);
    }
    const bool negative = decimal.starts_with('-');
    if (negative)
        decimal.remove_prefix(1);
    decimal.remove_prefix(std::min(decimal.find_first_not_of('0'), decimal.size()));
    return ofText(Kind::BigInt, (negative ? "-" : "") + std::string(decimal));
}

bool Value::asBool() const
{
    return m_kind == Kind::Bool && m_bits != 0;
}

std::int64_t Value::asInt() const
{
    return m_kind == Kind::Int || m_kind == Kind::Long ? m_bits : 0;
}

double Value::asDouble() const
{
    switch (m_kind) {
    case Kind::Int:
    case Kind::Long: return static_cast<double>(m_bits);
    case Kind::Float:
    case Kind::Double: return std::bit_cast<double>(m_bits);
    case Kind::BigInt:
    case Kind::Decimal: {
        double number = 0;
        const char *begin = text().c_str(), *end = begin + text().size();
        if (std::from_chars(begin, end, number).ec == std::errc::result_out_of_range)
            number = std::strtod(begin, nullptr);
        return number;
    }
    default: return 0;
    }
}

float Value::asFloat() const
{
    return m_kind == Kind::Float ? static_cast<float>(std::bit_cast<double>(m_bits)) : 0;
}

const std::string &Value::text() const
{
    return m_shares && m_kind != Kind::Map && !isListKind(m_kind) ? static_cast<const TextPayload *>(payload())->text
                                                                  : kNoText;
}

const Value::List &Value::list() const
{
    return isListKind(m_kind) ? static_cast<const ListPayload *>(payload())->list : kNoList;
}

const Object &Value::map() const
{
    return m_kind == Kind::Map ? static_cast<const MapPayload *>(payload())->map : kNoMap;
}

const Value *Value::find(std::string_view key) const
{
    return m_kind == Kind::Map ? map().find(key) : nullptr;
}

std::size_t Value::size() const
{
    if (m_kind == Kind::Map)
        return map().size();
    return isListKind(m_kind) ? list().size() : text().size();
}

std::uint32_t Value::depth() const
{
    return m_shares ? payload()->depth : 0;
}

bool Value::operator==(const Value &other) const
{
    if (sameAs(other) && m_kind != Kind::Double && m_kind != Kind::Float)
        return true;
    if (m_kind != other.m_kind)
        return false;
    switch (m_kind) {
    case Kind::Null:
    case Kind::Bool:
    case Kind::Int:
    case Kind::Long: return m_bits == other.m_bits;
    case Kind::Float:
    case Kind::Double: return asDouble() == other.asDouble();
    case Kind::List:
    case Kind::Set: return list() == other.list();
    case Kind::Map: return map() == other.map();
    default: return text() == other.text();
    }
}

Object::Object(std::initializer_list<Member> members)
{
    m_members.reserve(members.size());
    for (const Member &member : members)
        set(member.first, member.second);
}

std::size_t Object::indexOf(std::string_view key) const
{
    if (m_slots.empty()) {
        for (std::size_t i = 0; i < m_members.size(); ++i)
            if (m_members[i].first == key)
                return i;
        return kNone;
    }
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = std::hash<std::string_view>{}(key) & mask; m_slots[slot] != 0; slot = (slot + 1) & mask)
        if (m_members[m_slots[slot] - 1].first == key)
            return m_slots[slot] - 1;
    return kNone;
}

void Object::insertIndex(std::size_t member)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = std::hash<std::string_view>{}(m_members[member].first) & mask;
    while (m_slots[slot] != 0)
        slot = (slot + 1) & mask;
    m_slots[slot] = static_cast<std::uint32_t>(member + 1);
}

void Object::rebuildIndex()
{
    m_slots.clear();
    if (m_members.size() < kIndexFrom)
        return;
    m_slots.resize(std::bit_ceil(m_members.size() * 4));
    for (std::size_t i = 0; i < m_members.size(); ++i)
        insertIndex(i);
}

const Value *Object::find(std::string_view key) const
{
    const std::size_t index = indexOf(key);
    return index == kNone ? nullptr : &m_members[index].second;
}

void Object::setTypedKeys(std::vector<Value> keys)
{
    m_typedKeys = std::make_shared<const std::vector<Value>>(std::move(keys));
}

Value Object::keyAt(std::size_t index) const
{
    return m_typedKeys ? (*m_typedKeys)[index] : Value(m_members[index].first);
}

void Object::set(std::string key, Value value)
{
    m_typedKeys.reset();
    const std::size_t index = indexOf(key);
    if (index != kNone) {
        m_members[index].second = std::move(value);
        return;
    }
    m_members.emplace_back(std::move(key), std::move(value));
    if (m_slots.empty() || m_members.size() * 2 > m_slots.size())
        rebuildIndex();
    else
        insertIndex(m_members.size() - 1);
}

bool Object::erase(std::string_view key)
{
    const std::size_t index = indexOf(key);
    if (index == kNone)
        return false;
    m_typedKeys.reset();
    m_members.erase(m_members.begin() + static_cast<std::ptrdiff_t>(index));
    rebuildIndex();
    return true;
}

bool Object::operator==(const Object &other) const
{
    return size() == other.size() && std::all_of(begin(), end(), [&other](const Member &member) {
        const Value *value = other.find(member.first);
        return value && *value == member.second;
    });
}

void appendText(std::string &out, const Value &value)
{
    using Kind = Value::Kind;
    bool first = true;
    switch (value.kind()) {
    case Kind::Null: out += "null"; return;
    case Kind::Bool: out += value.asBool() ? "true" : "false"; return;
    case Kind::Int:
    case Kind::Long: {
        char buffer[24];
        out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value.asInt()).ptr);
        return;
    }
    case Kind::Float: out += formatFloat(value.asFloat()); return;
    case Kind::Double: out += formatDouble(value.asDouble()); return;
    case Kind::List:
    case Kind::Set:
        out += '[';
        for (const Value &item : value.list()) {
            out += first ? "" : ", ";
            appendText(out, item);
            first = false;
        }
        out += ']';
        return;
    case Kind::Map:
        if (value.shape() == Value::Shape::Entry || value.shape() == Value::Shape::HashEntry) {
            out += value.map().begin()->first;
            out += '=';
            appendText(out, value.map().begin()->second);
            return;
        }
        out += '{';
        for (const auto &[key, member] : value.map()) {
            out += first ? "" : ", ";
            out += key;
            out += '=';
            appendText(out, member);
            first = false;
        }
        out += '}';
        return;
    default: out += value.text(); return;
    }
}

std::string toText(const Value &value)
{
    if (value.isText())
        return value.text();
    std::string out;
    appendText(out, value);
    return out;
}

} // namespace flow
