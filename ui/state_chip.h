#pragma once

#include "ui/theme.h"

#include <QWidget>

namespace ui {

/// A state in its colours: icon and word on the soft ground, 20 high. Also for other words when `look`
/// is the state whose colours they take.
class StateChip : public QWidget
{
    Q_OBJECT

public:
    explicit StateChip(const Theme &theme, QWidget *parent = nullptr);
    void setTheme(const Theme &theme);
    void setState(const QString &state) { setState(state, state); }
    void setState(const QString &look, const QString &word);

    QString word() const { return m_word; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme m_theme;
    QString m_look;
    QString m_word;
};

} // namespace ui
