#include "editor/document_session.h"

#include "editor/line_diff.h"
#include "editor/recovery.h"
#include "editor/step_store.h"
#include "editor/text_edit_command.h"

#include <QFileInfo>

#include <algorithm>
#include <mutex>

namespace editor {

namespace {

constexpr int kFrame = 16;      // ms between a change and its analysis
constexpr int kSwapDelay = 700; // ms between a change and its copy in the recovery folder
constexpr int kDiskSettle = 60; // ms: programs that replace a file remove it for a moment

} // namespace

/// Where a pool thread leaves its analysis. Outlives the session when a job is still running.
class AnalysisMailbox
{
public:
    explicit AnalysisMailbox(DocumentSession *session) : m_session(session) {}

    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_session = nullptr;
    }
    void deliver(flow::Analysis analysis)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_session)
            return;
        QMetaObject::invokeMethod(
            m_session,
            [session = m_session, result = std::move(analysis)]() mutable {
                session->takeAnalysis(std::move(result));
            },
            Qt::QueuedConnection);
    }

private:
    std::mutex m_mutex;
    DocumentSession *m_session;
};

DocumentSession::DocumentSession(std::shared_ptr<const flow::TaskCatalog> catalog, QObject *parent)
    : QObject(parent),
      m_catalog(std::move(catalog)),
      m_document(std::make_unique<flow::FlowDocument>()),
      m_savedText(std::make_shared<const std::string>()),
      m_savedRevision(m_document->revision()),
      m_labelText([](const flow::EditLabel &label) { return QString::fromStdString(label.id); }),
      m_advice(m_catalog),
      m_mailbox(std::make_shared<AnalysisMailbox>(this))
{
    connect(&m_advice, &Advice::changed, this, &DocumentSession::adviceChanged);
    m_pool.setMaxThreadCount(1);
    m_analysisTimer.setSingleShot(true);
    m_analysisTimer.setInterval(kFrame);
    connect(&m_analysisTimer, &QTimer::timeout, this, &DocumentSession::startAnalysis);
    m_diskTimer.setSingleShot(true);
    m_diskTimer.setInterval(kDiskSettle);
    connect(&m_diskTimer, &QTimer::timeout, this, &DocumentSession::checkDisk);
    m_swapTimer.setSingleShot(true);
    m_swapTimer.setInterval(kSwapDelay);
    connect(&m_swapTimer, &QTimer::timeout, this, &DocumentSession::keepSwap);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this] { m_diskTimer.start(); });
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this,
            [this] { m_diskTimer.start(); });
}

DocumentSession::~DocumentSession()
{
    dropSwap();
    keepHistory();
    m_mailbox->close();
    m_pool.clear();
    m_pool.waitForDone();
}

FileResult<> DocumentSession::open(const QString &path)
{
    FileResult<std::string> bytes = readFile(path);
    if (!bytes)
        return bytes.error();
    const QFileInfo info(path);
    const ReadOnlyReason reason = static_cast<qint64>(bytes->size()) > kLargeFile
                                      ? ReadOnlyReason::TooLarge
                                  : !info.isWritable() ? ReadOnlyReason::NoPermission
                                                       : ReadOnlyReason::None;
    m_path = info.absoluteFilePath();
    m_readOnly = reason;
    reset(std::move(*bytes), false);
    restoreHistory();
    watch();
    emit filePathChanged(m_path);
    emit readOnlyChanged();
    return {};
}

void DocumentSession::create(std::string text)
{
    m_path.clear();
    m_readOnly = ReadOnlyReason::None;
    const bool modified = !text.empty();
    reset(std::move(text), modified);
    watch();
    emit filePathChanged(m_path);
    emit readOnlyChanged();
}

void DocumentSession::reset(std::string text, bool modified)
{
    dropSwap();
    m_history.clear();
    m_document = std::make_unique<flow::FlowDocument>(std::move(text));
    m_analysedText.reset();
    m_advice.clear();
    m_savedText = modified ? std::make_shared<const std::string>() : m_document->snapshot().text;
    m_savedRevision = modified ? std::optional<flow::Revision>() : m_document->revision();
    m_conflict = false;
    m_typingOpen = false;
    m_caret = {};
    emit textReplaced();
    updateModified();
    startAnalysis();
}

