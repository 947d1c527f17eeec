#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace git {

/// A regular expression of PCRE2 over bytes, written in the program, not by people. Immutable, shared by threads.
/// A search that would need more steps or memory than PCRE2 grants by default finds nothing.
class Pattern
{
public:
    struct Match
    {
        std::size_t begin = 0;  ///< of the whole match
        std::string_view value; ///< the first group, or the whole match where there is no group
    };
    enum class Case { Sensitive, Insensitive };

    explicit Pattern(std::string_view regexp, Case sensitivity = Case::Sensitive);

    /// The first match at or after `from`; `value` is a part of `text`.
    std::optional<Match> find(std::string_view text, std::size_t from = 0) const;

private:
    std::shared_ptr<const void> m_code;
};

} // namespace git
