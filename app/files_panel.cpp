#include "app/files_panel.h"

#include "app/app_state.h"
#include "app/project_model.h"
#include "ui/ask_text.h"
#include "ui/empty_state.h"
#include "ui/tr.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

namespace app {

namespace {

/// A row of the tree with its Git mark at the right edge.
class FileDelegate : public QStyledItemDelegate
{
public:
    FileDelegate(const AppState &state, QObject *parent) : QStyledItemDelegate(parent), m_state(state) {}

    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (!index.data(ProjectModel::IsFolderRole).toBool())
            option->font.setWeight(option->state & QStyle::State_Selected ? QFont::DemiBold : QFont::Normal);
        else if (option->state & QStyle::State_Open)
            option->icon = m_state.theme().icon(QStringLiteral("folder-open"));
        option->fontMetrics = QFontMetrics(option->font);
        option->text = shownName(*option, index);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QString mark = index.data(ProjectModel::MarkRole).toString();
        QStyledItemDelegate::paint(painter, option, index);
        if (mark.isEmpty())
            return;
        const ui::Theme &theme = m_state.theme();
        painter->save();
        painter->setFont(theme.monoFont(11));
        painter->setPen(theme.color(mark == QLatin1String("A") || mark == QLatin1String("?") ? "d_added"
                                    : mark == QLatin1String("D") ? "d_removed" : "d_changed"));
        painter->drawText(option.rect.adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter, mark);
        painter->restore();
    }

private:
    /// The name ends before the mark. Where room is short a flow gives up its `.yaml` first: the icon says it.
    static QString shownName(const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        const QString name = index.data().toString();
        const bool marked = !index.data(ProjectModel::MarkRole).toString().isEmpty();
        const int room = option.rect.width() - option.decorationSize.width() - 20 - (marked ? kMark : 0);
        if (option.rect.isEmpty() || option.fontMetrics.horizontalAdvance(name) <= room)
            return name;
        const bool flow = index.data(ProjectModel::IsFlowRole).toBool();
        return option.fontMetrics.elidedText(flow ? name.left(name.lastIndexOf(QLatin1Char('.'))) : name, Qt::ElideMiddle, std::max(room, 0));
    }

    static constexpr int kMark = 16;

    const AppState &m_state;
};

} // namespace

