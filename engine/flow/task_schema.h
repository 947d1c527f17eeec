#pragma once

#include "engine/flow/task_catalog.h"

#include <string>
#include <string_view>

namespace flow {

/// A JSON schema of task types, as a server of the real engine gives it (`/api/v1/plugins/schemas/task`, or
/// `/api/v1/plugins/<type>` for one), in the form of the catalog files. What `known` has is left out. InvalidYaml
/// when it is no JSON, NoSuchProperty when it has no type that is new.
Result<std::string> catalogOfSchema(std::string_view json, const TaskCatalog &known);

} // namespace flow
