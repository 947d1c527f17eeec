#include "canvas/layout.h"

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include <cmath>
#include <memory>
#include <mutex>

// Graphviz keeps state of its own and is not thread-safe; this is the only file that calls it.

namespace canvas {

namespace {

constexpr double kPointsPerInch = 72;

/// A number with a point whatever the locale; Graphviz reads it so.
std::string inches(double pixels)
{
    const long thousandths = std::lround(pixels / kPointsPerInch * 10000);
    std::string digits = std::to_string(thousandths % 10000);
    digits.insert(0, 4 - digits.size(), '0');
    return std::to_string(thousandths / 10000) + '.' + digits;
}

std::mutex &turn()
{
    static std::mutex mutex;
    return mutex;
}

struct GraphCloser
{
    void operator()(Agraph_t *graph) const { agclose(graph); }
};

} // namespace

std::string toDot(const DagRequest &dag)
{
    // `ordering=out` keeps file order from left to right; the start `s` has an edge to all that wait for
    // nothing, so that this holds for them too and they share the first row.
    std::string dot = "digraph dag {\n"
                      "  graph [rankdir=TB, ordering=out, nodesep=" + inches(metrics::kBranchGap) + ", ranksep=" + inches(36)
                      + ", splines=polyline, nslimit=2, mclimit=1]\n"
                        "  node [shape=box, fixedsize=true, label=\"\"]\n"
                        "  edge [dir=none]\n"
                        "  s [width=0.1, height=0.1]\n";
    std::vector<bool> waits(dag.sizes.size(), false);
    for (const auto &[from, to] : dag.edges)
        waits[std::size_t(to)] = true;
    std::string first;
    for (std::size_t i = 0; i < dag.sizes.size(); ++i) {
        const std::string name = std::to_string(i);
        dot += "  n" + name + " [width=" + inches(dag.sizes[i].width()) + ", height=" + inches(dag.sizes[i].height()) + "]\n";
        if (!waits[i]) {
            dot += "  s -> n" + name + " [weight=0]\n";
            first += " n" + name;
        }
    }
    if (!first.empty())
        dot += "  { rank=same" + first + " }\n";
    for (const auto &[from, to] : dag.edges)
        dot += "  n" + std::to_string(from) + " -> n" + std::to_string(to) + "\n";
    return dot + "}\n";
}

DagPlacement runGraphviz(const std::string &dot, const DagRequest &dag)
{
    const std::lock_guard<std::mutex> lock(turn());
    // One for the life of the program: gvFreeContext leaves what gvContext has read of its configuration.
    static GVC_t *const context = gvContext();
    agseterr(AGMAX); // its words would go to the standard error
    const std::unique_ptr<Agraph_t, GraphCloser> graph(agmemread(dot.c_str()));
    if (!graph || gvLayout(context, graph.get(), "dot") != 0)
        return rankedPlacement(dag);
    DagPlacement placement;
    placement.centres.resize(dag.sizes.size());
    placement.routes.resize(dag.edges.size());
    std::vector<Agnode_t *> nodes(dag.sizes.size());
    for (std::size_t i = 0; i < dag.sizes.size(); ++i) {
        std::string name = std::to_string(i);
        name.insert(name.begin(), 'n');
        nodes[i] = agnode(graph.get(), name.data(), 0);
        const pointf at = ND_coord(nodes[i]);
        placement.centres[i] = QPointF(at.x, -at.y); // its y grows upwards
    }
    for (std::size_t i = 0; i < dag.edges.size(); ++i) {
        Agedge_t *edge = agedge(graph.get(), nodes[dag.edges[i].first], nodes[dag.edges[i].second], nullptr, 0);
        const splines *curve = edge ? ED_spl(edge) : nullptr;
        if (!curve || curve->size == 0)
            continue;
        for (int p = 0; p < curve->list[0].size; ++p) {
            const pointf at = curve->list[0].list[p];
            placement.routes[i] << QPointF(at.x, -at.y);
        }
    }
    gvFreeLayout(context, graph.get());
    return placement;
}

} // namespace canvas
