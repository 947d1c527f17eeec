#include "engine/flow/task_catalog.h"
#include "engine/tasks/task_families.h"
#include "resources/embedded.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

std::shared_ptr<const flow::TaskCatalog> catalog()
{
    return flow::TaskCatalog::load({std::string(resources::embedded("catalog/core-1.3.json")),
                                    std::string(resources::embedded("catalog/plugins-1.3.json"))})
        .value();
}

} // namespace

TEST_CASE("Every runnable type of the catalog has a runner here, and its old names lead to it")
{
    const auto types = catalog();
    const engine::TaskRunners runners = tasks::builtInRunners();
    // Run by the engine itself: the parts of ForEachItem, and the task that becomes another one.
    const auto isOfEngine = [](const std::string &name) {
        return name.find('$') != std::string::npos || name == "io.kestra.plugin.core.templating.TemplatedTask";
    };
    for (const flow::TaskType *type : types->types(flow::PluginGroup::Task)) {
        const bool runnable = std::find(type->kinds.begin(), type->kinds.end(), "RunnableTask") != type->kinds.end();
        if (!runnable || isOfEngine(type->name))
            continue;
        CAPTURE(type->name);
        CHECK(runners.contains(type->name));
        for (const std::string &alias : type->aliases)
            CHECK(types->find(alias) == type);
    }
    for (const auto &[name, runner] : runners) {
        CAPTURE(name);
        CHECK(types->find(name));
    }
}
