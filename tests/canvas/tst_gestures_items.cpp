#include "gestures.h"

namespace {

const char kItems[] = "id: f\n"
                      "namespace: n\n"
                      "inputs:\n"
                      "  - id: day\n"
                      "    type: DATE\n"
                      "  # which one\n"
                      "  - id: region\n"
                      "    type: STRING\n"
                      "triggers:\n"
                      "  - id: daily\n"
                      "    type: io.kestra.plugin.core.trigger.Schedule\n"
                      "    cron: \"0 5 * * *\"\n"
                      "tasks:\n"
                      "  - id: one\n"
                      "    type: io.kestra.plugin.core.log.Log\n"
                      "    message: \"{{ inputs.region }}\"\n"
                      "outputs:\n"
                      "  - id: result\n"
                      "    type: STRING\n"
                      "    value: \"{{ inputs.region }}\"\n";

std::string without(std::string text, const std::string &part)
{
    return text.replace(text.find(part), part.size(), "");
}

} // namespace

/// Triggers, inputs and outputs take the gestures of tasks.
class TestItemGestures : public QObject
{
    Q_OBJECT

    static void goTo(Shown &shown, const char *id)
    {
        shown.view.setCurrentNode(shown.node(id), true);
        shown.view.select({shown.view.flowScene().graph().nodes[std::size_t(shown.node(id))].key});
    }

private slots:
    void eachSectionIsDrawn()
    {
        Shown shown(kItems);
        const FlowScene &scene = shown.view.flowScene();
        for (const char *id : {"day", "region", "daily", "one", "result"})
            QVERIFY2(scene.isShown(shown.node(id)), id);
        QVERIFY(scene.rectOf(shown.node("result")).top() > scene.rectOf(shown.node("one")).bottom());
    }

    void deleteTakesAnEntryWithItsComment()
    {
        Shown shown(kItems);
        goTo(shown, "daily");
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        COMPARE_TEXT(shown, without(kItems, "triggers:\n  - id: daily\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"0 5 * * *\"\n").c_str());
        goTo(shown, "result");
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        QVERIFY(shown.text().find("outputs:") == std::string::npos);
    }

    void deleteOfAnInputListsWhoReadsIt()
    {
        Shown shown(kItems);
        goTo(shown, "region");
        QTest::keyClick(&shown.view, Qt::Key_Delete);
        auto *list = shown.view.findChild<QFrame *>(QStringLiteral("lostList"));
        QVERIFY(list->isVisible());
        QCOMPARE(list->findChild<QListWidget *>()->count(), 2);
        QVERIFY(list->findChild<QListWidget *>()->item(0)->text().startsWith(QLatin1String("one, line 16")));
        COMPARE_TEXT(shown, kItems);
        QTest::keyClick(list->findChild<QPushButton *>(QStringLiteral("keep")), Qt::Key_Tab);
        auto *anyway = list->findChild<QPushButton *>(QStringLiteral("deleteAnyway"));
        QVERIFY(anyway->hasFocus());
        QTest::keyClick(anyway, Qt::Key_Return);
        COMPARE_TEXT(shown, without(kItems, "  # which one\n  - id: region\n    type: STRING\n").c_str());
        QVERIFY(shown.view.hasFocus());
    }

    void renameTakesTheReferencesAlong()
    {
        Shown shown(kItems);
        goTo(shown, "region");
        QTest::keyClick(&shown.view, Qt::Key_F2);
        auto *field = shown.view.findChild<QPlainTextEdit *>(QStringLiteral("canvasInlineEditor"));
        QVERIFY(field->isVisible());
        QTest::keyClicks(field, "area");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(holds(shown, "  - id: area\n"));
        QCOMPARE(QString::fromStdString(shown.text()).count(QLatin1String("{{ inputs.area }}")), 2);
        QCOMPARE(currentId(shown), QStringLiteral("area"));
        goTo(shown, "daily");
        QTest::keyClick(&shown.view, Qt::Key_F2);
        QTest::keyClicks(field, "nightly");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(holds(shown, "  - id: nightly\n"));
    }

    void duplicateNamesTheCopyAnew()
    {
        Shown shown(kItems);
        goTo(shown, "region");
        QTest::keyClick(&shown.view, Qt::Key_D);
        QVERIFY(holds(shown, "  - id: region\n    type: STRING\n"));
        QVERIFY(currentId(shown).startsWith(QLatin1String("region_")));
        goTo(shown, "daily");
        QTest::keyClick(&shown.view, Qt::Key_D);
        QCOMPARE(QString::fromStdString(shown.text()).count(QLatin1String("Schedule")), 2);
    }

