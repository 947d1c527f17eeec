#include "git/ui/changes_panel.h"

#include "ui/ask_text.h"
#include "ui/tr.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace git {

namespace {

constexpr int kLongSubject = 60;
constexpr int kBranchWidth = 72;

// Draws the state sign at the right end of a file's row, beside the text.
class FileDelegate : public QStyledItemDelegate
{
public:
    FileDelegate(const ui::Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QString sign = index.data(ChangesModel::SignRole).toString();
        QStyleOptionViewItem shortened = option;
        if (!sign.isEmpty())
            shortened.rect.setRight(option.rect.right() - 20);
        QStyledItemDelegate::paint(painter, shortened, index);
        if (sign.isEmpty())
            return;
        const QRect place(option.rect.right() - 20, option.rect.top(), 16, option.rect.height());
        if (option.state & QStyle::State_Selected)
            painter->fillRect(QRect(place.left(), place.top(), 21, place.height()), m_theme.color("selected"));
        painter->setFont(m_theme.monoFont(12));
        painter->setPen(index.data(Qt::UserRole + 10).value<QColor>());
        painter->drawText(place, Qt::AlignCenter, sign);
    }

private:
    const ui::Theme &m_theme;
};

} // namespace

ChangesPanel::ChangesPanel(GitController &controller, const ui::Theme &theme, ChangesModel::IsFlow isFlow, QWidget *parent)
    : QWidget(parent), m_controller(controller), m_theme(theme), m_model(new ChangesModel(theme, std::move(isFlow), this))
{
    m_pages = new QStackedWidget;
    m_pages->addWidget(makeBody());
    m_pages->addWidget(makeEmpty());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_pages);
    connect(&m_controller, &GitController::stateChanged, this, &ChangesPanel::updateState);
    connect(&m_controller, &GitController::progressChanged, this, [this] {
        // The message has done its work once the commit is made, whatever becomes of the push.
        const PushProgress &progress = m_controller.progress();
        const bool committed = std::any_of(progress.steps.begin(), progress.steps.end(), [](const PushStep &step) {
            return step.id == StepId::Commit && step.state == StepState::Done;
        });
        if (committed && !progress.order.paths.isEmpty() && message() == progress.order.message)
            m_message->clear();
        updateButton();
    });
    updateState();
}

QWidget *ChangesPanel::makeBody()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(8, 8, 8, 0);
    layout->setSpacing(8);

    m_branch = new QToolButton;
    m_branch->setProperty("role", "outlined");
    m_branch->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_branch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_branch->setMinimumHeight(28);
    m_branch->setToolTip(Tr::tr("Choose or create a branch"));
    connect(m_branch, &QToolButton::clicked, this, &ChangesPanel::showBranchMenu);
    m_fetch = new QPushButton(Tr::tr("Fetch"));
    m_fetch->setToolTip(Tr::tr("Ask the remote what is new"));
    connect(m_fetch, &QPushButton::clicked, &m_controller, &GitController::fetch);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_branch, 1);
    top->addWidget(m_fetch);
    layout->addLayout(top);

    m_message = new QPlainTextEdit;
    m_message->setPlaceholderText(Tr::tr("Message for the next commit"));
    m_message->setAccessibleName(Tr::tr("Commit message"));
    m_message->setTabChangesFocus(true);
    m_message->setFixedHeight(60);
    connect(m_message, &QPlainTextEdit::textChanged, this, &ChangesPanel::updateButton);
    layout->addWidget(m_message);
    m_counter = new QLabel;
    m_counter->setProperty("role", "help");
    m_counter->hide();
    layout->addWidget(m_counter);

    m_commit = new QPushButton;
    m_commit->setProperty("role", "primary");
    connect(m_commit, &QPushButton::clicked, this, &ChangesPanel::commitAndPush);
    layout->addWidget(m_commit);
    for (const auto key : {Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter}) {
        auto *shortcut = new QShortcut(QKeySequence(key), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, m_commit, &QPushButton::click);
    }

    m_files = new QTreeView;
    m_files->setHeaderHidden(true);
    m_files->setModel(m_model);
    m_files->setIndentation(14);
    m_files->setUniformRowHeights(true);
    m_files->setTextElideMode(Qt::ElideRight);
    m_files->setAccessibleName(Tr::tr("Changed files"));
    m_files->setItemDelegate(new FileDelegate(m_theme, m_files));
    connect(m_model, &QAbstractItemModel::modelReset, m_files, &QTreeView::expandAll);
    connect(m_model, &ChangesModel::checkedChanged, this, &ChangesPanel::updateButton);
    connect(m_files->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (const QString path = current.data(ChangesModel::PathRole).toString(); !path.isEmpty())
            emit fileActivated(path);
    });
    connect(m_files, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (const QString path = index.data(ChangesModel::PathRole).toString(); !path.isEmpty())
            emit fileActivated(path);
    });
    layout->addWidget(m_files, 1);
    m_clean = new QLabel(Tr::tr("Nothing changed since the last commit"));
    m_clean->setProperty("role", "help");
    m_clean->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_clean->setWordWrap(true);
    layout->addWidget(m_clean, 1);
    return body;
}

