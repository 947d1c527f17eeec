#pragma once

#include <QColor>

namespace editor::look {

/// Margins of the text view from left to right.
enum Margin {
    kBreakpointMargin,
    kNumberMargin,
    kGapMargin,
    kChangeMargin,
    kFoldMargin,
    kTaskMargin,
    kMarginCount
};

/// Markers; the lower number is drawn first. 25 to 31 are those of folding.
enum Marker {
    kCaretMarker,
    kAddedMarker,
    kChangedMarker,
    kTaskMarker,
    kBreakpointMarker,
    kDisabledBreakpointMarker,
    kStopMarker,
    kStopArrowMarker
};

/// Indicators of the text view.
enum Indicator {
    kExpressionGround = 8,
    kMatchIndicator,
    kHintIndicator,
    kWarningIndicator,
    kErrorIndicator,
    kBraceIndicator
};

/// Scintilla's colours are blue, green, red.
inline long bgr(const QColor &color)
{
    return color.red() | color.green() << 8 | color.blue() << 16;
}

} // namespace editor::look
