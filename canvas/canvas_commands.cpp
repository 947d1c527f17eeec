#include "canvas/canvas_view.h"

#include "canvas/inline_editor.h"
#include "canvas/key_help.h"
#include "canvas/lost_list.h"
#include "canvas/tools.h"
#include "ui/tr.h"

#include <QApplication>
#include <QClipboard>
#include <QDrag>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

// What keys, menus and buttons do with the selection: clipboard, edits, fields over nodes.

namespace canvas {

namespace {

QMimeData *asMime(const QString &yaml)
{
    auto *data = new QMimeData;
    data->setText(yaml);
    data->setData(QLatin1String(kYamlMime), yaml.toUtf8());
    return data;
}

} // namespace

std::vector<int> CanvasView::subjects() const
{
    std::vector<int> nodes = m_scene.selectedNodes();
    if (nodes.empty() && m_scene.current() >= 0)
        nodes.push_back(m_scene.current());
    return nodes;
}

void CanvasView::copy()
{
    const std::vector<int> nodes = subjects();
    if (nodes.empty())
        return;
    QApplication::clipboard()->setMimeData(asMime(m_edits.yamlOf(nodes)));
}

/// The held nodes leave the window: they go as text to another one, or to another program.
void CanvasView::dragOut(const std::vector<int> &nodes)
{
    auto *drag = new QDrag(this);
    drag->setMimeData(asMime(m_edits.yamlOf(nodes)));
    endTool();
    drag->exec(Qt::CopyAction);
}

void CanvasView::cut()
{
    copy();
    removeSelected();
}

DroppedFile CanvasView::fileMeaning(const QString &path) const
{
    return m_neighbours ? m_neighbours->meaningOf(path) : DroppedFile{{}, {}, QFileInfo(path).fileName(), {}};
}

void CanvasView::setNeighbours(Neighbours *neighbours)
{
    m_neighbours = neighbours;
    m_edits.setNeighbours(neighbours);
    m_scene.setCalledFlow([this](const QString &space, const QString &id) { return m_neighbours ? m_neighbours->calledFlow(space, id) : flow::Snapshot(); });
}

void CanvasView::paste()
{
    const QMimeData *data = QApplication::clipboard()->mimeData();
    if (!data)
        return;
    const bool tasks = data->hasFormat(QLatin1String(kYamlMime));
    if (!tasks && data->hasUrls()) { // copied in the project tree or a file manager
        QList<DroppedFile> flows, files;
        for (const QUrl &url : data->urls()) {
            const DroppedFile file = fileMeaning(url.toLocalFile());
            (file.flowId.isEmpty() ? files : flows) << file;
        }
        if (!flows.isEmpty())
            addFlows(flows, slotAtCurrent(false));
        if (!files.isEmpty())
            addInputFiles(files, m_scene.current());
        return;
    }
    const QString yaml = tasks ? QString::fromUtf8(data->data(QLatin1String(kYamlMime))) : data->text();
    if (!yaml.trimmed().isEmpty())
        m_edits.addYaml(slotAtCurrent(false), yaml);
}

bool CanvasView::addFlows(const QList<DroppedFile> &flows, const flow::edits::Slot &slot)
{
    bool all = true;
    for (auto file = flows.rbegin(); file != flows.rend(); ++file) // each before the one added last
        all = m_edits.addSubflow(slot, file->namespaceId, file->flowId) && all;
    return all;
}

bool CanvasView::addInputFiles(const QList<DroppedFile> &files, int node)
{
    if (node < 0 || !m_scene.graph().nodes[std::size_t(node)].isTask()) {
        emit editRefused({flow::ErrorCode::NotATask, {}, {}});
        return false;
    }
    const std::string key = m_scene.graph().nodes[std::size_t(node)].key;
    bool all = true;
    for (const DroppedFile &file : files) {
        const int now = m_scene.graph().byKey(key);
        if (file.source.isEmpty()) {
            emit fileRefused(file.name);
            all = false;
            continue;
        }
        all = now >= 0 && m_edits.addInputFile(now, file.name, file.source) && all;
    }
    return all;
}

void CanvasView::removeSelected()
{
    if (const int edge = m_scene.selectedEdge(); edge >= 0) {
        const LayoutEdge data = m_scene.picture().edges[std::size_t(edge)];
        if (data.kind == EdgeKind::Dependency)
            m_edits.disconnectTasks(data.from, data.to);
        return;
    }
    const std::vector<int> nodes = subjects();
    const std::vector<LostReference> lost = m_edits.isReadOnly() ? std::vector<LostReference>() : m_edits.lostReferences(nodes);
    if (lost.empty()) {
        m_edits.remove(subjects());
        return;
    }
    Keys keys;
    for (const int node : subjects())
        keys.insert(m_scene.graph().nodes[std::size_t(node)].key);
    m_lostList->ask(lost, [this, keys] {
        std::vector<int> still;
        for (const std::string &key : keys) {
            if (const int node = m_scene.graph().byKey(key); node >= 0)
                still.push_back(node);
        }
        m_edits.remove(still);
    });
}

void CanvasView::duplicateSelected()
{
    m_edits.duplicate(subjects());
}

void CanvasView::toggleDisabled()
{
    const std::vector<int> nodes = subjects();
    const bool all = std::all_of(nodes.begin(), nodes.end(), [&](int node) { return m_scene.graph().nodes[std::size_t(node)].disabled; });
    if (!nodes.empty())
        m_edits.setDisabled(nodes, !all);
}

void CanvasView::selectAll()
{
    Keys keys;
    for (std::size_t i = 0; i < m_scene.graph().nodes.size(); ++i) {
        if (m_scene.graph().nodes[i].kind == NodeKind::Task && m_scene.isShown(int(i)))
            keys.insert(m_scene.graph().nodes[i].key);
    }
    select(keys);
}

void CanvasView::addType(const QString &type)
{
    m_edits.addType(slotAtCurrent(false), type);
}

void CanvasView::openQuickInsert(const flow::edits::Slot &slot, QPointF at)
{
    openList(slot.list == "triggers" ? Offer::Triggers : slot.list == "inputs" || slot.list == "outputs" ? Offer::Values : Offer::Tasks, slot, at);
}

void CanvasView::openList(Offer offer, const flow::edits::Slot &slot, QPointF at)
{
    if (m_edits.isReadOnly()) {
        emit editRefused({flow::ErrorCode::ReadOnly, {}, {}});
        return;
    }
    m_insertOf = m_scene.snapshot();
    m_quickInsert->open(offer, slot, mapFromScene(at));
}

void CanvasView::addTrigger()
{
    openList(Offer::Triggers, {"triggers", m_scene.snapshot().flow ? m_scene.snapshot().flow->triggers.size() : 0}, currentPoint());
}

void CanvasView::addInput()
{
    openList(Offer::Values, {"inputs", m_scene.snapshot().flow ? m_scene.snapshot().flow->inputs.size() : 0}, currentPoint());
}

void CanvasView::addOutput()
{
    openList(Offer::Values, {"outputs", m_scene.snapshot().flow ? m_scene.snapshot().flow->outputs.size() : 0}, currentPoint());
}

// Groups, order, arrows

void CanvasView::wrapSelected()
{
    if (m_edits.roots(subjects()).empty())
        emit editRefused({flow::ErrorCode::NotATask, {}, {}});
    else
        openList(Offer::Groups, slotAtCurrent(false), currentPoint());
}

void CanvasView::unwrapCurrent()
{
    if (m_scene.current() >= 0)
        m_edits.unwrap(m_scene.current());
}

void CanvasView::extractSelected()
{
    const std::vector<int> nodes = m_edits.roots(subjects());
    if (nodes.empty() || m_edits.isReadOnly()) {
        emit editRefused({nodes.empty() ? flow::ErrorCode::NotATask : flow::ErrorCode::ReadOnly, {}, {}});
        return;
    }
    Keys keys;
    for (const int node : nodes)
        keys.insert(m_scene.graph().nodes[std::size_t(node)].key);
    const QRectF head = m_scene.headOf(nodes.front());
    QRect where = mapFromScene(QRectF(head.left() + 44, head.top() + 5, std::max(96.0, head.width() - 56), 26)).boundingRect();
    where.setSize(where.size().expandedTo(QSize(160, 26)));
    const QString proposal = m_scene.graph().title + QLatin1Char('_') + m_scene.graph().nodes[std::size_t(nodes.front())].title;
    m_inlineEditor->open(where, proposal, Tr::tr("Id of the new flow"), false, m_scene.style().theme().font(13, QFont::DemiBold),
                         [this, keys](const QString &id) {
                             std::vector<int> still;
                             for (const std::string &key : keys) {
                                 if (const int node = m_scene.graph().byKey(key); node >= 0)
                                     still.push_back(node);
                             }
                             m_edits.extract(still, id);
                         }, true);
}

void CanvasView::inlineCurrent()
{
    if (m_scene.current() >= 0)
        m_edits.inlineFlow(m_scene.current());
}

void CanvasView::foldCurrent()
{
    const int current = m_scene.current();
    if (current < 0)
        return;
    const GraphNode &data = m_scene.graph().nodes[std::size_t(current)];
    if (data.container)
        m_scene.setCollapsed(current, !m_scene.isCollapsed(current));
    else if (data.subflow && !m_scene.setUnfolded(current, !m_scene.isUnfolded(current)))
        emit editRefused({flow::ErrorCode::NoSuchFlow, {data.calledFlow.toStdString()}, {}});
}

void CanvasView::takeBackSelected()
{
    m_scene.takeBack(subjects());
}

void CanvasView::convertCurrent()
{
    static const QStringList circle{QStringLiteral("Sequential"), QStringLiteral("Parallel"), QStringLiteral("Dag")};
    const int current = m_scene.current();
    if (current < 0)
        return;
    const qsizetype now = circle.indexOf(ui::className(m_scene.graph().nodes[std::size_t(current)].type));
    const QString next = circle[(now + 1) % circle.size()]; // of another type: the edit says why not
    m_edits.convert(current, QStringLiteral("io.kestra.plugin.core.flow.") + next);
}

void CanvasView::moveUp()
{
    if (m_scene.current() >= 0)
        m_edits.shift(m_scene.current(), -1);
}

void CanvasView::moveDown()
{
    if (m_scene.current() >= 0)
        m_edits.shift(m_scene.current(), 1);
}

void CanvasView::moveOut()
{
    if (m_scene.current() >= 0)
        m_edits.moveOut(m_scene.current());
}

void CanvasView::moveIn()
{
    if (m_scene.current() >= 0)
        m_edits.moveIn(m_scene.current());
}

void CanvasView::startConnecting()
{
    if (m_edits.isReadOnly()) {
        emit editRefused({flow::ErrorCode::ReadOnly, {}, {}});
        return;
    }
    const int current = m_scene.current();
    const int edge = m_scene.selectedEdge();
    if (edge >= 0 && m_scene.picture().edges[std::size_t(edge)].kind == EdgeKind::Dependency) {
        const LayoutEdge data = m_scene.picture().edges[std::size_t(edge)];
        const bool fromFixed = current != data.to; // the end that is not the current task moves
        m_connectTool->begin(fromFixed ? data.from : data.to, fromFixed, data.from, data.to);
    } else if (current >= 0 && m_scene.graph().nodes[std::size_t(current)].inDag) {
        m_connectTool->begin(current, true);
    } else {
        if (current >= 0)
            emit editRefused({flow::ErrorCode::NotInDag, {m_scene.graph().nodes[std::size_t(current)].id}, {}});
        return;
    }
    m_scene.setSelectedEdge(-1);
    m_tool = m_connectTool.get();
    viewport()->update();
}

void CanvasView::selectNextArrow(int step)
{
    const int current = m_scene.current();
    std::vector<int> arrows;
    const std::vector<LayoutEdge> &edges = m_scene.picture().edges;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (current >= 0 && edges[i].kind == EdgeKind::Dependency && (edges[i].from == current || edges[i].to == current))
            arrows.push_back(int(i));
    }
    if (arrows.empty())
        return;
    const auto at = std::find(arrows.begin(), arrows.end(), m_scene.selectedEdge());
    const int count = int(arrows.size());
    const int next = at == arrows.end() ? (step > 0 ? 0 : count - 1) : (int(at - arrows.begin()) + step + count) % count;
    m_scene.setSelectedEdge(arrows[std::size_t(next)]);
}