QWidget *ChangesPanel::makeEmpty()
{
    auto *empty = new QWidget;
    auto *layout = new QVBoxLayout(empty);
    layout->setContentsMargins(16, 24, 16, 16);
    layout->setSpacing(12);
    auto *icon = new QLabel;
    icon->setPixmap(m_theme.pixmap(QStringLiteral("branch"), m_theme.color("text3"), 48, devicePixelRatioF()));
    icon->setAlignment(Qt::AlignHCenter);
    auto *text = new QLabel(Tr::tr("This folder is not a repository"));
    text->setAlignment(Qt::AlignHCenter);
    text->setWordWrap(true);
    auto *create = new QPushButton(Tr::tr("Create repository"));
    create->setProperty("role", "primary");
    connect(create, &QPushButton::clicked, &m_controller, &GitController::createRepository);
    layout->addWidget(icon);
    layout->addWidget(text);
    layout->addWidget(create, 0, Qt::AlignHCenter);
    layout->addStretch();
    return empty;
}

void ChangesPanel::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    m_model->setTheme(theme);
    updateState();
}

void ChangesPanel::beginCommit()
{
    m_message->setFocus(Qt::ShortcutFocusReason);
}

QString ChangesPanel::message() const
{
    return m_message->toPlainText();
}

void ChangesPanel::updateState()
{
    const RepositoryState &state = m_controller.state();
    m_pages->setCurrentIndex(state.isRepository ? 0 : 1);
    m_model->setState(state);
    const QString branch = QString::fromStdString(state.head.branch);
    m_branch->setIcon(m_theme.icon(QStringLiteral("branch")));
    m_branch->setText(state.head.detached ? Tr::tr("no branch") : branch);
    m_branch->setAccessibleName(Tr::tr("Branch %1").arg(m_branch->text()));
    m_fetch->setEnabled(!state.remotes.empty());
    m_fetch->setToolTip(state.remotes.empty() ? Tr::tr("This repository has no remote")
                                              : Tr::tr("Ask the remote what is new"));
    const bool clean = m_model->rowCount() == 0;
    m_files->setVisible(!clean);
    m_clean->setVisible(clean);
    updateButton();
}

void ChangesPanel::updateButton()
{
    const RepositoryState &state = m_controller.state();
    const int files = int(m_model->checkedPaths().size());
    const QString branch = state.head.detached ? Tr::tr("a new branch") : QString::fromStdString(state.head.branch);
    const bool pushOnly = files == 0 && !state.unpushed.empty();
    // A long branch is cut in the middle; the button is never narrower than its words.
    const QString shown = m_commit->fontMetrics().elidedText(branch, Qt::ElideMiddle, kBranchWidth);
    m_commit->setText(pushOnly ? Tr::tr("Push to %1").arg(shown) : Tr::tr("Commit and push to %1").arg(shown));
    m_commit->setAccessibleDescription(branch);
    m_commit->setMinimumWidth(m_commit->sizeHint().width());
    const bool hasMessage = !message().trimmed().isEmpty();
    QString why;
    if (m_controller.busy())
        why = Tr::tr("A push is under way");
    else if (files == 0 && !pushOnly)
        why = Tr::tr("Tick a file to commit");
    else if (!hasMessage && !pushOnly)
        why = Tr::tr("Write a message first");
    m_commit->setEnabled(why.isEmpty());
    m_commit->setToolTip(why.isEmpty() ? Tr::tr("Ctrl+Enter") : why);
    const int length = int(message().section(QLatin1Char('\n'), 0, 0).size());
    m_counter->setVisible(length >= kLongSubject);
    m_counter->setText(Tr::tr("First line: %n characters", nullptr, length));
}

void ChangesPanel::showBranchMenu()
{
    QMenu menu;
    for (const Branch &branch : m_controller.state().branches) {
        const QString name = QString::fromStdString(branch.name);
        QAction *action = menu.addAction(name);
        action->setCheckable(true);
        action->setChecked(branch.current);
        connect(action, &QAction::triggered, this, [this, name] { m_controller.switchBranch(name); });
    }
    menu.addSeparator();
    connect(menu.addAction(m_theme.icon(QStringLiteral("add")), Tr::tr("New branch…")), &QAction::triggered, this,
            &ChangesPanel::askForBranch);
    menu.exec(m_branch->mapToGlobal(QPoint(0, m_branch->height())));
}

void ChangesPanel::askForBranch()
{
    const auto name = ui::askText(this, {Tr::tr("New branch"), Tr::tr("Name of the branch, made at the last commit"), Tr::tr("Create"), {},
                                         [this](const QString &text) { return m_controller.faultOfBranchName(text); }});
    if (name)
        m_controller.createBranch(*name);
}

void ChangesPanel::commitAndPush()
{
    if (m_controller.state().head.detached) {
        askForBranch();
        return;
    }
    const PushOrder order{QString::fromStdString(m_controller.state().head.branch), m_model->checkedPaths(), message()};
    emit pushStarted();
    m_controller.commitAndPush(order);
}

} // namespace git
