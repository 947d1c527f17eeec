#include "editor/document_session.h"
#include "editor/step_store.h"
#include "support/catalog.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace editor;

namespace {

const std::string kFlow = "id: a\nnamespace: b\ntasks:\n  - id: one\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n";

flow::Edit edit(DocumentSession &session, std::size_t begin, std::size_t end, std::string text)
{
    return *flow::Edit::make(session.revision(), session.text(), {{{begin, end}, std::move(text)}});
}

/// Types letter by letter, as the text view does.
void typeText(DocumentSession &session, std::size_t at, std::string_view text)
{
    for (char c : text) {
        const flow::Result<> done = session.type(edit(session, at, at, std::string(1, c)), {at, at}, {at + 1, at + 1});
        QVERIFY(done);
        ++at;
    }
}

void write(const QString &path, const std::string &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes.data(), static_cast<qint64>(bytes.size()));
}

std::string read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "<unreadable>";
}

} // namespace

class DocumentSessionTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const flow::TaskCatalog> m_catalog = test::sharedCatalog();
    QTemporaryDir m_folder;

    QString file(const char *name, const std::string &bytes)
    {
        const QString path = m_folder.filePath(QLatin1String(name));
        write(path, bytes);
        return path;
    }

private slots:
    void typingMergesByWord()
    {
        DocumentSession session(m_catalog);
        session.create("");
        typeText(session, 0, "one two");
        QCOMPARE(session.history().count(), 2);
        session.undo();
        QCOMPARE(session.text(), std::string("one "));
        session.undo();
        QCOMPARE(session.text(), std::string());
        session.redo();
        session.redo();
        QCOMPARE(session.text(), std::string("one two"));
    }

    void deletingIsAStepOfItsOwn()
    {
        DocumentSession session(m_catalog);
        session.create("");
        typeText(session, 0, "abc");
        QVERIFY(session.type(edit(session, 2, 3, ""), {3, 3}, {2, 2}));
        QVERIFY(session.type(edit(session, 1, 2, ""), {2, 2}, {1, 1}));
        QCOMPARE(session.history().count(), 2);
        session.undo();
        QCOMPARE(session.text(), std::string("abc"));
    }

    void aCaretThatMovedBeginsANewStep()
    {
        DocumentSession session(m_catalog);
        session.create("xy");
        typeText(session, 2, "a");
        typeText(session, 0, "b");
        QCOMPARE(session.history().count(), 2);
    }

    void undoRestoresCaretAndName()
    {
        DocumentSession session(m_catalog);
        session.create("abc");
        session.setCaret({1, 2});
        const flow::Revision before = session.revision();
        QSignalSpy carets(&session, &DocumentSession::caretRestored);
        QVERIFY(session.submit(edit(session, 0, 1, "long"), {"edit.test", {}}));
        QCOMPARE(session.caret(), (Caret{4, 5}));
        session.undo();
        QCOMPARE(session.revision(), before);
        QCOMPARE(session.caret(), (Caret{1, 2}));
        QCOMPARE(carets.count(), 1);
    }

    void modifiedComparesNames()
    {
        DocumentSession session(m_catalog);
        const QString path = file("flow.yaml", kFlow);
        QVERIFY(session.open(path));
        QSignalSpy modified(&session, &DocumentSession::modifiedChanged);
        QVERIFY(!session.isModified());
        typeText(session, 0, "# a");
        QVERIFY(session.isModified());
        session.undo();
        session.undo();
        QVERIFY(!session.isModified());
        session.redo();
        QVERIFY(session.save());
        QVERIFY(!session.isModified());
        session.undo();
        QVERIFY(session.isModified());
        session.redo();
        QVERIFY(!session.isModified());
        QCOMPARE(modified.count(), 6);
    }

    void savingSplitsATypingStep()
    {
        DocumentSession session(m_catalog);
        QVERIFY(session.open(file("split.yaml", "")));
        typeText(session, 0, "ab");
        QVERIFY(session.save());
        typeText(session, 2, "cd");
        session.undo();
        QCOMPARE(session.text(), std::string("ab"));
        QVERIFY(!session.isModified());
    }

    void staleEditsAreRefused()
    {
        DocumentSession session(m_catalog);
        session.create("abc");
        const flow::Edit old = edit(session, 0, 1, "x");
        typeText(session, 3, "d");
        const flow::Result<> refused = session.submit(old, {"edit.test", {}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, flow::ErrorCode::StaleRevision);
        QCOMPARE(session.text(), std::string("abcd"));
    }

    void oddBytesSurvive_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("bom") << QByteArray("\xEF\xBB\xBFid: a\n");
        QTest::newRow("crlf") << QByteArray("id: a\r\nnamespace: b\r\n");
        QTest::newRow("mixed") << QByteArray("id: a\r\nnamespace: b\n\rx");
        QTest::newRow("no final newline") << QByteArray("id: a");
        QTest::newRow("nul") << QByteArray("id: a\0b\n", 8);
        QTest::newRow("invalid utf-8") << QByteArray("id: \xff\xfe\xc3(\n");
        QTest::newRow("empty") << QByteArray();
    }
    void oddBytesSurvive()
    {
        QFETCH(QByteArray, bytes);
        const QString path = file("odd.yaml", bytes.toStdString());
        DocumentSession session(m_catalog);
        QVERIFY(session.open(path));
        const std::size_t end = session.text().size();
        typeText(session, end, "x");
        QVERIFY(session.save());
        QCOMPARE(read(path), bytes.toStdString() + "x");
        session.undo();
        QVERIFY(session.save());
        QCOMPARE(read(path), bytes.toStdString());
    }

    void savingKeepsPermissionsAndLinks()
    {
        const QString path = file("script.yaml", "a");
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        const QString link = m_folder.filePath(QStringLiteral("link.yaml"));
        QVERIFY(QFile::link(path, link));
        DocumentSession session(m_catalog);
        QVERIFY(session.open(link));
        typeText(session, 1, "b");
        QVERIFY(session.save());
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(read(path), std::string("ab"));
        QCOMPARE(QFileInfo(path).permissions() & QFile::ExeOwner, QFile::ExeOwner);
    }

    void errorsAreCodes()
    {
        DocumentSession session(m_catalog);
        QCOMPARE(session.open(m_folder.filePath(QStringLiteral("none.yaml"))).error().code, FileErrorCode::NotFound);
        QCOMPARE(session.open(m_folder.path()).error().code, FileErrorCode::NotAFile);
        session.create("x");
        QVERIFY(session.isModified());
        QCOMPARE(session.save().error().code, FileErrorCode::NoPath);
        QVERIFY(session.saveAs(m_folder.filePath(QStringLiteral("new/deep.yaml"))));
        QVERIFY(!session.isModified());
    }

    void analysesArriveAndLateOnesAreDropped()
    {
        DocumentSession session(m_catalog);
        QVERIFY(session.open(file("analysed.yaml", kFlow)));
        QSignalSpy analysed(&session, &DocumentSession::analysed);
        typeText(session, session.text().size(), "  - id: two\n    type: x.Y\n");
        QTRY_VERIFY(session.snapshot().flow && session.snapshot().flowRevision == session.revision());
        QCOMPARE(session.snapshot().flow->taskCount(), std::size_t(2));
        QVERIFY(analysed.count() >= 1);
    }

    void gesturesGetAFreshFlow()
    {
        DocumentSession session(m_catalog);
        session.create(kFlow);
        typeText(session, 0, "# c");
        const flow::Snapshot snapshot = session.freshSnapshot();
        QCOMPARE(snapshot.flowRevision, snapshot.revision);
        QVERIFY(snapshot.flow->findById("one"));
    }

    void anUnmodifiedDocumentFollowsItsFile()
    {
        const QString path = file("watched.yaml", kFlow);
        DocumentSession session(m_catalog);
        QVERIFY(session.open(path));
        QSignalSpy changed(&session, &DocumentSession::fileChangedOnDisk);
        const std::string wanted = "# new\n" + kFlow;
        write(path, wanted);
        QTRY_COMPARE(session.text(), wanted);
        QVERIFY(!session.isModified());
        QCOMPARE(changed.at(0).at(0).value<DiskChange>(), DiskChange::Reloaded);
        session.undo();
        QCOMPARE(session.text(), kFlow);
        QVERIFY(session.isModified());
    }

    void aReplacedFileIsStillWatched()
    {
        const QString path = file("replaced.yaml", kFlow);
        DocumentSession session(m_catalog);
        QVERIFY(session.open(path));
        for (const char *text : {"one\n", "two\n", "three\n"}) {
            const QString other = file("other.tmp", text);
            QVERIFY(::rename(qPrintable(other), qPrintable(path)) == 0);
            QTRY_COMPARE(session.text(), std::string(text));
        }
    }

    void aModifiedDocumentAsks_data()
    {
        QTest::addColumn<DiskChoice>("choice");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("modified");
        QTest::newRow("keep") << DiskChoice::KeepMine << QByteArray("mine\nb\nc\n") << true;
        QTest::newRow("take") << DiskChoice::TakeDisk << QByteArray("a\nb\ntheirs\n") << false;
        QTest::newRow("merge") << DiskChoice::Merge << QByteArray("mine\nb\ntheirs\n") << true;
    }
    void aModifiedDocumentAsks()
    {
        QFETCH(DiskChoice, choice);
        QFETCH(QByteArray, text);
        QFETCH(bool, modified);
        const QString path = file("asked.yaml", "a\nb\nc\n");
        DocumentSession session(m_catalog);
        QVERIFY(session.open(path));
        QVERIFY(session.submit(edit(session, 0, 1, "mine"), {"edit.test", {}}));
        QSignalSpy changed(&session, &DocumentSession::fileChangedOnDisk);
        write(path, "a\nb\ntheirs\n");
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(changed.at(0).at(0).value<DiskChange>(), DiskChange::Conflict);
        QCOMPARE(session.save().error().code, FileErrorCode::ChangedOnDisk);
        QCOMPARE(read(path), std::string("a\nb\ntheirs\n"));
        QVERIFY(session.resolveDiskConflict(choice));
        QCOMPARE(session.text(), text.toStdString());
        QCOMPARE(session.isModified(), modified);
        QVERIFY(session.save());
        QCOMPARE(read(path), text.toStdString());
        if (choice != DiskChoice::KeepMine) { // the edit is one step back, not lost
            session.undo();
            QCOMPARE(session.text(), std::string("mine\nb\nc\n"));
        }
    }

    void aDeletedFileLeavesTheText()
    {
        const QString path = file("deleted.yaml", kFlow);
        DocumentSession session(m_catalog);
        QVERIFY(session.open(path));
        QSignalSpy changed(&session, &DocumentSession::fileChangedOnDisk);
        QVERIFY(QFile::remove(path));
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(changed.at(0).at(0).value<DiskChange>(), DiskChange::Deleted);
        QCOMPARE(session.text(), kFlow);
        QVERIFY(session.isModified());
        QVERIFY(session.save());
        QCOMPARE(read(path), kFlow);
    }

    void largeFilesAreForLooking()
    {
        const QString path = file("large.yaml", std::string(DocumentSession::kLargeFile + 1, '#'));
        DocumentSession session(m_catalog);
        QVERIFY(session.open(path));
        QCOMPARE(session.readOnlyReason(), ReadOnlyReason::TooLarge);
        const flow::Result<> refused = session.submit(edit(session, 0, 0, "x"), {"edit.test", {}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, flow::ErrorCode::ReadOnly);
    }

    void theHistoryOutlivesTheProgram()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("a.yaml"));
        const QString kept = folder.filePath(QStringLiteral("history"));
        QVERIFY(writeFile(file, "id: a\n"));
        std::string last;
        {
            DocumentSession session(test::sharedCatalog());
            session.setHistoryFolder(kept);
            QVERIFY(session.open(file));
            for (const char *word : {"one", "two", "three"}) {
                const flow::Edit edit = flow::Edit::make(session.revision(), session.text(), {{{session.text().size(), session.text().size()}, std::string("# ") + word + "\n"}}).value();
                QVERIFY(session.submit(edit, {"edit.move-task", {word}}));
            }
            session.undo();
            QVERIFY(session.save());
            last = session.text();
        }
        {
            DocumentSession session(test::sharedCatalog());
            session.setLabelText([](const flow::EditLabel &label) { return QString::fromStdString(label.id + ":" + label.args.front()); });
            session.setHistoryFolder(kept);
            QVERIFY(session.open(file));
            QCOMPARE(session.text(), last);
            QVERIFY(!session.isModified());
            QCOMPARE(session.history().count(), 3);
            QCOMPARE(session.history().index(), 2);
            QCOMPARE(session.history().text(0), QStringLiteral("edit.move-task:one"));
            session.redo();
            QCOMPARE(session.text(), std::string("id: a\n# one\n# two\n# three\n"));
            session.goToStep(0);
            QCOMPARE(session.text(), std::string("id: a\n"));
            QVERIFY(session.isModified());
            session.goToStep(3);
            QCOMPARE(session.text(), std::string("id: a\n# one\n# two\n# three\n"));
            session.goToStep(2);
            QCOMPARE(session.text(), last);
            session.goToStep(1);
        }
        { // closed with changes: what was kept still fits the file
            DocumentSession session(test::sharedCatalog());
            session.setHistoryFolder(kept);
            QVERIFY(session.open(file));
            QCOMPARE(session.history().count(), 3);
        }
        QVERIFY(writeFile(file, "id: b\n"));
        DocumentSession other(test::sharedCatalog());
        other.setHistoryFolder(kept);
        QVERIFY(other.open(file));
        QCOMPARE(other.history().count(), 0);
        QCOMPARE(other.text(), std::string("id: b\n"));
    }

    void aDamagedHistoryIsLeftOut()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("a.yaml"));
        const QString kept = folder.filePath(QStringLiteral("history"));
        QVERIFY(writeFile(file, "id: a\n"));
        {
            DocumentSession session(test::sharedCatalog());
            session.setHistoryFolder(kept);
            QVERIFY(session.open(file));
            QVERIFY(session.submit(flow::Edit::make(session.revision(), session.text(), {{{0, 0}, "# x\n"}}).value(), {"edit.paste", {}}));
            QVERIFY(session.save());
        }
        const QString steps = kept + QLatin1Char('/') + QDir(kept).entryList(QDir::Files).value(0);
        const std::string whole = readFile(steps).value();
        for (std::size_t size = 0; size < whole.size(); ++size) { // cut at every length, then one byte changed
            for (const bool cut : {true, false}) {
                std::string bytes = cut ? whole.substr(0, size) : whole;
                if (!cut)
                    bytes[size] = static_cast<char>(bytes[size] ^ 0x55);
                QVERIFY(writeFile(steps, bytes));
                const std::optional<StoredHistory> read = readHistory(kept, file, "# x\nid: a\n");
                if (cut)
                    QVERIFY(!read);
            }
        }
    }
};

QTEST_MAIN(DocumentSessionTest)
#include "tst_document_session.moc"
