#pragma once

#include "engine/run/task_runner.h"
#include "engine/tasks/support/working_folder.h"

#include <string>
#include <string_view>
#include <vector>

namespace tasks {

/// The local file behind a storage address; throws TaskFailure with the storage's reason.
std::filesystem::path storedFile(engine::TaskContext &context, std::string_view uri);
bool isStorageUri(std::string_view text);

/// `inputFiles` as written (Map of names to contents or storage addresses, or JSON text of one), rendered with
/// `extra`: names to what belongs in them.
flow::Object renderedInputFiles(engine::TaskContext &context, const flow::Value &written, const flow::Object &extra);
/// Puts them into the working directory.
void placeInputFiles(engine::TaskContext &context, const flow::Object &files);

/// Moves the files that match into the storage: Map of relative name to address.
flow::Object takeOutputFiles(engine::TaskContext &context, const std::vector<std::string> &patterns);

/// `namespaceFiles` as written: copies what it asks for into the working directory and logs how many.
void placeNamespaceFiles(engine::TaskContext &context, const flow::Value &written);

} // namespace tasks
