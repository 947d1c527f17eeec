#pragma once

#include "engine/flow/edits/collections.h"
#include "engine/flow/edits/draft.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

/// Tasks as texts on their way from one place to another.
namespace flow::edits {

/// A list of tasks as a place to put one: the mapping that has (or will have) the key.
struct Target
{
    const Node *holder = nullptr; ///< mapping of the task or the flow
    std::string key;              ///< `tasks`, `then`, `cases`
    std::string label;            ///< of a case; else empty
    const Node *list = nullptr;   ///< the sequence when it is written (it may be `[]`)
    bool ofFlow = false;
    bool dag = false;             ///< items hold their task under `task`
    bool single = false;          ///< `onPause`: a task in place of a list
};

/// NoSuchList when the path names no list the language knows there.
Result<Target> resolveList(const Flow &flow, const std::string &path);
/// Puts an item at a slot of the list; makes the list, and its key, when they are missing.
Result<> insertTask(Draft &draft, const Target &target, const Slot &slot, const NewItem &item);
/// The same with a task by itself, in the style of the place.
Result<> insertTask(Draft &draft, const Target &target, const Slot &slot, const Fragment &task);

/// One item of any list by itself, with the comments above it.
Fragment liftItem(const Draft &draft, const Node &item);
/// One task by itself: its mapping with the comments above it. `whole`: of a Dag the item, with
/// `dependsOn`.
Fragment liftTask(const Draft &draft, const Task &task, bool whole = false);
/// The lines of a range of the draft's text. When they end with the block scalar that had no line
/// break at the end of the text, it is told to strip the one it gets.
std::string liftLines(const Draft &draft, Range lines);
/// One item of a list handed in as YAML: a value or a list of one, which is taken out of its list.
Result<Fragment> readItemFragment(std::string_view yaml);
/// A task handed in as YAML: a mapping or a list of one. NotATask, InvalidYaml.
Result<Fragment> readTaskFragment(std::string_view yaml, bool keepDagWrapper);

/// As an item for a list; `dag`: put under `task`.
NewItem taskItem(const Fragment &task, const Layout &layout, bool dag, bool json);

/// The tasks in a mapping, itself first, as the language nests them.
void collectTasks(const Node &mapping, std::vector<const Node *> &tasks);
std::set<std::string> taskIds(const Flow &flow);
/// The wish itself when it is free; else with the next free number: `load_2`.
std::string freeId(const std::string &wish, const std::set<std::string> &taken);
/// Gives each task whose id is taken a free one, with its references inside; a missing id of the
/// outermost task is made from its type.
Fragment withFreeIds(const Fragment &task, std::set<std::string> taken);
bool isValidId(std::string_view id);

} // namespace flow::edits
