#include "editor/editor_pane.h"
#include "support/catalog.h"

#include <QApplication>
#include <QDir>
#include <QContextMenuEvent>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QTest>
#include <QWheelEvent>

using namespace editor;

namespace {

const std::string kFlow = "id: a\nnamespace: b\ntasks:\n  - id: one\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n";

} // namespace

class CodeAssistTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<DocumentSession> m_session;
    std::unique_ptr<EditorPane> m_pane;

    void open(const std::string &text, std::size_t caret)
    {
        m_session->create(text);
        m_session->freshSnapshot();
        m_pane->view().goToOffset(caret);
    }
    void type(const char *text) { QTest::keyClicks(&m_pane->view(), QString::fromUtf8(text)); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&m_pane->view(), key, modifiers); }
    CompletionPopup &popup() { return m_pane->assist().popup(); }

private slots:
    void init()
    {
        m_session = std::make_unique<DocumentSession>(test::sharedCatalog());
        m_pane = std::make_unique<EditorPane>(test::sharedCatalog(), ui::Theme::load(ui::ThemeName::Light));
        m_pane->setSession(m_session.get());
        m_pane->resize(600, 400);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
        m_pane->view().setFocus();
    }
    void cleanup()
    {
        m_pane.reset();
        m_session.reset();
    }

    void aFlowIsWrittenByKeysAlone()
    {
        open("", 0);
        type("i");
        QVERIFY(popup().isVisible());
        key(Qt::Key_Return);
        type("daily");
        key(Qt::Key_Escape);
        key(Qt::Key_Return);
        type("na");
        key(Qt::Key_Tab);
        type("company.team");
        key(Qt::Key_Return);
        type("ta");
        key(Qt::Key_Return);
        QCOMPARE(m_session->text(), std::string("id: daily\nnamespace: company.team\ntasks:\n  - id: "));
        type("say");
        key(Qt::Key_Return);
        type("ty");
        key(Qt::Key_Return);
        QVERIFY(popup().isVisible()); // the types
        type("Log");
        QCOMPARE(popup().current()->label, std::string("Log"));
        key(Qt::Key_Return); // brings the message, to be typed over
        type("hi");
        QCOMPARE(m_session->text(), std::string("id: daily\nnamespace: company.team\ntasks:\n  - id: say\n    type: io.kestra.plugin.core.log.Log\n    message: hi"));
    }

    void aCallShowsItsParameters()
    {
        const std::string head = kFlow.substr(0, kFlow.size() - 3) + "\"{{ now() | ";
        open(head + " }}\"\n", head.size());
        type("date(");
        QVERIFY(m_pane->assist().signature().isVisible());
        QVERIFY(m_pane->assist().signature().text().contains(QStringLiteral("<b><u>format")));
        type("'yyyy', timeZone=");
        QVERIFY(m_pane->assist().signature().text().contains(QStringLiteral("<b><u>timeZone")));
        type("'UTC')");
        QVERIFY(!m_pane->assist().signature().isVisible());
        m_pane->view().goToOffset(m_pane->view().caretOffset() - 2);
        key(Qt::Key_Space, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_pane->assist().signature().isVisible());
        key(Qt::Key_Escape);
        QVERIFY(!m_pane->assist().signature().isVisible());
    }

    void hoverShowsTheValueOfTheLastRun_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QStringList>("shown");
        QTest::newRow("of a path") << QByteArray("{{ outputs.load.c^ode }}") << QStringList{"<pre", ">200<", "number", "14:02"};
        QTest::newRow("of the whole") << QByteArray("{{ outputs.load.code ^+ 1 }}") << QStringList{">201<", "number"};
        QTest::newRow("of a part of a path") << QByteArray("{{ outputs.lo^ad.code + 1 }}") << QStringList{"&quot;code&quot;: 200", "map"};
        QTest::newRow("of a filter") << QByteArray("{{ outputs.load.name | up^per }}") << QStringList{">EU<", "string"};
        QTest::newRow("of the task's own") << QByteArray("{{ taskrun.va^lue }}") << QStringList{">b<"};
        QTest::newRow("of a tag") << QByteArray("{% if outputs.load.co^de %}x{% endif %}") << QStringList{">200<"};
        QTest::newRow("a failure") << QByteArray("{{ outputs.nobo^dy }}") << QStringList{"No value with 14:02", "nobody"};
        QTest::newRow("no secret is read") << QByteArray("{{ secr^et('KEY') }}") << QStringList{"No value with 14:02"};
        QTest::newRow("an endless one ends") << QByteArray("{{ range(1, 99999999) ^| length }}") << QStringList{"14:02"};
    }
    void hoverShowsTheValueOfTheLastRun()
    {
        QFETCH(QByteArray, value);
        QFETCH(QStringList, shown);
        auto values = std::make_shared<RunValues>();
        values->origin = "14:02";
        values->roots.set("outputs", flow::parseJson(R"({"load":{"code":200,"name":"eu"}})").value);
        values->ofTask["one"].set("taskrun", flow::parseJson(R"({"value":"b"})").value);
        m_pane->assist().setRunValuesSource([values] { return values; });
        const std::string marked = kFlow.substr(0, kFlow.size() - 3) + "\"" + value.toStdString() + "\"\n";
        const std::size_t caret = marked.find('^');
        open(std::string(marked).erase(caret, 1), caret);
        const QString text = m_pane->navigation().hoverText(caret);
        for (const QString &part : shown)
            QVERIFY2(text.contains(part), qPrintable(text));
    }

    /// Korean jamo by jamo, Japanese kana by kana and then converted: in scalars and inside expressions.
    void composing_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QStringList>("preedits");
        QTest::addColumn<QString>("commit");
        const QStringList korean{QStringLiteral("ㅇ"), QStringLiteral("아"), QStringLiteral("안")};
        const QStringList japanese{QStringLiteral("に"), QStringLiteral("にほ"), QStringLiteral("にほん"), QStringLiteral("日本")};
        for (const auto &[place, value] : {std::pair{"plain", "he^llo"}, std::pair{"quoted", "\"he^llo\""}, std::pair{"in an expression", "\"{{ inputs.x ^ }}\""},
                                           std::pair{"in a text of an expression", "\"{{ 'a^' }}\""}, std::pair{"in an open expression", "\"{{ ^"}, std::pair{"at a key", "hi\n    l^"}}) {
            QTest::addRow("Korean, %s", place) << QByteArray(value) << korean << QStringLiteral("안");
            QTest::addRow("Japanese, %s", place) << QByteArray(value) << japanese << QStringLiteral("日本");
        }
    }
    void composing()
    {
        QFETCH(QByteArray, value);
        QFETCH(QStringList, preedits);
        QFETCH(QString, commit);
        const std::string marked = kFlow.substr(0, kFlow.size() - 3) + value.toStdString() + "\n";
        const std::size_t caret = marked.find('^');
        const std::string text = std::string(marked).erase(caret, 1);
        open(text, caret);
        m_pane->assist().complete(); // open or not: it closes with the first letter
        const int steps = m_session->history().count();
        for (const QString &preedit : preedits) {
            QInputMethodEvent event(preedit, {});
            QApplication::sendEvent(&m_pane->view(), &event);
            QVERIFY(!popup().isVisible());
            QVERIFY(!m_pane->assist().signature().isVisible());
            QCOMPARE(m_session->text(), text); // nothing of it is text yet
        }
        QInputMethodEvent done;
        done.setCommitString(commit);
        QApplication::sendEvent(&m_pane->view(), &done);
        std::string wanted = text;
        wanted.insert(caret, commit.toStdString());
        QCOMPARE(m_session->text(), wanted);
        QCOMPARE(m_session->history().count(), steps + 1);
        m_pane->view().undoStep();
        QCOMPARE(m_session->text(), text);
        m_pane->view().redoStep();
        QCOMPARE(m_session->text(), wanted);
        QCOMPARE(m_pane->view().shownText(), wanted);
    }

    void fixesAreOfferedByASignAndInAMenu()
    {
        open("id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.core.tasks.log.Log\n    message: {{ flow.id }}\n", 0);
        YamlEditor &view = m_pane->view();
        view.goToOffset(m_session->text().find("message"));
        QTRY_COMPARE(view.fixLine(), 5);
        m_pane->navigation().fixAllLike({});
        QCOMPARE(m_session->text(), std::string("id: a\nnamespace: b\ntasks:\n  - id: x\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ flow.id }}\"\n"));
        QTRY_COMPARE(view.fixLine(), -1);
        view.undoStep();
        view.goToOffset(m_session->text().find("message"));
        m_pane->navigation().showFixes();
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QStringList names;
        for (QAction *action : menu->actions())
            names << action->text();
        QVERIFY2(names.contains(QStringLiteral("Put it in quotes")) && names.contains(QStringLiteral("All safe fixes of this flow")), qPrintable(names.join(QLatin1Char('|'))));
        menu->close();
    }

    void deletedLinesLeaveAMark()
    {
        open(kFlow, 0);
        QVERIFY(m_session->submit(flow::Edit::make(m_session->revision(), m_session->text(), {{{6, 19}, {}}}).value(), {"edit.test", {}}));
        m_pane->view().setBaseText(kFlow);
        QTRY_COMPARE(m_pane->view().deletedAbove(1), QStringList{QStringLiteral("namespace: b")});
        QVERIFY(m_pane->view().deletedAbove(0).isEmpty());
        m_session->undo();
        QTRY_VERIFY(m_pane->view().deletedAbove(1).isEmpty());
    }

    void theWheelZooms()
    {
        open(kFlow, 0);
        YamlEditor &view = m_pane->view();
        const auto turn = [&](int delta, Qt::KeyboardModifiers modifiers) {
            QWheelEvent wheel(QPointF(100, 50), view.mapToGlobal(QPointF(100, 50)), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
            QApplication::sendEvent(view.viewport(), &wheel);
        };
        turn(120, Qt::ControlModifier);
        turn(120, Qt::ControlModifier);
        QCOMPARE(view.zoom(), 2);
        turn(-120, Qt::ControlModifier);
        QCOMPARE(view.zoom(), 1);
        turn(120, {});
        QCOMPARE(view.zoom(), 1);
        view.setZoom(0);
    }

    void arrowsWalkAndEscapeCloses()
    {
        open(kFlow, kFlow.size());
        type("    l");
        QVERIFY(popup().isVisible());
        const std::string first = popup().current()->label;
        key(Qt::Key_Down);
        QVERIFY(popup().current()->label != first);
        key(Qt::Key_Up);
        QCOMPARE(popup().current()->label, first);
        key(Qt::Key_Escape);
        QVERIFY(!popup().isVisible());
        QCOMPARE(m_session->text(), kFlow + "    l");
    }

    void acceptingIsOneStep()
    {
        open(kFlow, kFlow.size());
        type("    lev");
        const int before = m_session->history().count();
        key(Qt::Key_Return);
        QCOMPARE(m_session->text(), kFlow + "    level: ");
        QCOMPARE(m_session->history().count(), before + 1);
        m_pane->view().undoStep();
        QCOMPARE(m_session->text(), kFlow + "    lev");
    }

    void typingNarrowsAndDeletingWidens()
    {
        open(kFlow, kFlow.size());
        type("    l");
        const int wide = popup().count();
        type("ev");
        const int narrow = popup().count();
        QVERIFY(narrow < wide);
        key(Qt::Key_Backspace);
        key(Qt::Key_Backspace);
        QCOMPARE(popup().count(), wide);
    }

    void nothingOpensWhileComposing()
    {
        open("id: a\ndescription: \n", 0);
        type("t");
        QVERIFY(popup().isVisible());
        QInputMethodEvent preedit(QStringLiteral("ㅎ"), {});
        QCoreApplication::sendEvent(&m_pane->view(), &preedit);
        QVERIFY(!popup().isVisible());
        QInputMethodEvent more(QStringLiteral("하"), {});
        QCoreApplication::sendEvent(&m_pane->view(), &more);
        QVERIFY(!popup().isVisible());
        m_pane->assist().complete();
        QVERIFY(!popup().isVisible());
    }

    void theFilesLineEndsAreKept()
    {
        open("id: a\r\nnamespace: b\r\n", 21);
        type("task");
        key(Qt::Key_Return);
        QCOMPARE(m_session->text(), std::string("id: a\r\nnamespace: b\r\ntasks:\r\n  - id: "));
    }

    void definitionByKey()
    {
        const std::string flow = kFlow + "  - id: two\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ outputs.one.x }}\"\n";
        open(flow, flow.find("one.x") + 1);
        key(Qt::Key_F12);
        QCOMPARE(m_pane->view().selection().begin, flow.find("one"));
    }

    void usagesAreListed()
    {
        const std::string flow = kFlow + "  - id: two\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ outputs.one.x }}\"\n";
        open(flow, flow.find("one"));
        key(Qt::Key_F12, Qt::ShiftModifier);
        auto *menu = m_pane->view().findChild<QMenu *>();
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 2);
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(m_pane->view().selection().begin, flow.find("one.x"));
    }

    void renameInPlace()
    {
        const std::string flow = kFlow + "  - id: two\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ outputs.one.x }}\"\n";
        open(flow, flow.find("one.x"));
        key(Qt::Key_F2);
        QLineEdit *field = m_pane->navigation().renameField();
        QVERIFY(field);
        QTest::keyClicks(field, QStringLiteral("two"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(m_pane->navigation().renameField()); // taken: stays open
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("first"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!m_pane->navigation().renameField());
        QVERIFY(m_session->text().find("id: first") != std::string::npos);
        QVERIFY(m_session->text().find("outputs.first.x") != std::string::npos);
        m_pane->view().undoStep();
        QCOMPARE(m_session->text(), flow);
    }

    void aRenameLeavesAUsageOut()
    {
        const std::string flow = kFlow + "  - id: two\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ outputs.one.x }} {{ outputs.one.y }}\"\n";
        open(flow, flow.find("one"));
        key(Qt::Key_F2);
        QListWidget *usages = m_pane->navigation().renamedUsages();
        QVERIFY(usages);
        QCOMPARE(usages->count(), 3);
        QVERIFY(!(usages->item(0)->flags() & Qt::ItemIsUserCheckable)); // the definition goes along
        QLineEdit *field = m_pane->navigation().renameField();
        QTest::keyClicks(field, QStringLiteral("first"));
        QTest::keyClick(field, Qt::Key_Tab);
        QVERIFY(usages->hasFocus());
        usages->setCurrentRow(2);
        QTest::keyClick(usages, Qt::Key_Space);
        QTest::keyClick(usages, Qt::Key_Return);
        std::string wanted = flow;
        wanted.replace(wanted.find("id: one"), 7, "id: first");
        wanted.replace(wanted.find("outputs.one.x"), 13, "outputs.first.x");
        QCOMPARE(m_session->text(), wanted);
        QVERIFY(!m_pane->navigation().renameField());
        QVERIFY(m_pane->view().hasFocus());
    }

    void everyCaretGetsItsLine()
    {
        open("a: 1\nb: 2\nc: 3\n", 4);
        key(Qt::Key_Down, Qt::ControlModifier | Qt::AltModifier);
        key(Qt::Key_Down, Qt::ControlModifier | Qt::AltModifier);
        type("x");
        QCOMPARE(m_session->text(), std::string("a: 1x\nb: 2x\nc: 3x\n"));
        const int steps = m_session->history().count();
        key(Qt::Key_Return);
        QCOMPARE(m_session->text(), std::string("a: 1x\n\nb: 2x\n\nc: 3x\n\n"));
        QCOMPARE(m_session->history().count(), steps + 1);
        type("y");
        QCOMPARE(m_session->text(), std::string("a: 1x\ny\nb: 2x\ny\nc: 3x\ny\n"));
        key(Qt::Key_Tab);
        QCOMPARE(m_session->text(), std::string("a: 1x\ny \nb: 2x\ny \nc: 3x\ny \n"));
    }

    void aFixByKeysAlone()
    {
        const std::string flow = kFlow + "    lewel: INFO\n";
        open(flow, flow.find("lewel"));
        key(Qt::Key_Period, Qt::ControlModifier);
        auto *menu = m_pane->view().findChild<QMenu *>();
        QVERIFY(menu);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(m_session->text(), kFlow + "    level: INFO\n");
    }

    void theContextMenuOffersWhatCanBeDone()
    {
        open(kFlow, kFlow.find("one"));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), m_pane->view().mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(&m_pane->view(), &event);
        auto *menu = m_pane->view().findChild<QMenu *>();
        QVERIFY(menu);
        QStringList enabled;
        for (const QAction *action : menu->actions())
            if (action->isEnabled() && !action->isSeparator())
                enabled << action->text();
        QCOMPARE(enabled, QStringList({QStringLiteral("Paste"), QStringLiteral("Select all"), QStringLiteral("Go to definition"), QStringLiteral("Show usages"),
                                       QStringLiteral("Rename"), QStringLiteral("Comment lines")}));
        menu->close();
    }

    void hoversSayTheProblemAndTheProperty()
    {
        const std::string flow = kFlow + "    lewel: INFO\n";
        open(flow, 0);
        QVERIFY(m_pane->navigation().hoverText(flow.find("lewel")).contains(QStringLiteral("Ctrl+.")));
        QVERIFY(m_pane->navigation().hoverText(flow.find("message")).contains(QStringLiteral("required")));
        QVERIFY(m_pane->navigation().hoverText(flow.find("id: a") + 5).isEmpty());
    }

    void tasksMoveWhole()
    {
        const std::string two = "  # note\n  - id: two\n    type: io.kestra.plugin.core.debug.Return\n";
        open(kFlow + two, (kFlow + two).find("- id: two") + 2);
        key(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(m_session->text(), "id: a\nnamespace: b\ntasks:\n" + two + "  - id: one\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n");
        QCOMPARE(m_pane->view().caretOffset(), m_session->text().find("- id: two") + 2);
        key(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(m_session->text(), kFlow + two);
        key(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(m_session->text(), kFlow + two);
    }

    /// Ctrl+/ writes the sign of the language the lines are in.
    void commentsHaveTheSignOfTheirLanguage_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("sign");
        QTest::newRow("shell") << QByteArray("io.kestra.plugin.scripts.shell.Script\n    script: |\n") << QByteArray("# ");
        QTest::newRow("python") << QByteArray("io.kestra.plugin.scripts.python.Script\n    script: |\n") << QByteArray("# ");
        QTest::newRow("node") << QByteArray("io.kestra.plugin.scripts.node.Script\n    script: |\n") << QByteArray("// ");
        QTest::newRow("sql") << QByteArray("io.kestra.plugin.jdbc.duckdb.Query\n    sql: |\n") << QByteArray("-- ");
        QTest::newRow("a text") << QByteArray("io.kestra.plugin.core.log.Log\n    message: |\n") << QByteArray("# ");
    }
    void commentsHaveTheSignOfTheirLanguage()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, sign);
        const std::string head = "id: a\nnamespace: b\ntasks:\n  - id: one\n    type: " + type.toStdString();
        const std::string text = head + "      first\n      second\n    description: x\n";
        open(text, head.size() + 8);
        key(Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(m_session->text(), head + "      " + sign.toStdString() + "first\n      second\n    description: x\n");
        key(Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(m_session->text(), text);
        m_pane->view().goToOffset(head.size() - 3); // the key above is YAML
        key(Qt::Key_Slash, Qt::ControlModifier);
        QVERIFY(m_session->text().find("    # ") != std::string::npos);
        m_pane->view().undoStep();
        m_pane->view().goToOffset(text.find("description"));
        key(Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(m_session->text(), head + "      first\n      second\n    # description: x\n");
    }

    void linesAreDoubledAndDeletedByTheKeysOfTheMenu()
    {
        open(kFlow, 0);
        key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_session->text(), "id: a\n" + kFlow);
        key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_session->text(), kFlow);
    }

    void findWalksAndReplaces()
    {
        open("one two one two\nONE\n", 0);
        m_pane->showReplace();
        auto *query = m_pane->findBar().findChildren<QLineEdit *>().at(0);
        auto *with = m_pane->findBar().findChildren<QLineEdit *>().at(1);
        QTest::keyClicks(query, QStringLiteral("one"));
        QCOMPARE(m_pane->view().selection(), (flow::Range{0, 3}));
        QTest::keyClick(query, Qt::Key_Return);
        QCOMPARE(m_pane->view().selection(), (flow::Range{8, 11}));
        QTest::keyClick(query, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(m_pane->view().selection(), (flow::Range{0, 3}));
        QTest::keyClicks(with, QStringLiteral("x"));
        with->setFocus();
        QTest::keyClick(with, Qt::Key_Return);
        QCOMPARE(m_session->text(), std::string("x two one two\nONE\n"));
        QTest::keyClick(with, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_session->text(), std::string("x two x two\nx\n"));
        m_pane->view().undoStep();
        QCOMPARE(m_session->text(), std::string("x two one two\nONE\n"));
        QTest::keyClick(query, Qt::Key_Escape);
        QVERIFY(!m_pane->findBar().isVisible());
    }

    void pictures_data()
    {
        QTest::addColumn<ui::ThemeName>("name");
        QTest::newRow("light") << ui::ThemeName::Light;
        QTest::newRow("dark") << ui::ThemeName::Dark;
    }
    void pictures()
    {
        QFETCH(ui::ThemeName, name);
        const ui::Theme theme = ui::Theme::load(name);
        theme.applyTo(*qApp);
        m_pane->setTheme(theme);
        open(kFlow, kFlow.size());
        type("    ");
        m_pane->assist().complete();
        QCoreApplication::processEvents();
        QDir().mkpath(QStringLiteral(LEAT_BINARY_DIR "/pictures"));
        const QString file = QStringLiteral(LEAT_BINARY_DIR "/pictures/%1-%2.png");
        QVERIFY(popup().grab().save(file.arg(QStringLiteral("completion"), QLatin1String(QTest::currentDataTag()))));
        popup().hide();
        m_pane->showReplace();
        QTest::keyClicks(m_pane->findBar().findChildren<QLineEdit *>().at(0), QStringLiteral("a"));
        QVERIFY(m_pane->grab().save(file.arg(QStringLiteral("find"), QLatin1String(QTest::currentDataTag()))));
    }

    void searching_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("options");
        QTest::addColumn<int>("hits");
        QTest::newRow("any case") << QStringLiteral("AB") << 0 << 4;
        QTest::newRow("case") << QStringLiteral("AB") << 1 << 1;
        QTest::newRow("word") << QStringLiteral("ab") << 2 << 2;
        QTest::newRow("pattern") << QStringLiteral("a.") << 4 << 4;
        QTest::newRow("lines") << QStringLiteral("^ab") << 4 << 2;
        QTest::newRow("not a pattern") << QStringLiteral("a(") << 4 << -1;
        QTest::newRow("a bracket as text") << QStringLiteral("(") << 0 << 1;
        QTest::newRow("hangul") << QStringLiteral("글") << 0 << 1;
    }
    void searching()
    {
        QFETCH(QString, query);
        QFETCH(int, options);
        QFETCH(int, hits);
        const auto found = findAll("ab abc\nAB (한글ab)\n", query, {bool(options & 1), bool(options & 2), bool(options & 4)});
        QCOMPARE(found ? int(found->size()) : -1, hits);
        if (query == QStringLiteral("글"))
            QCOMPARE(found->front(), (flow::Range{14, 17}));
    }
};

QTEST_MAIN(CodeAssistTest)
#include "tst_code_assist.moc"
