#include "editor/signature_popup.h"

#include "ui/tr.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QScreen>

namespace editor {

SignaturePopup::SignaturePopup(const ui::Theme &theme, QWidget *parent)
    : QFrame(parent, Qt::ToolTip | Qt::FramelessWindowHint),
      m_label(new QLabel(this))
{
    setAttribute(Qt::WA_ShowWithoutActivating);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(Tr::tr("Parameters"));
    m_label->setTextFormat(Qt::RichText);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 5, 10, 5);
    row->addWidget(m_label);
    setTheme(theme);
    hide();
}

void SignaturePopup::setTheme(const ui::Theme &theme)
{
    setStyleSheet(QStringLiteral("editor--SignaturePopup { background: %1; border: 1px solid %2; }"
                                 " QLabel { background: %1; color: %3; }")
                      .arg(theme.color("raised").name(), theme.color("lineStrong").name(),
                           theme.color("text").name()));
    m_label->setFont(theme.font(12));
}

void SignaturePopup::showHelp(const SignatureHelp &help, QRect anchor)
{
    QStringList parameters;
    const int current = currentParameter(help);
    int number = 0;
    for (const std::string &parameter : parametersOf(help.parameters)) {
        const QString shown = QString::fromStdString(parameter).toHtmlEscaped();
        parameters << (number++ == current ? QStringLiteral("<b><u>%1</u></b>").arg(shown) : shown);
    }
    QString text = QStringLiteral("<code>%1(%2)</code>")
                       .arg(QString::fromStdString(help.name).toHtmlEscaped(),
                            parameters.join(QStringLiteral(", ")));
    if (!help.summary.empty())
        text += QStringLiteral("&nbsp;&nbsp;%1")
                    .arg(QString::fromStdString(help.summary).toHtmlEscaped());
    m_label->setText(text);
    setAccessibleDescription(QString::fromStdString(help.name + "(" + help.parameters + ")"));
    adjustSize();
    const QScreen *screen = QGuiApplication::screenAt(anchor.topLeft());
    const QRect area = screen ? screen->availableGeometry() : QRect(0, 0, 10000, 10000);
    int y = anchor.top() - height() - 2;
    if (y < area.top())
        y = anchor.bottom() + 2;
    move(std::clamp(anchor.left(), area.left(), std::max(area.left(), area.right() - width())), y);
    show();
    raise();
}

QString SignaturePopup::text() const
{
    return m_label->text();
}

} // namespace editor