FilesPanel::FilesPanel(AppState &state, QWidget *parent)
    : QWidget(parent), m_model(new ProjectModel(state.theme(), this)), m_view(new QTreeView), m_stack(new QStackedLayout(this))
{
    setProperty("role", "panel");
    m_stack->setContentsMargins(0, 4, 0, 0);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new FileDelegate(state, m_view));
    m_view->setHeaderHidden(true);
    m_view->setIndentation(14);
    m_view->setUniformRowHeights(true);
    m_view->setIconSize({16, 16});
    m_view->setDragEnabled(true);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setTextElideMode(Qt::ElideMiddle);
    m_view->setAccessibleName(Tr::tr("Files of the project"));
    auto *empty = new ui::EmptyState(state.theme(), QStringLiteral("folder-open"), Tr::tr("A project is a folder of flows."), Tr::tr("Open folder"));
    connect(empty, &ui::EmptyState::activated, this, &FilesPanel::openFolderWanted);
    m_stack->addWidget(m_view);
    m_stack->addWidget(empty);
    m_stack->setCurrentIndex(1);

    const auto open = [this](const QModelIndex &index) {
        if (index.isValid() && !index.data(ProjectModel::IsFolderRole).toBool())
            emit openWanted(index.data(ProjectModel::PathRole).toString());
    };
    connect(m_view, &QTreeView::clicked, this, open);
    connect(m_view, &QTreeView::activated, this, open);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &FilesPanel::showMenu);
    connect(&state, &AppState::themeChanged, m_model, &ProjectModel::setTheme);
    const auto onCurrent = [this](void (FilesPanel::*act)(const QString &)) {
        const QString path = m_view->currentIndex().data(ProjectModel::PathRole).toString();
        if (!path.isEmpty())
            (this->*act)(path);
    };
    auto *renameKey = new QShortcut(QKeySequence(Qt::Key_F2), m_view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(renameKey, &QShortcut::activated, this, [onCurrent] { onCurrent(&FilesPanel::rename); });
    auto *copyKey = new QShortcut(QKeySequence::Copy, m_view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copyKey, &QShortcut::activated, this, &FilesPanel::copy);
    auto *deleteKey = new QShortcut(QKeySequence(Qt::Key_Delete), m_view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(deleteKey, &QShortcut::activated, this, [onCurrent] { onCurrent(&FilesPanel::remove); });
    setFocusProxy(m_view);
}

void FilesPanel::setProject(Project *project)
{
    m_project = project;
    m_model->setProject(project);
    m_stack->setCurrentIndex(project ? 0 : 1);
    if (!project)
        return;
    // The first namespace shows what it has; of the others the open file's one opens in select().
    const QModelIndex first = m_model->index(0, 0);
    m_view->expand(first);
    for (int row = 0; row < m_model->rowCount(first); ++row)
        m_view->expand(m_model->index(row, 0, first));
}

void FilesPanel::setMarks(QHash<QString, QString> marks)
{
    m_model->setMarks(std::move(marks));
}

void FilesPanel::select(const QString &path)
{
    const QModelIndex index = m_model->indexOf(path);
    if (index.isValid()) {
        m_view->setCurrentIndex(index);
        m_view->scrollTo(index);
    } else {
        m_view->clearSelection();
    }
}

void FilesPanel::showMenu(QPoint position)
{
    if (!m_project)
        return;
    const QModelIndex index = m_view->indexAt(position);
    const QString path = index.isValid() ? index.data(ProjectModel::PathRole).toString() : m_project->folder();
    const bool folder = !index.isValid() || index.data(ProjectModel::IsFolderRole).toBool();
    const QString place = folder ? path : QFileInfo(path).absolutePath();
    QMenu menu(this);
    if (!folder)
        menu.addAction(Tr::tr("Open"), this, [this, path] { emit openWanted(path); });
    menu.addAction(Tr::tr("New flow here"), this, [this, place] { emit newFlowWanted(place); });
    menu.addSeparator();
    if (!folder)
        menu.addAction(Tr::tr("Copy"), QKeySequence::Copy, this, &FilesPanel::copy);
    menu.addAction(Tr::tr("Copy path"), this, [path] { QApplication::clipboard()->setText(path); });
    if (index.isValid()) {
        menu.addAction(Tr::tr("Rename…"), QKeySequence(Qt::Key_F2), this, [this, path] { rename(path); });
        menu.addAction(Tr::tr("Delete…"), QKeySequence(Qt::Key_Delete), this, [this, path] { remove(path); });
    }
    menu.exec(m_view->viewport()->mapToGlobal(position));
}

/// The file itself: pasted into a graph, a flow becomes a Subflow task and another file an input file.
void FilesPanel::copy()
{
    const QModelIndex index = m_view->currentIndex();
    if (index.isValid() && !index.data(ProjectModel::IsFolderRole).toBool())
        QApplication::clipboard()->setMimeData(m_model->mimeData({index}));
}

/// A flow whose file has its name takes the new one along.
void FilesPanel::rename(const QString &path)
{
    const QFileInfo file(path);
    const auto name = ui::askText(this, {Tr::tr("Rename"), Tr::tr("New name of %1").arg(file.fileName()), Tr::tr("Rename"), file.fileName(),
                                         [&file](const QString &text) {
                                             if (text.contains(QLatin1Char('/')))
                                                 return Tr::tr("A name can't contain /.");
                                             return text != file.fileName() && QFileInfo::exists(file.absolutePath() + QLatin1Char('/') + text)
                                                        ? Tr::tr("%1 exists already.").arg(text) : QString();
                                         }});
    if (!name || *name == file.fileName())
        return;
    const QString target = file.absolutePath() + QLatin1Char('/') + *name;
    const auto flow = std::find_if(m_project->flows().begin(), m_project->flows().end(), [&](const FlowFile &one) { return one.path == path; });
    const bool named = flow != m_project->flows().end() && flow->id == file.completeBaseName();
    if (!m_rename(path, target, named))
        return;
    m_project->refresh();
    select(target);
}

void FilesPanel::remove(const QString &path)
{
    const QFileInfo file(path);
    QMessageBox box(QMessageBox::NoIcon, Tr::tr("Delete"),
                    file.isDir() ? Tr::tr("Delete the folder %1 and all that is in it?").arg(file.fileName()) : Tr::tr("Delete %1?").arg(file.fileName()),
                    QMessageBox::NoButton, this);
    QString consequence = m_deletionWarning ? m_deletionWarning(path) : QString();
    if (!consequence.isEmpty())
        consequence += QLatin1Char('\n');
    box.setInformativeText(consequence + Tr::tr("It goes to the trash where the system has one; else it is gone."));
    QPushButton *keep = box.addButton(Tr::tr("Keep"), QMessageBox::RejectRole);
    QPushButton *remove = box.addButton(Tr::tr("Delete"), QMessageBox::DestructiveRole);
    box.setDefaultButton(keep);
    box.setEscapeButton(keep);
    box.exec();
    if (box.clickedButton() != remove)
        return;
    const bool gone = QFile::moveToTrash(path) || (file.isDir() ? QDir(path).removeRecursively() : QFile::remove(path));
    if (!gone)
        emit failed(Tr::tr("%1 could not be deleted.").arg(file.fileName()));
    m_project->refresh();
}

} // namespace app
