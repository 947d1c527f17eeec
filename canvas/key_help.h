#pragma once

#include <QDialog>

namespace ui {
class Theme;
}

namespace canvas {

/// The keys of the canvas as a table; Esc closes it.
class KeyHelp : public QDialog
{
    Q_OBJECT

public:
    KeyHelp(QWidget *parent, const ui::Theme &theme);
};

} // namespace canvas
