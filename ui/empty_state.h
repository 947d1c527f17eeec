#pragma once

#include "ui/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// What a panel shows while it has nothing to show: an icon, one sentence, at most one action.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    /// Without `action` there is no button.
    EmptyState(const Theme &theme, const QString &icon, const QString &sentence, const QString &action = {},
               QWidget *parent = nullptr);
    void setSentence(const QString &sentence, const QString &action = {});

signals:
    void activated();

private:
    QLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace ui
