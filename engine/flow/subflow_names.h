#pragma once

#include "engine/flow/diagnostic.h"
#include "engine/flow/task_catalog.h"
#include "engine/flow/tree.h"

#include <functional>
#include <string_view>
#include <vector>

namespace flow {

/// Warnings `unknown-subflow` at the ids of flows that tasks call by a plain name and `exists` knows nothing of.
std::vector<Diagnostic> unknownSubflows(const Tree &tree, const TaskCatalog &catalog,
                                        const std::function<bool(std::string_view namespaceId, std::string_view flowId)> &exists);

} // namespace flow
