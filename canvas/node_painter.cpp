#include "canvas/node_painter.h"

#include "canvas/layout.h"
#include "ui/state_look.h"
#include "ui/tr.h"
#include "ui/words.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace canvas {

using T = Style::Text;

namespace look {

QRectF tile(const QRectF &body)
{
    const double size = 28;
    return QRectF(body.left() + 13, body.top() + (body.height() < 52 ? 8 : 12), size, size);
}

QRectF chevron(const QRectF &body)
{
    return QRectF(body.left() + 8, body.top() + 9, 14, 14);
}

QRectF stateIcon(const QRectF &body, bool container)
{
    return QRectF(body.right() - (container ? 12 : 10) - 16, body.top() + (container ? 8 : 9), 16, 16);
}

QRectF problemBadge(const QRectF &body)
{
    return QRectF(body.right() - 15, body.top() - 10, 20, 20);
}

QRectF defaultsMark(const QRectF &body)
{
    return QRectF(body.right() - 10 - 14, body.top() + 29, 14, 14);
}

QRectF breakpoint(const QRectF &body)
{
    return QRectF(body.left() - 7, body.top() + 26 - 7, 14, 14);
}

QPointF inPort(const QRectF &body)
{
    return QPointF(body.center().x(), body.top());
}

QPointF outPort(const QRectF &body)
{
    return QPointF(body.center().x(), body.bottom());
}

} // namespace look

namespace {

/// A pen of one screen pixel below 75 %, of its real width above.
QPen linePen(const QColor &color, double width, double lod, Qt::PenStyle style = Qt::SolidLine)
{
    QPen pen(color, width, style);
    if (lod < look::kFull) {
        pen.setCosmetic(true);
        pen.setWidthF(std::max(1.0, width));
    }
    if (style == Qt::DashLine)
        pen.setDashPattern({4 / width, 3 / width});
    return pen;
}

void roundedFrame(QPainter &painter, const QRectF &rect, double radius, const QPen &pen, const QBrush &brush)
{
    const double inset = pen.isCosmetic() ? 0 : pen.widthF() / 2;
    painter.setPen(pen);
    painter.setBrush(brush);
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset);
}

void paintRing(QPainter &painter, const QRectF &body, const QColor &color, double grow, double width)
{
    painter.setPen(QPen(color, width));
    painter.setBrush(Qt::NoBrush);
    const double half = width / 2;
    const QRectF outer = body.adjusted(-grow + half, -grow + half, grow - half, grow - half);
    painter.drawRoundedRect(outer, 11 - half, 11 - half);
}

/// Rings of selection, focus and search around a body.
void paintRings(QPainter &painter, const Style &style, const NodeMarks &marks, const QRectF &body)
{
    if (marks.hit)
        paintRing(painter, body, style.color("s_warning"), marks.currentHit ? 4.5 : 4, marks.currentHit ? 2.5 : 1.5);
    if (marks.target)
        paintRing(painter, body, style.color("accent"), 4, 2);
    if (marks.selected)
        paintRing(painter, body, style.color("accent"), 4, 2);
    if (marks.current) // with a selection the ring is double, one pixel apart
        paintRing(painter, body, style.color("focus"), marks.selected ? 7 : 4, 2);
}

