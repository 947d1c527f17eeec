#include "app/catalog/catalog_files.h"
#include "app/inspector/inspector.h"
#include "engine/flow/analysis.h"
#include "engine/flow/task_schema.h"
#include "window_fixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>

#include <random>
#include <set>

using namespace app;

namespace {

const std::shared_ptr<const flow::TaskCatalog> &fullCatalog()
{
    static const std::shared_ptr<const flow::TaskCatalog> catalog = loadTaskCatalog(flow::Dialect::Kestra1_3, {}).catalog;
    return catalog;
}

QByteArray sample(const char *name)
{
    QFile file(QStringLiteral(LEAT_SOURCE_DIR "/tests/app/samples/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A type and where one of its kind stands in a flow.
struct Subject
{
    std::string type;
    std::string path;
    std::string before; ///< text above it
    int indent = 4;     ///< of its keys
};

const std::string kHead = "# a flow\nid: f   # its id\nnamespace: n\n";
const std::string kTask = "tasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n";

std::vector<Subject> subjects(const flow::TaskCatalog &catalog)
{
    std::vector<Subject> all;
    for (const flow::TaskType *type : catalog.types(flow::PluginGroup::Task))
        all.push_back({type->name, "tasks[0]", kHead + "tasks:\n  # the one\n  - id: one\n    type: " + type->name + "   # a type\n"});
    for (const flow::TaskType *type : catalog.types(flow::PluginGroup::Trigger))
        all.push_back({type->name, "triggers[0]", kHead + kTask + "triggers:\n  - id: one\n    type: " + type->name + "\n"});
    for (const char *type : {"STRING", "INT", "FLOAT", "BOOL", "SELECT", "MULTISELECT", "DATE", "DATETIME", "TIME", "DURATION", "FILE", "JSON", "YAML", "URI",
                             "SECRET", "EMAIL", "ARRAY", "BOOLEAN"})
        all.push_back({type, "inputs[0]", kHead + kTask + "inputs:\n  - id: one\n    type: " + type + "\n"});
    all.push_back({"(flow)", "", kHead + kTask, 0});
    return all;
}

Form formOf(const std::string &text, const std::string &path, const flow::TaskCatalog &catalog)
{
    flow::FlowDocument document(text);
    document.adopt(flow::analyse(document.text(), document.revision(), catalog));
    return buildForm(document.snapshot(), path, catalog);
}

/// What may edit a property of a type, said without the form's own rules.
std::set<FieldKind> editorsFor(const FormField &field)
{
    using K = FieldKind;
    const std::string &type = field.type;
    if (type == "boolean")
        return {K::Bool};
    if (type == "integer" || type == "number")
        return {K::Number};
    if (type == "duration")
        return {K::Duration};
    if (type.starts_with("enum:"))
        return {K::Enum};
    if (type == "string")
        return {K::Text, K::Code, K::Enum, K::Cron};
    if (field.name == "inputFiles")
        return {K::Map};
    if (type == "any" || type == "uri" || type == "charset" || type == "date" || type == "time" || type == "offsetTime" || type == "zonedDateTime" || type == "instant")
        return {K::Text, K::Code};
    if (type == "array<Label>" || type == "map<string>" || type == "map<any>")
        return {K::Map};
    if (type.find("Task>") != type.npos || type == "Task" || type == "array<AbstractTrigger>" || type == "array<Input>")
        return {K::Tasks, K::Yaml};
    if (type.starts_with("array<enum:") || type == "array<string>" || type == "array<any>" || type == "array<integer>" || type == "array<zonedDateTime>")
        return {K::List};
    if (type.starts_with("array<") || type.starts_with("map<"))
        return {K::Yaml};
    return {K::Group, K::Yaml};
}

/// Values at random, written in the ways people write them.
class Values
{
public:
    explicit Values(unsigned seed) : m_random(seed) {}

    std::size_t below(std::size_t count) { return m_random() % count; }
    std::string word(bool typed = false)
    {
        static const char *const words[] = {"alpha", "beta gamma", "x-1", "{{ inputs.day }}", "it's", "a: b", "# no comment", "007", "yes", "한글"};
        return words[below(std::size(words) - typed)]; // keys of the test are ASCII
    }
    std::string quoted(const std::string &text)
    {
        if (below(2) == 0 && text.find('\'') == text.npos)
            return "'" + text + "'";
        return '"' + text + '"';
    }
    std::string comment() { return below(2) ? "" : "   # note " + std::to_string(below(100)); }

    /// `key: value` with its lines, for one field; empty when it is not written by this test.
    std::string written(const FormField &field, int indent)
    {
        const std::string pad(std::size_t(indent), ' ');
        const std::string key = pad + field.name + ":";
        switch (field.kind) {
        case FieldKind::Text: return key + ' ' + quoted(word()) + comment() + '\n';
        case FieldKind::Cron: return key + " \"30 5 * * *\"" + comment() + '\n';
        case FieldKind::Number: return key + ' ' + std::to_string(1 + below(90)) + comment() + '\n';
        case FieldKind::Bool: return key + (below(2) ? " true" : " false") + comment() + '\n';
        case FieldKind::Duration: return key + " PT" + std::to_string(1 + below(50)) + "M" + comment() + '\n';
        case FieldKind::Enum: return field.choices.empty() ? std::string() : key + ' ' + field.choices[below(field.choices.size())] + comment() + '\n';
        case FieldKind::Code: return key + " |" + comment() + '\n' + pad + "  line one\n" + pad + "    # line two\n";
        case FieldKind::List: {
            const std::string item = field.choices.empty() ? quoted(word()) : field.choices.front();
            return below(2) ? key + " [" + item + ", second]" + comment() + '\n'
                            : key + '\n' + pad + "  # inside\n" + pad + "  - " + item + comment() + '\n' + pad + "  - second\n";
        }
        case FieldKind::Map:
            if (field.type == "array<Label>" && below(2))
                return key + '\n' + pad + "  - key: team" + comment() + '\n' + pad + "    value: " + quoted(word()) + '\n';
            return below(2) ? key + " {one: " + quoted(word()) + ", 'two': 2}" + comment() + '\n'
                            : key + '\n' + pad + "  one: " + quoted(word()) + comment() + '\n' + pad + "  # inside\n" + pad + "  'two': 2\n";
        case FieldKind::Yaml: return key + " {a: [1, {b: 'c'}]}" + comment() + '\n';
        default: return {};
        }
    }

private:
    std::mt19937 m_random;
};

/// The subject with all its properties written, and comments between them.
std::string everythingWritten(const Subject &subject, Values &values)
{
    std::string text = subject.before;
    const Form form = formOf(text, subject.path, *fullCatalog());
    for (std::size_t i = 0; i < form.fields.size(); ++i) {
        const FormField &field = form.fields[i];
        if (field.depth > 0 || field.written || field.name == "disabled")
            continue;
        std::string lines;
        if (field.kind == FieldKind::Group) {
            for (std::size_t child = i + 1; child < form.fields.size() && form.fields[child].depth > 0; ++child)
                if (form.fields[child].depth == 1)
                    lines += values.written(form.fields[child], subject.indent + 2);
            if (!lines.empty())
                lines.insert(0, std::string(std::size_t(subject.indent), ' ') + field.name + ":" + values.comment() + '\n');
        } else {
            lines = values.written(field, subject.indent);
        }
        if (values.below(3) == 0 && !lines.empty())
            text += std::string(std::size_t(subject.indent), ' ') + "# above " + field.name + "\n";
        text += lines;
    }
    return text + (subject.path.empty() ? "" : "\n# the end\n");
}

} // namespace

/// The form of every type there is: of the catalog and of JSON schemas; and that a change stays where it belongs.
class InspectorTypesTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<editor::DocumentSession> m_session;
    std::unique_ptr<Inspector> m_inspector;

    void show(const std::string &text, const std::string &path, const std::shared_ptr<const flow::TaskCatalog> &catalog = fullCatalog())
    {
        if (m_inspector)
            m_inspector->setSession(nullptr);
        m_session = std::make_unique<editor::DocumentSession>(catalog);
        m_session->create(text);
        m_session->freshSnapshot();
        if (!m_inspector) {
            m_inspector = std::make_unique<Inspector>(ui::Theme::load(ui::ThemeName::Light));
            m_inspector->resize(300, 900);
            m_inspector->show();
            QVERIFY(QTest::qWaitForWindowExposed(m_inspector.get()));
        }
        m_inspector->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_inspector.get()));
        m_inspector->setSession(m_session.get());
        m_inspector->setSubject(QString::fromStdString(path));
        QCoreApplication::processEvents();
    }
    Form form(const std::string &path) const { return buildForm(m_session->freshSnapshot(), path, m_session->catalog()); }

