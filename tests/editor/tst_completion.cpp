#include "editor/completer.h"
#include "editor/run_values.h"
#include "engine/flow/analysis.h"
#include "support/annotations.h"
#include "support/catalog.h"
#include "support/snapshot.h"

#include <QTest>

using namespace editor;
using test::snapshotOf;

namespace {

/// One place in a text, marked `^`, and what must and must not be offered there. `first` is the best one.
struct Case
{
    const char *name;
    std::string text;
    QStringList has;
    QStringList hasNot;
    const char *first = "";
};

const std::string kHead = "id: daily\nnamespace: company.team\n";
const std::string kInputs = "inputs:\n  - id: day\n    type: DATE\n  - id: limit\n    type: FLOAT\n  - id: user.name\n    type: STRING\n";
const std::string kVariables = "variables:\n  bank: x\n  deep:\n    url: y\n";
const std::string kTasks = "tasks:\n  - id: load\n    type: io.kestra.plugin.core.http.Download\n    uri: x\n"
                           "  - id: say\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"
                           "  - id: get-it\n    type: io.kestra.plugin.core.debug.Return\n    format: x\n";
const std::string kReturn = "  - id: end\n    type: io.kestra.plugin.core.debug.Return\n    format: \"";
const std::string kDag = "tasks:\n  - id: dag\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n"
                         "      - task:\n          id: a\n          type: io.kestra.plugin.core.debug.Return\n"
                         "      - task:\n          id: b\n          type: io.kestra.plugin.core.debug.Return\n";
const std::string kEach = "tasks:\n  - id: each\n    type: io.kestra.plugin.core.flow.ForEach\n    values: [1, 2]\n    tasks:\n"
                          "      - id: inner\n        type: io.kestra.plugin.core.debug.Return\n        format: x\n";

std::string expression(const std::string &inside)
{
    return kHead + kInputs + kVariables + "labels:\n  - key: env\n    value: prod\n" + kTasks + kReturn + inside + "\"\n";
}

const std::vector<Case> &cases()
{
    static const std::vector<Case> all{
        // keys
        {"keys of an empty flow", "^", {"id", "namespace", "tasks", "inputs", "triggers", "labels"}, {"deleted", "tenantId", "taskDefaults"}, "id"},
        {"keys that are there are left out", kHead + "^", {"tasks", "variables"}, {"id", "namespace"}, "tasks"},
        {"a key below counts as there", "^\ntasks: []\n", {"id"}, {"tasks"}, "id"},
        {"keys by their beginning", kHead + "ta^", {"tasks"}, {"inputs"}, "tasks"},
        {"required keys of a task first", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    ^", {"message", "level", "runIf", "retry"}, {"id", "type", "assets"}, "message"},
        {"keys of a task before its type is known", kHead + "tasks:\n  - id: a\n    ^", {"type", "description", "disabled"}, {"id", "message"}, "type"},
        {"first key of an item", kHead + "tasks:\n  - ^", {"id", "type"}, {"namespace"}, "id"},
        {"half a first key of an item", kHead + "tasks:\n  - i^", {"id"}, {"namespace"}, "id"},
        {"type below the place counts", kHead + "tasks:\n  - id: a\n    ^\n    type: io.kestra.plugin.core.log.Log\n", {"message"}, {"type"}, "message"},
        {"old type names know their keys", kHead + "tasks:\n  - id: a\n    type: io.kestra.core.tasks.log.Log\n    ^", {"message"}, {}, "message"},
        {"unindented lists", kHead + "tasks:\n- id: a\n  type: io.kestra.plugin.core.log.Log\n  ^", {"message"}, {"id"}, "message"},
        {"flowable keys", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.If\n    ^", {"then", "condition", "else", "errors"}, {"timeout", "taskCache"}, "then"},
        {"keys in a branch", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.If\n    then:\n      - id: b\n        type: io.kestra.plugin.core.log.Log\n        ^", {"message"}, {"then"}, "message"},
        {"keys in a case of Switch", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.Switch\n    cases:\n      EU:\n        - id: b\n          type: io.kestra.plugin.core.log.Log\n          ^", {"message"}, {"cases"}},
        {"after a nested list the outer task goes on", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.If\n    then:\n      - id: b\n        type: x.Y\n    ^", {"condition", "else"}, {"then"}, "condition"},
        {"wrapper of a Dag child", kHead + kDag + "      - ^", {"task", "dependsOn"}, {"id"}, "task"},
        {"keys of a Dag child", kHead + "tasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n      - task:\n          id: x\n          type: io.kestra.plugin.core.log.Log\n          ^", {"message"}, {"dependsOn"}},
        {"dependsOn beside task", kHead + "tasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n      - task:\n          id: x\n          type: y.Z\n        ^", {"dependsOn"}, {"task", "id"}},
        {"keys of retry before its type", kHead + "tasks:\n  - id: a\n    type: x.Y\n    retry:\n      ^", {"maxAttempts", "maxDuration"}, {"maxAttempt", "id"}},
        {"keys of a constant retry", kHead + "tasks:\n  - id: a\n    type: x.Y\n    retry:\n      type: constant\n      ^", {"interval", "maxAttempts"}, {"type", "delayFactor"}, "interval"},
        {"keys of an exponential retry", kHead + "retry:\n  type: exponential\n  ^", {"interval", "maxInterval", "delayFactor"}, {"type"}},
        {"keys of an input", kHead + "inputs:\n  - id: a\n    type: SELECT\n    ^", {"values", "allowCustomValue", "defaults"}, {"id", "type"}},
        {"keys of an integer input", kHead + "inputs:\n  - id: a\n    type: INT\n    ^", {"min", "max"}, {"values"}},
        {"keys of a trigger", kHead + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    ^", {"cron", "timezone"}, {"message"}, "cron"},
        {"keys of an output", kHead + "outputs:\n  - id: o\n    ^", {"type", "value", "displayName"}, {"id"}},
        {"keys of concurrency", kHead + "concurrency:\n  ^", {"limit", "behavior"}, {}, "limit"},
        {"keys of labels", kHead + "labels:\n  - ^", {"key", "value"}, {"id"}},
        {"keys of plugin defaults", kHead + "pluginDefaults:\n  - ^", {"type", "values", "forced"}, {}},
        {"values of plugin defaults are those of the type", kHead + "pluginDefaults:\n  - type: io.kestra.plugin.core.log.Log\n    values:\n      ^", {"message", "level"}, {"id", "type"}},
        {"keys of a task runner", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.shell.Commands\n    taskRunner:\n      ^", {"type"}, {"commands"}},
        {"docker options", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.shell.Commands\n    taskRunner:\n      type: io.kestra.plugin.scripts.runner.docker.Docker\n      ^", {"pullPolicy", "cpu"}, {"type"}},
        {"nothing in variables", kHead + "variables:\n  ^", {}, {"id", "tasks"}},
        {"nothing under a type that is not known", kHead + "tasks:\n  - id: a\n    type: x.Y\n    foo:\n      ^", {}, {"id", "retry"}},
        {"keys of a foreign type are the common ones", kHead + "tasks:\n  - id: a\n    type: x.Y\n    ^", {"retry", "timeout", "runIf"}, {"message"}},
        {"a key with its colon is replaced alone", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    me^: x\n", {"message"}, {"level"}, "message"},
        {"windows line ends", "id: a\r\nnamespace: b\r\ntasks:\r\n  - id: a\r\n    type: io.kestra.plugin.core.log.Log\r\n    ^", {"message"}, {"id"}, "message"},
        {"byte order mark", "\xEF\xBB\xBF" "id: a\n^", {"namespace"}, {"id"}},
        {"quoted keys count", "\"id\": a\n'namespace': b\n^", {"tasks"}, {"id", "namespace"}},
        {"comments are passed over", kHead + "tasks:\n  # note\n  - id: a\n    # more\n    type: io.kestra.plugin.core.log.Log\n    # and more\n    ^", {"message"}, {"id"}},
        {"nothing in a comment", kHead + "# ta^", {}, {"tasks"}},
        {"nothing in a script", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.shell.Script\n    script: |\n      e^", {}, {"errors", "env"}},
        {"keys after a script", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.shell.Script\n    script: |\n      echo hi\n    ^", {"containerImage", "env"}, {"script"}},
        {"errors are tasks", kHead + "errors:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    ^", {"message"}, {}},
        {"finally are tasks", kHead + "finally:\n  - ^", {"id", "type"}, {}},
        {"afterExecution are tasks", kHead + "afterExecution:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    ^", {"message"}, {}},
        {"sla keys", kHead + "sla:\n  - id: s\n    type: MAX_DURATION\n    ^", {"duration", "behavior"}, {"assert"}},
        {"broken text above", kHead + "tasks:\n  - id: [a\n    type: io.kestra.plugin.core.log.Log\n    ^", {"message"}, {}},
        {"broken text below", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    ^\n  - id: }{\n", {"message"}, {}},
        {"tabs do not crash", kHead + "tasks:\n\t- id: a\n\t  ^", {}, {}},
        // types
        {"task types", kHead + "tasks:\n  - id: a\n    type: ^", {"Log", "Return", "Parallel", "If"}, {"Schedule", "Echo", "Template"}},
        {"task types by last part", kHead + "tasks:\n  - id: a\n    type: Lo^", {"Log"}, {"Return"}, "Log"},
        {"task types by capitals", kHead + "tasks:\n  - id: a\n    type: wd^", {"WorkingDirectory"}, {}, "WorkingDirectory"},
        {"task types by letters", kHead + "tasks:\n  - id: a\n    type: prll^", {"Parallel"}, {}, "Parallel"},
        {"a type in place of another", kHead + "tasks:\n  - id: a\n    type: Seq^\n    tasks: []\n", {"Sequential"}, {}, "Sequential"},
        {"quoted types", kHead + "tasks:\n  - id: a\n    type: \"Lo^\"\n", {"Log"}, {}, "Log"},
        {"type as first key", kHead + "tasks:\n  - type: Lo^", {"Log"}, {}, "Log"},
        {"trigger types", kHead + "triggers:\n  - id: t\n    type: ^", {"Schedule", "Webhook", "Flow"}, {"Log"}},
        {"input types", kHead + "inputs:\n  - id: a\n    type: ^", {"STRING", "INT", "SELECT", "DATETIME"}, {"Log", "StringInput"}},
        {"input types by beginning", kHead + "inputs:\n  - id: a\n    type: DA^", {"DATE", "DATETIME"}, {"STRING"}, "DATE"},
        {"retry types", kHead + "retry:\n  type: ^", {"constant", "exponential", "random"}, {"Log"}},
        {"task runner types", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.shell.Commands\n    taskRunner:\n      type: ^", {"Process", "Docker"}, {"Log"}},
        {"sla types", kHead + "sla:\n  - id: s\n    type: ^", {"MAX_DURATION", "EXECUTION_ASSERTION"}, {}},
        {"plugin default types", kHead + "pluginDefaults:\n  - type: Lo^", {"Log"}, {}, "Log"},
        {"output types", kHead + "outputs:\n  - id: o\n    type: ^", {"STRING", "FILE"}, {}},
        {"types in errors of a task", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.Sequential\n    errors:\n      - id: e\n        type: Lo^", {"Log"}, {}, "Log"},
        // values
        {"levels", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    level: ^", {"INFO", "WARN", "ERROR", "DEBUG", "TRACE"}, {"true"}},
        {"levels by beginning", kHead + "tasks:\n  - id: a\n    type: x.Y\n    logLevel: D^", {"DEBUG"}, {"INFO"}, "DEBUG"},
        {"booleans", kHead + "tasks:\n  - id: a\n    type: x.Y\n    disabled: ^", {"true", "false"}, {}},
        {"booleans by beginning", kHead + "tasks:\n  - id: a\n    type: x.Y\n    allowFailure: t^", {"true"}, {"false"}, "true"},
        {"concurrency behaviour", kHead + "concurrency:\n  limit: 1\n  behavior: ^", {"QUEUE", "CANCEL", "FAIL"}, {}},
        {"retry behaviour", kHead + "retry:\n  type: constant\n  interval: PT1S\n  behavior: ^", {"RETRY_FAILED_TASK", "CREATE_NEW_EXECUTION"}, {}},
        {"states in a list", kHead + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n    states:\n      - ^", {"SUCCESS", "FAILED"}, {"true"}},
        {"states that are there are left out", kHead + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n    states:\n      - SUCCESS\n      - ^", {"FAILED"}, {"SUCCESS"}},
        {"states in brackets", kHead + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n    states: [SUCCESS, ^]\n", {"FAILED"}, {"SUCCESS"}},
        {"states in open brackets", kHead + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n    states: [FA^", {"FAILED"}, {"SUCCESS"}, "FAILED"},
        {"dependsOn knows its siblings", kHead + kDag + "        dependsOn:\n          - ^", {"a"}, {"b", "dag"}},
        {"dependsOn leaves out what is there", kHead + kDag + "      - task:\n          id: c\n          type: x.Y\n        dependsOn:\n          - a\n          - ^", {"b"}, {"a", "c"}},
        {"dependsOn in brackets", kHead + kDag + "        dependsOn: [^]\n", {"a"}, {"b"}},
        {"inputs an input depends on", kHead + kInputs + "  - id: last\n    type: STRING\n    dependsOn:\n      inputs:\n        - ^", {"day", "limit"}, {"last"}},
        {"flow ids", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.Subflow\n    flowId: ^", {"other", "third"}, {"daily"}},
        {"flow ids of the namespace", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: company.data\n    flowId: ^", {"third"}, {"other"}},
        {"namespaces", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: ^", {"company.team", "company.data"}, {}},
        {"the flow's own namespace", "id: a\nnamespace: com^", {"company.team", "company.data"}, {}},
        {"default values", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.shell.Commands\n    containerImage: ^", {"ubuntu"}, {}},
        {"nothing for a free text", kHead + "description: ^", {}, {"true", "id"}},
        {"nothing behind a value", kHead + "disabled: true ^", {}, {"true"}},
        {"quoted booleans are texts of the user", kHead + "tasks:\n  - id: a\n    type: x.Y\n    logLevel: \"I^\"\n", {"INFO"}, {"DEBUG"}},
        // expressions
        {"roots", expression("{{ ^ }}"), {"outputs", "inputs", "vars", "flow", "execution", "taskrun", "now"}, {"upper"}},
        {"roots by beginning", expression("{{ ou^ }}"), {"outputs"}, {"inputs"}, "outputs"},
        {"roots without closing", expression("{{ ou^"), {"outputs"}, {"inputs"}},
        {"no inputs, none offered", kHead + kTasks + kReturn + "{{ ^ }}\"\n", {"outputs"}, {"inputs", "vars"}},
        {"tasks with outputs", expression("{{ outputs.^ }}"), {"load", "get-it"}, {"say", "end"}},
        {"tasks by beginning", expression("{{ outputs.lo^ }}"), {"load"}, {"get-it"}, "load"},
        {"outputs of a task", expression("{{ outputs.load.^ }}"), {"uri", "code", "headers"}, {"value"}},
        {"outputs by beginning", expression("{{ outputs.load.u^ }}"), {"uri"}, {"code"}, "uri"},
        {"outputs of a bracketed task", expression("{{ outputs['get-it'].^ }}"), {"value"}, {"uri"}},
        {"names in brackets", expression("{{ outputs['^'] }}"), {"load", "get-it"}, {"say"}},
        {"half a name in brackets", expression("{{ outputs['ge^'] }}"), {"get-it"}, {"load"}},
        {"nothing below an output", expression("{{ outputs.load.uri.^ }}"), {}, {"uri"}},
        {"nothing of an unknown task", expression("{{ outputs.nobody.^ }}"), {}, {"uri", "value"}},
        {"inputs", expression("{{ inputs.^ }}"), {"day", "limit", "user"}, {"load"}},
        {"nested inputs", expression("{{ inputs.user.^ }}"), {"name"}, {"day"}},
        {"variables", expression("{{ vars.^ }}"), {"bank", "deep"}, {"day"}},
        {"nested variables", expression("{{ vars.deep.^ }}"), {"url"}, {"bank"}},
        {"labels", expression("{{ labels.^ }}"), {"env"}, {"day"}},
        {"members of flow", expression("{{ flow.^ }}"), {"id", "namespace", "revision"}, {"type"}},
        {"members of execution", expression("{{ execution.^ }}"), {"id", "startDate"}, {"namespace"}},
        {"members of taskrun", expression("{{ taskrun.^ }}"), {"value", "id"}, {}},
        {"members of task", expression("{{ task.^ }}"), {"id", "type"}, {}},
        {"states of tasks", expression("{{ tasks.load.^ }}"), {"state"}, {"uri"}},
        {"filters", expression("{{ inputs.day | ^ }}"), {"upper", "date"}, {"now", "outputs"}},
        {"filters by beginning", expression("{{ inputs.day | da^ }}"), {"date"}, {"upper"}, "date"},
        {"filters without blanks", expression("{{ inputs.day|up^ }}"), {"upper"}, {}, "upper"},
        {"filters after filters", expression("{{ inputs.day | upper | ^ }}"), {"date"}, {"outputs"}},
        {"no filter after or", expression("{{ a || ^ }}"), {"outputs"}, {"upper"}},
        {"tests", expression("{{ inputs.day is ^ }}"), {"defined", "empty"}, {"upper", "outputs"}},
        {"tests after not", expression("{{ inputs.day is not de^ }}"), {"defined"}, {"empty"}},
        {"roots after an operator", expression("{{ inputs.day ~ ^ }}"), {"outputs", "now"}, {"upper"}},
        {"roots after a word operator", expression("{{ a and ou^ }}"), {"outputs"}, {}},
        {"roots in arguments", expression("{{ max(ou^) }}"), {"outputs"}, {}},
        {"roots in a list", expression("{{ [in^] }}"), {"inputs"}, {}},
        {"nothing where an operator is due", expression("{{ inputs.day ^ }}"), {}, {"outputs", "upper"}},
        {"nothing in a text", expression("{{ 'ou^' }}"), {}, {"outputs"}},
        {"nothing after a number", expression("{{ 1^ }}"), {}, {"outputs"}},
        {"functions", expression("{{ no^ }}"), {"now"}, {"upper"}, "now"},
        {"nothing outside of braces", expression("ou^"), {}, {"outputs"}},
        {"nothing behind the braces", expression("{{ a }} ou^"), {}, {"outputs"}},
        {"between two expressions", expression("{{ a }}/{{ in^ }}"), {"inputs"}, {"outputs"}},
        {"tags", expression("{% ^ %}"), {"if", "for", "set"}, {"outputs"}},
        {"tags by beginning", expression("{% en^ %}"), {"endif", "endfor"}, {"set"}},
        {"values in a tag", expression("{% if in^ %}"), {"inputs"}, {"set"}},
        {"loops over", expression("{% for x in ou^ %}"), {"outputs"}, {}},
        {"names made by set", expression("{% set total = 1 %}{{ to^ }}"), {"total"}, {}, "total"},
        {"names made by for", expression("{% for row in x %}{{ ^ }}"), {"row", "loop"}, {}},
        {"members of loop", expression("{% for row in x %}{{ loop.^ }}"), {"index", "last"}, {}},
        {"a new name is the user's", expression("{% set ^ %}"), {}, {"outputs"}},
        {"no task after its own", kHead + kReturn.substr(0, 0) + "tasks:\n  - id: first\n    type: io.kestra.plugin.core.debug.Return\n    format: \"{{ outputs.^ }}\"\n  - id: second\n    type: io.kestra.plugin.core.debug.Return\n", {}, {"first", "second"}},
        {"errors see all tasks", kHead + kTasks + "errors:\n  - id: err\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ outputs.^ }}\"\n", {"load", "get-it"}, {"err"}},
        {"flow outputs see all tasks", kHead + kTasks + "outputs:\n  - id: o\n    type: STRING\n    value: \"{{ outputs.^ }}\"\n", {"load", "get-it"}, {}},
        {"Dag children see each other", kHead + "tasks:\n  - id: dag\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n      - task:\n          id: a\n          type: io.kestra.plugin.core.debug.Return\n          format: \"{{ outputs.^ }}\"\n      - task:\n          id: b\n          type: io.kestra.plugin.core.debug.Return\n", {"b"}, {"a"}},
        {"an expression in a script", kHead + kInputs + "tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.shell.Script\n    script: |\n      echo {{ inputs.^\n", {"day"}, {}},
        {"an expression over lines", kHead + kInputs + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: |\n      {{\n        inputs.^\n      }}\n", {"day"}, {}},
        {"an expression in a folded text", kHead + kInputs + "description: >-\n  Of {{ inputs.^ }}\n", {"day"}, {}},
        {"an expression left open above", kHead + "description: \"{{ \"\n^", {"tasks"}, {"vars"}},
        {"a comment in braces", expression("{# ou^ #}"), {}, {"outputs"}},
        {"an expression as plain value", kHead + kInputs + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: {{ inputs.^ }}\n", {"day"}, {}},
        {"webhook members", kHead + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Webhook\n    key: x\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ trigger.^ }}\"\n", {"body", "headers"}, {}},
        {"schedule members", kHead + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: x\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ trigger.^ }}\"\n", {"date", "next"}, {}},
    };
    return all;
}

ExpressionWords someWords()
{
    ExpressionWords words;
    words.filters = {{"upper", "", ""}, {"date", "format='', timeZone=''", ""}, {"default", "value", ""}};
    words.functions = {{"now", "", ""}, {"max", "...", ""}};
    words.tests = {{"defined", "", ""}, {"empty", "", ""}};
    return words;
}

std::string accept(const std::string &text, const CompletionList &list, const CompletionItem &item)
{
    return std::string(text).replace(list.range.begin, list.range.size(), item.insert);
}

} // namespace

class CompletionTest : public QObject
{
    Q_OBJECT

    Completer m_completer{test::sharedCatalog(), someWords()};
    const std::shared_ptr<const flow::TaskCatalog> m_allTypes =
        flow::TaskCatalog::load({std::string(resources::embedded("catalog/core-1.3.json")), std::string(resources::embedded("catalog/plugins-1.3.json"))}).value();

    static std::string acceptAll(const std::string &text, const CompletionList &list, const CompletionItem &item)
    {
        std::vector<flow::Replacement> changes = item.also;
        changes.push_back({list.range, item.insert});
        return flow::Edit::make({}, text, changes).value().applyTo(text);
    }

    /// With every type of every catalog that is linked in.
    flow::Snapshot allSnapshotOf(const std::string &text) const
    {
        flow::FlowDocument document(text);
        document.adopt(flow::analyse(text, document.revision(), *m_allTypes));
        return document.snapshot();
    }
    CompletionList offered(const std::string &marked, std::string *text = nullptr)
    {
        const test::Annotated annotated(marked);
        if (text)
            *text = annotated.text();
        return m_completer.complete(snapshotOf(annotated.text()), annotated.caret());
    }
    static const CompletionItem *find(const CompletionList &list, std::string_view label)
    {
        for (const CompletionItem &item : list.items)
            if (item.label == label)
                return &item;
        return nullptr;
    }

private slots:
    void initTestCase()
    {
        m_completer.setProject({{"company.team", "daily", {}}, {"company.team", "other", {"x"}}, {"company.data", "third", {}}});
    }

    void offers_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < cases().size(); ++i)
            QTest::newRow(cases()[i].name) << static_cast<int>(i);
    }
    void offers()
    {
        QFETCH(int, index);
        const Case &row = cases()[static_cast<std::size_t>(index)];
        QStringList labels;
        for (const CompletionItem &item : offered(row.text).items)
            labels << QString::fromStdString(item.label);
        const QByteArray all = labels.join(QLatin1Char(' ')).toUtf8();
        for (const QString &label : row.has)
            QVERIFY2(labels.contains(label), qPrintable(QStringLiteral("%1 is missing in: ").arg(label) + QString::fromUtf8(all)));
        for (const QString &label : row.hasNot)
            QVERIFY2(!labels.contains(label), qPrintable(QStringLiteral("%1 is offered in: ").arg(label) + QString::fromUtf8(all)));
        if (row.has.isEmpty() && row.hasNot.isEmpty())
            return;
        if (*row.first)
            QCOMPARE(labels.value(0), QLatin1String(row.first));
    }

    void accepting_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("label");
        QTest::addColumn<QByteArray>("after");
        const QByteArray head("id: a\nnamespace: b\n");
        QTest::newRow("a key") << QByteArray("i^") << QByteArray("id") << QByteArray("id: ");
        QTest::newRow("a key of a list") << head + "ta^" << QByteArray("tasks") << head + "tasks:\n  - id: ";
        QTest::newRow("a key with colon") << QByteArray("i^: x") << QByteArray("id") << QByteArray("id: x");
        QTest::newRow("a key of a mapping") << head + "tasks:\n  - id: x\n    re^" << QByteArray("retry") << head + "tasks:\n  - id: x\n    retry:\n      ";
        QTest::newRow("a type") << head + "tasks:\n  - id: x\n    type: Lo^" << QByteArray("Log") << head + "tasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: \"\"";
        QTest::newRow("a type with all it needs") << head + "tasks:\n  - id: x\n    type: Lo^\n    message: hi\n" << QByteArray("Log") << head + "tasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n";
        QTest::newRow("a type before a comment") << head + "tasks:\n  - id: x\n    type: Lo^ # why\n" << QByteArray("Log") << head + "tasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log # why\n";
        QTest::newRow("a type without an id") << head + "tasks:\n  - type: Lo^\n    message: hi\n" << QByteArray("Log") << head + "tasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n";
        QTest::newRow("an id that is free") << head + "tasks:\n  - id: log\n    type: io.kestra.plugin.core.debug.Return\n  - type: Lo^\n    message: hi\n" << QByteArray("Log") << head + "tasks:\n  - id: log\n    type: io.kestra.plugin.core.debug.Return\n  - id: log_2\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n";
        QTest::newRow("a list of tasks") << head + "tasks:\n  - id: x\n    type: Paral^\n" << QByteArray("Parallel") << head + "tasks:\n  - id: x\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n      - id: log\n        type: io.kestra.plugin.core.log.Log\n        message: hello\n";
        QTest::newRow("a quoted type") << head + "tasks:\n  - id: x\n    type: 'Lo^'\n" << QByteArray("Log") << head + "tasks:\n  - id: x\n    type: 'io.kestra.plugin.core.log.Log'\n";
        QTest::newRow("an enum value") << head + "tasks:\n  - id: x\n    logLevel: D^ # why\n" << QByteArray("DEBUG") << head + "tasks:\n  - id: x\n    logLevel: DEBUG # why\n";
        QTest::newRow("in brackets") << head + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n    states: [SUCCESS, F^]\n" << QByteArray("FAILED")
                                     << head + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n    states: [SUCCESS, FAILED]\n";
        const QByteArray tasks = head + "tasks:\n  - id: get-it\n    type: io.kestra.plugin.core.debug.Return\n  - id: x\n    type: io.kestra.plugin.core.debug.Return\n    format: ";
        QTest::newRow("a name with a dash") << tasks + "\"{{ outputs.^ }}\"\n" << QByteArray("get-it") << tasks + "\"{{ outputs['get-it'] }}\"\n";
        QTest::newRow("a name in brackets") << tasks + "\"{{ outputs['g^'] }}\"\n" << QByteArray("get-it") << tasks + "\"{{ outputs['get-it'] }}\"\n";
        QTest::newRow("a filter with arguments") << tasks + "\"{{ x | da^ }}\"\n" << QByteArray("date") << tasks + "\"{{ x | date() }}\"\n";
        QTest::newRow("a filter without") << tasks + "\"{{ x | up^ }}\"\n" << QByteArray("upper") << tasks + "\"{{ x | upper }}\"\n";
        QTest::newRow("a function") << tasks + "\"{{ no^ }}\"\n" << QByteArray("now") << tasks + "\"{{ now() }}\"\n";
        QTest::newRow("a root") << tasks + "\"{{ outp^uts.x }}\"\n" << QByteArray("outputs") << tasks + "\"{{ outputs.x }}\"\n";
    }
    void accepting()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, label);
        QFETCH(QByteArray, after);
        std::string text;
        const CompletionList list = offered(before.toStdString(), &text);
        const CompletionItem *item = find(list, label.toStdString());
        QVERIFY(item);
        QCOMPARE(acceptAll(text, list, *item), after.toStdString());
    }

    void aTaskOfTheSameLoopIsReachedByItsValue()
    {
        std::string text;
        const CompletionList list = offered(kHead + kEach + "      - id: next\n        type: io.kestra.plugin.core.debug.Return\n        format: \"{{ outputs.^ }}\"\n", &text);
        const CompletionItem *inner = find(list, "inner");
        QVERIFY(inner);
        QCOMPARE(inner->insert, std::string(".inner[taskrun.value]"));
    }

    /// Problems of a text that touch the bytes [begin, end).
    QByteArray errorsAt(const std::string &text, std::size_t begin, std::size_t end) const
    {
        QByteArray found;
        for (const flow::Diagnostic &diagnostic : allSnapshotOf(text).diagnostics)
            if (diagnostic.severity == flow::Severity::Error && diagnostic.code != "missing-property" && diagnostic.range.begin < end && begin < diagnostic.range.end)
                found += (diagnostic.code + " ").c_str();
        return found;
    }

    /// Every key offered for every type is one the language knows; every word offered as its value is taken.
    void nothingIsOfferedThatIsRefused_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("tasks") << QByteArray("tasks:\n  - id: a\n    type: ");
        QTest::newRow("triggers") << QByteArray("tasks: []\ntriggers:\n  - id: a\n    type: ");
        QTest::newRow("inputs") << QByteArray("tasks: []\ninputs:\n  - id: a\n    type: ");
        QTest::newRow("conditions") << QByteArray("tasks: []\ntriggers:\n  - id: a\n    type: io.kestra.plugin.core.trigger.Flow\n    conditions:\n    - type: ");
        QTest::newRow("task runners") << QByteArray("tasks:\n- id: a\n  type: io.kestra.plugin.scripts.shell.Commands\n  commands: [a]\n  taskRunner:\n    type: ");
    }
    void nothingIsOfferedThatIsRefused()
    {
        QFETCH(QByteArray, head);
        const Completer completer(m_allTypes, someWords());
        const std::string begin = kHead + head.toStdString();
        const CompletionList types = completer.complete(allSnapshotOf(begin), begin.size());
        QVERIFY(!types.items.empty());
        int keys = 0;
        int values = 0;
        for (const CompletionItem &type : types.items) {
            const std::string typed = accept(begin, types, type);
            QVERIFY2(errorsAt(typed + "\n", types.range.begin, types.range.begin + type.insert.size()).isEmpty(), type.insert.c_str());
            const std::string text = typed + (head.contains("conditions") ? "\n      " : "\n    ");
            const CompletionList list = completer.complete(allSnapshotOf(text), text.size());
            QVERIFY2(!list.items.empty() || head.contains("conditions"), type.insert.c_str()); // some conditions have all they can have
            for (const CompletionItem &item : list.items) {
                const std::string after = accept(text, list, item);
                const QByteArray errors = errorsAt(after + "x\n", text.size(), text.size() + item.label.size());
                QVERIFY2(!errors.contains("unknown-property") && !errors.contains("not-supported"), qPrintable(QString::fromStdString(type.insert + "." + item.label + ": ") + QString::fromUtf8(errors)));
                ++keys;
                if (!after.ends_with(": "))
                    continue;
                const CompletionList words = completer.complete(allSnapshotOf(after), after.size());
                for (const CompletionItem &word : words.items) {
                    const QByteArray refused = errorsAt(accept(after, words, word) + "\n", text.size(), after.size() + word.insert.size());
                    QVERIFY2(refused.isEmpty(), qPrintable(QString::fromStdString(type.insert + "." + item.label + "=" + word.insert + ": ") + QString::fromUtf8(refused)));
                    ++values;
                }
            }
        }
        qInfo("%d keys and %d values of %d types", keys, values, int(types.items.size()));
        QVERIFY(keys >= int(types.items.size()) && values > 0);
    }

    /// A type that is accepted with its required properties makes a task the engine takes, bytes of values to
    /// be typed over included. Every type of every catalog that is linked in.
    void requiredPropertiesOfEveryType_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("tasks") << QByteArray("tasks:\n  - type: ");
        QTest::newRow("triggers") << QByteArray("tasks:\n  - id: say\n    type: io.kestra.plugin.core.log.Log\n    message: hi\ntriggers:\n  - type: ");
    }
    void requiredPropertiesOfEveryType()
    {
        QFETCH(QByteArray, head);
        const Completer all(m_allTypes, someWords());
        const std::string begin = kHead + head.toStdString();
        flow::FlowDocument document(begin);
        document.adopt(flow::analyse(begin, document.revision(), *m_allTypes));
        const CompletionList types = all.complete(document.snapshot(), begin.size());
        int snippets = 0;
        for (const CompletionItem &type : types.items) {
            const std::string text = acceptAll(begin, types, type) + "\n";
            const flow::Analysis analysis = flow::analyse(text, {}, *m_allTypes);
            QByteArray errors;
            for (const flow::Diagnostic &diagnostic : analysis.diagnostics)
                if (diagnostic.severity == flow::Severity::Error)
                    errors += (flow::describe(diagnostic) + "; ").c_str();
            QVERIFY2(errors.isEmpty(), qPrintable(QString::fromStdString(text) + QString::fromUtf8(errors)));
            snippets += type.insert.find('\n') != std::string::npos;
            QVERIFY(type.caret + type.selected <= type.insert.size());
        }
        qInfo("%d of %d types bring properties", snippets, int(types.items.size()));
        QVERIFY(snippets > 3);
    }

    void whatTheLastRunLeft_data()
    {
        QTest::addColumn<QByteArray>("inside");
        QTest::addColumn<QStringList>("has");
        QTest::newRow("members of an output") << QByteArray("outputs.load.headers.^") << QStringList{"etag", "content-type"};
        QTest::newRow("members of a list's elements") << QByteArray("outputs.load.rows[0].^") << QStringList{"id", "name"};
        QTest::newRow("outputs the catalog has not") << QByteArray("outputs.load.^") << QStringList{"uri", "code", "rows"};
        QTest::newRow("by their beginning") << QByteArray("outputs.load.ro^") << QStringList{"rows"};
        QTest::newRow("in brackets") << QByteArray("outputs.load.headers['e^']") << QStringList{"etag"};
        QTest::newRow("of a json input") << QByteArray("inputs.config.^") << QStringList{"limit"};
        QTest::newRow("of the trigger") << QByteArray("trigger.body.^") << QStringList{"name"};
    }
    void whatTheLastRunLeft()
    {
        QFETCH(QByteArray, inside);
        QFETCH(QStringList, has);
        auto values = std::make_shared<RunValues>();
        const auto parse = [](const char *json) { return flow::parseJson(json).value; };
        values->roots.set("outputs", parse(R"({"load":{"rows":[{"id":1,"name":"x"}],"headers":{"etag":"a","content-type":"b"}}})"));
        values->roots.set("inputs", parse(R"({"config":{"limit":3}})"));
        values->roots.set("trigger", parse(R"({"body":{"name":"x"}})"));
        m_completer.setRunValues(values);
        std::string text;
        const CompletionList list = offered(expression("{{ " + inside.toStdString() + " }}"), &text);
        m_completer.setRunValues(nullptr);
        for (const QString &name : has)
            QVERIFY2(find(list, name.toStdString()), qPrintable(name));
        if (const CompletionItem *dashed = find(list, "content-type"); dashed && !inside.contains('['))
            QCOMPARE(dashed->insert, std::string("['content-type']"));
    }

    /// Any prefix of a flow, broken as it may be, is answered.
    void anyPrefixIsAnswered()
    {
        const std::string whole = test::Annotated(expression("{{ outputs.load.uri | date('x') }}^")).text() + kDag;
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            const std::string text = whole.substr(0, size);
            m_completer.complete(snapshotOf(text), size);
        }
    }

    void isFastInALargeFlow()
    {
        std::string text = kHead + "tasks:\n";
        for (int i = 0; i < 1000; ++i)
            text += "  - id: task_" + std::to_string(i) + "\n    type: io.kestra.plugin.core.debug.Return\n    format: hello\n";
        text += "  - id: last\n    type: io.kestra.plugin.core.debug.Return\n    format: \"{{ outputs. }}\"\n";
        const flow::Snapshot snapshot = snapshotOf(text);
        const std::size_t offset = text.size() - 5;
        std::size_t found = 0;
        QBENCHMARK {
            found = m_completer.complete(snapshot, offset).items.size();
        }
        QCOMPARE(found, std::size_t(1000));
    }

    void matching_data()
    {
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::addColumn<QString>("typed");
        QTest::newRow("whole before prefix") << "id" << "idle" << "id";
        QTest::newRow("prefix before word") << "Logger" << "CatLog" << "log";
        QTest::newRow("word before middle") << "CatLog" << "catalog" << "log";
        QTest::newRow("capitals before letters") << "WorkingDirectory" << "wood" << "wd";
    }
    void matching()
    {
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QFETCH(QString, typed);
        QVERIFY(matchScore(better.toStdString(), typed.toStdString()) > matchScore(worse.toStdString(), typed.toStdString()));
    }
};

QTEST_APPLESS_MAIN(CompletionTest)
#include "tst_completion.moc"
