#include "gestures.h"

#include <QUrl>

/// Flows and files beside the one on the canvas, and places by hand.
class TestSubflowGestures : public QObject
{
    Q_OBJECT

private slots:
    void extractWritesAFlowAndCallsIt()
    {
        Shown shown(kThree);
        FakeNeighbours neighbours;
        shown.view.setNeighbours(&neighbours);
        shown.view.setSelected({QStringLiteral("tasks[0]"), QStringLiteral("tasks[1]")});
        QTest::keyClick(&shown.view, Qt::Key_S);
        auto *field = shown.view.findChild<QPlainTextEdit *>(QStringLiteral("canvasInlineEditor"));
        QCOMPARE(field->toPlainText(), QStringLiteral("f_one"));
        QTest::keyClicks(field, "steps");
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(neighbours.flows.size(), std::size_t(1));
        QVERIFY(neighbours.flows["steps"].find("# about two\n  - id: two\n") != std::string::npos);
        QVERIFY(holds(shown, "    type: io.kestra.plugin.core.flow.Subflow\n"));
        QVERIFY(holds(shown, "    flowId: steps\n"));
        QVERIFY(shown.text().find("id: two") == std::string::npos);
        QCOMPARE(shown.session.labels.size(), std::size_t(1));
    }

    void extractLeftByEscapeDoesNothing()
    {
        Shown shown(kThree);
        FakeNeighbours neighbours;
        shown.view.setNeighbours(&neighbours);
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTest::keyClick(&shown.view, Qt::Key_S);
        auto *field = shown.view.findChild<QPlainTextEdit *>(QStringLiteral("canvasInlineEditor"));
        QTest::keyClick(field, Qt::Key_Escape);
        COMPARE_TEXT(shown, kThree);
        QVERIFY(neighbours.flows.empty());
    }

    void inlinePutsTheTasksInPlace()
    {
        Shown shown(kCalls);
        FakeNeighbours neighbours;
        neighbours.flows["child"] = kChild;
        shown.view.setNeighbours(&neighbours);
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTest::keyClick(&shown.view, Qt::Key_S, Qt::ShiftModifier);
        QVERIFY(holds(shown, "- id: first\n"));
        QVERIFY(holds(shown, "- id: second\n"));
        QVERIFY(shown.text().find("Subflow") == std::string::npos);
    }

    void aFlowThatIsNotThereIsSaid()
    {
        Shown shown(kCalls);
        FakeNeighbours neighbours;
        shown.view.setNeighbours(&neighbours);
        QList<flow::ErrorCode> codes;
        connect(&shown.view, &CanvasView::editRefused, this, [&](const flow::Error &error) { codes << error.code; });
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTest::keyClick(&shown.view, Qt::Key_S, Qt::ShiftModifier);
        QTest::keyClick(&shown.view, Qt::Key_E);
        QCOMPARE(codes, (QList<flow::ErrorCode>{flow::ErrorCode::NoSuchFlow, flow::ErrorCode::NoSuchFlow}));
        COMPARE_TEXT(shown, kCalls);
    }

    void aSubflowUnfoldsInPlace()
    {
        Shown shown(kCalls);
        FakeNeighbours neighbours;
        neighbours.flows["child"] = kChild;
        shown.view.setNeighbours(&neighbours);
        const FlowScene &scene = shown.view.flowScene();
        const QRectF folded = scene.rectOf(shown.node("call"));
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTest::keyClick(&shown.view, Qt::Key_E);
        const QRectF open = scene.rectOf(shown.node("call"));
        QVERIFY(open.height() > folded.height() + 2 * metrics::kBody);
        QVERIFY(scene.rectOf(shown.node("after")).top() > open.bottom());
        QCOMPARE(scene.graph().nodes.size(), std::size_t(2)); // it is only looked at
        QTest::keyClick(&shown.view, Qt::Key_E);
        QCOMPARE(scene.rectOf(shown.node("call")), folded);
        COMPARE_TEXT(shown, kCalls);
    }

    void whatIsOpenStaysSoThroughARename()
    {
        Shown shown(std::string(kCalls) + "  - id: box\n    type: io.kestra.plugin.core.flow.Sequential\n    tasks:\n"
                                          "      - id: inner\n        type: io.kestra.plugin.core.debug.Return\n");
        FakeNeighbours neighbours;
        neighbours.flows["child"] = kChild;
        shown.view.setNeighbours(&neighbours);
        const FlowScene &scene = shown.view.flowScene();
        const auto rename = [&](const char *from, const char *to) {
            shown.view.setCurrentNode(shown.node(from), true);
            QTest::keyClick(&shown.view, Qt::Key_F2);
            auto *field = shown.view.findChild<QPlainTextEdit *>(QStringLiteral("canvasInlineEditor"));
            QTest::keyClicks(field, QLatin1String(to));
            QTest::keyClick(field, Qt::Key_Return);
        };
        for (const char *id : {"call", "box"}) {
            shown.view.setCurrentNode(shown.node(id), true);
            QTest::keyClick(&shown.view, Qt::Key_E);
        }
        shown.view.flowScene().moveBy({shown.node("after")}, QPointF(40, 0));
        const QSizeF open = scene.rectOf(shown.node("call")).size();
        const double closed = scene.rectOf(shown.node("box")).height();
        const double left = scene.rectOf(shown.node("after")).left();
        rename("call", "call2");
        rename("box", "box2");
        rename("after", "after2");
        QVERIFY(scene.isUnfolded(shown.node("call2")));
        QCOMPARE(scene.rectOf(shown.node("call2")).size(), open);
        QVERIFY(scene.isCollapsed(shown.node("box2")));
        QCOMPARE(scene.rectOf(shown.node("box2")).height(), closed);
        QCOMPARE(scene.rectOf(shown.node("after2")).left(), left);
        rename("call2", "call"); // as an undo would
        QCOMPARE(scene.rectOf(shown.node("call")).size(), open);
    }

