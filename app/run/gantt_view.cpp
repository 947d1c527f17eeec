#include "app/run/gantt_view.h"

#include "app/app_state.h"
#include "ui/state_look.h"
#include "ui/tr.h"
#include "ui/words.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace app {

namespace {

constexpr int kRow = 22;
constexpr int kName = 150;
constexpr int kIndent = 16;
constexpr int kAxis = 26;
constexpr int kRight = 24;
constexpr int kBar = 14;
constexpr int kContainerBar = 6;
constexpr int kTickMs = 50;

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

GanttView::GanttView(AppState &state, QWidget *parent) : QAbstractScrollArea(parent), m_state(state)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(Tr::tr("Gantt chart"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &GanttView::rebuild);
    connect(&state, &AppState::themeChanged, this, [this] {
        updateScroll();
        viewport()->update();
    });
}

void GanttView::setRecord(RunRecord *record, std::shared_ptr<const flow::Flow> flow)
{
    if (m_record)
        m_record->disconnect(this);
    m_record = record;
    m_flow = std::move(flow);
    m_current = -1;
    if (record)
        connect(record, &RunRecord::changed, this, &GanttView::rebuild);
    rebuild();
}

void GanttView::rebuild()
{
    const qint64 now = nowMs();
    const QString chosen = m_current >= 0 && m_current < int(m_rows.size()) ? m_rows[std::size_t(m_current)].title : QString();
    m_rows = m_record ? ganttRows(*m_record, m_flow.get(), now) : std::vector<GanttRow>{};
    m_length = 1;
    if (m_record)
        m_length = std::max<qint64>(1, m_record->endMs(now) - m_record->startMs());
    for (const GanttRow &row : m_rows)
        m_length = std::max(m_length, row.end);
    m_current = -1;
    for (std::size_t i = 0; i < m_rows.size() && !chosen.isEmpty(); ++i)
        if (m_rows[i].title == chosen)
            m_current = int(i);
    const bool live = m_record && !m_record->ended();
    if (live != m_tick.isActive())
        live ? m_tick.start() : m_tick.stop();
    updateScroll();
    viewport()->update();
}

int GanttView::rowHeight() const { return m_state.theme().scaled(kRow); }
int GanttView::nameWidth() const { return std::min(m_state.theme().scaled(kName), viewport()->width() / 3); }

double GanttView::xOf(qint64 ms) const
{
    const double room = std::max(20, viewport()->width() - nameWidth() - kRight - m_state.theme().scaled(48));
    return nameWidth() + room * double(ms) / double(m_length);
}

void GanttView::updateScroll()
{
    const int content = kAxis + int(m_rows.size()) * rowHeight() + 8;
    verticalScrollBar()->setRange(0, std::max(0, content - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(rowHeight());
}

int GanttView::rowAt(int y) const
{
    const int row = (y - kAxis + verticalScrollBar()->value()) / rowHeight();
    return y < kAxis || row < 0 || row >= int(m_rows.size()) ? -1 : row;
}

void GanttView::selectTask(const QString &taskId)
{
    int found = -1;
    for (std::size_t i = 0; i < m_rows.size() && found < 0; ++i)
        if (m_rows[i].taskId == taskId)
            found = int(i);
    if (found != m_current) {
        m_current = found;
        viewport()->update();
    }
}

void GanttView::choose(int row)
{
    if (row < 0 || row >= int(m_rows.size()))
        return;
    m_current = row;
    const int top = row * rowHeight(), bottom = top + rowHeight() + kAxis;
    QScrollBar *bar = verticalScrollBar();
    if (top < bar->value())
        bar->setValue(top);
    else if (bottom > bar->value() + viewport()->height())
        bar->setValue(bottom - viewport()->height());
    viewport()->update();
    setAccessibleDescription(rowText(m_rows[std::size_t(row)]));
    emit taskChosen(m_rows[std::size_t(row)].taskId);
}

QString GanttView::rowText(const GanttRow &row) const
{
    if (row.state.isEmpty())
        return QStringLiteral("%1, %2").arg(row.title, row.reason);
    const QString text = Tr::tr("%1, %2, starts at %3, takes %4").arg(row.title, row.state, ui::durationText(row.begin), ui::durationText(row.end - row.begin));
    return row.pieces.size() > 1 ? text + QStringLiteral(", ") + Tr::tr("%n attempt(s)", nullptr, int(row.pieces.size())) : text;
}

void GanttView::paintEvent(QPaintEvent *)
{
    const ui::Theme &theme = m_state.theme();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme.color("panel"));
    if (m_rows.empty())
        return;
    const int offset = verticalScrollBar()->value();
    const int first = std::max(0, offset / rowHeight());
    const int last = std::min(int(m_rows.size()), (offset + viewport()->height()) / rowHeight() + 1);
    if (m_current >= first && m_current < last)
        painter.fillRect(QRect(0, kAxis + m_current * rowHeight() - offset, viewport()->width(), rowHeight()), theme.color("selected"));
    paintAxis(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(0, kAxis, viewport()->width(), viewport()->height() - kAxis);
    for (int i = first; i < last; ++i)
        paintRow(painter, m_rows[std::size_t(i)], QRect(0, kAxis + i * rowHeight() - offset, viewport()->width(), rowHeight()));
    if (m_current >= 0 && hasFocus()) {
        painter.setPen(QPen(theme.color("focus"), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(0.5, kAxis + m_current * rowHeight() - offset + 0.5, viewport()->width() - 1, rowHeight() - 1));
    }
}

void GanttView::paintAxis(QPainter &painter) const
{
    const ui::Theme &theme = m_state.theme();
    painter.setFont(theme.monoFont(11));
    const qint64 step = axisStep(m_length, std::max(2, (viewport()->width() - nameWidth()) / 70));
    for (qint64 at = 0; at <= m_length; at += step) {
        const int x = int(std::lround(xOf(at)));
        painter.setPen(theme.color("line"));
        painter.drawLine(x, kAxis - 4, x, viewport()->height());
        painter.setPen(theme.color("text2"));
        const QString label = step >= 1000 ? Tr::tr("%1 s").arg(at / 1000)
                              : step >= 100 ? Tr::tr("%1 s").arg(QLocale::c().toString(double(at) / 1000, 'f', 1))
                                            : Tr::tr("%1 ms").arg(at);
        painter.drawText(QRect(x, 0, 70, kAxis - 4), Qt::AlignLeft | Qt::AlignVCenter, label);
    }
}

void GanttView::paintRow(QPainter &painter, const GanttRow &row, const QRect &box) const
{
    const ui::Theme &theme = m_state.theme();
    const int left = 8 + std::min(row.depth, 6) * kIndent;
    const qreal ratio = painter.device()->devicePixelRatioF();
    if (row.state.isEmpty())
        painter.drawPixmap(left, box.center().y() - 6, theme.pixmap(QStringLiteral("minus"), theme.color("text3"), 14, ratio));
    else {
        const ui::StateLook look = ui::stateLook(row.state);
        painter.drawPixmap(left, box.center().y() - 6, theme.pixmap(look.icon, theme.color(look.inkToken), 14, ratio));
    }
    painter.setPen(theme.color(row.state.isEmpty() ? "text2" : "text"));
    painter.setFont(theme.font(12));
    const QRect name(left + 20, box.top(), nameWidth() - left - 28, box.height());
    painter.drawText(name, Qt::AlignVCenter, painter.fontMetrics().elidedText(row.title, Qt::ElideMiddle, name.width()));
    if (row.state.isEmpty() || row.state == QLatin1String("SKIPPED")) {
        painter.setPen(theme.color("text2"));
        painter.setFont(theme.font(11));
        const QString why = row.state.isEmpty() ? row.reason : row.reason.isEmpty() ? Tr::tr("skipped") : Tr::tr("skipped: %1").arg(row.reason);
        painter.drawText(QRect(nameWidth() + 3, box.top(), box.width() - nameWidth() - 8, box.height()), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(why, Qt::ElideRight, box.width() - nameWidth() - 8));
        return;
    }
    paintBar(painter, row, box);
    paintDuration(painter, row, box);
}

void GanttView::paintBar(QPainter &painter, const GanttRow &row, const QRect &box) const
{
    const ui::Theme &theme = m_state.theme();
    const double middle = box.center().y() + 0.5;
    const double x = xOf(row.begin);
    if (row.waitBegin < row.begin && x - xOf(row.waitBegin) >= 2) {
        painter.setPen(QPen(theme.color("s_queued"), 2));
        painter.drawLine(QPointF(xOf(row.waitBegin), middle), QPointF(x, middle));
    }
    const auto bar = [&](qint64 begin, qint64 end, const QString &state, int height) {
        const double from = xOf(begin);
        const QRectF rect(from, middle - height / 2.0, std::max(3.0, xOf(end) - from), height);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(ui::stateLook(state).inkToken));
        painter.drawRoundedRect(rect, 3, 3);
        return rect;
    };
    if (row.container || row.pieces.size() <= 1) {
        bar(row.begin, row.end, row.state, row.container ? kContainerBar : kBar);
        return;
    }
    for (std::size_t i = 0; i < row.pieces.size(); ++i) {
        const GanttRow::Piece &piece = row.pieces[i];
        if (i > 0) {
            painter.setPen(QPen(theme.color("s_retrying"), 1.5, Qt::DashLine));
            painter.drawLine(QPointF(xOf(row.pieces[i - 1].end), middle), QPointF(xOf(piece.begin), middle));
        }
        const QRectF rect = bar(piece.begin, piece.end, piece.state, kBar);
        if (rect.width() >= 30) {
            const ui::StateLook look = ui::stateLook(piece.state);
            painter.drawPixmap(QPointF(rect.left() + 3, middle - 6), theme.pixmap(look.icon, theme.color("raised"), 12, painter.device()->devicePixelRatioF()));
            painter.setPen(theme.color("raised"));
            painter.setFont(theme.monoFont(10.5));
            painter.drawText(rect.adjusted(18, 0, 0, 0), Qt::AlignVCenter, QString::number(piece.number));
        }
    }
}

void GanttView::paintDuration(QPainter &painter, const GanttRow &row, const QRect &box) const
{
    const ui::Theme &theme = m_state.theme();
    painter.setFont(theme.monoFont(11));
    painter.setPen(theme.color("text2"));
    const QString text = ui::durationText(row.end - row.begin);
    const int width = painter.fontMetrics().horizontalAdvance(text);
    const double right = std::max(xOf(row.end), xOf(row.begin) + 3) + 6;
    const bool before = right + width > viewport()->width() - 4;
    const double x = before ? std::max<double>(nameWidth(), xOf(row.begin) - width - 6) : right;
    painter.drawText(QRectF(x, box.top(), width + 2, box.height()), Qt::AlignVCenter, text);
}

void GanttView::resizeEvent(QResizeEvent *)
{
    updateScroll();
}

void GanttView::mousePressEvent(QMouseEvent *event)
{
    choose(rowAt(int(event->position().y())));
}

void GanttView::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_rows.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Down: choose(std::min(last, m_current + 1)); return;
    case Qt::Key_Up: choose(std::max(0, m_current - 1)); return;
    case Qt::Key_Home: choose(0); return;
    case Qt::Key_End: choose(last); return;
    case Qt::Key_Return:
    case Qt::Key_Enter: choose(m_current); return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

bool GanttView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int row = rowAt(help->pos().y());
        QToolTip::showText(help->globalPos(), row < 0 ? QString() : rowText(m_rows[std::size_t(row)]), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace app
