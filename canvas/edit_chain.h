#pragma once

#include "engine/flow/flow_document.h"
#include "engine/flow/task_catalog.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace canvas {

/// Several edits that follow one another as one: each step sees the text and meaning the one before left.
/// Gives a single Edit for the snapshot it began with. Pure but for the steps.
class EditChain
{
public:
    using Step = std::function<flow::Result<flow::Edit>(const flow::Snapshot &)>;

    EditChain(flow::Snapshot snapshot, const flow::TaskCatalog &catalog);
    /// Stops at the first step that is refused; later ones are then ignored.
    EditChain &then(const Step &step);
    flow::Result<flow::Edit> edit() const;

private:
    /// A stretch of the text as it is by now: bytes of the first text, or new ones.
    struct Piece
    {
        flow::Range kept;
        std::string added;
        std::size_t size() const { return added.empty() ? kept.size() : added.size(); }
    };

    void apply(const flow::Edit &edit);

    flow::Snapshot m_first, m_now;
    std::shared_ptr<const std::string> m_read; // the text m_now.flow is read from; null when that is older
    const flow::TaskCatalog &m_catalog;
    std::vector<Piece> m_pieces;
    std::optional<flow::Error> m_error;
    bool m_ahead = false; // the text of m_now was not read yet
};

} // namespace canvas
