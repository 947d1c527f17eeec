#pragma once

#include "engine/flow/flow.h"
#include "ui/theme.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace app {

/// One step of the way to a place in a flow.
struct Crumb
{
    QString text;           ///< `tasks`, `validate`, `type`
    std::size_t offset = 0; ///< where it begins in the text
    bool operator==(const Crumb &) const = default;
};

/// The way to an offset: keys and the ids of list items. Empty outside the flow's mapping.
std::vector<Crumb> crumbsAt(const flow::Flow &flow, std::size_t offset);

/// The way as links, the last one in 600; elided at the front when it does not fit. With the focus arrows walk it and
/// Enter goes there.
class Breadcrumb : public QWidget
{
    Q_OBJECT

public:
    explicit Breadcrumb(const ui::Theme &theme, QWidget *parent = nullptr);
    void setTheme(const ui::Theme &theme);
    void setCrumbs(std::vector<Crumb> crumbs);
    QSize sizeHint() const override { return {200, m_theme.scaled(24)}; }

signals:
    void chosen(std::size_t offset);
    void left(); ///< by Esc

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    int crumbAt(QPoint point) const;
    void setHot(int index);
    void sayName();

    ui::Theme m_theme;
    std::vector<Crumb> m_crumbs;
    std::vector<QRect> m_boxes;
    int m_hot = -1;
};

} // namespace app
