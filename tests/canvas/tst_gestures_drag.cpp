#include "gestures.h"

class TestDragGestures : public QObject
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
        QCOMPARE(shown.session.labels[0].args, (std::vector<std::string>{"two", ""})); // to the front
        QCOMPARE(ids(shown), QStringList{"two"}); // selection follows
    }

    void draggingIntoAContainerGoesALevelDown()
    {
        Shown shown(kThree);
        drag(shown, shown.at("one"), slotPoint(shown, "tasks[2].tasks", 1));
        QVERIFY(shown.text().find("        type: io.kestra.plugin.core.debug.Return\n      - id: one\n"
                                  "        type: io.kestra.plugin.core.debug.Return\n") != std::string::npos);
        QVERIFY(shown.text().find("\n  - id: one") == std::string::npos);
        QCOMPARE(shown.session.labels[0].args, (std::vector<std::string>{"one", "inner"}));
    }

    void aMoveSaysBehindWhat()
    {
        Shown shown(kThree);
        drag(shown, shown.at("one"), slotPoint(shown, "tasks[2].tasks", 0));
        shown.view.setFocus();
        QTest::keyClick(&shown.view, Qt::Key_Up, Qt::AltModifier | Qt::ControlModifier);
        QCOMPARE(shown.session.labels[0].args, (std::vector<std::string>{"one", "", "box"})); // to the front of box
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
                const QPointF middle = (edge.begin + edge.end) / 2;
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
                end = shown.view.mapFromScene(edge.end - QPointF(0, 11));
        }
        drag(shown, end, shown.at("c"));
        QVERIFY2(shown.text().find("id: c\n          type: io.kestra.plugin.core.debug.Return\n        dependsOn:\n          - a\n")
                     != std::string::npos, shown.text().c_str());
        QCOMPARE(shown.session.labels.size(), std::size_t(1)); // one step to undo
    }
};

QTEST_MAIN(TestDragGestures)
#include "tst_gestures_drag.moc"
