#include "gestures.h"

#include <QMenu>

namespace {

const char kReads[] = "id: f\n"
                      "namespace: n\n"
                      "tasks:\n"
                      "  - id: load\n"
                      "    type: io.kestra.plugin.core.debug.Return\n"
                      "  - id: greet\n"
                      "    type: io.kestra.plugin.core.log.Log\n"
                      "    message: \"{{ outputs.load.value }}\"\n";

} // namespace

/// Groups, order and arrows by keys; what a delete would break.
class TestStructureGestures : public QObject
{
    Q_OBJECT

    QList<flow::ErrorCode> m_codes;

    void listen(Shown &shown)
    {
        m_codes.clear();
        connect(&shown.view, &CanvasView::editRefused, this, [this](const flow::Error &error) { m_codes << error.code; });
    }

private slots:
    void wrapSelectedTasks()
    {
        Shown shown(kThree);
        shown.view.setSelected({QStringLiteral("tasks[0]"), QStringLiteral("tasks[1]")});
        QTest::keyClick(&shown.view, Qt::Key_W);
        choose(shown, "parallel");
        COMPARE_TEXT(shown, "id: f\n"
                            "namespace: n\n"
                            "tasks:\n"
                            "  - id: parallel\n"
                            "    type: io.kestra.plugin.core.flow.Parallel\n"
                            "    tasks:\n"
                            "      - id: one\n"
                            "        type: io.kestra.plugin.core.debug.Return\n"
                            "      # about two\n"
                            "      - id: two\n"
                            "        type: io.kestra.plugin.core.debug.Return\n"
                            "  - id: box\n"
                            "    type: io.kestra.plugin.core.flow.Sequential\n"
                            "    tasks:\n"
                            "      - id: inner\n"
                            "        type: io.kestra.plugin.core.debug.Return\n");
        QCOMPARE(shown.session.labels.size(), std::size_t(1));
        QCOMPARE(currentId(shown), QStringLiteral("parallel"));
        QTest::keyClick(&shown.view, Qt::Key_W, Qt::ShiftModifier);
        COMPARE_TEXT(shown, kThree);
    }

    void wrapInADag()
    {
        Shown shown(kThree);
        shown.view.setSelected({QStringLiteral("tasks[0]"), QStringLiteral("tasks[1]")});
        QTest::keyClick(&shown.view, Qt::Key_W);
        choose(shown, "dag");
        QVERIFY(holds(shown, "    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n      - task:\n          id: one\n"));
        QVERIFY(holds(shown, "          id: two\n"));
        QCOMPARE(shown.session.labels.size(), std::size_t(1));
    }

    void tasksThatStandApartCannotBeWrapped()
    {
        Shown shown(kThree);
        listen(shown);
        shown.view.setSelected({QStringLiteral("tasks[0]"), QStringLiteral("tasks[2].tasks[0]")});
        QTest::keyClick(&shown.view, Qt::Key_W);
        choose(shown, "parallel");
        QCOMPARE(m_codes, QList<flow::ErrorCode>{flow::ErrorCode::NoSuchList});
        COMPARE_TEXT(shown, kThree);
    }

    void aFlowableDroppedOnTheSelectionWrapsIt()
    {
        Shown shown(kThree);
        shown.view.setSelected({QStringLiteral("tasks[0]"), QStringLiteral("tasks[1]")});
        QMimeData data;
        data.setData(QLatin1String(kTaskTypeMime), "io.kestra.plugin.core.flow.Sequential");
        QVERIFY(dropMime(shown, data, shown.at("two")));
        QVERIFY(holds(shown, "tasks:\n  - id: sequential\n    type: io.kestra.plugin.core.flow.Sequential\n    tasks:\n      - id: one\n"));
        QCOMPARE(shown.session.labels.back().id, std::string("edit.wrap-tasks"));
    }

    void convertInACircle()
    {
        Shown shown(kThree);
        shown.view.setCurrentNode(shown.node("box"), true);
        QTest::keyClick(&shown.view, Qt::Key_C);
        QVERIFY(holds(shown, "flow.Parallel\n"));
        QTest::keyClick(&shown.view, Qt::Key_C);
        QVERIFY(holds(shown, "flow.Dag\n    tasks:\n      - task:\n          id: inner\n"));
        shown.settle();
        QTest::keyClick(&shown.view, Qt::Key_C);
        COMPARE_TEXT(shown, kThree);
    }

    void convertOfAnotherTypeIsRefused()
    {
        Shown shown(kThree);
        listen(shown);
        shown.view.setCurrentNode(shown.node("one"), true);
        QTest::keyClick(&shown.view, Qt::Key_C);
        QCOMPARE(m_codes.size(), 1);
        COMPARE_TEXT(shown, kThree);
    }

