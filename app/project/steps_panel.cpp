#include "app/project/steps_panel.h"

#include "app/app_state.h"
#include "editor/document_session.h"
#include "ui/empty_state.h"
#include "ui/tr.h"

#include <QAbstractListModel>
#include <QListView>
#include <QStackedLayout>

namespace app {

/// Row 0 is the text as it was opened, row n the n-th step; those not done yet are quiet.
class StepsModel : public QAbstractListModel
{
public:
    StepsModel(AppState &state, QObject *parent) : QAbstractListModel(parent), m_state(state) {}

    void setHistory(const QUndoStack *history)
    {
        beginResetModel();
        m_history = history;
        endResetModel();
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() || !m_history ? 0 : m_history->count() + 1; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid() || !m_history)
            return {};
        const int row = index.row();
        const bool done = row <= m_history->index();
        const QString name = row == 0 ? Tr::tr("As opened") : m_history->text(row - 1);
        switch (role) {
        case Qt::DisplayRole: return name;
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: return done ? name : Tr::tr("%1, undone").arg(name);
        case Qt::ForegroundRole: return m_state.theme().color(done ? "text" : "text3");
        case Qt::DecorationRole:
            return m_state.theme().icon(row == m_history->index() ? QStringLiteral("chevron-right") : done ? QStringLiteral("minus") : QStringLiteral("redo"),
                                        m_state.theme().color(row == m_history->index() ? "accent" : "text3"));
        default: return {};
        }
    }

private:
    AppState &m_state;
    QPointer<const QUndoStack> m_history;
};

StepsPanel::StepsPanel(AppState &state, QWidget *parent)
    : QWidget(parent), m_model(new StepsModel(state, this)), m_view(new QListView), m_stack(new QStackedLayout(this))
{
    setProperty("role", "panel");
    m_view->setModel(m_model);
    m_view->setUniformItemSizes(true);
    m_view->setIconSize({14, 14});
    m_view->setTextElideMode(Qt::ElideRight);
    m_view->setAccessibleName(Tr::tr("Steps of this document"));
    m_stack->addWidget(m_view);
    m_stack->addWidget(new ui::EmptyState(state.theme(), QStringLiteral("undo"), Tr::tr("What is changed in a flow is listed here.")));
    const auto go = [this](const QModelIndex &index) {
        if (index.isValid() && m_session)
            m_session->goToStep(index.row());
    };
    connect(m_view, &QListView::clicked, this, go);
    connect(m_view, &QListView::activated, this, go);
    connect(&state, &AppState::themeChanged, m_view->viewport(), qOverload<>(&QWidget::update));
    setFocusProxy(m_view);
    follow();
}

void StepsPanel::setSession(editor::DocumentSession *session)
{
    if (m_session)
        m_session->history().disconnect(this);
    m_session = session;
    if (session)
        connect(&session->history(), &QUndoStack::indexChanged, this, &StepsPanel::follow);
    follow();
}

void StepsPanel::follow()
{
    const QUndoStack *history = m_session ? &m_session->history() : nullptr;
    m_model->setHistory(history);
    m_stack->setCurrentIndex(history && history->count() > 0 ? 0 : 1);
    if (history)
        m_view->setCurrentIndex(m_model->index(history->index()));
}

} // namespace app
