#pragma once

#include "engine/flow/dialect.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace conformance {

/// One case of a folder of expressions and what became of it. `expected` and `got` are one line each:
/// `= "text"`, or `error kind: message`.
struct ExpressionCase
{
    std::string topic;
    std::string id;
    std::string expression;
    bool passed = false;
    std::string expected;
    std::string got;
    std::string gotJson; ///< what Leat gave, in the form of the results file
};

/// Renders every case of the folder's `TOPIC.json` files (of one topic when `topic` is not empty) and
/// compares with `TOPIC.results.json`. Texts of Java's own exceptions are not compared, only their kind.
std::vector<ExpressionCase> runExpressions(const std::filesystem::path &folder, flow::Dialect dialect,
                                           const std::string &topic = {});

/// True for a folder with files of this kind.
bool holdsExpressions(const std::filesystem::path &folder);

} // namespace conformance