    /// Opens all that is folded.
    void openAll()
    {
        auto *fold = m_inspector->form().widget()->findChild<QToolButton *>(QStringLiteral("moreProperties"));
        if (fold && !m_moreIsOpen) {
            QTest::mouseClick(fold, Qt::LeftButton);
            QCoreApplication::processEvents();
            m_moreIsOpen = true;
        }
        for (bool opened = true; opened;) {
            opened = false;
            for (QToolButton *group : m_inspector->form().widget()->findChildren<QToolButton *>(QRegularExpression(QStringLiteral("^group:")))) {
                if (!group->isVisibleTo(m_inspector.get()) || m_opened.contains(group->objectName()))
                    continue;
                m_opened.insert(group->objectName());
                QTest::mouseClick(group, Qt::LeftButton);
                QCoreApplication::processEvents();
                opened = true;
                break;
            }
        }
    }
    QSet<QString> m_opened; // groups stay open over subjects
    bool m_moreIsOpen = false;

    static void enter(QLineEdit *line, const QString &text)
    {
        line->setFocus();
        line->selectAll();
        if (text.isEmpty())
            QTest::keyClick(line, Qt::Key_Delete);
        else
            QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
    }
    static QList<QLineEdit *> cells(QWidget *first)
    {
        QList<QLineEdit *> visible;
        for (QLineEdit *cell : first->parentWidget()->parentWidget()->findChildren<QLineEdit *>())
            if (!cell->isHidden() && !cell->parentWidget()->isHidden())
                visible << cell;
        return visible;
    }
    /// Gives another value through the control, as people do. What it should read then; nothing when it was left alone.
    std::optional<std::string> change(const FormField &field, Values &values)
    {
        QWidget *control = m_inspector->form().controlOf(QString::fromStdString(field.path));
        if (!control)
            return std::nullopt;
        if (auto *check = qobject_cast<QCheckBox *>(control)) {
            check->setFocus();
            QTest::keyClick(check, Qt::Key_Space);
            return field.text == "true" ? "false" : "true";
        }
        if (auto *combo = qobject_cast<QComboBox *>(control)) {
            combo->setFocus();
            if (combo->count() < 3)
                return std::nullopt;
            QTest::keyClick(combo, combo->currentIndex() + 1 < combo->count() ? Qt::Key_Down : Qt::Key_Up);
            return combo->currentData().toString().toStdString();
        }
        if (auto *code = qobject_cast<QPlainTextEdit *>(control)) {
            code->setFocus();
            code->selectAll();
            QTest::keyClicks(code, field.kind == FieldKind::Yaml ? QStringLiteral("{x: [2]}") : QStringLiteral("first"));
            if (field.kind != FieldKind::Yaml) {
                QTest::keyClick(code, Qt::Key_Return);
                QTest::keyClicks(code, QStringLiteral("second: # line"));
            }
            QTest::keyClick(code, Qt::Key_Return, Qt::ControlModifier);
            return field.kind == FieldKind::Yaml ? "{x: [2]}" : field.text.ends_with('\n') ? "first\nsecond: # line\n" : "first\nsecond: # line";
        }
        auto *line = qobject_cast<QLineEdit *>(control);
        if (!line)
            return std::nullopt;
        std::string typed;
        switch (field.kind) {
        case FieldKind::Number: typed = std::to_string(100 + values.below(900)); break;
        case FieldKind::Duration: typed = "PT" + std::to_string(60 + values.below(40)) + "S"; break;
        case FieldKind::Cron: typed = "15 4 * * *"; break;
        case FieldKind::Map: line = cells(line).value(1); [[fallthrough]];
        default: typed = values.word(true) + std::to_string(values.below(1000));
        }
        enter(line, QString::fromStdString(typed));
        return typed;
    }
    /// Of a form what its fields hold, without places in the text.
    static std::map<std::string, std::string> holds(const Form &form, const std::string &without)
    {
        std::map<std::string, std::string> all;
        for (const FormField &field : form.fields) {
            if (field.path == without || without.starts_with(field.path + ".") || field.path.starts_with(without + "."))
                continue;
            std::string &value = all[field.path];
            value = (field.written ? "=" : "-") + field.text;
            for (const std::string &item : field.items)
                value += '|' + item;
            for (const auto &[key, entry] : field.entries)
                value += '|' + key + ':' + entry;
        }
        return all;
    }

private slots:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void everyPropertyOfEveryTypeHasItsEditor()
    {
        int types = 0, fields = 0;
        for (const Subject &subject : subjects(*fullCatalog())) {
            show(subject.before, subject.path);
            openAll();
            const Form shown = form(subject.path);
            QVERIFY2(shown.editable, subject.type.c_str());
            int rank = 0;
            for (const FormField &field : shown.fields) {
                const std::string where = subject.type + " " + field.path;
                if (field.depth == 0) { // required ones first, those of every type last
                    const int now = field.name == "id" || field.name == "namespace" || field.name == "type" ? 0 : field.required ? 1 : field.written ? 2 : field.common ? 4 : 3;
                    QVERIFY2(now >= rank, where.c_str());
                    rank = now;
                }
                if (field.written && field.depth == 0 && field.kind == FieldKind::Enum && field.choices.empty())
                    QFAIL(where.c_str());
                if (!field.written)
                    QVERIFY2(editorsFor(field).contains(field.kind), (where + " of type " + field.type + " has kind " + std::to_string(int(field.kind))).c_str());
                ++fields;
                if (field.kind == FieldKind::Tasks || field.kind == FieldKind::Group)
                    continue;
                QWidget *control = m_inspector->form().controlOf(QString::fromStdString(field.path));
                QVERIFY2(control, where.c_str());
                QVERIFY2(!control->accessibleName().isEmpty(), where.c_str());
                const bool takesExpressions = field.expressions && !field.unknown;
                QVERIFY2(!takesExpressions || m_inspector->form().widget()->findChild<QToolButton *>(QStringLiteral("expression:") + QString::fromStdString(field.path)), where.c_str());
            }
            ++types;
        }
        qInfo("%d types, %d fields", types, fields);
        QVERIFY(types > 100 && fields > 2000);
    }

