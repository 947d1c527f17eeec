#include "app/diff_page.h"

#include "app/app_state.h"
#include "git/ui/diff_view.h"
#include "ui/tr.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>

namespace app {

DiffPage::DiffPage(AppState &state, const QString &path, const DiffSides &sides, QWidget *parent)
    : DocumentPage(parent), m_path(path), m_sides(sides), m_view(new git::DiffView(state.theme())), m_counts(new QLabel)
{
    auto *bar = new QFrame;
    bar->setProperty("role", "editorBar");
    bar->setFixedHeight(state.theme().scaled(34));
    auto *barLayout = new QHBoxLayout(bar);
    barLayout->setContentsMargins(10, 0, 10, 0);
    auto *folder = new QLabel(path);
    folder->setProperty("role", "quiet");
    m_counts->setProperty("role", "quiet");
    barLayout->addWidget(folder, 1);
    barLayout->addWidget(m_counts);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(m_view, 1);
    connect(m_view, &git::DiffView::unfoldRequested, this, &DiffPage::unfoldWanted);
    connect(&state, &AppState::themeChanged, m_view, &git::DiffView::setTheme);
    m_view->setSides(sides.left, sides.right);
    setFocusProxy(m_view);
}

void DiffPage::setDiff(const git::FileDiff &diff)
{
    int added = 0, removed = 0;
    for (const git::DiffHunk &hunk : diff.hunks)
        for (const git::DiffLine &line : hunk.lines) {
            added += line.kind == git::LineKind::Added;
            removed += line.kind == git::LineKind::Removed;
        }
    m_counts->setText(QStringLiteral("+%1  −%2").arg(added).arg(removed));
    m_counts->setAccessibleName(Tr::tr("%1 lines added, %2 removed").arg(added).arg(removed));
    m_view->setDiff(diff);
}

QString DiffPage::title() const
{
    return m_sides.left.isEmpty() ? Tr::tr("%1, changes").arg(QFileInfo(m_path).fileName()) : m_path;
}

void DiffPage::focusText()
{
    m_view->setFocus(Qt::ShortcutFocusReason);
}

} // namespace app
