#pragma once

#include "engine/flow/range.h"

#include <cassert>
#include <string>
#include <string_view>
#include <vector>

namespace test {

/// A text with marks taken out: `[[…]]` around ranges, `^` for carets.
/// Marks may nest; ranges are in the order of their opening marks.
class Annotated
{
public:
    explicit Annotated(std::string_view marked)
    {
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < marked.size(); ++i) {
            const std::string_view rest = marked.substr(i);
            if (rest.starts_with("[[")) {
                open.push_back(m_ranges.size());
                m_ranges.push_back({m_text.size(), m_text.size()});
                ++i;
            } else if (rest.starts_with("]]") && !open.empty()) {
                m_ranges[open.back()].end = m_text.size();
                open.pop_back();
                ++i;
            } else if (rest.starts_with('^')) {
                m_carets.push_back(m_text.size());
            } else {
                m_text += rest.front();
            }
        }
        assert(open.empty() && "every [[ needs its ]]");
    }

    const std::string &text() const { return m_text; }
    const std::vector<flow::Range> &ranges() const { return m_ranges; }
    flow::Range range(std::size_t i = 0) const { return m_ranges.at(i); }
    const std::vector<std::size_t> &carets() const { return m_carets; }
    std::size_t caret(std::size_t i = 0) const { return m_carets.at(i); }

private:
    std::string m_text;
    std::vector<flow::Range> m_ranges;
    std::vector<std::size_t> m_carets;
};

/// The bytes of a range, for messages that can be read.
inline std::string_view slice(std::string_view text, flow::Range range)
{
    return text.substr(range.begin, range.end - range.begin);
}

} // namespace test