    void aChangeOfOneFieldChangesItsBytesOnly()
    {
        int changed = 0, set = 0;
        unsigned seed = 1;
        for (const Subject &subject : subjects(*fullCatalog())) {
            Values values(++seed);
            const std::string text = everythingWritten(subject, values);
            show(text, subject.path);
            const Form before = form(subject.path);
            QVERIFY2(before.editable, text.c_str());
            for (const FormField &field : before.fields) {
                if (!field.written || field.name == "id" || field.name == "type" || field.kind == FieldKind::Group)
                    continue;
                const std::string where = subject.type + " " + field.path + "\n" + text;
                const std::optional<std::string> wanted = change(field, values);
                const std::string after = m_session->text();
                if (!wanted || after == text) {
                    QVERIFY2(!wanted || *wanted == field.text, where.c_str()); // the value it had
                    continue;
                }
                ++changed;
                QVERIFY2(after.starts_with(text.substr(0, field.range.begin)), (where + "\n---\n" + after).c_str());
                QVERIFY2(after.ends_with(text.substr(field.range.end)), (where + "\n---\n" + after).c_str());
                const Form now = form(subject.path);
                const auto found = std::find_if(now.fields.begin(), now.fields.end(), [&](const FormField &each) { return each.path == field.path; });
                QVERIFY2(found != now.fields.end(), where.c_str());
                const std::string read = field.kind == FieldKind::List ? found->items.front() : field.kind == FieldKind::Map ? found->entries.front().second : found->text;
                QVERIFY2(read == *wanted, (where + "\n---\n" + after + "\nreads " + read + " for " + *wanted).c_str());
                QVERIFY2(holds(now, field.path) == holds(before, field.path) || field.path.ends_with(".type"), (where + "\n---\n" + after).c_str());
                m_session->undo();
                m_session->freshSnapshot();
                QCoreApplication::processEvents();
                QCOMPARE(m_session->text(), text);
            }
            // What is not written: it comes in one piece, and its cross takes that piece away.
            show(subject.before, subject.path);
            openAll();
            const Form bare = form(subject.path);
            for (std::size_t i = values.below(4); i < bare.fields.size(); i += 5) {
                const FormField &field = bare.fields[i];
                if (field.written || field.depth > 0 || field.required)
                    continue;
                const std::string where = subject.type + " " + field.path;
                if (!change(field, values) || m_session->text() == subject.before)
                    continue;
                ++set;
                const std::string after = m_session->text();
                std::size_t same = 0;
                while (same < subject.before.size() && after[same] == subject.before[same])
                    ++same;
                QVERIFY2(after.ends_with(subject.before.substr(same)), (where + "\n" + after).c_str());
                QCoreApplication::processEvents();
                auto *reset = m_inspector->form().widget()->findChild<QToolButton *>(QStringLiteral("reset:") + QString::fromStdString(field.path));
                QVERIFY2(reset && reset->isVisibleTo(m_inspector.get()), where.c_str());
                QTest::mouseClick(reset, Qt::LeftButton);
                QVERIFY2(m_session->text() == subject.before, (where + "\n" + m_session->text()).c_str());
                QCoreApplication::processEvents();
            }
        }
        qInfo("%d values changed, %d set and taken away", changed, set);
        QVERIFY(changed > 1500 && set > 150);
    }

