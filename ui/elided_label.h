#pragma once

#include <QLabel>

namespace ui {

/// One line of plain text that ends with an ellipsis where it does not fit, instead of widening what it
/// stands in. Screen readers and `text()` have all of it.
class ElidedLabel : public QLabel
{
public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace ui
