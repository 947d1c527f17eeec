#pragma once

#include "engine/flow/task_catalog.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// The catalog of all types that come with the program, of the schemas the user keeps and of those of a project.
/// Read on each call.
std::shared_ptr<const flow::TaskCatalog> loadCatalog(flow::Dialect dialect = flow::Dialect::Kestra1_3, const std::filesystem::path &project = {});

/// The bytes of a file; nothing when it can't be read.
std::optional<std::string> readFile(const std::filesystem::path &path);

/// YAML in a folder called `flows` or `_flows`, not above `top` if one is given, or with `id`, `namespace` and
/// `tasks`. The file need not exist.
bool isFlow(const std::filesystem::path &path, const std::filesystem::path &top = {});

/// The flow files of a path: itself when it is a file; of a folder, sorted, every YAML file in a folder
/// called `flows` or `_flows`, and every other one that has `id`, `namespace` and `tasks`. Hidden
/// folders are left out.
std::vector<std::filesystem::path> findFlows(const std::filesystem::path &path);

} // namespace cli
