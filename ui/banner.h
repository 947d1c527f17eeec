#pragma once

#include "ui/theme.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace ui {

/// One sentence of cause and what to do about it, in its own panel: the place for every failure of an
/// action started there. Tones: `failed`, `warning`, `success`, `info`, `neutral`.
class Banner : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    void setTone(const QString &tone);
    /// `detail` may be empty; plain text both.
    void setText(const QString &title, const QString &detail = {}, bool monoDetail = false);
    QString title() const;
    /// A button that emits nothing by itself: connect to it. The first primary one is drawn filled.
    QPushButton *addAction(const QString &text, bool primary = false);
    void clearActions();

private:
    QLabel *m_title;
    QLabel *m_detail;
    QHBoxLayout *m_actions;
};

} // namespace ui