// Fields over nodes

void CanvasView::startRename(int node)
{
    const GraphNode &data = m_scene.graph().nodes[std::size_t(node)];
    if (data.broken) {
        emit editRefused({flow::ErrorCode::BrokenText, {data.typeLine.toStdString()}, {}});
        return;
    }
    const QRectF head = m_scene.headOf(node);
    const double left = data.container ? 50 : data.isValue() ? 6 : 44;
    const QRectF field(head.left() + left, head.top() + (data.container ? 3 : 5), std::max(96.0, head.width() - left - 12), 26);
    QRect where = mapFromScene(field).boundingRect();
    where.setHeight(std::max(26, where.height()));
    where.setWidth(std::max(96, where.width()));
    const std::string key = data.key;
    m_inlineEditor->open(where, QString::fromStdString(data.id), Tr::tr("Id of %1").arg(data.title), false,
                         m_scene.style().theme().font(13, QFont::DemiBold), [this, key](const QString &id) {
                             if (const int now = m_scene.graph().byKey(key); now >= 0)
                                 m_edits.rename(now, id);
                         });
}

void CanvasView::startNote(int node)
{
    const GraphNode &data = m_scene.graph().nodes[std::size_t(node)];
    const QRectF rect = m_scene.rectOf(node);
    const double height = std::max(look::kNote + look::kNoteLine * 2, m_scene.noteOf(node) + look::kNoteLine);
    QRect where = mapFromScene(QRectF(rect.left(), m_scene.bodyOf(node).top() - height, std::max(160.0, rect.width()), height))
                      .boundingRect();
    where.setHeight(std::max(56, where.height()));
    const std::string key = data.key;
    m_inlineEditor->open(where, data.note, Tr::tr("Note of %1").arg(data.title), true, m_scene.style().theme().font(12),
                         [this, key](const QString &note) {
                             if (const int now = m_scene.graph().byKey(key); now >= 0)
                                 m_edits.setNote(now, note);
                         });
}

void CanvasView::showHelp()
{
    auto *help = new KeyHelp(this, m_scene.style().theme());
    help->open();
    connect(help, &QObject::destroyed, this, [this] { setFocus(Qt::OtherFocusReason); });
}

} // namespace canvas
