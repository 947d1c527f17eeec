#pragma once

#include "editor/quick_fixes.h"
#include "editor/symbols.h"

#include <QObject>
#include <QTimer>

#include <functional>

class QFrame;
class QLineEdit;
class QListWidget;
class QMenu;

namespace editor {

class CodeAssist;
class DocumentSession;
class YamlEditor;

/// Definition (F12), usages (Shift+F12), rename (F2), quick fixes (Ctrl+.) and hovers of one text
/// view. Jumps inside the text by itself; asks the app for other flows. The context menu ends with
/// the actions the app added to the view. GUI thread.
class Navigation : public QObject
{
    Q_OBJECT

public:
    Navigation(YamlEditor &editor, CodeAssist &assist);

    /// How a problem is said; English by default.
    void setDiagnosticText(std::function<QString(const flow::Diagnostic &)> text)
    {
        m_diagnosticText = std::move(text);
    }
    void setRefusalText(std::function<QString(const flow::Error &)> text)
    {
        m_refusalText = std::move(text);
    }

    /// The fixes of all problems on the line of an offset, with their problems.
    std::vector<QuickFix> fixesAt(std::size_t offset) const;
    void apply(const QuickFix &fix);
    /// What a hover shows, as rich text; empty for nothing.
    QString hoverText(std::size_t offset) const;
    QLineEdit *renameField() const { return m_rename; }
    /// The usages a rename takes along, below its field; those without a tick stay. Null when it is the
    /// only one.
    QListWidget *renamedUsages() const { return m_usages; }

public slots:
    void goToDefinition();
    void showUsages();
    void rename();
    void showFixes();
    /// All problems of one code; without a code all that have a safe fix. False: there was none.
    bool fixAllLike(const QString &code);
    /// The fixes of one problem, in a menu at a place of the screen; selects the problem.
    void showFixesOf(std::size_t offset, const QString &code, QPoint globalPosition);

signals:
    void openFlowWanted(QString namespaceId, QString flowId);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void finishRename(bool accept);
    void listUsages(const std::vector<flow::Range> &usages);
    QString lineText(const std::string &text, std::size_t offset) const;
    void showContextMenu(QPoint position, std::size_t offset);
    DocumentSession *flowSession() const;
    void refreshFixSign();
    QMenu *fixMenu(const std::vector<flow::Diagnostic> &problems);
    std::vector<flow::Diagnostic> problemsOnLine(const flow::Snapshot &snapshot,
                                                 std::size_t offset) const;
    QMenu *menu();
    void popUp(QMenu *menu);

    YamlEditor &m_editor;
    CodeAssist &m_assist;
    std::function<QString(const flow::Diagnostic &)> m_diagnosticText;
    std::function<QString(const flow::Error &)> m_refusalText;
    QFrame *m_renameBox = nullptr;
    QLineEdit *m_rename = nullptr;
    QListWidget *m_usages = nullptr;
    std::vector<flow::Range> m_usageRanges; // as in the list
    std::optional<Symbol> m_renamed;
    QTimer m_fixTimer;
};

} // namespace editor
