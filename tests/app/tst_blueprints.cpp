#include "app/app_state.h"
#include "app/project/blueprints.h"
#include "engine/flow/analysis.h"
#include "engine/run/engine.h"
#include "engine/store/data_folder.h"
#include "engine/tasks/task_families.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

using namespace app;

/// Each blueprint is a flow the language takes as it is; those that need nothing from outside run to their end.
class BlueprintsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    std::unique_ptr<AppState> m_state;

    flow::Snapshot snapshotOf(const std::string &text)
    {
        flow::FlowDocument document(text);
        document.adopt(flow::analyse(text, document.revision(), *m_state->catalog()));
        return document.snapshot();
    }
    static const Blueprint &named(const char *id)
    {
        for (const Blueprint &blueprint : blueprints())
            if (blueprint.id == QLatin1String(id))
                return blueprint;
        qFatal("no such blueprint");
    }
    void rows()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < blueprints().size(); ++i)
            QTest::newRow(qPrintable(blueprints()[i].id)) << int(i);
    }

private slots:
    void initTestCase()
    {
        qputenv("XDG_STATE_HOME", m_home.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_home.path().toUtf8());
        m_state = std::make_unique<AppState>(m_home.filePath(QStringLiteral("settings.ini")));
    }

    void thereAreEnough()
    {
        QVERIFY(blueprints().size() >= 25);
        QSet<QString> ids, titles;
        for (const Blueprint &blueprint : blueprints()) {
            ids.insert(blueprint.id);
            titles.insert(blueprint.title);
            QVERIFY2(!blueprint.description.isEmpty() && !blueprint.tags.isEmpty(), qPrintable(blueprint.id));
        }
        QCOMPARE(ids.size(), qsizetype(blueprints().size()));
        QCOMPARE(titles.size(), qsizetype(blueprints().size()));
    }

    void eachSpeaksKorean()
    {
        QCOMPARE(blueprints(QStringLiteral("ko")).size(), blueprints().size());
        QSet<QString> titles;
        const auto isKorean = [](const QString &text) { return text.contains(QRegularExpression(QStringLiteral("[가-힣]"))); };
        for (const Blueprint &blueprint : blueprints(QStringLiteral("ko"))) {
            titles.insert(blueprint.title);
            QVERIFY2(isKorean(blueprint.title) && isKorean(blueprint.description), qPrintable(blueprint.id));
            QCOMPARE(blueprint.text, named(qPrintable(blueprint.id)).text);
        }
        QCOMPARE(titles.size(), qsizetype(blueprints().size()));
    }

    void hasNoProblems_data() { rows(); }
    void hasNoProblems()
    {
        QFETCH(int, index);
        const Blueprint &blueprint = blueprints()[std::size_t(index)];
        const flow::Snapshot snapshot = snapshotOf(blueprint.text);
        for (const flow::Diagnostic &diagnostic : snapshot.diagnostics)
            QFAIL(qPrintable(blueprint.id + QStringLiteral(": ") + QString::fromStdString(flow::describe(diagnostic))));
        QCOMPARE(snapshot.flow->id, blueprint.id.toStdString());
        QCOMPARE(snapshot.flow->namespaceId, std::string("company.team"));
    }

    /// Those that wait for a person, the network, a secret or another flow are left out.
    void runsHere_data() { rows(); }
    void runsHere()
    {
        QFETCH(int, index);
        const Blueprint &blueprint = blueprints()[std::size_t(index)];
        static const QHash<QString, engine::State> others{{QStringLiteral("clean_up_always"), engine::State::Warning},
                                                          {QStringLiteral("tolerant_sequence"), engine::State::Warning}};
        for (const char *outside : {"http_to_file", "http_json", "pause_for_approval", "secret_use", "subflow_call"})
            if (blueprint.id == QLatin1String(outside))
                QSKIP("needs what a test has not");
        QTemporaryDir folder;
        auto data = store::DataFolder::open(folder.path().toStdString(), nullptr);
        QVERIFY(data);
        engine::Services services = (*data)->services();
        services.catalog = m_state->catalog();
        services.runners = tasks::builtInRunners();
        engine::Engine engine(std::move(services), {});
        engine::StartRequest request;
        request.flowText = std::make_shared<const std::string>(blueprint.text);
        const auto id = engine.start(request);
        QVERIFY(id);
        QTRY_VERIFY_WITH_TIMEOUT(engine::isEnd(engine.execution(*id)->state), 60'000);
        const engine::Execution execution = *engine.execution(*id);
        QString why;
        if (const auto logs = (*data)->executions().logs(*id, {}))
            for (const engine::LogEntry &line : *logs)
                why += QString::fromStdString(line.message) + QLatin1Char('\n');
        QVERIFY2(execution.state == others.value(blueprint.id, engine::State::Success), qPrintable(QString::fromUtf8(engine::nameOf(execution.state).data()) + QLatin1Char('\n') + why));
    }

    void isFoundByWords()
    {
        QVERIFY(matches(named("retry_flaky"), QStringLiteral("retry partner")));
        QVERIFY(matches(named("retry_flaky"), QStringLiteral("EXPONENTIAL")));
        QVERIFY(!matches(named("retry_flaky"), QStringLiteral("retry sql")));
    }

    void becomesAFlowOfItsOwn()
    {
        const std::string text = flowFrom(named("hello"), "greeting", "my.space", *m_state->catalog());
        const flow::Snapshot snapshot = snapshotOf(text);
        QCOMPARE(snapshot.flow->id, std::string("greeting"));
        QCOMPARE(snapshot.flow->namespaceId, std::string("my.space"));
        QVERIFY(text.find("# Asked for when the run starts") != std::string::npos);
        QVERIFY(snapshot.diagnostics.empty());
    }

    /// Into a flow that has the same names: nothing of it changes, references follow the new names, comments come along.
    void isInsertedWithItsComments_data() { rows(); }
    void isInsertedWithItsComments()
    {
        QFETCH(int, index);
        const Blueprint &blueprint = blueprints()[std::size_t(index)];
        const flow::Snapshot into = snapshotOf(blueprint.text);
        const auto edit = insertInto(into, blueprint, *m_state->catalog());
        QVERIFY2(edit, edit ? "" : qPrintable(QString::number(int(edit.error().code))));
        const std::string after = edit->applyTo(blueprint.text);
        const flow::Snapshot then = snapshotOf(after);
        for (const flow::Diagnostic &diagnostic : then.diagnostics)
            if (diagnostic.severity == flow::Severity::Error)
                QFAIL((flow::describe(diagnostic) + "\n" + after).c_str());
        QCOMPARE(then.flow->taskCount(), 2 * into.flow->taskCount());
        QCOMPARE(then.flow->inputs.size(), 2 * into.flow->inputs.size());
        const auto comments = [](const flow::Snapshot &of) {
            int count = 0;
            of.flow->forEachTask([&](const flow::Task &task, const flow::TaskList &, int) { count += !task.note.empty(); });
            return count;
        };
        QCOMPARE(comments(then), 2 * comments(into));
    }
};

QTEST_MAIN(BlueprintsTest)
#include "tst_blueprints.moc"