void paintHexagon(QPainter &painter, const Style &style, const QRectF &where, BreakpointLook breakpoint)
{
    const QColor ink = style.color("s_breakpoint");
    const QPointF c = where.center();
    const double r = where.width() / 2;
    QPolygonF hexagon;
    for (int i = 0; i < 6; ++i) {
        const double angle = M_PI / 3 * i + M_PI / 2;
        hexagon << QPointF(c.x() + r * std::cos(angle), c.y() + r * std::sin(angle));
    }
    painter.setPen(QPen(style.color("raised"), 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolygon(hexagon);
    painter.setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(breakpoint == BreakpointLook::Off ? QBrush(style.color("raised")) : QBrush(ink));
    painter.drawPolygon(hexagon);
    if (breakpoint == BreakpointLook::Conditional) {
        painter.setPen(QPen(style.color("raised"), 1.5));
        painter.drawLine(c + QPointF(-3, -1.75), c + QPointF(3, -1.75));
        painter.drawLine(c + QPointF(-3, 1.75), c + QPointF(3, 1.75));
    }
}

const char *severityToken(const std::vector<Problem> &problems)
{
    flow::Severity worst = flow::Severity::Hint;
    for (const Problem &problem : problems)
        worst = std::min(worst, problem.severity);
    return worst == flow::Severity::Error ? "s_failed" : worst == flow::Severity::Warning ? "s_warning" : "s_running";
}

void paintProblem(QPainter &painter, const Style &style, const GraphNode &node, const QRectF &body)
{
    if (node.problems.empty())
        return;
    const char *token = severityToken(node.problems);
    const QRectF where = look::problemBadge(body);
    painter.setPen(QPen(style.color(token), 1));
    painter.setBrush(style.color("raised"));
    painter.drawEllipse(where.adjusted(0.5, 0.5, -0.5, -0.5));
    const QString icon = !std::strcmp(token, "s_warning") ? QStringLiteral("state-warning")
                         : !std::strcmp(token, "s_failed") ? QStringLiteral("problems")
                                                           : QStringLiteral("info");
    style.icon(painter, icon, style.color(token), where.adjusted(3, 3, -3, -3));
}

void paintChange(QPainter &painter, const Style &style, const QRectF &body, ChangeLook change)
{
    static constexpr const char *kTokens[] = {"", "d_added", "d_removed", "d_changed", "d_moved"};
    static const QString signs[] = {QString(), QStringLiteral("+"), QStringLiteral("−"), QStringLiteral("±"),
                                    QStringLiteral("⇄")};
    const QRectF where(body.right() - 9, body.top() - 9, 18, 18);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.color(kTokens[int(change)]));
    painter.drawEllipse(where);
    painter.setPen(style.color("raised"));
    painter.setFont(style.font(T::Heading));
    painter.drawText(where, Qt::AlignCenter, signs[int(change)]);
}

void paintTile(QPainter &painter, const Style &style, const GraphNode &node, const QRectF &tile, double icon, bool grey)
{
    const ui::TaskLook look = grey ? ui::TaskLook{node.look.icon, ui::TaskCategory::Core} : node.look;
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.color(look.groundToken()));
    painter.drawRoundedRect(tile, icon > 16 ? 6 : 4, icon > 16 ? 6 : 4);
    const double inset = (tile.width() - icon) / 2;
    style.icon(painter, look.icon, style.color(look.inkToken()), tile.adjusted(inset, inset, -inset, -inset));
}

struct Frame
{
    QColor line;
    QColor fill;
    double width = 1;
    Qt::PenStyle pen = Qt::SolidLine;
};

Frame frameOf(const Style &style, const GraphNode &node, const NodeMarks &marks)
{
    Frame frame{style.color("nodeLine"), style.color("raised"), 1, Qt::SolidLine};
    if (marks.hovered) {
        frame.line = style.color("lineStrong");
        frame.fill = style.color("hover");
    }
    if (marks.hit)
        frame.fill = style.color("match");
    if (node.broken) {
        frame = {style.color("s_failed"), frame.fill, 1.5, Qt::DashLine};
    } else if (marks.overlay && marks.run) {
        const ui::StateLook state = ui::stateLook(marks.run->state);
        if (state.strong) {
            frame.line = style.color(state.inkToken);
            frame.width = 1.5 + 1.5 * marks.flash;
        }
        if (marks.run->state == QLatin1String("BREAKPOINT"))
            frame.width = 2;
    }
    if (marks.change != ChangeLook::None) {
        static constexpr const char *kLines[] = {"", "d_added", "d_removed", "d_changed", "d_moved"};
        static constexpr const char *kFills[] = {"", "d_addedBg", "d_removedBg", "d_changedBg", "d_movedBg"};
        frame = {style.color(kLines[int(marks.change)]), style.color(kFills[int(marks.change)]), 1.5,
                 marks.change == ChangeLook::Removed ? Qt::DashLine : Qt::SolidLine};
    }
    return frame;
}

void paintNote(QPainter &painter, const Style &style, const QString &note, const QRectF &rect, double height, double lod)
{
    if (lod < look::kFull) { // a corner says that there is one
        painter.setPen(Qt::NoPen);
        painter.setBrush(style.color("noteLine"));
        painter.drawPolygon(QPolygonF{QPointF(rect.right() - 14, rect.top() + height), QPointF(rect.right(), rect.top() + height),
                                      QPointF(rect.right(), rect.top() + height + 14)});
        return;
    }
    const QRectF tab(rect.left(), rect.top(), rect.width(), height + 10); // its foot is under the body
    roundedFrame(painter, tab, 8, QPen(style.color("noteLine"), 1), style.color("note"));
    painter.setPen(style.color("noteText"));
    style.icon(painter, QStringLiteral("comment"), style.color("noteText"), QRectF(rect.left() + 10, rect.top() + 4, 13, 13));
    const QStringList lines = note.split(QLatin1Char('\n'));
    for (int i = 0; i < std::min<int>(look::kNoteLines, int(lines.size())); ++i) {
        QString line = lines[i];
        if (i == look::kNoteLines - 1 && lines.size() > look::kNoteLines)
            line += QStringLiteral(" …");
        style.draw(painter, T::Type, rect.topLeft() + QPointF(28, 14.5 + look::kNoteLine * i),
                   style.elided(T::Type, line, Qt::ElideRight, rect.width() - 38));
    }
}

