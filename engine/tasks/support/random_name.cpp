#include "engine/tasks/support/random_name.h"

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
    std::string name(22, '0');
    for (char &c : name)
        c = kLetters[letter(generator)];
    return name;
}

} // namespace tasks
