#pragma once

#include "engine/flow/dialect.h"
#include "engine/flow/flow.h"
#include "engine/flow/validation/report.h"

#include <string_view>
#include <unordered_set>
#include <vector>

namespace flow {

/// The ids of the tasks of a flow, which it must outlive.
struct TaskIds
{
    explicit TaskIds(const Flow &flow);

    std::unordered_set<std::string_view> all;
    std::vector<const Task *> repeated; ///< those whose id another one before has
};

/// The rules of a whole flow: ids that must differ, references between inputs, calls of itself, labels
/// of the system, dashed names in templates.
void checkFlowRules(const Flow &flow, std::string_view text, const TaskIds &ids, Dialect dialect, Report &report);

/// Which task reads what of which other one.
std::vector<DataLink> findLinks(const Flow &flow, std::string_view text, const TaskIds &ids);

} // namespace flow
