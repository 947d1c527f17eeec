#pragma once

#include "engine/run/task_runner.h"
#include "engine/tasks/support/working_folder.h"

#include <string>
#include <string_view>
#include <vector>

namespace tasks {

/// The local file behind a storage address or `nsfile:///name`, a file of the flow's namespace; throws TaskFailure with the storage's reason.
std::filesystem::path storedFile(engine::TaskContext &context, std::string_view uri);
bool isStorageUri(std::string_view text);

/// `inputFiles` as written (Map of names to contents or storage addresses, or JSON text of one), rendered with
/// `extra`: names to what belongs in them.
flow::Object renderedInputFiles(engine::TaskContext &context, const flow::Value &written, const flow::Object &extra);
/// Puts them into the working directory.
void placeInputFiles(engine::TaskContext &context, const flow::Object &files);

/// A file name as it stands in an address: blanks become `+`.
std::string inUri(std::string name);
/// Fails as the real engine does when a name of the user's would make no address.
void checkStorageName(engine::TaskContext &context, std::string_view name);

/// Moves the files that match into the storage: Map of relative name to address.
flow::Object takeOutputFiles(engine::TaskContext &context, const std::vector<std::string> &patterns);

/// `namespaceFiles` as written: copies what it asks for into the working directory and logs how many.
void placeNamespaceFiles(engine::TaskContext &context, const flow::Value &written);

} // namespace tasks
