#pragma once

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace app {

class AppState;

/// What a new project is to be.
struct NewProject
{
    QString folder; ///< absolute; does not exist, or is empty
    QString namespaceId;
    bool firstFlow = true;
    bool git = true;
};

/// Makes the folders, the first flow and the repository. A sentence when something failed; what was made
/// by then stays.
QString createProject(const NewProject &project);

/// A folder for flows: its name and place, the namespace, a first flow, a Git repository.
class NewProjectDialog : public QDialog
{
    Q_OBJECT

public:
    NewProjectDialog(AppState &state, const QString &place, QWidget *parent);
    NewProject project() const;
    QLineEdit &name() { return *m_name; }
    QLineEdit &place() { return *m_place; }
    QPushButton &createButton() { return *m_create; }

private:
    void check();

    AppState &m_state;
    QLineEdit *m_name;
    QLineEdit *m_place;
    QLineEdit *m_namespace;
    QCheckBox *m_flow;
    QCheckBox *m_git;
    QLabel *m_problem;
    QPushButton *m_create;
};

} // namespace app
