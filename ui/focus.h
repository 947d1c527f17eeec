#pragma once

class QWidget;

namespace ui {

/// What takes the focus when one goes into an area: the area itself, its proxy, or the first visible
/// thing in it that Tab reaches. Null when there is none.
QWidget *focusTarget(QWidget *area);

} // namespace ui
