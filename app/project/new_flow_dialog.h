#pragma once

#include "app/project/blueprints.h"

#include <QDialog>

#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace canvas {
class CanvasView;
}

namespace app {

class AppState;
class BlueprintModel;
class Project;

/// A new flow from a blueprint, or an empty one: searched by word, previewed on a canvas, with its id and
/// namespace; or its tasks into the flow that is open.
class NewFlowDialog : public QDialog
{
    Q_OBJECT

public:
    /// `openFlow` names the flow tasks can be put into; empty when there is none.
    NewFlowDialog(AppState &state, const Project &project, const QString &openFlow, QWidget *parent);

    const Blueprint &chosen() const;
    QString flowId() const;
    QString namespaceId() const;
    /// `<project>/<namespace>/flows/<id>.yaml`
    QString filePath() const;
    bool intoOpenFlow() const { return m_insert; }
    QLineEdit &search() { return *m_search; }
    QListView &list() { return *m_list; }
    QPushButton &createButton() { return *m_create; }
    canvas::CanvasView &preview() { return *m_canvas; }

private:
    void showCurrent();
    void check();

    AppState &m_state;
    const Project &m_project;
    BlueprintModel *m_model;
    QLineEdit *m_search;
    QListView *m_list;
    canvas::CanvasView *m_canvas;
    QLabel *m_about;
    QLineEdit *m_id;
    QComboBox *m_namespace;
    QLabel *m_problem;
    QPushButton *m_create;
    bool m_idTyped = false;
    bool m_insert = false;
};

/// Why an id or a namespace can't be one; empty when it can.
QString flowIdProblem(const QString &id);
QString namespaceProblem(const QString &namespaceId);

} // namespace app