void paintValueRow(QPainter &painter, const Style &style, const TaskRun &run, const QRectF &body)
{
    const double y = body.bottom() - look::kValueRow;
    painter.setPen(QPen(style.color("line"), 1));
    painter.drawLine(QPointF(body.left() + 1, y + 0.5), QPointF(body.right() - 1, y + 0.5));
    const char *token = run.stale ? "text3" : "y_hint";
    style.icon(painter, QStringLiteral("output"), style.color(token), QRectF(body.left() + 13, y + 6, 13, 13));
    painter.setPen(style.color(token));
    const QString text = run.stale ? Tr::tr("%1 (before the change)").arg(run.value) : run.value;
    style.draw(painter, T::Mono, QPointF(body.left() + 31, y + 16), style.elided(T::Mono, text, Qt::ElideRight, body.width() - 41));
}

/// Badges, right to left; gives the x that is still free on the title line.
double paintBadges(QPainter &painter, const Style &style, const GraphNode &node, const NodeMarks &marks, const QRectF &body,
                   double right, double titleEnd)
{
    std::vector<QString> icons;
    for (const Badge &badge : node.badges)
        icons.push_back(badge.icon);
    if (marks.mocked)
        icons.insert(icons.begin(), QStringLiteral("test"));
    if (icons.empty())
        return right;
    const QColor ink = style.color("text2");
    const std::size_t shown = std::min<std::size_t>(3, icons.size());
    double x = right;
    for (std::size_t i = 0; i < shown; ++i) {
        if (marks.overlay && x - 14 < titleEnd + 4) // badges step aside where room is short
            return x;
        x -= 14;
        style.icon(painter, icons[i], ink, QRectF(x, body.top() + 10, 14, 14));
        x -= 4;
    }
    if (icons.size() > shown) {
        const QString more = QStringLiteral("+%1").arg(icons.size() - shown);
        x -= style.width(T::Type, more);
        painter.setPen(ink);
        style.draw(painter, T::Type, QPointF(x, body.top() + 21), more);
        x -= 4;
    }
    return x;
}

void paintState(QPainter &painter, const Style &style, const NodeMarks &marks, const QRectF &body, bool container)
{
    const ui::StateLook state = ui::stateLook(marks.run->state);
    style.icon(painter, state.icon, style.color(state.inkToken), look::stateIcon(body, container),
               state.moving ? marks.turn : 0);
}

void paintStateBar(QPainter &painter, const Style &style, const TaskRun &run, const QRectF &body)
{
    QPainterPath path;
    path.addRoundedRect(body, 8, 8);
    painter.save();
    painter.setClipRect(QRectF(body.left(), body.top(), 5, body.height()), Qt::IntersectClip);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.color(ui::stateLook(run.state).inkToken));
    painter.drawPath(path);
    painter.restore();
}