FileResult<> DocumentSession::save(bool overwrite)
{
    emit aboutToUse();
    if (m_path.isEmpty())
        return FileError{FileErrorCode::NoPath, {}, {}};
    if (isReadOnly())
        return FileError{FileErrorCode::ReadOnly, {}, m_path.toStdString()};
    if (!overwrite) {
        const FileResult<std::string> onDisk = readFile(m_path);
        if (onDisk && *onDisk != *m_savedText) {
            m_conflict = true;
            return FileError{FileErrorCode::ChangedOnDisk, {}, m_path.toStdString()};
        }
    }
    if (FileResult<> written = writeFile(m_path, text()); !written)
        return written;
    markSaved(text());
    watch();
    return {};
}

FileResult<> DocumentSession::saveAs(const QString &path)
{
    emit aboutToUse();
    if (FileResult<> written = writeFile(path, text()); !written)
        return written;
    m_readOnly = static_cast<qint64>(text().size()) > kLargeFile ? ReadOnlyReason::TooLarge
                                                                 : ReadOnlyReason::None;
    setFilePath(path);
    markSaved(text());
    emit readOnlyChanged();
    return {};
}

void DocumentSession::setFilePath(const QString &path)
{
    m_path = QFileInfo(path).absoluteFilePath();
    watch();
    emit filePathChanged(m_path);
}

void DocumentSession::markSaved(std::string text)
{
    m_savedText = std::make_shared<const std::string>(std::move(text));
    m_savedRevision = *m_savedText == this->text() ? std::optional(revision()) : std::nullopt;
    m_conflict = false;
    m_typingOpen = false;
    updateModified();
    keepHistory();
}

/// Only for what is on disk: with another text the steps would lead nowhere.
void DocumentSession::keepHistory()
{
    if (m_historyFolder.isEmpty() || m_path.isEmpty() || isModified() ||
        text().size() > kHistoryBytes)
        return;
    StoredHistory history;
    history.index = m_history.index();
    for (int i = 0; i < m_history.count(); ++i)
        history.steps.push_back(static_cast<const TextEditCommand *>(m_history.command(i))->stored());
    if (!writeHistory(m_historyFolder, m_path, text(), std::move(history)))
        qWarning("editor: the history could not be kept in %s", qPrintable(m_historyFolder));
}

void DocumentSession::restoreHistory()
{
    if (m_historyFolder.isEmpty() || isReadOnly())
        return;
    std::optional<StoredHistory> history = readHistory(m_historyFolder, m_path, text());
    if (!history)
        return;
    m_restoring = true;
    for (StoredStep &step : history->steps) {
        const QString label = m_labelText(step.label);
        auto command = std::make_unique<TextEditCommand>(*this, std::move(step));
        command->setText(label);
        m_history.push(command.release());
    }
    m_history.setIndex(history->index);
    m_restoring = false;
}

void DocumentSession::goToStep(int done)
{
    emit aboutToUse();
    m_typingOpen = false;
    m_history.setIndex(done);
}

bool DocumentSession::isModified() const
{
    return m_savedRevision != revision();
}

void DocumentSession::updateModified()
{
    const bool modified = isModified();
    if (modified == m_modified)
        return;
    m_modified = modified;
    if (!modified)
        dropSwap();
    emit modifiedChanged(modified);
}

void DocumentSession::setRecoveryFolder(const QString &folder)
{
    dropSwap();
    m_recoveryFolder = folder;
    if (isModified())
        keepSwap();
}

void DocumentSession::keepSwap()
{
    m_swapTimer.stop();
    if (m_recoveryFolder.isEmpty() || !isModified())
        return;
    const QString file = swapFileFor(m_recoveryFolder, m_path, this);
    if (writeSwap(file, m_path, text())) {
        if (!m_swapFile.isEmpty() && m_swapFile != file)
            QFile::remove(m_swapFile);
        m_swapFile = file;
    } else {
        qWarning("editor: the unsaved text could not be kept in %s", qPrintable(m_recoveryFolder));
    }
}

void DocumentSession::dropSwap()
{
    m_swapTimer.stop();
    if (!m_swapFile.isEmpty())
        QFile::remove(m_swapFile);
    m_swapFile.clear();
}

