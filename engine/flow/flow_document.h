#pragma once

#include "engine/flow/analysis.h"
#include "engine/flow/edit.h"

namespace flow {

/// A moment of a document, safe to hand to any thread.
struct Snapshot
{
    Revision revision{};
    std::shared_ptr<const std::string> text;
    std::shared_ptr<const Flow> flow; ///< null until the first analysis; may be of an older revision
    Revision flowRevision{};
    std::vector<Diagnostic> diagnostics; ///< of flowRevision
};

struct AppliedEdit
{
    /// For the new revision; applying it gives back the old bytes and the old revision. To redo, apply
    /// the inverse that the undo returned: it leads to the revision that was undone.
    Edit inverse;
    Revision before{};
    Revision after{};
};

/// Owns one text. `apply` is the only way to change it. Bound to the thread that made it.
class FlowDocument
{
public:
    explicit FlowDocument(std::string text = {});

    Snapshot snapshot() const;
    const std::string &text() const { return *m_text; }
    Revision revision() const { return m_revision; }

    /// StaleRevision when the edit is for another revision, OutOfRange when it does not fit.
    Result<AppliedEdit> apply(const Edit &edit);
    /// Takes an analysis in if it is of the current revision; a late one is dropped (false).
    bool adopt(Analysis analysis);

private:
    std::shared_ptr<const std::string> m_text;
    Revision m_revision{};
    std::uint64_t m_lastRevision = 0;
    std::shared_ptr<const Flow> m_flow;
    Revision m_flowRevision{};
    std::vector<Diagnostic> m_diagnostics;
};

/// What an undo step is called, as a message id and its arguments ("moved %1 after %2").
struct EditLabel
{
    std::string id;                ///< `edit.move-task`
    std::vector<std::string> args;
};

/// Where views hand in wishes. Implemented by editor::DocumentSession.
class EditSink
{
public:
    virtual ~EditSink() = default;
    virtual Result<> submit(const Edit &edit, EditLabel label) = 0;
};

} // namespace flow
