#pragma once

#include "editor/advice.h"
#include "editor/caret.h"
#include "editor/file_io.h"
#include "engine/flow/flow_document.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <QUndoStack>

#include <functional>
#include <memory>

namespace editor {

class AnalysisMailbox;
class TextEditCommand;

/// What another program did to the file of a document.
enum class DiskChange {
    Reloaded, ///< the document had no changes of its own: it shows the new content already
    Conflict, ///< both changed: ask, then call resolveDiskConflict
    Deleted,  ///< the file is gone; the text is kept and counts as modified
};

/// The three ways out of a DiskChange::Conflict. None of them loses an edit: each is an undo step.
enum class DiskChoice {
    KeepMine, ///< the text stays, the next save replaces the file
    TakeDisk, ///< the text becomes that of the file
    Merge, ///< line by line; where both changed a place both versions stay, between conflict marks
};

/// Why a document can't be edited.
enum class ReadOnlyReason {
    None,         ///< it can
    TooLarge,     ///< over kLargeFile bytes
    NoPermission, ///< the file may not be written
};

/// One open flow: its text, its file and the one history all views share. Every change of every
/// view comes in through `submit` or `type` and leaves as `textChanged`. Analyses run on a pool and
/// arrive as `analysed`; a late one is dropped. GUI thread. Knows no view and asks the user
/// nothing.
class DocumentSession : public QObject, public flow::EditSink
{
    Q_OBJECT

public:
    static constexpr qint64 kLargeFile = 8 * 1024 * 1024;

    explicit DocumentSession(std::shared_ptr<const flow::TaskCatalog> catalog,
                             QObject *parent = nullptr);
    ~DocumentSession() override;

    /// Replaces text, file and history by those of a file.
    FileResult<> open(const QString &path);
    /// A new document with this text and no file; it is modified unless the text is empty.
    void create(std::string text);
    /// ChangedOnDisk when the file is not what was last read or written; `overwrite` does it
    /// anyway.
    FileResult<> save(bool overwrite = false);
    /// From now on the document has that file. An existing one is replaced: ask before.
    FileResult<> saveAs(const QString &path);
    /// The file was moved or renamed by us; the text is not touched.
    void setFilePath(const QString &path);
    const QString &filePath() const { return m_path; }

    /// While the text is modified it is kept in this folder as well, at most a second old; see
    /// recoverableTexts. Empty: not kept.
    void setRecoveryFolder(const QString &folder);
    /// The steps of a saved file are kept in this folder and are there again when the same content is
    /// opened; set before `open`. Empty: not kept.
    void setHistoryFolder(const QString &folder) { m_historyFolder = folder; }
    /// The text is no flow: it is not analysed. Before `open`.
    void setPlainText() { m_plainText = true; }
    bool isPlainText() const { return m_plainText; }
    /// A recovered text takes the place of the one just opened, as one undo step.
    void restore(const std::string &text);

    bool isModified() const;
    ReadOnlyReason readOnlyReason() const { return m_readOnly; }
    bool isReadOnly() const { return m_readOnly != ReadOnlyReason::None; }
    /// The text as it was last read or written; what change bars compare with.
    const std::string &savedText() const { return *m_savedText; }

    const flow::TaskCatalog &catalog() const { return *m_catalog; }
    const std::string &text() const { return m_document->text(); }
    flow::Revision revision() const { return m_document->revision(); }
    flow::Snapshot snapshot() const { return m_document->snapshot(); }
    /// snapshot() with all that is known to be wrong with the text: also what takes longer to find than an
    /// analysis. For views.
    flow::Snapshot shownSnapshot() const;
    /// The flows there are around this one; null: not known. A task that calls another one is warned of.
    void setFlowNames(std::shared_ptr<const FlowNames> names);
    /// A snapshot whose flow is of its revision: analyses here and now if it must. What gestures
    /// use.
    flow::Snapshot freshSnapshot();

