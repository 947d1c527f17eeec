#include "ui/leat_style.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QStyleFactory>

namespace ui {

LeatStyle::LeatStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

int LeatStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    if (hint == SH_UnderlineShortcut)
        return m_alt || qobject_cast<const QMenu *>(widget);
    return QProxyStyle::styleHint(hint, option, widget, data);
}

int LeatStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ToolBarItemMargin:
    case PM_ToolBarFrameWidth:
    case PM_MenuBarPanelWidth:
    case PM_MenuBarVMargin:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

void LeatStyle::polish(QApplication *application)
{
    QProxyStyle::polish(application);
    application->installEventFilter(this);
}

void LeatStyle::unpolish(QApplication *application)
{
    application->removeEventFilter(this);
    QProxyStyle::unpolish(application);
}

bool LeatStyle::eventFilter(QObject *watched, QEvent *event)
{
    bool alt = m_alt;
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
        if (static_cast<QKeyEvent *>(event)->key() == Qt::Key_Alt)
            alt = event->type() == QEvent::KeyPress;
        break;
    case QEvent::ApplicationDeactivate:
    case QEvent::WindowDeactivate:
        alt = false;
        break;
    default:
        return QProxyStyle::eventFilter(watched, event);
    }
    if (alt != m_alt) {
        m_alt = alt;
        for (QWidget *window : QApplication::topLevelWidgets())
            window->update();
        for (QWidget *widget : QApplication::allWidgets())
            if (qobject_cast<QMenuBar *>(widget))
                widget->update();
    }
    return QProxyStyle::eventFilter(watched, event);
}

} // namespace ui
