#pragma once

#include "canvas/dropped_file.h"

namespace app {

class Project;

/// What a file that is dropped on the graph of a flow means: a flow of the project, a file of the flow's
/// namespace, or nothing a task could read (no source). `project` may be null.
canvas::DroppedFile meaningOf(const Project *project, const QString &path, const QString &namespaceId);

} // namespace app
