#include "engine/tasks/support/levels.h"

#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/values.h"

#include <array>

namespace tasks {

namespace {
constexpr std::array<std::string_view, 5> kNames = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR"};
}

std::optional<engine::Level> levelOf(std::string_view name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == name)
            return static_cast<engine::Level>(i);
    }
    return std::nullopt;
}

engine::Level levelProperty(engine::TaskContext &context, std::string_view property)
{
    const flow::Value value = context.property(property);
    if (value.isNull())
        return engine::Level::Info;
    const std::string text = textOf(value);
    if (const auto level = levelOf(text))
        return *level;
    throw TaskFailure{unreadableToken(text)};
}

std::string_view levelName(engine::Level level)
{
    return kNames[static_cast<std::size_t>(level)];
}

} // namespace tasks
