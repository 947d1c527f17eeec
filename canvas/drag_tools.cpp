#include "canvas/tools.h"

#include "canvas/scene_items.h"
#include "canvas/tool_helpers.h"
#include "ui/tr.h"

#include <QScrollBar>
#include <QUrl>

// Gestures that carry something to a place: nodes of the picture, and what comes from outside.

namespace canvas {

namespace {

constexpr int kEdgeScroll = 28; // from the border of the view a drag scrolls

} // namespace

void scrollAtBorder(CanvasView &view, QPoint at)
{
    const QRect inner = view.viewport()->rect().adjusted(kEdgeScroll, kEdgeScroll, -kEdgeScroll, -kEdgeScroll);
    const int dx = at.x() < inner.left() ? -kEdgeScroll / 2 : at.x() > inner.right() ? kEdgeScroll / 2 : 0;
    const int dy = at.y() < inner.top() ? -kEdgeScroll / 2 : at.y() > inner.bottom() ? kEdgeScroll / 2 : 0;
    if (dx)
        view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() + dx);
    if (dy)
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + dy);
}

void showGap(FlowScene &scene, const DropTarget *target)
{
    const bool between = target && !target->gap.isNull();
    scene.setGap(between ? target->list : -1, between ? int(target->slot.index) : -1);
}

// MoveTool

void MoveTool::press(const PointerEvent &event)
{
    FlowScene &scene = m_view.flowScene();
    const GraphNode &held = scene.graph().nodes[std::size_t(event.hit.node)];
    std::vector<int> nodes{event.hit.node};
    if (held.isTask() && scene.selection().count(held.key))
        nodes = m_view.edits().roots(scene.selectedNodes());
    m_keys.clear();
    for (const int node : nodes)
        m_keys.push_back(scene.graph().nodes[std::size_t(node)].key);
    m_grip = event.scene - scene.rectOf(event.hit.node).topLeft();
    m_from = m_at = event.scene;
    m_byHand = event.modifiers & Qt::AltModifier && held.isTask();
    pictureChanged();
    m_view.viewport()->setCursor(Qt::ClosedHandCursor);
}

bool MoveTool::pictureChanged()
{
    FlowScene &scene = m_view.flowScene();
    std::erase_if(m_keys, [&](const std::string &key) { return scene.graph().byKey(key) < 0; });
    m_nodes.clear();
    for (const std::string &key : m_keys)
        m_nodes.push_back(scene.graph().byKey(key));
    m_chosen = -1;
    m_targets.clear();
    if (m_nodes.empty())
        return false;
    if (!m_byHand)
        m_targets = dropTargets(scene, m_nodes);
    scene.setDragged(Keys(m_keys.begin(), m_keys.end()));
    return true;
}

void MoveTool::choose()
{
    m_chosen = nearestTarget(m_targets, m_at, m_view.lod());
    showGap(m_view.flowScene(), target());
    m_view.viewport()->update();
}

void MoveTool::move(const PointerEvent &event)
{
    const QWidget *window = m_view.window();
    if (!m_byHand && !window->rect().contains(window->mapFromGlobal(event.global)))
        return m_view.dragOut(m_nodes);
    scrollAtBorder(m_view, event.view);
    m_at = event.scene;
    choose();
}

void MoveTool::release(const PointerEvent &event)
{
    m_chosen = nearestTarget(m_targets, event.scene, m_view.lod());
    const std::optional<DropTarget> chosen = m_chosen < 0 ? std::nullopt : std::optional(m_targets[std::size_t(m_chosen)]);
    const std::vector<int> nodes = m_nodes;
    const QPointF by = event.scene - m_from;
    const bool byHand = m_byHand;
    cancel();
    if (byHand) // on the grid of the layout
        m_view.flowScene().moveBy(nodes, QPointF(std::round(by.x() / metrics::kGrid), std::round(by.y() / metrics::kGrid)) * metrics::kGrid);
    else if (chosen)
        m_view.edits().move(nodes, chosen->slot);
}

