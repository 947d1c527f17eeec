#include "editor/quick_fixes.h"
#include "editor/symbols.h"
#include "support/annotations.h"
#include "support/catalog.h"
#include "support/snapshot.h"

#include <QTest>

using namespace editor;
using test::snapshotOf;

namespace {

const std::string kHead = "id: daily\nnamespace: company.team\n";
const std::string kInputs = "inputs:\n  - id: day\n    type: DATE\n  - id: to-do\n    type: STRING\n";
const std::string kLoad = "tasks:\n  - id: load\n    type: io.kestra.plugin.core.http.Download\n    uri: https://x\n";
const std::string kLog = "  - id: say\n    type: io.kestra.plugin.core.log.Log\n    message: ";
const std::string kReturn = "  - id: end\n    type: io.kestra.plugin.core.debug.Return\n    format: ";

/// The caret `^` and, in `[[ ]]`, all that is looked for: the definition, or every usage.
struct PlaceCase
{
    const char *name;
    std::string marked;
};

const std::vector<PlaceCase> &definitionCases()
{
    static const std::vector<PlaceCase> all{
        {"task from an expression", "tasks:\n  - id: [[load]]\n    type: x.Y\n" + kLog + "\"{{ outputs.lo^ad.uri }}\"\n"},
        {"task from its first letter", "tasks:\n  - id: [[load]]\n    type: x.Y\n" + kLog + "\"{{ outputs.^load.uri }}\"\n"},
        {"task from behind its last letter", "tasks:\n  - id: [[load]]\n    type: x.Y\n" + kLog + "\"{{ outputs.load^.uri }}\"\n"},
        {"task whose name has a dash", "tasks:\n  - id: [[get-it]]\n    type: x.Y\n" + kLog + "\"{{ outputs['get^-it'].uri }}\"\n"},
        {"quoted id", "tasks:\n  - id: \"[[load]]\"\n    type: x.Y\n" + kLog + "\"{{ outputs.lo^ad }}\"\n"},
        {"task below", "tasks:\n" + kLog + "\"{{ outputs.lo^ad }}\"\n  - id: [[load]]\n    type: x.Y\n"},
        {"task in a branch", "tasks:\n  - id: if\n    type: io.kestra.plugin.core.flow.If\n    then:\n      - id: [[deep]]\n        type: x.Y\n" + kLog + "\"{{ outputs.de^ep }}\"\n"},
        {"task of errors", "errors:\n  - id: [[mend]]\n    type: x.Y\n  - id: b\n    type: x.Y\n    m: \"{{ outputs.me^nd }}\"\n"},
        {"state of a task", "tasks:\n  - id: [[load]]\n    type: x.Y\n" + kLog + "\"{{ tasks.lo^ad.state }}\"\n"},
        {"in a script", "tasks:\n  - id: [[load]]\n    type: x.Y\n  - id: sh\n    type: x.Y\n    script: |\n      # see\n      cat {{ outputs.lo^ad.uri }}\n"},
        {"in a folded text", "tasks:\n  - id: [[load]]\n    type: x.Y\n  - id: sh\n    type: x.Y\n    message: >-\n      Of\n      {{ outputs.lo^ad.uri }}\n"},
        {"in a tag", "tasks:\n  - id: [[load]]\n    type: x.Y\n" + kLog + "\"{% if outputs.lo^ad.code == 200 %}x{% endif %}\"\n"},
        {"as an argument", "tasks:\n  - id: [[load]]\n    type: x.Y\n" + kLog + "\"{{ read(outputs.lo^ad.uri) }}\"\n"},
        {"in brackets of brackets", "inputs:\n  - id: [[key]]\n    type: STRING\ntasks:\n" + kLog + "\"{{ outputs.x[inputs.k^ey] }}\"\n"},
        {"input", "inputs:\n  - id: [[day]]\n    type: DATE\ntasks:\n" + kLog + "\"{{ inputs.d^ay }}\"\n"},
        {"dotted input", "inputs:\n  - id: [[user.name]]\n    type: STRING\ntasks:\n" + kLog + "\"{{ inputs.us^er.name }}\"\n"},
        {"input of a trigger", "inputs:\n  - id: [[day]]\n    type: DATE\ntriggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"@daily\"\n    inputs:\n      d^ay: 2026-01-01\n"},
        {"variable", "variables:\n  [[bank]]: x\ntasks:\n" + kLog + "\"{{ vars.ba^nk }}\"\n"},
        {"label of a list", "labels:\n  - key: [[env]]\n    value: x\ntasks:\n" + kLog + "\"{{ labels.e^nv }}\"\n"},
        {"label of a mapping", "labels:\n  [[env]]: x\ntasks:\n" + kLog + "\"{{ labels.e^nv }}\"\n"},
        {"dependency in brackets", "tasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n      - task:\n          id: [[a]]\n          type: x.Y\n      - task:\n          id: b\n          type: x.Y\n        dependsOn: [a^]\n"},
        {"windows line ends", "tasks:\r\n  - id: [[load]]\r\n    type: x.Y\r\n  - id: b\r\n    type: x.Y\r\n    m: \"{{ outputs.lo^ad }}\"\r\n"},
        {"broken text above", "x: [\ntasks:\n  - id: [[load]]\n    type: x.Y\n" + kLog + "\"{{ outputs.lo^ad }}\"\n"},
        {"broken text below", "tasks:\n  - id: [[load]]\n    type: x.Y\n" + kLog + "\"{{ outputs.lo^ad }}\"\n  - id: }{\n"},
        {"an expression left open", "tasks:\n  - id: [[load]]\n    type: x.Y\n" + kLog + "\"{{ outputs.lo^ad\n"},
        {"nothing in a comment", "tasks:\n  - id: load\n    type: x.Y\n    # lo^ad\n"},
        {"nothing in a text", "tasks:\n  - id: load\n    type: x.Y\n" + kLog + "\"outputs.lo^ad\"\n"},
        {"nothing in a text of an expression", "tasks:\n  - id: load\n    type: x.Y\n" + kLog + "\"{{ 'outputs.lo^ad' }}\"\n"},
        {"nothing for a task there is not", "tasks:\n  - id: load\n    type: x.Y\n" + kLog + "\"{{ outputs.nob^ody }}\"\n"},
    };
    return all;
}

const std::vector<PlaceCase> &usageCases()
{
    static const std::vector<PlaceCase> all{
        {"task, from its id", "tasks:\n  - id: [[lo^ad]]\n    type: x.Y\n" + kLog + "\"{{ outputs.[[load]].uri }} {{ outputs['[[load]]'].code }} {{ tasks.[[load]].state }}\"\n"},
        {"a name inside another is another", "tasks:\n  - id: [[lo^ad]]\n    type: x.Y\n  - id: load_2\n    type: x.Y\n" + kLog + "\"{{ outputs.load_2 }}{{ outputs.[[load]] }}\"\n"},
        {"task and input of one name", "inputs:\n  - id: [[da^y]]\n    type: DATE\ntasks:\n  - id: day\n    type: x.Y\n    m: \"{{ inputs.[[day]] }}{{ outputs.day }}\"\n"},
        {"input in a trigger", "inputs:\n  - id: [[d^ay]]\n    type: DATE\ntriggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"@daily\"\n    inputs:\n      [[day]]: 2026-01-01\n"},
        {"input in a condition of another", "inputs:\n  - id: [[a]]\n    type: BOOLEAN\n  - id: b\n    type: STRING\n    dependsOn:\n      inputs:\n        - [[a^]]\n      condition: \"{{ inputs.[[a]] }}\"\n"},
        {"variable in a script and a tag", "variables:\n  [[bank]]: x\ntasks:\n  - id: sh\n    type: x.Y\n    script: |\n      {% if vars.[[ba^nk]] %}curl {{ vars.[[bank]] }}{% endif %}\n"},
        {"variable in a variable", "variables:\n  [[b^ank]]: x\n  url: \"{{ vars.[[bank]] }}/y\"\n"},
        {"not in texts", "variables:\n  [[b^ank]]: vars.bank\ntasks:\n" + kLog + "\"vars.bank {{ 'vars.bank' ~ vars.[[bank]] }}\"\n"},
        {"in flow outputs and errors", "tasks:\n  - id: [[lo^ad]]\n    type: x.Y\nerrors:\n  - id: e\n    type: x.Y\n    m: \"{{ outputs.[[load]] }}\"\noutputs:\n  - id: o\n    type: STRING\n    value: \"{{ outputs.[[load]].uri }}\"\n"},
        {"with blanks around the dot's path", "variables:\n  [[b^ank]]: x\ntasks:\n" + kLog + "\"{{vars.[[bank]]|upper}}{{   vars.[[bank]]   }}\"\n"},
        {"a label of a mapping", "labels:\n  [[e^nv]]: x\ntasks:\n" + kLog + "\"{{ labels.[[env]] }}\"\n"},
        {"broken text below", "variables:\n  [[b^ank]]: x\ntasks:\n" + kLog + "\"{{ vars.[[bank]] }}\"\n  - id: }{\n    m: \"{{ vars.[[bank]] }}\"\n"},
        {"an expression left open", "variables:\n  [[b^ank]]: x\ntasks:\n" + kLog + "\"{{ vars.[[bank]]\n"},
    };
    return all;
}

struct RenameCase
{
    const char *name;
    std::string before;
    const char *to;
    std::string after;
};

const std::vector<RenameCase> &renameCases()
{
    static const std::vector<RenameCase> all{
        {"input of a trigger", "inputs:\n  - id: d^ay\n    type: DATE\ntriggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"@daily\"\n    inputs:\n      day: \"{{ inputs.day }}\"\n", "date",
         "inputs:\n  - id: date\n    type: DATE\ntriggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"@daily\"\n    inputs:\n      date: \"{{ inputs.date }}\"\n"},
        {"task to a dashed name and its script", "tasks:\n  - id: lo^ad\n    type: x.Y\n  - id: sh\n    type: x.Y\n    script: |\n      cat {{ outputs.load.uri }}\n", "get-it",
         "tasks:\n  - id: get-it\n    type: x.Y\n  - id: sh\n    type: x.Y\n    script: |\n      cat {{ outputs['get-it'].uri }}\n"},
        {"task in an index", "tasks:\n  - id: ea^ch\n    type: x.Y\n" + kLog + "\"{{ outputs['each']['a'].value ?? outputs.each[taskrun.value].value }}\"\n", "every",
         "tasks:\n  - id: every\n    type: x.Y\n" + kLog + "\"{{ outputs['every']['a'].value ?? outputs.every[taskrun.value].value }}\"\n"},
        {"label of a mapping", "labels:\n  e^nv: x\ntasks:\n" + kLog + "\"{{ labels.env }}\"\n", "stage", "labels:\n  stage: x\ntasks:\n" + kLog + "\"{{ labels.stage }}\"\n"},
        {"a comment beside stays", "variables:\n  b^ank: x # bank, not vars.bank\n", "url", "variables:\n  url: x # bank, not vars.bank\n"},
        {"one of two with a common beginning", "inputs:\n  - id: da^y\n    type: DATE\n  - id: day_2\n    type: DATE\ntasks:\n" + kLog + "\"{{ inputs.day ~ inputs.day_2 }}\"\n", "date",
         "inputs:\n  - id: date\n    type: DATE\n  - id: day_2\n    type: DATE\ntasks:\n" + kLog + "\"{{ inputs.date ~ inputs.day_2 }}\"\n"},
        {"an expression without quotes", "variables:\n  b^ank: x\ntasks:\n  - id: x\n    type: y.Z\n    m: {{ vars.bank }}\n", "the-bank", "variables:\n  the-bank: x\ntasks:\n  - id: x\n    type: y.Z\n    m: {{ vars['the-bank'] }}\n"},
        {"Korean around it", "variables:\n  b^ank: 은행\ntasks:\n" + kLog + "\"한글 {{ vars.bank }} 끝\"\n", "url", "variables:\n  url: 은행\ntasks:\n" + kLog + "\"한글 {{ vars.url }} 끝\"\n"},
        {"broken text below", "variables:\n  b^ank: x\ntasks:\n" + kLog + "\"{{ vars.bank }}\"\n  - id: }{\n", "url", "variables:\n  url: x\ntasks:\n" + kLog + "\"{{ vars.url }}\"\n  - id: }{\n"},
        {"a taken task", "tasks:\n  - id: lo^ad\n    type: x.Y\n  - id: end\n    type: x.Y\n", "end", "fail: taken"},
        {"a taken input", "inputs:\n  - id: d^ay\n    type: DATE\n  - id: date\n    type: DATE\n", "date", "fail: taken"},
        {"a task with a blank", "tasks:\n  - id: lo^ad\n    type: x.Y\n", "a b", "fail: invalid"},
    };
    return all;
}

struct HoverCase
{
    const char *name;
    std::string marked;
    const char *title; ///< empty: nothing
    const char *type;
};

const std::vector<HoverCase> &hoverCases()
{
    static const std::vector<HoverCase> all{
        {"property of a task in a branch", "tasks:\n  - id: if\n    type: io.kestra.plugin.core.flow.If\n    condition: x\n    then:\n      - id: a\n        type: io.kestra.plugin.core.log.Log\n        lev^el: INFO\n", "level", "ERROR | WARN | INFO | DEBUG | TRACE, default INFO"},
        {"property of a trigger", "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cr^on: x\n", "cron", "string, required"},
        {"property of a retry", "retry:\n  type: constant\n  inter^val: PT1S\n", "interval", "duration, required"},
        {"value of an enum", "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    level: IN^FO\n", "level", "ERROR | WARN | INFO | DEBUG | TRACE, default INFO"},
        {"type of a trigger", "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Sch^edule\n", "io.kestra.plugin.core.trigger.Schedule", ""},
        {"output of a bracketed task", kLoad + kLog + "\"{{ outputs['load'].u^ri }}\"\n", "outputs.load.uri", "uri"},
        {"task below", "tasks:\n" + kLog + "\"{{ outputs.lo^ad }}\"\n  - id: load\n    type: io.kestra.plugin.core.http.Download\n", "outputs.load", "http.Download"},
        {"input in a script", kInputs + "tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.shell.Script\n    script: |\n      echo {{ inputs.d^ay }}\n", "inputs.day", "DATE"},
        {"input in brackets", kInputs + "tasks:\n" + kLog + "\"{{ inputs['to^-do'] }}\"\n", "inputs.to-do", "STRING"},
        {"filter without blanks", "tasks:\n" + kLog + "\"{{ a|upp^er }}\"\n", "upper", "filter"},
        {"function in an argument", "tasks:\n" + kLog + "\"{{ max(no^w()) }}\"\n", "now(format)", "function"},
        {"in broken text", "x: [\n" + kLoad + kLog + "\"{{ outputs.load.u^ri }}\"\n", "outputs.load.uri", "uri"},
        {"property above broken text", "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    mess^age: hi\n  - id: }{\n", "message", "any, required"},
        {"nothing behind the expression", kInputs + "tasks:\n" + kLog + "\"{{ inputs.day }} da^y\"\n", "message", "any, required"},
        {"nothing in a comment", "tasks:\n  # mess^age\n  - id: a\n", "", ""},
        {"nothing at a key nobody knows", "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    fo^o: 1\n", "", ""},
    };
    return all;
}

struct FixCase
{
    const char *name;
    std::string before;
    const char *fix;
    std::string after; ///< `none`: the line offers no such fix
};

const std::vector<FixCase> &fixCases()
{
    static const std::vector<FixCase> all{
        {"a misspelt key in a branch", kHead + "tasks:\n  - id: if\n    type: io.kestra.plugin.core.flow.If\n    condition: x\n    then:\n      - id: a\n        type: io.kestra.plugin.core.log.Log\n        ^mesage: hi\n", "fix.replace",
         kHead + "tasks:\n  - id: if\n    type: io.kestra.plugin.core.flow.If\n    condition: x\n    then:\n      - id: a\n        type: io.kestra.plugin.core.log.Log\n        message: hi\n"},
        {"a misspelt key with windows line ends", "id: a\r\nnamespace: b\r\ntasks:\r\n  - id: a\r\n    type: io.kestra.plugin.core.log.Log\r\n    ^mesage: hi\r\n", "fix.replace",
         "id: a\r\nnamespace: b\r\ntasks:\r\n  - id: a\r\n    type: io.kestra.plugin.core.log.Log\r\n    message: hi\r\n"},
        {"an expression in a script is quoted by nobody", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.shell.Script\n    script: |\n      echo {{ flow.i^d }}\n", "fix.quote", "none"},
        {"an expression with quotes inside", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: {{ ^\"x\" }}\n", "fix.quote",
         kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ \\\"x\\\" }}\"\n"},
        {"nothing where all is well", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    mess^age: hi\n", "fix.replace", "none"},
        {"a label with a capital", kHead + "labels:\n  - key: ^Env\n    value: x\n" + kLoad, "fix.replace", "none"},
    };
    return all;
}

struct OfferCase
{
    const char *name;
    std::string marked;
    QStringList has;
    QStringList hasNot;
    const char *first = "";
};

const std::vector<OfferCase> &offerCases()
{
    static const std::vector<OfferCase> all{
        {"inputs of a trigger", kHead + kInputs + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: x\n    inputs:\n      ^", {"day", "to-do"}, {"id", "cron"}, "day"},
        {"inputs of a called flow", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: company.data\n    flowId: third\n    inputs:\n      ^", {"region", "limit"}, {"id", "type"}, "region"},
        {"inputs of a called flow beside this one", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.Subflow\n    flowId: other\n    inputs:\n      x^: 1\n", {"x"}, {"region"}, "x"},
        {"a list of mappings in brackets", kHead + "tasks: [{id: a, type: io.kestra.plugin.core.log.Log, ^}]\n", {"message"}, {"id"}, "message"},
        {"a mapping in a mapping in braces", kHead + "tasks:\n  - id: a\n    type: x.Y\n    retry: {type: constant, ^}\n", {"interval"}, {"type", "delayFactor"}, "interval"},
        {"a value in braces that are open", kHead + "tasks:\n  - id: a\n    type: x.Y\n    retry: {type: co^", {"constant"}, {"interval"}, "constant"},
        {"inputs of a trigger that are there", kHead + kInputs + "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: x\n    inputs:\n      day: x\n      ^", {"to-do"}, {"day"}, "to-do"},
        {"keys in the middle of an item", kHead + "tasks:\n  - id: a\n    ^\n    type: io.kestra.plugin.core.log.Log\n    message: x\n", {"level"}, {"message", "id"}},
        {"keys of a second item", kHead + kLoad + "  - id: b\n    type: io.kestra.plugin.core.log.Log\n    m^", {"message"}, {"method"}, "message"},
        {"a type in brackets of a mapping", kHead + "tasks:\n  - {id: a, type: Lo^}\n", {"Log"}, {}, "Log"},
        {"keys in a mapping in brackets", kHead + "tasks:\n  - {id: a, type: io.kestra.plugin.core.log.Log, ^}\n", {"message"}, {"id"}, "message"},
        {"a value with a comment behind", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    level: ^ # why\n", {"INFO"}, {"message"}},
        {"a multi-line text is the user's", kHead + "description: |\n  id^\n", {}, {"id"}},
        {"a document that begins with dashes", "---\nid: a\n^", {"namespace"}, {"id"}},
        {"half an expression in broken text", "x: [\n" + kHead + kInputs + "tasks:\n" + kLog + "\"{{ inputs.^\n", {"day"}, {}},
        {"after Korean", kHead + kInputs + "tasks:\n" + kLog + "\"한글 {{ inputs.^ }}\"\n", {"day", "to-do"}, {}},
        {"second part of an or", kHead + kInputs + "tasks:\n" + kLog + "\"{{ inputs.day ?? in^ }}\"\n", {"inputs"}, {"outputs"}},
        {"in a conditional", kHead + kInputs + kLoad + kReturn + "\"{{ inputs.day ? outputs.^ : 1 }}\"\n", {"load"}, {"day"}},
        {"in a mapping of an expression", kHead + kInputs + "tasks:\n" + kLog + "\"{{ {'a': inputs.^} }}\"\n", {"day"}, {}},
        {"filters in a tag", kHead + kInputs + "tasks:\n" + kLog + "\"{% if inputs.day | up^ %}\"\n", {"upper"}, {"inputs"}, "upper"},
        {"the error of a failed task", kHead + kLoad + "errors:\n  - id: e\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ ^ }}\"\n", {"outputs", "errorLogs"}, {}},
        {"a value inside ForEach", kHead + "tasks:\n  - id: each\n    type: io.kestra.plugin.core.flow.ForEach\n    values: [1]\n    tasks:\n      - id: a\n        type: io.kestra.plugin.core.log.Log\n        message: \"{{ taskrun.^ }}\"\n", {"value", "iteration"}, {}},
        {"what a parent has", kHead + "tasks:\n  - id: each\n    type: io.kestra.plugin.core.flow.ForEach\n    values: [1]\n    tasks:\n      - id: a\n        type: io.kestra.plugin.core.log.Log\n        message: \"{{ parent.^ }}\"\n", {"taskrun"}, {}},
        {"a fallback task is a task", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.Sequential\n    tasks:\n      - id: b\n        ^", {"type"}, {"tasks"}, "type"},
        {"else of an If", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.If\n    else:\n      - type: Ret^", {"Return"}, {"Log"}, "Return"},
        {"defaults of a Switch", kHead + "tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.Switch\n    defaults:\n      - id: b\n        type: io.kestra.plugin.core.log.Log\n        ^", {"message"}, {"cases"}, "message"},
    };
    return all;
}

template <typename Cases> void rowsOf(const Cases &cases)
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < cases.size(); ++i)
        QTest::newRow(cases[i].name) << static_cast<int>(i);
}

std::string marked(const std::string &text, const std::vector<flow::Range> &ranges)
{
    std::string shown = text;
    for (auto range = ranges.rbegin(); range != ranges.rend(); ++range)
        shown.insert(range->end, "]]").insert(range->begin, "[[");
    return shown;
}

} // namespace

/// What is said, found and offered at carets in texts, broken ones among them.
class CaretsTest : public QObject
{
    Q_OBJECT

    Completer m_completer{test::sharedCatalog(), {{{"date", "format='iso', timeZone", "Formats"}, {"upper", "", ""}}, {{"now", "format", ""}, {"max", "...", ""}, {"errorLogs", "", ""}}, {}}};

private slots:
    void initTestCase() { m_completer.setProject({{"company.team", "other", {"x"}}, {"company.data", "third", {"region", "limit"}}}); }

    void definition_data() { rowsOf(definitionCases()); }
    void definition()
    {
        QFETCH(int, index);
        const test::Annotated row(definitionCases()[static_cast<std::size_t>(index)].marked);
        const flow::Snapshot snapshot = snapshotOf(row.text());
        std::vector<flow::Range> found;
        if (const std::optional<Symbol> symbol = symbolAt(snapshot, row.caret()))
            if (const std::optional<flow::Range> range = definitionOf(snapshot, *symbol))
                found.push_back(*range);
        QCOMPARE(QByteArray::fromStdString(marked(row.text(), found)), QByteArray::fromStdString(marked(row.text(), row.ranges())));
    }

    void usages_data() { rowsOf(usageCases()); }
    void usages()
    {
        QFETCH(int, index);
        const test::Annotated row(usageCases()[static_cast<std::size_t>(index)].marked);
        const flow::Snapshot snapshot = snapshotOf(row.text());
        const std::optional<Symbol> symbol = symbolAt(snapshot, row.caret());
        QVERIFY(symbol);
        QCOMPARE(QByteArray::fromStdString(marked(row.text(), usagesOf(snapshot, *symbol))), QByteArray::fromStdString(marked(row.text(), row.ranges())));
    }

    void rename_data() { rowsOf(renameCases()); }
    void rename()
    {
        QFETCH(int, index);
        const RenameCase &row = renameCases()[static_cast<std::size_t>(index)];
        const test::Annotated before(row.before);
        const flow::Snapshot snapshot = snapshotOf(before.text());
        const std::optional<Symbol> symbol = symbolAt(snapshot, before.caret());
        QVERIFY(symbol);
        const flow::Result<flow::Edit> edit = renameSymbol(snapshot, *symbol, row.to);
        QCOMPARE(edit                                                    ? edit->applyTo(before.text())
                 : edit.error().code == flow::ErrorCode::IdTaken   ? std::string("fail: taken")
                 : edit.error().code == flow::ErrorCode::InvalidId ? std::string("fail: invalid")
                                                                    : std::string("fail: other"),
                 row.after);
    }

    void aUsageCanBeLeftAsItIs()
    {
        const test::Annotated text("variables:\n  [[b^ank]]: x\ntasks:\n" + kLog + "\"{{ vars.[[bank]] }} {{ vars.[[bank]] }}\"\n");
        const flow::Snapshot snapshot = snapshotOf(text.text());
        const flow::Result<flow::Edit> edit = renameSymbol(snapshot, *symbolAt(snapshot, text.caret()), "url", {text.range(1)});
        QVERIFY(edit);
        QCOMPARE(edit->applyTo(text.text()), "variables:\n  url: x\ntasks:\n" + kLog + "\"{{ vars.bank }} {{ vars.url }}\"\n");
    }

    void hover_data() { rowsOf(hoverCases()); }
    void hover()
    {
        QFETCH(int, index);
        const HoverCase &row = hoverCases()[static_cast<std::size_t>(index)];
        const test::Annotated text(row.marked);
        const std::optional<Hover> hover = hoverAt(snapshotOf(text.text()), text.caret(), m_completer);
        QCOMPARE(hover ? hover->title : std::string(), std::string(row.title));
        if (hover)
            QCOMPARE(QByteArray::fromStdString(hover->type), QByteArray(row.type));
    }

    void fix_data() { rowsOf(fixCases()); }
    void fix()
    {
        QFETCH(int, index);
        const FixCase &row = fixCases()[static_cast<std::size_t>(index)];
        const test::Annotated before(row.before);
        const flow::Snapshot snapshot = snapshotOf(before.text());
        const auto lineOf = [&](std::size_t offset) { return std::count(before.text().begin(), before.text().begin() + static_cast<std::ptrdiff_t>(offset), '\n'); };
        std::string after = "none";
        QByteArray seen;
        for (const flow::Diagnostic &diagnostic : snapshot.diagnostics) {
            if (lineOf(diagnostic.range.begin) > lineOf(before.caret()) || lineOf(diagnostic.range.end) < lineOf(before.caret()))
                continue;
            seen += (diagnostic.code + " ").c_str();
            for (const QuickFix &fix : quickFixes(snapshot, diagnostic, test::coreCatalog())) {
                seen += ("(" + fix.id + ") ").c_str();
                if (fix.id == row.fix && after == "none")
                    after = fix.edit.applyTo(before.text());
            }
        }
        QVERIFY2(after == row.after, (seen + "\n" + after.c_str()).constData());
    }

    void offer_data() { rowsOf(offerCases()); }
    void offer()
    {
        QFETCH(int, index);
        const OfferCase &row = offerCases()[static_cast<std::size_t>(index)];
        const test::Annotated text(row.marked);
        QStringList labels;
        for (const CompletionItem &item : m_completer.complete(snapshotOf(text.text()), text.caret()).items)
            labels << QString::fromStdString(item.label);
        const QString all = labels.join(QLatin1Char(' '));
        for (const QString &label : row.has)
            QVERIFY2(labels.contains(label), qPrintable(QStringLiteral("%1 is missing in: %2").arg(label, all)));
        for (const QString &label : row.hasNot)
            QVERIFY2(!labels.contains(label), qPrintable(QStringLiteral("%1 is offered in: %2").arg(label, all)));
        if (*row.first)
            QCOMPARE(labels.value(0), QLatin1String(row.first));
    }
};

QTEST_APPLESS_MAIN(CaretsTest)
#include "tst_carets.moc"