void paintFull(QPainter &painter, const Style &style, const GraphNode &node, const NodeMarks &marks, const QRectF &body, double lod)
{
    const Frame frame = frameOf(style, node, marks);
    if (node.subflow)
        roundedFrame(painter, body.translated(4, 4), 8, linePen(style.color("nodeLine"), 1, lod), style.color("raised"));
    roundedFrame(painter, body, 8, linePen(frame.line, frame.width, lod, frame.pen), frame.fill);
    const bool reached = !marks.overlay || marks.run || node.kind != NodeKind::Task;
    const bool faint = node.disabled;
    if (marks.overlay && marks.run)
        paintStateBar(painter, style, *marks.run, body);
    double textX = body.left() + 50, titleY = body.top() + 23, typeY = body.top() + 39;
    if (node.isValue()) {
        textX = body.left() + 12;
        titleY = body.top() + 19;
        typeY = body.top() + 34;
    } else {
        if (node.kind == NodeKind::Trigger) {
            titleY = body.top() + 19;
            typeY = body.top() + 35;
        }
        paintTile(painter, style, node, look::tile(body), 18, !reached || faint);
    }
    double right = body.right() - 10;
    if (marks.overlay && marks.run) {
        paintState(painter, style, marks, body, false);
        right = look::stateIcon(body, false).left() - 4;
    }
    const double titleWidth = style.width(T::Title, node.title);
    const double titleRoom = paintBadges(painter, style, node, marks, body, right, textX + titleWidth) - textX;
    painter.setPen(style.color(faint ? "text3" : reached ? "text" : "text2"));
    style.draw(painter, T::Title, QPointF(textX, titleY), style.elidedId(node.title, std::max(20.0, titleRoom)));
    if (faint) { // a line through the id: disabled is told without colour too
        const double width = std::min(titleWidth, std::max(20.0, titleRoom));
        painter.setPen(QPen(style.color("text3"), 1));
        painter.drawLine(QPointF(textX, titleY - 4.5), QPointF(textX + width, titleY - 4.5));
    }

    double typeRoom = body.right() - 10 - textX;
    if (!node.defaults.isEmpty() && !(marks.overlay && marks.run && marks.run->millis)) {
        style.icon(painter, QStringLiteral("link"), style.color("y_anchor"), look::defaultsMark(body));
        typeRoom = look::defaultsMark(body).left() - 4 - textX;
    }
    QString type = node.typeLine;
    if (marks.unknown)
        type = marks.mocked ? Tr::tr("not run here: mock") : Tr::tr("not run here");
    if (node.isValue()) {
        painter.setPen(style.color("text2"));
        style.draw(painter, T::Duration, QPointF(textX, typeY), type);
        const double free = body.right() - 12 - textX - style.width(T::Duration, type) - 8;
        const QString value = style.elided(T::Duration, node.detail, Qt::ElideRight, std::max(0.0, free));
        style.draw(painter, T::Duration, QPointF(body.right() - 12 - style.width(T::Duration, value), typeY), value);
        return;
    }
    if (marks.overlay && marks.run && marks.run->millis) {
        QString duration = ui::durationText(*marks.run->millis);
        if (marks.run->runs > 1)
            duration = QStringLiteral("%1× ").arg(marks.run->runs) + duration;
        const double width = style.width(T::Duration, duration);
        painter.setPen(style.color("text2"));
        style.draw(painter, T::Duration, QPointF(body.right() - 10 - width, typeY), duration);
        typeRoom = body.right() - 10 - width - 6 - textX;
    }
    if (style.width(T::Type, type) > typeRoom && !node.subflow) {
        const QString bare = ui::className(type);
        if (marks.overlay || style.width(T::Type, bare) <= typeRoom)
            type = bare; // the package goes first
    }
    painter.setPen(style.color(faint || !reached ? "text3" : "text2"));
    style.draw(painter, T::Type, QPointF(textX, typeY), style.elided(T::Type, type, Qt::ElideRight, typeRoom));
    if (marks.values && marks.run)
        paintValueRow(painter, style, *marks.run, marks.unfolded ? QRectF(body.topLeft(), QSizeF(body.width(), metrics::kBody + look::kValueRow)) : body);
}

void paintMedium(QPainter &painter, const Style &style, const GraphNode &node, const NodeMarks &marks, const QRectF &body, double lod)
{
    const Frame frame = frameOf(style, node, marks);
    roundedFrame(painter, body, 8, linePen(frame.line, frame.width, lod, frame.pen), frame.fill);
    if (marks.overlay && marks.run)
        paintStateBar(painter, style, *marks.run, body);
    const bool grey = node.disabled || (marks.overlay && !marks.run);
    const double middle = body.top() + std::min(body.height(), metrics::kBody) / 2;
    double x = body.left() + 13;
    if (!node.isValue()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(style.color(grey ? "f_core" : node.look.inkToken()));
        painter.drawRoundedRect(QRectF(x, middle - 14, 28, 28), 6, 6);
        x += 28 + 6 / lod;
    }
    double right = body.right() - 10;
    if (marks.overlay && marks.run) {
        const ui::StateLook state = ui::stateLook(marks.run->state);
        const double size = 12 / lod;
        style.icon(painter, state.icon, style.color(state.inkToken), QRectF(right - size, middle - size / 2, size, size));
        right -= size + 4;
    }
    painter.setPen(style.color(grey ? "text3" : "text"));
    style.drawOnScreen(painter, QPointF(x, middle), node.title, 11, lod, right - x);
}

