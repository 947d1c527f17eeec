#include "app/outline_panel.h"

#include "app/app_state.h"
#include "app/outline_model.h"
#include "ui/empty_state.h"
#include "ui/tr.h"

#include <QStackedLayout>
#include <QTreeView>

namespace app {

OutlinePanel::OutlinePanel(AppState &state, QWidget *parent)
    : QWidget(parent), m_model(new OutlineModel(state.theme(), this)), m_view(new QTreeView), m_stack(new QStackedLayout(this))
{
    setProperty("role", "panel");
    m_view->setModel(m_model);
    m_view->setHeaderHidden(true);
    m_view->setIndentation(16);
    m_view->setUniformRowHeights(true);
    m_view->setAccessibleName(Tr::tr("Outline"));
    m_stack->addWidget(m_view);
    m_stack->addWidget(new ui::EmptyState(state.theme(), QStringLiteral("outline"), Tr::tr("Open a flow to see its outline here")));
    m_stack->setCurrentIndex(1);
    connect(m_model, &QAbstractItemModel::modelReset, m_view, &QTreeView::expandAll);
    const auto jump = [this](const QModelIndex &index) {
        if (index.isValid() && !m_selecting)
            emit jumpWanted(std::size_t(index.data(OutlineModel::OffsetRole).toULongLong()));
    };
    connect(m_view, &QTreeView::clicked, this, jump);
    connect(m_view, &QTreeView::activated, this, jump);
    connect(&state, &AppState::themeChanged, m_model, &OutlineModel::setTheme);
    setFocusProxy(m_view);
}

void OutlinePanel::setFlow(std::shared_ptr<const flow::Flow> flow)
{
    m_stack->setCurrentIndex(flow ? 0 : 1);
    m_model->setFlow(std::move(flow));
}

void OutlinePanel::setCurrentTask(const QString &path)
{
    m_selecting = true;
    const QModelIndex index = m_model->indexOfPath(path);
    if (index.isValid())
        m_view->setCurrentIndex(index);
    else
        m_view->clearSelection();
    m_selecting = false;
}

} // namespace app
