#include "ui/ask_text.h"

#include "ui/tr.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {
constexpr int kWidth = 480;
} // namespace

std::optional<QString> askText(QWidget *parent, const TextQuestion &question)
{
    QDialog dialog(parent);
    dialog.setObjectName(QStringLiteral("askText"));
    dialog.setWindowTitle(question.title);
    dialog.setFixedWidth(kWidth);
    auto *title = new QLabel(question.title);
    title->setProperty("role", "dialogTitle");
    auto *label = new QLabel(question.label);
    label->setWordWrap(true);
    auto *field = new QLineEdit(question.start);
    field->setAccessibleName(question.label);
    label->setBuddy(field);
    auto *why = new QLabel;
    why->setProperty("role", "error");
    why->setWordWrap(true);
    auto *buttons = new QDialogButtonBox;
    QPushButton *accept = buttons->addButton(question.verb, QDialogButtonBox::AcceptRole);
    accept->setProperty("role", "primary");
    buttons->addButton(Tr::tr("Cancel"), QDialogButtonBox::RejectRole);
    auto *layout = new QVBoxLayout(&dialog);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addSpacing(4);
    layout->addWidget(label);
    layout->addWidget(field);
    layout->addWidget(why);
    layout->addSpacing(8);
    layout->addWidget(buttons);
    accept->setDefault(true); // before it is in the dialog this would not last
    const auto check = [&] {
        const QString text = field->text().trimmed();
        const QString fault = text.isEmpty() || !question.fault ? QString() : question.fault(text);
        why->setText(fault);
        accept->setEnabled(!text.isEmpty() && fault.isEmpty());
    };
    QObject::connect(field, &QLineEdit::textChanged, &dialog, check);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    check();
    field->setFocus();
    const qsizetype dot = question.start.lastIndexOf(QLatin1Char('.'));
    field->setSelection(0, int(dot > 0 ? dot : question.start.size()));
    if (dialog.exec() != QDialog::Accepted)
        return std::nullopt;
    return field->text().trimmed();
}

} // namespace ui
