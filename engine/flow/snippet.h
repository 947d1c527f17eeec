#pragma once

#include "engine/flow/task_catalog.h"

#include <string>
#include <string_view>

namespace flow {

/// A new task of a type as YAML: an id made from the class, the type, and each required property with a
/// value of its kind to fill in. Lists of tasks are left out: the task begins empty. Pure.
std::string taskSnippet(const TaskType &type);
/// Of a type the catalog does not know: id and type.
std::string taskSnippet(std::string_view type);

} // namespace flow
