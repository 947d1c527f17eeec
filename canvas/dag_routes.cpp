#include "canvas/dag_routes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace canvas {

namespace {

constexpr double kTrack = 6;      // between two lines in one gap of rows
constexpr double kArrowRoom = 14; // below the lowest track, so that the head stands free
constexpr double kBoxRoom = 8;    // between a line and the boxes it passes

double snap(double value)
{
    return std::round(value / metrics::kGrid) * metrics::kGrid;
}

struct Row
{
    double centre = 0; // as placed by Graphviz
    std::vector<int> boxes;
    double top = 0;
    double height = 0;
    std::vector<std::pair<double, int>> tracks; // in the gap below: source, track
    int trackCount = 0;
};

/// x of a curve where it crosses a height; the curve is given as corners from top to bottom.
double crossing(const QPolygonF &route, double y, double otherwise)
{
    for (qsizetype i = 1; i < route.size(); ++i) {
        const QPointF a = route[i - 1], b = route[i];
        if ((a.y() <= y && y <= b.y()) || (b.y() <= y && y <= a.y())) {
            const double span = b.y() - a.y();
            return std::abs(span) < 1e-6 ? a.x() : a.x() + (b.x() - a.x()) * (y - a.y()) / span;
        }
    }
    return otherwise;
}

/// The nearest x at which a line passes the boxes of a row, which are sorted from left to right.
double freeAt(double x, const Row &row, const std::vector<QRectF> &boxes)
{
    const auto hit = [&](double at) {
        return std::find_if(row.boxes.begin(), row.boxes.end(), [&](int box) {
            return boxes[box].left() - kBoxRoom < at && at < boxes[box].right() + kBoxRoom;
        });
    };
    const auto first = hit(x);
    if (first == row.boxes.end())
        return x;
    double left = boxes[*first].left() - kBoxRoom, right = boxes[*first].right() + kBoxRoom;
    for (auto it = hit(left); it != row.boxes.end(); it = hit(left))
        left = boxes[*it].left() - kBoxRoom;
    for (auto it = hit(right); it != row.boxes.end(); it = hit(right))
        right = boxes[*it].right() + kBoxRoom;
    return x - left <= right - x ? left : right;
}

std::vector<Row> rowsOf(const DagPlacement &placement, std::size_t count)
{
    std::vector<int> order(count);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return placement.centres[a].y() < placement.centres[b].y() - 0.5;
    });
    std::vector<Row> rows;
    for (const int box : order) {
        if (rows.empty() || placement.centres[box].y() > rows.back().centre + 1) {
            rows.emplace_back();
            rows.back().centre = placement.centres[box].y();
        }
        rows.back().boxes.push_back(box);
    }
    for (Row &row : rows) {
        std::stable_sort(row.boxes.begin(), row.boxes.end(), [&](int a, int b) {
            return placement.centres[a].x() < placement.centres[b].x();
        });
    }
    return rows;
}

} // namespace

