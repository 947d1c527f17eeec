#include "ui/themed_icons.h"

#include <QAbstractButton>
#include <QAction>
#include <QLabel>
#include <QWidget>

namespace ui {

namespace {

constexpr char kIcon[] = "leatIcon";
constexpr char kToken[] = "leatIconToken";
constexpr char kSize[] = "leatIconSize";

void remember(QObject *object, const QString &icon, const char *token)
{
    object->setProperty(kIcon, icon);
    object->setProperty(kToken, QByteArray(token));
}

template <typename Object>
void refresh(Object *object, const Theme &theme)
{
    const QString icon = object->property(kIcon).toString();
    if (icon.isEmpty())
        return;
    const QColor color = theme.color(object->property(kToken).toByteArray().constData());
    if constexpr (std::is_same_v<Object, QLabel>)
        object->setPixmap(theme.pixmap(icon, color, object->property(kSize).toInt(), object->devicePixelRatioF()));
    else
        object->setIcon(theme.toolIcon(icon, color));
}

} // namespace

void setThemedIcon(QAction *action, const QString &icon, const Theme &theme, const char *token)
{
    remember(action, icon, token);
    refresh(action, theme);
}

void setThemedIcon(QAbstractButton *button, const QString &icon, const Theme &theme, const char *token)
{
    remember(button, icon, token);
    refresh(button, theme);
}

void setThemedIcon(QLabel *label, const QString &icon, const Theme &theme, const char *token, int size)
{
    remember(label, icon, token);
    label->setProperty(kSize, size);
    refresh(label, theme);
}

void refreshIcons(QWidget *root, const Theme &theme)
{
    for (QAction *action : root->findChildren<QAction *>())
        refresh(action, theme);
    for (QAbstractButton *button : root->findChildren<QAbstractButton *>())
        refresh(button, theme);
    for (QLabel *label : root->findChildren<QLabel *>())
        refresh(label, theme);
}

} // namespace ui
