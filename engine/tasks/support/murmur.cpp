#include "engine/tasks/support/murmur.h"

#include <fmt/format.h>

#include <bit>
#include <cstdint>

namespace tasks {

namespace {

constexpr std::uint64_t kFirst = 0x87c37b91114253d5ULL;
constexpr std::uint64_t kSecond = 0x4cf5ad432745937fULL;

std::uint64_t littleEndian(const char *bytes, std::size_t count)
{
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i)
        word |= std::uint64_t(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return word;
}

std::uint64_t finish(std::uint64_t word)
{
    word ^= word >> 33;
    word *= 0xff51afd7ed558ccdULL;
    word ^= word >> 33;
    word *= 0xc4ceb9fe1a85ec53ULL;
    return word ^ (word >> 33);
}

} // namespace

std::string murmur128(std::string_view bytes)
{
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    std::size_t at = 0;
    for (; at + 16 <= bytes.size(); at += 16) {
        a ^= std::rotl(littleEndian(&bytes[at], 8) * kFirst, 31) * kSecond;
        a = (std::rotl(a, 27) + b) * 5 + 0x52dce729;
        b ^= std::rotl(littleEndian(&bytes[at + 8], 8) * kSecond, 33) * kFirst;
        b = (std::rotl(b, 31) + a) * 5 + 0x38495ab5;
    }
    const std::size_t rest = bytes.size() - at;
    if (rest > 8)
        b ^= std::rotl(littleEndian(&bytes[at + 8], rest - 8) * kSecond, 33) * kFirst;
    if (rest > 0)
        a ^= std::rotl(littleEndian(&bytes[at], rest < 8 ? rest : 8) * kFirst, 31) * kSecond;
    a ^= bytes.size();
    b ^= bytes.size();
    a += b;
    b += a;
    a = finish(a);
    b = finish(b);
    a += b;
    b += a;
    std::string digits;
    for (const std::uint64_t word : {a, b}) {
        for (int byte = 0; byte < 8; ++byte)
            digits += fmt::format("{:02x}", (word >> (8 * byte)) & 0xFF);
    }
    return digits;
}

} // namespace tasks