    /// One undo step. StaleRevision, OutOfRange, ReadOnly; an empty edit does nothing.
    flow::Result<> submit(const flow::Edit &edit, flow::EditLabel label) override;
    /// The same with the carets a view had before and wants after it.
    flow::Result<> submit(const flow::Edit &edit, flow::EditLabel label, Caret before, Caret after);
    /// A change typed by hand: joins the step before it while one word is typed or one run deleted.
    /// The carets are those before and after it.
    flow::Result<> type(const flow::Edit &edit, Caret before, Caret after);
    /// What is typed next begins a step of its own.
    void endTyping() { m_typingOpen = false; }

    QUndoStack &history() { return m_history; }
    void undo();
    void redo();
    /// Undoes or redoes until so many steps are done.
    void goToStep(int done);
    /// How steps are named in menus and the history panel; the words are the app's.
    void setLabelText(std::function<QString(const flow::EditLabel &)> text)
    {
        m_labelText = std::move(text);
    }

    /// Where the text view's caret is, for undo to come back to. Told by the view.
    void setCaret(Caret caret) { m_caret = caret; }
    Caret caret() const { return m_caret; }

    /// Ends a DiskChange::Conflict.
    FileResult<> resolveDiskConflict(DiskChoice choice);
    bool hasDiskConflict() const { return m_conflict; }
    /// Looks at the file now, as the watcher does when the system tells of a change.
    void checkDisk();

signals:
    /// The text is now that after `applied`. Emitted once for each edit, before any analysis of it.
    void textChanged(const flow::Edit &applied);
    /// All of the text is another one (open, create): views start anew.
    void textReplaced();
    /// A view should finish what it holds back (an input method's composition): text is about to be
    /// read or changed by somebody else.
    void aboutToUse();
    /// snapshot() has a newer flow and newer diagnostics, both of its revision.
    void analysed();
    /// shownSnapshot() has other diagnostics beside those of the analysis.
    void adviceChanged();
    void modifiedChanged(bool modified);
    void filePathChanged(const QString &path);
    void readOnlyChanged();
    void fileChangedOnDisk(editor::DiskChange change);
    /// Undo or redo went here.
    void caretRestored(editor::Caret caret);
    /// A step was undone, or done again. For what it did beside the text.
    void stepRetraced(const flow::EditLabel &label, bool undone);

private:
    friend class TextEditCommand;
    friend class AnalysisMailbox;

    flow::Result<flow::AppliedEdit> apply(const flow::Edit &edit);
    flow::Result<> push(const flow::Edit &edit, flow::EditLabel label, Caret before, Caret after,
                        bool typed);
    void reset(std::string text, bool modified);
    void replaceText(const std::string &text, const char *label);
    void updateModified();
    void markSaved(std::string text);
    void watch();
    void keepSwap();
    void keepHistory();
    void restoreHistory();
    void dropSwap();
    void scheduleAnalysis();
    void startAnalysis();
    /// To be run on any thread: takes over what did not change since the last analysis taken in.
    std::function<flow::Analysis()> analysisOf(const flow::Snapshot &snapshot) const;
    void takeAnalysis(flow::Analysis analysis);
    bool adopt(flow::Analysis analysis);

    std::shared_ptr<const flow::TaskCatalog> m_catalog;
    std::shared_ptr<const std::string> m_analysedText; // of the document's flow
    std::unique_ptr<flow::FlowDocument> m_document;
    QString m_path;
    std::shared_ptr<const std::string> m_savedText;
    std::optional<flow::Revision>
        m_savedRevision; // none: nothing on disk is the text of any revision
    bool m_modified = false;
    bool m_conflict = false;
    ReadOnlyReason m_readOnly = ReadOnlyReason::None;
    QUndoStack m_history;
    std::function<QString(const flow::EditLabel &)> m_labelText;
    Caret m_caret;
    bool m_typingOpen = false;
    QString m_historyFolder;
    bool m_restoring = false; // stored steps are put into the history; none of them does anything
    bool m_plainText = false;
    QFileSystemWatcher m_watcher;
    QTimer m_diskTimer;
    QString m_recoveryFolder;
    QString m_swapFile; // written and not yet removed; empty when there is none
    QTimer m_swapTimer;
    QTimer m_analysisTimer;
    QThreadPool m_pool;
    Advice m_advice;
    std::shared_ptr<AnalysisMailbox> m_mailbox;
    bool m_analysing = false;
};

} // namespace editor
