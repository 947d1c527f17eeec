#include "canvas/nested_picture.h"

#include "canvas/node_painter.h"
#include "canvas/scene_items.h"

namespace canvas {

std::shared_ptr<const NestedPicture> NestedPicture::make(const flow::Snapshot &snapshot, const Style &style)
{
    if (!snapshot.flow || !snapshot.flow->root)
        return nullptr;
    auto made = std::make_shared<NestedPicture>();
    made->m_graph = Graph::build(snapshot, [](const flow::Diagnostic &diagnostic) { return QString::fromStdString(flow::describe(diagnostic)); });
    made->m_request = makeRequest(made->m_graph, style, {});
    const std::optional<LayoutResult> picture = layout(made->m_request, [](const std::string &, const DagRequest &dag) -> std::optional<DagPlacement> {
        return rankedPlacement(dag); // at once: Graphviz would be waited for
    });
    if (!picture)
        return nullptr;
    made->m_picture = *picture;
    return made;
}

void NestedPicture::paint(QPainter &painter, const Style &style, QPointF at, double lod) const
{
    painter.save();
    painter.translate(at - m_picture.bounds.topLeft());
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) { // depth first: containers below what they hold
        const QRectF &rect = m_picture.boxes[i];
        if (rect.isNull())
            continue;
        NodeMarks marks;
        marks.note = m_request.boxes[i].note;
        if (m_graph.nodes[i].container)
            paintContainer(painter, style, m_graph.nodes[i], marks, rect, containerSummary(m_graph, int(i)), lod);
        else
            paintNode(painter, style, m_graph.nodes[i], marks, rect, lod);
    }
    QPen pen(style.color("edge"), lod < look::kMedium ? 1 : 1.5);
    pen.setCosmetic(lod < look::kMedium);
    painter.setRenderHint(QPainter::Antialiasing, lod >= look::kMedium);
    for (const LayoutEdge &edge : m_picture.edges) {
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(roundedPath(edge.points(), edge.kind == EdgeKind::Branch));
        if (edge.to >= 0 && lod >= look::kMedium)
            paintArrowHead(painter, edge.points(), style.color("edge"));
    }
    for (std::size_t i = 0; i < m_graph.sections.size() && lod >= look::kLabels; ++i) {
        const Section section = m_graph.lists[std::size_t(m_graph.sections[i])].section;
        painter.setPen(style.color("text2"));
        style.draw(painter, Style::Text::Heading, m_picture.headings[i].topLeft() + QPointF(0, 14), sectionTitle(section));
    }
    for (std::size_t i = 0; i < m_graph.lists.size() && lod >= look::kLabels; ++i) {
        if (m_picture.labels[i].isNull() || m_graph.lists[i].label.isEmpty())
            continue;
        painter.setPen(QPen(style.color("nodeLine"), 1));
        painter.setBrush(style.color("raised"));
        painter.drawRoundedRect(m_picture.labels[i].adjusted(0.5, 0.5, -0.5, -0.5), 8.5, 8.5);
        painter.setPen(style.color("text2"));
        style.draw(painter, Style::Text::Mono, m_picture.labels[i].topLeft() + QPointF(8, 13), m_graph.lists[i].label);
    }
    painter.restore();
}

} // namespace canvas
