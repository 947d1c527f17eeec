#pragma once

#include "git/core/types.h"

#include <QDialog>

namespace app {

class AppState;

/// Shows what is about to be changed, side by side, and asks. The safe button has the focus.
class DiffDialog : public QDialog
{
    Q_OBJECT

public:
    DiffDialog(AppState &state, const QString &title, const QString &sentence, const git::FileDiff &diff, const QString &acceptText,
               QWidget *parent);
};

} // namespace app
