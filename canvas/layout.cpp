#include "canvas/layout.h"

#include "canvas/dag_routes.h"

#include <algorithm>
#include <cmath>

namespace canvas {

using namespace metrics;

namespace {

constexpr double kStraight = 0.5; ///< below, one end stands under the other

double snap(double value)
{
    return std::ceil(value / kGrid - 1e-6) * kGrid;
}

/// A width whose half is on the grid, so that what is centred in it is too.
double snapWidth(double value)
{
    return std::ceil(value / (2 * kGrid) - 1e-6) * 2 * kGrid;
}

bool isAside(flow::ListKind kind)
{
    return kind == flow::ListKind::Errors || kind == flow::ListKind::Finally;
}

/// Measures from the leaves up, then places from the root down. Offsets are relative to the top left
/// of the container (of a section: to its top middle).
class Placer
{
public:
    Placer(const LayoutRequest &request, const DagPlacer &dags) : m_request(request), m_dags(dags)
    {
        m_size.resize(request.boxes.size());
        m_offset.resize(request.boxes.size());
        m_listSize.resize(request.lists.size());
        m_listOffset.resize(request.lists.size());
        m_dagOf.resize(request.lists.size(), -1);
        m_result.boxes.resize(request.boxes.size());
        m_result.places.resize(request.lists.size());
        m_result.labels.resize(request.lists.size());
        m_result.headings.resize(request.sections.size());
        m_result.edges.reserve(request.boxes.size() + request.lists.size());
    }

    std::optional<LayoutResult> run()
    {
        placeSections();
        if (m_missing)
            return std::nullopt;
        return std::move(m_result);
    }

private:
    // Measuring

    QSizeF measureBox(int index)
    {
        const LayoutBox &box = m_request.boxes[index];
        QSizeF size(box.width, box.body + box.note);
        if (box.open)
            size = measureContainer(index);
        return m_size[index] = size;
    }

    QSizeF measureContainer(int index)
    {
        const LayoutBox &box = m_request.boxes[index];
        const double top = box.note + kHeader;
        bool labelled = false;
        double width = 0, height = 0;
        int columns = 0;
        for (const int list : box.lists()) {
            if (isAside(m_request.lists[list].kind))
                continue;
            const QSizeF size = measureList(list);
            labelled = labelled || m_request.lists[list].label > 0;
            width += size.width() + (columns++ ? kBranchGap : 0);
            height = std::max(height, size.height());
        }
        const double first = labelled ? kFirstLabelledRow : kFirstRow;
        double asideWidth = 0, asideHeight = 0;
        int asides = 0;
        for (const int list : box.lists()) {
            if (!isAside(m_request.lists[list].kind))
                continue;
            const QSizeF size = measureList(list);
            asideWidth += size.width() + (asides++ ? kBranchGap : 0);
            asideHeight = std::max(asideHeight, size.height());
        }
        const double inner = std::max({width, asideWidth, box.width - 2 * kPadding});
        double x = kPadding + snap((inner - width) / 2);
        for (const int list : box.lists()) {
            if (isAside(m_request.lists[list].kind))
                continue;
            m_listOffset[list] = QPointF(x, top + first);
            x += m_listSize[list].width() + kBranchGap;
        }
        double bottom = top + first + height;
        if (columns == 0)
            bottom = top + kPadding;
        if (asides) {
            bottom += kRowGap;
            x = kPadding;
            for (const int list : box.lists()) {
                if (!isAside(m_request.lists[list].kind))
                    continue;
                m_listOffset[list] = QPointF(x, bottom + kHeading + kHeadingBelow);
                x += m_listSize[list].width() + kBranchGap;
            }
            bottom += kHeading + kHeadingBelow + asideHeight;
        }
        return QSizeF(snapWidth(inner + 2 * kPadding), bottom + kPadding);
    }

