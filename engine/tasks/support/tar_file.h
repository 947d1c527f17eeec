#pragma once

#include "engine/tasks/support/working_folder.h"

#include <filesystem>

namespace tasks {

/// Writes all files and folders below a folder as a tar, with their permissions and owners. Links are left out.
void writeTar(const std::filesystem::path &tar, const WorkingFolder &folder);
/// Takes the files and folders of a tar into the folder, without the first part of their names. A name that leads out of it
/// throws TaskFailure; links are left out.
void extractTar(const std::filesystem::path &tar, const WorkingFolder &folder);

} // namespace tasks
