#include "app/command_palette.h"
#include "app/outline_model.h"
#include "app/palette_model.h"
#include "app/problems_model.h"
#include "app/project_model.h"
#include "app/run/gantt_rows.h"
#include "app/run/history_model.h"
#include "app/run/input_fields.h"
#include "app/run/log_model.h"
#include "app/run/outputs_model.h"
#include "engine/flow/analysis.h"
#include "resources/embedded.h"
#include "support/fatal_logger.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QTemporaryDir>
#include <QtTest>

namespace {

using Tester = QAbstractItemModelTester;
constexpr auto kMode = Tester::FailureReportingMode::QtTest;

std::shared_ptr<const flow::TaskCatalog> catalog()
{
    static const auto loaded = flow::TaskCatalog::load({std::string(resources::embedded("catalog/core-1.3.json"))}).value();
    return loaded;
}

engine::Time at(int ms)
{
    return engine::Time(std::chrono::milliseconds(1'000'000 + ms));
}

/// `load` failed at its second try, 100 to 400 ms; `report` was not reached.
engine::Execution failedExecution()
{
    engine::Execution execution;
    execution.id = "run1";
    execution.flowId = "etl";
    execution.namespaceId = "team";
    execution.created = at(0);
    execution.state = engine::State::Failed;
    execution.history = {{engine::State::Created, at(0)}, {engine::State::Running, at(5)}, {engine::State::Failed, at(400)}};
    engine::TaskRun run;
    run.taskId = "load";
    run.state = engine::State::Failed;
    run.history = {{engine::State::Created, at(90)}, {engine::State::Running, at(100)}, {engine::State::Failed, at(400)}};
    run.attempts = {{engine::State::Failed, at(100), at(200)}, {engine::State::Failed, at(300), at(400)}};
    flow::Object outputs;
    outputs.set("rows", flow::Value(std::int32_t(3)));
    run.outputs = flow::Value(outputs);
    execution.taskRuns = {run};
    return execution;
}

engine::LogEntry line(engine::Level level, const char *text)
{
    return {0, at(100), level, 0, 0, text, false};
}

constexpr char kFlow[] = "id: etl\nnamespace: team\ntasks:\n"
                         "  - id: load\n    type: io.kestra.plugin.core.debug.Return\n"
                         "  - id: report\n    type: io.kestra.plugin.core.log.Log\n    message: x\n";

} // namespace

class TestModels : public QObject
{
    Q_OBJECT

private:
    test::FatalLogger m_logger;
    ui::Theme m_theme = ui::Theme::load(ui::ThemeName::Light);

private slots:
    void projectFollowsTheDisk()
    {
        QTemporaryDir folder;
        QDir(folder.path()).mkpath(QStringLiteral("team/flows"));
        const auto write = [&](const QString &name, const char *text) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write(QStringLiteral("team/flows/etl.yaml"), kFlow);
        write(QStringLiteral("notes.yaml"), "a: 1\n");
        app::Project project(folder.path());
        app::ProjectModel model(m_theme);
        Tester tester(&model, kMode);
        model.setProject(&project);
        QCOMPARE(project.flows().size(), std::size_t(1));
        QCOMPARE(project.flows().front().id, QStringLiteral("etl"));
        QVERIFY(project.findFlow(QStringLiteral("team"), QStringLiteral("etl")));
        const QPersistentModelIndex etl = model.indexOf(folder.filePath(QStringLiteral("team/flows/etl.yaml")));
        QVERIFY(etl.isValid());
        QVERIFY(etl.data(app::ProjectModel::IsFlowRole).toBool());
        write(QStringLiteral("team/flows/a_new.yaml"), kFlow);
        QFile::remove(folder.filePath(QStringLiteral("notes.yaml")));
        project.refresh();
        QVERIFY(etl.isValid());
        QCOMPARE(etl.row(), 1);
        QCOMPARE(model.rowCount(), 1);
        model.setMarks({{folder.filePath(QStringLiteral("team/flows/etl.yaml")), QStringLiteral("M")}});
        QCOMPARE(etl.data(app::ProjectModel::MarkRole).toString(), QStringLiteral("M"));
    }

