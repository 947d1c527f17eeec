#pragma once

#include "ui/theme.h"

#include <QLineEdit>

class QLabel;

namespace ui {

/// A field to search with: magnifier at the left, clear button, and the key that leads here at the right
/// while it is empty. Down leaves for the list below it, Esc clears.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    SearchField(const Theme &theme, const QString &placeholder, const QString &key = {}, QWidget *parent = nullptr);

signals:
    void downPressed();
    void upPressed();
    void escapePressed(); ///< before it clears the field

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QString m_key;
    QLabel *m_magnifier;
};

} // namespace ui
