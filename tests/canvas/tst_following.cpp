#include "canvas_fixture.h"

#include "canvas/scene_items.h"

#include <QDirIterator>
#include <QtTest>

#include <random>

using namespace canvas;

namespace {

QString words(const QRectF &rect)
{
    return QStringLiteral("[%1 %2 %3 %4]").arg(rect.left()).arg(rect.top()).arg(rect.width()).arg(rect.height());
}

QString words(const std::vector<int> &numbers)
{
    QStringList all;
    for (const int number : numbers)
        all << QString::number(number);
    return all.join(QLatin1Char(' '));
}

QString words(const GraphNode &node)
{
    QStringList all{QString::fromStdString(node.key), QString::fromStdString(node.path), QString::fromStdString(node.id), node.title, node.type,
                    node.typeLine, node.detail, node.note, node.look.icon, QString::number(int(node.look.category)), node.calledNamespace, node.calledFlow};
    for (const Badge &badge : node.badges)
        all << badge.icon + QLatin1Char(':') + badge.text;
    all << node.defaults;
    for (const Problem &problem : node.problems)
        all << QStringLiteral("%1 %2 at %3-%4").arg(int(problem.severity)).arg(problem.text).arg(problem.range.begin).arg(problem.range.end);
    for (const std::string &id : node.dependsOn)
        all << QString::fromStdString(id);
    all << words({int(node.kind), node.list, node.indexInList, node.owner, node.depth, node.last, node.firstList, node.listCount, node.container,
                  node.inDag, node.disabled, node.broken, node.subflow, int(node.range.begin), int(node.range.end)});
    return all.join(QLatin1Char('|'));
}

/// All that a scene shows: its graph, where everything is, and the items of what is in view.
QStringList picture(const FlowScene &scene)
{
    const Graph &graph = scene.graph();
    const LayoutResult &places = scene.picture();
    QStringList lines{graph.title, words(graph.sections), words(graph.fileOrder), words(places.bounds), QString::number(graph.taskCount())};
    for (int node = 0; node < int(graph.nodes.size()); ++node) {
        lines << words(graph.nodes[std::size_t(node)]) + words(places.boxes[std::size_t(node)])
                     + QStringLiteral(" line %1 %2").arg(graph.nodes.line(node)).arg(scene.flatColor(node).name());
        const GraphNode &data = graph.nodes[std::size_t(node)];
        if (graph.byKey(data.key) != node || graph.byPath(data.path) != node || scene.noteOf(node) < 0)
            lines << QStringLiteral("is not found by its names");
    }
    for (int list = 0; list < int(graph.lists.size()); ++list) {
        const GraphList &data = graph.lists[std::size_t(list)];
        lines << QString::fromStdString(data.path) + QLatin1Char('|') + data.label
                     + words({int(data.kind), int(data.section), int(data.flowing), data.owner, graph.listByPath(data.path)}) + words(data.nodes)
                     + words(places.places[std::size_t(list)]) + words(places.labels[std::size_t(list)]);
    }
    for (const QRectF &heading : places.headings)
        lines << words(heading);
    for (const LayoutEdge &edge : places.edges) {
        QString line = words({int(edge.kind), edge.from, edge.to, edge.list, edge.index});
        for (const QPointF &point : edge.points())
            line += QStringLiteral(" %1,%2").arg(point.x()).arg(point.y());
        lines << line + words(edge.bounds());
    }
    for (const GraphLink &link : graph.links())
        lines << QStringLiteral("%1 reads %2").arg(link.to).arg(link.from);
    for (double y = places.bounds.top(); y < places.bounds.bottom(); y += 300) {
        const QRectF stripe(-150, y, 300, 200);
        lines << words(scene.nodesIn(stripe)) + QLatin1Char('/') + words(scene.edgesIn(stripe));
    }
    QStringList items;
    for (QGraphicsItem *item : scene.items()) {
        if (const auto *node = dynamic_cast<NodeItem *>(item); node && node->rect().intersects(scene.seen()))
            items << QStringLiteral("item %1 ").arg(node->node()) + words(node->rect());
        if (const auto *edge = dynamic_cast<EdgeItem *>(item); edge && edge->boundingRect().intersects(scene.seen()))
            items << QStringLiteral("arrow ") + words(edge->boundingRect());
    }
    items.sort();
    return lines + items;
}

/// One change as somebody types or moves it; now and then the text breaks, or is mended by the next one.
std::string changed(const std::string &text, std::mt19937 &random)
{
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        lines.push_back(text.substr(at, end - at));
        at = end;
    }
    const auto pick = [&](std::size_t below) { return std::size_t(random() % below); };
    const std::size_t at = pick(lines.size());
    const auto position = [&](std::size_t place) { return lines.begin() + std::ptrdiff_t(place); };
    std::string &line = lines[at];
    switch (random() % 9) {
    case 0: line.insert(pick(line.size()), 1, "abz:-#\"[{ "[pick(10)]); break;
    case 1: line.erase(pick(line.size()), 1); break;
    case 2: lines.insert(position(at), "    # a note\n"); break;
    case 3: lines.insert(position(at), "  - id: new_" + std::to_string(random() % 50) + "\n    type: io.kestra.plugin.core.log.Log\n"); break;
    case 4: lines.insert(position(at), "    retry: {type: constant, maxAttempt: 2}\n"); break;
    case 5: lines.erase(position(at)); break;
    case 6: lines.insert(position(at), std::string(line)); break;
    case 7: { // a few lines go elsewhere
        const std::size_t end = std::min(lines.size(), at + 1 + pick(4));
        const std::vector<std::string> taken(position(at), position(end));
        lines.erase(position(at), position(end));
        lines.insert(position(pick(lines.size() + 1)), taken.begin(), taken.end());
        break;
    }
    default:
        if (const std::size_t id = line.find("id: "); id != std::string::npos)
            line.insert(id + 4, "x");
    }
    std::string result;
    for (const std::string &each : lines)
        result += each;
    return result.empty() ? text : result;
}

} // namespace

