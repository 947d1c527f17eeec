#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

namespace flow {

/// The few regular expressions of the catalog (classes, groups, `* + ?`), matched against a whole text
/// in linear time. Built once, immutable. Not meant for people's patterns.
class TextPattern
{
public:
    explicit TextPattern(std::string_view regexp);

    bool matches(std::string_view text) const;

private:
    struct Class
    {
        std::bitset<128> ascii;
        bool letters = false;      ///< any letter beyond ASCII
        bool lowerLetters = false; ///< any lower-case letter beyond ASCII
        bool has(char32_t code) const;
    };
    /// A state of the automaton: with a class it reads one character, without it branches.
    struct State
    {
        int next = -1;
        int other = -1;
        int charClass = -1; ///< index; -1: reads nothing
    };
    struct Reader;

    void follow(std::vector<int> &states, std::vector<std::uint32_t> &seen, std::uint32_t mark, int state) const;

    std::vector<Class> m_classes;
    std::vector<State> m_states; // the last one accepts
    int m_start = 0;
};

/// False where a person's regular expression can't be one: unclosed group or class, nothing to repeat,
/// an unknown escape. What passes may still be refused when it is used.
bool looksLikeRegex(std::string_view text);

} // namespace flow
