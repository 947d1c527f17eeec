#include "gestures.h"

class TestSelecting : public QObject
{
    Q_OBJECT

private slots:
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

    void enterOrADoubleClickOnABrokenTaskJumpsToIt()
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
        QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, shown.view.mapFromScene(shown.view.flowScene().headOf(broken).center()));
        QCOMPARE(jump.count(), 2);
        for (const QList<QVariant> &to : jump) {
            const qsizetype offset = to.at(0).value<qsizetype>();
            QVERIFY(offset >= qsizetype(text.find("  - id: two")) && offset <= qsizetype(text.size()));
        }
    }

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
};

QTEST_MAIN(TestSelecting)
#include "tst_gestures_select.moc"
