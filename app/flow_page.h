#pragma once

#include "app/document_page.h"
#include "app/problems_model.h"
#include "editor/document_session.h"

#include <functional>
#include <memory>

class QLabel;
class QSplitter;
class QTimer;

namespace canvas {
class CanvasView;
class Neighbours;
}
namespace editor {
class EditorPane;
class YamlEditor;
}
namespace ui {
class Banner;
}

namespace app {

class AppState;
class Breadcrumb;
class CanvasBar;

/// What a flow's tab shows: its text, its graph, or both.
enum class ViewMode { Text, Both, Graph };

/// One flow: the session, the text view at the left, the graph at the right, their bars, and the joining
/// of caret and selection. Says what is wrong with its file in a banner of its own.
class FlowPage : public DocumentPage
{
    Q_OBJECT

public:
    explicit FlowPage(AppState &state, QWidget *parent = nullptr);
    ~FlowPage() override;

    editor::FileResult<> open(const QString &path);
    /// A new flow that was never saved.
    void create(const QString &title, std::string text);

    editor::DocumentSession &session() { return *m_session; }
    editor::YamlEditor &textView() { return *m_editor; }
    editor::EditorPane &textPane() { return *m_pane; }
    canvas::CanvasView &canvas() { return *m_canvas; }
    CanvasBar &canvasBar() { return *m_bar; }

    /// Unsaved text of a program that ended: offered in the banner, taken as one undo step.
    void offerRecovered(const QString &swapFile, const std::string &text);
    /// The files beside this flow, for gestures of the graph.
    void setNeighbours(std::unique_ptr<canvas::Neighbours> neighbours);
    /// The folder of the project, empty without one: places by hand are kept in it. Asked when they are read
    /// (now) and written.
    void setProjectFolder(std::function<QString()> folder);
    ViewMode mode() const { return m_mode; }
    void setMode(ViewMode mode);
    /// The graph or its bar has the focus, or there is nothing but the graph.
    bool isGraphInUse() const;
    /// The way to the caret, by keys: arrows walk it, Enter goes there, Esc leaves.
    void focusWay();
    /// The path of the task, trigger, input or output the caret is in; empty outside of all.
    const std::string &currentTask() const { return m_currentTask; }
    void selectTask(const std::string &path); ///< in both views
    void jumpTo(std::size_t offset);
    QList<Problem> problems() const;

    editor::DocumentSession *documentSession() const override { return m_session.get(); }
    editor::EditorPane *editorPane() const override { return m_pane; }
    QString filePath() const override;
    QString title() const override;
    QString iconName() const override { return QStringLiteral("file-flow"); }
    bool isModified() const override;
    editor::FileResult<> save(bool overwrite) override;
    editor::FileResult<> saveAs(const QString &path) override;
    void undo() override;
    void redo() override;
    void focusText() override;
    void goToLine(int line, int column) override;
    void showError(const QString &sentence) override;
    QPoint caretPlace() const override;

signals:
    void analysed();
    void currentTaskChanged(const QString &path);
    void openFlowWanted(const QString &namespaceId, const QString &flowId);

private:
    QWidget *makeTextPane();
    QWidget *makeGraphPane();
    void onCaretMoved(std::size_t offset);
    void onCanvasSelection();
    void onAnalysed();
    void onDiskChange(editor::DiskChange change);
    void syncFromCaret();
    void showWay(std::size_t offset);
    void applyTheme();
    QString sidecar() const;

    AppState &m_state;
    std::unique_ptr<editor::DocumentSession> m_session;
    editor::EditorPane *m_pane;
    editor::YamlEditor *m_editor; ///< of the pane
    canvas::CanvasView *m_canvas;
    CanvasBar *m_bar;
    Breadcrumb *m_crumbs;
    QWidget *m_crumbBar; ///< over the text; without it over the graph
    ui::Banner *m_banner;
    QSplitter *m_splitter;
    QWidget *m_textPane;
    QWidget *m_graphPane;
    std::unique_ptr<canvas::Neighbours> m_neighbours;
    std::function<QString()> m_projectFolder;
    QString m_title;
    ViewMode m_mode = ViewMode::Both;
    std::string m_currentTask;
    std::string m_currentId; ///< of it: after an insertion another task may have the path
    bool m_joining = false; ///< one view is being told of the other's selection
};

} // namespace app
