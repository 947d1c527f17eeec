#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace base {

/// Why something did not work: a code for deciding, the arguments its sentence needs, and where.
/// `Code` is the enum of one room; app/messages.cpp turns it into words.
template <typename Code>
struct Error
{
    Code code{};
    std::vector<std::string> args;
    std::string where; ///< file, task, path or URL it is about; empty when there is none
};

/// A value or the error that stood in its way. [[nodiscard]]: an error can't be dropped by accident.
template <typename T, typename E>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : m_state(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_state.index() == 0; }
    bool hasValue() const { return m_state.index() == 0; }
    const T &value() const & { assert(hasValue()); return std::get<0>(m_state); }
    T &value() & { assert(hasValue()); return std::get<0>(m_state); }
    T &&value() && { assert(hasValue()); return std::get<0>(std::move(m_state)); }
    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }
    const E &error() const { assert(!hasValue()); return std::get<1>(m_state); }
    T valueOr(T other) const & { return hasValue() ? value() : std::move(other); }

private:
    std::variant<T, E> m_state;
};

/// Success without a value, or an error.
template <typename E>
class [[nodiscard]] Result<void, E>
{
public:
    Result() = default;
    Result(E error) : m_error(std::move(error)) {}

    explicit operator bool() const { return !m_error; }
    bool hasValue() const { return !m_error; }
    const E &error() const { assert(m_error); return *m_error; }

private:
    std::optional<E> m_error;
};

} // namespace base
