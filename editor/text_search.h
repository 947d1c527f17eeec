#pragma once

#include "engine/flow/edit.h"

#include <QString>

#include <optional>

namespace editor {

struct SearchOptions
{
    bool caseSensitive = false;
    bool wholeWord = false;
    bool regularExpression = false;
    bool operator==(const SearchOptions &) const = default;
};

/// Every hit of a query in a text, in order; empty hits are left out. No value when the regular
/// expression is not one; `error` then says why.
std::optional<std::vector<flow::Range>> findAll(const std::string &text, const QString &query,
                                                const SearchOptions &options,
                                                QString *error = nullptr);

/// What stands in the place of a hit: `replacement` with `\1`… filled in for a regular expression.
std::string replacementFor(const std::string &text, flow::Range hit, const QString &query,
                           const QString &replacement, const SearchOptions &options);

} // namespace editor
