#include "editor/document_session.h"
#include "editor/editor_pane.h"
#include "editor/recovery.h"
#include "support/catalog.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace editor;

namespace {

flow::Edit append(DocumentSession &session, std::string text)
{
    const std::size_t end = session.text().size();
    return *flow::Edit::make(session.revision(), session.text(), {{{end, end}, std::move(text)}});
}

/// What the test starts and kills: presses a key in a text view each few milliseconds, says how many there
/// were, and saves now and then.
int typeUntilKilled(const QString &folder, const QString &file)
{
    DocumentSession session(test::sharedCatalog());
    if (!session.open(file))
        return 1;
    session.setRecoveryFolder(folder);
    EditorPane pane(test::sharedCatalog(), ui::Theme::load(ui::ThemeName::Light));
    pane.setSession(&session);
    pane.show();
    pane.view().setFocus();
    pane.view().goToOffset(session.text().size());
    QTimer timer;
    int typed = 0;
    int untilSave = 20;
    QObject::connect(&timer, &QTimer::timeout, [&] {
        QTest::keyClick(&pane.view(), Qt::Key_X);
        std::printf("%d\n", ++typed);
        std::fflush(stdout);
        if (--untilSave == 0) {
            if (!session.save())
                std::exit(2);
            untilSave = 50 + QRandomGenerator::global()->bounded(400);
        }
    });
    timer.start(5);
    return QApplication::exec();
}

/// Letters behind the head of a whole text; -1 when it is not whole.
int lettersOf(const std::string &text)
{
    const std::string head = "# typing\nid: a # ";
    const bool whole = text.starts_with(head) && text.find_first_not_of('x', head.size()) == std::string::npos;
    return whole ? static_cast<int>(text.size() - head.size()) : -1;
}

} // namespace

class RecoveryTest : public QObject
{
    Q_OBJECT

private slots:
    void anUnsavedTextIsKeptAndDroppedWhenSaved()
    {
        QTemporaryDir folder;
        QTemporaryDir recovery;
        const QString path = folder.filePath(QStringLiteral("a.yaml"));
        QVERIFY(writeFile(path, "id: a\n"));
        DocumentSession session(test::sharedCatalog());
        QVERIFY(session.open(path));
        session.setRecoveryFolder(recovery.path());
        const auto swaps = [&] { return QDir(recovery.path()).entryList(QDir::Files).size(); };
        QCOMPARE(swaps(), 0);
        QVERIFY(session.submit(append(session, "b"), {"edit.test", {}}));
        QTRY_COMPARE(swaps(), 1);
        QVERIFY(recoverableTexts(recovery.path()).empty()); // its program is running
        QVERIFY(session.save());
        QCOMPARE(swaps(), 0);
        QVERIFY(session.submit(append(session, "c"), {"edit.test", {}}));
        QTRY_COMPARE(swaps(), 1);
        session.undo();
        QCOMPARE(swaps(), 0);
    }

    void aRecoveredTextIsOneStep()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.yaml"));
        QVERIFY(writeFile(path, "a\nb\nc\n"));
        DocumentSession session(test::sharedCatalog());
        QVERIFY(session.open(path));
        session.restore("a\nx\nc\n");
        QVERIFY(session.isModified());
        QCOMPARE(session.text(), std::string("a\nx\nc\n"));
        session.undo();
        QVERIFY(!session.isModified());
    }

    void damagedFilesAreLeftAlone()
    {
        QTemporaryDir recovery;
        QVERIFY(writeFile(recovery.filePath(QStringLiteral("a.swap")), ""));
        QVERIFY(writeFile(recovery.filePath(QStringLiteral("b.swap")), "{\"leat\":1,\"size\":10,\"process\":0}\nshort"));
        QVERIFY(writeFile(recovery.filePath(QStringLiteral("c.swap")), std::string("\0\xff\n\n", 4)));
        QVERIFY(writeFile(recovery.filePath(QStringLiteral("d.swap")), "{\"leat\":1,\"size\":5,\"process\":0,\"path\":\"/x\"}\nwhole"));
        const std::vector<RecoveredText> found = recoverableTexts(recovery.path());
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found.front().text, std::string("whole"));
        QCOMPARE(QDir(recovery.path()).entryList(QDir::Files).size(), 4);
    }

    /// LEAT_KILLS rounds: whatever was typed two seconds before a kill is in the file or offered back, and
    /// neither is ever half a text.
    void whatWasTypedOutlivesAKill()
    {
        const int rounds = qEnvironmentVariableIsSet("LEAT_KILLS") ? qEnvironmentVariableIntValue("LEAT_KILLS") : 6;
        int swapped = 0;
        for (int round = 0; round < rounds; ++round) {
            QTemporaryDir folder;
            QTemporaryDir recovery;
            const QString path = folder.filePath(QStringLiteral("a.yaml"));
            QVERIFY(writeFile(path, "# typing\nid: a # "));
            QProcess typist;
            typist.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--type"), recovery.path(), path});
            QVERIFY(typist.waitForStarted());
            QElapsedTimer clock;
            clock.start();
            const int lifetime = 100 + static_cast<int>(QRandomGenerator::global()->bounded(3500));
            QList<std::pair<qint64, int>> heard; // when, how many letters
            while (heard.isEmpty() || clock.elapsed() < heard.first().first + lifetime) {
                QVERIFY(clock.elapsed() < 60000);
                typist.waitForReadyRead(20);
                const QList<QByteArray> lines = typist.readAllStandardOutput().trimmed().split('\n');
                if (!lines.last().isEmpty())
                    heard << std::pair(clock.elapsed(), lines.last().toInt());
            }
            typist.kill();
            QVERIFY(typist.waitForFinished());
            const qint64 end = clock.elapsed();
            int old = 0;
            for (const auto &[when, letters] : heard)
                if (when < end - 2000)
                    old = letters;
            const int saved = lettersOf(readFile(path).value());
            QVERIFY2(saved >= 0, "the file is half written");
            const std::vector<RecoveredText> found = recoverableTexts(recovery.path());
            QVERIFY(found.size() <= 1);
            int kept = saved;
            if (!found.empty()) {
                ++swapped;
                QCOMPARE(found.front().path, path);
                const int offered = lettersOf(found.front().text);
                QVERIFY2(offered >= 0, "what is offered back is half a text");
                kept = std::max(kept, offered);
            }
            QVERIFY2(kept >= old, qPrintable(QStringLiteral("round %1: %2 kept of %3").arg(round).arg(kept).arg(old)));
        }
        qInfo("%d kills, %d with a text to offer back", rounds, swapped);
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc == 4 && QByteArray(argv[1]) == "--type")
        return typeUntilKilled(QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]));
    RecoveryTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_recovery.moc"
