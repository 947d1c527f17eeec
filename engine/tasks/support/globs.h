#pragma once

#include "engine/expr/regex.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tasks {

/// A path pattern: `*` and `?` within a name, `**` across names, `[a-z]`, `[!a]`, `{x,y}`, `\` takes the next
/// letter as it is. `regex:` in front makes it a regular expression, `glob:` says what it is anyway.
class Glob
{
public:
    /// Throws TaskFailure for a pattern that is malformed. A pattern without a prefix is anchored at `base`,
    /// which is taken literally and ends in a slash; one with a prefix has to match the whole path itself.
    explicit Glob(std::string_view pattern, std::string_view base = {});

    /// Throws TaskFailure when the pattern takes too long.
    bool matches(std::string_view path) const;

private:
    std::shared_ptr<const expr::regex::Regex> m_expression;
};

/// Globs for paths like `/a/b.txt`: a pattern that begins neither with `/` nor with `*` matches below any folder.
std::vector<std::string> anywhere(std::vector<std::string> patterns);

class Globs
{
public:
    Globs() = default;
    explicit Globs(const std::vector<std::string> &patterns, std::string_view base = {});
    bool empty() const { return m_globs.empty(); }
    bool matchAny(std::string_view path) const;

private:
    std::vector<Glob> m_globs;
};

} // namespace tasks