    QSizeF measureList(int index, double minimum = 0)
    {
        const LayoutList &list = m_request.lists[index];
        QSizeF size(std::max(minimum, snapWidth(list.label)), 0);
        if (list.boxes.empty()) {
            size = QSizeF(std::max(size.width(), kMinNode), kBody);
        } else if (list.flowing == Flowing::Parallel) {
            double note = 0, width = 0, height = 0;
            for (const int box : list.boxes) {
                measureBox(box);
                note = std::max(note, m_request.boxes[box].note);
            }
            for (const int box : list.boxes) {
                const double top = note - m_request.boxes[box].note; // the bodies stand in one row
                width += width > 0 ? kBranchGap : 0;
                m_offset[box] = QPointF(width, top);
                width += m_size[box].width();
                height = std::max(height, top + m_size[box].height());
            }
            const double shift = snap(std::max(0.0, size.width() - width) / 2);
            for (const int box : list.boxes)
                m_offset[box].rx() += shift;
            size = QSizeF(std::max(size.width(), width), height);
        } else if (list.flowing == Flowing::Dag) {
            size = measureDag(index);
        } else {
            for (const int box : list.boxes)
                size.setWidth(std::max(size.width(), measureBox(box).width()));
            double y = 0;
            for (const int box : list.boxes) {
                m_offset[box] = QPointF((size.width() - m_size[box].width()) / 2, y);
                y += m_size[box].height() + kRowGap;
            }
            size.setHeight(y - kRowGap);
        }
        return m_listSize[index] = moved(list, size);
    }

    /// Boxes placed by hand leave their places; inside of a container the list grows around them.
    QSizeF moved(const LayoutList &list, QSizeF size)
    {
        if (m_request.shifts.empty())
            return size;
        QRectF around(QPointF(), size);
        bool any = false;
        for (const int box : list.boxes) {
            const QPointF shift = shiftOf(box);
            any = any || !shift.isNull();
            m_offset[box] += shift;
            around |= QRectF(m_offset[box], m_size[box]);
        }
        if (!any || list.owner < 0)
            return size;
        for (const int box : list.boxes)
            m_offset[box] -= around.topLeft();
        return {snapWidth(around.width()), snap(around.height())};
    }

    QPointF shiftOf(int box) const
    {
        const auto it = m_request.shifts.find(box);
        return it == m_request.shifts.end() ? QPointF() : it->second;
    }

    QSizeF measureDag(int index)
    {
        const LayoutList &list = m_request.lists[index];
        Dag dag;
        for (const int box : list.boxes)
            dag.request.sizes.push_back(measureBox(box));
        dag.request.edges = list.waits;
        const std::optional<DagPlacement> placement =
            m_missing ? std::nullopt : m_dags(toDot(dag.request), dag.request);
        if (!placement) {
            m_missing = true;
            return {};
        }
        dag.drawing = routeDag(dag.request, *placement);
        for (std::size_t i = 0; i < list.boxes.size(); ++i)
            m_offset[list.boxes[i]] = dag.drawing.places[i];
        const QSizeF size = dag.drawing.size;
        m_dagOf[index] = int(m_dagList.size());
        m_dagList.push_back(std::move(dag));
        return size;
    }

    // Placing

    void placeSections()
    {
        double tops = 0; // height of triggers and inputs, above y = 0
        std::vector<int> upper, lower;
        int tasks = -1, outputs = -1;
        for (std::size_t i = 0; i < m_request.sections.size(); ++i) {
            const Section section = m_request.sections[i].section;
            if (section == Section::Tasks)
                tasks = int(i);
            else if (section == Section::Outputs)
                outputs = int(i);
            else
                (section < Section::Tasks ? upper : lower).push_back(int(i));
        }
        const double left = -kPage / 2;
        const double half = upper.size() > 1 ? (kPage - kHalfGap) / 2 : kPage;
        for (std::size_t i = 0; i < upper.size(); ++i)
            tops = std::max(tops, placeItems(upper[i], left + double(i) * (half + kHalfGap), half));
        for (const int section : upper)
            shiftSection(section, -tops - kSectionGap);
        double bottom = 0;
        if (tasks >= 0) {
            const int list = m_request.sections[tasks].list;
            m_result.headings[tasks] = QRectF(left, 0, kPage, kHeading);
            const QSizeF size = measureList(list, kMinColumn);
            if (m_missing)
                return;
            placeList(list, QPointF(-size.width() / 2, kHeading + kTasksBelow));
            bottom = kHeading + kTasksBelow + size.height();
        }
        double x = left, lowest = bottom;
        for (const int section : lower) {
            const int list = m_request.sections[section].list;
            const QSizeF size = measureList(list, kMinSection);
            if (m_missing)
                return;
            const double top = bottom + (tasks >= 0 ? kSectionGap : 0);
            m_result.headings[section] = QRectF(x, top, size.width(), kHeading);
            placeList(list, QPointF(x, top + kHeading + kHeadingBelow));
            x += size.width() + kBranchGap;
            lowest = std::max(lowest, top + kHeading + kHeadingBelow + size.height());
        }
        if (outputs >= 0) {
            placeItems(outputs, left, kPage);
            shiftSection(outputs, std::max(bottom, lowest) + kSectionGap);
        }
        for (const QRectF &rect : m_result.boxes)
            m_result.bounds |= rect;
        for (const QRectF &rect : m_result.places)
            m_result.bounds |= rect;
        for (const QRectF &rect : m_result.headings)
            m_result.bounds |= rect;
    }