void paintBlock(QPainter &painter, const Style &style, const GraphNode &node, const NodeMarks &marks, const QRectF &body, double lod)
{
    const char *ink = node.look.inkToken();
    const char *ground = node.look.groundToken();
    QString icon = node.look.icon;
    if (node.broken) {
        ink = "s_failed";
        ground = "b_failed";
    } else if (marks.overlay) {
        const ui::StateLook state = marks.run ? ui::stateLook(marks.run->state) : ui::StateLook{QString(), "nodeLine", "raised"};
        ink = state.inkToken;
        ground = state.groundToken;
        icon = state.icon;
    }
    roundedFrame(painter, body, 8, linePen(style.color(marks.hit ? "s_warning" : ink), 1, lod), style.color(marks.hit ? "match" : ground));
    const double size = std::min(12 / lod, body.height() - 4);
    if (!icon.isEmpty() && !node.isValue()) {
        const QPointF c = body.center();
        style.icon(painter, icon, style.color(ink), QRectF(c.x() - size / 2, c.y() - size / 2, size, size));
    }
}

} // namespace

double noteHeight(std::string_view note)
{
    if (note.empty())
        return 0;
    const int lines = std::min<int>(look::kNoteLines, int(std::count(note.begin(), note.end(), '\n')) + 1);
    return look::kNote + look::kNoteLine * (lines - 1);
}

void paintNode(QPainter &painter, const Style &style, const GraphNode &node, const NodeMarks &marks, const QRectF &rect, double lod)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const double noteRoom = marks.note;
    const QRectF body = rect.adjusted(0, noteRoom, 0, 0);
    const double opacity = painter.opacity();
    if (marks.dragged)
        painter.setOpacity(opacity * 0.4);
    const bool noteAbove = noteRoom > 0 && lod >= look::kFull;
    if (noteAbove)
        paintNote(painter, style, node.note, rect, noteRoom, lod);
    if (lod >= look::kFull)
        paintFull(painter, style, node, marks, body, lod);
    else if (lod >= look::kMedium)
        paintMedium(painter, style, node, marks, body, lod);
    else
        paintBlock(painter, style, node, marks, body, lod);
    if (noteRoom > 0 && lod < look::kFull && lod >= look::kMedium)
        paintNote(painter, style, node.note, rect, noteRoom, lod);
    paintRings(painter, style, marks, noteAbove ? rect : body);
    if (marks.placed && marks.hovered && lod >= look::kMedium)
        style.icon(painter, QStringLiteral("pin"), style.color("accent"), QRectF(body.left() - 7, body.top() - 7, 14, 14));
    if (marks.breakpoint != BreakpointLook::None)
        paintHexagon(painter, style, look::breakpoint(body), marks.breakpoint);
    if (marks.change != ChangeLook::None)
        paintChange(painter, style, body, marks.change);
    else if (lod >= look::kMedium)
        paintProblem(painter, style, node, body);
    painter.setOpacity(opacity);
}

