#pragma once

#include "engine/flow/flow.h"
#include "engine/flow/task_catalog.h"

namespace editor {

/// `base` as an id no task of the flow has: lower case, with a number behind it when it is taken.
std::string freeId(const flow::Flow *flow, std::string base);

/// The value a new required property begins with, as it stands behind the colon; several lines for
/// a list of tasks. Something the language accepts wherever that can be told; null: `""`.
std::string firstValue(const flow::Property *property, const flow::TaskCatalog &catalog,
                       const flow::Flow *flow);

} // namespace editor