    void aTriggerIsDisabledAnInputSaysItCannotBe()
    {
        Shown shown(kItems);
        goTo(shown, "daily");
        QTest::keyClick(&shown.view, Qt::Key_X);
        QVERIFY(holds(shown, "    cron: \"0 5 * * *\"\n    disabled: true\n"));
        QTest::keyClick(&shown.view, Qt::Key_X);
        COMPARE_TEXT(shown, kItems);
        QList<flow::ErrorCode> codes;
        connect(&shown.view, &CanvasView::editRefused, this, [&](const flow::Error &error) { codes << error.code; });
        goTo(shown, "day");
        QTest::keyClick(&shown.view, Qt::Key_X);
        QCOMPARE(codes, QList<flow::ErrorCode>{flow::ErrorCode::NoSuchProperty});
        COMPARE_TEXT(shown, kItems);
    }

    void theNoteOfAnEntryIsItsComment()
    {
        Shown shown(kItems);
        goTo(shown, "region");
        QTest::keyClick(&shown.view, Qt::Key_N);
        auto *field = shown.view.findChild<QPlainTextEdit *>(QStringLiteral("canvasInlineEditor"));
        QCOMPARE(field->toPlainText(), QStringLiteral("which one"));
        QTest::keyClicks(field, "EU or US");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(holds(shown, "  # EU or US\n  - id: region\n"));
    }

    void orderChangesByKeysAndByDrag()
    {
        Shown shown(kItems, QSize(900, 744)); // the entry keeps its place on the screen, and the others stay in view
        goTo(shown, "region");
        QTest::keyClick(&shown.view, Qt::Key_Up, Qt::AltModifier);
        QVERIFY(holds(shown, "inputs:\n  # which one\n  - id: region\n    type: STRING\n  - id: day\n"));
        QCOMPARE(currentId(shown), QStringLiteral("region"));
        const QRectF last = shown.view.flowScene().rectOf(shown.node("day"));
        drag(shown, shown.at("region"), shown.view.mapFromScene(QPointF(last.right() + 2, last.center().y())));
        COMPARE_TEXT(shown, kItems);
    }

    void entriesAreAddedByKeys()
    {
        Shown shown(kThree);
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTest::keyClick(&shown.view, Qt::Key_T);
        choose(shown, "webhook");
        QVERIFY(holds(shown, "triggers:\n  - id: webhook\n    type: io.kestra.plugin.core.trigger.Webhook\n"));
        QTest::keyClick(&shown.view, Qt::Key_I);
        choose(shown, "STRING");
        QVERIFY(holds(shown, "inputs:\n  - id: string\n    type: STRING\n"));
        QTest::keyClick(&shown.view, Qt::Key_O);
        choose(shown, "INT");
        QVERIFY(holds(shown, "outputs:\n  - id: int\n    type: INT\n    value: \"\"\n"));
        QCOMPARE(currentId(shown), QStringLiteral("int"));
    }

    void addAtATriggerOffersTriggers()
    {
        Shown shown(kItems);
        goTo(shown, "daily");
        QTest::keyClick(&shown.view, Qt::Key_A);
        choose(shown, "webhook");
        QVERIFY(holds(shown, "    cron: \"0 5 * * *\"\n  - id: webhook\n"));
    }

    void aTriggerTypeGoesIntoTriggersWhereverItIsDropped_data()
    {
        QTest::addColumn<bool>("onTask");
        QTest::newRow("on a task") << true;
        QTest::newRow("beside everything") << false;
    }

    void aTriggerTypeGoesIntoTriggersWhereverItIsDropped()
    {
        QFETCH(bool, onTask);
        Shown shown(kThree);
        QMimeData data;
        data.setData(QLatin1String(kTaskTypeMime), "io.kestra.plugin.core.trigger.Schedule");
        QVERIFY(dropMime(shown, data, onTask ? shown.at("one") : QPoint(8, 700)));
        QVERIFY(holds(shown, "triggers:\n  - id: schedule\n    type: io.kestra.plugin.core.trigger.Schedule\n"));
        QVERIFY(currentId(shown) == QLatin1String("schedule"));
    }

    void copiedEntriesFindTheirLists()
    {
        Shown shown(kItems);
        shown.view.setSelected({QStringLiteral("triggers[0]"), QStringLiteral("inputs[1]"), QStringLiteral("outputs[0]")});
        QTest::keyClick(&shown.view, Qt::Key_C, Qt::ControlModifier);
        Shown other(kThree);
        QTest::keyClick(&other.view, Qt::Key_V, Qt::ControlModifier);
        QVERIFY(holds(other, "inputs:\n  # which one\n  - id: region\n    type: STRING\n"));
        QVERIFY(holds(other, "triggers:\n  - id: daily\n"));
        QVERIFY(holds(other, "outputs:\n  - id: result\n"));
        QCOMPARE(other.session.labels.size(), std::size_t(1));
    }
};

QTEST_MAIN(TestItemGestures)
#include "tst_gestures_items.moc"
