#include "canvas_fixture.h"

#include "canvas/tools.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QtTest>

using namespace canvas;

namespace {

const char kThree[] = "id: f\n"
                      "namespace: n\n"
                      "tasks:\n"
                      "  - id: one\n"
                      "    type: io.kestra.plugin.core.debug.Return\n"
                      "  # about two\n"
                      "  - id: two\n"
                      "    type: io.kestra.plugin.core.debug.Return\n"
                      "  - id: box\n"
                      "    type: io.kestra.plugin.core.flow.Sequential\n"
                      "    tasks:\n"
                      "      - id: inner\n"
                      "        type: io.kestra.plugin.core.debug.Return\n";

const char kDag[] = "id: f\n"
                    "namespace: n\n"
                    "tasks:\n"
                    "  - id: d\n"
                    "    type: io.kestra.plugin.core.flow.Dag\n"
                    "    tasks:\n"
                    "      - task:\n"
                    "          id: a\n"
                    "          type: io.kestra.plugin.core.debug.Return\n"
                    "      - task:\n"
                    "          id: b\n"
                    "          type: io.kestra.plugin.core.debug.Return\n"
                    "        dependsOn:\n"
                    "          - a\n"
                    "      - task:\n"
                    "          id: c\n"
                    "          type: io.kestra.plugin.core.debug.Return\n";

void drag(Shown &shown, QPoint from, QPoint to, bool drop = true)
{
    QWidget *view = shown.view.viewport();
    QTest::mouseMove(view, from);
    QTest::mousePress(view, Qt::LeftButton, {}, from);
    const auto move = [&](QPoint at) { // with the button held, which QTest::mouseMove does not say
        QMouseEvent event(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &event);
    };
    move(from + (to - from) / 2);
    move(to);
    if (drop)
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
}

QStringList ids(const Shown &shown)
{
    QStringList all;
    for (const int node : shown.view.flowScene().selectedNodes())
        all << shown.view.flowScene().graph().nodes[std::size_t(node)].title;
    return all;
}

QString currentId(const Shown &shown)
{
    const int node = shown.view.flowScene().current();
    return node < 0 ? QString() : shown.view.flowScene().graph().nodes[std::size_t(node)].title;
}

QPoint slotPoint(const Shown &shown, const char *list, std::size_t index)
{
    for (const DropTarget &target : dropTargets(shown.view.flowScene(), {})) {
        if (target.slot.list == list && target.slot.index == index)
            return shown.view.mapFromScene(target.point);
    }
    qFatal("no such place");
    return {};
}

/// What a drag from the palette does: the events Qt would send.
bool dropMime(Shown &shown, QMimeData &data, QPoint at)
{
    QWidget *view = shown.view.viewport();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view, &enter);
    if (!enter.isAccepted())
        return false;
    QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view, &move);
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view, &drop);
    return drop.isAccepted();
}

} // namespace

#define COMPARE_TEXT(shown, expected) QCOMPARE(QString::fromStdString((shown).text()), QString::fromUtf8(expected))

class TestGestures : public QObject
{
    Q_OBJECT

private slots:
    void draggingATaskMovesIt()
    {
        Shown shown(kThree);
        drag(shown, shown.at("two"), slotPoint(shown, "tasks", 0));
        COMPARE_TEXT(shown, "id: f\n"
                            "namespace: n\n"
                            "tasks:\n"
                            "  # about two\n"
                            "  - id: two\n"
                            "    type: io.kestra.plugin.core.debug.Return\n"
                            "  - id: one\n"
                            "    type: io.kestra.plugin.core.debug.Return\n"
                            "  - id: box\n"
                            "    type: io.kestra.plugin.core.flow.Sequential\n"
                            "    tasks:\n"
                            "      - id: inner\n"
                            "        type: io.kestra.plugin.core.debug.Return\n");
        QCOMPARE(shown.session.labels.size(), std::size_t(1));
        QCOMPARE(shown.session.labels[0].id, std::string("edit.move-task"));
        QCOMPARE(ids(shown), QStringList{"two"}); // selection follows
    }

    void draggingIntoAContainerGoesALevelDown()
    {
        Shown shown(kThree);
        drag(shown, shown.at("one"), slotPoint(shown, "tasks[2].tasks", 1));
        QVERIFY(shown.text().find("        type: io.kestra.plugin.core.debug.Return\n      - id: one\n"
                                  "        type: io.kestra.plugin.core.debug.Return\n") != std::string::npos);
        QVERIFY(shown.text().find("\n  - id: one") == std::string::npos);
    }