    void labelsAreATableHoweverTheyAreWritten()
    {
        const std::string map = "labels:\n  team: sales   # ours\n  'tier': gold\n";
        const std::string list = "labels:\n  - key: team   # ours\n    value: sales\n  - key: tier\n    value: gold   # why\n";
        for (const std::string &labels : {map, list}) {
            show(kHead + labels + kTask, "");
            const auto rows = [&] { return cells(m_inspector->form().controlOf(QStringLiteral("labels"))); };
            QCOMPARE(rows().size(), 6);
            QCOMPARE(rows()[0]->text(), QStringLiteral("team"));
            enter(rows()[3], QStringLiteral("silver"));
            std::string wanted = kHead + labels + kTask;
            wanted.replace(wanted.find("gold"), 4, "silver");
            QCOMPARE(m_session->text(), wanted);
            QCoreApplication::processEvents();
            rows()[4]->setFocus(); // a new one: its key waits for its value
            QTest::keyClicks(rows()[4], QStringLiteral("owner"));
            enter(rows()[5], QStringLiteral("kim"));
            const std::size_t at = wanted.find("tasks:");
            wanted.insert(at, &labels == &map || labels == map ? "  owner: kim\n" : "  - key: owner\n    value: kim\n");
            QCOMPARE(m_session->text(), wanted);
            QCoreApplication::processEvents();
            enter(rows()[0], {});
            enter(rows()[1], {});
            QVERIFY2(m_session->text().find("team") == std::string::npos, m_session->text().c_str());
            QVERIFY(m_session->text().find("silver") != std::string::npos);
        }
    }

