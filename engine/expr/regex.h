#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Java's regular expressions through PCRE2: patterns are translated where the two differ. All functions
/// throw Failure where Java throws.
namespace expr::regex {

/// A compiled pattern; immutable, shared by threads.
class Regex
{
public:
    struct Code;
    explicit Regex(std::shared_ptr<const Code> code) : m_code(std::move(code)) {}

    /// Matcher.replaceAll with `$1`, `${name}` and `\` in the replacement.
    std::string replaceAll(const std::string &text, const std::string &replacement) const;
    std::string replaceFirst(const std::string &text, const std::string &replacement) const;
    /// String.split.
    std::vector<std::string> split(const std::string &text, std::int32_t limit) const;
    bool find(const std::string &text) const;
    bool matches(const std::string &text) const; ///< the whole text
    int groups() const;
    /// A group of the first match: outer nothing without a match, inner nothing when the group took no part.
    std::optional<std::optional<std::string>> extract(const std::string &text, int group) const;

private:
    std::string replace(const std::string &text, const std::string &replacement, bool all) const;
    std::shared_ptr<const Code> m_code;
};

/// From a cache when it was compiled before. A pattern that Java refuses is a PatternSyntaxException.
std::shared_ptr<const Regex> compile(const std::string &pattern);
/// The description Java would give of what is wrong with a pattern (`Unclosed group`); empty when nothing is.
std::string problem(const std::string &pattern);

/// A Java pattern in PCRE2's syntax.
std::string translate(std::string_view pattern);

} // namespace expr::regex
