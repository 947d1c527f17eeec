#include "ui/focus.h"

#include <QWidget>

namespace ui {

QWidget *focusTarget(QWidget *area)
{
    if (QWidget *proxy = area->focusProxy()) {
        if (proxy->isVisible() && proxy->isEnabled())
            return proxy;
    } else if (area->focusPolicy() != Qt::NoFocus) {
        return area;
    }
    for (QWidget *child : area->findChildren<QWidget *>())
        if (child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus))
            return child->focusProxy() ? child->focusProxy() : child;
    return nullptr;
}

} // namespace ui
