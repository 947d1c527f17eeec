#include "canvas_fixture.h"
#include "support/cpu_time.h"

#include "canvas/canvas_accessible.h"
#include "canvas/export_picture.h"
#include "canvas/scene_items.h"

#include <QAccessible>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QtTest>

using namespace canvas;

namespace {

std::string sequence(int count, int begin = 0)
{
    std::string text = "id: big\nnamespace: a\ntasks:\n";
    for (int i = begin; i < begin + count; ++i)
        text += "  - id: task_" + std::to_string(i) + "\n    type: io.kestra.plugin.core.debug.Return\n";
    return text;
}

std::string sample(const char *name)
{
    QFile file(QStringLiteral(LEAT_SOURCE_DIR "/tests/canvas/samples/%1.yaml").arg(QLatin1String(name)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no sample");
    return file.readAll().toStdString();
}

void type(Shown &shown, const std::string &text) // as if the text view had changed it
{
    flow::FlowDocument &document = shown.session.document;
    const auto edit = flow::Edit::make(document.revision(), document.text(), {{{0, document.text().size()}, text}});
    QVERIFY(edit.hasValue());
    QVERIFY(document.apply(*edit).hasValue());
    shown.session.analyse();
    shown.view.showSnapshot(document.snapshot());
    shown.settle();
}

QGraphicsItem *itemOf(const Shown &shown, const char *id)
{
    for (QGraphicsItem *item : shown.view.scene()->items()) {
        auto *node = dynamic_cast<NodeItem *>(item);
        if (node && node->node() == shown.node(id))
            return item;
    }
    return nullptr;
}

QStringList names(QAccessibleInterface *parent)
{
    QStringList all;
    for (int i = 0; i < parent->childCount(); ++i)
        all << parent->child(i)->text(QAccessible::Name);
    return all;
}

} // namespace

class TestScene : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installCanvasAccessibility(); }

    void itemsStayThroughAnEdit()
    {
        Shown shown(sequence(5));
        QGraphicsItem *before = itemOf(shown, "task_3");
        std::string text = sequence(5);
        text.insert(text.find("  - id: task_1"), "  - id: new\n    type: io.kestra.plugin.core.debug.Return\n");
        type(shown, text);
        QCOMPARE(itemOf(shown, "task_3"), before);
        QVERIFY(itemOf(shown, "new"));
    }

    void selectionFocusAndPlaceStay()
    {
        Shown shown(sequence(40), QSize(600, 400));
        shown.view.setSelected({QStringLiteral("tasks[20]")});
        const QPoint before = shown.at("task_20");
        QSignalSpy selected(&shown.view, &CanvasView::selectionChanged);
        std::string text = sequence(40);
        text.insert(text.find("  - id: task_1\n"), "  - id: new\n    type: io.kestra.plugin.core.debug.Return\n");
        type(shown, text);
        QCOMPARE(shown.view.selected(), QStringList{"tasks[21]"}); // the same task, by its id
        QCOMPARE(shown.view.currentPath(), QStringLiteral("tasks[21]"));
        QCOMPARE(shown.at("task_20"), before); // and at the same place on the screen
        QCOMPARE(selected.count(), 0);
    }

    void aTaskWithANewIdIsStillTheSame()
    {
        Shown shown(sequence(3));
        shown.view.setSelected({QStringLiteral("tasks[1]")});
        QGraphicsItem *before = itemOf(shown, "task_1");
        std::string text = sequence(3);
        text.replace(text.find("task_1"), 6, "other");
        type(shown, text);
        QCOMPARE(shown.view.selected(), QStringList{"tasks[1]"});
        QCOMPARE(itemOf(shown, "other"), before);
    }

