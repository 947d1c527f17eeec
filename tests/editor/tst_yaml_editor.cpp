#include "editor/yaml_editor.h"
#include "support/catalog.h"
#include "support/cpu_time.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QSignalSpy>
#include <QTest>

using namespace editor;

namespace {

const std::string kFlow = "id: a\nnamespace: b\ntasks:\n  - id: one\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n";

flow::Edit edit(DocumentSession &session, std::size_t begin, std::size_t end, std::string text)
{
    return *flow::Edit::make(session.revision(), session.text(), {{{begin, end}, std::move(text)}});
}

} // namespace

class YamlEditorTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const flow::TaskCatalog> m_catalog = test::sharedCatalog();
    std::unique_ptr<DocumentSession> m_session;
    std::unique_ptr<YamlEditor> m_view;

    void open(const std::string &text, std::size_t caret = 0)
    {
        m_session->create(text);
        m_view->goToOffset(caret);
    }
    void compose(const QString &preedit)
    {
        QInputMethodEvent event(preedit, {});
        QGuiApplication::sendEvent(m_view.get(), &event);
    }
    void commit(const QString &text, const QString &preedit = {})
    {
        QInputMethodEvent event(preedit, {});
        event.setCommitString(text);
        QGuiApplication::sendEvent(m_view.get(), &event);
    }
    std::string text() const { return m_session->text(); }
    /// The view shows the session's bytes.
    bool same() const { return m_view->shownText() == m_session->text(); }

