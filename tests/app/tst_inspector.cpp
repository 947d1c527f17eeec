#include "app/inspector/inspector.h"
#include "editor/yaml_editor.h"
#include "support/catalog.h"
#include "window_fixture.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextLayout>
#include <QToolButton>

using namespace app;

namespace {

const std::string kFlow =
    "# Settles the payments.\n"
    "id: payments_etl\n"
    "namespace: acme.payments\n"
    "\n"
    "tasks:\n"
    "  - id: download\n"
    "    type: io.kestra.plugin.core.http.Download\n"
    "    uri: \"https://bank/{{ inputs.day }}.csv\"   # the bank's\n"
    "    retry:\n"
    "      type: constant\n"
    "      interval: PT0.3S\n"
    "      maxAttempts: 3\n"
    "\n"
    "  # Rejects missing or duplicate ids\n"
    "  - id: validate\n"
    "    type: io.kestra.plugin.scripts.shell.Script\n"
    "    inputFiles:\n"
    "      payments.csv: \"{{ outputs.download.uri }}\"   # keep\n"
    "      'other': plain\n"
    "    script: |\n"
    "      cat payments.csv\n"
    "      wc -l payments.csv\n"
    "    beforeCommands:\n"
    "      - echo one   # first\n"
    "      - echo two\n"
    "    logLevel: DEBUG\n"
    "    oddKey: 7\n"
    "\n"
    "  - id: say\n"
    "    type: io.kestra.plugin.core.log.Log\n"
    "    message: \"{{ outputs.validate.vars }}\"\n"
    "\n"
    "triggers:\n"
    "  - id: weekday\n"
    "    type: io.kestra.plugin.core.trigger.Schedule\n"
    "    cron: \"30 5 * * 1-5\"\n";

} // namespace

class InspectorTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<editor::DocumentSession> m_session;
    std::unique_ptr<Inspector> m_inspector;

    template <typename Widget>
    Widget *field(const char *path)
    {
        auto *found = qobject_cast<Widget *>(m_inspector->form().controlOf(QLatin1String(path)));
        if (!found)
            qWarning("no control for %s", path);
        return found;
    }
    void enter(QLineEdit *line, const char *text)
    {
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, QString::fromUtf8(text));
        QTest::keyClick(line, Qt::Key_Return);
    }
    void clear(QLineEdit *line)
    {
        line->setFocus();
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
        QTest::keyClick(line, Qt::Key_Return);
    }
    void subject(const char *path)
    {
        m_inspector->setSubject(QLatin1String(path));
        QCoreApplication::processEvents();
    }
    void openMore()
    {
        auto *fold = m_inspector->findChild<QToolButton *>(QStringLiteral("moreProperties"));
        QVERIFY(fold);
        QTest::mouseClick(fold, Qt::LeftButton);
        QCoreApplication::processEvents();
    }
    std::string with(const std::string &from, const std::string &to) const
    {
        std::string text = kFlow;
        const std::size_t at = text.find(from);
        return at == std::string::npos ? "<not found: " + from + ">" : text.replace(at, from.size(), to);
    }
    std::string text() const { return m_session->text(); }

