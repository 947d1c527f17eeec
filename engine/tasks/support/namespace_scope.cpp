#include "engine/tasks/support/namespace_scope.h"

#include "engine/tasks/support/globs.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/values.h"

namespace tasks {

std::vector<std::string> namespacesInScope(engine::TaskContext &context)
{
    const std::vector<std::string> named = textList(context, "namespaces");
    const std::optional<std::string> pattern = optionalText(context.property("namespacePattern"));
    const bool children = booleanOf(context.property("includeChildNamespaces"), true);
    std::vector<std::string> names;
    for (std::string &name : context.namespaces().namespaceNames()) {
        bool wanted = pattern ? Glob("glob:" + *pattern).matches(name) : named.empty();
        for (const std::string &asked : named)
            wanted = wanted || name == asked || (children && name.starts_with(asked + '.'));
        if (wanted)
            names.push_back(std::move(name));
    }
    return names;
}

} // namespace tasks
