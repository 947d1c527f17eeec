#include "app/problems_panel.h"

#include "app/app_state.h"
#include "ui/empty_state.h"
#include "ui/tr.h"

#include <QHeaderView>
#include <QShortcut>
#include <QStackedLayout>
#include <QTableView>

namespace app {

ProblemsPanel::ProblemsPanel(AppState &state, QWidget *parent)
    : QWidget(parent), m_model(new ProblemsModel(state.theme(), this)), m_view(new QTableView),
      m_empty(new ui::EmptyState(state.theme(), QStringLiteral("check"), {})), m_stack(new QStackedLayout(this))
{
    setProperty("role", "panel");
    m_view->setModel(m_model);
    m_view->setShowGrid(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->horizontalHeader()->hide();
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(state.theme().scaled(26));
    m_view->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_view->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_view->horizontalHeader()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_view->setIconSize({16, 16});
    m_view->setAccessibleName(Tr::tr("Problems"));
    m_stack->setContentsMargins(0, 4, 0, 0);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    const auto jump = [this](const QModelIndex &index) {
        if (index.isValid())
            emit jumpWanted(m_model->problemAt(index.row()));
    };
    connect(m_view, &QTableView::activated, this, jump);
    connect(m_view, &QTableView::clicked, this, jump);
    const auto askFixes = [this](const QModelIndex &index) {
        if (index.isValid())
            emit fixesWanted(m_model->problemAt(index.row()), m_view->viewport()->mapToGlobal(m_view->visualRect(index).bottomLeft()));
    };
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QTableView::customContextMenuRequested, this, [this, askFixes](QPoint position) { askFixes(m_view->indexAt(position)); });
    auto *fixKey = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Period), m_view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(fixKey, &QShortcut::activated, this, [this, askFixes] { askFixes(m_view->currentIndex()); });
    connect(m_model, &ProblemsModel::countsChanged, this, &ProblemsPanel::refresh);
    connect(&state, &AppState::themeChanged, this, [this](const ui::Theme &theme) {
        m_model->setTheme(theme);
        m_view->verticalHeader()->setDefaultSectionSize(theme.scaled(26));
    });
    setFocusProxy(m_view);
    refresh();
}

void ProblemsPanel::refresh()
{
    const int files = m_model->files();
    m_empty->setSentence(files == 0 ? Tr::tr("Open a flow to see its problems here")
                                    : Tr::tr("No problems in %n flow(s)", nullptr, files));
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
}

} // namespace app
