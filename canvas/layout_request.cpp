#include "canvas/layout_request.h"

#include "canvas/node_painter.h"
#include "ui/tr.h"

#include <algorithm>
#include <cmath>

namespace canvas {

using namespace metrics;

namespace {

double stepped(double width, double least, double most)
{
    return std::clamp(std::ceil(width / 8) * 8, least, most);
}

double titleWidth(const Graph &graph, int node, const Style &style)
{
    const std::string &id = graph.nodes.id(node);
    return id.empty() ? style.width(Style::Text::Title, graph.nodes.title(node)) : style.width(Style::Text::Title, id);
}

double headerWidth(const Graph &graph, int node, const Style &style)
{
    const double fixed = 55 + 9 + 24 + 12;
    const double words = titleWidth(graph, node, style) + style.width(Style::Text::Type, graph.nodes.typeLine(node))
                         + style.width(Style::Text::Type, containerSummary(graph, node));
    return stepped(fixed + words, kMinColumn, 320);
}

/// Which members of a Dag wait for which, by their place in it.
std::vector<std::pair<int, int>> waitsOf(const Graph &graph, const GraphList &list)
{
    std::vector<std::pair<int, int>> waits;
    std::unordered_map<std::string_view, int> byId;
    for (const int node : list.nodes)
        byId.emplace(graph.nodes.id(node), graph.nodes.place(node).indexInList);
    for (const int node : list.nodes) {
        const int place = graph.nodes.place(node).indexInList;
        const std::size_t first = waits.size();
        for (const flow::Dependency &dependency : graph.nodes.dependsOn(node)) {
            const auto from = byId.find(dependency.id);
            if (from == byId.end() || from->second == place)
                continue;
            const std::pair wait(from->second, place);
            if (std::find(waits.begin() + std::ptrdiff_t(first), waits.end(), wait) == waits.end())
                waits.push_back(wait);
        }
    }
    return waits;
}

} // namespace

QString containerSummary(const Graph &graph, int node)
{
    if (const QString detail = graph.nodes.detail(node); !detail.isEmpty())
        return detail;
    int count = 0;
    bool branches = false;
    for (const int list : graph.nodes.place(node).lists()) {
        count += int(graph.lists[list].nodes.size());
        branches = branches || graph.lists[list].flowing == Flowing::Parallel;
    }
    if (branches)
        return count == 1 ? Tr::tr("1 branch") : Tr::tr("%1 branches").arg(count);
    return count == 1 ? Tr::tr("1 task") : Tr::tr("%1 tasks").arg(count);
}

LayoutRequest makeRequest(const Graph &graph, const Style &style, const SizeOptions &options)
{
    LayoutRequest request;
    request.boxes.resize(graph.nodes.size());
    request.lists.resize(graph.lists.size());
    request.shifts = options.shifts;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int index = int(i);
        const NodePlace &node = graph.nodes.place(index);
        LayoutBox &box = request.boxes[i];
        box.note = options.notes ? noteHeight(graph.nodes.note(index)) : 0;
        if (node.kind != NodeKind::Task) {
            box.body = kItemBody;
            const double left = node.isValue() ? 12 : 50;
            const double words = std::max(titleWidth(graph, index, style),
                                          node.isValue() ? 0 : style.width(Style::Text::Type, graph.nodes.typeLine(index)));
            box.width = std::clamp(std::ceil(left + words + 14), kMinItem, kMaxNode);
            continue;
        }
        if (node.container) {
            box.open = !options.collapsed.count(index);
            box.body = kHeader;
            box.width = headerWidth(graph, index, style);
            box.firstList = node.firstList;
            box.listCount = node.listCount;
            continue;
        }
        const double least = node.depth > 0                                           ? kMinNode
                             : graph.lists[node.list].section == Section::Tasks ? kMinColumn
                                                                                      : kMinSection;
        box.width = stepped(50 + titleWidth(graph, index, style) + 36, least, kMaxNode);
        if (options.hasValue && options.hasValue(index))
            box.body += look::kValueRow;
        if (const auto nested = options.nested.find(index); nested != options.nested.end()) {
            box.body += std::ceil(nested->second.height() / kGrid) * kGrid + kPadding;
            box.width = std::max(box.width, std::ceil((nested->second.width() + 2 * kPadding) / 8) * 8);
        }
    }
    for (std::size_t i = 0; i < graph.lists.size(); ++i) {
        const GraphList &list = graph.lists[i];
        LayoutList &made = request.lists[i];
        made.flowing = list.flowing;
        made.kind = list.kind;
        made.owner = list.owner;
        made.boxes = list.nodes;
        if (!list.label.isEmpty())
            made.label = std::ceil((style.width(Style::Text::Mono, list.label) + 16) / 4) * 4;
        if (list.flowing == Flowing::Dag)
            made.waits = waitsOf(graph, list);
    }
    for (const int list : graph.sections)
        request.sections.push_back({graph.lists[list].section, list});
    return request;
}

} // namespace canvas
