#include "editor/quick_fixes.h"
#include "support/catalog.h"
#include "support/samples.h"
#include "support/snapshot.h"

#include <QTest>

#include <map>
#include <set>

using namespace editor;
using test::snapshotOf;

namespace {

struct FixCase
{
    const char *name;
    const char *before;
    const char *code;
    const char *fix;
    const char *after;
};

const std::string kHead = "id: a\nnamespace: b\n";
const std::string kTasks = "tasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n";

/// What a fix makes of a text that stands behind the head and before the tasks.
std::vector<FixCase> casesBeforeTasks()
{
    return {
        {"an input id used twice", "inputs:\n  - id: i\n    type: INT\n  - id: i\n    type: INT\n", "duplicate-input", "fix.new-id", "inputs:\n  - id: i\n    type: INT\n  - id: i_2\n    type: INT\n"},
        {"an output id used twice", "outputs:\n  - id: i\n    type: INT\n    value: 1\n  - id: i\n    type: INT\n    value: 1\n", "duplicate-output", "fix.new-id", "outputs:\n  - id: i\n    type: INT\n    value: 1\n  - id: i_2\n    type: INT\n    value: 1\n"},
        {"a trigger id used twice", "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"0 1 * * *\"\n  - id: \"t\"\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"0 1 * * *\"\n", "duplicate-trigger", "fix.new-id", "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"0 1 * * *\"\n  - id: \"t_2\"\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"0 1 * * *\"\n"},
        {"a default that can't be optional", "inputs:\n  - id: i\n    type: INT\n    required: false # why\n    defaults: 3\n", "default-not-required", "fix.remove", "inputs:\n  - id: i\n    type: INT\n    defaults: 3\n"},
        {"a default and a prefill", "inputs:\n  - id: i\n    type: INT\n    prefill: 2\n    defaults: 3\n", "default-and-prefill", "fix.remove", "inputs:\n  - id: i\n    type: INT\n    defaults: 3\n"},
        {"an input without a type", "inputs:\n  - id: i\n", "missing-type", "fix.add", "inputs:\n  - id: i\n    type: STRING\n"},
        {"an unknown input among others", "inputs:\n  - id: i\n    type: INT\n  - id: j\n    type: INT\n    dependsOn:\n      inputs:\n        - i\n        - zzzz\n", "unknown-input", "fix.remove", "inputs:\n  - id: i\n    type: INT\n  - id: j\n    type: INT\n    dependsOn:\n      inputs:\n        - i\n"},
        {"items of a kind there is not", "inputs:\n  - id: i\n    type: ARRAY\n    itemType: ARRAY\n", "invalid-item-type", "fix.replace", "inputs:\n  - id: i\n    type: ARRAY\n    itemType: STRING\n"},
        {"a file that is none", "inputs:\n  - id: i\n    type: FILE\n    defaults: data.csv\n", "file-default-address", "fix.replace", "inputs:\n  - id: i\n    type: FILE\n    defaults: nsfile:///data.csv\n"},
        {"a label of the engine", "labels:\n  - key: system.x\n    value: y\n  - key: k\n    value: v\n", "system-label", "fix.remove", "labels:\n  - key: k\n    value: v\n"},
        {"a limit below one", "concurrency:\n  limit: 0\n", "too-small", "fix.replace", "concurrency:\n  limit: 1\n"},
        {"a number that is none", "variables:\n  v: .inf\n", "malformed-number", "fix.quote", "variables:\n  v: \".inf\"\n"},
        {"yes for true", "inputs:\n  - id: i\n    type: INT\n    required: \"yes\"\n", "type-mismatch", "fix.replace", "inputs:\n  - id: i\n    type: INT\n    required: true\n"},
        {"one label as a list of texts", "labels:\n  a: [x, y]\n  b: z\n", "invalid-label", "fix.join", "labels:\n  a: \"x, y\"\n  b: z\n"},
        {"a label without its words", "labels:\n  - env: prod\n", "invalid-label", "fix.replace", "labels:\n  - {key: env, value: prod}\n"},
        {"a label without a value", "labels:\n  - {key: a}\n  - {key: b, value: c}\n", "invalid-label", "fix.remove", "labels:\n  - {key: b, value: c}\n"},
        {"a label of the engine in a mapping", "labels:\n  system.x: y\n  k: v\n", "system-label", "fix.remove", "labels:\n  k: v\n"},
        {"an id with a blank", "inputs:\n  - id: \"a b\"\n    type: INT\n", "invalid-text", "fix.replace", "inputs:\n  - id: \"a_b\"\n    type: INT\n"},
        {"a retry whose bounds are turned", "retry: {type: exponential, interval: PT1M, maxInterval: PT1S}\n", "not-less", "fix.swap", "retry: {type: exponential, interval: PT1S, maxInterval: PT1M}\n"},
        {"a default that can't be one", "inputs:\n  - id: i\n    type: INT\n    defaults: many\n", "invalid-default", "fix.remove", "inputs:\n  - id: i\n    type: INT\n"},
        {"a duration as people say it", "inputs:\n  - id: i\n    type: DURATION\n    defaults: 5m\n", "invalid-default", "fix.replace", "inputs:\n  - id: i\n    type: DURATION\n    defaults: PT5M\n"},
        {"a file default with variables", "inputs:\n  - id: i\n    type: FILE\n    defaults: \"{{ inputs.o }}\"\n", "file-default", "fix.remove", "inputs:\n  - id: i\n    type: FILE\n"},
        {"an input below another", "inputs:\n  - id: a\n    type: INT\n  - id: a.b\n    type: INT\n", "nested-input", "fix.replace", "inputs:\n  - id: a\n    type: INT\n  - id: a_b\n    type: INT\n"},
        {"inputs in a circle", "inputs:\n  - {id: a, type: INT, dependsOn: {inputs: [a]}}\n", "cyclic-input", "fix.remove", "inputs:\n  - {id: a, type: INT}\n"},
        {"a value of a list there is", "concurrency:\n  limit: 1\n  behavior: DROP\n", "unknown-value", "fix.replace", "concurrency:\n  limit: 1\n  behavior: QUEUE\n"},
        {"a limit alone", "concurrency: 2\n", "type-mismatch", "fix.replace", "concurrency: {limit: 2}\n"},
        {"a list of nothing", "triggers:\n", "type-mismatch", "fix.remove", ""},
        {"a cron of another program", "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"0 0 ? * 1\"\n", "invalid-cron", "fix.replace", "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"0 0 * * 1\"\n"},
        {"a place that has no time", "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"@daily\"\n    timezone: Mars/Base\n", "unknown-timezone", "fix.replace", "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"@daily\"\n    timezone: Etc/UTC\n"},
        {"a blank that lacks", "description:x\n", "yaml-syntax", "fix.blank", "description: x\n"},
        {"a colon that lacks", "description\n", "yaml-syntax", "fix.colon", "description:\n"},
        {"a text that begins with a sign", "description: @abc\n", "yaml-syntax", "fix.quote", "description: \"@abc\"\n"},
        {"a colon in a text", "description: a: b\n", "yaml-syntax", "fix.quote", "description: \"a: b\"\n"},
        {"a list left open", "labels: [{key: a, value: b}\n", "yaml-syntax", "fix.close", "labels: [{key: a, value: b}]\n"},
        {"quotes left open", "variables: {a: \"x}\n", "yaml-syntax", "fix.close", nullptr},
        {"a key too deep", "variables:\n  a: x\n   b: y\n", "yaml-syntax", "fix.align", "variables:\n  a: x\n  b: y\n"},
        {"an escape that is none", "description: \"a \\/ b\"\n", "unknown-escape", "fix.escape", "description: \"a \\\\/ b\"\n"},
    };
}

} // namespace

