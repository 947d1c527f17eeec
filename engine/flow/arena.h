#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace flow {

/// Memory for many small things that are freed together and never move: large blocks, handed out piece by piece.
class Arena
{
public:
    template <typename T>
    T *make(const T &value)
    {
        static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= kAlign);
        return new (take(sizeof(T))) T(value);
    }
    template <typename T>
    std::span<T> keep(std::span<const T> values)
    {
        static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= kAlign);
        if (values.empty())
            return {};
        T *const copy = static_cast<T *>(take(values.size_bytes()));
        std::uninitialized_copy(values.begin(), values.end(), copy);
        return {copy, values.size()};
    }
    std::string_view keep(std::string_view text)
    {
        if (text.empty())
            return {};
        char *const copy = static_cast<char *>(take(text.size()));
        std::memcpy(copy, text.data(), text.size());
        return {copy, text.size()};
    }

private:
    static constexpr std::size_t kAlign = alignof(void *);
    static constexpr std::size_t kFirst = 4096; // bytes; each block is twice as large as the one before, up to kMost
    static constexpr std::size_t kMost = std::size_t(1) << 18;

    void *take(std::size_t size)
    {
        size = (size + kAlign - 1) / kAlign * kAlign;
        if (size > m_left) {
            m_block = std::min(m_block * 2, kMost);
            m_left = std::max(size, m_block);
            m_next = m_blocks.emplace_back(std::make_unique_for_overwrite<std::byte[]>(m_left)).get();
        }
        void *const place = m_next;
        m_next += size;
        m_left -= size;
        return place;
    }

    std::vector<std::unique_ptr<std::byte[]>> m_blocks;
    std::byte *m_next = nullptr;
    std::size_t m_left = 0;
    std::size_t m_block = kFirst / 2;
};

} // namespace flow
