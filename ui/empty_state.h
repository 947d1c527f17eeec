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
    QSize minimumSizeHint() const override { return {80, 56}; }

signals:
    void activated();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QLabel *m_picture; ///< goes when the panel is too low for it
    QLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace ui