class QuickFixesTest : public QObject
{
    Q_OBJECT

private slots:
    void fixes_data()
    {
        QTest::addColumn<int>("index");
        const std::vector<FixCase> all = casesBeforeTasks();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow(all[i].name) << static_cast<int>(i);
    }
    void fixes()
    {
        QFETCH(int, index);
        const FixCase row = casesBeforeTasks()[static_cast<std::size_t>(index)];
        const std::string before = kHead + row.before + kTasks;
        QByteArray seen;
        const flow::Snapshot snapshot = snapshotOf(before);
        for (const flow::Diagnostic &diagnostic : snapshot.diagnostics) {
            seen += (diagnostic.code + " ").c_str();
            if (diagnostic.code != row.code)
                continue;
            for (const QuickFix &fix : quickFixes(snapshot, diagnostic, test::coreCatalog())) {
                seen += ("(" + fix.id + ") ").c_str();
                if (fix.id != row.fix)
                    continue;
                const std::string after = fix.edit.applyTo(before);
                if (row.after)
                    QCOMPARE(QByteArray(after.c_str()), QByteArray((kHead + row.after + kTasks).c_str()));
                for (const flow::Diagnostic &left : snapshotOf(after).diagnostics)
                    QVERIFY2(left.code != row.code, after.c_str());
                return;
            }
        }
        QFAIL(("no such fix: " + seen).constData());
    }

