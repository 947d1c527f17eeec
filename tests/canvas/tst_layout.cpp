#include "canvas_fixture.h"
#include "support/cpu_time.h"

#include "canvas/layout.h"
#include "canvas/layout_request.h"

#include <QApplication>
#include <QDirIterator>
#include <QtTest>

using namespace canvas;

namespace {

std::optional<DagPlacement> place(const std::string &dot, const DagRequest &dag)
{
    return runGraphviz(dot, dag);
}

std::optional<DagPlacement> noDag(const std::string &, const DagRequest &)
{
    return std::nullopt;
}

flow::Snapshot snapshotOf(const std::string &text)
{
    return FakeSession(text).document.snapshot();
}

QString describe(const flow::Diagnostic &diagnostic)
{
    return QString::fromStdString(diagnostic.code);
}

struct Placed
{
    explicit Placed(const std::string &text) : graph(Graph::build(snapshotOf(text), describe))
    {
        static const Style style(ui::Theme::load(ui::ThemeName::Light));
        request = makeRequest(graph, style, {});
        result = *layout(request, place);
    }

    QRectF box(const char *id) const { return result.boxes[std::size_t(graph.byKey(id))]; }

    Graph graph;
    LayoutRequest request;
    LayoutResult result;
};

std::string sequence(int count)
{
    std::string text = "id: big\nnamespace: a\ntasks:\n";
    for (int i = 0; i < count; ++i)
        text += "  - id: task_" + std::to_string(i) + "\n    type: io.kestra.plugin.core.debug.Return\n";
    return text;
}

} // namespace

class TestLayout : public QObject
{
    Q_OBJECT

private slots:
    void dotTellsSizesAndEdgesOnly()
    {
        DagRequest dag;
        dag.sizes = {QSizeF(168, 52), QSizeF(216, 76)};
        dag.edges = {{0, 1}};
        QCOMPARE(QString::fromStdString(toDot(dag)),
                 QStringLiteral("digraph dag {\n"
                                "  graph [rankdir=TB, ordering=out, nodesep=0.1667, ranksep=0.5000, splines=polyline, nslimit=2, "
                                "mclimit=1]\n"
                                "  node [shape=box, fixedsize=true, label=\"\"]\n"
                                "  edge [dir=none]\n"
                                "  s [width=0.1, height=0.1]\n"
                                "  n0 [width=2.3333, height=0.7222]\n"
                                "  s -> n0 [weight=0]\n"
                                "  n1 [width=3.0000, height=1.0556]\n"
                                "  { rank=same n0 }\n"
                                "  n0 -> n1\n"
                                "}\n"));
    }

    void sequenceIsAColumn()
    {
        const Placed placed(sequence(3));
        const QRectF a = placed.box("task_0"), b = placed.box("task_1"), c = placed.box("task_2");
        QCOMPARE(a.center().x(), 0.0);
        QCOMPARE(b.center().x(), 0.0);
        QCOMPARE(b.top() - a.bottom(), metrics::kRowGap);
        QCOMPARE(c.top() - b.bottom(), metrics::kRowGap);
        QCOMPARE(placed.result.edges.size(), std::size_t(2));
        QCOMPARE(placed.result.edges[1].points(), (QPolygonF{QPointF(0, b.bottom()), QPointF(0, c.top())}));
    }

    void branchesKeepFileOrderAndStandInOneRow()
    {
        const Placed placed("id: a\nnamespace: b\ntasks:\n  - id: p\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n"
                            "      - id: z\n        type: io.kestra.plugin.core.debug.Return\n"
                            "      - id: y\n        type: io.kestra.plugin.core.debug.Return\n"
                            "      - id: x\n        type: io.kestra.plugin.core.debug.Return\n");
        QVERIFY(placed.box("z").right() + metrics::kBranchGap == placed.box("y").left());
        QVERIFY(placed.box("y").right() < placed.box("x").left());
        QCOMPARE(placed.box("z").top(), placed.box("x").top());
        QCOMPARE(placed.box("p").size(), QSizeF(552, 122)); // the container of the mock-up
        QCOMPARE(placed.box("z").top() - placed.box("p").top(), metrics::kHeader + metrics::kFirstRow);
    }

