#pragma once

#include "ui/theme.h"

class QAbstractButton;
class QAction;
class QLabel;
class QWidget;

/// Icons that follow the theme: the name of the icon and its colour token are kept with the object, and
/// `refreshIcons` draws all icons below a widget anew. GUI thread.
namespace ui {

void setThemedIcon(QAction *action, const QString &icon, const Theme &theme, const char *token = "text2");
void setThemedIcon(QAbstractButton *button, const QString &icon, const Theme &theme, const char *token = "text2");
/// `size` in device-independent pixels.
void setThemedIcon(QLabel *label, const QString &icon, const Theme &theme, const char *token = "text2", int size = 16);

void refreshIcons(QWidget *root, const Theme &theme);

} // namespace ui
