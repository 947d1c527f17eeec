#include "editor/quick_fixes.h"
#include "editor/symbols.h"
#include "support/annotations.h"
#include "support/catalog.h"
#include "support/snapshot.h"

#include <QTest>

using namespace editor;
using test::snapshotOf;

namespace {

/// A flow with every kind of name; `^` goes where a test puts it by `at`.
const std::string kFlow =
    "id: daily\n"
    "namespace: company.team\n"
    "inputs:\n"
    "  - id: day\n"
    "    type: DATE\n"
    "  - id: user.name\n"
    "    type: STRING\n"
    "    dependsOn:\n"
    "      inputs: [day]\n"
    "labels:\n"
    "  - key: env\n"
    "    value: prod\n"
    "variables:\n"
    "  bank: https://bank\n"
    "  deep:\n"
    "    url: x\n"
    "tasks:\n"
    "  # Fetches the day\n"
    "  - id: load\n"
    "    type: io.kestra.plugin.core.http.Download\n"
    "    uri: \"{{ vars.bank }}/{{ inputs.day }}/{{ inputs.user.name }}/{{ labels.env }}\"\n"
    "  - id: dag\n"
    "    type: io.kestra.plugin.core.flow.Dag\n"
    "    tasks:\n"
    "      - task:\n"
    "          id: one\n"
    "          type: io.kestra.plugin.core.debug.Return\n"
    "          format: \"{{ outputs.load.uri }} {{ outputs['load'].code }} {{ tasks.load.state }}\"\n"
    "      - task:\n"
    "          id: two\n"
    "          type: io.kestra.plugin.core.debug.Return\n"
    "          format: \"{{ vars.deep.url | upper }} {{ outputs['one'].value | date('yyyy', timeZone='UTC') }}\"\n"
    "        dependsOn:\n"
    "          - one\n"
    "  - id: sub\n"
    "    type: io.kestra.plugin.core.flow.Subflow\n"
    "    namespace: company.data\n"
    "    flowId: clean\n"
    "    inputs:\n"
    "      day: \"{{ inputs.day ?? now() }}\"\n";

/// The offset of the first letter of `word` after `after`.
std::size_t at(const std::string &text, const std::string &after, const std::string &word)
{
    return text.find(word, text.find(after));
}

struct SymbolCase
{
    const char *name;
    std::string after;
    std::string word;
    SymbolKind kind;
    std::string symbol; ///< empty: nothing there
    int usages;
};

const std::vector<SymbolCase> &symbolCases()
{
    static const std::vector<SymbolCase> all{
        {"task by its id", "# Fetches", "load", SymbolKind::Task, "load", 4},
        {"task in outputs", "outputs.load", "load.uri", SymbolKind::Task, "load", 4},
        {"task in brackets", "outputs['load']", "load'", SymbolKind::Task, "load", 4},
        {"task in tasks", "tasks.load", "load.state", SymbolKind::Task, "load", 4},
        {"task in dependsOn", "- one", "one", SymbolKind::Task, "one", 3},
        {"Dag child by its id", "id: one", "one", SymbolKind::Task, "one", 3},
        {"task nobody names", "id: sub", "sub", SymbolKind::Task, "sub", 1},
        {"input by its id", "- id: day", "day", SymbolKind::Input, "day", 4},
        {"input in an expression", "inputs.day }}/", "day", SymbolKind::Input, "day", 4},
        {"input before an operator", "inputs.day ??", "day", SymbolKind::Input, "day", 4},
        {"input another depends on", "inputs: [day", "day", SymbolKind::Input, "day", 4},
        {"dotted input by its id", "id: user.name", "user", SymbolKind::Input, "user.name", 2},
        {"dotted input in an expression", "inputs.user.name", "user", SymbolKind::Input, "user.name", 2},
        {"dotted input at its second part", "inputs.user.name", "name", SymbolKind::Input, "user.name", 2},
        {"variable by its key", "  bank:", "bank", SymbolKind::Variable, "bank", 2},
        {"variable in an expression", "vars.bank", "bank", SymbolKind::Variable, "bank", 2},
        {"variable that holds others", "vars.deep", "deep", SymbolKind::Variable, "deep", 2},
        {"label by its key", "key: env", "env", SymbolKind::Label, "env", 2},
        {"label in an expression", "labels.env", "env", SymbolKind::Label, "env", 2},
        {"flow by its id", "flowId: clean", "clean", SymbolKind::Flow, "clean", 0},
        {"nothing at a type", "type: DATE", "DATE", SymbolKind::Task, "", 0},
        {"nothing at a key", "    uri:", "uri", SymbolKind::Task, "", 0},
        {"nothing at a root", "outputs.load", "outputs", SymbolKind::Task, "", 0},
        {"nothing at an output", "load.uri", "uri", SymbolKind::Task, "", 0},
        {"nothing at a filter", "| upper", "upper", SymbolKind::Task, "", 0},
        {"nothing at the flow's id", "id: daily", "daily", SymbolKind::Task, "", 0},
        {"nothing in a comment", "# Fetches", "Fetches", SymbolKind::Task, "", 0},
    };
    return all;
}

struct RenameCase
{
    const char *name;
    const char *before; ///< with the caret
    const char *to;
    const char *after;  ///< or `fail: <code>`
};

const std::vector<RenameCase> &renameCases()
{
    static const std::vector<RenameCase> all{
        {"input", "id: a\nnamespace: b\ninputs:\n  - id: d^ay\n    type: DATE\ntasks:\n  - id: x\n    type: y.Z\n    m: \"{{ inputs.day }}{{ inputs['day'] }}\"\n", "date",
         "id: a\nnamespace: b\ninputs:\n  - id: date\n    type: DATE\ntasks:\n  - id: x\n    type: y.Z\n    m: \"{{ inputs.date }}{{ inputs['date'] }}\"\n"},
        {"input from a usage", "id: a\ninputs:\n  - id: day\n    type: DATE\ntasks:\n  - id: x\n    type: y.Z\n    m: \"{{ inputs.d^ay }}\"\n", "date",
         "id: a\ninputs:\n  - id: date\n    type: DATE\ntasks:\n  - id: x\n    type: y.Z\n    m: \"{{ inputs.date }}\"\n"},
        {"input with a dash", "inputs:\n  - id: d^ay # k\n    type: DATE\ntasks:\n  - id: x\n    type: y.Z\n    m: \"{{ inputs.day | upper }}\"\n", "the-day",
         "inputs:\n  - id: the-day # k\n    type: DATE\ntasks:\n  - id: x\n    type: y.Z\n    m: \"{{ inputs['the-day'] | upper }}\"\n"},
        {"quoted input", "inputs:\n  - id: \"d^ay\"\n    type: DATE\n", "date", "inputs:\n  - id: \"date\"\n    type: DATE\n"},
        {"variable", "variables:\n  b^ank: x\ntasks:\n  - id: x\n    type: y.Z\n    m: {{ vars.bank }}\n", "url", "variables:\n  url: x\ntasks:\n  - id: x\n    type: y.Z\n    m: {{ vars.url }}\n"},
        {"variable in a script", "variables:\n  b^ank: x\ntasks:\n  - id: x\n    type: y.Z\n    script: |\n      curl {{ vars.bank }}\n      {% if vars.bank %}x{% endif %}\n", "url",
         "variables:\n  url: x\ntasks:\n  - id: x\n    type: y.Z\n    script: |\n      curl {{ vars.url }}\n      {% if vars.url %}x{% endif %}\n"},
        {"not in a text", "variables:\n  b^ank: x\ntasks:\n  - id: x\n    type: y.Z\n    m: \"vars.bank {{ 'vars.bank' ~ vars.bank }}\"\n", "url",
         "variables:\n  url: x\ntasks:\n  - id: x\n    type: y.Z\n    m: \"vars.bank {{ 'vars.bank' ~ vars.url }}\"\n"},
        {"in brackets of brackets", "inputs:\n  - id: k^ey\n    type: STRING\ntasks:\n  - id: x\n    type: y.Z\n    m: \"{{ outputs.x[inputs.key].v }}\"\n", "k",
         "inputs:\n  - id: k\n    type: STRING\ntasks:\n  - id: x\n    type: y.Z\n    m: \"{{ outputs.x[inputs.k].v }}\"\n"},
        {"label", "labels:\n  - key: e^nv\n    value: x\ntasks:\n  - id: x\n    type: y.Z\n    m: \"{{ labels.env }}\"\n", "stage",
         "labels:\n  - key: stage\n    value: x\ntasks:\n  - id: x\n    type: y.Z\n    m: \"{{ labels.stage }}\"\n"},
        {"task", "tasks:\n  - id: l^oad\n    type: x.Y\n  - id: b\n    type: x.Y\n    m: \"{{ outputs.load.uri }}\"\n", "get",
         "tasks:\n  - id: get\n    type: x.Y\n  - id: b\n    type: x.Y\n    m: \"{{ outputs.get.uri }}\"\n"},
        {"task from a usage", "tasks:\n  - id: load\n    type: x.Y\n  - id: b\n    type: x.Y\n    m: \"{{ outputs.lo^ad.uri }}\"\n", "get",
         "tasks:\n  - id: get\n    type: x.Y\n  - id: b\n    type: x.Y\n    m: \"{{ outputs.get.uri }}\"\n"},
        {"windows line ends", "variables:\r\n  b^ank: x\r\ntasks:\r\n  - id: x\r\n    type: y.Z\r\n    m: \"{{ vars.bank }}\"\r\n", "url",
         "variables:\r\n  url: x\r\ntasks:\r\n  - id: x\r\n    type: y.Z\r\n    m: \"{{ vars.url }}\"\r\n"},
        {"a taken name", "variables:\n  b^ank: x\n  url: y\n", "url", "fail: taken"},
        {"no name", "variables:\n  b^ank: x\n", "", "fail: invalid"},
        {"a name with blanks", "variables:\n  b^ank: x\n", "a b", "fail: invalid"},
        {"a name with braces", "variables:\n  b^ank: x\n", "{{", "fail: invalid"},
    };
    return all;
}

struct HoverCase
{
    const char *name;
    std::string after;
    std::string word;
    const char *title; ///< empty: nothing
    const char *type;
};

const std::vector<HoverCase> &hoverCases()
{
    static const std::vector<HoverCase> all{
        {"property", "http.Download", "uri", "uri", "string, required"},
        {"flow property", "id: daily", "namespace", "namespace", "string, required"},
        {"task type", "# Fetches", "io.kestra", "io.kestra.plugin.core.http.Download", ""},
        {"flowable type", "id: dag", "io.kestra", "io.kestra.plugin.core.flow.Dag", "flowable"},
        {"input type", "type: DATE", "DATE", "DATE", "input type"},
        {"task in an expression", "outputs.load.uri", "load", "outputs.load", "http.Download"},
        {"output", "outputs.load.uri", "uri", "outputs.load.uri", "uri"},
        {"input", "inputs.day", "day", "inputs.day", "DATE"},
        {"variable", "vars.bank", "bank", "vars.bank", "variable"},
        {"filter", "| upper", "upper", "upper", "filter"},
        {"filter with arguments", "| date(", "date", "date(format='iso', timeZone)", "filter"},
        {"function", "?? now", "now", "now(format)", "function"},
        {"dependency", "- one", "one", "one", "debug.Return"},
        {"value of a property", "flowId: clean", "clean", "flowId", "string, required"},
        {"nothing in a comment", "# Fetches", "Fetches", "", ""},
        {"nothing at an unknown output", "code", "code }}", "outputs.load.code", "integer"},
        {"nothing between lines", "uri\": ", "x", "", ""},
    };
    return all;
}

struct FixCase
{
    const char *name;
    const char *before; ///< `[[ ]]` not used; the first problem with fixes counts
    const char *code;
    const char *fix;    ///< id of the fix
    const char *after;  ///< text after it
};

const std::vector<FixCase> &fixCases()
{
    static const std::string head = "id: a\nnamespace: b\n";
    static const std::vector<FixCase> all{
        {"a misspelt property", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    mesage: hi # note\n", "unknown-property", "fix.replace",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi # note\n"},
        {"a property to take away", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n    zzzzzzzzz:\n      a: 1\n    level: INFO\n", "unknown-property", "fix.remove",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n    level: INFO\n"},
        {"a misspelt type", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Lo\n    message: hi\n", "unknown-type", "fix.replace",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"},
        {"a quoted misspelt type", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: \"io.kestra.plugin.core.log.Lo\"\n    message: hi\n", "unknown-type", "fix.replace",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: \"io.kestra.plugin.core.log.Log\"\n    message: hi\n"},
        {"an old type", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.core.tasks.log.Log\n    message: hi\n", "renamed-type", "fix.replace",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"},
        {"a misspelt value", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n    level: WARM\n", "unknown-value", "fix.replace",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n    level: WARN\n"},
        {"a missing property", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n", "missing-property", "fix.add",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: \"\"\n"},
        {"a missing id", "id: a\nnamespace: b\ntasks:\n  - type: io.kestra.plugin.core.log.Log\n    message: hi\n", "missing-property", "fix.make-id",
         "id: a\nnamespace: b\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"},
        {"a missing list of tasks", "id: a\nnamespace: b\n", "missing-property", "fix.add",
         "id: a\nnamespace: b\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hello\n"},
        {"a key written twice", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: one\n    message: two\n", "duplicate-key", "fix.remove",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: one\n"},
        {"an id used twice", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: one\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: two\n", "duplicate-task", "fix.new-id", nullptr},
        {"an expression without quotes", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: {{ flow.id }}\n", "unquoted-expression", "fix.quote",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ flow.id }}\"\n"},
        {"an alias of a word", "id: a\nnamespace: b\nvariables:\n  one: &w hello\n  two: *w\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n", "alias-not-expanded", "fix.write-out",
         "id: a\nnamespace: b\nvariables:\n  one: &w hello\n  two: hello\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"},
        {"an alias of a mapping", "id: a\nnamespace: b\nvariables:\n  one: &m\n    k: 1\n    l: 2\n  two: *m\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n", "alias-not-expanded", "fix.write-out",
         "id: a\nnamespace: b\nvariables:\n  one: &m\n    k: 1\n    l: 2\n  two:\n    k: 1\n    l: 2\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"},
        {"a missing property of a trigger", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\ntriggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n", "missing-property", "fix.add",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\ntriggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"0 9 * * *\"\n"},
        {"a missing property of a child", "id: a\nnamespace: b\ntasks:\n  - id: s\n    type: io.kestra.plugin.core.flow.Sequential\n    tasks:\n      - id: x\n        type: io.kestra.plugin.core.log.Log\n", "missing-property", "fix.add",
         "id: a\nnamespace: b\ntasks:\n  - id: s\n    type: io.kestra.plugin.core.flow.Sequential\n    tasks:\n      - id: x\n        type: io.kestra.plugin.core.log.Log\n        message: \"\"\n"},
        {"a missing property of a Dag child", "id: a\nnamespace: b\ntasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n      - task:\n          id: x\n          type: io.kestra.plugin.core.log.Log\n", "missing-property", "fix.add",
         "id: a\nnamespace: b\ntasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n      - task:\n          id: x\n          type: io.kestra.plugin.core.log.Log\n          message: \"\"\n"},
        {"a missing interval of retry", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n    retry:\n      type: constant\n", "missing-property", "fix.add", nullptr},
        {"a missing id with windows line ends", "id: a\r\nnamespace: b\r\ntasks:\r\n  - type: io.kestra.plugin.core.log.Log\r\n    message: hi\r\n", "missing-property", "fix.make-id",
         "id: a\r\nnamespace: b\r\ntasks:\r\n  - id: log\r\n    type: io.kestra.plugin.core.log.Log\r\n    message: hi\r\n"},
        {"a misspelt key of the flow", "id: a\nnamespace: b\ntaks: []\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n", "unknown-property", "fix.remove",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"},
        {"a misspelt input type", "id: a\nnamespace: b\ninputs:\n  - id: i\n    type: STRNG\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n", "unknown-type", "fix.replace",
         "id: a\nnamespace: b\ninputs:\n  - id: i\n    type: STRING\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"},
        {"a misspelt dependency", "id: a\nnamespace: b\ntasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n      - task:\n          id: first\n          type: io.kestra.plugin.core.debug.Return\n          format: x\n      - task:\n          id: second\n          type: io.kestra.plugin.core.debug.Return\n          format: x\n        dependsOn:\n          - fist\n", "unknown-dependency", "fix.replace",
         "id: a\nnamespace: b\ntasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n      - task:\n          id: first\n          type: io.kestra.plugin.core.debug.Return\n          format: x\n      - task:\n          id: second\n          type: io.kestra.plugin.core.debug.Return\n          format: x\n        dependsOn:\n          - first\n"},
        {"an alias of a list", "id: a\nnamespace: b\nvariables:\n  one: &l\n    - 1\n    - 2\n  two: *l # here\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n", "alias-not-expanded", "fix.write-out",
         "id: a\nnamespace: b\nvariables:\n  one: &l\n    - 1\n    - 2\n  two:\n    - 1\n    - 2 # here\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"},
        {"an expression without quotes before a comment", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: {{ flow.id }} # id\n", "unquoted-expression", "fix.quote",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ flow.id }}\" # id\n"},
        {"an old property", "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n    retry:\n      type: constant\n      interval: PT1S\n      maxAttempt: 3\n", "deprecated-property", "fix.replace",
         "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n    retry:\n      type: constant\n      interval: PT1S\n      maxAttempts: 3\n"},
        {"an output with a dash", "id: a\nnamespace: b\ntasks:\n  - id: my-task\n    type: io.kestra.plugin.core.debug.Return\n    format: x\n  - id: y\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ outputs.my-task.value }}\"\n", "dashed-reference", "fix.brackets",
         "id: a\nnamespace: b\ntasks:\n  - id: my-task\n    type: io.kestra.plugin.core.debug.Return\n    format: x\n  - id: y\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ outputs['my-task'].value }}\"\n"},
    };
    return all;
}

} // namespace

class SymbolsTest : public QObject
{
    Q_OBJECT

    Completer m_completer{test::sharedCatalog(), {{{"date", "format='iso', timeZone", "Formats"}, {"upper", "", ""}}, {{"now", "format", ""}}, {}}};

private slots:
    void symbols_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < symbolCases().size(); ++i)
            QTest::newRow(symbolCases()[i].name) << static_cast<int>(i);
    }
    void symbols()
    {
        QFETCH(int, index);
        const SymbolCase &row = symbolCases()[static_cast<std::size_t>(index)];
        const flow::Snapshot snapshot = snapshotOf(kFlow);
        const std::size_t offset = at(kFlow, row.after, row.word);
        QVERIFY(offset != std::string::npos);
        for (const std::size_t inside : {offset, offset + 1}) {
            const std::optional<Symbol> symbol = symbolAt(snapshot, inside);
            QCOMPARE(symbol ? symbol->name : std::string(), row.symbol);
            if (!symbol)
                continue;
            QCOMPARE(symbol->kind, row.kind);
            QCOMPARE(int(usagesOf(snapshot, *symbol).size()), row.usages);
            for (const flow::Range &usage : usagesOf(snapshot, *symbol))
                QCOMPARE(kFlow.substr(usage.begin, usage.size()), row.symbol);
            const std::optional<flow::Range> definition = definitionOf(snapshot, *symbol);
            QCOMPARE(definition.has_value(), row.kind != SymbolKind::Flow);
            if (definition)
                QCOMPARE(usagesOf(snapshot, *symbol).front(), *definition);
        }
    }

    void aSubflowNamesItsNamespace()
    {
        const std::optional<Symbol> symbol = symbolAt(snapshotOf(kFlow), at(kFlow, "flowId:", "clean"));
        QVERIFY(symbol);
        QCOMPARE(symbol->namespaceId, std::string("company.data"));
    }

    void renaming_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < renameCases().size(); ++i)
            QTest::newRow(renameCases()[i].name) << static_cast<int>(i);
    }
    void renaming()
    {
        QFETCH(int, index);
        const RenameCase &row = renameCases()[static_cast<std::size_t>(index)];
        const test::Annotated before(row.before);
        const flow::Snapshot snapshot = snapshotOf(before.text());
        const std::optional<Symbol> symbol = symbolAt(snapshot, before.caret());
        QVERIFY(symbol);
        const flow::Result<flow::Edit> edit = renameSymbol(snapshot, *symbol, row.to);
        std::string after;
        if (edit)
            after = edit->applyTo(before.text());
        else
            after = edit.error().code == flow::ErrorCode::IdTaken ? "fail: taken" : edit.error().code == flow::ErrorCode::InvalidId ? "fail: invalid" : "fail: other";
        QCOMPARE(after, std::string(row.after));
    }

    void hovering_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < hoverCases().size(); ++i)
            QTest::newRow(hoverCases()[i].name) << static_cast<int>(i);
    }
    void hovering()
    {
        QFETCH(int, index);
        const HoverCase &row = hoverCases()[static_cast<std::size_t>(index)];
        const std::size_t offset = at(kFlow, row.after, row.word);
        const std::optional<Hover> hover = hoverAt(snapshotOf(kFlow), offset, m_completer);
        QCOMPARE(hover ? hover->title : std::string(), std::string(row.title));
        if (hover)
            QCOMPARE(hover->type, std::string(row.type));
    }

    void signatures_data()
    {
        QTest::addColumn<QByteArray>("marked");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("argument");
        QTest::newRow("first") << QByteArray("m: \"{{ x | date(^) }}\"\n") << QByteArray("date") << 0;
        QTest::newRow("second") << QByteArray("m: \"{{ x | date('a', ^) }}\"\n") << QByteArray("date") << 1;
        QTest::newRow("a comma in a text") << QByteArray("m: \"{{ x | date('a, b^') }}\"\n") << QByteArray("date") << 0;
        QTest::newRow("a list inside") << QByteArray("m: \"{{ x | date([1, 2^]) }}\"\n") << QByteArray("date") << 0;
        QTest::newRow("a function") << QByteArray("m: \"{{ now(^\"\n") << QByteArray("now") << 0;
        QTest::newRow("behind") << QByteArray("m: \"{{ now()^ }}\"\n") << QByteArray() << 0;
        QTest::newRow("unknown") << QByteArray("m: \"{{ nobody(^) }}\"\n") << QByteArray() << 0;
        QTest::newRow("outside") << QByteArray("m: now(^)\n") << QByteArray() << 0;
    }
    void signatures()
    {
        QFETCH(QByteArray, marked);
        QFETCH(QByteArray, name);
        QFETCH(int, argument);
        const test::Annotated text(marked.toStdString());
        const std::optional<SignatureHelp> help = signatureAt(snapshotOf(text.text()), text.caret(), m_completer);
        QCOMPARE(help ? help->name : std::string(), name.toStdString());
        if (help)
            QCOMPARE(help->argument, argument);
    }

    void fixes_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < fixCases().size(); ++i)
            QTest::newRow(fixCases()[i].name) << static_cast<int>(i);
    }
    void fixes()
    {
        QFETCH(int, index);
        const FixCase &row = fixCases()[static_cast<std::size_t>(index)];
        const flow::Snapshot snapshot = snapshotOf(row.before);
        QByteArray seen;
        for (const flow::Diagnostic &diagnostic : snapshot.diagnostics) {
            seen += diagnostic.code.c_str() + QByteArray(" at ") + diagnostic.path.c_str() + " ";
            if (diagnostic.code != row.code)
                continue;
            for (const QuickFix &fix : quickFixes(snapshot, diagnostic, test::coreCatalog())) {
                seen += "(" + QByteArray(fix.id.c_str()) + ") ";
                if (fix.id != row.fix)
                    continue;
                const std::string after = fix.edit.applyTo(row.before);
                if (row.after)
                    QCOMPARE(QByteArray(after.c_str()), QByteArray(row.after));
                const auto count = [&](const std::string &text) {
                    const std::vector<flow::Diagnostic> all = snapshotOf(text).diagnostics;
                    return std::count_if(all.begin(), all.end(), [&](const flow::Diagnostic &other) { return other.code == row.code; });
                };
                QVERIFY2(count(after) < count(row.before), "the problem is still there");
                return;
            }
        }
        QFAIL(("no such fix: " + seen).constData());
    }

    void allOfOneKindAtOnce()
    {
        const std::string before = "id: a\nnamespace: b\nvariables:\n  one: &w x\n  two: *w\n  three: *w\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n";
        const flow::Result<flow::Edit> edit = fixAll(snapshotOf(before), "alias-not-expanded", test::coreCatalog());
        QVERIFY(edit);
        QCOMPARE(edit->applyTo(before), "id: a\nnamespace: b\nvariables:\n  one: &w x\n  two: x\n  three: x\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n");
    }

    void anyPlaceIsAnswered()
    {
        const flow::Snapshot whole = snapshotOf(kFlow);
        for (std::size_t offset = 0; offset <= kFlow.size(); ++offset) {
            symbolAt(whole, offset);
            hoverAt(whole, offset, m_completer);
            signatureAt(whole, offset, m_completer);
        }
        for (std::size_t size = 0; size < kFlow.size(); size += 3) {
            const flow::Snapshot part = snapshotOf(kFlow.substr(0, size));
            symbolAt(part, size);
            hoverAt(part, size ? size - 1 : 0, m_completer);
            for (const flow::Diagnostic &diagnostic : part.diagnostics)
                for (const QuickFix &fix : quickFixes(part, diagnostic, test::coreCatalog()))
                    fix.edit.applyTo(*part.text);
        }
    }
};

QTEST_APPLESS_MAIN(SymbolsTest)
#include "tst_symbols.moc"