    void labelledBranchesHaveRoomForTheirPills()
    {
        const Placed placed("id: a\nnamespace: b\ntasks:\n  - id: c\n    type: io.kestra.plugin.core.flow.If\n    condition: \"{{ true }}\"\n"
                            "    then:\n      - id: x\n        type: io.kestra.plugin.core.debug.Return\n    else: []\n");
        QCOMPARE(placed.box("c").height(), 134.0);
        const int then = placed.graph.listByPath("tasks[0].then"), otherwise = placed.graph.listByPath("tasks[0].else");
        const QRectF pill = placed.result.labels[std::size_t(then)], slot = placed.result.places[std::size_t(otherwise)];
        QVERIFY(pill.bottom() < placed.box("x").top());
        QVERIFY(pill.top() > placed.box("c").top() + metrics::kHeader);
        QCOMPARE(pill.center().x(), placed.box("x").center().x());
        QCOMPARE(slot.top(), placed.box("x").top());
        QCOMPARE(slot.height(), 52.0);
    }

    void everySampleIsOrdered_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *folder : {"/tests/canvas/samples", "/tests/fidelity", "/tests/conformance", "/resources/examples"}) {
            QDirIterator it(QStringLiteral(LEAT_SOURCE_DIR) + QLatin1String(folder), {QStringLiteral("*.yaml")}, QDir::Files,
                            QDirIterator::Subdirectories);
            while (it.hasNext()) {
                const QString file = it.next();
                QTest::newRow(qPrintable(QDir(QStringLiteral(LEAT_SOURCE_DIR)).relativeFilePath(file))) << file;
            }
        }
    }

    /// Contained, ordered, not overlapping, on the grid.
    void everySampleIsOrdered()
    {
        QFETCH(QString, file);
        QFile in(file);
        QVERIFY(in.open(QIODevice::ReadOnly));
        const Placed placed(in.readAll().toStdString());
        const Graph &graph = placed.graph;
        const LayoutResult &result = placed.result;
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            const GraphNode &node = graph.nodes[i];
            const QRectF rect = result.boxes[i];
            QVERIFY2(!rect.isNull(), node.path.c_str());
            QVERIFY2(std::fmod(rect.top(), 1) == 0 && std::fmod(rect.left(), 1) == 0, node.path.c_str());
            if (node.owner >= 0) {
                const double header = placed.request.boxes[std::size_t(node.owner)].note + metrics::kHeader;
                const QRectF inside = result.boxes[std::size_t(node.owner)].adjusted(metrics::kPadding, header, -metrics::kPadding,
                                                                                      -metrics::kPadding);
                QVERIFY2(inside.contains(rect), node.path.c_str());
            }
        }
        for (const GraphList &list : graph.lists) {
            for (std::size_t i = 1; i < list.nodes.size(); ++i) {
                const QRectF a = result.boxes[std::size_t(list.nodes[i - 1])], b = result.boxes[std::size_t(list.nodes[i])];
                if (holdsItems(list.section) || list.flowing == Flowing::Dag)
                    continue;
                if (list.flowing == Flowing::Sequence)
                    QVERIFY2(a.bottom() < b.top(), list.path.c_str());
                else
                    QVERIFY2(a.right() < b.left(), list.path.c_str());
            }
            if (list.nodes.size() > 300)
                continue;
            for (std::size_t i = 0; i < list.nodes.size(); ++i) {
                for (std::size_t j = i + 1; j < list.nodes.size(); ++j) {
                    QVERIFY2(!result.boxes[std::size_t(list.nodes[i])].intersects(result.boxes[std::size_t(list.nodes[j])]),
                             list.path.c_str());
                }
            }
        }
        for (const LayoutEdge &edge : result.edges) {
            const QPolygonF points = edge.points();
            for (qsizetype p = 1; p < points.size(); ++p) { // right angles only
                const QPointF d = points[p] - points[p - 1];
                QVERIFY(std::abs(d.x()) < 0.01 || std::abs(d.y()) < 0.01);
            }
        }
    }

    void arrowsOfADagPassBesideItsTasks()
    {
        QFile in(QStringLiteral(LEAT_SOURCE_DIR "/tests/canvas/samples/all_kinds.yaml"));
        QVERIFY(in.open(QIODevice::ReadOnly));
        const Placed placed(in.readAll().toStdString());
        const std::vector<int> &members = placed.graph.lists[std::size_t(placed.graph.listByPath("tasks[1].tasks"))].nodes;
        int arrows = 0;
        for (const LayoutEdge &edge : placed.result.edges) {
            if (edge.kind != EdgeKind::Dependency)
                continue;
            ++arrows;
            const QRectF from = placed.result.boxes[std::size_t(edge.from)], to = placed.result.boxes[std::size_t(edge.to)];
            QVERIFY(from.bottom() < to.top());
            const QPolygonF points = edge.points();
            for (qsizetype p = 1; p < points.size(); ++p) {
                const QRectF run = QRectF(points[p - 1], points[p]).normalized().adjusted(-0.1, -0.1, 0.1, 0.1);
                for (const int node : members)
                    QVERIFY(!placed.result.boxes[std::size_t(node)].adjusted(1, 1, -1, -1).intersects(run));
            }
        }
        QCOMPARE(arrows, 7);
    }

    void aDagKeepsFileOrderInItsRows()
    {
        QFile in(QStringLiteral(LEAT_SOURCE_DIR "/tests/canvas/samples/all_kinds.yaml"));
        QVERIFY(in.open(QIODevice::ReadOnly));
        const Placed placed(in.readAll().toStdString());
        QCOMPARE(placed.box("extract").top(), placed.box("lookup").top()); // both wait for nothing
        QVERIFY(placed.box("extract").right() < placed.box("lookup").left());
        QCOMPARE(placed.box("clean").top(), placed.box("enrich").top());
        QVERIFY(placed.box("clean").right() < placed.box("enrich").left());
    }

    void aRenameInADagNeedsNoGraphviz()
    {
        const auto text = [](const char *id) {
            return std::string("id: a\nnamespace: b\ntasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n"
                               "      - task:\n          id: ") + id + "\n          type: io.kestra.plugin.core.debug.Return\n"
                   "      - task:\n          id: two\n          type: io.kestra.plugin.core.debug.Return\n        dependsOn: [" + id + "]\n";
        };
        std::string dotA, dotB;
        const Style style(ui::Theme::load(ui::ThemeName::Light));
        for (const auto &[id, dot] : {std::pair("one", &dotA), std::pair("uno", &dotB)}) {
            const Graph graph = Graph::build(snapshotOf(text(id)), describe);
            QVERIFY(layout(makeRequest(graph, style, {}), [&](const std::string &d, const DagRequest &dag) {
                *dot = d;
                return std::optional(runGraphviz(d, dag));
            }));
        }
        QVERIFY(!dotA.empty());
        QCOMPARE(dotA, dotB);
    }

    void withoutAPlacementThereIsNoPicture()
    {
        const Graph graph = Graph::build(snapshotOf("id: a\nnamespace: b\ntasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n"
                                                    "    tasks:\n      - task:\n          id: x\n          type: t.T\n"), describe);
        const Style style(ui::Theme::load(ui::ThemeName::Light));
        QVERIFY(!layout(makeRequest(graph, style, {}), noDag));
    }

    void circlesInADagAreDrawn()
    {
        const Placed placed("id: a\nnamespace: b\ntasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n"
                            "      - task:\n          id: x\n          type: t.T\n        dependsOn: [y]\n"
                            "      - task:\n          id: y\n          type: t.T\n        dependsOn: [x]\n"
                            "      - task:\n          id: z\n          type: t.T\n        dependsOn: [z]\n");
        QVERIFY(!placed.box("x").intersects(placed.box("y")));
        QCOMPARE(std::count_if(placed.result.edges.begin(), placed.result.edges.end(),
                               [](const LayoutEdge &edge) { return edge.kind == EdgeKind::Dependency; }),
                 2);
    }

    void changesBelowMoveNothingAbove()
    {
        const Placed before(sequence(5));
        std::string text = sequence(5);
        text.insert(text.find("  - id: task_3"), "  - id: new_one\n    type: io.kestra.plugin.core.debug.Return\n");
        const Placed after(text);
        for (const char *id : {"task_0", "task_1", "task_2"})
            QCOMPARE(after.box(id), before.box(id));
        QCOMPARE(after.box("task_3").left(), before.box("task_3").left());
    }

    void layoutIsLinear()
    {
        const Style style(ui::Theme::load(ui::ThemeName::Light));
        const auto cost = [&](int count) {
            const Graph graph = Graph::build(snapshotOf(sequence(count)), describe);
            qint64 best = std::numeric_limits<qint64>::max();
            for (int i = 0; i < 5; ++i) {
                const std::int64_t begin = test::cpuTime();
                const auto result = layout(makeRequest(graph, style, {}), noDag);
                best = std::min(best, qint64(test::cpuTime() - begin));
                if (!result || result->edges.size() != std::size_t(count - 1))
                    return qint64(-1);
            }
            return best;
        };
        const qint64 small = cost(5000), large = cost(50000);
        qInfo("layout of 5,000 tasks %.2f ms, of 50,000 %.2f ms", double(small) / 1e6, double(large) / 1e6);
        QVERIFY(small > 0 && large > 0);
        QVERIFY2(large < 30 * small, "layout is not linear");
    }
};

QTEST_MAIN(TestLayout)
#include "tst_layout.moc"
