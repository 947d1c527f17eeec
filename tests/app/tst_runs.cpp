#include "app/document_area.h"
#include "app/flow_page.h"
#include "app/run/history_model.h"
#include "app/run/history_panel.h"
#include "app/run/run_controller.h"
#include "app/run/run_dialog.h"
#include "app/run/run_panel.h"
#include "ui/banner.h"
#include "window_fixture.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

/// Runs in the window: what is shown of one while it goes on, and how it goes on.
class RunsTest : public QObject
{
    Q_OBJECT

    static constexpr const char *kApproval = R"(id: approval
namespace: company.team
tasks:
  - id: before
    type: io.kestra.plugin.core.log.Log
    message: before
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
    onResume:
      - id: reason
        type: STRING
  - id: after
    type: io.kestra.plugin.core.debug.Return
    format: "{{ outputs.wait.onResume.reason }}"
)";

    static void write(const QString &path, const char *text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static void press(QWidget &widget, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        widget.activateWindow();
        QTest::keyClick(&widget, key, modifiers);
    }
    static QPushButton *resumeButton(app::RunPanel &panel)
    {
        for (QPushButton *button : panel.findChildren<QPushButton *>())
            if (button->isVisible() && (button->text() == QLatin1String("Resume") || button->text() == QLatin1String("Take up again")))
                return button;
        return nullptr;
    }
    /// Opens the flow and runs it until it waits.
    static app::MainWindow &paused(test::WindowFixture &fixture)
    {
        write(fixture.flowPath(QStringLiteral("approval")), kApproval);
        app::MainWindow &window = fixture.open(QStringLiteral("approval"));
        window.runs().run(window.documents().currentFlow(), false);
        untilPaused(window);
        return window;
    }
    static void untilPaused(app::MainWindow &window)
    {
        QTRY_VERIFY_WITH_TIMEOUT(window.runs().shown() && window.runs().shown()->state() == QLatin1String("PAUSED"), 30'000);
    }
    /// F5, then the dialog filled in by keys.
    static void resumeByKeys(app::MainWindow &window, const QString &reason)
    {
        QTimer::singleShot(0, &window, [reason] {
            auto *dialog = qobject_cast<app::RunDialog *>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            QCOMPARE(dialog->windowTitle(), QStringLiteral("Resume approval"));
            QTest::keyClicks(dialog->focusWidget(), reason);
            QTest::keyClick(dialog->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
            if (dialog->isVisible()) {
                dialog->reject();
                QFAIL("the dialog stayed open");
            }
        });
        press(window, Qt::Key_F5);
    }
    static QString outputOf(const app::RunRecord &record, std::string_view task)
    {
        for (const engine::TaskRun &run : record.execution().taskRuns)
            if (run.taskId == task)
                if (const flow::Value *value = run.outputs.find("value"))
                    return QString::fromStdString(value->text());
        return {};
    }

private slots:
    void aReadingHoldsWhatWasToldAndNoMore()
    {
        test::WindowFixture fixture;
        app::EngineHost host(*fixture.state);
        QSignalSpy told(&host, &app::EngineHost::changed);
        engine::StartRequest request;
        request.flowText = std::make_shared<const std::string>(kApproval);
        const auto id = host.start(request);
        QVERIFY(id);
        std::optional<app::RunReading> reading;
        do {
            auto read = host.read(QString::fromStdString(*id));
            QVERIFY(read);
            reading = std::move(*read);
        } while (reading->execution.state != engine::State::Paused);
        const app::RunRecord asRead(*reading);
        QTRY_VERIFY(!told.isEmpty() && told.last()[1].toULongLong() + told.last()[0].value<std::vector<engine::ExecutionChange>>().size() >= reading->changes);

        engine::Execution added; // by the changes alone
        std::vector<engine::LogEntry> lines;
        quint64 number = 0;
        for (const QList<QVariant> &signal : told)
            for (const engine::ExecutionChange &change : signal[0].value<std::vector<engine::ExecutionChange>>()) {
                if (number++ >= reading->changes)
                    continue;
                engine::apply(added, change);
                lines.insert(lines.end(), change.logs.begin(), change.logs.end());
            }
        QCOMPARE(asRead.logs().size(), lines.size());
        QCOMPARE(asRead.execution().history.size(), added.history.size());
        QCOMPARE(asRead.execution().taskRuns.size(), added.taskRuns.size());
        for (std::size_t i = 0; i < added.taskRuns.size(); ++i)
            QCOMPARE(asRead.execution().taskRuns[i].history.size(), added.taskRuns[i].history.size());
    }

    void aPausedRunGoesOnWithWhatItAsksFor()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = paused(fixture);
        QVERIFY(resumeButton(*window.runs().runPanel()));
        resumeByKeys(window, QStringLiteral("agreed"));
        QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 30'000);
        QCOMPARE(window.runs().shown()->state(), QStringLiteral("SUCCESS"));
        QCOMPARE(outputOf(*window.runs().shown(), "after"), QStringLiteral("agreed"));
        QVERIFY(!resumeButton(*window.runs().runPanel()));
        int lines = 0;
        for (const engine::LogEntry &line : window.runs().shown()->logs())
            lines += line.message == "before";
        QCOMPARE(lines, 1);
    }

    void aRunThatDiedWithItsWindowIsTakenUpAgain()
    {
        test::WindowFixture fixture;
        const QString id = paused(fixture).runs().shown()->id();
        app::MainWindow &window = fixture.open(QStringLiteral("approval"));
        app::HistoryModel &history = window.runs().historyPanel()->model();
        QTRY_VERIFY(history.rowOf(id) >= 0);
        QCOMPARE(history.index(history.rowOf(id)).data(app::HistoryModel::StateRole).toString(), QStringLiteral("INTERRUPTED"));
        window.runs().show(id);
        emit window.runs().panelWanted();
        QPushButton *button = resumeButton(*window.runs().runPanel());
        QVERIFY(button);
        QTest::mouseClick(button, Qt::LeftButton);
        untilPaused(window);
        resumeByKeys(window, QStringLiteral("late"));
        QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 30'000);
        QCOMPARE(window.runs().shown()->state(), QStringLiteral("SUCCESS"));
        QCOMPARE(outputOf(*window.runs().shown(), "after"), QStringLiteral("late"));
    }

    void whatKeepsRunsFromGoingOnIsSaidWhileItLasts()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = paused(fixture);
        auto *banner = window.runs().runPanel()->findChild<ui::Banner *>();
        QVERIFY(!banner->isVisible());
        emit window.runs().host().faulted({engine::ErrorCode::StoreFull, {}, "executions.db"});
        QVERIFY(banner->isVisible());
        QVERIFY(banner->title().contains(QLatin1String("disk is full")));
        emit window.runs().host().recovered();
        QVERIFY(!banner->isVisible());
    }
};

QTEST_MAIN(RunsTest)
#include "tst_runs.moc"
