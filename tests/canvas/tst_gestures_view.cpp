#include "gestures.h"

#include "canvas/minimap.h"

#include <QContextMenuEvent>
#include <QDrag>
#include <QMenu>
#include <QTimer>
#include <QUrl>

namespace {

/// A flow that does not fit: a column of tasks.
std::string column(int count)
{
    std::string text = "id: f\nnamespace: n\ntasks:\n";
    for (int i = 0; i < count; ++i)
        text += "  - id: t" + std::to_string(i) + "\n    type: io.kestra.plugin.core.debug.Return\n";
    return text;
}


} // namespace

/// What looks at the flow and writes beside it: minimap, scrolling, search, folding, notes; by pointer and by keys.
class TestViewGestures : public QObject
{
    Q_OBJECT

    /// Opens the menu of a node and picks an entry.
    static bool pick(Shown &shown, const char *id, const char *words)
    {
        bool picked = false;
        QTimer::singleShot(0, [&] {
            auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            for (QAction *action : menu ? menu->actions() : QList<QAction *>()) {
                if (action->text() != QString::fromUtf8(words))
                    continue;
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
                picked = true;
            }
            if (menu && !picked)
                menu->close();
        });
        const QPoint at = shown.at(id);
        QTest::mousePress(shown.view.viewport(), Qt::RightButton, {}, at);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, shown.view.viewport()->mapToGlobal(at));
        QApplication::sendEvent(shown.view.viewport(), &event);
        QApplication::setActiveWindow(&shown.view); // the platform of tests has no window manager to give it back
        return picked;
    }
    static QPlainTextEdit *field(Shown &shown) { return shown.view.findChild<QPlainTextEdit *>(QStringLiteral("canvasInlineEditor")); }
    static QPoint chevron(const Shown &shown, const char *id)
    {
        return shown.view.mapFromScene(look::chevron(shown.view.flowScene().bodyOf(shown.node(id))).center());
    }

