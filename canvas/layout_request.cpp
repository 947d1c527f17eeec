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

double headerWidth(const Graph &graph, int index, const Style &style)
{
    const GraphNode &node = graph.nodes[index];
    const double fixed = 55 + 9 + 24 + 12;
    const double words = style.width(Style::Text::Title, node.title) + style.width(Style::Text::Type, node.typeLine)
                         + style.width(Style::Text::Type, containerSummary(graph, index));
    return stepped(fixed + words, kMinColumn, 320);
}

} // namespace

QString containerSummary(const Graph &graph, int index)
{
    const GraphNode &node = graph.nodes[index];
    if (!node.detail.isEmpty())
        return node.detail;
    int count = 0;
    bool branches = false;
    for (const int list : node.lists) {
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
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const GraphNode &node = graph.nodes[i];
        LayoutBox &box = request.boxes[i];
        const GraphList &list = graph.lists[node.list];
        if (options.shift && node.isTask())
            box.shift = options.shift(int(i));
        box.note = options.notes ? noteHeight(node.note) : 0;
        if (node.kind != NodeKind::Task) {
            box.body = kItemBody;
            const double left = node.isValue() ? 12 : 50;
            const double words = std::max(style.width(Style::Text::Title, node.title),
                                          node.isValue() ? 0 : style.width(Style::Text::Type, node.typeLine));
            box.width = std::clamp(std::ceil(left + words + 14), kMinItem, kMaxNode);
            continue;
        }
        if (node.container) {
            box.open = !options.collapsed || !options.collapsed(int(i));
            box.body = kHeader;
            box.width = headerWidth(graph, int(i), style);
            box.lists = node.lists;
        } else {
            const double least = node.depth > 0                        ? kMinNode
                                 : list.section == Section::Tasks      ? kMinColumn
                                                                       : kMinSection;
            box.width = stepped(50 + style.width(Style::Text::Title, node.title) + 36, least, kMaxNode);
            if (options.hasValue && options.hasValue(int(i)))
                box.body += look::kValueRow;
            if (const QSizeF nested = options.nested ? options.nested(int(i)) : QSizeF(); !nested.isEmpty()) {
                box.body += std::ceil(nested.height() / kGrid) * kGrid + kPadding;
                box.width = std::max(box.width, std::ceil((nested.width() + 2 * kPadding) / 8) * 8);
            }
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
        if (list.flowing == Flowing::Dag) {
            std::unordered_map<std::string, int> byId;
            for (const int node : list.nodes)
                byId.emplace(graph.nodes[node].id, node);
            for (const int node : list.nodes) {
                for (const std::string &id : graph.nodes[node].dependsOn) {
                    const auto from = byId.find(id);
                    std::vector<int> &after = request.boxes[node].after;
                    if (from != byId.end() && std::find(after.begin(), after.end(), from->second) == after.end())
                        after.push_back(from->second);
                }
            }
        }
    }
    for (const int list : graph.sections)
        request.sections.push_back({graph.lists[list].section, list});
    return request;
}

} // namespace canvas