    /// Triggers or inputs as a grid below their heading at y = 0. Gives the height.
    double placeItems(int section, double left, double width)
    {
        const LayoutList &list = m_request.lists[m_request.sections[section].list];
        m_result.headings[section] = QRectF(left, 0, width, kHeading);
        double natural = kMinItem;
        for (const int box : list.boxes)
            natural = std::max(natural, m_request.boxes[box].width);
        const double least = std::min(natural, width);
        int columns = std::max(1, int((width + kItemGap) / (least + kItemGap)));
        columns = std::min<int>(columns, int(list.boxes.size()));
        const double each = std::floor(std::min(kMaxNode, (width - kItemGap * (columns - 1)) / columns));
        double y = kHeading + kHeadingBelow, row = 0;
        const std::size_t count = list.boxes.size();
        for (std::size_t first = 0; first < count; first += std::size_t(columns)) { // the bodies of a row stand side by side
            y += first ? row + kItemGap : 0;
            const std::size_t end = std::min(count, first + std::size_t(columns));
            double note = 0;
            for (std::size_t i = first; i < end; ++i)
                note = std::max(note, m_request.boxes[list.boxes[i]].note);
            row = 0;
            for (std::size_t i = first; i < end; ++i) {
                const LayoutBox &box = m_request.boxes[list.boxes[i]];
                m_result.boxes[list.boxes[i]] = QRectF(left + double(i - first) * (each + kItemGap), y + note - box.note, each, box.body + box.note);
                row = std::max(row, note + box.body);
            }
        }
        return y + row;
    }

    void shiftSection(int section, double dy)
    {
        m_result.headings[section].translate(0, dy);
        for (const int box : m_request.lists[m_request.sections[section].list].boxes)
            m_result.boxes[box].translate(0, dy);
    }

    void placeBox(int index, QPointF at)
    {
        const LayoutBox &box = m_request.boxes[index];
        m_result.boxes[index] = QRectF(at, m_size[index]);
        if (!box.open)
            return;
        for (const int list : box.lists()) {
            placeList(list, at + m_listOffset[list]);
            if (isAside(m_request.lists[list].kind)) {
                m_result.labels[list] = QRectF(at + m_listOffset[list] - QPointF(0, kHeading + kHeadingBelow),
                                               QSizeF(m_request.lists[list].label, kHeading));
            }
        }
        addBranches(index);
    }

