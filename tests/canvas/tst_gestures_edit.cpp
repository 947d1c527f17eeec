#include "gestures.h"

class TestEditGestures : public QObject
{
    Q_OBJECT

private slots:
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
};

QTEST_MAIN(TestEditGestures)
#include "tst_gestures_edit.moc"
