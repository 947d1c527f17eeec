#pragma once

#include "git/core/types.h"

#include <QString>

#include <vector>

namespace git {

/// A stretch of a line, in UTF-16 units.
struct TextSpan
{
    int begin = 0;
    int end = 0;
    bool operator==(const TextSpan &) const = default;
};

/// One side of a row. `line` 0: the side has no line here.
struct DiffCell
{
    int line = 0;
    LineKind kind = LineKind::Context;
    QString text;
    std::vector<TextSpan> changed; ///< words that differ from the other side
};

/// One row of a side-by-side diff; `folded` counts unchanged lines a bar stands for (0: a row of text).
struct DiffRow
{
    DiffCell left;
    DiffCell right;
    int folded = 0;
};

/// Pairs removed and added lines, marks the words that differ, and puts bars between hunks. Pure.
std::vector<DiffRow> toRows(const FileDiff &diff);

} // namespace git