    void paletteIsSearchedAndDragged()
    {
        app::PaletteModel model(catalog(), m_theme);
        Tester tester(&model, kMode);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("Flow control"));
        QCOMPARE(model.index(0, 0, model.index(0, 0)).data().toString(), QStringLiteral("Parallel"));
        model.setFilter(QStringLiteral("debug return"));
        QCOMPARE(model.rowCount(), 1);
        const QModelIndex found = model.index(0, 0, model.index(0, 0));
        const std::unique_ptr<QMimeData> data(model.mimeData({found}));
        QCOMPARE(data->data(QLatin1String(app::kTaskTypeMime)), QByteArray("io.kestra.plugin.core.debug.Return"));
        model.setFilter(QStringLiteral("nothing like it"));
        QCOMPARE(model.rowCount(), 0);
    }

    void problemsPutErrorsFirst()
    {
        app::ProblemsModel model(m_theme);
        Tester tester(&model, kMode);
        model.setProblems(QStringLiteral("/a.yaml"), {{flow::Severity::Warning, QStringLiteral("w"), QStringLiteral("c"), QStringLiteral("/a.yaml"), 3, 1, 20}});
        model.setProblems(QStringLiteral("/b.yaml"), {{flow::Severity::Error, QStringLiteral("e"), QStringLiteral("c"), QStringLiteral("/b.yaml"), 1, 2, 1}});
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("e"));
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("b.yaml"));
        QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("1:2"));
        QCOMPARE(model.count(flow::Severity::Warning), 1);
        model.removeFile(QStringLiteral("/b.yaml"));
        QCOMPARE(model.rowCount(), 1);
    }

    void outlineKeepsIndexesWhileTheShapeStays()
    {
        app::OutlineModel model(m_theme);
        Tester tester(&model, kMode);
        model.setFlow(flow::analyse(kFlow, {}, *catalog()).flow);
        const QPersistentModelIndex load = model.indexOfPath(QStringLiteral("tasks[0]"));
        QCOMPARE(load.data().toString(), QStringLiteral("load"));
        std::string renamed = kFlow;
        renamed.replace(renamed.find("id: load"), 8, "id: fetch");
        model.setFlow(flow::analyse(renamed, {}, *catalog()).flow);
        QVERIFY(load.isValid());
        QCOMPARE(load.data().toString(), QStringLiteral("fetch"));
        model.setFlow(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void logIsNarrowedByLevelAndWords()
    {
        app::RunRecord record(app::RunReading{failedExecution(), {}, {}, 0});
        app::LogModel model(m_theme);
        Tester tester(&model, kMode);
        model.setRecord(&record, nullptr);
        engine::ExecutionChange change;
        change.id = "run1";
        change.logs = {line(engine::Level::Info, "12 rows"), line(engine::Level::Error, "boom\nat x"), line(engine::Level::Debug, "pid 7")};
        record.apply(change);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.count(engine::Level::Debug), 1);
        QCOMPARE(model.index(1, app::LogModel::TextColumn).data().toString(), QStringLiteral("boom"));
        QCOMPARE(model.index(1, app::LogModel::TaskColumn).data().toString(), QStringLiteral("load"));
        model.setLevelShown(engine::Level::Debug, true);
        QCOMPARE(model.rowCount(), 3);
        model.setWords(QStringLiteral("ROWS"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(record.firstError(0), QStringLiteral("boom\nat x"));
    }

    void ganttHasAttemptsAndWhatWasNotReached()
    {
        const app::RunRecord record(app::RunReading{failedExecution(), {}, {}, 0});
        const std::vector<app::GanttRow> rows = app::ganttRows(record, flow::analyse(kFlow, {}, *catalog()).flow.get(), 2'000'000);
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[0].title, QStringLiteral("load"));
        QCOMPARE(rows[0].waitBegin, 90);
        QCOMPARE(rows[0].begin, 100);
        QCOMPARE(rows[0].end, 400);
        QCOMPARE(rows[0].pieces.size(), std::size_t(2));
        QCOMPARE(rows[0].pieces[0].state, QStringLiteral("RETRIED"));
        QCOMPARE(rows[0].pieces[1].state, QStringLiteral("FAILED"));
        QCOMPARE(rows[1].reason, QStringLiteral("not started: load FAILED"));
        QCOMPARE(app::axisStep(12'600, 7), 2000);
        QCOMPARE(app::axisStep(90, 5), 20);
    }

    void outputsGiveTheirExpression()
    {
        const engine::Execution execution = failedExecution();
        app::OutputsModel model(m_theme);
        Tester tester(&model, kMode);
        model.show(&execution);
        const QModelIndex rows = model.index(0, 0, model.index(0, 0));
        QCOMPARE(rows.data(app::OutputsModel::ExpressionRole).toString(), QStringLiteral("outputs.load.rows"));
        QCOMPARE(rows.siblingAtColumn(1).data().toString(), QStringLiteral("3"));
        QCOMPARE(rows.siblingAtColumn(2).data().toString(), QStringLiteral("integer"));
    }

    void historyFollowsChanges()
    {
        app::HistoryModel model(m_theme);
        Tester tester(&model, kMode);
        engine::ExecutionChange change;
        change.id = "run1";
        change.created = std::make_shared<engine::ExecutionRecord>(failedExecution());
        model.apply(change);
        change.created = nullptr;
        change.states = {{engine::State::Failed, at(400)}};
        model.apply(change);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0).data(app::HistoryModel::StateRole).toString(), QStringLiteral("FAILED"));
        model.setInterrupted(QStringLiteral("run1"), true);
        QCOMPARE(model.index(0).data(app::HistoryModel::StateRole).toString(), QStringLiteral("INTERRUPTED"));
    }

    void inputsSayWhatIsWrong_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("fine");
        QTest::newRow("whole") << "INT" << "12" << true;
        QTest::newRow("not whole") << "INT" << "1.5" << false;
        QTest::newRow("above the limit") << "INT" << "101" << false;
        QTest::newRow("number") << "FLOAT" << "0.5" << true;
        QTest::newRow("date") << "DATE" << "2026-11-20" << true;
        QTest::newRow("no such day") << "DATE" << "2026-02-30" << false;
        QTest::newRow("duration") << "DURATION" << "PT15M" << true;
        QTest::newRow("no duration") << "DURATION" << "15 min" << false;
        QTest::newRow("json") << "JSON" << "{\"a\": 1}" << true;
        QTest::newRow("no json") << "JSON" << "{a" << false;
        QTest::newRow("expression") << "INT" << "{{ 1 + 1 }}" << true;
        QTest::newRow("empty") << "STRING" << "" << false;
    }
    void inputsSayWhatIsWrong()
    {
        QFETCH(QString, type);
        QFETCH(QString, text);
        QFETCH(bool, fine);
        app::InputField field;
        field.id = QStringLiteral("x");
        field.type = type;
        field.max = QStringLiteral("100");
        QCOMPARE(app::problemOf(field, text).isEmpty(), fine);
    }

    void fuzzySearchPrefersWordStarts()
    {
        QVERIFY(app::fuzzyScore(QStringLiteral("load"), QStringLiteral("load")) > app::fuzzyScore(QStringLiteral("load"), QStringLiteral("pre_load")));
        QCOMPARE(app::fuzzyScore(QStringLiteral("xyz"), QStringLiteral("daily")), 0);
    }
};

QTEST_MAIN(TestModels)
#include "tst_models.moc"
