#include "app/about_dialog.h"

#include "app/app_state.h"
#include "ui/tr.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSvgRenderer>
#include <QVBoxLayout>

namespace app {

AboutDialog::AboutDialog(const AppState &state, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(Tr::tr("About Leat"));
    setFixedWidth(480);
    auto *icon = new QLabel;
    icon->setPixmap(state.theme().pixmap(QStringLiteral("leat-128"), state.theme().color("accent"), 64, devicePixelRatioF()));
    auto *name = new QLabel(QStringLiteral("Leat"));
    name->setProperty("role", "welcomeTitle");
    const QString version = QCoreApplication::applicationVersion();
    const QString facts = Tr::tr("Version %1, Qt %2").arg(version, QLatin1String(qVersion()));
    auto *versions = new QLabel(facts);
    versions->setProperty("role", "quiet");
    versions->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *text = new QLabel(Tr::tr("A desktop IDE for declarative workflows: write a flow, run it here, push it when it is right.") + QStringLiteral("\n\n")
                            + Tr::tr("Free software under the GNU General Public License, version 3 or later. It comes without any warranty."));
    text->setWordWrap(true);

    auto *buttons = new QDialogButtonBox;
    QPushButton *copy = buttons->addButton(Tr::tr("Copy versions"), QDialogButtonBox::ActionRole);
    QPushButton *close = buttons->addButton(Tr::tr("Close"), QDialogButtonBox::RejectRole);
    close->setDefault(true);
    connect(copy, &QPushButton::clicked, this, [version] {
        QApplication::clipboard()->setText(QStringLiteral("Leat %1\nQt %2\n%3").arg(version, QLatin1String(qVersion()), QSysInfo::prettyProductName()));
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *head = new QHBoxLayout;
    auto *words = new QVBoxLayout;
    words->addWidget(name);
    words->addWidget(versions);
    head->addWidget(icon);
    head->addSpacing(12);
    head->addLayout(words, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(16);
    layout->addLayout(head);
    layout->addWidget(text);
    layout->addWidget(buttons);
}

KeysDialog::KeysDialog(const QList<Group> &groups, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(Tr::tr("Keys"));
    resize(760, 600);
    auto *content = new QWidget;
    content->setProperty("role", "panel");
    auto *columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 12, 0);
    columns->setSpacing(32);
    QVBoxLayout *halves[2] = {new QVBoxLayout, new QVBoxLayout};
    for (QVBoxLayout *half : halves)
        half->setSpacing(6);
    int filled[2] = {0, 0};
    for (const Group &group : groups) {
        const int side = filled[0] <= filled[1] ? 0 : 1;
        filled[side] += int(group.keys.size()) + 2;
        auto *title = new QLabel(group.title);
        title->setProperty("role", "heading");
        halves[side]->addWidget(title);
        auto *grid = new QGridLayout;
        grid->setVerticalSpacing(6);
        int row = 0;
        for (const auto &[what, keys] : group.keys) {
            auto *key = new QLabel(keys);
            key->setProperty("role", "key");
            grid->addWidget(new QLabel(what), row, 0);
            grid->addWidget(key, row++, 1, Qt::AlignRight);
        }
        grid->setColumnStretch(0, 1);
        halves[side]->addLayout(grid);
        halves[side]->addSpacing(16);
    }
    for (QVBoxLayout *half : halves) {
        half->addStretch();
        columns->addLayout(half, 1);
    }
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *title = new QLabel(Tr::tr("Keys"));
    title->setProperty("role", "dialogTitle");
    auto *close = new QPushButton(Tr::tr("Close"));
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(12);
    layout->addWidget(title);
    layout->addWidget(scroll, 1);
    layout->addWidget(close, 0, Qt::AlignRight);
}

} // namespace app
