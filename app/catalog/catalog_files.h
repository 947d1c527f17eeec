#pragma once

#include "engine/flow/task_catalog.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// The catalog of a dialect, and the schema files that could not be read.
struct LoadedCatalog
{
    std::shared_ptr<const flow::TaskCatalog> catalog;
    std::vector<std::filesystem::path> unread;
};

/// What comes with the program, then the JSON schemas `*.json` of folders (which need not exist), by name.
LoadedCatalog loadTaskCatalog(flow::Dialect dialect, const std::vector<std::filesystem::path> &folders);
/// The schemas of one folder, by name.
std::vector<std::filesystem::path> schemasIn(const std::filesystem::path &folder);

/// `$XDG_CONFIG_HOME/leat/schemas`: schemas of task types that the user loaded.
std::filesystem::path schemaFolder();
/// `.leat/schemas` of a project: schemas that belong to its flows.
std::filesystem::path projectSchemaFolder(const std::filesystem::path &project);

enum class KeptSchema {
    Kept,
    NotASchema,  ///< no JSON of that kind
    NothingNew,  ///< it has no type that was not known
    NotWritten,  ///< the folder can't be written to
};

/// Keeps a schema in a folder, in place of one of that name (without ending).
KeptSchema keepSchema(const std::filesystem::path &folder, std::string_view name, std::string_view json);

} // namespace app