    void aFlowOfTheProjectBecomesASubflowTask()
    {
        Shown shown(kThree);
        FakeNeighbours neighbours;
        shown.view.setNeighbours(&neighbours);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/p/child.yaml"))});
        QVERIFY(dropMime(shown, data, slotPoint(shown, "tasks", 1)));
        QVERIFY(holds(shown, "  - id: child\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: n\n    flowId: child\n  # about two\n"));
    }

    void aFileBecomesAnInputFileOfTheTaskItIsDroppedOn()
    {
        Shown shown(kScript);
        FakeNeighbours neighbours;
        shown.view.setNeighbours(&neighbours);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/files/data.csv"))});
        QVERIFY(dropMime(shown, data, shown.at("run")));
        QVERIFY(holds(shown, "    inputFiles:\n      data.csv: \"nsfile:///data.csv\"\n"));
        QVERIFY(!dropMime(shown, data, QPoint(8, 700)));
    }

    void aFileNoTaskCanReadIsSaid()
    {
        Shown shown(kScript);
        FakeNeighbours neighbours;
        shown.view.setNeighbours(&neighbours);
        QSignalSpy refused(&shown.view, &CanvasView::fileRefused);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/elsewhere/data.csv"))});
        QVERIFY(!dropMime(shown, data, shown.at("run")));
        QCOMPARE(refused.count(), 1);
        COMPARE_TEXT(shown, kScript);
    }

    void textOfAnotherProgramIsTasks()
    {
        Shown shown(kThree);
        QMimeData data;
        data.setText(QStringLiteral("id: other\nnamespace: m\ntriggers:\n  - id: daily\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: '0 0 * * *'\n"
                                    "tasks:\n  - id: hello\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"));
        QVERIFY(dropMime(shown, data, slotPoint(shown, "tasks", 0)));
        QVERIFY(holds(shown, "tasks:\n  - id: hello\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n  - id: one\n"));
        QVERIFY(holds(shown, "triggers:\n  - id: daily\n"));
        QCOMPARE(shown.session.labels.size(), std::size_t(1));
    }

    // By hand

    void altDragPlacesByHand()
    {
        Shown shown(kThree);
        FlowScene &scene = shown.view.flowScene();
        QSignalSpy changed(&scene, &FlowScene::placesChanged);
        const QRectF before = scene.rectOf(shown.node("two"));
        const QPoint from = shown.at("two"), to = from + QPoint(80, 12);
        QWidget *view = shown.view.viewport();
        QTest::mousePress(view, Qt::LeftButton, Qt::AltModifier, from);
        for (const QPoint at : {from + QPoint(40, 6), to}) {
            QMouseEvent event(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::AltModifier);
            QApplication::sendEvent(view, &event);
        }
        QTest::mouseRelease(view, Qt::LeftButton, Qt::AltModifier, to);
        QCOMPARE(scene.rectOf(shown.node("two")), before.translated(80, 12));
        QCOMPARE(changed.count(), 1);
        COMPARE_TEXT(shown, kThree); // never in the flow
        QVERIFY(scene.isPlaced(shown.node("two")));
        QTest::keyClick(&shown.view, Qt::Key_P);
        QCOMPARE(scene.rectOf(shown.node("two")), before);
        QVERIFY(scene.places().empty());
    }

    void keysPlaceByHandAndContainersGrow()
    {
        Shown shown(kThree);
        FlowScene &scene = shown.view.flowScene();
        shown.view.setSelected({QStringLiteral("tasks[2].tasks[0]")});
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(&shown.view, Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(scene.places().at("inner"), QPointF(160, 0));
        QVERIFY(scene.bodyOf(shown.node("box")).contains(scene.rectOf(shown.node("inner"))));
    }

    void aPlaceByHandFollowsARename()
    {
        Shown shown(kThree);
        FlowScene &scene = shown.view.flowScene();
        scene.moveBy({shown.node("two")}, QPointF(40, 0));
        shown.view.edits().rename(shown.node("two"), QStringLiteral("second"));
        QCOMPARE(scene.places().size(), std::size_t(1));
        QCOMPARE(scene.places().at("second"), QPointF(40, 0));
    }
};

QTEST_MAIN(TestSubflowGestures)
#include "tst_gestures_subflow.moc"