private slots:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init()
    {
        m_session = std::make_unique<editor::DocumentSession>(test::sharedCatalog());
        m_session->create(kFlow);
        m_session->freshSnapshot();
        m_inspector = std::make_unique<Inspector>(ui::Theme::load(ui::ThemeName::Light));
        m_inspector->setSession(m_session.get());
        m_inspector->resize(300, 900);
        m_inspector->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_inspector.get()));
        m_inspector->activateWindow();
    }
    void cleanup()
    {
        m_inspector.reset();
        m_session.reset();
    }

    void withoutSelectionTheFlowIsShown()
    {
        QCOMPARE(field<QLineEdit>("id")->text(), QStringLiteral("payments_etl"));
        QCOMPARE(field<QLineEdit>("namespace")->text(), QStringLiteral("acme.payments"));
        enter(field<QLineEdit>("namespace"), "acme.shared");
        QCOMPARE(text(), with("acme.payments", "acme.shared"));
    }

    void aTextKeepsQuotesAndComment()
    {
        subject("tasks[0]");
        QSignalSpy status(m_inspector.get(), &Inspector::status);
        enter(field<QLineEdit>("uri"), "https://bank/all.csv");
        QCOMPARE(text(), with("\"https://bank/{{ inputs.day }}.csv\"", "\"https://bank/all.csv\""));
        QCOMPARE(status.count(), 1);
        m_session->undo();
        QCOMPARE(text(), kFlow);
        QTRY_COMPARE(field<QLineEdit>("uri")->text(), QStringLiteral("https://bank/{{ inputs.day }}.csv"));
    }

    void numbersAndDurationsBelowAGroup()
    {
        subject("tasks[0]");
        enter(field<QLineEdit>("retry.maxAttempts"), "5");
        QCOMPARE(text(), with("maxAttempts: 3", "maxAttempts: 5"));
        m_session->undo();
        m_session->freshSnapshot();
        enter(field<QLineEdit>("retry.interval"), "PT10M");
        QCOMPARE(text(), with("PT0.3S", "PT10M"));
    }

    void wrongValuesStayInTheField()
    {
        subject("tasks[0]");
        QLineEdit *attempts = field<QLineEdit>("retry.maxAttempts");
        enter(attempts, "many");
        QCOMPARE(text(), kFlow);
        QVERIFY(attempts->property("invalid").toBool());
        QLineEdit *interval = field<QLineEdit>("retry.interval");
        enter(interval, "10 minutes");
        QCOMPARE(text(), kFlow);
        QVERIFY(interval->property("invalid").toBool());
        QTest::keyClick(interval, Qt::Key_Escape);
        QCOMPARE(interval->text(), QStringLiteral("PT0.3S"));
        QVERIFY(!interval->property("invalid").toBool());
    }

    void renamingTakesTheReferencesAlong()
    {
        subject("tasks[0]");
        enter(field<QLineEdit>("id"), "fetch");
        std::string wanted = with("id: download", "id: fetch");
        wanted.replace(wanted.find("outputs.download"), 16, "outputs.fetch");
        QCOMPARE(text(), wanted);
        QCOMPARE(m_session->history().count(), 1);
        QCOMPARE(m_inspector->subject(), QStringLiteral("tasks[0]"));
    }

    void aTakenIdIsRefusedInItsField()
    {
        subject("tasks[0]");
        enter(field<QLineEdit>("id"), "say");
        QCOMPARE(text(), kFlow);
        QVERIFY(field<QLineEdit>("id")->property("invalid").toBool());
    }

    void theNoteIsTheComment()
    {
        subject("tasks[1]");
        QCOMPARE(field<QLineEdit>("#note")->text(), QStringLiteral("Rejects missing or duplicate ids"));
        enter(field<QLineEdit>("#note"), "Checks ids");
        QCOMPARE(text(), with("Rejects missing or duplicate ids", "Checks ids"));
        m_session->freshSnapshot();
        clear(field<QLineEdit>("#note"));
        QCOMPARE(text(), with("  # Rejects missing or duplicate ids\n", ""));
    }

    void aScriptStaysABlock()
    {
        subject("tasks[1]");
        auto *script = field<QPlainTextEdit>("script");
        QCOMPARE(script->toPlainText(), QStringLiteral("cat payments.csv\nwc -l payments.csv"));
        script->setFocus();
        script->moveCursor(QTextCursor::End);
        QTest::keyClick(script, Qt::Key_Return);
        QTest::keyClicks(script, QStringLiteral("echo done"));
        QTest::keyClick(script, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(text(), with("wc -l payments.csv\n", "wc -l payments.csv\n      echo done\n"));
    }

    void aChoiceByKeys()
    {
        subject("tasks[1]");
        auto *level = field<QComboBox>("logLevel");
        QCOMPARE(level->currentText(), QStringLiteral("DEBUG"));
        level->setFocus();
        const int wanted = level->findText(QStringLiteral("WARN"));
        QVERIFY(wanted > 0);
        QTest::keyClicks(level, QStringLiteral("WARN"));
        QCOMPARE(text(), with("logLevel: DEBUG", "logLevel: WARN"));
    }

    void aMapEntryIsAnEditOfItsOwn()
    {
        subject("tasks[1]");
        auto *first = m_inspector->form().controlOf(QStringLiteral("inputFiles"));
        QVERIFY(first);
        const QList<QLineEdit *> cells = first->parentWidget()->parentWidget()->findChildren<QLineEdit *>();
        QCOMPARE(cells.value(3)->text(), QStringLiteral("plain"));
        enter(cells.value(3), "changed");
        QCOMPARE(text(), with("'other': plain", "'other': changed"));
    }

    void aListItemIsAnEditOfItsOwn()
    {
        subject("tasks[1]");
        QWidget *list = m_inspector->form().controlOf(QStringLiteral("beforeCommands"))->parentWidget()->parentWidget();
        enter(list->findChildren<QLineEdit *>().value(1), "echo 2");
        QCOMPARE(text(), with("- echo two", "- echo 2"));
        QCoreApplication::processEvents();
        list = m_inspector->form().controlOf(QStringLiteral("beforeCommands"))->parentWidget()->parentWidget();
        QLineEdit *added = nullptr;
        for (QLineEdit *cell : list->findChildren<QLineEdit *>())
            if (cell->text().isEmpty())
                added = cell;
        QVERIFY(added);
        enter(added, "echo three");
        QCOMPARE(text(), with("- echo two", "- echo 2\n      - echo three"));
    }

    void unknownKeysAreShownAndKept()
    {
        subject("tasks[1]");
        QCOMPARE(field<QLineEdit>("oddKey")->text(), QStringLiteral("7"));
        enter(field<QLineEdit>("oddKey"), "eight");
        QCOMPARE(text(), with("oddKey: 7", "oddKey: eight"));
    }

    void unsetPropertiesAreFolded()
    {
        subject("tasks[2]");
        QVERIFY(!m_inspector->form().controlOf(QStringLiteral("timeout")));
        openMore();
        enter(field<QLineEdit>("timeout"), "PT10M");
        QCOMPARE(text(), with("vars }}\"\n", "vars }}\"\n    timeout: PT10M\n"));
        QCoreApplication::processEvents();
        auto *reset = m_inspector->findChild<QToolButton *>(QStringLiteral("reset:timeout"));
        QVERIFY(reset);
        QTest::mouseClick(reset, Qt::LeftButton);
        QCOMPARE(text(), kFlow);
    }

    void aBooleanByTheSpaceBar()
    {
        subject("tasks[2]");
        openMore();
        auto *disabled = field<QCheckBox>("disabled");
        disabled->setFocus();
        QTest::keyClick(disabled, Qt::Key_Space);
        QCOMPARE(text(), with("vars }}\"\n", "vars }}\"\n    disabled: true\n"));
        QCoreApplication::processEvents();
        disabled = field<QCheckBox>("disabled");
        QTest::keyClick(disabled, Qt::Key_Space);
        QCOMPARE(text(), with("vars }}\"\n", "vars }}\"\n    disabled: false\n"));
    }

    void aNestedObjectIsMadeByItsField()
    {
        subject("tasks[2]");
        openMore();
        auto *group = m_inspector->findChild<QToolButton *>(QStringLiteral("group:retry"));
        QVERIFY(group);
        QTest::mouseClick(group, Qt::LeftButton);
        QCoreApplication::processEvents();
        auto *type = field<QComboBox>("retry.type");
        QVERIFY(type);
        type->setFocus();
        QTest::keyClicks(type, QStringLiteral("constant"));
        QCOMPARE(text(), with("vars }}\"\n", "vars }}\"\n    retry:\n      type: constant\n"));
    }

    void expressionsInPlaceOfAValue()
    {
        subject("tasks[2]");
        openMore();
        auto *timeout = field<QLineEdit>("timeout");
        enter(timeout, "{{ vars.wait }}");
        QCOMPARE(text(), with("vars }}\"\n", "vars }}\"\n    timeout: \"{{ vars.wait }}\"\n"));
    }

    void aScriptHasTheColoursOfItsLanguage()
    {
        const auto colours = [&] {
            QSet<QRgb> found;
            const auto *script = field<QPlainTextEdit>("script");
            for (QTextBlock block = script->document()->begin(); block.isValid(); block = block.next())
                for (const QTextLayout::FormatRange &range : block.layout()->formats())
                    found.insert(range.format.foreground().color().rgb());
            return found;
        };
        subject("tasks[1]");
        auto *script = field<QPlainTextEdit>("script");
        script->setFocus();
        script->moveCursor(QTextCursor::End);
        QTest::keyClick(script, Qt::Key_Return);
        QTest::keyClicks(script, QStringLiteral("if true; then echo \"a\"; fi # why {{ x }}"));
        const ui::Theme theme = ui::Theme::load(ui::ThemeName::Light);
        for (const char *token : {"y_key", "y_string", "y_comment", "y_expr"})
            QVERIFY2(colours().contains(theme.color(token).rgb()), token);
    }
    void aFileIsChosenForItsField()
    {
        std::string flow = kFlow;
        flow.insert(flow.find("triggers:"), "  - id: size\n    type: io.kestra.plugin.core.storage.Size\n    uri: 'a'   # which\n\n");
        m_inspector->setSession(nullptr);
        m_session = std::make_unique<editor::DocumentSession>(test::sharedCatalog());
        m_session->create(flow);
        m_session->freshSnapshot();
        m_inspector->setSession(m_session.get());
        m_inspector->form().setFilePicker([](QWidget *) { return QStringLiteral("nsfile:///orders.csv"); });
        subject("tasks[3]");
        auto *choose = m_inspector->findChild<QToolButton *>(QStringLiteral("file:uri"));
        QVERIFY(choose);
        choose->setFocus();
        QTest::keyClick(choose, Qt::Key_Space);
        flow.replace(flow.find("'a'"), 3, "'nsfile:///orders.csv'");
        QCOMPARE(text(), flow);
    }
    void aCronSaysItsNextDates()
    {
        m_inspector->form().setNow([] { return qint64(1'795'190'400); }); // Fri 2026-11-20 16:00 UTC
        subject("triggers[0]");
        auto *line = field<QLineEdit>("cron");
        const auto words = [&] {
            QStringList all;
            for (const QLabel *label : line->parentWidget()->parentWidget()->findChildren<QLabel *>())
                all << label->text();
            return all.join(QLatin1Char('|'));
        };
        QVERIFY2(words().contains(QStringLiteral("Next: 2026-11-23 05:30, 2026-11-24 05:30, 2026-11-25 05:30")), qPrintable(words()));
        enter(line, "99 * * * *");
        QVERIFY(line->property("invalid").toBool());
        QCOMPARE(text(), kFlow);
        QTest::keyClick(line, Qt::Key_Escape);
        enter(line, "0 6 * * *");
        QCOMPARE(text(), with("30 5 * * 1-5", "0 6 * * *"));
        QVERIFY2(words().contains(QStringLiteral("Next: 2026-11-21 06:00")), qPrintable(words()));
    }

    void pluginDefaultsAreMarkedAndOverridden()
    {
        const std::string defaults = std::string(kFlow) + "\npluginDefaults:\n  - type: io.kestra.plugin.core.log\n    values:\n      level: WARN\n";
        m_session->create(defaults);
        m_session->freshSnapshot();
        const flow::Snapshot snapshot = m_session->snapshot();
        std::string path;
        snapshot.flow->forEachTask([&](const flow::Task &task, const flow::TaskList &, int) {
            if (task.type.ends_with(".log.Log"))
                path = task.path;
        });
        subject(path.c_str());
        auto *mark = m_inspector->findChild<QLabel *>(QStringLiteral("defaults:level"));
        QVERIFY(mark);
        QCOMPARE(mark->toolTip(), QStringLiteral("From pluginDefaults: WARN"));
        auto *level = field<QComboBox>("level");
        QCOMPARE(level->currentText(), QStringLiteral("WARN (default)"));
        level->setFocus();
        QTest::keyClick(level, Qt::Key_E); // ERROR
        emit level->activated(level->findData(QStringLiteral("ERROR")));
        QVERIFY(text().find("    level: ERROR\n") != std::string::npos);
        QVERIFY(!m_inspector->findChild<QLabel *>(QStringLiteral("defaults:level")) || field<QComboBox>("level")->currentText() == QLatin1String("ERROR"));
    }

    void documentationStandsBelowEachField()
    {
        FormView form(ui::Theme::load(ui::ThemeName::Light));
        Form shown;
        shown.subject = Form::Subject::Task;
        shown.editable = true;
        FormField field;
        field.path = field.name = "uri";
        field.type = "string";
        field.required = true;
        field.documentation = "Where to fetch it. Redirects are followed.";
        shown.fields.push_back(field);
        form.showForm(shown);
        const auto says = [&form](const char *words) {
            const QList<QLabel *> labels = form.findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->text().contains(QLatin1String(words)); });
        };
        QVERIFY(says("Where to fetch it"));
        QVERIFY(!says("Redirects"));
        form.setFullDocs(true);
        QVERIFY(says("Redirects are followed."));
        QVERIFY(m_inspector->findChild<QToolButton *>(QStringLiteral("inspectorDocs")));
    }

    void theLastRunIsATabOfItsOwn()
    {
        subject("tasks[0]");
        auto *tabs = m_inspector->findChild<QTabBar *>();
        tabs->setCurrentIndex(2);
        auto *page = m_inspector->findChild<QTextBrowser *>();
        QVERIFY(page->isVisible());
        QCOMPARE(page->toPlainText(), QStringLiteral("Run the flow to see here what it did"));
        LastRun run;
        run.state = QStringLiteral("FAILED");
        run.millis = 1840;
        run.attempts = 3;
        run.outputs = {{QStringLiteral("uri"), QStringLiteral("kestra:///a.csv")}};
        run.logs = {{QStringLiteral("09:58:23"), QStringLiteral("ERROR"), QStringLiteral("no <answer>")}};
        m_inspector->setLastRun(run);
        for (const char *words : {"FAILED", "1.84 s", "kestra:///a.csv", "no <answer>", "3"})
            QVERIFY2(page->toPlainText().contains(QLatin1String(words)), words);
    }

    void triggersAreEditedToo()
    {
        subject("triggers[0]");
        QCOMPARE(field<QLineEdit>("cron")->text(), QStringLiteral("30 5 * * 1-5"));
        enter(field<QLineEdit>("cron"), "0 6 * * *");
        QCOMPARE(text(), with("30 5 * * 1-5", "0 6 * * *"));
    }

    void theFocusIsNotCalledBack()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        app::FlowPage *page = window.documents().currentFlow();
        page->selectTask("tasks[0]");
        fixture.settle();
        static_cast<app::Inspector *>(window.docks().panel(QStringLiteral("inspector")))->focusField(QStringLiteral("id"));
        QVERIFY(!page->textView().hasFocus());
        page->textView().setFocus();
        page->textView().goToOffset(page->session().text().find("id: load")); // another task: other rows
        fixture.settle();
        QVERIFY(page->textView().hasFocus());
    }

    void editsOfOthersShowAtOnceAndTypingIsKept()
    {
        subject("tasks[0]");
        QLineEdit *uri = field<QLineEdit>("uri");
        uri->setFocus();
        uri->selectAll();
        QTest::keyClicks(uri, QStringLiteral("half"));
        const std::size_t at = text().find("maxAttempts: 3") + 13;
        const flow::Edit edit = *flow::Edit::make(m_session->revision(), text(), {{{at, at + 1}, "9"}});
        QVERIFY(m_session->submit(edit, {"edit.test", {}}));
        m_session->freshSnapshot();
        QCOMPARE(field<QLineEdit>("retry.maxAttempts")->text(), QStringLiteral("9"));
        QCOMPARE(field<QLineEdit>("uri")->text(), QStringLiteral("half"));
    }

    void theSubjectIsFollowedWhenItMoves()
    {
        subject("tasks[2]");
        const std::size_t at = text().find("  - id: download");
        const flow::Edit edit = *flow::Edit::make(m_session->revision(), text(), {{{at, at}, "  - id: zero\n    type: x.Y\n"}});
        QVERIFY(m_session->submit(edit, {"edit.test", {}}));
        m_session->freshSnapshot();
        QCOMPARE(m_inspector->subject(), QStringLiteral("tasks[3]"));
    }

    void theSourceIsShown()
    {
        subject("tasks[2]");
        auto *tabs = m_inspector->findChild<QTabBar *>();
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_Right);
        QStringList texts;
        for (const QPlainTextEdit *edit : m_inspector->findChildren<QPlainTextEdit *>())
            texts << edit->toPlainText();
        QVERIFY(texts.join(QString()).contains(QStringLiteral("- id: say\n  type: io.kestra.plugin.core.log.Log\n  message:")));
    }

    void everyControlHasAName()
    {
        for (const char *path : {"", "tasks[0]", "tasks[1]", "triggers[0]"}) {
            subject(path);
            for (const QWidget *widget : m_inspector->form().widget()->findChildren<QWidget *>())
                if (widget->focusPolicy() & Qt::TabFocus && widget->isVisible() && widget->objectName() != QLatin1String("moreProperties"))
                    QVERIFY2(!widget->accessibleName().isEmpty() || qobject_cast<const FieldEditor *>(widget),
                             qPrintable(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName()));
        }
    }

    void anyChangeOfAnyFieldTouchesOnlyItsLines()
    {
        int tried = 0;
        for (const char *path : {"tasks[0]", "tasks[1]", "tasks[2]", "triggers[0]"}) {
            subject(path);
            const Form form = buildForm(m_session->snapshot(), path, *test::sharedCatalog());
            for (const FormField &field : form.fields) {
                if (!field.written || (field.kind != FieldKind::Text && field.kind != FieldKind::Number))
                    continue;
                subject(path);
                auto *line = qobject_cast<QLineEdit *>(m_inspector->form().controlOf(QString::fromStdString(field.path)));
                if (!line)
                    continue;
                enter(line, "77");
                const std::string after = text();
                QVERIFY2(after != kFlow, field.path.c_str());
                QCOMPARE(after.substr(0, field.range.begin), kFlow.substr(0, field.range.begin));
                const std::size_t tail = kFlow.size() - field.range.end;
                QCOMPARE(after.substr(after.size() - tail), kFlow.substr(field.range.end));
                m_session->undo();
                m_session->freshSnapshot();
                QCOMPARE(text(), kFlow);
                ++tried;
            }
        }
        QVERIFY(tried >= 6);
    }

    void pictures_data()
    {
        QTest::addColumn<ui::ThemeName>("name");
        QTest::newRow("light") << ui::ThemeName::Light;
        QTest::newRow("dark") << ui::ThemeName::Dark;
        QTest::newRow("contrast") << ui::ThemeName::HighContrast;
    }
    void pictures()
    {
        QFETCH(ui::ThemeName, name);
        const ui::Theme theme = ui::Theme::load(name);
        theme.applyTo(*qApp);
        m_inspector->setTheme(theme);
        m_inspector->resize(268, 820);
        QDir().mkpath(QStringLiteral(LEAT_BINARY_DIR "/pictures"));
        for (const char *path : {"", "tasks[0]", "tasks[1]"}) {
            subject(path);
            QVERIFY(m_inspector->grab().save(QStringLiteral(LEAT_BINARY_DIR "/pictures/inspector-%1-%2.png")
                                                 .arg(QLatin1String(QTest::currentDataTag())).arg(QString::fromLatin1(path).remove(QLatin1Char('[')).remove(QLatin1Char(']')))));
        }
    }
};

QTEST_MAIN(InspectorTest)
#include "tst_inspector.moc"
