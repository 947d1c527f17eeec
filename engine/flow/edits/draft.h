#pragma once

#include "engine/flow/edits.h"
#include "engine/flow/edits/lines.h"

#include <string>
#include <string_view>
#include <vector>

namespace flow::edits {

/// How a file is laid out, so that what is added looks like what is there. In columns.
struct Layout
{
    std::size_t step = 2;       ///< from a key to the keys of its mapping
    std::size_t listOffset = 2; ///< from a key to the dashes of its list
    std::size_t itemGap = 2;    ///< from a dash to what follows it
};

/// An edit in the making: the text it is for and the replacements so far, all in offsets of that
/// text. The text is given a final line break for as long as the draft lives, so that no step has to
/// think of a missing one; `finish` takes it away again unless a block scalar now depends on it.
class Draft
{
public:
    /// StaleRevision when the snapshot's flow is not of its text.
    static Result<Draft> open(const Snapshot &snapshot);
    Draft(const Snapshot &snapshot);

    std::string_view text() const { return m_padded.empty() ? std::string_view(*m_snapshot.text) : m_padded; }
    const Flow &flow() const { return *m_snapshot.flow; }
    const Snapshot &snapshot() const { return m_snapshot; }
    /// True when the text had no final line break: its last block scalar then ends without one.
    bool isPadded() const { return !m_padded.empty(); }

    void replace(Range range, std::string text);
    void insert(std::size_t offset, std::string text) { replace({offset, offset}, std::move(text)); }
    void erase(Range range) { replace(range, {}); }

    /// As the nearest example around the node has it; of the root, and defaults, where there is none.
    Layout layoutAt(const Node *node) const;
    std::string_view lineBreak(std::size_t offset) const { return breakAt(text(), offset); }

    Result<Edit> finish();

private:
    void takePaddingAway();

    Snapshot m_snapshot;
    std::string m_padded; // text with a final line break when it had none; else empty
    std::vector<Replacement> m_replacements;
};

/// The task with this path, else the first with this id; null when there is none.
const Task *findTask(const Flow &flow, std::string_view pathOrId);
/// A task that can be edited: NoSuchTask, or BrokenText when it can't be read.
Result<const Task *> readableTask(const Flow &flow, const std::string &pathOrId);
/// The list a task stands in; null for a task that is no item of a list (`onPause`).
const TaskList *listOf(const Flow &flow, const Task &task);
/// True for the list of a Dag, whose items hold their task under `task`.
bool isDagList(const Flow &flow, const TaskList &list);
bool isDagType(std::string_view type);

} // namespace flow::edits
