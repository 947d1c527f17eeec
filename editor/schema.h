#pragma once

#include "editor/text_context.h"
#include "engine/flow/task_catalog.h"

namespace editor {

/// What the language expects at a place: the type of a mapping and the type text of a value.
struct SchemaPlace
{
    const flow::TaskType *type = nullptr;  ///< of the mapping the place is in; null when unknown
    const flow::TaskType *outer = nullptr; ///< of the mapping around that one
    std::string valueType; ///< of the place's value: `enum:Level`, `Task`; empty when unknown
    const flow::Property *property = nullptr; ///< whose value the place is in; null when unknown
    std::optional<flow::PluginGroup> plugins; ///< the mapping's `type` names a type of this group
    std::string base; ///< data type the mapping was declared as: `Task`, `Input`
    /// pluginDefaults: the keys of `values` are those of the type that is named beside it.
    bool defaultValues = false;
};

/// Follows keys and lists from the flow's own type to the place.
SchemaPlace schemaAt(const TextContext &context, const flow::TaskCatalog &catalog);

/// A type as people see it: `Level` of `enum:Level`, `array<StateType>` of `array<enum:StateType>`.
std::string shownType(std::string_view type);
/// The type inside `array<…>`, `map<…>` or `set<…>`; empty when it is none of them.
std::string elementOf(std::string_view type);
/// The group of types a mapping declared as `Task`, `AbstractTrigger`, `Condition`… is named by.
std::optional<flow::PluginGroup> pluginGroupOf(std::string_view dataType);
/// `core.log.Log` of `io.kestra.plugin.core.log.Log`: as people see a type.
std::string shortTypeName(std::string_view type);
/// `Log` of `io.kestra.plugin.core.log.Log`.
std::string_view lastPart(std::string_view type);

} // namespace editor
