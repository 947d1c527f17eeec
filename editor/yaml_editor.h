#pragma once

#include "editor/change_composer.h"
#include "editor/document_session.h"
#include "editor/yaml_scanner.h"
#include "ui/theme.h"

#include <Qsci/qsciscintillabase.h>

#include <QPointer>

#include <memory>

namespace editor {

/// A value shown behind the end of a line; never part of the text.
struct LineHint
{
    int line = 0; ///< 0-based
    QString text;
};

/// The text view of a flow. Mirrors what is typed into the session and the session's other changes
/// into itself; keeps no history and no meaning of its own. Offsets are bytes of the session's
/// text. What is shown beside the text (marks, hints) is handed in. GUI thread.
class YamlEditor : public QsciScintillaBase
{
    Q_OBJECT

public:
    explicit YamlEditor(const ui::Theme &theme, QWidget *parent = nullptr);
    ~YamlEditor() override;

    /// The document to show; not owned. Null empties the view.
    void setSession(DocumentSession *session);
    DocumentSession *session() const { return m_session; }
    void setTheme(const ui::Theme &theme);
    const ui::Theme &theme() const { return m_theme; }

    std::size_t caretOffset() const;
    int caretCount() const { return static_cast<int>(send(SCI_GETSELECTIONS)); }
    flow::Range selection() const; ///< of the main caret; empty when nothing is selected
    /// Selects and shows a range; unfolds what hides it.
    void select(flow::Range range);
    void goToOffset(std::size_t offset) { select({offset, offset}); }
    void goToLine(int line, int column = 1); ///< 1-based
    int lineOf(std::size_t offset) const;    ///< 0-based
    std::size_t offsetAt(QPoint viewportPosition) const;
    /// Where the caret of an offset stands: a line high rectangle in viewport coordinates.
    QRect caretRect(std::size_t offset) const;

    /// What is shown, with a byte order mark if there is one: the session's text, except while
    /// composing.
    std::string shownText() const;
    /// An input method has text under way that is not in the document yet.
    bool isComposing() const { return m_composing; }
    /// Ends a composition: what is under way becomes text.
    void finishComposition();

    /// Submits replacements as one typed step; carets end where `after` says (in the new text).
    bool replace(std::vector<flow::Replacement> replacements, const char *label, Caret after);

    /// The accent bar at the left of the lines of the selected task; empty for none.
    void setMarkedRange(flow::Range range);
    void setBreakpoints(const QList<int> &lines, const QList<int> &disabledLines = {});
    void setStopLine(int line); ///< where a run is stopped, 0-based; -1 for none
    void setHints(QList<LineHint> hints);
    /// Compared with the saved text when nothing else was given (HEAD, for instance).
    void setBaseText(std::optional<std::string> base);

    /// Colours the whole text as a script; none: as YAML.
    void setLanguage(ScriptLanguage language);
    void setUncoloured(); ///< the text is in no language at all
    /// Who wrote each line and when, shown behind the line of the caret; empty for none.
    void setBlame(QStringList lines);
    const QStringList &blame() const { return m_blame; }
    /// A quick fix is offered for this line: a sign stands behind it; -1 for none.
    void setFixLine(int line);
    int fixLine() const { return m_fixLine; }
    /// The lines of the saved text (or the base) that are gone above a line, 0-based; empty for none.
    QStringList deletedAbove(int line) const;
    /// Steps of one point over the theme's size, -8 to 20.
    int zoom() const;
    void setZoom(int steps);

    /// Search hits to mark.
    void setMatches(const std::vector<flow::Range> &hits);
    void setDiagnostics(const std::vector<flow::Diagnostic> &diagnostics);

public slots:
    void undoStep();
    void redoStep();
    void toggleComment();
    void moveUp(); ///< the task when the caret is on its first line, else the lines
    void moveDown();
    void duplicateLines();
    void deleteLines();
    void addCaretAbove();
    void addCaretBelow();
    void selectNextOccurrence();
    void toggleFold(int line); ///< 0-based
    void pasteText();
    void cut();
    void copy();
    void paste() { pasteText(); }
    /// With it on, Tab leaves the view instead of indenting (Ctrl+M).
    void setTabLeaves(bool leaves);
    void foldEverything();
    void unfoldEverything();

signals:
    void caretMoved(std::size_t offset);
    void breakpointClicked(int line); ///< margin, 0-based
    /// Text was typed or deleted by the user just now; completion listens.
    void typed(QString text);
    void focusChanged(bool focused);
    /// The pointer rests on an offset (npos-like size of text when on nothing) / moved away.
    void hoverBegan(std::size_t offset, QPoint globalPosition);
    void hoverEnded();
    void tabLeavesChanged(bool leaves);
    void contextMenuWanted(QPoint globalPosition, std::size_t offset);
    void fixesClicked();
    void zoomChanged(int steps);
    void sessionAnalysed();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    class Action; // one user action: its changes become one step

    void configure();
    void defineStyles();
    void defineMargins();
    void load();
    void flush();
    void onModified(int position, int type, const char *text, int length);
    void onTextChanged(const flow::Edit &applied);
    void onCaretRestored(Caret caret);
    void onUpdateUi(int what);
    void styleUntil(int end);
    void updateFoldLevels(int firstLine, int lastLine);
    void updateChangeBars();
    void updateNumberWidth();
    void insertNewline();
    void atEveryCaret(TextChange (*change)(std::string_view text, Caret caret));
    void matchBraces();
    void insertTab(bool back);
    ScriptLanguage languageAt(int line); // 0-based
    void moveLines(bool up);
    bool moveTask(bool up);
    bool handleKey(QKeyEvent *event);
    void paintHints(QPainter &painter);
    void paintHint(QPainter &painter, int line, const QString &text);
    void paintDeletions(QPainter &painter);
    void paintFixSign(QPainter &painter);
    QRect fixSignRect() const;
    int lineEndX(int line) const;
    void paintWaves(QPainter &painter);
    void paintWave(QPainter &painter, long begin, long end, int height);
    int textLeft() const;
    void paintCaretLineNumber(QPainter &painter);

    long send(unsigned int message, unsigned long w = 0, long l = 0) const
    {
        return SendScintilla(message, w, l);
    }
    std::size_t toOffset(long position) const { return static_cast<std::size_t>(position) + m_bom; }
    long toPosition(std::size_t offset) const
    {
        return static_cast<long>(offset > m_bom ? offset - m_bom : 0);
    }
    Caret currentCaret() const;
    void setCurrentCaret(Caret caret);

    ui::Theme m_theme;
    QPointer<DocumentSession> m_session;
    std::size_t m_bom = 0; // bytes of a byte order mark, which this view does not hold
    ChangeComposer m_changes;
    int m_actionDepth = 0;
    Caret m_caretBefore;
    bool m_applying = false; // changes of the session are being mirrored: not to be sent back
    bool m_submitting = false;
    bool m_composing = false;
    bool m_tabLeaves = false;
    QString m_typedText;
    std::optional<std::string> m_base;
    QTimer m_barsTimer;
    QList<LineHint> m_hints;
    ScriptLanguage m_language = ScriptLanguage::None;
    bool m_uncoloured = false;
    QStringList m_blame;
    int m_fixLine = -1;
    QMap<int, QStringList> m_deletions; // lines gone above a line
    std::size_t m_lastCaret = 0;
};

} // namespace editor
