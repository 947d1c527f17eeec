#pragma once

#include <QString>

namespace canvas {

/// What a file means to a flow. The application knows; the canvas does not read files.
struct DroppedFile
{
    QString namespaceId; ///< of a flow
    QString flowId;      ///< of a flow; empty for other files
    QString name;        ///< of another file, as a task would see it
    QString source;      ///< how a flow names it: `nsfile:///…`; empty when it can't
};

} // namespace canvas
