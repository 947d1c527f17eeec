#include "app/about_dialog.h"
#include "app/project/docs_panel.h"
#include "app/project/new_flow_dialog.h"
#include "app/project/new_project_dialog.h"
#include "app/project/project_tools.h"
#include "app/project/search_panel.h"
#include "app/run/run_controller.h"
#include "app/run/run_panel.h"
#include "app/settings_dialog.h"
#include "editor/editor_pane.h"
#include "editor/file_io.h"
#include "window_fixture.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QProcess>
#include <QTabWidget>
#include <QToolTip>

/// Writes pictures of every panel, popup and dialog into the build folder, `panels/NAME-THEME-LANGUAGE.png`:
/// in two of the six looks, or, with LEAT_LONG in the environment, in all of them and at 200 % as well.
class TestPanelPictures : public QObject
{
    Q_OBJECT

private:
    static QString scale() { return qEnvironmentVariable("LEAT_PICTURE_SCALE"); }
    static void save(const QPixmap &picture, const char *what)
    {
        const QString folder = QStringLiteral(LEAT_BINARY_DIR "/panels");
        QDir().mkpath(folder);
        QVERIFY(!picture.isNull());
        QVERIFY(picture.save(QStringLiteral("%1/%2-%3%4.png").arg(folder, QLatin1String(what), QLatin1String(QTest::currentDataTag()), scale().isEmpty() ? QString() : QLatin1Char('@') + scale())));
    }
    /// The window with the popups that are over it.
    static void shot(QWidget &window, const char *what)
    {
        QCoreApplication::processEvents();
        QPixmap picture = window.grab();
        QPainter painter(&picture);
        for (QWidget *other : QApplication::topLevelWidgets())
            if (other != &window && other->isVisible() && !qobject_cast<QMainWindow *>(other) && other->width() > 1)
                painter.drawPixmap(other->pos() - window.pos(), other->grab());
        painter.end();
        save(picture, what);
    }
    template <typename Open> static void dialog(const char *what, Open open)
    {
        bool seen = false;
        QTimer::singleShot(0, qApp, [&] {
            auto *shown = qobject_cast<QDialog *>(QApplication::activeModalWidget());
            if (!shown)
                return;
            seen = true;
            QTest::qWait(60); // previews are drawn
            save(shown->grab(), what);
            shown->reject();
        });
        open();
        QVERIFY2(seen, what);
    }
    static void git(const QString &folder, const QStringList &arguments)
    {
        QProcess process;
        process.setWorkingDirectory(folder);
        process.start(QStringLiteral("git"), QStringList{QStringLiteral("-c"), QStringLiteral("user.name=Mina"), QStringLiteral("-c"), QStringLiteral("user.email=mina@example.com")} + arguments);
        QVERIFY(process.waitForFinished());
    }
    static void write(const QString &path, const std::string &text) { QVERIFY(editor::writeFile(path, text)); }

private slots:
    void pictures_data()
    {
        QTest::addColumn<int>("theme");
        QTest::addColumn<QString>("language");
        const bool all = qEnvironmentVariableIsSet("LEAT_LONG") || qEnvironmentVariableIsSet("LEAT_PICTURE_SCALE");
        for (const char *language : {"en", "ko"})
            for (const auto &[name, theme] : {std::pair{"light", app::ThemeChoice::Light}, std::pair{"dark", app::ThemeChoice::Dark}, std::pair{"contrast", app::ThemeChoice::HighContrast}})
                if (all || (theme == app::ThemeChoice::Light && *language == 'e') || (theme == app::ThemeChoice::Dark && *language == 'k'))
                    QTest::addRow("%s-%s", name, language) << int(theme) << QString::fromLatin1(language);
    }
    void pictures()
    {
        QFETCH(int, theme);
        QFETCH(QString, language);
        test::WindowFixture fixture(app::ThemeChoice(theme), language);
        git(fixture.project, {QStringLiteral("init"), QStringLiteral("-q"), QStringLiteral("-b"), QStringLiteral("main")});
        git(fixture.project, {QStringLiteral("add"), QStringLiteral("-A")});
        git(fixture.project, {QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("Orders of all regions")});
        write(fixture.flowPath(QStringLiteral("measured")), "id: measured\nnamespace: company.team\ntasks:\n  - id: publish\n    type: io.kestra.plugin.core.metric.Publish\n    metrics:\n"
                                                            "      - {type: counter, name: rows, value: 42, tags: {region: eu}}\n      - {type: timer, name: took, value: PT1.5S}\n");
        write(fixture.project + QStringLiteral("/company.team/files/orders.py"), "# Reads the orders\nimport csv\n\ndef rows(path):\n    with open(path) as file:\n        return list(csv.DictReader(file))\n");
        const QString broken = fixture.flowPath(QStringLiteral("broken"));
        write(broken, "id: broken\nnamespace: company.team\n\ntasks:\n  - id: load\n    type: io.kestra.plugin.core.log.Lo\n    mesage: {{ flow.id }}\n    level: WARM\n  - id: load\n    type: io.kestra.plugin.core.debug.Return\n");

        app::MainWindow &window = fixture.open(QStringLiteral("measured"));
        window.docks().reveal(QStringLiteral("runs"), false);
        QVERIFY(!window.runs().start(window.documents().currentFlow(), {}).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 30'000);
        auto *runs = static_cast<app::RunPanel *>(window.docks().panel(QStringLiteral("runs")));
        for (QTabWidget *tabs : runs->findChildren<QTabWidget *>())
            for (int i = 0; i < tabs->count(); ++i)
                if (tabs->widget(i)->metaObject()->className() == QByteArray("app::MetricsView"))
                    tabs->setCurrentIndex(i);
        fixture.settle();
        shot(window, "metrics");
        window.docks().reveal(QStringLiteral("problems"), false);

        window.openPath(fixture.flowPath(QStringLiteral("daily_sales")));
        app::FlowPage *page = window.documents().currentFlow();
        page->session().freshSnapshot();
        page->canvas().setSelected({QStringLiteral("tasks[2]")});

        window.docks().reveal(QStringLiteral("search"));
        QSignalSpy searched(&window.tools().search(), &app::SearchPanel::searched);
        window.tools().search().query().setText(QStringLiteral("region"));
        QTRY_VERIFY(searched.size() > 0);
        window.tools().search().replacement().setText(QStringLiteral("area"));
        fixture.settle();
        shot(window, "search");

        page->textView().goToOffset(page->session().text().find("- id: enough_orders"));
        page->textView().moveDown();
        page->textView().goToOffset(0);
        page->textView().setFocus();
        QTest::keyClicks(&page->textView(), QStringLiteral("# seen"));
        page->undo();
        window.docks().reveal(QStringLiteral("steps"));
        fixture.settle();
        shot(window, "steps");
        window.docks().reveal(QStringLiteral("outline"));
        window.docks().reveal(QStringLiteral("docs"));
        page->textView().goToOffset(page->session().text().find("core.flow.If"));
        QTRY_COMPARE(window.tools().docs().shownType(), QStringLiteral("io.kestra.plugin.core.flow.If"));
        fixture.settle();
        shot(window, "outline-docs");
        window.docks().reveal(QStringLiteral("inspector"));
        window.docks().reveal(QStringLiteral("files"));

        page->textPane().showReplace();
        if (auto *query = qobject_cast<QLineEdit *>(QApplication::focusWidget()))
            QTest::keyClicks(query, QStringLiteral("orders"));
        shot(window, "find");
        page->textPane().findBar().hide();

        window.actions()[QStringLiteral("text.blame")]->setChecked(true);
        page->textView().goToOffset(page->session().text().find("tasks:"));
        QTRY_VERIFY(!page->textView().blame().isEmpty());
        shot(window, "blame");
        window.actions()[QStringLiteral("text.blame")]->setChecked(false);
        window.actions()[QStringLiteral("text.compareSaved")]->trigger();
        fixture.settle();
        shot(window, "diff");
        window.documents().close(window.documents().current());
        window.documents().show(page);

        const std::size_t expression = page->session().text().find("rows }} orders");
        page->textView().setFocus();
        page->textView().goToOffset(page->session().text().rfind("outputs.", expression) + 8);
        page->textPane().assist().complete();
        QVERIFY(page->textPane().assist().popup().isVisible());
        fixture.settle();
        shot(window, "completion");
        page->textPane().assist().close();
        const std::size_t type = page->session().text().find("core.flow.If");
        const QRect caret = page->textView().caretRect(type);
        emit page->textView().hoverBegan(type, page->textView().viewport()->mapToGlobal(caret.bottomLeft()));
        QTest::qWait(60);
        shot(window, "hover");
        QToolTip::hideText();
        QTRY_VERIFY(!QToolTip::isVisible());
        page->textView().goToOffset(expression + 4);
        QTest::keyClicks(&page->textView(), QStringLiteral(" | date("));
        page->textPane().assist().popup().hide();
        shot(window, "signature");
        page->textPane().assist().close();
        page->undo();
        while (page->session().history().index() > 1)
            page->undo();
        page->session().freshSnapshot();
        page->textView().goToOffset(page->session().text().find("id: extract") + 5);
        page->textPane().navigation().rename();
        shot(window, "rename");
        if (QLineEdit *field = page->textPane().navigation().renameField())
            QTest::keyClick(field, Qt::Key_Escape);

        window.openPath(broken);
        app::FlowPage *faulty = window.documents().currentFlow();
        faulty->session().freshSnapshot();
        faulty->textView().goToOffset(faulty->session().text().find("mesage"));
        window.docks().reveal(QStringLiteral("problems"), false);
        QTest::qWait(300); // the sign behind the line
        faulty->textPane().navigation().showFixes();
        shot(window, "problems-fixes");
        if (QWidget *menu = QApplication::activePopupWidget())
            menu->close();

        window.documents().openFile(fixture.project + QStringLiteral("/company.team/files/orders.py"), false);
        fixture.settle();
        shot(window, "script");

        // Two texts, and a text of a program that ended.
        window.documents().show(page);
        QVERIFY(page->change({{{0, 0}, "# mine\n"}}, "edit.paste"));
        std::string disk = editor::readFile(page->filePath()).value();
        disk.replace(disk.find("company.team"), 12, "company.disk");
        QSignalSpy changed(&page->session(), &editor::DocumentSession::fileChangedOnDisk);
        write(page->filePath(), disk);
        page->session().checkDisk();
        QTRY_VERIFY(changed.size() > 0);
        fixture.settle();
        shot(window, "three-way");

        dialog("new-flow", [&] {
            QTimer::singleShot(20, qApp, [] {});
            app::NewFlowDialog made(*fixture.state, *window.project(), QStringLiteral("daily_sales.yaml"), &window);
            made.search().setText(QStringLiteral("switch"));
            made.exec();
        });
        dialog("new-project", [&] { app::NewProjectDialog(*fixture.state, fixture.m_home.path(), &window).exec(); });
        dialog("settings", [&] { window.actions()[QStringLiteral("file.settings")]->trigger(); });
        dialog("about", [&] { window.actions()[QStringLiteral("help.about")]->trigger(); });
        dialog("keys", [&] { window.actions()[QStringLiteral("help.keys")]->trigger(); });
        dialog("unsaved", [&] { window.actions()[QStringLiteral("file.closeTab")]->trigger(); });
        window.openPath(fixture.flowPath(QStringLiteral("measured")));
        app::FlowPage *short_ = window.documents().currentFlow();
        QVERIFY(short_->change({{{0, short_->session().text().size()}, "id: a\nnamespace: b\ntasks:\n- id: x\n  type: io.kestra.plugin.core.log.Log\n  message: hi   \n\n\n\n"}}, "edit.paste"));
        dialog("format", [&] { window.actions()[QStringLiteral("text.format")]->trigger(); });
        window.actions()[QStringLiteral("view.palette")]->trigger();
        QVERIFY(test::shownPalette());
        QTest::keyClicks(test::shownPalette()->findChild<QLineEdit *>(), QStringLiteral("re"));
        shot(window, "palette");
        test::shownPalette()->close();
    }

    void recovery_data() { pictures_data(); }
    void recovery()
    {
        QFETCH(int, theme);
        QFETCH(QString, language);
        test::WindowFixture fixture(app::ThemeChoice(theme), language);
        const QString path = fixture.flowPath(QStringLiteral("region_report"));
        const std::string unsaved = editor::readFile(path).value() + "# not saved\n";
        QDir().mkpath(app::recoveryFolder());
        const QJsonObject head{{QStringLiteral("leat"), 1}, {QStringLiteral("path"), path}, {QStringLiteral("process"), 4'194'305}, // above what Linux gives
                               {QStringLiteral("started"), QStringLiteral("1")}, {QStringLiteral("size"), qint64(unsaved.size())}, {QStringLiteral("when"), QStringLiteral("2026-11-20T09:41:00.000Z")}};
        write(app::recoveryFolder() + QStringLiteral("/0123456789abcdef01234567.swap"), QJsonDocument(head).toJson(QJsonDocument::Compact).toStdString() + "\n" + unsaved);
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        app::DocumentPage *page = window.documents().pageOf(path);
        QVERIFY(page);
        window.documents().show(page);
        fixture.settle();
        shot(window, "recovery");
    }

    /// The factor belongs to a process: this one starts itself anew.
    void twiceAsLarge()
    {
        if (!scale().isEmpty() || !qEnvironmentVariableIsSet("LEAT_LONG"))
            QSKIP("with LEAT_LONG only");
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
        environment.insert(QStringLiteral("LEAT_PICTURE_SCALE"), QStringLiteral("200"));
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("pictures"), QStringLiteral("recovery")});
        QVERIFY(process.waitForFinished(600'000));
        QVERIFY2(process.exitCode() == 0, process.readAll().constData());
    }
};

QTEST_MAIN(TestPanelPictures)
#include "tst_panel_pictures.moc"
