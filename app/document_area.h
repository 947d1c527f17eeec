#pragma once

#include "app/diff_page.h"
#include "app/flow_page.h"
#include "git/core/types.h"

#include <QWidget>

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace app {

class AppState;

/// The centre of the window: one tab for each open document, the text | both | graph switch at the right
/// end of the tabs, and the guard that no change is lost by closing.
class DocumentArea : public QWidget
{
    Q_OBJECT

public:
    explicit DocumentArea(AppState &state, QWidget *parent = nullptr);

    /// Opens a file in a tab of its own, or shows the tab it has. Null when it can't be read (a sentence
    /// was shown). `asFlow` decides which kind of page it gets.
    DocumentPage *openFile(const QString &path, bool asFlow);
    FlowPage *newFlow(const QString &title, std::string text);
    /// Shows a change in the tab it has, or in a new one. `path` is relative to the work tree.
    void showDiff(const QString &path, const git::FileDiff &diff, const DiffSides &sides = {});
    DocumentPage *pageOf(const QString &path) const;
    DocumentPage *current() const;
    FlowPage *currentFlow() const;
    QList<DocumentPage *> pages() const;
    QList<FlowPage *> flows() const;
    void show(DocumentPage *page);

    /// Saves; asks for a name when there is none, and what to do when the disk has another text.
    bool save(DocumentPage *page);
    bool saveAs(DocumentPage *page);
    bool saveAll();
    /// Closes a tab; asks when it has changes. False when the user stays.
    bool close(DocumentPage *page);
    /// Asks once about all changed documents; true when the window may close.
    bool mayCloseAll();
    void closeAll(); ///< without asking: after mayCloseAll

    void step(int by); ///< next or previous tab
    void setMode(ViewMode mode);
    ViewMode mode() const { return m_mode; }
    void setDefaultFolder(const QString &folder) { m_defaultFolder = folder; }

signals:
    void currentChanged(app::DocumentPage *page); ///< null: no tab is left
    void opened(app::DocumentPage *page);
    void closing(app::DocumentPage *page);
    void modeChanged(app::ViewMode mode);
    void saved(const QString &path);
    void diffUnfolded(const QString &path);
    void newFlowWanted(); ///< no tab is open: the action of the empty place
    void failed(const QString &sentence); ///< a file could not be opened: there is no page to say it in

private:
    void add(DocumentPage *page);
    void showEmpty();
    int indexOf(const DocumentPage *page) const;
    void refreshTab(DocumentPage *page);
    enum class Answer { Save, Discard, Stay };
    Answer askUnsaved(const QStringList &titles);
    void applyTheme();

    AppState &m_state;
    QTabBar *m_tabs;
    QStackedWidget *m_stack; ///< the pages, behind the empty place
    QWidget *m_switch;
    QToolButton *m_modes[3];
    ViewMode m_mode = ViewMode::Both;
    QString m_defaultFolder;
};

} // namespace app
