#include "app/app_state.h"
#include "app/inspector/form_model.h"
#include "app/schema_dialog.h"
#include "engine/flow/analysis.h"

#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace app;

namespace {

const QByteArray kSchema = R"({"definitions": {"com.acme.Greet": {"type": "object", "title": "Greets.", "required": ["name"], "properties": {
    "type": {"const": "com.acme.Greet"}, "name": {"type": "string", "$dynamic": true}, "tone": {"type": "string", "enum": ["WARM", "COLD"]},
    "wait": {"type": "string", "format": "duration"}}}}})";

} // namespace

/// JSON schemas of task types from a file and from a server, and the form they give.
class TaskSchemasTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<AppState> m_state;

    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

    void write(const char *name, const QByteArray &bytes)
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    /// Types a place and presses Return.
    static void load(SchemaDialog &dialog, const QString &place)
    {
        dialog.show();
        auto *line = dialog.findChild<QLineEdit *>();
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, place);
        QTest::keyClick(line, Qt::Key_Return);
    }

private slots:
    void init()
    {
        QDir(m_folder.path() + QStringLiteral("/schemas")).removeRecursively();
        m_state = std::make_unique<AppState>(path("leat.ini"));
    }

    void fileGivesAForm()
    {
        write("greet.json", kSchema);
        QSignalSpy changed(m_state.get(), &AppState::catalogChanged);
        SchemaDialog dialog(*m_state, nullptr);
        load(dialog, path("greet.json"));
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QCOMPARE(changed.count(), 1);
        const AppState next(path("leat.ini")); // the next start knows it, too
        for (const AppState *state : {static_cast<const AppState *>(m_state.get()), &next}) {
            flow::FlowDocument document("id: a\nnamespace: b\ntasks:\n  - id: g\n    type: com.acme.Greet\n    tone: WARM\n    odd: 1\n");
            document.adopt(flow::analyse(document.text(), document.revision(), *state->catalog()));
            const Form form = buildForm(document.snapshot(), "tasks[0]", *state->catalog());
            const auto field = [&](const char *name) {
                return std::find_if(form.fields.begin(), form.fields.end(), [&](const FormField &candidate) { return candidate.path == name; });
            };
            QVERIFY(field("name")->required);
            QVERIFY(field("name") < field("tone"));
            QCOMPARE(field("tone")->kind, FieldKind::Enum);
            QCOMPARE(field("wait")->kind, FieldKind::Duration);
            QVERIFY(field("odd")->unknown);
            QVERIFY(!form.problems.empty()); // the name is missing
        }
    }

    void serverGivesItsTasks()
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("www/api/v1/plugins/schemas"));
        write("www/api/v1/plugins/schemas/task", kSchema);
        QProcess server;
        server.setWorkingDirectory(path("www"));
        server.start(QStringLiteral("python3"), {QStringLiteral("-u"), QStringLiteral("-m"), QStringLiteral("http.server"), QStringLiteral("0"), QStringLiteral("--bind"), QStringLiteral("127.0.0.1")});
        QVERIFY(server.waitForReadyRead(30000));
        const QString said = QString::fromUtf8(server.readLine());
        const QString port = said.section(QStringLiteral(" port "), 1).section(QLatin1Char(' '), 0, 0);
        SchemaDialog dialog(*m_state, nullptr);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        load(dialog, QStringLiteral("http://127.0.0.1:") + port);
        QVERIFY(accepted.count() == 1 || accepted.wait(30000));
        QVERIFY(m_state->catalog()->find("com.acme.Greet"));
        server.kill();
        server.waitForFinished();
    }

    void whatIsNoneIsSaid()
    {
        write("none.json", "[]");
        write("empty.json", "{\"definitions\": {}}");
        SchemaDialog dialog(*m_state, nullptr);
        for (const auto &[place, words] : {std::pair<QString, QString>{path("none.json"), QStringLiteral("no JSON schema")},
                                           {path("empty.json"), QStringLiteral("not known already")},
                                           {path("missing.json"), QStringLiteral("could not be read")}}) {
            load(dialog, place);
            QVERIFY(dialog.isVisible());
            const auto labels = dialog.findChildren<QLabel *>();
            QVERIFY2(std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisible() && label->text().contains(words); }), qPrintable(words));
        }
        load(dialog, QStringLiteral("http://127.0.0.1:1"));
        QTRY_VERIFY_WITH_TIMEOUT(dialog.findChildren<QLabel *>().back()->text().contains(QStringLiteral("could not be read")) ||
                                     dialog.findChildren<QLabel *>().front()->text().contains(QStringLiteral("could not be read")),
                                 30000);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }
};

QTEST_MAIN(TaskSchemasTest)
#include "tst_task_schemas.moc"