    void expressionsInPlaceOfAnyValue()
    {
        const std::string text = "id: f\nnamespace: n\ntasks:\n  - id: one\n    type: io.kestra.plugin.core.http.Request\n    uri: https://a/b\n    timeout: PT1M   # limit\n"
                                 "    method: GET\n    headers:\n      a: b\n    options:\n      allowFailed: true\n";
        show(text, "tasks[0]");
        const auto toggle = [&](const char *path) { return m_inspector->form().widget()->findChild<QToolButton *>(QStringLiteral("expression:") + QLatin1String(path)); };
        const auto with = [&](const std::string &from, const std::string &to) {
            std::string changed = text;
            return changed.replace(changed.find(from), from.size(), to);
        };
        // a value: its editor gives way to a line
        for (const auto &[path, before, after] : {std::tuple<const char *, std::string, std::string>{"timeout", "PT1M", "\"{{ vars.x }}\""},
                                                  {"options.allowFailed", "true", "\"{{ vars.x }}\""}}) {
            QVERIFY2(toggle(path), path);
            toggle(path)->setFocus();
            QTest::keyClick(toggle(path), Qt::Key_Space);
            QCoreApplication::processEvents();
            auto *line = qobject_cast<QLineEdit *>(m_inspector->form().controlOf(QLatin1String(path)));
            QVERIFY2(line, path);
            enter(line, QStringLiteral("{{ vars.x }}"));
            QCOMPARE(m_session->text(), with(before, after));
            QVERIFY(toggle(path)->isChecked());
            m_session->undo();
            m_session->freshSnapshot();
            QCoreApplication::processEvents();
            QTest::mouseClick(toggle(path), Qt::LeftButton); // and back
            QCoreApplication::processEvents();
            QVERIFY(!toggle(path)->isChecked());
        }
        // a text: the braces are put where the caret is
        auto *uri = qobject_cast<QLineEdit *>(m_inspector->form().controlOf(QStringLiteral("uri")));
        uri->setFocus();
        uri->setCursorPosition(10);
        QTest::mouseClick(toggle("uri"), Qt::LeftButton);
        QVERIFY(uri->hasFocus());
        QTest::keyClicks(uri, QStringLiteral("inputs.c"));
        QTest::keyClick(uri, Qt::Key_Return);
        QVERIFY2(m_session->text().find("uri: \"https://a/{{ inputs.c }}b\"\n") != std::string::npos, m_session->text().c_str());
    }

