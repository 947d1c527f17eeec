#include "editor/recovery.h"
#include "editor/yaml_editor.h"
#include "ui/banner.h"
#include "window_fixture.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>

/// Files that change under the window, and texts a program left behind: what the banner says and does.
class TestFileChanges : public QObject
{
    Q_OBJECT

private:
    static std::string read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }
    static void write(const QString &path, const std::string &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text.data(), qint64(text.size())), qint64(text.size()));
    }
    static ui::Banner *bannerOf(app::FlowPage *page) { return page->findChild<ui::Banner *>(QString(), Qt::FindDirectChildrenOnly); }
    static QPushButton *button(app::FlowPage *page, const QString &words)
    {
        for (QPushButton *candidate : bannerOf(page)->findChildren<QPushButton *>())
            if (candidate->text() == words)
                return candidate;
        return nullptr;
    }
    /// By keyboard, as everything can be.
    static void choose(app::FlowPage *page, const QString &words)
    {
        QPushButton *chosen = button(page, words);
        QVERIFY2(chosen, qPrintable(words));
        chosen->setFocus(Qt::TabFocusReason);
        QTest::keyClick(chosen, Qt::Key_Space);
    }
    static void typeAtEnd(app::FlowPage *page, const char *letters)
    {
        page->textView().goToOffset(page->session().text().size());
        page->textView().setFocus();
        QTest::keyClicks(&page->textView(), QString::fromLatin1(letters));
    }
    static std::string replaced(std::string text, const std::string &from, const std::string &to)
    {
        return text.replace(text.find(from), from.size(), to);
    }
    struct Opened
    {
        test::WindowFixture fixture;
        QString path = fixture.flowPath(QStringLiteral("region_report"));
        std::string disk = read(path);
        app::MainWindow &window = fixture.open(QStringLiteral("region_report"));
        app::FlowPage *page = window.documents().currentFlow();
    };

private slots:
    void anUnchangedFlowFollowsItsFile()
    {
        Opened open;
        const std::string changed = replaced(open.disk, "id: region_report", "id: region_rapport");
        write(open.path, changed);
        QTRY_COMPARE(open.page->session().text(), changed);
        QVERIFY(!open.page->isModified());
        QVERIFY(bannerOf(open.page)->isHidden());
        open.page->undo(); // a reload is a step, too
        QCOMPARE(open.page->session().text(), open.disk);
    }

    void ofTwoTextsOneIsChosen_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("mine") << QStringLiteral("Keep mine");
        QTest::newRow("disk") << QStringLiteral("Take the disk's");
        QTest::newRow("merge") << QStringLiteral("Merge both");
    }
    void ofTwoTextsOneIsChosen()
    {
        QFETCH(QString, way);
        Opened open;
        typeAtEnd(open.page, "# mine");
        const std::string mine = open.page->session().text();
        const std::string disk = replaced(open.disk, "namespace: company.team", "namespace: company.other");
        write(open.path, disk);
        QTRY_VERIFY(open.page->session().hasDiskConflict());
        ui::Banner *banner = bannerOf(open.page);
        QVERIFY(banner->isVisible());
        QCOMPARE(open.page->session().text(), mine);
        choose(open.page, way);
        QVERIFY(banner->isHidden());
        QVERIFY(!open.page->session().hasDiskConflict());
        const std::string merged = replaced(mine, "namespace: company.team", "namespace: company.other");
        const std::string expected = way == QLatin1String("Keep mine") ? mine : way == QLatin1String("Merge both") ? merged : disk;
        QCOMPARE(open.page->session().text(), expected);
        open.window.actions()[QStringLiteral("file.save")]->trigger();
        QCOMPARE(read(open.path), expected);
        QVERIFY(!open.page->isModified());
        while (open.page->session().history().canUndo())
            open.page->undo();
        QCOMPARE(open.page->session().text(), open.disk); // no choice loses a text
    }

    void aDeletedFileIsKeptAndCanBeSavedAgain()
    {
        Opened open;
        QVERIFY(QFile::remove(open.path));
        QTRY_VERIFY(bannerOf(open.page)->isVisible());
        QCOMPARE(open.page->session().text(), open.disk);
        QVERIFY(open.page->isModified());
        choose(open.page, QStringLiteral("Save"));
        QCOMPARE(read(open.path), open.disk);
        QVERIFY(bannerOf(open.page)->isHidden());
        QVERIFY(!open.page->isModified());
    }

    void aCheckoutUnderTheWindowReloadsEveryTab()
    {
        Opened open;
        const QString other = open.fixture.flowPath(QStringLiteral("quality_gate"));
        open.window.openPath(other);
        const std::string first = open.disk + "# one\n", second = read(other) + "# two\n";
        for (const auto &[path, text] : {std::pair{open.path, first}, std::pair{other, second}}) {
            // as git does: another file takes the place of the old one
            write(path + QStringLiteral(".new"), text);
            QVERIFY(QFile::remove(path));
            QVERIFY(QFile::rename(path + QStringLiteral(".new"), path));
        }
        QTRY_COMPARE(open.page->session().text(), first);
        QTRY_COMPARE(open.window.documents().currentFlow()->session().text(), second);
        QVERIFY(bannerOf(open.page)->isHidden());
    }

    void textOfADeadProgramIsOfferedBack_data()
    {
        QTest::addColumn<bool>("taken");
        QTest::newRow("taken") << true;
        QTest::newRow("forgotten") << false;
    }
    void textOfADeadProgramIsOfferedBack()
    {
        QFETCH(bool, taken);
        test::WindowFixture fixture;
        const QString path = fixture.flowPath(QStringLiteral("region_report"));
        const std::string saved = read(path), unsaved = saved + "# not saved\n";
        QDir().mkpath(app::recoveryFolder());
        const QString swap = app::recoveryFolder() + QStringLiteral("/0123456789abcdef01234567.swap");
        const QJsonObject head{{QStringLiteral("leat"), 1},
                               {QStringLiteral("path"), path},
                               {QStringLiteral("process"), 4'194'305}, // above what Linux gives
                               {QStringLiteral("started"), QStringLiteral("1")},
                               {QStringLiteral("size"), qint64(unsaved.size())},
                               {QStringLiteral("when"), QStringLiteral("2026-11-20T09:41:00.000Z")}};
        write(swap, QJsonDocument(head).toJson(QJsonDocument::Compact).toStdString() + "\n" + unsaved);
        QCOMPARE(editor::recoverableTexts(app::recoveryFolder()).size(), std::size_t(1));
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        auto *page = qobject_cast<app::FlowPage *>(window.documents().pageOf(path));
        QVERIFY(page);
        window.documents().show(page);
        QVERIFY(bannerOf(page)->isVisible());
        QCOMPARE(page->session().text(), saved);
        choose(page, taken ? QStringLiteral("Bring them back") : QStringLiteral("Forget them"));
        QVERIFY(bannerOf(page)->isHidden());
        QVERIFY(!QFile::exists(swap));
        QCOMPARE(page->session().text(), taken ? unsaved : saved);
        QCOMPARE(page->isModified(), taken);
        QCOMPARE(read(path), saved);
        if (taken)
            page->undo();
        QCOMPARE(page->session().text(), saved);
    }
};

QTEST_MAIN(TestFileChanges)
#include "tst_file_changes.moc"
