#pragma once

#include <QPointer>
#include <QWidget>

class QListView;
class QStackedLayout;

namespace editor {
class DocumentSession;
}

namespace app {

class AppState;
class StepsModel;

/// The steps of the current document's history by name, the done ones first; a click or Enter goes
/// there. Shows one session at a time, not owned.
class StepsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit StepsPanel(AppState &state, QWidget *parent = nullptr);

    void setSession(editor::DocumentSession *session); ///< null: none

private:
    void follow();

    QPointer<editor::DocumentSession> m_session;
    StepsModel *m_model;
    QListView *m_view;
    QStackedLayout *m_stack;
};

} // namespace app
