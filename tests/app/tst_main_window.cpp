#include "app/command_palette.h"
#include "app/run/gantt_view.h"
#include "app/run/run_controller.h"
#include "app/run/run_panel.h"
#include "editor/yaml_editor.h"
#include "window_fixture.h"

#include <QAction>
#include <QLineEdit>
#include <QSignalSpy>

/// Counts what is painted anywhere.
class PaintCount : public QObject
{
public:
    int count = 0;
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint;
        return false;
    }
};

/// The window as a person uses it: keys in, text, graph and files out.
class TestMainWindow : public QObject
{
    Q_OBJECT

private:
    static void press(QWidget &window, const char *keys)
    {
        const QKeySequence sequence(QLatin1String{keys});
        QWidget *target = QApplication::focusWidget() ? QApplication::focusWidget() : &window;
        QTest::keySequence(target, sequence);
    }

private slots:
    void everyActionOfTheMenusHasWordsAndAWay()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        QSet<QString> ids;
        QMap<QString, QString> keys;
        for (const app::Actions::Entry &entry : window.actions().entries()) {
            QVERIFY2(!entry.action->text().isEmpty(), qPrintable(entry.id));
            QVERIFY2(!ids.contains(entry.id), qPrintable(entry.id));
            ids.insert(entry.id);
            if (entry.action->shortcutContext() == Qt::WidgetShortcut)
                continue;
            for (const QKeySequence &key : entry.action->shortcuts()) {
                QVERIFY2(!keys.contains(key.toString()), qPrintable(entry.id + QStringLiteral(" and ") + keys.value(key.toString())));
                keys.insert(key.toString(), entry.id);
            }
        }
    }

    void windowLeftAlonePaintsNothing()
    {
        test::WindowFixture fixture;
        fixture.open(QStringLiteral("daily_sales"));
        PaintCount painted;
        qApp->installEventFilter(&painted);
        const auto roundsWithPaint = [&painted] {
            int rounds = 0;
            for (int i = 0; i < 50; ++i) {
                painted.count = 0;
                QCoreApplication::processEvents();
                QCoreApplication::sendPostedEvents();
                rounds += painted.count > 0;
            }
            return rounds;
        };
        roundsWithPaint(); // what opening left behind
        QVERIFY2(roundsWithPaint() < 5, "only the caret may blink");
    }

    void paletteJumpsToATaskByKeyboardAlone()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        window.actions()[QStringLiteral("flow.goToTask")]->trigger();
        QVERIFY(test::shownPalette());
        auto *field = test::shownPalette()->findChild<QLineEdit *>();
        QTest::keyClicks(field, QStringLiteral("repo"));
        QCOMPARE(test::shownPalette()->shownEntries(), 1);
        QTest::keyClick(field, Qt::Key_Return);
        app::FlowPage *page = window.documents().currentFlow();
        QTRY_COMPARE(page->currentTask(), std::string("tasks[4]"));
        QCOMPARE(page->canvas().selected(), QStringList{QStringLiteral("tasks[4]")});
    }

    void canvasFollowsTypingAndUndoGivesTheBytesBack()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("region_report"));
        app::FlowPage *page = window.documents().currentFlow();
        const std::string before = page->session().text();
        const std::size_t nodes = page->session().freshSnapshot().flow->taskCount();
        page->goToLine(24, 1);
        page->canvas().addType(QStringLiteral("io.kestra.plugin.core.log.Log"));
        QCOMPARE(page->session().freshSnapshot().flow->taskCount(), nodes + 1);
        QVERIFY(page->isModified());
        window.actions()[QStringLiteral("edit.undo")]->trigger();
        QCOMPARE(page->session().text(), before);
        QVERIFY(!page->isModified());
    }

    void savedLayoutAndTabsComeBack()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        window.openPath(fixture.flowPath(QStringLiteral("warehouse_dag")));
        window.docks().dock(QStringLiteral("palette"))->hide();
        QVERIFY(window.close());
        app::MainWindow &again = fixture.open();
        again.openPath(fixture.project);
        fixture.settle();
        QVERIFY(again.docks().dock(QStringLiteral("palette"))->isHidden());
        QVERIFY(!again.docks().dock(QStringLiteral("files"))->isHidden());
        QCOMPARE(again.documents().current()->title(), QStringLiteral("warehouse_dag.yaml"));
    }

    void everyExampleRunsToItsEnd_data()
    {
        QTest::addColumn<QString>("state");
        for (const char *id : {"daily_sales", "region_report", "regional_fanout", "flaky_partner", "warehouse_dag", "every_input", "month_end_close"})
            QTest::newRow(id) << QStringLiteral("SUCCESS");
        QTest::newRow("quality_gate") << QStringLiteral("FAILED");
    }
    void everyExampleRunsToItsEnd()
    {
        QFETCH(QString, state);
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QString::fromLatin1(QTest::currentDataTag()));
        const QString id = window.runs().start(window.documents().currentFlow(), {});
        QVERIFY(!id.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 60'000);
        const app::RunRecord *record = window.runs().shown();
        const engine::TaskRun *failed = record->failedRun();
        QVERIFY2(record->state() == state, qPrintable(record->state() + QLatin1Char(' ') + (failed ? QString::fromStdString(failed->taskId) : QString())
                                                      + QLatin1Char(' ') + record->firstError(engine::kNoRun)));
        QVERIFY(!window.runs().runPanel()->gantt().rows().empty());
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
