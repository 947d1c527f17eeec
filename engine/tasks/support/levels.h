#pragma once

#include "engine/run/task_runner.h"

#include <optional>
#include <string_view>

namespace tasks {

/// `TRACE` … `ERROR`, upper case only.
std::optional<engine::Level> levelOf(std::string_view name);
/// The level a property holds, Info when absent; throws TaskFailure for another word.
engine::Level levelProperty(engine::TaskContext &context, std::string_view property);
std::string_view levelName(engine::Level level);

} // namespace tasks