    /// Every fix of every problem in the recorded flows mends its problem and makes no text unreadable.
    void everyFixOfTheCorpusHelps()
    {
        struct Count
        {
            int problems = 0;
            int fixed = 0;
        };
        std::map<std::string, Count> counts;
        QStringList worse;
        for (const test::Sample &sample : test::sampleFlows()) {
            if (!sample.name.starts_with("conformance/validation") || sample.name.find("-2.0") != std::string::npos)
                continue;
            const flow::Snapshot snapshot = snapshotOf(sample.text);
            const auto errorsOf = [](const flow::Snapshot &of, const std::string &code, const std::vector<std::string> *args = nullptr) {
                return std::count_if(of.diagnostics.begin(), of.diagnostics.end(), [&](const flow::Diagnostic &one) { return one.code == code && (!args || one.args == *args); });
            };
            std::set<std::string> tried; // of each file one problem of a code
            for (const flow::Diagnostic &diagnostic : snapshot.diagnostics) {
                Count &count = counts[diagnostic.code];
                ++count.problems;
                const std::vector<QuickFix> all = quickFixes(snapshot, diagnostic, test::coreCatalog());
                count.fixed += !all.empty();
                if (!tried.insert(diagnostic.code).second)
                    continue;
                for (const QuickFix &fix : all) {
                    const std::string after = fix.edit.applyTo(sample.text);
                    const flow::Snapshot then = snapshotOf(after);
                    const bool unreadable = errorsOf(then, "yaml-syntax") > errorsOf(snapshot, "yaml-syntax");
                    const bool stays = errorsOf(then, diagnostic.code, &diagnostic.args) >= errorsOf(snapshot, diagnostic.code, &diagnostic.args) && diagnostic.code != "yaml-syntax" && diagnostic.code != "tab";
                    if (unreadable || stays)
                        worse += QStringLiteral("%1: %2 by %3 (%4)").arg(QString::fromStdString(sample.name), QString::fromStdString(diagnostic.code), QString::fromStdString(fix.id), unreadable ? QStringLiteral("unreadable") : QStringLiteral("stays")) + (qEnvironmentVariableIsSet("LEAT_SHOW_TEXTS") ? QLatin1Char('\n') + QString::fromStdString(after) : QString());
                }
            }
        }
        for (const auto &[code, count] : counts)
            qInfo("%-26s %d of %d have a fix", code.c_str(), count.fixed, count.problems);
        QVERIFY2(worse.isEmpty(), qPrintable(worse.join(QLatin1Char('\n'))));
    }

