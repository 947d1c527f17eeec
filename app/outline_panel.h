#pragma once

#include "engine/flow/flow.h"

#include <QWidget>

class QStackedLayout;
class QTreeView;

namespace app {

class AppState;
class OutlineModel;

/// The outline of the current flow; a row jumps to its place, the caret's task is marked.
class OutlinePanel : public QWidget
{
    Q_OBJECT

public:
    explicit OutlinePanel(AppState &state, QWidget *parent = nullptr);
    void setFlow(std::shared_ptr<const flow::Flow> flow); ///< null: no document
    void setCurrentTask(const QString &path);

signals:
    void jumpWanted(std::size_t offset);

private:
    OutlineModel *m_model;
    QTreeView *m_view;
    QStackedLayout *m_stack;
    bool m_selecting = false;
};

} // namespace app
