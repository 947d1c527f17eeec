#include "app/files_panel.h"
#include "app/project/diff_dialog.h"
#include "app/project/docs_panel.h"
#include "app/project/new_flow_dialog.h"
#include "app/project/new_project_dialog.h"
#include "app/project/project_tools.h"
#include "app/project/search_panel.h"
#include "app/project/steps_panel.h"
#include "app/project/text_diff.h"
#include "app/run/run_controller.h"
#include "app/text_page.h"
#include "editor/editor_pane.h"
#include "editor/file_io.h"
#include "window_fixture.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QProcess>
#include <QPushButton>
#include <QTextBrowser>

using namespace app;

/// What the window offers beyond one text: values of runs, search, blueprints, histories, wizards.
class ProjectTest : public QObject
{
    Q_OBJECT

private slots:
    void valuesOfTheLastRunAreShownAndOffered()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        FlowPage *page = window.documents().currentFlow();
        const std::size_t rows = page->session().text().find("rows }} orders");
        QVERIFY(!page->textPane().navigation().hoverText(rows).contains(QStringLiteral("<pre")));
        QVERIFY(!window.runs().start(page, {}).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 60'000);
        const QString shown = page->textPane().navigation().hoverText(rows);
        QVERIFY2(shown.contains(QStringLiteral("number, run of Today")), qPrintable(shown));
        page->textView().goToOffset(rows);
        page->textPane().assist().complete();
        QCOMPARE(page->textPane().assist().popup().current()->label, std::string("rows"));
        page->textPane().assist().close();
    }

    void valuesOfAFixtureTakeTheirPlace()
    {
        test::WindowFixture fixture;
        const QString tests = fixture.project + QStringLiteral("/company.team/tests/daily_sales.yaml");
        QVERIFY(editor::writeFile(tests, "id: daily_sales_test\nflowId: daily_sales\nnamespace: company.team\ntestCases:\n  - id: rainy\n    fixtures:\n"
                                         "      inputs:\n        day: 2026-01-01\n      tasks:\n        - id: extract\n          outputs:\n            vars:\n              rows: 7\n"));
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        FlowPage *page = window.documents().currentFlow();
        QMenu menu;
        window.tools().fillValuesMenu(&menu);
        QCOMPARE(menu.actions().size(), qsizetype(3)); // the last run, a line, the case
        menu.actions().last()->trigger();
        const QString shown = page->textPane().navigation().hoverText(page->session().text().find("rows }} orders"));
        QVERIFY2(shown.contains(QStringLiteral(">7<")) && shown.contains(QStringLiteral("daily_sales_test, rainy")), qPrintable(shown));
        window.tools().fillValuesMenu(&menu);
        menu.actions().first()->trigger();
        QVERIFY(!page->textPane().navigation().hoverText(page->session().text().find("rows }} orders")).contains(QStringLiteral("<pre")));
    }

    void valuesSurviveARestart()
    {
        test::WindowFixture fixture;
        {
            MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
            window.runs().start(window.documents().currentFlow(), {});
            QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 60'000);
            fixture.window.reset();
        }
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        FlowPage *page = window.documents().currentFlow();
        const std::size_t rows = page->session().text().find("rows }} orders");
        QTRY_VERIFY(page->textPane().navigation().hoverText(rows).contains(QStringLiteral("<pre")));
    }

