#pragma once

#include <QWidget>

class QGridLayout;
class QVBoxLayout;

namespace app {

class AppState;

/// What is shown without a folder: three ways to start, recent folders, examples, keys. Asks for what
/// was chosen by signals.
class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(AppState &state, QWidget *parent = nullptr);
    void refresh(); ///< reads the recent folders again

signals:
    void newFlowWanted();
    void openFolderWanted();
    void projectChosen(const QString &folder);
    /// A flow of the example project, by its path inside it.
    void exampleChosen(const QString &path);
    void keysWanted();

private:
    QWidget *makeStart();
    QWidget *makeExamples();
    void fillRecent();
    void fillExamples(const QString &filter);

    AppState &m_state;
    QVBoxLayout *m_recent;
    QGridLayout *m_cards;
};

/// Where the example project lies: beside the sources, or installed; empty when there is none.
QString examplesFolder();

} // namespace app
