#pragma once

#include "engine/flow/edits/draft.h"
#include "engine/flow/error.h"
#include "engine/flow/tree.h"

#include <memory>
#include <string>
#include <string_view>

namespace flow::edits {

/// Text ready to stand behind a colon or a dash: `head` on its line (with a leading blank), `lines`
/// below it, each with its line break.
struct Written
{
    std::string head;
    std::string lines;
    bool keepsBlankLines = false; ///< ends with `|+`: blank lines below would become part of it
};

/// A piece of YAML handed in from outside and read by itself: line breaks LF, at column 0, blank
/// lines around it cut off.
class Fragment
{
public:
    /// InvalidYaml when it is not exactly one YAML value (or nothing).
    static Result<Fragment> read(std::string_view yaml);

    const std::string &text() const { return m_text; }
    const Node *root() const { return m_tree->root(); } ///< null when there is nothing but comments
    /// The comment behind a value of one line, with its `#`; else empty.
    std::string comment() const;

    /// As a value of a collection in block style that stands at `column`.
    Written asValue(std::size_t column, const Layout &layout) const;
    /// As an item of a list whose dashes stand at `column`.
    Written asItem(std::size_t column, const Layout &layout) const;
    /// On one line, for a collection in flow style. `json`: every key and text in double quotes.
    std::string asFlow(bool json) const;

private:
    Written inlineValue(std::size_t column, const Layout &layout) const;
    Written blockScalar(std::size_t column, const Layout &layout) const;

    std::string m_text;
    std::shared_ptr<const Tree> m_tree;
};

} // namespace flow::edits
