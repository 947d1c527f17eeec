#include "gestures.h"

/// The text is ahead of the picture, or the picture changes under a gesture: nothing is lost.
class TestGesturesAhead : public QObject
{
    Q_OBJECT

private slots:
    void aKeyRightAfterTypingMeansTheSameTask()
    {
        Shown shown(kThree);
        shown.view.setCurrentNode(shown.node("two"), true);
        shown.session.type("tasks:\n", "tasks:\n  - id: zero\n    type: io.kestra.plugin.core.debug.Return\n");
        QTest::keyClick(&shown.view, Qt::Key_D); // the picture still shows the old text
        QVERIFY(holds(shown, "  - id: zero\n    type: io.kestra.plugin.core.debug.Return\n  - id: one\n"));
        QVERIFY(currentId(shown).startsWith(QLatin1String("two_")));
    }

    void aDragRightAfterTypingGoesToTheSamePlace()
    {
        Shown shown(kThree);
        const QPoint place = slotPoint(shown, "tasks[2].tasks", 1);
        const QPoint from = shown.at("one");
        shown.session.type("tasks:\n", "tasks:\n  - id: zero\n    type: io.kestra.plugin.core.debug.Return\n");
        drag(shown, from, place);
        QVERIFY(holds(shown, "      - id: inner\n        type: io.kestra.plugin.core.debug.Return\n      - id: one\n"));
        QVERIFY(holds(shown, "tasks:\n  - id: zero\n    type: io.kestra.plugin.core.debug.Return\n  # about two\n"));
    }

    void whatWasDeletedMeanwhileIsSaid()
    {
        Shown shown(kThree);
        QList<flow::ErrorCode> codes;
        connect(&shown.view, &CanvasView::editRefused, this, [&](const flow::Error &error) { codes << error.code; });
        shown.view.setCurrentNode(shown.node("one"), true);
        shown.session.type("  - id: one\n    type: io.kestra.plugin.core.debug.Return\n", "");
        const std::string before = shown.text();
        QTest::keyClick(&shown.view, Qt::Key_D);
        QCOMPARE(codes, QList<flow::ErrorCode>{flow::ErrorCode::NoSuchTask});
        QCOMPARE(shown.text(), before);
    }

    void aTypeChosenFromAListOpenedBeforeTyping()
    {
        Shown shown(kThree);
        shown.view.setCurrentNode(shown.node("two"), true);
        QTest::keyClick(&shown.view, Qt::Key_A);
        shown.session.type("tasks:\n", "tasks:\n  - id: zero\n    type: io.kestra.plugin.core.debug.Return\n");
        shown.session.analyse();
        shown.view.showSnapshot(shown.session.document.snapshot());
        choose(shown, "log");
        QVERIFY(holds(shown, "  - id: two\n    type: io.kestra.plugin.core.debug.Return\n  - id: log\n"));
    }

    void aDragGoesOnWhenThePictureChanges()
    {
        Shown shown(kThree);
        drag(shown, shown.at("one"), slotPoint(shown, "tasks[2].tasks", 1), false);
        shown.session.type("tasks:\n", "tasks:\n  - id: zero\n    type: io.kestra.plugin.core.debug.Return\n");
        shown.session.analyse();
        shown.view.showSnapshot(shown.session.document.snapshot());
        QVERIFY(shown.view.isGestureActive());
        QTest::mouseRelease(shown.view.viewport(), Qt::LeftButton, {}, slotPoint(shown, "tasks[3].tasks", 1));
        QVERIFY(holds(shown, "      - id: inner\n        type: io.kestra.plugin.core.debug.Return\n      - id: one\n"));
    }

    void aDragEndsWhenItsTaskGoes()
    {
        Shown shown(kThree);
        drag(shown, shown.at("one"), slotPoint(shown, "tasks[2].tasks", 1), false);
        shown.session.type("  - id: one\n    type: io.kestra.plugin.core.debug.Return\n", "");
        shown.session.analyse();
        shown.view.showSnapshot(shown.session.document.snapshot());
        QVERIFY(!shown.view.isGestureActive());
    }

    void anArrowGoesOnWhenThePictureChanges()
    {
        Shown shown(kDag);
        const FlowScene &scene = shown.view.flowScene();
        drag(shown, shown.view.mapFromScene(look::outPort(scene.bodyOf(shown.node("b")))), shown.at("c"), false);
        shown.session.type("id: f\n", "id: g\n");
        shown.session.analyse();
        shown.view.showSnapshot(shown.session.document.snapshot());
        QVERIFY(shown.view.isGestureActive());
        QTest::mouseRelease(shown.view.viewport(), Qt::LeftButton, {}, shown.at("c"));
        QVERIFY(holds(shown, "          id: c\n          type: io.kestra.plugin.core.debug.Return\n        dependsOn:\n          - b\n"));
    }

    void aDropGoesOnWhenThePictureChanges()
    {
        Shown shown(kThree);
        QMimeData data;
        data.setData(QLatin1String(kTaskTypeMime), "io.kestra.plugin.core.log.Log");
        QWidget *view = shown.view.viewport();
        const QPoint first = slotPoint(shown, "tasks", 1);
        QDragEnterEvent enter(first, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &enter);
        shown.session.type("tasks:\n", "tasks:\n  - id: zero\n    type: io.kestra.plugin.core.debug.Return\n");
        shown.session.analyse();
        shown.view.showSnapshot(shown.session.document.snapshot());
        const QPoint place = slotPoint(shown, "tasks", 1);
        QDropEvent drop(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &drop);
        QVERIFY(holds(shown, "  - id: zero\n    type: io.kestra.plugin.core.debug.Return\n  - id: log\n"));
    }
};

QTEST_MAIN(TestGesturesAhead)
#include "tst_gestures_ahead.moc"
