#include "gestures.h"

class TestGesturesFromOutside : public QObject
{
    Q_OBJECT

private slots:
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

    void pastingWhatIsNoTaskIsRefused()
    {
        Shown shown(kThree);
        QApplication::clipboard()->setText(QStringLiteral("hello: world"));
        QSignalSpy refused(&shown.view, &CanvasView::editRefused);
        QTest::keyClick(&shown.view, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(refused.count(), 1);
        COMPARE_TEXT(shown, kThree);
    }

    void aTaskRunnerIsNoTask()
    {
        Shown shown(kThree);
        QList<flow::ErrorCode> codes;
        connect(&shown.view, &CanvasView::editRefused, this, [&](const flow::Error &error) { codes << error.code; });
        shown.view.addType(QStringLiteral("io.kestra.plugin.core.runner.Process"));
        QCOMPARE(codes, QList<flow::ErrorCode>{flow::ErrorCode::NotATask});
        COMPARE_TEXT(shown, kThree);
    }
};

QTEST_MAIN(TestGesturesFromOutside)
#include "tst_gestures_outside.moc"
