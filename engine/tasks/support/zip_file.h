#pragma once

#include "engine/tasks/support/working_folder.h"

#include <filesystem>
#include <string>
#include <vector>

namespace tasks {

/// Packs files of a folder, by their relative names. Throws TaskFailure.
void writeZip(const std::filesystem::path &zip, const WorkingFolder &folder, const std::vector<std::string> &names);
/// Unpacks regular files into a folder; names that lead out of it throw TaskFailure.
void extractZip(const std::filesystem::path &zip, const WorkingFolder &folder);

} // namespace tasks
