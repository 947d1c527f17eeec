#pragma once

#include "engine/run/task_runner.h"

#include <string>
#include <vector>

namespace tasks {

/// The namespaces a purge task works on: by `namespaces`, with those below them unless `includeChildNamespaces`
/// says no, or by `namespacePattern`; all when neither is given.
std::vector<std::string> namespacesInScope(engine::TaskContext &context);

} // namespace tasks