void MoveTool::cancel()
{
    m_view.flowScene().setDragged({});
    showGap(m_view.flowScene(), nullptr);
    m_keys.clear();
    m_nodes.clear();
    m_targets.clear();
    m_chosen = -1;
}

void MoveTool::paint(QPainter &painter, double lod) const
{
    const FlowScene &scene = m_view.flowScene();
    const Style &style = scene.style();
    paintTargets(painter, scene, m_targets, m_chosen, lod);
    if (m_nodes.empty())
        return;
    const GraphNode &node = scene.graph().nodes[std::size_t(m_nodes.front())];
    const QRectF body = scene.bodyOf(m_nodes.front());
    const QRectF copy(m_at - m_grip, QSizeF(body.width(), std::min(body.height(), metrics::kBody)));
    const QColor accent = style.color("accent");
    painter.save();
    painter.setOpacity(0.8);
    QPen pen(accent, 1.5);
    pen.setDashPattern({3, 2});
    painter.setPen(pen);
    painter.setBrush(style.color("accentSoft"));
    painter.drawRoundedRect(copy, 8, 8);
    const double left = node.isValue() ? 12 : 50;
    if (!node.isValue())
        style.icon(painter, node.look.icon, accent, look::tile(copy).adjusted(5, 5, -5, -5));
    painter.setPen(accent);
    const QString title = m_nodes.size() == 1 ? node.title : Tr::tr("%1 tasks").arg(m_nodes.size());
    style.draw(painter, Style::Text::Title, copy.topLeft() + QPointF(left, copy.height() - 29), style.elidedId(title, copy.width() - left - 10));
    if (m_nodes.size() == 1) {
        style.draw(painter, Style::Text::Type, copy.topLeft() + QPointF(left, copy.height() - 13),
                   style.elided(Style::Text::Type, node.typeLine, Qt::ElideRight, copy.width() - left - 10));
    }
    painter.restore();
    if (m_chosen >= 0)
        paintTarget(painter, style, m_targets[std::size_t(m_chosen)], true);
}

// InsertTool

bool InsertTool::accepts(const QMimeData &data)
{
    return data.hasFormat(QLatin1String(kTaskTypeMime)) || data.hasFormat(QLatin1String(kYamlMime)) || data.hasUrls() || data.hasText();
}

void InsertTool::begin(const QMimeData &data)
{
    m_files.clear();
    m_hit = {};
    if (data.hasFormat(QLatin1String(kTaskTypeMime))) {
        const QByteArray name = data.data(QLatin1String(kTaskTypeMime));
        const flow::TaskCatalog *catalog = m_view.edits().catalog();
        const flow::TaskType *type = catalog ? catalog->find(name.toStdString()) : nullptr;
        m_what = type && type->group == flow::PluginGroup::Trigger ? What::Trigger : type && type->flowable ? What::Group : What::Task;
    } else if (data.hasUrls()) {
        for (const QUrl &url : data.urls())
            m_files << m_view.fileMeaning(url.toLocalFile());
        const bool flows = std::all_of(m_files.begin(), m_files.end(), [](const DroppedFile &file) { return !file.flowId.isEmpty(); });
        m_what = flows ? What::Flow : What::File;
    } else {
        m_what = What::Yaml;
    }
    pictureChanged();
}

bool InsertTool::pictureChanged()
{
    m_targets.clear();
    if (m_what != What::Trigger && m_what != What::File)
        m_targets = dropTargets(m_view.flowScene(), {});
    m_chosen = m_onto = -1;
    return true;
}

bool InsertTool::isOverTarget() const
{
    return m_what == What::Trigger || m_onto >= 0 || m_chosen >= 0;
}

