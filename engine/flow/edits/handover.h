#pragma once

#include "engine/flow/edit.h"
#include "engine/flow/edits/draft.h"
#include "engine/flow/edits/path_uses.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace flow::edits {

/// A value that goes into a subflow or comes out of it.
struct Handed
{
    std::string id;
    std::string type;       ///< of the input or output: `STRING`, `JSON`
    std::string expression; ///< where it comes from: `outputs.load.value`
    bool optional = false;  ///< it may be missing, and is null then

    /// The template that hands it over so that the same value arrives.
    std::string value() const;
};

/// What tasks on their way into a flow of their own read from the flow they leave, and what that one
/// reads of them; with the changes of both texts. Made for one extraction.
class Handover
{
public:
    /// `tasks` stand in one list; `subflowId` is the task that takes their place.
    Handover(const Draft &draft, std::vector<const Task *> tasks, std::string subflowId);

    /// `defaults`: the plugin defaults that go along. What can't be handed over is the error.
    Result<> read(const std::vector<const Node *> &defaults);

    const std::vector<Handed> &inputs() const { return m_inputs; }
    const std::vector<Handed> &outputs() const { return m_outputs; }
    const std::vector<const Entry *> &variables() const { return m_variables; } ///< that go along: templates
    const std::vector<Replacement> &insideChanges() const { return m_inside; }
    std::vector<Replacement> &outsideChanges() { return m_outside; }

private:
    bool isInside(std::size_t offset) const;
    const Task *taskCalled(const std::string &id) const;
    Result<> inside(const PathUse &use);
    Result<> insideInput(const PathUse &use);
    Result<> insideVariable(const PathUse &use);
    Result<> insideOutput(const PathUse &use);
    Result<> insideLoop(const PathUse &use);
    Result<> outside(const PathUse &use);
    Result<> outsideNames();
    /// Makes (or finds) the input for the first `parts` of a path, and reads it there instead.
    Result<> handIn(const PathUse &use, std::size_t parts, const std::string &wish, std::string type, bool optional);
    Error refusal(ErrorCode code, const PathUse &use) const;
    const Task *readerOf(const PathUse &use) const { return m_draft.flow().taskAt(use.rootRange.begin); }

    const Draft &m_draft;
    std::vector<const Task *> m_tasks;
    std::string m_subflowId;
    bool m_inLoop = false;
    std::map<std::string, const Task *> m_byId; // of the flow, first one wins
    std::set<std::string> m_innerIds;
    std::string m_ambiguous; // an id that is borne inside and outside
    std::vector<Handed> m_inputs;
    std::vector<Handed> m_outputs;
    std::vector<const Entry *> m_variables;
    std::vector<Replacement> m_inside;
    std::vector<Replacement> m_outside;
};

} // namespace flow::edits