void DocumentSession::restore(const std::string &text)
{
    replaceText(text, "edit.recover");
}

flow::Snapshot DocumentSession::freshSnapshot()
{
    emit aboutToUse();
    flow::Snapshot snapshot = m_document->snapshot();
    if (snapshot.flow && snapshot.flowRevision == snapshot.revision)
        return snapshot;
    adopt(analysisOf(snapshot)());
    return m_document->snapshot();
}

flow::Snapshot DocumentSession::shownSnapshot() const
{
    flow::Snapshot snapshot = m_document->snapshot();
    const auto byPlace = [](const flow::Diagnostic &a, const flow::Diagnostic &b) {
        return a.range.begin < b.range.begin;
    };
    std::vector<flow::Diagnostic> all;
    all.reserve(snapshot.diagnostics.size() + m_advice.found().size());
    std::merge(snapshot.diagnostics.begin(), snapshot.diagnostics.end(), m_advice.found().begin(),
               m_advice.found().end(), std::back_inserter(all), byPlace);
    snapshot.diagnostics = std::move(all);
    return snapshot;
}

void DocumentSession::setFlowNames(std::shared_ptr<const FlowNames> names)
{
    m_advice.setFlowNames(std::move(names));
    m_advice.look(m_document->snapshot());
}

flow::Result<> DocumentSession::submit(const flow::Edit &edit, flow::EditLabel label)
{
    emit aboutToUse();
    m_typingOpen = false;
    const Caret after{edit.mapOffset(m_caret.anchor), edit.mapOffset(m_caret.position)};
    return push(edit, std::move(label), m_caret, after, false);
}

flow::Result<> DocumentSession::submit(const flow::Edit &edit, flow::EditLabel label, Caret before,
                                       Caret after)
{
    m_typingOpen = false;
    return push(edit, std::move(label), before, after, false);
}

flow::Result<> DocumentSession::type(const flow::Edit &edit, Caret before, Caret after)
{
    return push(edit, {"edit.type", {}}, before, after, true);
}

flow::Result<> DocumentSession::push(const flow::Edit &edit, flow::EditLabel label, Caret before,
                                     Caret after, bool typed)
{
    if (isReadOnly())
        return flow::Error{flow::ErrorCode::ReadOnly, {}, {}};
    if (edit.empty() && edit.revision() == revision())
        return {};
    flow::Result<flow::AppliedEdit> applied = apply(edit);
    if (!applied)
        return applied.error();
    m_caret = after;
    auto command = std::make_unique<TextEditCommand>(*this, std::move(*applied), edit, label,
                                                     before, after, typed);
    command->setText(m_labelText(command->label()));
    m_history.push(command.release());
    m_typingOpen = typed;
    return {};
}

flow::Result<flow::AppliedEdit> DocumentSession::apply(const flow::Edit &edit)
{
    flow::Result<flow::AppliedEdit> applied = m_document->apply(edit);
    if (!applied)
        return applied;
    m_advice.follow(edit);
    emit textChanged(edit);
    updateModified();
    if (m_modified && !m_recoveryFolder.isEmpty() && !m_swapTimer.isActive())
        m_swapTimer.start();
    scheduleAnalysis();
    return applied;
}

void DocumentSession::undo()
{
    emit aboutToUse();
    m_typingOpen = false;
    m_history.undo();
}

void DocumentSession::redo()
{
    emit aboutToUse();
    m_typingOpen = false;
    m_history.redo();
}

void DocumentSession::scheduleAnalysis()
{
    if (!m_analysisTimer.isActive())
        m_analysisTimer.start();
}

void DocumentSession::startAnalysis()
{
    m_analysisTimer.stop();
    if (m_plainText)
        return;
    if (m_analysing)
        return; // takeAnalysis goes on with the newest text
    m_analysing = true;
    m_pool.start([mailbox = m_mailbox, analyse = analysisOf(m_document->snapshot())] { mailbox->deliver(analyse()); });
}

std::function<flow::Analysis()> DocumentSession::analysisOf(const flow::Snapshot &snapshot) const
{
    return [snapshot, before = m_analysedText, catalog = m_catalog] {
        if (!before || !snapshot.flow)
            return flow::analyse(*snapshot.text, snapshot.revision, *catalog);
        return flow::analyseAgain({snapshot.flowRevision, snapshot.flow, snapshot.diagnostics}, *before, *snapshot.text,
                                  snapshot.revision, *catalog);
    };
}

