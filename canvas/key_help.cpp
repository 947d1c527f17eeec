#include "canvas/key_help.h"

#include "ui/theme.h"
#include "ui/tr.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace canvas {

KeyHelp::KeyHelp(QWidget *parent, const ui::Theme &theme) : QDialog(parent)
{
    setObjectName(QStringLiteral("canvasKeyHelp"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(Tr::tr("Keys of the canvas"));
    const std::pair<QString, QString> rows[] = {
        {Tr::tr("Arrows, h j k l"), Tr::tr("Walk by place")},
        {Tr::tr("Tab, Shift+Tab"), Tr::tr("Walk in file order")},
        {Tr::tr("Enter"), Tr::tr("Open in the inspector; on a broken task: go to its line")},
        {Tr::tr("Esc"), Tr::tr("Up to the container, or cancel")},
        {Tr::tr("a, Shift+a"), Tr::tr("Add a task after, before")},
        {Tr::tr("/"), Tr::tr("Quick insert")},
        {Tr::tr("d"), Tr::tr("Duplicate")},
        {Tr::tr("Del"), Tr::tr("Delete")},
        {Tr::tr("x"), Tr::tr("Disable or enable")},
        {Tr::tr("w, Shift+w"), Tr::tr("Wrap in a container, unwrap it")},
        {Tr::tr("c"), Tr::tr("Convert: Sequential, Parallel, Dag")},
        {Tr::tr("Alt+Up, Alt+Down"), Tr::tr("Move in the list")},
        {Tr::tr("Alt+Left, Alt+Right"), Tr::tr("Move out of a container, into the one beside")},
        {Tr::tr("r, [ and ]"), Tr::tr("Draw an arrow in a Dag, choose an arrow")},
        {Tr::tr("t, i, o"), Tr::tr("Add a trigger, an input, an output")},
        {Tr::tr("F2, n"), Tr::tr("Rename, edit the note")},
        {Tr::tr("e"), Tr::tr("Collapse or expand a container, unfold a subflow")},
        {Tr::tr("s, Shift+s"), Tr::tr("Extract to a subflow, inline one")},
        {Tr::tr("Alt+Shift+arrows, Alt and drag, p"), Tr::tr("Place by hand, put back")},
        {Tr::tr("Ctrl+C, Ctrl+X, Ctrl+V"), Tr::tr("Copy, cut, paste as YAML")},
        {Tr::tr("Shift+arrows, Ctrl+A"), Tr::tr("Select several, all")},
        {Tr::tr("F9, F12"), Tr::tr("Breakpoint, open a subflow")},
        {Tr::tr("F, 0, +, -"), Tr::tr("Fit, 100 %, zoom in, zoom out")},
        {Tr::tr("Space and drag, middle button"), Tr::tr("Pan")},
        {Tr::tr("Page keys, with Shift across, m"), Tr::tr("Scroll by a view, minimap")},
        {Tr::tr("Ctrl+F, F3"), Tr::tr("Find tasks, the next one")},
    };
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(4);
    int row = 0;
    for (const auto &[keys, words] : rows) {
        auto *left = new QLabel(keys);
        left->setFont(theme.monoFont(12));
        grid->addWidget(left, row, 0);
        grid->addWidget(new QLabel(words), row++, 1);
    }
    auto *buttons = new QDialogButtonBox;
    QPushButton *close = buttons->addButton(Tr::tr("Close"), QDialogButtonBox::AcceptRole);
    close->setProperty("role", "primary");
    close->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(16);
    layout->addLayout(grid);
    layout->addWidget(buttons);
}

} // namespace canvas
