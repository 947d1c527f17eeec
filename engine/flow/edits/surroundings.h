#pragma once

#include "engine/flow/flow.h"

#include <string>
#include <string_view>
#include <vector>

/// What stands around tasks and ties them to their place: loops, branches, plugin defaults, types
/// that act on their own execution. For edits that carry tasks from one flow into another.
namespace flow::edits {

bool isSubflowType(std::string_view type);
/// The ids outputs of a task are kept under: its own, and of a ForEachItem those of its parts.
std::vector<std::string> outputIds(const Task &task);
/// Runs its tasks once for each value: their outputs are kept by value.
bool isLoopType(std::string_view type);
/// Pause, Exit, SetVariables…: what it does is done to the execution it runs in. A call of its own flow too.
bool actsOnExecution(const Flow &flow, const Task &task);
/// The tasks a task stands in, innermost first.
std::vector<const Task *> holdersOf(const Flow &flow, const Task &task);
bool isInLoop(const Flow &flow, const Task &task);
/// False only when the task runs in every run that gets past its place: in no branch, without
/// condition, and no failure before it is forgiven. Looks no further out than to one of `tops`.
bool mayNotRun(const Flow &flow, const Task &task, const std::vector<const Task *> &tops = {});
/// The types of all plugins a node names, at any depth.
void collectTypes(const Node &node, std::vector<std::string> &types);
/// The plugin defaults of a flow that concern these types, in file order: items of its lists.
std::vector<const Node *> defaultsFor(const Flow &flow, const std::vector<std::string> &types);

} // namespace flow::edits