    void movesAreAnimatedUnlessReduced()
    {
        Shown shown(sequence(5));
        shown.view.flowScene().setReducedMotion(false);
        std::string text = sequence(5);
        text.insert(text.find("  - id: task_1"), "  - id: new\n    type: io.kestra.plugin.core.debug.Return\n");
        type(shown, text);
        QVERIFY(shown.view.flowScene().isMoving());
        const auto *item = static_cast<NodeItem *>(itemOf(shown, "task_4"));
        QVERIFY(item->rect() != shown.view.flowScene().rectOf(shown.node("task_4")));
        shown.view.flowScene().finishMotion();
        QCOMPARE(item->rect(), shown.view.flowScene().rectOf(shown.node("task_4")));
        shown.view.flowScene().setReducedMotion(true);
        type(shown, sequence(5));
        QVERIFY(!shown.view.flowScene().isMoving());
    }

    void unreadableTextKeepsThePictureAndSaysWhy()
    {
        Shown shown(sequence(3));
        type(shown, "tasks: [\n  {");
        QVERIFY(shown.view.flowScene().isDimmed());
        QVERIFY(!shown.view.flowScene().fault().isEmpty());
        QVERIFY(itemOf(shown, "task_1"));
        type(shown, sequence(3));
        QVERIFY(!shown.view.flowScene().isDimmed());
    }

    void readableTasksStayLiveInBrokenText()
    {
        std::string text = sequence(3);
        text.insert(text.find("  - id: task_1"), "  - id: oops\n    type: \"unclosed\n");
        Shown shown(text);
        QVERIFY(!shown.view.flowScene().isDimmed());
        QVERIFY(shown.node("task_0") >= 0 && shown.node("task_2") >= 0);
    }

    void aDagIsPlacedOnTheWorker()
    {
        FakeSession session(sample("all_kinds"));
        CanvasView view;
        view.showSnapshot(session.document.snapshot());
        QVERIFY(view.flowScene().isLayoutPending());
        QVERIFY(view.flowScene().graph().nodes.empty());
        QSignalSpy changed(&view.flowScene(), &FlowScene::pictureChanged);
        QVERIFY(changed.wait());
        QVERIFY(!view.flowScene().isLayoutPending());
        view.showSnapshot(session.document.snapshot()); // nothing new: at once
        QVERIFY(!view.flowScene().isLayoutPending());
    }

    void aRunMarksItsTasks()
    {
        Shown shown(sample("payments_etl"));
        RunOverlay run;
        run.tasks["download"] = {QStringLiteral("SUCCESS"), 1840, 1, 1, {}, {}, false};
        run.tasks["validate"] = {QStringLiteral("RUNNING"), 310, 2, 1, {}, QStringLiteral("clean.csv"), false};
        const QRectF before = shown.view.flowScene().rectOf(shown.node("validate"));
        shown.view.setRun(run);
        const FlowScene &scene = shown.view.flowScene();
        QCOMPARE(scene.marksOf(shown.node("download")).run->state, QStringLiteral("SUCCESS"));
        QVERIFY(!scene.marksOf(shown.node("load")).run);
        QVERIFY(scene.marksOf(shown.node("load")).overlay);
        QCOMPARE(scene.rectOf(shown.node("validate")).height(), before.height() + look::kValueRow);
        shown.view.clearRun();
        QCOMPARE(scene.rectOf(shown.node("validate")), before);
    }

    void theWorstNewsIsAnnounced()
    {
        Shown shown(sample("payments_etl"));
        RunOverlay run;
        run.live = true;
        shown.view.setRun(run);
        run.tasks["score_rules"] = {QStringLiteral("SUCCESS"), 10, 1, 1, {}, {}, false};
        run.tasks["score_model"] = {QStringLiteral("FAILED"), 10, 1, 1, {}, {}, false};
        shown.view.setRun(run);
        QCOMPARE(shown.view.accessibleDescription(), QStringLiteral("score_model FAILED"));
        run.tasks["page_oncall"] = {QStringLiteral("RUNNING"), 10, 1, 1, {}, {}, false};
        shown.view.setRun(run); // within the same second: it waits
        QCOMPARE(shown.view.accessibleDescription(), QStringLiteral("score_model FAILED"));
    }

    void searchFindsAndCentres()
    {
        Shown shown(sequence(200), QSize(600, 400));
        QCOMPARE(shown.view.search(QStringLiteral("TASK_19")), 11);
        QCOMPARE(shown.view.search(QStringLiteral("task_150")), 1);
        const QRectF seen = shown.view.mapToScene(shown.view.viewport()->rect()).boundingRect();
        QVERIFY(seen.contains(shown.view.flowScene().rectOf(shown.node("task_150"))));
        QCOMPARE(shown.view.search(QString()), 0);
    }