class TestFollowing : public QObject
{
    Q_OBJECT

private slots:
    void aSceneThatFollowsEditsShowsWhatANewOneShows_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *folder : {"/tests/canvas/samples", "/resources/examples"}) {
            QDirIterator it(QStringLiteral(LEAT_SOURCE_DIR) + QLatin1String(folder), {QStringLiteral("*.yaml")}, QDir::Files, QDirIterator::Subdirectories);
            while (it.hasNext()) {
                const QString file = it.next();
                QTest::newRow(qPrintable(QFileInfo(file).baseName())) << file;
            }
        }
    }

    void aSceneThatFollowsEditsShowsWhatANewOneShows()
    {
        QFETCH(QString, file);
        QFile in(file);
        QVERIFY(in.open(QIODevice::ReadOnly));
        const std::string whole = in.readAll().toStdString();
        std::mt19937 random(unsigned(whole.size()));
        const int steps = qEnvironmentVariableIsSet("LEAT_LONG") ? 600 : 60;
        const QRectF seen(-400, 100, 800, 900);
        FlowScene following;
        following.setReducedMotion(true);
        following.setSeen(seen);
        flow::Analysis analysis;
        std::string before, text = whole;
        int compared = 0;
        for (int step = 0; step < steps; ++step) {
            analysis = flow::analyseAgain(analysis, before, text, flow::Revision(step + 1), *testCatalog());
            const auto shared = std::make_shared<const std::string>(text);
            following.showSnapshot({analysis.revision, shared, analysis.flow, analysis.revision, analysis.diagnostics});
            following.waitForPicture();
            if (random() % 4 == 0 && !following.graph().nodes.empty()) {
                const int node = int(random() % following.graph().nodes.size());
                if (random() % 2)
                    following.setCollapsed(node, !following.isCollapsed(node));
                else
                    following.moveBy({node}, {8, 16});
                following.waitForPicture();
            }
            if (!following.isDimmed()) {
                FlowScene fresh;
                fresh.setReducedMotion(true);
                fresh.setSeen(seen);
                fresh.showSnapshot(following.snapshot()); // that an analysis of a changed text is that of a new one is tested in tests/flow
                fresh.waitForPicture();
                for (int node = 0; node < int(following.graph().nodes.size()); ++node) {
                    if (following.isCollapsed(node))
                        fresh.setCollapsed(fresh.graph().byKey(following.graph().nodes.key(node)), true);
                }
                fresh.setPlaces(following.places());
                fresh.waitForPicture();
                const QStringList now = picture(following), wanted = picture(fresh);
                for (qsizetype i = 0; i < std::min(now.size(), wanted.size()); ++i)
                    QVERIFY2(now[i] == wanted[i], qPrintable(QStringLiteral("step %1\n%2\n%3\n").arg(step).arg(now[i], wanted[i]) + QString::fromStdString(text)));
                QCOMPARE(now.size(), wanted.size());
                ++compared;
            }
            before = text;
            text = step % 12 == 11 ? whole : changed(text, random); // not so much broken that nothing is left
        }
        QVERIFY2(compared > steps / 2, "the texts can't be read");
    }
};

QTEST_MAIN(TestFollowing)
#include "tst_following.moc"
