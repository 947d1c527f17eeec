#pragma once

#include "engine/flow/error.h"
#include "engine/flow/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace flow::edits {

/// One step of `retry.maxAttempts`, `commands[1]`, `env['A.B']`.
struct PathStep
{
    std::string key;
    std::size_t index = 0;
    bool isIndex = false;
};

/// NoSuchProperty when the path can't be read.
Result<std::vector<PathStep>> readPropertyPath(std::string_view path);
/// The node at a path below another one; null when there is none.
const Node *findProperty(const Node *from, std::string_view path);

} // namespace flow::edits
