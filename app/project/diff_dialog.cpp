#include "app/project/diff_dialog.h"

#include "app/app_state.h"
#include "git/ui/diff_view.h"
#include "ui/tr.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace app {

DiffDialog::DiffDialog(AppState &state, const QString &title, const QString &sentence, const git::FileDiff &diff, const QString &acceptText,
                       QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(title);
    resize(960, 560);
    auto *words = new QLabel(sentence);
    words->setWordWrap(true);
    auto *view = new git::DiffView(state.theme());
    view->setDiff(diff);
    view->setSides(Tr::tr("Now"), Tr::tr("Afterwards"));
    view->setAccessibleName(title);
    auto *keep = new QPushButton(Tr::tr("Keep as it is"));
    auto *accept = new QPushButton(acceptText);
    accept->setProperty("role", "primary");
    accept->setAutoDefault(false);
    keep->setDefault(true);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(accept, &QPushButton::clicked, this, &QDialog::accept);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(keep);
    buttons->addWidget(accept);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(12);
    layout->addWidget(words);
    layout->addWidget(view, 1);
    layout->addLayout(buttons);
    keep->setFocus();
}

} // namespace app