    void orderAndLevelByKeys()
    {
        Shown shown(kThree);
        shown.view.setCurrentNode(shown.node("two"), true);
        QTest::keyClick(&shown.view, Qt::Key_Up, Qt::AltModifier);
        QVERIFY(holds(shown, "tasks:\n  # about two\n  - id: two\n    type: io.kestra.plugin.core.debug.Return\n  - id: one\n"));
        QCOMPARE(currentId(shown), QStringLiteral("two"));
        QTest::keyClick(&shown.view, Qt::Key_Down, Qt::AltModifier);
        COMPARE_TEXT(shown, kThree);
        QTest::keyClick(&shown.view, Qt::Key_Right, Qt::AltModifier); // into the box below
        QVERIFY(holds(shown, "    tasks:\n      # about two\n      - id: two\n        type: io.kestra.plugin.core.debug.Return\n      - id: inner\n"));
        QCOMPARE(currentId(shown), QStringLiteral("two"));
        QTest::keyClick(&shown.view, Qt::Key_Left, Qt::AltModifier); // behind the box
        QVERIFY(holds(shown, "        type: io.kestra.plugin.core.debug.Return\n  # about two\n  - id: two\n"));
    }

    void anArrowIsDrawnByKeys()
    {
        Shown shown(kDag);
        shown.view.setCurrentNode(shown.node("b"), true);
        QTest::keyClick(&shown.view, Qt::Key_R);
        QVERIFY(shown.view.isGestureActive());
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QCOMPARE(currentId(shown), QStringLiteral("c"));
        QTest::keyClick(&shown.view, Qt::Key_Return);
        QVERIFY(!shown.view.isGestureActive());
        QVERIFY(holds(shown, "          id: c\n          type: io.kestra.plugin.core.debug.Return\n        dependsOn:\n          - b\n"));
    }

    void aCircleIsRefusedWhileAiming()
    {
        Shown shown(kDag);
        shown.view.setCurrentNode(shown.node("b"), true);
        QTest::keyClick(&shown.view, Qt::Key_R);
        QTest::keyClick(&shown.view, Qt::Key_Backtab);
        QCOMPARE(shown.view.connectTool().refusal(), QStringLiteral("would make a circle through a"));
        QTest::keyClick(&shown.view, Qt::Key_Return); // stays open: another task may be aimed at
        QVERIFY(shown.view.isGestureActive());
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(!shown.view.isGestureActive());
        COMPARE_TEXT(shown, kDag);
    }

    void anArrowIsChosenReRoutedAndDeletedByKeys()
    {
        Shown shown(kDag);
        shown.view.setCurrentNode(shown.node("b"), true);
        QTest::keyClick(&shown.view, Qt::Key_BracketRight);
        QVERIFY(shown.view.flowScene().selectedEdge() >= 0);
        QTest::keyClick(&shown.view, Qt::Key_R); // its start moves: b stays the end
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QCOMPARE(currentId(shown), QStringLiteral("c"));
        QTest::keyClick(&shown.view, Qt::Key_Return);
        shown.settle();
        QVERIFY(holds(shown, "          id: b\n          type: io.kestra.plugin.core.debug.Return\n        dependsOn:\n          - c\n"));
        shown.view.setCurrentNode(shown.node("b"), true);
        QTest::keyClick(&shown.view, Qt::Key_BracketLeft);
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        QVERIFY(shown.text().find("dependsOn") == std::string::npos);
    }

    void aTaskOutsideOfADagHasNoArrows()
    {
        Shown shown(kThree);
        listen(shown);
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTest::keyClick(&shown.view, Qt::Key_R);
        QCOMPARE(m_codes, QList<flow::ErrorCode>{flow::ErrorCode::NotInDag});
        QVERIFY(!shown.view.isGestureActive());
    }

    // Before a delete

    void aDeleteThatLosesNothingDoesNotAsk()
    {
        Shown shown(kReads);
        shown.view.setCurrentNode(shown.node("greet"), true);
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        QVERIFY(shown.text().find("greet") == std::string::npos);
    }

    void lostReferencesAreListedFirst()
    {
        Shown shown(kReads);
        QSignalSpy jump(&shown.view, &CanvasView::jumpRequested);
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.at("load"));
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        auto *list = shown.view.findChild<QFrame *>(QStringLiteral("lostList"));
        auto *keep = list->findChild<QPushButton *>(QStringLiteral("keep"));
        auto *places = list->findChild<QListWidget *>();
        QVERIFY(list->isVisible() && keep->hasFocus());
        QCOMPARE(places->count(), 1);
        QCOMPARE(places->item(0)->text(), QStringLiteral("greet, line 8: message: \"{{ outputs.load.value }}\""));
        QTest::keyClick(keep, Qt::Key_Return);
        QVERIFY(!list->isVisible() && shown.view.hasFocus());
        COMPARE_TEXT(shown, kReads);
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        QTest::keyClick(keep, Qt::Key_Escape);
        COMPARE_TEXT(shown, kReads);
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        places->setFocus();
        QTest::keyClick(places, Qt::Key_Return);
        QCOMPARE(jump.count(), 1);
        QCOMPARE(jump.at(0).at(0).value<qsizetype>(), qsizetype(std::string_view(kReads).find("load.value")));
        QTest::keyClick(&shown.view, Qt::Key_X, Qt::ControlModifier); // cutting asks as well
        QTest::mouseClick(list->findChild<QPushButton *>(QStringLiteral("deleteAnyway")), Qt::LeftButton);
        QVERIFY(shown.text().find("id: load") == std::string::npos);
        QCOMPARE(shown.session.labels.size(), std::size_t(1));
    }

    void bothTogetherLoseNothing()
    {
        Shown shown(kReads);
        QTest::keyClick(&shown.view, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        QVERIFY(shown.text().find("load") == std::string::npos);
    }
};

QTEST_MAIN(TestStructureGestures)
#include "tst_gestures_structure.moc"
