#pragma once

#include "base/result.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace canvas {

class FlowScene;

enum class PictureFormat {
    Png, ///< at `scale` pixels a scene unit
    Svg,
    Pdf, ///< one page of the size of the picture
};

enum class ExportErrorCode {
    NothingToDraw, ///< the flow has no picture
    TooLarge,      ///< args: width, height; more pixels than an image can have
    CannotWrite,   ///< args: file, reason
};
using ExportError = base::Error<ExportErrorCode>;

struct ExportOptions
{
    PictureFormat format = PictureFormat::Png;
    double scale = 2;
    bool background = true; ///< the colour of the canvas; else transparent (PNG, SVG)
};

/// By the ending of a file name; PNG when it has none of them.
PictureFormat pictureFormatOf(const QString &file);
/// Writes the whole picture, with its marks of a run but without selection and focus. An old file is replaced
/// only when the new one is complete. GUI thread.
base::Result<void, ExportError> exportPicture(FlowScene &scene, const QString &file, const ExportOptions &options);

/// Draws the whole picture into a rectangle, as large as fits, at its top and in the middle; for paper: no ground.
void drawPicture(FlowScene &scene, QPainter &painter, const QRectF &target);

} // namespace canvas