    void escapeCancelsADrag()
    {
        Shown shown(kThree);
        drag(shown, shown.at("one"), slotPoint(shown, "tasks[2].tasks", 1), false);
        QVERIFY(shown.view.isGestureActive());
        QVERIFY(shown.view.moveTool().target());
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(!shown.view.isGestureActive());
        QTest::mouseRelease(shown.view.viewport(), Qt::LeftButton, {}, slotPoint(shown, "tasks[2].tasks", 1));
        COMPARE_TEXT(shown, kThree);
    }

    void droppingFarFromEverythingDoesNothing()
    {
        Shown shown(kThree);
        drag(shown, shown.at("one"), QPoint(8, 700));
        COMPARE_TEXT(shown, kThree);
    }

    void aTaskIsNoPlaceForItself()
    {
        Shown shown(kThree);
        const int box = shown.node("box");
        for (const DropTarget &target : dropTargets(shown.view.flowScene(), {box})) {
            QVERIFY(target.slot.list != "tasks[2].tasks");
            QVERIFY(target.slot.list != "tasks" || (target.slot.index != 2 && target.slot.index != 3));
        }
    }

    void droppingATypeOnAnEdgeAddsATask()
    {
        Shown shown(kThree);
        QMimeData data;
        data.setData(QLatin1String(kTaskTypeMime), "io.kestra.plugin.core.log.Log");
        QVERIFY(dropMime(shown, data, slotPoint(shown, "tasks", 1)));
        COMPARE_TEXT(shown, "id: f\n"
                            "namespace: n\n"
                            "tasks:\n"
                            "  - id: one\n"
                            "    type: io.kestra.plugin.core.debug.Return\n"
                            "  - id: log\n"
                            "    type: io.kestra.plugin.core.log.Log\n"
                            "    message: \"\"\n"
                            "  # about two\n"
                            "  - id: two\n"
                            "    type: io.kestra.plugin.core.debug.Return\n"
                            "  - id: box\n"
                            "    type: io.kestra.plugin.core.flow.Sequential\n"
                            "    tasks:\n"
                            "      - id: inner\n"
                            "        type: io.kestra.plugin.core.debug.Return\n");
        QCOMPARE(currentId(shown), QStringLiteral("log")); // what is new has the focus
    }

    void droppingYamlAddsIt()
    {
        Shown shown(kThree);
        QMimeData data;
        data.setData(QLatin1String(kYamlMime), "id: pasted\ntype: io.kestra.plugin.core.log.Log\nmessage: hi\n");
        QVERIFY(dropMime(shown, data, slotPoint(shown, "tasks[2].tasks", 0)));
        QVERIFY(shown.text().find("    tasks:\n      - id: pasted\n        type: io.kestra.plugin.core.log.Log\n        message: hi\n"
                                  "      - id: inner\n") != std::string::npos);
    }

    void droppingBesideAllPlacesIsRefused()
    {
        Shown shown(kThree);
        QMimeData data;
        data.setData(QLatin1String(kTaskTypeMime), "io.kestra.plugin.core.log.Log");
        QVERIFY(!dropMime(shown, data, QPoint(8, 700)));
        COMPARE_TEXT(shown, kThree);
    }

    void aFlowWithoutTasksTakesADropInItsSlot()
    {
        Shown shown("id: f\nnamespace: n\ntasks: []\n");
        QMimeData data;
        data.setData(QLatin1String(kTaskTypeMime), "io.kestra.plugin.core.debug.Return");
        QVERIFY(dropMime(shown, data, slotPoint(shown, "tasks", 0)));
        COMPARE_TEXT(shown, "id: f\nnamespace: n\ntasks:\n  - id: return\n    type: io.kestra.plugin.core.debug.Return\n");
    }

    void anArrowIsDrawnFromPortToPort()
    {
        Shown shown(kDag);
        const FlowScene &scene = shown.view.flowScene();
        const QPoint from = shown.view.mapFromScene(look::outPort(scene.bodyOf(shown.node("b"))));
        drag(shown, from, shown.at("c"));
        QVERIFY2(shown.text().find("          id: c\n          type: io.kestra.plugin.core.debug.Return\n        dependsOn:\n          - b\n")
                     != std::string::npos, shown.text().c_str());
        QCOMPARE(shown.session.labels.back().id, std::string("edit.connect"));
    }