DagDrawing routeDag(const DagRequest &dag, const DagPlacement &placement)
{
    DagDrawing drawing;
    const std::size_t count = dag.sizes.size();
    std::vector<Row> rows = rowsOf(placement, count);
    std::vector<int> rowOf(count);
    std::vector<QRectF> boxes(count);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        double right = -1e9;
        for (const int box : rows[r].boxes) {
            rowOf[box] = int(r);
            const double wished = snap(placement.centres[box].x() - dag.sizes[box].width() / 2);
            const double x = std::max(wished, right + metrics::kBranchGap);
            boxes[box] = QRectF(QPointF(x, 0), dag.sizes[box]);
            right = boxes[box].right();
            rows[r].height = std::max(rows[r].height, dag.sizes[box].height());
        }
    }

    // The x of each arrow in the rows between its ends.
    drawing.waits.assign(count, false);
    std::vector<std::vector<double>> through(dag.edges.size());
    for (std::size_t e = 0; e < dag.edges.size(); ++e) {
        const auto [from, to] = dag.edges[e];
        drawing.waits[to] = true;
        for (int r = rowOf[from] + 1; r < rowOf[to]; ++r) {
            const QPolygonF route = e < placement.routes.size() ? placement.routes[e] : QPolygonF();
            const double straight = boxes[to].center().x();
            through[e].push_back(freeAt(snap(crossing(route, rows[r].centre, straight)), rows[r], boxes));
        }
    }

    // Sideways runs: lines from one source share a track, others get their own where they overlap.
    struct Run
    {
        int source;
        double left, right;
    };
    std::vector<std::vector<Run>> runs(rows.size());
    const auto passage = [&](std::size_t e, int row) { // x at which arrow e enters the gap below `row`
        const int first = rowOf[dag.edges[e].first];
        return row == first ? boxes[dag.edges[e].first].center().x() : through[e][row - first - 1];
    };
    const auto leaving = [&](std::size_t e, int row) { // and leaves it
        const int first = rowOf[dag.edges[e].first], last = rowOf[dag.edges[e].second];
        return row + 1 == last ? boxes[dag.edges[e].second].center().x() : through[e][row - first];
    };
    for (std::size_t e = 0; e < dag.edges.size(); ++e) {
        for (int r = rowOf[dag.edges[e].first]; r < rowOf[dag.edges[e].second]; ++r) {
            const double a = passage(e, r), b = leaving(e, r);
            if (std::abs(a - b) < 0.5)
                continue;
            std::vector<Run> &all = runs[r];
            const int source = dag.edges[e].first;
            const auto same = std::find_if(all.begin(), all.end(), [&](const Run &run) { return run.source == source; });
            if (same == all.end()) {
                all.push_back({source, std::min(a, b), std::max(a, b)});
            } else {
                same->left = std::min({same->left, a, b});
                same->right = std::max({same->right, a, b});
            }
        }
    }
    std::vector<std::map<int, int>> trackOf(rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
        std::sort(runs[r].begin(), runs[r].end(), [](const Run &a, const Run &b) { return a.left < b.left; });
        std::vector<double> ends; // right end of each track
        for (const Run &run : runs[r]) {
            std::size_t track = 0;
            while (track < ends.size() && ends[track] > run.left - kBoxRoom)
                ++track;
            if (track == ends.size())
                ends.push_back(0);
            ends[track] = run.right;
            trackOf[r][run.source] = int(track);
        }
        rows[r].trackCount = int(ends.size());
    }

    double y = 0;
    for (Row &row : rows) {
        row.top = y;
        for (const int box : row.boxes)
            boxes[box].moveTop(y);
        const double gap = std::max(metrics::kRowGap + 8, 8 + kTrack * row.trackCount + kArrowRoom);
        y += row.height + std::ceil(gap / metrics::kGrid) * metrics::kGrid;
    }
    for (std::size_t e = 0; e < dag.edges.size(); ++e) {
        const auto [from, to] = dag.edges[e];
        QPolygonF points{QPointF(boxes[from].center().x(), boxes[from].bottom())};
        if (rowOf[to] <= rowOf[from]) { // against the order: part of a circle, led around at the right
            const double side = boxes[from].united(boxes[to]).right() + kBoxRoom;
            const double below = boxes[from].bottom() + 8;
            points << QPointF(points.first().x(), below) << QPointF(side, below);
            points << QPointF(side, boxes[to].top() - 12) << QPointF(boxes[to].center().x(), boxes[to].top() - 12);
        }
        for (int r = rowOf[from]; r < rowOf[to]; ++r) {
            const double a = passage(e, r), b = leaving(e, r);
            if (std::abs(a - b) < 0.5)
                continue;
            const double track = rows[r].top + rows[r].height + 8 + kTrack * trackOf[r][from];
            points << QPointF(a, track) << QPointF(b, track);
        }
        points << QPointF(boxes[to].center().x(), boxes[to].top());
        drawing.edges.push_back(points);
    }

    QRectF bounds;
    for (const QRectF &box : boxes)
        bounds |= box;
    for (const QPolygonF &edge : drawing.edges)
        bounds |= edge.boundingRect();
    const double width = std::ceil(bounds.width() / (2 * metrics::kGrid)) * 2 * metrics::kGrid;
    const QPointF shift(-bounds.left(), -bounds.top());
    for (const QRectF &box : boxes)
        drawing.places.push_back(box.topLeft() + shift);
    for (QPolygonF &edge : drawing.edges)
        edge.translate(shift);
    drawing.size = QSizeF(width, bounds.height());
    return drawing;
}

DagPlacement rankedPlacement(const DagRequest &dag)
{
    const int count = int(dag.sizes.size());
    std::vector<std::vector<int>> next(count);
    std::vector<int> waiting(count, 0), rank(count, 0), ready;
    for (const auto &[from, to] : dag.edges) {
        next[from].push_back(to);
        ++waiting[to];
    }
    for (int i = 0; i < count; ++i) {
        if (!waiting[i])
            ready.push_back(i);
    }
    for (std::size_t i = 0; i < ready.size(); ++i) {
        for (const int to : next[ready[i]]) {
            rank[to] = std::max(rank[to], rank[ready[i]] + 1);
            if (!--waiting[to])
                ready.push_back(to);
        }
    }
    std::map<int, double> width;
    double height = 0;
    DagPlacement placement;
    placement.centres.resize(count);
    for (int i = 0; i < count; ++i) {
        height = std::max(height, dag.sizes[i].height() + 40);
        width[rank[i]] += dag.sizes[i].width() + metrics::kBranchGap;
    }
    std::map<int, double> x;
    for (int i = 0; i < count; ++i) {
        const auto at = x.try_emplace(rank[i], -width[rank[i]] / 2).first;
        placement.centres[i] = QPointF(at->second + dag.sizes[i].width() / 2, rank[i] * height);
        at->second += dag.sizes[i].width() + metrics::kBranchGap;
    }
    placement.routes.resize(dag.edges.size());
    return placement;
}

} // namespace canvas
