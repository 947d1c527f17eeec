#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace expr {

/// A text whose `{% raw %}…{% endraw %}` were replaced by marks, which go through a rendering untouched.
struct RawTexts
{
    std::string text;                ///< only when there are any
    std::vector<std::string> bodies; ///< what they were, with their tags, by number of the mark
    std::vector<std::string> inner;  ///< the same without the tags
    bool found() const { return !bodies.empty(); }
    /// Where an offset of the changed text is in the original.
    std::size_t toOriginal(std::size_t offset) const;

    struct Place
    {
        std::size_t mark;     ///< offset of the mark in the changed text
        std::size_t original; ///< offset behind the tags in the original
    };
    std::vector<Place> places;
};

/// One pass, not nested; a pair of tags is on one line.
RawTexts takeRawTexts(std::string_view text);
/// Takes the tags away, as the last step of a rendering does; their insides stay.
void stripRawTags(std::string &text);
/// Puts the bodies back in place of their marks.
void putBackRawTexts(std::string &text, const std::vector<std::string> &bodies);

/// Characters before an offset on its line, plus one.
int columnOf(std::string_view text, std::size_t offset);

} // namespace expr