private slots:
    void theMinimapLeadsThere()
    {
        Shown shown(column(60));
        shown.view.setZoom(1);
        auto *map = shown.view.findChild<Minimap *>();
        QVERIFY(map && map->isVisible());
        const auto middle = [&] { return shown.view.mapToScene(shown.view.viewport()->rect().center()).y(); };
        const QRectF bounds = shown.view.flowScene().picture().bounds;
        QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(map->width() / 2, map->height() - 12));
        QVERIFY(middle() > bounds.bottom() - bounds.height() / 5);
        QTest::mousePress(map, Qt::LeftButton, {}, QPoint(map->width() / 2, map->height() - 12));
        for (const int y : {map->height() / 2, map->height() / 4}) { // dragged, the view follows
            QMouseEvent event(QEvent::MouseMove, QPointF(map->width() / 2.0, y), map->mapToGlobal(QPointF(map->width() / 2.0, y)), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(map, &event);
        }
        QTest::mouseRelease(map, Qt::LeftButton, {}, QPoint(map->width() / 2, map->height() / 4));
        QVERIFY(middle() < bounds.top() + bounds.height() * 0.35);
        COMPARE_TEXT(shown, column(60).c_str());
    }

    void theMinimapByKeys()
    {
        Shown shown(column(60));
        shown.view.setZoom(1);
        auto *map = shown.view.findChild<Minimap *>();
        QSignalSpy changed(&shown.view, &CanvasView::minimapShownChanged);
        QTest::keyClick(&shown.view, Qt::Key_M);
        QVERIFY(!map->isVisible());
        QTest::keyClick(&shown.view, Qt::Key_M);
        QVERIFY(map->isVisible());
        QCOMPARE(changed.count(), 2);
        // What a drag in it does: to the end, back by views.
        const auto top = [&] { return shown.view.mapToScene(QPoint(0, 0)).y(); };
        QTest::keyClick(&shown.view, Qt::Key_End);
        QCOMPARE(currentId(shown), QStringLiteral("t59"));
        const double low = top();
        QTest::keyClick(&shown.view, Qt::Key_PageUp);
        QVERIFY(top() < low - shown.view.viewport()->height() / 2.0);
        QTest::keyClick(&shown.view, Qt::Key_PageDown);
        QCOMPARE(top(), low);
        shown.view.setZoom(4);
        const double left = shown.view.mapToScene(QPoint(0, 0)).x();
        QTest::keyClick(&shown.view, Qt::Key_PageDown, Qt::ShiftModifier);
        const double right = shown.view.mapToScene(QPoint(0, 0)).x();
        QTest::keyClick(&shown.view, Qt::Key_PageUp, Qt::ShiftModifier);
        QVERIFY(right > left || shown.view.mapToScene(QPoint(0, 0)).x() < left);
    }

    void foldAndUnfoldByPointer()
    {
        Shown shown(kThree);
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, chevron(shown, "box"));
        QVERIFY(shown.view.flowScene().isCollapsed(shown.node("box")));
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, chevron(shown, "box"));
        QVERIFY(!shown.view.flowScene().isCollapsed(shown.node("box")));
        QVERIFY(pick(shown, "box", "Collapse"));
        QVERIFY(!shown.view.flowScene().isShown(shown.node("inner")));
        QVERIFY(pick(shown, "box", "Expand"));
        QVERIFY(shown.view.flowScene().isShown(shown.node("inner")));

        Shown calls(kCalls);
        FakeNeighbours neighbours;
        neighbours.flows["child"] = kChild;
        calls.view.setNeighbours(&neighbours);
        QVERIFY(pick(calls, "call", "Unfold the subflow"));
        QVERIFY(calls.view.flowScene().isUnfolded(calls.node("call")));
        QVERIFY(pick(calls, "call", "Fold the subflow"));
        QVERIFY(!calls.view.flowScene().isUnfolded(calls.node("call")));
        COMPARE_TEXT(calls, kCalls);
    }

    void foldAndUnfoldByKeys()
    {
        Shown shown(kThree);
        for (const char *id : {"one", "two", "box"}) {
            QTest::keyClick(&shown.view, Qt::Key_Tab);
            QCOMPARE(currentId(shown), QLatin1String(id));
        }
        QTest::keyClick(&shown.view, Qt::Key_E);
        QVERIFY(shown.view.flowScene().isCollapsed(shown.node("box")));
        QTest::keyClick(&shown.view, Qt::Key_Tab); // what is folded away is not walked into
        QCOMPARE(currentId(shown), QStringLiteral("one"));
        QTest::keyClick(&shown.view, Qt::Key_Backtab);
        QTest::keyClick(&shown.view, Qt::Key_E);
        QVERIFY(shown.view.flowScene().isShown(shown.node("inner")));
        COMPARE_TEXT(shown, kThree);
    }

    void aNoteIsMadeChangedAndDeletedByPointer()
    {
        Shown shown(kThree);
        QVERIFY(pick(shown, "one", "Edit the note"));
        QVERIFY(field(shown)->isVisible());
        QTest::keyClicks(field(shown), "made");
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, QPoint(8, 700)); // beside it: taken
        QVERIFY(holds(shown, "tasks:\n  # made\n  - id: one\n"));
        shown.settle();
        const FlowScene &scene = shown.view.flowScene();
        const auto onNote = [&](const char *id) {
            return shown.view.mapFromScene(scene.rectOf(shown.node(id)).topLeft() + QPointF(20, scene.noteOf(shown.node(id)) / 2));
        };
        QVERIFY(scene.noteOf(shown.node("one")) > 0);
        QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, onNote("one"));
        QCOMPARE(field(shown)->toPlainText(), QStringLiteral("made"));
        QTest::keyClicks(field(shown), "changed");
        QTest::keyClick(field(shown), Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(field(shown), "in two lines");
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, QPoint(8, 700));
        QVERIFY(holds(shown, "tasks:\n  # changed\n  # in two lines\n  - id: one\n"));
        shown.settle();
        QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, onNote("one"));
        QTest::keyClick(field(shown), Qt::Key_Delete); // all of it is selected
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, QPoint(8, 700));
        COMPARE_TEXT(shown, kThree);
    }

    void aNoteIsMadeChangedAndDeletedByKeys()
    {
        Shown shown(kThree);
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        const auto write = [&](const char *words) {
            QTest::keyClick(&shown.view, Qt::Key_N);
            QVERIFY(field(shown)->isVisible());
            QTest::keyClick(field(shown), Qt::Key_Delete);
            QTest::keyClicks(field(shown), QLatin1String(words));
            QTest::keyClick(field(shown), Qt::Key_Return);
            QVERIFY(shown.view.hasFocus());
        };
        write("made");
        QVERIFY(holds(shown, "tasks:\n  # made\n  - id: one\n"));
        write("changed");
        QVERIFY(holds(shown, "tasks:\n  # changed\n  - id: one\n"));
        QTest::keyClick(&shown.view, Qt::Key_N);
        QTest::keyClicks(field(shown), "not this");
        QTest::keyClick(field(shown), Qt::Key_Escape);
        QVERIFY(holds(shown, "tasks:\n  # changed\n  - id: one\n"));
        write("");
        COMPARE_TEXT(shown, kThree);
    }

    void filesArePastedWhereTheyWouldBeDropped()
    {
        Shown shown("id: f\nnamespace: n\ntasks:\n  - id: run\n    type: io.kestra.plugin.scripts.shell.Commands\n    commands:\n      - cat data.csv\n");
        FakeNeighbours neighbours;
        shown.view.setNeighbours(&neighbours);
        const auto paste = [&](const char *path) {
            auto *data = new QMimeData;
            data->setUrls({QUrl::fromLocalFile(QLatin1String(path))});
            data->setText(QLatin1String(path)); // as the tree of files gives it
            QApplication::clipboard()->setMimeData(data);
            QTest::keyClick(&shown.view, Qt::Key_V, Qt::ControlModifier);
        };
        QList<flow::ErrorCode> codes;
        connect(&shown.view, &CanvasView::editRefused, this, [&](const flow::Error &error) { codes << error.code; });
        paste("/files/data.csv"); // on no task
        QCOMPARE(codes, QList<flow::ErrorCode>{flow::ErrorCode::NotATask});
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        paste("/files/data.csv");
        QVERIFY(holds(shown, "    inputFiles:\n      data.csv: \"nsfile:///data.csv\"\n"));
        paste("/p/child.yaml");
        QVERIFY(holds(shown, "  - id: child\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: n\n    flowId: child\n"));
        QSignalSpy refused(&shown.view, &CanvasView::fileRefused);
        paste("/elsewhere/data.csv");
        QCOMPARE(refused.count(), 1);
    }

    void draggedOutOfTheWindowTasksAreText()
    {
        Shown shown(kThree);
        QWidget *view = shown.view.viewport();
        const QPoint from = shown.at("two");
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        QByteArray yaml;
        QString text;
        for (const QPoint at : {from + QPoint(30, 0), QPoint(-60, 100)}) {
            QMouseEvent event(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(view, &event);
        }
        const auto *dragged = shown.view.findChild<QDrag *>();
        QVERIFY(dragged);
        yaml = dragged->mimeData()->data(QLatin1String(kYamlMime));
        text = dragged->mimeData()->text();
        QCOMPARE(text, QStringLiteral("# about two\n- id: two\n  type: io.kestra.plugin.core.debug.Return\n"));
        QCOMPARE(QString::fromUtf8(yaml), text);
        QVERIFY(!shown.view.isGestureActive());
        COMPARE_TEXT(shown, kThree); // a copy: what is dragged stays

        Shown other(kDag); // another window takes it
        QMimeData data;
        data.setData(QLatin1String(kYamlMime), yaml);
        QVERIFY(dropMime(other, data, slotPoint(other, "tasks", 0)));
        QVERIFY(holds(other, "tasks:\n  # about two\n  - id: two\n    type: io.kestra.plugin.core.debug.Return\n  - id: d\n"));
    }
};

QTEST_MAIN(TestViewGestures)
#include "tst_gestures_view.moc"
