#pragma once

#include "engine/run/task_runner.h"

#include <string>
#include <string_view>

namespace tasks {

/// Fails unless the text may be a key.
void checkKey(std::string_view key);
/// The namespace a task works on; fails when it does not exist and is not the flow's own.
std::string namespaceProperty(engine::TaskContext &context);
/// The text of a value read as one type (`NUMBER`, `DATETIME` …); fails when it is none.
flow::Value typedKvValue(const std::string &text, std::string_view type);
/// The type of a value as it stands: a text that is an ISO duration is one.
engine::NamespaceStore::KvEntry entryOf(const flow::Value &value);

} // namespace tasks
