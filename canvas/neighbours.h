#pragma once

#include "canvas/dropped_file.h"
#include "engine/flow/flow_document.h"

namespace canvas {

/// What gestures need of the files beside a flow. The application implements it; the canvas knows no files.
/// GUI thread.
class Neighbours
{
public:
    virtual ~Neighbours() = default;

    /// What a file that is dropped means to the flow.
    virtual DroppedFile meaningOf(const QString &path) = 0;
    /// The flow a Subflow task calls; its `flow` is null when there is none.
    virtual flow::Snapshot calledFlow(const QString &namespaceId, const QString &flowId) = 0;
    /// Writes a new flow beside this one; false (said by the application) when that is not possible.
    virtual bool writeFlow(const QString &flowId, const std::string &text) = 0;
};

} // namespace canvas
