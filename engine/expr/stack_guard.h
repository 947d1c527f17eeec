#pragma once

#include <cstddef>
#include <cstdint>

namespace expr {

/// Tells when calls have gone too deep below the place where the guard was made. Recursion over what
/// a user wrote asks it and fails instead of running out of stack.
class StackGuard
{
public:
    explicit StackGuard(std::size_t limit = 3u << 20) : m_limit(limit), m_base(here()) {}
    bool low() const
    {
        const std::uintptr_t at = here();
        return (at < m_base ? m_base - at : at - m_base) > m_limit;
    }

private:
    static std::uintptr_t here() { return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)); }

    std::size_t m_limit;
    std::uintptr_t m_base;
};

} // namespace expr