    /// What goes to another place of the flow, or is told by its neighbours.
    void fixesOfTasks_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("fix");
        QTest::addColumn<QByteArray>("after");
        const QByteArray log("  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n");
        QTest::newRow("a type by its keys") << QByteArray("tasks:\n  - id: x\n    format: hi\n") << QByteArray("missing-type") << QByteArray("fix.type") << QByteArray();
        QTest::newRow("a trigger among the tasks") << "tasks:\n" + log + "  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"@daily\"\n" << QByteArray("wrong-kind") << QByteArray("fix.to-triggers")
                                                   << "tasks:\n" + log + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"@daily\"\n";
        QTest::newRow("a flow in a WorkingDirectory") << QByteArray("tasks:\n  - id: w\n    type: io.kestra.plugin.core.flow.WorkingDirectory\n    tasks:\n      - id: x\n        type: io.kestra.plugin.core.log.Log\n        message: hi\n"
                                                                    "      - id: s\n        type: io.kestra.plugin.core.flow.Subflow\n        namespace: b\n        flowId: c\n")
                                                      << QByteArray("not-runnable-inside") << QByteArray("fix.move-out")
                                                      << QByteArray("tasks:\n  - id: w\n    type: io.kestra.plugin.core.flow.WorkingDirectory\n    tasks:\n      - id: x\n        type: io.kestra.plugin.core.log.Log\n        message: hi\n"
                                                                    "  - id: s\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: b\n    flowId: c\n");
        QTest::newRow("a Dag in a circle") << QByteArray("tasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n      - task: {id: a, type: io.kestra.plugin.core.log.Log, message: x}\n        dependsOn: [b]\n"
                                                         "      - task: {id: b, type: io.kestra.plugin.core.log.Log, message: x}\n        dependsOn: [a]\n")
                                           << QByteArray("cyclic-dependency") << QByteArray("fix.remove") << QByteArray();
        QTest::newRow("a filter with one of many") << "tasks:\n" + log + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n    preconditions:\n      id: p\n      where:\n        - id: w\n          filters:\n            - {field: STATE, type: IN, value: x}\n"
                                                   << QByteArray("filter-value") << QByteArray("fix.replace")
                                                   << "tasks:\n" + log + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n    preconditions:\n      id: p\n      where:\n        - id: w\n          filters:\n            - {field: STATE, type: IN, values: [x]}\n";
        QTest::newRow("a condition without what it is about") << "tasks:\n" + log + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"@daily\"\n    conditions:\n      - type: io.kestra.plugin.core.condition.Not\n"
                                                              << QByteArray("missing-property") << QByteArray("fix.add") << QByteArray();
        QTest::newRow("a flow trigger for everything") << "tasks:\n" + log + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n" << QByteArray("trigger-on-everything") << QByteArray("fix.add") << QByteArray();
    }
    void fixesOfTasks()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, fix);
        QFETCH(QByteArray, after);
        const std::string text = kHead + before.toStdString();
        const flow::Snapshot snapshot = snapshotOf(text);
        QByteArray seen;
        for (const flow::Diagnostic &diagnostic : snapshot.diagnostics)
            if (diagnostic.code == code.toStdString())
                for (const QuickFix &one : quickFixes(snapshot, diagnostic, test::coreCatalog())) {
                    seen += ("(" + one.id + ") ").c_str();
                    if (one.id != fix.toStdString())
                        continue;
                    const std::string then = one.edit.applyTo(text);
                    if (!after.isEmpty())
                        QCOMPARE(QByteArray::fromStdString(then), QByteArray::fromStdString(kHead) + after);
                    for (const flow::Diagnostic &left : snapshotOf(then).diagnostics)
                        QVERIFY2(left.code != code.toStdString(), then.c_str());
                    return;
                }
        QFAIL(("no such fix: " + seen).constData());
    }

    void allSafeFixesAtOnce()
    {
        const std::string before = kHead + "variables:\n  one: &w x\n  two: *w\ntasks:\n  - id: x\n    type: io.kestra.core.tasks.log.Log\n    message: {{ flow.id }}\n    mesage: kept\n";
        const flow::Result<flow::Edit> edit = fixAll(snapshotOf(before), {}, test::coreCatalog());
        QVERIFY(edit);
        QCOMPARE(edit->applyTo(before), kHead + "variables:\n  one: &w x\n  two: x\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ flow.id }}\"\n    mesage: kept\n");
    }
};

QTEST_APPLESS_MAIN(QuickFixesTest)
#include "tst_quick_fixes.moc"