    void aCircleIsRefusedWhileDragging()
    {
        Shown shown(kDag);
        const FlowScene &scene = shown.view.flowScene();
        const QPoint from = shown.view.mapFromScene(look::outPort(scene.bodyOf(shown.node("b"))));
        drag(shown, from, shown.at("a"), false);
        QCOMPARE(shown.view.connectTool().refusal(), QStringLiteral("would make a circle through a"));
        QTest::mouseRelease(shown.view.viewport(), Qt::LeftButton, {}, shown.at("a"));
        COMPARE_TEXT(shown, kDag);
    }

    void deleteOnAnArrowRemovesIt()
    {
        Shown shown(kDag);
        const FlowScene &scene = shown.view.flowScene();
        for (const LayoutEdge &edge : scene.picture().edges) {
            if (edge.kind == EdgeKind::Dependency) {
                const QPointF middle = (edge.points.first() + edge.points.last()) / 2;
                QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.view.mapFromScene(middle));
            }
        }
        QVERIFY(scene.selectedEdge() >= 0);
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        QVERIFY2(shown.text().find("dependsOn") == std::string::npos, shown.text().c_str());
    }

    void anArrowIsReRoutedByItsEnd()
    {
        Shown shown(kDag);
        const FlowScene &scene = shown.view.flowScene();
        QPoint end;
        for (const LayoutEdge &edge : scene.picture().edges) {
            if (edge.kind == EdgeKind::Dependency)
                end = shown.view.mapFromScene(edge.points.last() - QPointF(0, 11));
        }
        drag(shown, end, shown.at("c"));
        QVERIFY2(shown.text().find("id: c\n          type: io.kestra.plugin.core.debug.Return\n        dependsOn:\n          - a\n")
                     != std::string::npos, shown.text().c_str());
        QCOMPARE(shown.session.labels.size(), std::size_t(1)); // one step to undo
    }

    void shiftAndRubberBandSelectSeveral()
    {
        Shown shown(kThree);
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.at("one"));
        QCOMPARE(ids(shown), QStringList{"one"});
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, Qt::ShiftModifier, shown.at("inner"));
        QCOMPARE(ids(shown), (QStringList{"one", "inner"}));
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, Qt::ShiftModifier, shown.at("one"));
        QCOMPARE(ids(shown), QStringList{"inner"});
        const FlowScene &scene = shown.view.flowScene();
        drag(shown, shown.view.mapFromScene(scene.rectOf(shown.node("one")).topLeft() - QPointF(30, 12)),
             shown.view.mapFromScene(scene.rectOf(shown.node("two")).bottomRight() - QPointF(20, 10)));
        QCOMPARE(ids(shown), (QStringList{"one", "two"}));
    }

    void severalTasksMoveTogether()
    {
        Shown shown(kThree);
        shown.view.setSelected({QStringLiteral("tasks[0]"), QStringLiteral("tasks[1]")});
        drag(shown, shown.at("two"), slotPoint(shown, "tasks[2].tasks", 0));
        COMPARE_TEXT(shown, "id: f\n"
                            "namespace: n\n"
                            "tasks:\n"
                            "  - id: box\n"
                            "    type: io.kestra.plugin.core.flow.Sequential\n"
                            "    tasks:\n"
                            "      - id: one\n"
                            "        type: io.kestra.plugin.core.debug.Return\n"
                            "      # about two\n"
                            "      - id: two\n"
                            "        type: io.kestra.plugin.core.debug.Return\n"
                            "      - id: inner\n"
                            "        type: io.kestra.plugin.core.debug.Return\n");
        QCOMPARE(shown.session.labels.size(), std::size_t(1));
    }

    void clicksOfTheParts()
    {
        Shown shown(kThree);
        QSignalSpy selected(&shown.view, &CanvasView::selectionChanged), activated(&shown.view, &CanvasView::taskActivated);
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.at("one"));
        QCOMPARE(selected.last().at(0).toStringList(), QStringList{"tasks[0]"});
        QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, shown.at("two"));
        QCOMPARE(activated.last().at(0).toString(), QStringLiteral("tasks[1]"));
        const FlowScene &scene = shown.view.flowScene();
        const int box = shown.node("box");
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.view.mapFromScene(look::chevron(scene.bodyOf(box)).center()));
        QVERIFY(scene.isCollapsed(shown.node("box")));
        QVERIFY(!scene.isShown(shown.node("inner")));
        COMPARE_TEXT(shown, kThree);
    }

    void plusOnAnEdgeOpensQuickInsert()
    {
        Shown shown(kThree);
        const auto &edges = shown.view.flowScene().picture().edges;
        const auto edge = std::find_if(edges.begin(), edges.end(), [&](const LayoutEdge &each) { return each.to == shown.node("two"); });
        const QPoint plus = shown.view.mapFromScene(shown.view.flowScene().plusOf(int(edge - edges.begin())));
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, plus);
        auto *field = shown.view.findChild<QLineEdit *>();
        QVERIFY(field && field->isVisible());
        QTest::keyClicks(field, "log");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY2(shown.text().find("  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: \"\"\n  # about two\n")
                     != std::string::npos, shown.text().c_str());
    }

    void aReadOnlyFlowSaysSo()
    {
        Shown shown(kThree);
        shown.view.setSink(nullptr);
        QList<flow::ErrorCode> codes;
        connect(&shown.view, &CanvasView::editRefused, this, [&](const flow::Error &error) { codes << error.code; });
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.at("one"));
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        QCOMPARE(codes, QList<flow::ErrorCode>{flow::ErrorCode::ReadOnly});
        COMPARE_TEXT(shown, kThree);
    }

    // The keyboard alone

    void tabWalksInFileOrder()
    {
        Shown shown(kThree);
        QStringList walked;
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(&shown.view, Qt::Key_Tab);
            walked << currentId(shown);
        }
        QCOMPARE(walked, (QStringList{"one", "two", "box", "inner", "one"}));
        QTest::keyClick(&shown.view, Qt::Key_Backtab);
        QCOMPARE(currentId(shown), QStringLiteral("inner"));
    }

    void arrowsAndLettersWalkByPlace_data()
    {
        QTest::addColumn<QString>("start");
        QTest::addColumn<QList<int>>("keys");
        QTest::addColumn<QString>("end");
        const QString a = QStringLiteral("score");
        QTest::newRow("down a column") << "download" << QList<int>{Qt::Key_Down} << "validate";
        QTest::newRow("j is down") << "download" << QList<int>{Qt::Key_J} << "validate";
        QTest::newRow("down into a header") << "validate" << QList<int>{Qt::Key_Down} << a;
        QTest::newRow("down goes in") << a << QList<int>{Qt::Key_Down} << "score_rules";
        QTest::newRow("right goes in") << a << QList<int>{Qt::Key_Right} << "score_rules";
        QTest::newRow("right along the branches") << "score_rules" << QList<int>{Qt::Key_Right, Qt::Key_L} << "score_geo";
        QTest::newRow("left from the first branch goes out") << "score_rules" << QList<int>{Qt::Key_Left} << a;
        QTest::newRow("up from the first row goes out") << "score_geo" << QList<int>{Qt::Key_Up} << a;
        QTest::newRow("down from the last row") << "score_model" << QList<int>{Qt::Key_Down} << "high_risk";
        QTest::newRow("to the empty branch and back") << "notify_risk" << QList<int>{Qt::Key_Right, Qt::Key_Left} << "notify_risk";
        QTest::newRow("up out of the tasks") << "download" << QList<int>{Qt::Key_Up} << "bank_file";
        QTest::newRow("down to the section right below") << "load" << QList<int>{Qt::Key_Down} << "purge";
        QTest::newRow("right to finally") << "page_oncall" << QList<int>{Qt::Key_Right} << "purge";
        QTest::newRow("triggers to inputs") << "bank_file" << QList<int>{Qt::Key_Right} << "day";
        QTest::newRow("escape goes up") << "score_model" << QList<int>{Qt::Key_Escape} << a;
    }

    void arrowsAndLettersWalkByPlace()
    {
        QFETCH(QString, start);
        QFETCH(QList<int>, keys);
        QFETCH(QString, end);
        QFile file(QStringLiteral(LEAT_SOURCE_DIR "/tests/canvas/samples/payments_etl.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        Shown shown(file.readAll().toStdString());
        shown.view.setCurrentNode(shown.node(start.toUtf8().constData()), false);
        for (const int key : keys)
            QTest::keyClick(&shown.view, Qt::Key(key));
        QCOMPARE(currentId(shown), end);
    }

    void addBeforeAfterByKeys()
    {
        Shown shown(kThree);
        QTest::keyClick(&shown.view, Qt::Key_Tab); // one
        QTest::keyClick(&shown.view, Qt::Key_A, Qt::ShiftModifier);
        auto *field = shown.view.findChild<QLineEdit *>();
        QVERIFY(field && field->isVisible());
        QTest::keyClicks(field, "sleep");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY2(shown.text().find("tasks:\n  - id: sleep\n    type: io.kestra.plugin.core.flow.Sleep\n    duration: PT1M\n  - id: one\n")
                     != std::string::npos, shown.text().c_str());
        QCOMPARE(currentId(shown), QStringLiteral("sleep"));
        QTest::keyClick(&shown.view, Qt::Key_Slash);
        QVERIFY(field->isVisible());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible());
        QVERIFY(shown.view.hasFocus());
    }

    void anEmptyContainerIsFilledByKeys()
    {
        Shown shown("id: f\nnamespace: n\ntasks:\n  - id: c\n    type: io.kestra.plugin.core.flow.If\n    condition: \"{{ true }}\"\n    then: []\n");
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTest::keyClick(&shown.view, Qt::Key_Down); // into the empty branch
        QVERIFY(shown.view.flowScene().current() < 0);
        QTest::keyClick(&shown.view, Qt::Key_A);
        auto *field = shown.view.findChild<QLineEdit *>();
        QTest::keyClicks(field, "Return");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY2(shown.text().find("    then:\n      - id: return\n        type: io.kestra.plugin.core.debug.Return\n") != std::string::npos,
                 shown.text().c_str());
    }

    void duplicateAndDeleteByKeys()
    {
        Shown shown(kThree);
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTest::keyClick(&shown.view, Qt::Key_D);
        QVERIFY2(shown.text().find("    type: io.kestra.plugin.core.debug.Return\n  - id: one_") != std::string::npos, shown.text().c_str());
        QVERIFY(currentId(shown).startsWith(QLatin1String("one_")));
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        COMPARE_TEXT(shown, kThree);
        QCOMPARE(currentId(shown), QStringLiteral("two")); // the next task
    }

    void renameInPlace()
    {
        Shown shown("id: f\nnamespace: n\ntasks:\n  - id: one\n    type: io.kestra.plugin.core.debug.Return\n"
                    "  - id: two\n    type: io.kestra.plugin.core.debug.Return\n    format: \"{{ outputs.one.value }}\"\n");
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTest::keyClick(&shown.view, Qt::Key_F2);
        auto *field = shown.view.findChild<QPlainTextEdit *>(QStringLiteral("canvasInlineEditor"));
        QVERIFY(field && field->isVisible());
        QTest::keyClicks(field, "first");
        QTest::keyClick(field, Qt::Key_Return);
        COMPARE_TEXT(shown, "id: f\nnamespace: n\ntasks:\n  - id: first\n    type: io.kestra.plugin.core.debug.Return\n"
                            "  - id: two\n    type: io.kestra.plugin.core.debug.Return\n    format: \"{{ outputs.first.value }}\"\n");
        QCOMPARE(currentId(shown), QStringLiteral("first"));
        QVERIFY(shown.view.hasFocus());
        QTest::keyClick(&shown.view, Qt::Key_F2);
        QTest::keyClicks(field, "no");
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(currentId(shown), QStringLiteral("first"));
    }

    void noteInPlace()
    {
        Shown shown(kThree);
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTest::keyClick(&shown.view, Qt::Key_N);
        auto *field = shown.view.findChild<QPlainTextEdit *>(QStringLiteral("canvasInlineEditor"));
        QTest::keyClicks(field, "why");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY2(shown.text().find("tasks:\n  # why\n  - id: one\n") != std::string::npos, shown.text().c_str());
    }

    void cutAndPasteAsYaml()
    {
        Shown shown(kThree);
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTest::keyClick(&shown.view, Qt::Key_Tab); // two
        QTest::keyClick(&shown.view, Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("# about two\n- id: two\n  type: io.kestra.plugin.core.debug.Return\n"));
        QVERIFY(shown.text().find("two") == std::string::npos);
        shown.view.setSelected({QStringLiteral("tasks[1].tasks[0]")}); // inner
        QTest::keyClick(&shown.view, Qt::Key_V, Qt::ControlModifier);
        COMPARE_TEXT(shown, "id: f\n"
                            "namespace: n\n"
                            "tasks:\n"
                            "  - id: one\n"
                            "    type: io.kestra.plugin.core.debug.Return\n"
                            "  - id: box\n"
                            "    type: io.kestra.plugin.core.flow.Sequential\n"
                            "    tasks:\n"
                            "      - id: inner\n"
                            "        type: io.kestra.plugin.core.debug.Return\n"
                            "      # about two\n"
                            "      - id: two\n"
                            "        type: io.kestra.plugin.core.debug.Return\n");
    }

    void disableAndEnableByKeys()
    {
        Shown shown(kThree);
        shown.view.setSelected({QStringLiteral("tasks[0]"), QStringLiteral("tasks[2].tasks[0]")});
        QTest::keyClick(&shown.view, Qt::Key_X);
        const auto count = [&] { return QString::fromStdString(shown.text()).count(QLatin1String("disabled: true")); };
        QCOMPARE(count(), 2);
        QCOMPARE(shown.session.labels.size(), std::size_t(1));
        QVERIFY(shown.view.flowScene().graph().nodes[std::size_t(shown.node("one"))].disabled);
        QTest::keyClick(&shown.view, Qt::Key_X);
        COMPARE_TEXT(shown, kThree);
    }

    void aTriggerIsNoTask()
    {
        Shown shown(kThree);
        QList<flow::ErrorCode> codes;
        connect(&shown.view, &CanvasView::editRefused, this, [&](const flow::Error &error) { codes << error.code; });
        shown.view.addType(QStringLiteral("io.kestra.plugin.core.trigger.Webhook"));
        QCOMPARE(codes, QList<flow::ErrorCode>{flow::ErrorCode::NotATask});
        COMPARE_TEXT(shown, kThree);
    }

    void pastingWhatIsNoTaskIsRefused()
    {
        Shown shown(kThree);
        QApplication::clipboard()->setText(QStringLiteral("hello: world"));
        QSignalSpy refused(&shown.view, &CanvasView::editRefused);
        QTest::keyClick(&shown.view, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(refused.count(), 1);
        COMPARE_TEXT(shown, kThree);
    }

    void zoomKeepsThePointUnderThePointer()
    {
        Shown shown(kThree);
        const QPoint at = shown.at("two");
        const QPointF before = shown.view.mapToScene(at);
        QWheelEvent wheel(at, shown.view.viewport()->mapToGlobal(at), {}, QPoint(0, 240), Qt::NoButton, Qt::ControlModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(shown.view.viewport(), &wheel);
        QVERIFY(shown.view.zoom() > 1.2);
        QVERIFY(QLineF(shown.view.mapToScene(at), before).length() < 1.5);
        QTest::keyClick(&shown.view, Qt::Key_0);
        QCOMPARE(shown.view.zoom(), 1.0);
        QTest::keyClick(&shown.view, Qt::Key_Minus);
        QCOMPARE(shown.view.zoom(), 0.75);
    }

    void spaceAndMiddleButtonPan()
    {
        Shown shown(kThree);
        const QPointF before = shown.view.mapToScene(QPoint(100, 100));
        QTest::keyPress(&shown.view, Qt::Key_Space);
        drag(shown, QPoint(100, 100), QPoint(160, 130));
        QTest::keyRelease(&shown.view, Qt::Key_Space);
        QCOMPARE(shown.view.mapToScene(QPoint(160, 130)), before);
        COMPARE_TEXT(shown, kThree);
    }

    void enterOnABrokenTaskJumpsToIt()
    {
        const std::string text = "id: f\nnamespace: n\ntasks:\n  - id: one\n    type: io.kestra.plugin.core.debug.Return\n"
                                 "  - id: two\n    type: \"unclosed\n  - id: three\n    type: io.kestra.plugin.core.debug.Return\n";
        Shown shown(text);
        int broken = -1;
        for (std::size_t i = 0; i < shown.view.flowScene().graph().nodes.size(); ++i) {
            if (shown.view.flowScene().graph().nodes[i].broken)
                broken = int(i);
        }
        QVERIFY(broken >= 0);
        QVERIFY(shown.node("one") >= 0);
        QSignalSpy jump(&shown.view, &CanvasView::jumpRequested);
        shown.view.setCurrentNode(broken, false);
        QTest::keyClick(&shown.view, Qt::Key_Return);
        QCOMPARE(jump.count(), 1);
        const qsizetype offset = jump.at(0).at(0).value<qsizetype>();
        QVERIFY(offset >= qsizetype(text.find("  - id: two")) && offset <= qsizetype(text.size()));
    }
};

QTEST_MAIN(TestGestures)
#include "tst_gestures.moc"