    void fitShowsAll()
    {
        Shown shown(sequence(100), QSize(600, 400));
        shown.view.zoomToFit();
        const QRectF seen = shown.view.mapToScene(shown.view.viewport()->rect()).boundingRect();
        QVERIFY(seen.contains(shown.view.flowScene().picture().bounds));
        QVERIFY(shown.view.flowScene().isFlat());
        shown.view.zoomToReal();
        QVERIFY(!shown.view.flowScene().isFlat());
    }

    void setSelectedOpensWhatHidesIt()
    {
        Shown shown(sample("payments_etl"));
        shown.view.flowScene().setCollapsed(shown.node("score"), true);
        QVERIFY(!shown.view.flowScene().isShown(shown.node("score_geo")));
        shown.view.setSelected({QStringLiteral("tasks[2].tasks[2]")});
        QVERIFY(shown.view.flowScene().isShown(shown.node("score_geo")));
    }

    void screenReadersWalkATree()
    {
        Shown shown(sample("payments_etl"));
        QAccessibleInterface *tree = QAccessible::queryAccessibleInterface(&shown.view);
        QVERIFY(tree);
        QCOMPARE(tree->role(), QAccessible::Tree);
        QCOMPARE(tree->text(QAccessible::Name), QStringLiteral("Graph of payments_etl, 9 tasks"));
        const QStringList top = names(tree);
        QCOMPARE(top.size(), 11);
        QCOMPARE(top[0], QStringLiteral("weekday, 30 5 * * 1-5, 1 of 2 in Triggers."));
        QCOMPARE(top[4], QStringLiteral("download, http.Download, 1 of 5 in Tasks."));
        QCOMPARE(top[6], QStringLiteral("score, Parallel, 3 branches"));
        QAccessibleInterface *score = tree->child(6);
        QCOMPARE(score->role(), QAccessible::TreeItem);
        QVERIFY(score->state().expanded);
        QCOMPARE(names(score).mid(0, 3).filter(QStringLiteral("in score.")).size(), 3);
        QCOMPARE(names(score).last(), QStringLiteral("from validate to score"));
        QCOMPARE(score->child(0)->parent(), score);
        QCOMPARE(score->parent(), tree);
        QAccessibleInterface *choice = tree->child(7);
        QCOMPARE(choice->child(1)->role(), QAccessible::Button);
        QCOMPARE(choice->child(1)->text(QAccessible::Name), QStringLiteral("Add a task in high_risk, else"));
        QAccessibleInterface *validate = tree->child(5);
        QVERIFY(validate->text(QAccessible::Description).startsWith(QStringLiteral("Note: Rejects missing or duplicate ids")));

        RunOverlay run;
        run.tasks["validate"] = {QStringLiteral("WARNING"), 3120, 1, 1, {}, QStringLiteral("clean.csv, 48,210 rows"), false};
        shown.view.setRun(run);
        shown.view.flowScene().setBreakpoints({{"validate", BreakpointLook::On}});
        const QString name = validate->text(QAccessible::Name);
        QVERIFY2(name.startsWith(QStringLiteral("validate, python.Script, 2 of 5 in Tasks. WARNING, 3.12 seconds.")), qPrintable(name));
        QVERIFY2(name.endsWith(QStringLiteral("Breakpoint.")), qPrintable(name));
        QVERIFY(validate->text(QAccessible::Description).contains(QStringLiteral("Last output: clean.csv, 48,210 rows")));

        shown.view.setCurrentNode(shown.node("validate"), true);
        QCOMPARE(tree->focusChild(), validate);
        QVERIFY(validate->state().focused);
        QCOMPARE(validate->rect().center(), shown.view.viewport()->mapToGlobal(shown.view.mapFromScene(
                                                shown.view.flowScene().rectOf(shown.node("validate")).center())));
        QAccessibleActionInterface *actions = score->actionInterface();
        actions->doAction(QAccessibleActionInterface::toggleAction());
        QVERIFY(score->state().collapsed);
        type(shown, "id: other\nnamespace: n\ntasks: []\n");
        QVERIFY(!validate->isValid());
        QCOMPARE(names(tree), QStringList{"Add a task in Tasks"});
    }