void DocumentSession::takeAnalysis(flow::Analysis analysis)
{
    m_analysing = false;
    const flow::Snapshot before = m_document->snapshot();
    if (before.flow && before.flowRevision == before.revision)
        return; // somebody needed it sooner
    if (!adopt(std::move(analysis)))
        startAnalysis();
}

bool DocumentSession::adopt(flow::Analysis analysis)
{
    if (!m_document->adopt(std::move(analysis)))
        return false;
    const flow::Snapshot now = m_document->snapshot();
    m_analysedText = now.text;
    m_advice.look(now);
    emit analysed();
    return true;
}

void DocumentSession::watch()
{
    const QStringList old = m_watcher.files() + m_watcher.directories();
    if (!old.isEmpty())
        m_watcher.removePaths(old);
    if (m_path.isEmpty())
        return;
    const QFileInfo info(m_path);
    if (info.exists())
        m_watcher.addPath(m_path);
    if (QFileInfo(info.absolutePath()).isDir())
        m_watcher.addPath(info.absolutePath()); // a replaced file is a new one to the system
}

void DocumentSession::checkDisk()
{
    m_diskTimer.stop();
    if (m_path.isEmpty())
        return;
    const FileResult<std::string> onDisk = readFile(m_path);
    watch();
    if (!onDisk) {
        if (onDisk.error().code != FileErrorCode::NotFound || !m_savedRevision)
            return;
        m_savedRevision.reset();
        updateModified();
        emit fileChangedOnDisk(DiskChange::Deleted);
        return;
    }
    if (*onDisk == *m_savedText) {
        if (!m_savedRevision && *onDisk == text())
            markSaved(*onDisk); // it came back
        return;
    }
    if (*onDisk == text()) {
        markSaved(*onDisk);
        return;
    }
    if (isModified()) {
        m_conflict = true;
        emit fileChangedOnDisk(DiskChange::Conflict);
        return;
    }
    replaceText(*onDisk, "edit.reload");
    markSaved(*onDisk);
    emit fileChangedOnDisk(DiskChange::Reloaded);
}

void DocumentSession::replaceText(const std::string &wanted, const char *label)
{
    const std::string &old = text();
    const std::vector<std::string_view> oldLines = splitLines(old);
    const std::vector<std::string_view> newLines = splitLines(wanted);
    const auto offset = [](std::string_view whole, const std::vector<std::string_view> &lines,
                           std::size_t line) {
        return line < lines.size() ? static_cast<std::size_t>(lines[line].data() - whole.data())
                                   : whole.size();
    };
    std::vector<flow::Replacement> replacements;
    for (const LineHunk &hunk : diffLines(oldLines, newLines)) {
        const std::size_t from = offset(wanted, newLines, hunk.newBegin);
        const std::size_t to = offset(wanted, newLines, hunk.newEnd);
        replacements.push_back(
            {{offset(old, oldLines, hunk.oldBegin), offset(old, oldLines, hunk.oldEnd)},
             wanted.substr(from, to - from)});
    }
    const flow::Result<flow::Edit> edit =
        flow::Edit::make(revision(), old, std::move(replacements));
    Q_ASSERT_X(edit, "replaceText", "hunks are disjoint");
    const ReadOnlyReason reason = std::exchange(m_readOnly, ReadOnlyReason::None);
    const flow::Result<> done = submit(*edit, {label, {}});
    Q_ASSERT_X(done, "replaceText", "an edit of the current revision fits");
    m_readOnly = reason;
}

FileResult<> DocumentSession::resolveDiskConflict(DiskChoice choice)
{
    const FileResult<std::string> onDisk = readFile(m_path);
    if (!onDisk)
        return onDisk.error();
    const std::string base = *m_savedText;
    if (choice == DiskChoice::TakeDisk)
        replaceText(*onDisk, "edit.reload");
    if (choice == DiskChoice::Merge)
        replaceText(mergeLines(base, text(), *onDisk, "editor", "disk").text, "edit.merge");
    markSaved(*onDisk);
    return {};
}

} // namespace editor