    void placeList(int index, QPointF at)
    {
        const LayoutList &list = m_request.lists[index];
        if (list.boxes.empty()) {
            m_result.places[index] = QRectF(at, m_listSize[index]);
            return;
        }
        for (const int box : list.boxes)
            placeBox(box, at + m_offset[box]);
        if (list.flowing == Flowing::Sequence) {
            for (std::size_t i = 1; i < list.boxes.size(); ++i) {
                const QRectF &above = m_result.boxes[list.boxes[i - 1]], &below = m_result.boxes[list.boxes[i]];
                const QPointF from(above.center().x(), above.bottom()), to(below.center().x(), below.top());
                m_result.edges.push_back({EdgeKind::Sequence, list.boxes[i - 1], list.boxes[i], index, int(i), from, to, (from.y() + to.y()) / 2, {}});
            }
        } else if (list.flowing == Flowing::Dag) {
            const Dag &dag = m_dagList[m_dagOf[index]];
            const QPointF grown = m_offset[list.boxes.front()] - shiftOf(list.boxes.front()) - dag.drawing.places.front();
            for (std::size_t i = 0; i < dag.request.edges.size(); ++i) {
                const auto [first, second] = dag.request.edges[i];
                const int a = list.boxes[first], b = list.boxes[second];
                const QRectF &above = m_result.boxes[a], &below = m_result.boxes[b];
                const QPointF from(above.center().x(), above.bottom()), to(below.center().x(), below.top());
                const bool moved = !shiftOf(a).isNull() || !shiftOf(b).isNull(); // its way was made for other places
                m_result.edges.push_back({EdgeKind::Dependency, a, b, index, second, from, to, (from.y() + to.y()) / 2,
                                          moved ? QPolygonF() : dag.drawing.edges[i].translated(at + grown)});
            }
        }
    }

    /// The lines from the header of an open container to what starts in it.
    void addBranches(int container)
    {
        const LayoutBox &box = m_request.boxes[container];
        const QRectF &rect = m_result.boxes[container];
        bool labelled = false;
        for (const int list : box.lists())
            labelled = labelled || (m_request.lists[list].label > 0 && !isAside(m_request.lists[list].kind));
        const double header = rect.top() + box.note + kHeader;
        const double bar = header + (labelled ? kLabelledBar : kBar);
        const QPointF from(rect.center().x(), header);
        for (const int index : box.lists()) {
            const LayoutList &list = m_request.lists[index];
            if (isAside(list.kind))
                continue;
            const auto branch = [&](QPointF to, int target, int place) {
                m_result.edges.push_back({EdgeKind::Branch, container, target, index, place, from, to, bar, {}});
            };
            const auto top = [&](int target) {
                const QRectF &child = m_result.boxes[target];
                return QPointF(child.center().x(), child.top());
            };
            if (list.boxes.empty()) {
                const QRectF &slot = m_result.places[index];
                branch(QPointF(slot.center().x(), slot.top()), -1, 0);
            } else if (list.flowing == Flowing::Sequence) {
                branch(top(list.boxes.front()), list.boxes.front(), 0);
            } else {
                for (std::size_t i = 0; i < list.boxes.size(); ++i) {
                    const bool root = list.flowing == Flowing::Parallel
                                      || !m_dagList[m_dagOf[index]].drawing.waits[i];
                    if (root)
                        branch(top(list.boxes[i]), list.boxes[i], int(i));
                }
            }
            if (list.label > 0) {
                const QPointF middle = m_result.edges.back().end;
                m_result.labels[index] = QRectF(middle.x() - list.label / 2, header + kLabelCentre - kLabelHeight / 2,
                                                list.label, kLabelHeight);
            }
        }
    }

    struct Dag
    {
        DagRequest request;
        DagDrawing drawing;
    };

    const LayoutRequest &m_request;
    const DagPlacer &m_dags;
    std::vector<QSizeF> m_size;        // of boxes
    std::vector<QPointF> m_offset;     // of boxes in their list
    std::vector<QSizeF> m_listSize;
    std::vector<QPointF> m_listOffset; // of lists in their container
    std::vector<int> m_dagOf;          // of lists: place in m_dagList
    std::vector<Dag> m_dagList;
    LayoutResult m_result;
    bool m_missing = false;
};

} // namespace

QPolygonF LayoutEdge::points() const
{
    if (!route.isEmpty())
        return route;
    if (std::abs(begin.x() - end.x()) < kStraight)
        return {begin, end};
    return {begin, QPointF(begin.x(), bend), QPointF(end.x(), bend), end};
}

QRectF LayoutEdge::bounds() const
{
    if (!route.isEmpty())
        return route.boundingRect();
    QRectF rect = QRectF(begin, end).normalized();
    if (std::abs(begin.x() - end.x()) >= kStraight) {
        rect.setTop(std::min(rect.top(), bend));
        rect.setBottom(std::max(rect.bottom(), bend));
    }
    return rect;
}

std::optional<LayoutResult> layout(const LayoutRequest &request, const DagPlacer &placer)
{
    return Placer(request, placer).run();
}

} // namespace canvas