void InsertTool::choose()
{
    FlowScene &scene = m_view.flowScene();
    m_onto = -1;
    const bool onTask = m_hit.onNode() && scene.graph().nodes[std::size_t(m_hit.node)].isTask();
    if (m_what == What::File && onTask)
        m_onto = m_hit.node;
    if (m_what == What::Group && onTask) { // the innermost selected task around the pointer
        for (int node = m_hit.node; node >= 0 && m_onto < 0; node = scene.graph().nodes[std::size_t(node)].owner) {
            if (scene.selection().count(scene.graph().nodes[std::size_t(node)].key))
                m_onto = node;
        }
    }
    m_chosen = m_onto >= 0 ? -1 : nearestTarget(m_targets, m_at, m_view.lod());
    scene.setTarget(m_onto, m_onto >= 0);
    showGap(scene, target());
    m_view.viewport()->update();
}

void InsertTool::move(const PointerEvent &event)
{
    scrollAtBorder(m_view, event.view);
    m_at = event.scene;
    m_hit = event.hit;
    choose();
}

bool InsertTool::drop(const QMimeData &data)
{
    const bool over = isOverTarget();
    const int onto = m_onto;
    const What what = m_what;
    const QList<DroppedFile> files = m_files;
    const flow::edits::Slot slot = m_chosen < 0 ? m_view.slotAtEnd() : m_targets[std::size_t(m_chosen)].slot;
    cancel();
    if (!over)
        return false;
    CanvasEdits &edits = m_view.edits();
    switch (what) {
    case What::Group:
        if (onto >= 0)
            return edits.wrap(m_view.flowScene().selectedNodes(), QString::fromUtf8(data.data(QLatin1String(kTaskTypeMime))));
        [[fallthrough]];
    case What::Task:
    case What::Trigger: return edits.addType(slot, QString::fromUtf8(data.data(QLatin1String(kTaskTypeMime))));
    case What::Yaml: {
        const QLatin1String mime(kYamlMime);
        return edits.addYaml(slot, data.hasFormat(mime) ? QString::fromUtf8(data.data(mime)) : data.text());
    }
    case What::Flow: return m_view.addFlows(files, slot);
    case What::File: return m_view.addInputFiles(files, onto);
    }
    return false;
}

void InsertTool::cancel()
{
    m_view.flowScene().setTarget(-1, false);
    showGap(m_view.flowScene(), nullptr);
    m_targets.clear();
    m_chosen = m_onto = -1;
    m_view.viewport()->update();
}

void InsertTool::paint(QPainter &painter, double lod) const
{
    const FlowScene &scene = m_view.flowScene();
    const Style &style = scene.style();
    if (m_what == What::Trigger) { // around the section it goes into, or where that will be
        const int list = scene.graph().sectionList(Section::Triggers);
        QRectF around(scene.picture().bounds.left(), scene.picture().bounds.top() - 36, 268, 28);
        for (std::size_t i = 0; list >= 0 && i < scene.graph().sections.size(); ++i) {
            if (scene.graph().sections[i] == list)
                around = scene.picture().headings[i];
        }
        for (std::size_t i = 0; list >= 0 && i < scene.graph().lists[std::size_t(list)].nodes.size(); ++i)
            around |= scene.rectOf(scene.graph().lists[std::size_t(list)].nodes[i]);
        QPen pen(style.color("accent"), 2);
        pen.setDashPattern({4, 3});
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(pen);
        painter.setBrush(list < 0 ? QBrush(style.color("accentSoft")) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(around.adjusted(-6, -4, 6, 6), 8, 8);
        painter.setPen(style.color("accent"));
        if (list < 0)
            style.draw(painter, Style::Text::Heading, around.topLeft() + QPointF(8, 18), sectionTitle(Section::Triggers));
        return;
    }
    paintTargets(painter, scene, m_targets, m_chosen, lod);
    if (m_chosen >= 0)
        paintTarget(painter, style, m_targets[std::size_t(m_chosen)], true);
    if (m_what == What::Group && m_onto >= 0) { // around all that it would hold
        QRectF around;
        for (const int node : scene.selectedNodes())
            around |= scene.isShown(node) ? scene.rectOf(node) : QRectF();
        QPen pen(style.color("accent"), 2);
        pen.setDashPattern({4, 3});
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(around.adjusted(-12, -12, 12, 12), 10, 10);
    }
}

} // namespace canvas
