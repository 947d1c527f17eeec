#include "app/miniature.h"

#include "ui/task_look.h"

#include <QPainter>

#include <algorithm>

namespace app {

namespace {

constexpr double kNodeWidth = 72;
constexpr double kNodeHeight = 12;
constexpr double kGap = 12;
constexpr double kPadding = 7;

/// One task as a box; flowables hold boxes side by side (branches) or below each other.
struct Box
{
    const flow::Task *task = nullptr;
    std::vector<std::vector<Box>> columns; ///< of a container: each branch from top to bottom
    double width = kNodeWidth;
    double height = kNodeHeight;
};

double heightOf(const std::vector<Box> &column)
{
    double height = 0;
    for (const Box &box : column)
        height += box.height + (height > 0 ? kGap : 0);
    return height;
}

double widthOf(const std::vector<Box> &column)
{
    double width = 0;
    for (const Box &box : column)
        width = std::max(width, box.width);
    return width;
}

Box measure(const flow::Task &task, int depth)
{
    Box box{&task, {}, kNodeWidth, kNodeHeight};
    if (depth >= 3)
        return box;
    const bool parallel = task.type.ends_with(".Parallel") || task.type.ends_with(".Dag") || task.type.ends_with(".EachParallel");
    for (const flow::TaskList &list : task.lists) {
        if (list.kind == flow::ListKind::Errors || list.kind == flow::ListKind::Finally || list.tasks.empty())
            continue;
        if (!parallel)
            box.columns.emplace_back();
        for (const flow::Task &child : list.tasks) {
            if (parallel)
                box.columns.emplace_back();
            box.columns.back().push_back(measure(child, depth + 1));
        }
    }
    if (box.columns.empty())
        return box;
    if (box.columns.size() > 4)
        box.columns.resize(4);
    box.width = kPadding;
    box.height = 0;
    const bool narrow = box.columns.size() > 1;
    for (std::vector<Box> &column : box.columns) {
        if (narrow)
            for (Box &child : column)
                if (child.columns.empty())
                    child.width = 46;
        box.width += widthOf(column) + kPadding;
        box.height = std::max(box.height, heightOf(column));
    }
    box.height += 2 * kPadding;
    return box;
}

void line(QPainter &painter, const ui::Theme &theme, QPointF from, QPointF to)
{
    painter.setPen(QPen(theme.color("edge"), 1));
    painter.drawLine(from, to);
}

void draw(QPainter &painter, const ui::Theme &theme, const Box &box, QPointF topLeft)
{
    const QRectF rect(topLeft, QSizeF(box.width, box.height));
    painter.setPen(QPen(theme.color("nodeLine"), 1));
    if (!box.columns.empty()) {
        painter.setBrush(theme.color("band"));
        painter.drawRoundedRect(rect, 3, 3);
        double x = rect.left() + kPadding;
        for (const std::vector<Box> &column : box.columns) {
            const double width = widthOf(column);
            double y = rect.top() + kPadding;
            for (std::size_t i = 0; i < column.size(); ++i) {
                if (i > 0)
                    line(painter, theme, {x + width / 2, y - kGap}, {x + width / 2, y});
                draw(painter, theme, column[i], {x + (width - column[i].width) / 2, y});
                y += column[i].height + kGap;
            }
            x += width + kPadding;
        }
        return;
    }
    painter.setBrush(theme.color("raised"));
    painter.drawRoundedRect(rect, 3, 3);
    const ui::TaskLook look = ui::taskLook(QString::fromStdString(box.task->type));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(look.inkToken()));
    painter.drawRoundedRect(QRectF(rect.left() + 3, rect.top() + 3, 6, 6), 1.5, 1.5);
    painter.setBrush(theme.color("nodeLine"));
    painter.drawRoundedRect(QRectF(rect.left() + 12, rect.center().y() - 1.25, rect.width() - 17, 2.5), 1.2, 1.2);
}

} // namespace

QPixmap drawMiniature(const flow::Flow &flow, const ui::Theme &theme, QSize size, qreal deviceRatio)
{
    QPixmap pixmap(size * deviceRatio);
    pixmap.setDevicePixelRatio(deviceRatio);
    pixmap.fill(Qt::transparent);
    std::vector<Box> boxes;
    if (!flow.lists.empty())
        for (const flow::Task &task : flow.lists.front().tasks)
            boxes.push_back(measure(task, 0));
    const auto fits = [&] { return boxes.size() <= 1 || heightOf(boxes) <= size.height() / 0.55 - 24; };
    while (!fits())
        boxes.pop_back();
    if (boxes.empty())
        return pixmap;
    const double scale = std::clamp(std::min((size.width() - 24) / widthOf(boxes), (size.height() - 20) / heightOf(boxes)), 0.4, 1.0);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(size.width() / 2.0, (size.height() - heightOf(boxes) * scale) / 2);
    painter.scale(scale, scale);
    double y = 0;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (i > 0)
            line(painter, theme, {0, y - kGap}, {0, y});
        draw(painter, theme, boxes[i], {-boxes[i].width / 2, y});
        y += boxes[i].height + kGap;
    }
    return pixmap;
}

} // namespace app
