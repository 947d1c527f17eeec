#include "engine/tasks/support/random_name.h"

#include <algorithm>
#include <random>
#include <string_view>

namespace tasks {

std::string randomName()
{
    constexpr std::string_view kLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    thread_local std::mt19937_64 generator([] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }());
    std::uniform_int_distribution<std::size_t> letter(0, kLetters.size() - 1);
    // A digit, a capital and a small letter are always among them: whoever reads a name sees what it is.
    std::string name = "0Aa";
    while (name.size() < 22)
        name += kLetters[letter(generator)];
    std::shuffle(name.begin(), name.end(), generator);
    return name;
}

} // namespace tasks