    void exportsInThreeFormats()
    {
        Shown shown(sample("all_kinds"));
        QTemporaryDir folder;
        const QString png = folder.filePath(QStringLiteral("a.png")), svg = folder.filePath(QStringLiteral("a.svg")),
                      pdf = folder.filePath(QStringLiteral("a.pdf"));
        for (const QString &file : {png, svg, pdf}) {
            const auto done = exportPicture(shown.view.flowScene(), file, {pictureFormatOf(file), 1, true});
            QVERIFY(done.hasValue());
        }
        const QRectF bounds = shown.view.flowScene().picture().bounds;
        QCOMPARE(QImage(png).size(), (bounds.size() + QSizeF(48, 48)).toSize());
        QVERIFY(QSvgRenderer(svg).isValid());
        QFile paper(pdf);
        QVERIFY(paper.open(QIODevice::ReadOnly));
        QVERIFY(paper.readAll().startsWith("%PDF-"));
        const auto refused = exportPicture(shown.view.flowScene(), folder.filePath(QStringLiteral("none/a.png")), {});
        QVERIFY(!refused.hasValue());
        QCOMPARE(refused.error().code, ExportErrorCode::CannotWrite);
        FlowScene empty;
        QCOMPARE(exportPicture(empty, png, {}).error().code, ExportErrorCode::NothingToDraw);
    }

    void paintTimeDoesNotGrowWithTheFlow()
    {
        const auto cost = [](int count) {
            Shown shown(sequence(count), QSize(1000, 700));
            shown.view.setMinimapShown(false);
            QImage image(shown.view.size(), QImage::Format_ARGB32_Premultiplied);
            qint64 best = std::numeric_limits<qint64>::max();
            for (int i = 0; i < 12; ++i) {
                shown.view.verticalScrollBar()->setValue(shown.view.verticalScrollBar()->value() + 40);
                const std::int64_t begin = test::cpuTime();
                static_cast<QWidget &>(shown.view).render(&image);
                best = std::min(best, qint64(test::cpuTime() - begin));
            }
            return double(best) / 1e6;
        };
        const double small = cost(100), large = cost(10000);
        qInfo("a frame of 100 tasks %.2f ms, of 10,000 %.2f ms", small, large);
        QVERIFY2(large < 3 * small + 1, "painting looks at what is not visible");
    }

    void tenThousandTasksOpenAndFollowEdits()
    {
        QElapsedTimer timer;
        const std::string text = sequence(10000);
        FakeSession session(text);
        CanvasView view;
        view.resize(1000, 700);
        view.show();
        timer.start();
        view.showSnapshot(session.document.snapshot());
        const double open = double(timer.nsecsElapsed()) / 1e6;
        QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
        static_cast<QWidget &>(view).render(&image);
        const double first = double(timer.nsecsElapsed()) / 1e6;
        std::string changed = text;
        changed.replace(changed.find("task_5000\n"), 9, "renamed");
        session.document = flow::FlowDocument(changed);
        session.analyse();
        timer.start();
        view.showSnapshot(session.document.snapshot());
        const double edit = double(timer.nsecsElapsed()) / 1e6;
        timer.start();
        view.setZoom(0.1);
        const double flat = double(timer.nsecsElapsed()) / 1e6;
        timer.start();
        static_cast<QWidget &>(view).render(&image);
        qInfo("10,000 tasks: items %.0f ms, first picture %.0f ms, after an edit %.0f ms, to the flat picture %.0f ms and %.1f ms a frame", open,
              first, edit, flat, double(timer.nsecsElapsed()) / 1e6);
        QCOMPARE(session.document.snapshot().flow->taskCount(), std::size_t(10000));
        QVERIFY(!image.isNull());
    }
};

QTEST_MAIN(TestScene)
#include "tst_scene.moc"
