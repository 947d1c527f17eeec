#include "editor/document_session.h"
#include "editor/recovery.h"
#include "support/catalog.h"

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

/// What the test starts and kills: types a letter each few milliseconds and says how many there are.
int typeUntilKilled(const QString &folder, const QString &file)
{
    DocumentSession session(test::sharedCatalog());
    if (!session.open(file))
        return 1;
    session.setRecoveryFolder(folder);
    QTimer timer;
    int typed = 0;
    QObject::connect(&timer, &QTimer::timeout, [&] {
        const std::size_t end = session.text().size();
        if (session.type(append(session, "x"), {end, end}, {end + 1, end + 1})) {
            std::printf("%d\n", ++typed);
            std::fflush(stdout);
        }
    });
    timer.start(5);
    return QCoreApplication::exec();
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

    void whatWasTypedOutlivesAKill()
    {
        for (int round = 0; round < 6; ++round) {
            QTemporaryDir folder;
            QTemporaryDir recovery;
            const QString path = folder.filePath(QStringLiteral("a.yaml"));
            QVERIFY(writeFile(path, "id: a\n"));
            QProcess typist;
            typist.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--type"), recovery.path(), path});
            QVERIFY(typist.waitForStarted());
            QElapsedTimer clock;
            clock.start();
            const int lifetime = static_cast<int>(QRandomGenerator::global()->bounded(2500));
            QList<std::pair<qint64, int>> heard; // when, how many letters
            qint64 firstSwap = -1;
            while (firstSwap < 0 || clock.elapsed() < firstSwap + lifetime) {
                QVERIFY(clock.elapsed() < 60000);
                if (firstSwap < 0 && !QDir(recovery.path()).entryList({QStringLiteral("*.swap")}, QDir::Files).isEmpty())
                    firstSwap = clock.elapsed();
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
            const std::vector<RecoveredText> found = recoverableTexts(recovery.path());
            QCOMPARE(found.size(), std::size_t(1));
            QCOMPARE(found.front().path, path);
            QCOMPARE(found.front().text.substr(0, 6), std::string("id: a\n"));
            const int kept = static_cast<int>(found.front().text.size()) - 6;
            QVERIFY2(kept >= old && kept > 0, qPrintable(QStringLiteral("%1 kept of %2").arg(kept).arg(old)));
            QCOMPARE(readFile(path).value(), std::string("id: a\n"));
        }
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 4 && QByteArray(argv[1]) == "--type")
        return typeUntilKilled(QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]));
    RecoveryTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_recovery.moc"