void paintContainer(QPainter &painter, const Style &style, const GraphNode &node, const NodeMarks &marks, const QRectF &rect,
                    const QString &right, double lod)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const double note = marks.note;
    const QRectF body = rect.adjusted(0, note, 0, 0);
    const double opacity = painter.opacity();
    if (marks.dragged)
        painter.setOpacity(opacity * 0.4);
    if (note > 0 && lod >= look::kMedium)
        paintNote(painter, style, node.note, rect, note, lod);
    Frame frame = frameOf(style, node, marks);
    QColor header = frame.fill;
    if (marks.run && marks.run->state == QLatin1String("BREAKPOINT"))
        header = style.color("stopLine");
    const QPen pen = linePen(frame.line, frame.width, lod, frame.pen);
    roundedFrame(painter, body, 10, pen, marks.collapsed ? header : style.color("band"));
    const QRectF head(body.left(), body.top(), body.width(), metrics::kHeader);
    if (lod < look::kMedium) {
        painter.setPen(style.color("text2"));
        if (11 / lod <= metrics::kHeader + 12 && body.width() * lod > 60)
            style.drawOnScreen(painter, QPointF(body.left() + 8, head.center().y()), node.title, 11, lod, body.width() - 16);
        paintRings(painter, style, marks, body);
        painter.setOpacity(opacity);
        return;
    }
    if (!marks.collapsed) {
        painter.save();
        painter.setClipRect(head.adjusted(-2, -2, 2, 0), Qt::IntersectClip);
        roundedFrame(painter, body, 10, pen, header);
        painter.restore();
        painter.setPen(linePen(style.color("nodeLine"), 1, lod));
        painter.drawLine(QPointF(body.left() + 1, head.bottom() - 0.5), QPointF(body.right() - 1, head.bottom() - 0.5));
    }
    const bool reached = !marks.overlay || marks.run;
    const bool faint = node.disabled || !reached;
    style.icon(painter, marks.collapsed ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down"), style.color("text2"),
               look::chevron(body));
    const QRectF tile(body.left() + 27, body.top() + 6, 20, 20);
    const double baseline = body.top() + 20.5;
    if (lod < look::kFull) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(style.color(faint ? "f_core" : node.look.inkToken()));
        painter.drawRoundedRect(tile, 4, 4);
    } else {
        paintTile(painter, style, node, tile, 14, faint);
    }
    double free = body.right() - 12;
    if (marks.run) {
        paintState(painter, style, marks, body, true);
        free = look::stateIcon(body, true).left() - 8;
    } else if (!marks.worst.isEmpty()) {
        const ui::StateLook state = ui::stateLook(marks.worst);
        style.icon(painter, state.icon, style.color(state.inkToken), look::stateIcon(body, true));
        free = look::stateIcon(body, true).left() - 8;
    }
    const double x = body.left() + 55;
    if (lod < look::kFull) {
        painter.setPen(style.color(faint ? "text3" : "text"));
        style.drawOnScreen(painter, QPointF(x, head.center().y()), node.title, 11, lod, free - x);
    } else {
        if (marks.run && marks.run->millis) {
            const QString duration = ui::durationText(*marks.run->millis);
            free -= style.width(T::Duration, duration);
            painter.setPen(style.color("text2"));
            style.draw(painter, T::Duration, QPointF(free, baseline), duration);
            free -= 8;
        }
        const double titleWidth = style.width(T::Title, node.title);
        painter.setPen(style.color(faint ? "text2" : "text"));
        style.draw(painter, T::Title, QPointF(x, baseline), style.elidedId(node.title, std::max(24.0, free - x)));
        if (node.disabled) {
            painter.setPen(QPen(style.color("text3"), 1));
            painter.drawLine(QPointF(x, baseline - 4.5), QPointF(x + std::min(titleWidth, free - x), baseline - 4.5));
        }
        const double typeX = x + titleWidth + 9;
        painter.setPen(style.color(faint ? "text3" : "text2"));
        const QString type = style.elided(T::Type, node.typeLine, Qt::ElideRight, std::max(0.0, free - typeX));
        if (typeX + 12 < free)
            style.draw(painter, T::Type, QPointF(typeX, baseline), type);
        double detailRight = free;
        if (!node.badges.empty() || !node.defaults.isEmpty()) {
            const double typeEnd = typeX + style.width(T::Type, type) + 12;
            const auto sign = [&](const QString &icon, const char *token) {
                if (detailRight - 14 < typeEnd)
                    return;
                style.icon(painter, icon, style.color(token), QRectF(detailRight - 14, body.top() + 9, 14, 14));
                detailRight -= 18;
            };
            if (!node.defaults.isEmpty())
                sign(QStringLiteral("link"), "y_anchor");
            for (std::size_t i = 0; i < std::min<std::size_t>(3, node.badges.size()); ++i)
                sign(node.badges[i].icon, "text2");
        }
        const double room = detailRight - (typeX + style.width(T::Type, type) + 12);
        if (room > 24) {
            const QString detail = style.elided(T::Type, right, Qt::ElideRight, room);
            painter.setPen(style.color(faint ? "text3" : "text2"));
            style.draw(painter, T::Type, QPointF(detailRight - style.width(T::Type, detail), baseline), detail);
        }
    }
    const QRectF ringed = note > 0 ? rect : body;
    paintRings(painter, style, marks, marks.collapsed ? QRectF(ringed.topLeft(), head.bottomRight()) : ringed);
    if (marks.breakpoint != BreakpointLook::None)
        paintHexagon(painter, style, look::breakpoint(QRectF(body.left(), body.top() - 10, body.width(), 52)), marks.breakpoint);
    if (marks.change != ChangeLook::None)
        paintChange(painter, style, body, marks.change);
    else
        paintProblem(painter, style, node, body);
    painter.setOpacity(opacity);
}

} // namespace canvas