    void searchFindsAndReplacesInTickedFilesOnly()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        SearchPanel &search = window.tools().search();
        QSignalSpy done(&search, &SearchPanel::searched);
        // an open document counts as it stands
        FlowPage *page = window.documents().currentFlow();
        QVERIFY(page->change({{{0, 0}, "# needle one\n"}}, "edit.paste"));
        const QString script = fixture.project + QStringLiteral("/company.team/files/notes.txt");
        const QString other = fixture.project + QStringLiteral("/company.team/files/more.txt");
        QVERIFY(editor::writeFile(script, "a needle\nneedles and needle\n"));
        QVERIFY(editor::writeFile(other, "needle\n"));
        window.openPath(fixture.project);
        QTRY_VERIFY(window.project()->root().children.size() > 0);
        const_cast<Project *>(window.project())->refresh();
        search.query().setText(QStringLiteral("needle"));
        QVERIFY(done.wait());
        QCOMPARE(search.model().hits(), 5);
        QCOMPARE(search.model().rowCount(), 3);
        for (int row = 0; row < 3; ++row) // this one stays
            if (search.model().pathAt(search.model().index(row, 0)) == other)
                QVERIFY(search.model().setData(search.model().index(row, 0), Qt::Unchecked, Qt::CheckStateRole));
        search.replacement().setText(QStringLiteral("pin"));
        QCOMPARE(search.replaceTicked(), 4);
        QCOMPARE(editor::readFile(script).value(), std::string("a pin\npins and pin\n"));
        QCOMPARE(editor::readFile(other).value(), std::string("needle\n"));
        QVERIFY(page->session().text().starts_with("# pin one\n"));
        QVERIFY(editor::readFile(page->filePath()).value().find("pin one") == std::string::npos); // not saved: it is a step
        page->undo();
        QVERIFY(page->session().text().starts_with("# needle one\n"));
    }

    void aWrongExpressionIsSaid()
    {
        SearchOrder order{QStringLiteral("a(b"), {false, false, true}, {}, {{QStringLiteral("x"), "a(b"}}};
        order.files = QStringList{QStringLiteral("x")};
        QVERIFY(searchFiles(order, false).empty());
        order.options.regularExpression = false;
        const std::vector<FileHits> found = searchFiles(order, false);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].hits[0].line, 1);
        const auto changes = replacementsIn("key: abc\nkey: abd\n", QStringLiteral("ab(.)"), QStringLiteral("x\\1"), {true, false, true});
        QVERIFY(changes);
        QCOMPARE(flow::Edit::make({}, "key: abc\nkey: abd\n", *changes)->applyTo("key: abc\nkey: abd\n"), std::string("key: xc\nkey: xd\n"));
    }

    void stepsAreNamedAndOutliveTheWindow()
    {
        test::WindowFixture fixture;
        {
            MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
            FlowPage *page = window.documents().currentFlow();
            page->textView().goToOffset(page->session().freshSnapshot().flow->findById("enough_orders")->idRange.begin);
            QTest::keyClick(&page->textView(), Qt::Key_Home);
            page->textView().goToOffset(page->session().text().find("- id: enough_orders"));
            page->textView().moveDown();
            auto *steps = window.tools().steps().findChild<QListView *>();
            QCOMPARE(steps->model()->rowCount(), 2);
            const QString name = steps->model()->index(1, 0).data().toString();
            QVERIFY2(name.startsWith(QStringLiteral("Move enough_orders after ")), qPrintable(name));
            QVERIFY(window.documents().save(page));
            fixture.window.reset();
        }
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        FlowPage *page = window.documents().currentFlow();
        auto *steps = window.tools().steps().findChild<QListView *>();
        QCOMPARE(steps->model()->rowCount(), 2);
        const std::string moved = page->session().text();
        steps->clicked(steps->model()->index(0, 0));
        QVERIFY(page->session().text() != moved);
        QVERIFY(page->isModified());
        steps->clicked(steps->model()->index(1, 0));
        QCOMPARE(page->session().text(), moved);
    }

    void aProjectIsMadeByTheWizard()
    {
        test::WindowFixture fixture;
        NewProjectDialog dialog(*fixture.state, fixture.m_home.path(), nullptr);
        dialog.name().setText(QString());
        QVERIFY(!dialog.createButton().isEnabled());
        dialog.name().setText(QStringLiteral("examples")); // there, and not empty
        QVERIFY(!dialog.createButton().isEnabled());
        dialog.name().setText(QStringLiteral("mine"));
        QVERIFY(dialog.createButton().isEnabled());
        const NewProject wanted = dialog.project();
        QCOMPARE(createProject(wanted), QString());
        QVERIFY(QFileInfo(wanted.folder + QStringLiteral("/.git")).isDir());
        Project project(wanted.folder);
        QCOMPARE(project.flows().size(), std::size_t(1));
        QCOMPARE(project.flows()[0].id, QStringLiteral("hello"));
        QCOMPARE(project.flows()[0].namespaceId, QStringLiteral("company.team"));
    }

    void aFlowIsMadeFromABlueprint()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        NewFlowDialog dialog(*fixture.state, *window.project(), QStringLiteral("daily_sales.yaml"), &window);
        dialog.show();
        QCOMPARE(dialog.flowId(), QStringLiteral("new_flow"));
        QTest::keyClicks(&dialog.search(), QStringLiteral("switch region"));
        QCOMPARE(dialog.chosen().id, QStringLiteral("switch_cases"));
        QCOMPARE(dialog.flowId(), QStringLiteral("switch_cases"));
        QTRY_VERIFY(dialog.preview().flowScene().graph().nodes.size() > 3);
        QVERIFY(dialog.createButton().isEnabled());
        dialog.findChild<QComboBox *>()->setEditText(QStringLiteral("Not Good"));
        QVERIFY(!dialog.createButton().isEnabled());
        dialog.findChild<QComboBox *>()->setEditText(QStringLiteral("company.team"));
        QCOMPARE(dialog.filePath(), fixture.project + QStringLiteral("/company.team/flows/switch_cases.yaml"));
        dialog.search().setText(QStringLiteral("nothing has these words"));
        QCOMPARE(dialog.list().model()->rowCount(), 0);
    }

    void renamingAFlowTakesItsReferencesAlong()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        const QString folder = fixture.project + QStringLiteral("/company.team/flows/");
        const std::string caller = "id: caller\nnamespace: company.team\ntasks:\n  - id: call # keep\n    type: io.kestra.plugin.core.flow.Subflow\n"
                                   "    namespace: company.team\n    flowId: daily_sales\n";
        QVERIFY(editor::writeFile(folder + QStringLiteral("caller.yaml"), caller));
        const_cast<Project *>(window.project())->refresh();
        QVERIFY(window.tools().deletionWarning(folder + QStringLiteral("daily_sales.yaml")).contains(QStringLiteral("company.team.caller")));
        QVERIFY(window.tools().deletionWarning(folder + QStringLiteral("caller.yaml")).isEmpty());
        FlowPage *page = window.documents().currentFlow();
        QVERIFY(window.tools().renameFile(folder + QStringLiteral("daily_sales.yaml"), folder + QStringLiteral("sales.yaml"), true));
        QCOMPARE(page->filePath(), folder + QStringLiteral("sales.yaml"));
        QVERIFY(!page->isModified());
        QVERIFY(editor::readFile(folder + QStringLiteral("sales.yaml")).value().find("\nid: sales\n") != std::string::npos);
        std::string wanted = caller;
        wanted.replace(wanted.find("daily_sales"), 11, "sales");
        QCOMPARE(editor::readFile(folder + QStringLiteral("caller.yaml")).value(), wanted);
    }

    void otherFilesOpenWithTheirLanguage()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        const QString folder = fixture.project + QStringLiteral("/company.team/files/");
        QVERIFY(editor::writeFile(folder + QStringLiteral("a.py"), "def f():\n    return 1\n"));
        QVERIFY(editor::writeFile(folder + QStringLiteral("b.bin"), std::string("a\0b", 3)));
        auto *script = qobject_cast<TextPage *>(window.documents().openFile(folder + QStringLiteral("a.py"), false));
        QVERIFY(script);
        editor::YamlEditor &text = script->editorPane()->view();
        text.SendScintilla(QsciScintillaBase::SCI_COLOURISE, 0, -1);
        QCOMPARE(int(text.SendScintilla(QsciScintillaBase::SCI_GETSTYLEAT, 0)), int(editor::TokenKind::Keyword));
        QVERIFY(script->documentSession()->snapshot().diagnostics.empty());
        QTest::keyClicks(&text, QStringLiteral("# x "));
        QVERIFY(script->isModified());
        QVERIFY(!script->editorPane()->assist().popup().isVisible());
        QVERIFY(window.documents().save(script));
        QVERIFY(editor::readFile(folder + QStringLiteral("a.py")).value().starts_with("# x def"));
        auto *binary = qobject_cast<TextPage *>(window.documents().openFile(folder + QStringLiteral("b.bin"), false));
        QVERIFY(binary && !binary->isModified());
        QVERIFY(!binary->save(false));
    }

    void linesSayWhoWroteThem()
    {
        test::WindowFixture fixture;
        const auto git = [&](const QStringList &arguments) {
            QProcess process;
            process.setWorkingDirectory(fixture.project);
            process.start(QStringLiteral("git"), QStringList{QStringLiteral("-c"), QStringLiteral("user.name=Mina"), QStringLiteral("-c"), QStringLiteral("user.email=m@x")} + arguments);
            return process.waitForFinished() && process.exitCode() == 0;
        };
        QVERIFY(git({QStringLiteral("init"), QStringLiteral("-q")}));
        QVERIFY(git({QStringLiteral("add"), QStringLiteral(".")}));
        QVERIFY(git({QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("first words")}));
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        FlowPage *page = window.documents().currentFlow();
        window.actions()[QStringLiteral("text.blame")]->setChecked(true);
        QTRY_VERIFY(!page->textView().blame().isEmpty());
        QVERIFY2(page->textView().blame()[0].startsWith(QStringLiteral("Mina, 20")), qPrintable(page->textView().blame()[0]));
        QVERIFY(page->textView().blame()[0].endsWith(QStringLiteral("first words")));
        QVERIFY(page->change({{{0, 0}, "# new\n"}}, "edit.paste"));
        QVERIFY(window.documents().save(page));
        QTRY_COMPARE(page->textView().blame()[0], QStringLiteral("Not committed yet"));
        window.actions()[QStringLiteral("text.compareHead")]->trigger();
        QVERIFY(window.documents().current() != page);
        window.documents().show(page);
        window.actions()[QStringLiteral("text.blame")]->setChecked(false);
        QVERIFY(page->textView().blame().isEmpty());
    }

    void formattingAsksWithADiff()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        FlowPage *page = window.documents().currentFlow();
        const std::string before = "id: a\nnamespace: b\ntasks:\n- id: x\n  type: io.kestra.plugin.core.log.Log\n  message: hi\n";
        QVERIFY(page->change({{{0, page->session().text().size()}, before}}, "edit.paste"));
        for (const bool accepted : {false, true}) {
            QTimer::singleShot(0, this, [accepted] {
                auto *dialog = qobject_cast<DiffDialog *>(QApplication::activeModalWidget());
                QVERIFY(dialog);
                accepted ? dialog->accept() : dialog->reject();
            });
            window.actions()[QStringLiteral("text.format")]->trigger();
            QCOMPARE(page->session().text() == before, !accepted);
        }
        QCOMPARE(page->session().text(), std::string("id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"));
        page->undo();
        QCOMPARE(page->session().text(), before);
    }

    void docsFollowTheCaret()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        window.docks().reveal(QStringLiteral("docs"));
        FlowPage *page = window.documents().currentFlow();
        page->textView().goToOffset(page->session().text().find("core.flow.If"));
        QTRY_COMPARE(window.tools().docs().shownType(), QStringLiteral("io.kestra.plugin.core.flow.If"));
        QVERIFY(window.tools().docs().text().toPlainText().contains(QStringLiteral("condition")));
        window.tools().docs().showType(QStringLiteral("no.such.Type"));
        QVERIFY(window.tools().docs().text().toPlainText().contains(QStringLiteral("no.such.Type")));
    }

    void twoTextsAsADiff()
    {
        const git::FileDiff diff = diffOf("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\nx\n4\n5\n6\n7\n8\n9\nten\n", 1);
        QCOMPARE(diff.hunks.size(), std::size_t(2));
        using git::LineKind;
        QVERIFY(diff.hunks[0].lines == (std::vector<git::DiffLine>{{LineKind::Context, 2, 2, "2"}, {LineKind::Removed, 3, 0, "3"}, {LineKind::Added, 0, 3, "x"}, {LineKind::Context, 4, 4, "4"}}));
        QVERIFY(diff.hunks[1].lines == (std::vector<git::DiffLine>{{LineKind::Context, 9, 9, "9"}, {LineKind::Added, 0, 10, "ten"}}));
        QVERIFY(diffOf("a", "same\n", "same\n").hunks.empty());
    }

    /// Another program changes, or removes, the file of an open document that has changes: what every choice keeps.
    void theDiskUnderAnOpenDocument_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("choice");
        for (const char *change : {"sed", "checkout"})
            for (const char *choice : {"Keep mine", "Take the disk's", "Merge both"})
                QTest::addRow("%s, %s", change, choice) << QString::fromLatin1(change) << QString::fromLatin1(choice);
        QTest::newRow("deletion, Save") << QStringLiteral("rm") << QStringLiteral("Save");
    }
    void theDiskUnderAnOpenDocument()
    {
        QFETCH(QString, change);
        QFETCH(QString, choice);
        test::WindowFixture fixture;
        const auto run = [&](const QString &command) {
            QProcess process;
            process.setWorkingDirectory(fixture.project + QStringLiteral("/company.team/flows"));
            process.start(QStringLiteral("sh"), {QStringLiteral("-c"), command});
            return process.waitForFinished() && process.exitCode() == 0;
        };
        QVERIFY(run(QStringLiteral("git init -q && git config user.name M && git config user.email m@x && git add . && git commit -qm one && "
                                   "git checkout -qb other && sed -i 's/tier: gold/tier: silver/' daily_sales.yaml && git commit -qam two && git checkout -q -")));
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        FlowPage *page = window.documents().currentFlow();
        const std::string base = page->session().text();
        QVERIFY(page->change({{{0, 0}, "# mine\n"}}, "edit.paste"));
        const std::string mine = page->session().text();
        QSignalSpy seen(&page->session(), &editor::DocumentSession::fileChangedOnDisk);
        QVERIFY(run(change == QLatin1String("sed")        ? QStringLiteral("sed -i 's/tier: gold/tier: silver/' daily_sales.yaml")
                    : change == QLatin1String("checkout") ? QStringLiteral("git checkout -q other")
                                                           : QStringLiteral("rm daily_sales.yaml")));
        if (seen.isEmpty())
            QVERIFY(seen.wait());
        QCOMPARE(page->session().text(), mine); // nothing is taken without asking
        QAbstractButton *button = nullptr;
        for (QAbstractButton *one : page->findChildren<QAbstractButton *>())
            if (one->text() == choice && one->isVisible())
                button = one;
        QVERIFY(button);
        button->click();
        std::string disk = base;
        disk.replace(disk.find("tier: gold"), 10, "tier: silver");
        if (choice == QLatin1String("Keep mine")) {
            QCOMPARE(page->session().text(), mine);
            QVERIFY(page->isModified());
            QVERIFY(window.documents().save(page));
            QCOMPARE(editor::readFile(page->filePath()).value(), mine);
        } else if (choice == QLatin1String("Take the disk's")) {
            QCOMPARE(page->session().text(), disk);
            page->undo(); // and still nothing is lost
            QCOMPARE(page->session().text(), mine);
        } else if (choice == QLatin1String("Merge both")) {
            QCOMPARE(page->session().text(), "# mine\n" + disk);
            page->undo();
            QCOMPARE(page->session().text(), mine);
        } else {
            QCOMPARE(editor::readFile(page->filePath()).value(), mine);
        }
    }
};

QTEST_MAIN(ProjectTest)
#include "tst_project.moc"