    /// The schema that a real server serves, reduced to ten types under names of their own.
    void theSchemaOfAServerGivesTheFormsOfTheCatalog()
    {
        const Result<std::string> more = flow::catalogOfSchema(sample("server-schema.json").toStdString(), *fullCatalog());
        QVERIFY(more);
        std::vector<std::string> texts;
        for (const char *name : {"core-1.3.json", "plugins-1.3.json"}) {
            QFile file(QStringLiteral(LEAT_SOURCE_DIR "/resources/catalog/") + QLatin1String(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            texts.push_back(file.readAll().toStdString());
        }
        texts.push_back(*more);
        const std::shared_ptr<const flow::TaskCatalog> catalog = *flow::TaskCatalog::load(texts);
        int types = 0, fields = 0;
        QStringList differ;
        for (const flow::PluginGroup group : {flow::PluginGroup::Task, flow::PluginGroup::Trigger, flow::PluginGroup::Condition, flow::PluginGroup::TaskRunner}) {
            for (const flow::TaskType *type : catalog->types(group)) {
                if (!type->name.starts_with("com.acme."))
                    continue;
                const flow::TaskType *own = catalog->find("io.kestra.plugin.core." + type->name.substr(9));
                QVERIFY2(own && own->group == group, type->name.c_str());
                QVERIFY2(!type->description.empty(), type->name.c_str());
                ++types;
                if (group != flow::PluginGroup::Task && group != flow::PluginGroup::Trigger)
                    continue;
                const bool task = group == flow::PluginGroup::Task;
                const auto formFor = [&](const std::string &name) {
                    return formOf(kHead + (task ? "tasks:\n" : kTask + "triggers:\n") + "  - id: one\n    type: " + name + "\n", task ? "tasks[0]" : "triggers[0]", *catalog);
                };
                const Form theirs = formFor(type->name), ours = formFor(own->name);
                for (const FormField &field : ours.fields) {
                    // Of an interval a Schedule takes but does not need the server says nothing.
                    if (field.depth > 0 || field.name == "type" || (field.name == "interval" && !task))
                        continue;
                    const auto found = std::find_if(theirs.fields.begin(), theirs.fields.end(), [&](const FormField &each) { return each.path == field.path; });
                    ++fields;
                    if (found == theirs.fields.end())
                        differ << QString::fromStdString(type->name + " " + field.path + " is missing");
                    else if (found->kind != field.kind || found->required != field.required || found->expressions != field.expressions)
                        differ << QString::fromStdString(type->name + " " + field.path + " " + found->type + " for " + field.type + (found->required ? " required" : "") +
                                                         (found->expressions ? " {{}}" : "") + (field.required ? " (required)" : "") + (field.expressions ? " ({{}})" : ""));
                }
            }
        }
        qInfo("%d types, %d fields, %d differ:\n%s", types, fields, int(differ.size()), qPrintable(differ.join(QLatin1Char('\n'))));
        QVERIFY(types == 10 && fields > 150);
        QCOMPARE(differ.size(), 0);
        QVERIFY(catalog->find("com.acme.old.debugs.Return")); // its older name
        // One of several: what its type says decides which fields follow.
        show(kHead + "tasks:\n  - id: one\n    type: com.acme.debug.Return\n    retry:\n      type: exponential\n      interval: PT1S\n", "tasks[0]", catalog);
        const Form shown = form("tasks[0]");
        const auto fieldOf = [&](const char *path) {
            return std::find_if(shown.fields.begin(), shown.fields.end(), [&](const FormField &each) { return each.path == path; });
        };
        QVERIFY(fieldOf("retry.type") != shown.fields.end());
        QCOMPARE(fieldOf("retry.type")->choices, (std::vector<std::string>{"constant", "exponential", "random"}));
        QVERIFY(fieldOf("retry.delayFactor") != shown.fields.end());
        QCOMPARE(fieldOf("retry.interval")->kind, FieldKind::Duration);
    }

    void aProjectBringsItsSchemas()
    {
        test::WindowFixture fixture;
        QDir(fixture.project).mkpath(QStringLiteral(".leat/schemas"));
        QFile file(fixture.project + QStringLiteral("/.leat/schemas/acme.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(sample("server-schema.json"));
        file.close();
        app::MainWindow &window = fixture.open(QStringLiteral("quality_gate"));
        QVERIFY(fixture.state->catalog()->find("com.acme.debug.Return"));
        app::FlowPage *page = window.documents().currentFlow();
        QVERIFY(page->session().catalog().find("com.acme.debug.Return"));
        page->canvas().setFocus();
        QTest::keyClick(&page->canvas(), Qt::Key_Home);
        QTest::keyClick(&page->canvas(), Qt::Key_A);
        auto *field = page->canvas().findChild<QFrame *>(QStringLiteral("quickInsert"))->findChild<QLineEdit *>();
        QTest::keyClicks(field, QStringLiteral("acme download"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY2(page->session().text().find("type: com.acme.http.Download\n") != std::string::npos, page->session().text().c_str());
        page->session().history().undo();
        window.documents().save(page);
        window.openPath(fixture.m_home.path()); // another project: they are not known there
        QVERIFY(!fixture.state->catalog()->find("com.acme.debug.Return"));
    }

private:
    template <typename T>
    using Result = flow::Result<T>;
};

QTEST_MAIN(InspectorTypesTest)
#include "tst_inspector_types.moc"