private slots:
    void init()
    {
        m_session = std::make_unique<DocumentSession>(m_catalog);
        m_view = std::make_unique<YamlEditor>(ui::Theme::load(ui::ThemeName::Light));
        m_view->setSession(m_session.get());
        m_view->resize(600, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->setFocus();
    }
    void cleanup()
    {
        m_view.reset();
        m_session.reset();
    }

    void keysReachTheDocument()
    {
        open("");
        QTest::keyClicks(m_view.get(), QStringLiteral("id: flow"));
        QCOMPARE(text(), std::string("id: flow"));
        QVERIFY(same());
        QCOMPARE(m_session->history().count(), 2);
        QTest::keyClick(m_view.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(text(), std::string("id: "));
        QTest::keyClick(m_view.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(text(), std::string("id: flow"));
        QTest::keyClick(m_view.get(), Qt::Key_Z, Qt::ControlModifier);
        QTest::keyClick(m_view.get(), Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(text(), std::string("id: flow"));
        QVERIFY(same());
    }

    void replacingASelectionIsOneStep()
    {
        open("one two");
        m_view->select({0, 3});
        QTest::keyClick(m_view.get(), Qt::Key_X);
        QCOMPARE(text(), std::string("x two"));
        QCOMPARE(m_session->history().count(), 1);
        m_view->undoStep();
        QCOMPARE(text(), std::string("one two"));
        QCOMPARE(m_view->selection(), (flow::Range{0, 3}));
    }

    void koreanCompositionIsOneUndo()
    {
        open("id: a\ndescription: \n", 19);
        QSignalSpy typed(m_view.get(), &YamlEditor::typed);
        for (const char *preedit : {"ㅎ", "하", "한"}) {
            compose(QString::fromUtf8(preedit));
            QVERIFY(m_view->isComposing());
            QCOMPARE(text(), std::string("id: a\ndescription: \n"));
        }
        QCOMPARE(typed.count(), 0); // completion has nothing to open on
        commit(QStringLiteral("한"), QStringLiteral("ㄱ"));
        compose(QStringLiteral("구"));
        compose(QStringLiteral("국"));
        commit(QStringLiteral("국"));
        QVERIFY(!m_view->isComposing());
        QCOMPARE(text(), std::string("id: a\ndescription: 한국\n"));
        QVERIFY(same());
        QCOMPARE(m_session->history().count(), 1);
        m_view->undoStep();
        QCOMPARE(text(), std::string("id: a\ndescription: \n"));
        QVERIFY(same());
        QCOMPARE(m_view->caretOffset(), std::size_t(19));
        m_view->redoStep();
        QCOMPARE(text(), std::string("id: a\ndescription: 한국\n"));
        QVERIFY(same());
    }

    void japaneseConversionIsOneUndo()
    {
        const std::string before = "message: \"{{ x }} \"\n";
        open(before, 18);
        for (const char *preedit : {"n", "に", "にh", "にほ", "にほn", "にほんご", "日本語"})
            compose(QString::fromUtf8(preedit));
        commit(QStringLiteral("日本語"));
        QCOMPARE(text(), std::string("message: \"{{ x }} 日本語\"\n"));
        QVERIFY(same());
        QCOMPARE(m_session->history().count(), 1);
        m_view->undoStep();
        QCOMPARE(text(), before);
        QVERIFY(same());
    }

    void aCancelledCompositionLeavesNothing()
    {
        open("abc", 3);
        compose(QStringLiteral("ㅎ"));
        compose(QString());
        QCOMPARE(text(), std::string("abc"));
        QVERIFY(same());
        QCOMPARE(m_session->history().count(), 0);
        QTest::keyClick(m_view.get(), Qt::Key_D);
        QCOMPARE(text(), std::string("abcd"));
    }

    void compositionReplacesTheSelectionInOneStep()
    {
        open("one two", 0);
        m_view->select({4, 7});
        compose(QStringLiteral("ㅎ"));
        compose(QStringLiteral("하"));
        commit(QStringLiteral("하"));
        QCOMPARE(text(), std::string("one 하"));
        QCOMPARE(m_session->history().count(), 1);
        m_view->undoStep();
        QCOMPARE(text(), std::string("one two"));
        QVERIFY(same());
    }

    void savingWhileComposingKeepsWhatIsShown()
    {
        open("a: ", 3);
        compose(QStringLiteral("한"));
        m_view->finishComposition();
        QCOMPARE(text(), std::string("a: 한"));
        QVERIFY(same());
        commit(QStringLiteral("글"));
        QVERIFY(same());
    }

    void editsOfOthersKeepTheCaret()
    {
        open(kFlow, kFlow.size());
        m_view->goToOffset(kFlow.find("hi"));
        QVERIFY(m_session->submit(edit(*m_session, 0, 0, "# note\n"), {"edit.test", {}}));
        QVERIFY(same());
        QCOMPARE(m_view->caretOffset(), text().find("hi"));
        m_view->undoStep();
        QCOMPARE(text(), kFlow);
        QVERIFY(same());
        QCOMPARE(m_view->caretOffset(), kFlow.find("hi"));
    }

    void severalReplacementsAtOnce()
    {
        open("a b a b");
        const flow::Edit both = *flow::Edit::make(m_session->revision(), text(), {{{0, 1}, "long"}, {{4, 5}, ""}, {{6, 7}, "한"}});
        QVERIFY(m_session->submit(both, {"edit.test", {}}));
        QCOMPARE(text(), std::string("long b  한"));
        QVERIFY(same());
        m_view->undoStep();
        QVERIFY(same());
        QCOMPARE(text(), std::string("a b a b"));
    }

    void severalCaretsTypeOneStep()
    {
        open("a\nb\nc\n", 1);
        m_view->addCaretBelow();
        m_view->addCaretBelow();
        QTest::keyClick(m_view.get(), Qt::Key_X);
        QCOMPARE(text(), std::string("ax\nbx\ncx\n"));
        QCOMPARE(m_session->history().count(), 1);
        m_view->undoStep();
        QCOMPARE(text(), std::string("a\nb\nc\n"));
        QVERIFY(same());
    }

    void pasteTakesTheLineEndingsOfTheFile()
    {
        open("a: 1\r\nb: 2\r\n", 0);
        QGuiApplication::clipboard()->setText(QStringLiteral("x: 0\ny: 0\n"));
        QTest::keyClick(m_view.get(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(text(), std::string("x: 0\r\ny: 0\r\na: 1\r\nb: 2\r\n"));
        QVERIFY(same());
        QCOMPARE(m_session->history().count(), 1);
    }

    void oddBytesAreShownAndKept_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("bom") << QByteArray("\xEF\xBB\xBFid: a\n");
        QTest::newRow("crlf") << QByteArray("id: a\r\nb: c\r\n");
        QTest::newRow("nul") << QByteArray("id: a\0b\n", 8);
        QTest::newRow("invalid utf-8") << QByteArray("id: \xff\xfe\xc3(\n");
        QTest::newRow("tabs") << QByteArray("id:\ta\t\n\tb");
        QTest::newRow("lone cr") << QByteArray("id: a\rb: c\n");
    }
    void oddBytesAreShownAndKept()
    {
        QFETCH(QByteArray, bytes);
        const std::string before = bytes.toStdString();
        open(before, before.size());
        QVERIFY(same());
        QTest::keyClick(m_view.get(), Qt::Key_X);
        QCOMPARE(text(), before + "x");
        QVERIFY(same());
        QTest::keyClick(m_view.get(), Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(m_view.get(), Qt::Key_Y);
        const std::size_t begin = before.starts_with("\xEF") ? 3 : 0;
        QCOMPARE(text(), std::string(before).insert(begin, "y") + "x");
        m_view->undoStep();
        m_view->undoStep();
        QCOMPARE(text(), before);
        QVERIFY(same());
    }

    void enterIndents()
    {
        open("tasks:\n  - id: one\n", 6);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(text(), std::string("tasks:\n  \n  - id: one\n"));
        m_view->goToOffset(text().size() - 1);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QTest::keyClicks(m_view.get(), QStringLiteral("type: x"));
        QCOMPARE(text(), std::string("tasks:\n  \n  - id: one\n    type: x\n"));
        QVERIFY(same());
    }

    void lineKeys()
    {
        open("a\nb\nc\n", 2);
        QTest::keyClick(m_view.get(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(text(), std::string("b\na\nc\n"));
        QTest::keyClick(m_view.get(), Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(text(), std::string("# b\na\nc\n"));
        QTest::keyClick(m_view.get(), Qt::Key_Slash, Qt::ControlModifier);
        QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(text(), std::string("a\nb\nc\n"));
        QTest::keyClick(m_view.get(), Qt::Key_Tab);
        QCOMPARE(text(), std::string("a\n  b\nc\n"));
        QVERIFY(same());
        for (int i = 0; i < 5; ++i)
            m_view->undoStep();
        QCOMPARE(text(), std::string("a\nb\nc\n"));
        QVERIFY(same());
    }

    void pasteTakesTheIndentation()
    {
        open("tasks:\n  ", 9);
        QGuiApplication::clipboard()->setText(QStringLiteral("- id: a\n  type: b\n"));
        QTest::keyClick(m_view.get(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(text(), std::string("tasks:\n  - id: a\n    type: b\n"));
        QVERIFY(same());
        QCOMPARE(m_session->history().count(), 1);
    }

    void tabCanBeSetFree()
    {
        open("a\n", 0);
        QTest::keyClick(m_view.get(), Qt::Key_Tab);
        QCOMPARE(text(), std::string("  a\n"));
        QTest::keyClick(m_view.get(), Qt::Key_M, Qt::ControlModifier);
        QTest::keyClick(m_view.get(), Qt::Key_Tab);
        QCOMPARE(text(), std::string("  a\n"));
    }

    void foldsFollowTheTasks()
    {
        open(kFlow + "  - id: two\n    type: x\n", 0);
        m_view->grab(); // styles what is seen
        m_view->toggleFold(3);
        const auto visible = [this](int line) { return m_view->SendScintilla(QsciScintillaBase::SCI_GETLINEVISIBLE, static_cast<unsigned long>(line)); };
        QVERIFY(visible(3) && !visible(4) && !visible(5) && visible(6) && visible(7));
        m_view->goToOffset(text().find("message"));
        QVERIFY(visible(5)); // jumping there unfolds
        m_view->foldEverything();
        QVERIFY(!visible(6));
        m_view->unfoldEverything();
        QVERIFY(visible(7));
    }

    void changeBarsCompareWithTheSavedText()
    {
        open("", 0);
        m_view->setBaseText("a\nb\nc\n");
        QTest::keyClicks(m_view.get(), QStringLiteral("a"));
        m_session->submit(edit(*m_session, 1, 1, "\nx\nc\nd\n"), {"edit.test", {}}).hasValue();
        const auto marks = [this](int line) { return m_view->SendScintilla(QsciScintillaBase::SCI_MARKERGET, static_cast<unsigned long>(line)) & 6; };
        QTRY_COMPARE(marks(1), 4L); // changed
        QCOMPARE(marks(0), 0L);
        QCOMPARE(marks(2), 0L);
        QCOMPARE(marks(3), 2L); // added
    }

    void aScreenReaderReadsTheText()
    {
        open(kFlow, 4);
        QAccessibleInterface *view = QAccessible::queryAccessibleInterface(m_view.get());
        QVERIFY(view && view->textInterface());
        QCOMPARE(view->text(QAccessible::Name), QStringLiteral("Flow text"));
        QCOMPARE(view->textInterface()->text(0, 5), QStringLiteral("id: a"));
        m_view->goToOffset(6);
        QTRY_COMPARE(view->textInterface()->cursorPosition(), 6);
    }

    void readOnlyDocumentsStayAsTheyAre()
    {
        m_view->setSession(nullptr);
        QTest::keyClick(m_view.get(), Qt::Key_X);
        QCOMPARE(m_view->shownText(), std::string());
    }

    void aKeyInALargeFlowTakesLessThanAFrame()
    {
        std::string large = "id: a\nnamespace: b\ntasks:\n";
        for (int i = 0; i < 1000; ++i)
            large += "  - id: task_" + std::to_string(i) + "\n    type: io.kestra.plugin.core.debug.Return\n    format: \"{{ inputs.day }}\"\n";
        open(large, large.size() / 2);
        std::vector<double> times;
        for (int i = 0; i < 200; ++i) {
            const std::int64_t begin = test::cpuTime();
            QTest::keyClick(m_view.get(), Qt::Key_X);
            m_view->viewport()->repaint();
            times.push_back(static_cast<double>(test::cpuTime() - begin) / 1e6);
        }
        std::sort(times.begin(), times.end());
        qInfo("key to picture at 1,000 tasks: median %.2f ms, p99 %.2f ms", times[100], times[198]);
#ifdef NDEBUG
        QVERIFY(times[100] < 16);
#endif
        QVERIFY(same());
    }

    void randomKeysKeepBothTextsEqual()
    {
        open(kFlow, 10);
        quint32 seed = 7;
        const auto next = [&seed](quint32 below) {
            seed = seed * 1664525 + 1013904223;
            return (seed >> 8) % below;
        };
        const QList<int> keys{Qt::Key_A, Qt::Key_Space, Qt::Key_Return, Qt::Key_Backspace, Qt::Key_Delete, Qt::Key_Tab,
                              Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End};
        for (int i = 0; i < 600; ++i) {
            const quint32 kind = next(20);
            if (kind == 0)
                m_view->undoStep();
            else if (kind == 1)
                m_view->redoStep();
            else if (kind == 2)
                QVERIFY(m_session->submit(edit(*m_session, next(static_cast<quint32>(text().size() + 1)), text().size(), "end\n"), {"edit.test", {}}));
            else
                QTest::keyClick(m_view.get(), Qt::Key(keys.at(static_cast<int>(next(static_cast<quint32>(keys.size()))))),
                                next(4) ? Qt::NoModifier : Qt::ShiftModifier);
            QVERIFY(same());
        }
        while (m_session->history().canUndo())
            m_view->undoStep();
        QCOMPARE(text(), kFlow);
        QVERIFY(same());
    }
};

QTEST_MAIN(YamlEditorTest)
#include "tst_yaml_editor.moc"
