#include "app/command_palette.h"
#include "app/files_panel.h"
#include "app/project/new_flow_dialog.h"
#include "app/project/new_project_dialog.h"
#include "app/project/project_tools.h"
#include "app/project_model.h"
#include "app/run/metrics_view.h"
#include "app/run/run_controller.h"
#include "app/run/run_panel.h"
#include "app/text_page.h"
#include "editor/editor_pane.h"
#include "editor/file_io.h"
#include "ui/banner.h"
#include "window_fixture.h"

#include <QStyledItemDelegate>
#include <QDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTreeView>

using namespace app;

/// A project by way of its window: the tree, the wizards, the palette, large and foreign files, metrics.
class ProjectWindowTest : public QObject
{
    Q_OBJECT

private:
    /// Does something in the dialog that the next event brings up, and leaves it.
    template <typename Dialog, typename Act> static void meet(bool &seen, Act act)
    {
        test::meet<Dialog>(seen, [act](Dialog &dialog) {
            act(dialog);
            if (dialog.isVisible())
                dialog.reject();
        });
    }
    static QModelIndex fileIn(QTreeView &tree, const QString &name)
    {
        const QModelIndexList found = tree.model()->match(tree.model()->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchRecursive);
        return found.value(0);
    }
    static QTreeView &treeOf(MainWindow &window) { return *window.docks().panel(QStringLiteral("files"))->findChild<QTreeView *>(); }
    static ui::Banner *bannerOf(DocumentPage *page) { return page->findChild<ui::Banner *>(QString(), Qt::FindDirectChildrenOnly); }

private slots:
    void largeFilesAreLookedAtOnly_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("a flow") << QStringLiteral("big.yaml");
        QTest::newRow("a script") << QStringLiteral("big.py");
    }
    void largeFilesAreLookedAtOnly()
    {
        QFETCH(QString, name);
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        const QString path = fixture.project + QStringLiteral("/company.team/flows/") + name;
        std::string text = "id: big\nnamespace: company.team\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n";
        const std::string line = "# " + std::string(98, 'x') + "\n";
        while (text.size() <= std::size_t(editor::DocumentSession::kLargeFile))
            text += line;
        QVERIFY(editor::writeFile(path, text));
        DocumentPage *page = window.documents().openFile(path, name.endsWith(QLatin1String(".yaml")));
        QVERIFY(page);
        QVERIFY(bannerOf(page)->isVisible());
        QVERIFY2(bannerOf(page)->title().contains(QStringLiteral("large")), qPrintable(bannerOf(page)->title()));
        editor::YamlEditor &view = page->editorPane()->view();
        QVERIFY(view.shownText().starts_with("id: big\n"));
        QTest::keyClicks(&view, QStringLiteral("abc"));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(page->documentSession()->text().size(), text.size());
        QVERIFY(!page->isModified());
        for (const char *id : {"text.comment", "text.replace", "text.delete"})
            QVERIFY2(!window.actions()[QLatin1String(id)]->isEnabled(), id);
        QVERIFY(window.actions()[QStringLiteral("text.find")]->isEnabled());
    }

    void hugeFilesAreNotRead()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        const QString path = fixture.project + QStringLiteral("/company.team/files/huge.csv");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(TextPage::kShownLimit + 1)); // takes no room on the disk
        file.close();
        DocumentPage *page = window.documents().openFile(path, false);
        QVERIFY(page);
        QVERIFY(bannerOf(page)->isVisible());
        QVERIFY(!page->editorPane()->isVisible());
        QVERIFY(!page->save(false));
    }

    void aProjectIsMadeWithTheKeysAlone()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        bool seen = false;
        meet<NewProjectDialog>(seen, [](NewProjectDialog &dialog) {
            dialog.name().setFocus();
            dialog.name().selectAll();
            QTest::keyClicks(&dialog.name(), QStringLiteral("of_my_own"));
            QTest::keyClick(&dialog.name(), Qt::Key_Return);
        });
        window.actions()[QStringLiteral("file.newProject")]->trigger();
        QVERIFY(seen);
        QCOMPARE(window.project()->folder(), fixture.m_home.filePath(QStringLiteral("of_my_own")));
        QCOMPARE(window.project()->flows().size(), std::size_t(1));
    }

    void aFlowIsMadeWithTheKeysAlone()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        bool seen = false;
        meet<NewFlowDialog>(seen, [](NewFlowDialog &dialog) {
            QTest::keyClicks(&dialog.search(), QStringLiteral("switch region"));
            QTest::keyClick(&dialog.search(), Qt::Key_Return);
        });
        window.actions()[QStringLiteral("file.newFromBlueprint")]->trigger();
        QVERIFY(seen);
        QCOMPARE(window.documents().currentFlow()->filePath(), fixture.flowPath(QStringLiteral("switch_cases")));
        QVERIFY(window.project()->findFlow(QStringLiteral("company.team"), QStringLiteral("switch_cases")));
        QVERIFY(window.documents().currentFlow()->session().freshSnapshot().diagnostics.empty());
        seen = false;
        meet<NewFlowDialog>(seen, [](NewFlowDialog &dialog) { QTest::keyClick(&dialog, Qt::Key_Escape); });
        window.actions()[QStringLiteral("file.newFromBlueprint")]->trigger();
        QVERIFY(seen);
        QCOMPARE(window.documents().pages().size(), qsizetype(2));
    }

    void aFileIsRenamedAndDeletedInTheTree()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        const QString caller = fixture.flowPath(QStringLiteral("caller"));
        QVERIFY(editor::writeFile(caller, "id: caller\nnamespace: company.team\ntasks:\n  - id: call\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: company.team\n    flowId: region_report\n"));
        const_cast<Project *>(window.project())->refresh();
        QTreeView &tree = treeOf(window);
        tree.setFocus();
        tree.setCurrentIndex(fileIn(tree, QStringLiteral("region_report.yaml")));
        bool seen = false;
        meet<QDialog>(seen, [](QDialog &dialog) {
            auto *field = dialog.findChild<QLineEdit *>();
            field->setText(QStringLiteral("a/b.yaml"));
            QVERIFY(!dialog.findChildren<QPushButton *>().front()->isEnabled());
            field->setText(QStringLiteral("by_region.yaml"));
            QTest::keyClick(field, Qt::Key_Return);
        });
        QTest::keyClick(&tree, Qt::Key_F2);
        QVERIFY(seen);
        QVERIFY(QFileInfo::exists(fixture.flowPath(QStringLiteral("by_region"))));
        QVERIFY(editor::readFile(fixture.flowPath(QStringLiteral("by_region"))).value().find("id: by_region") != std::string::npos);
        QVERIFY(editor::readFile(caller).value().find("flowId: by_region") != std::string::npos);

        QVERIFY(tree.currentIndex().data().toString() == QLatin1String("by_region.yaml"));
        for (const bool deleted : {false, true}) {
            seen = false;
            meet<QMessageBox>(seen, [deleted](QMessageBox &box) {
                QVERIFY2(box.informativeText().contains(QStringLiteral("company.team.caller")), qPrintable(box.informativeText()));
                if (!deleted) {
                    QTest::keyClick(&box, Qt::Key_Return); // what Enter does is safe
                    return;
                }
                for (QAbstractButton *button : box.buttons())
                    if (box.buttonRole(button) == QMessageBox::DestructiveRole)
                        button->click();
            });
            QApplication::setActiveWindow(&window); // what a desktop does
            tree.setFocus();
            QTest::keyClick(&tree, Qt::Key_Delete);
            QVERIFY(seen);
            QCOMPARE(QFileInfo::exists(fixture.flowPath(QStringLiteral("by_region"))), !deleted);
        }
    }

    void namesAreReadableInANarrowTree()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        QVERIFY(editor::writeFile(fixture.flowPath(QStringLiteral("a_flow_with_a_rather_long_name")), "id: a_flow_with_a_rather_long_name\nnamespace: company.team\ntasks: []\n"));
        const_cast<Project *>(window.project())->refresh();
        window.resizeDocks({window.docks().dock(QStringLiteral("files"))}, {200}, Qt::Horizontal);
        fixture.settle();
        QTreeView &tree = treeOf(window);
        struct Shown : QStyledItemDelegate
        {
            using QStyledItemDelegate::initStyleOption;
        };
        int whole = 0;
        for (QModelIndex index = tree.indexAt(QPoint(4, 4)); index.isValid(); index = tree.indexBelow(index)) {
            QStyleOptionViewItem option;
            option.initFrom(&tree);
            option.rect = tree.visualRect(index);
            option.decorationSize = tree.iconSize();
            option.font = tree.font();
            option.fontMetrics = QFontMetrics(option.font);
            (static_cast<QStyledItemDelegate *>(tree.itemDelegate())->*&Shown::initStyleOption)(&option, index);
            QVERIFY2(option.fontMetrics.horizontalAdvance(option.text) <= option.rect.width() - 16, qPrintable(option.text));
            const QString name = index.data().toString();
            QVERIFY2(index.data(Qt::ToolTipRole).toString().endsWith(name), qPrintable(name));
            if (name == QLatin1String("a_flow_with_a_rather_long_name.yaml"))
                QVERIFY2(option.text.startsWith(QStringLiteral("a_flow")) && option.text.endsWith(QStringLiteral("name")), qPrintable(option.text));
            whole += option.text == name || name == option.text + QStringLiteral(".yaml");
        }
        QVERIFY2(whole > 8, qPrintable(QString::number(whole)));
    }

    /// Files, tasks, commands and lines by one field.
    void thePaletteGoesToAnything_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("line");
        QTest::newRow("a file") << QStringLiteral("quality_g") << QStringLiteral("quality_gate.yaml") << QString();
        QTest::newRow("a task") << QStringLiteral("@enough") << QStringLiteral("daily_sales.yaml") << QStringLiteral("  - id: enough_orders");
        QTest::newRow("a line") << QStringLiteral(":2") << QStringLiteral("daily_sales.yaml") << QString();
        QTest::newRow("a command") << QStringLiteral(">New flow") << QStringLiteral("new_flow.yaml") << QString();
    }
    void thePaletteGoesToAnything()
    {
        QFETCH(QString, typed);
        QFETCH(QString, title);
        QFETCH(QString, line);
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        window.documents().currentFlow()->textView().setFocus();
        window.actions()[typed.startsWith(QLatin1Char('q')) ? QStringLiteral("view.goToFile") : QStringLiteral("view.palette")]->trigger();
        QVERIFY(test::shownPalette());
        auto *field = test::shownPalette()->findChild<QLineEdit *>();
        QTest::keyClicks(field, typed);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(!test::shownPalette());
        QTRY_VERIFY(window.documents().currentFlow());
        if (!typed.startsWith(QLatin1Char('>')))
            QTRY_COMPARE(window.documents().currentFlow()->title(), title);
        else
            QTRY_COMPARE(window.documents().pages().size(), qsizetype(2));
        if (!line.isEmpty()) {
            FlowPage *page = window.documents().currentFlow();
            const auto lineOfCaret = [page] {
                const std::string text = page->session().text();
                const std::size_t begin = text.rfind('\n', page->textView().caretOffset()) + 1;
                return QString::fromStdString(text.substr(begin, text.find('\n', begin) - begin));
            };
            QTRY_COMPARE(lineOfCaret(), line);
        }
    }

    void metricsOfARunAreShown()
    {
        test::WindowFixture fixture;
        QVERIFY(editor::writeFile(fixture.flowPath(QStringLiteral("measured")),
                                  "id: measured\nnamespace: company.team\ntasks:\n  - id: publish\n    type: io.kestra.plugin.core.metric.Publish\n    metrics:\n"
                                  "      - type: counter\n        name: rows\n        value: 42\n        tags:\n          region: eu\n"
                                  "      - type: timer\n        name: took\n        value: PT1.5S\n"));
        MainWindow &window = fixture.open(QStringLiteral("measured"));
        QVERIFY(!window.runs().start(window.documents().currentFlow(), {}).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 30'000);
        auto *panel = static_cast<RunPanel *>(window.docks().panel(QStringLiteral("runs")));
        QTRY_COMPARE(panel->metrics().rows(), 2);
        auto *table = panel->metrics().findChild<QTableView *>();
        QAbstractItemModel &model = *table->model();
        const auto row = [&](int number) {
            QStringList cells;
            for (int column = 0; column < model.columnCount() - 1; ++column) // the time is of today
                cells << model.index(number, column).data().toString();
            return cells.join(QLatin1Char('|'));
        };
        QCOMPARE(row(0), QStringLiteral("publish|rows|counter|42|region=eu"));
        QVERIFY2(row(1).startsWith(QStringLiteral("publish|took|timer|1")), qPrintable(row(1)));
        table->sortByColumn(3, Qt::AscendingOrder);
        QVERIFY(row(0).contains(QStringLiteral("took")) || model.index(0, 3).data().toDouble() <= model.index(1, 3).data().toDouble());
        QVERIFY(!table->accessibleName().isEmpty());
    }
};

QTEST_MAIN(ProjectWindowTest)
#include "tst_project_window.moc"
