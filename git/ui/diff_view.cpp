#include "git/ui/diff_view.h"

#include "ui/tr.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace git {

namespace {

constexpr int kRowHeight = 20;
constexpr int kNumberWidth = 44;
constexpr int kSignWidth = 18;
constexpr int kHeaderHeight = 26;

bool isChange(const DiffRow &row)
{
    return !row.folded && (row.left.kind != LineKind::Context || row.right.kind != LineKind::Context);
}

} // namespace

DiffView::DiffView(const ui::Theme &theme, QWidget *parent) : QAbstractScrollArea(parent), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(Tr::tr("Changes of the file, side by side"));
    setFrameShape(QFrame::NoFrame);
}

void DiffView::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    updateScrollBars();
    viewport()->update();
}

void DiffView::setDiff(const FileDiff &diff)
{
    const bool same = m_path == QString::fromStdString(diff.path);
    m_path = QString::fromStdString(diff.path);
    m_binary = diff.binary;
    m_rows = toRows(diff);
    m_longest = 0;
    int added = 0, removed = 0;
    for (const DiffRow &row : m_rows) {
        m_longest = std::max({m_longest, int(row.left.text.size()), int(row.right.text.size())});
        added += row.right.line && row.right.kind == LineKind::Added;
        removed += row.left.line && row.left.kind == LineKind::Removed;
    }
    setAccessibleDescription(Tr::tr("%1: %2 lines added, %3 removed").arg(m_path).arg(added).arg(removed));
    updateScrollBars();
    if (!same)
        verticalScrollBar()->setValue(0);
    viewport()->update();
}

void DiffView::clear()
{
    setDiff({});
}

int DiffView::rowHeight() const
{
    return m_theme.scaled(kRowHeight);
}

void DiffView::updateScrollBars()
{
    const int visible = std::max(1, (viewport()->height() - m_theme.scaled(kHeaderHeight)) / rowHeight());
    verticalScrollBar()->setPageStep(visible);
    verticalScrollBar()->setRange(0, std::max(0, int(m_rows.size()) - visible));
    const QFontMetrics metrics(m_theme.monoFont(12));
    const int side = viewport()->width() / 2 - kNumberWidth - kSignWidth;
    const int text = m_longest * metrics.horizontalAdvance(QLatin1Char('m')) + 8;
    horizontalScrollBar()->setPageStep(side);
    horizontalScrollBar()->setRange(0, std::max(0, text - side));
}

void DiffView::resizeEvent(QResizeEvent *)
{
    updateScrollBars();
}

void DiffView::goToChange(int step)
{
    const int count = int(m_rows.size());
    int row = verticalScrollBar()->value();
    const auto startsChange = [&](int i) { return isChange(m_rows[i]) && (i == 0 || !isChange(m_rows[i - 1])); };
    for (int i = row + step; i >= 0 && i < count; i += step)
        if (startsChange(i)) {
            verticalScrollBar()->setValue(std::max(0, i - 2));
            if (verticalScrollBar()->value() != row)
                return;
        }
}

void DiffView::keyPressEvent(QKeyEvent *event)
{
    const bool alt = event->modifiers() == Qt::AltModifier;
    if (alt && event->key() == Qt::Key_Down)
        goToChange(1);
    else if (alt && event->key() == Qt::Key_Up)
        goToChange(-1);
    else if (event->key() == Qt::Key_Return)
        emit unfoldRequested(m_path);
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void DiffView::mousePressEvent(QMouseEvent *event)
{
    const int y = int(event->position().y()) - m_theme.scaled(kHeaderHeight);
    const int row = verticalScrollBar()->value() + y / rowHeight();
    if (y >= 0 && row < int(m_rows.size()) && m_rows[row].folded)
        emit unfoldRequested(m_path);
}

void DiffView::paintSide(QPainter &painter, const DiffCell &cell, const QRect &area) const
{
    const bool added = cell.kind == LineKind::Added, removed = cell.kind == LineKind::Removed;
    if (!cell.line) {
        painter.fillRect(area, QBrush(m_theme.color("line"), Qt::BDiagPattern));
        return;
    }
    if (added || removed)
        painter.fillRect(area, m_theme.color(added ? "d_addedBg" : "d_removedBg"));
    painter.setPen(m_theme.color("text3"));
    painter.drawText(area.adjusted(0, 0, kNumberWidth - 8 - area.width(), 0), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(cell.line));
    if (added || removed) {
        painter.setPen(m_theme.color(added ? "d_added" : "d_removed"));
        painter.drawText(QRect(area.left() + kNumberWidth, area.top(), kSignWidth, area.height()), Qt::AlignCenter,
                         added ? QStringLiteral("+") : QStringLiteral("−"));
    }
    const QRect text = area.adjusted(kNumberWidth + kSignWidth, 0, 0, 0);
    painter.save();
    painter.setClipRect(text);
    const int x = text.left() - horizontalScrollBar()->value();
    const QFontMetrics metrics = painter.fontMetrics();
    for (const TextSpan &span : cell.changed) {
        const int begin = metrics.horizontalAdvance(cell.text.left(span.begin));
        const int end = metrics.horizontalAdvance(cell.text.left(span.end));
        painter.fillRect(QRect(x + begin, area.top() + 2, end - begin, area.height() - 4),
                         m_theme.color(added ? "d_addedWord" : "d_removedWord"));
    }
    painter.setPen(m_theme.color("text"));
    painter.drawText(QRect(x, area.top(), metrics.horizontalAdvance(cell.text) + 8, area.height()), Qt::AlignVCenter,
                     cell.text);
    painter.restore();
}

void DiffView::paintBar(QPainter &painter, const DiffRow &row, const QRect &area) const
{
    painter.fillRect(area, m_theme.color("header"));
    painter.setPen(m_theme.color("line"));
    painter.drawLine(area.topLeft(), area.topRight());
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.drawPixmap(area.left() + 10, area.center().y() - 7,
                       m_theme.pixmap(QStringLiteral("expand"), m_theme.color("text2"), 14, devicePixelRatioF()));
    painter.setPen(m_theme.color("text2"));
    painter.setFont(m_theme.font(12));
    painter.drawText(area.adjusted(32, 0, 0, 0), Qt::AlignVCenter, Tr::tr("%n unchanged lines", nullptr, row.folded));
    painter.setFont(m_theme.monoFont(12));
}

void DiffView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.color("editor"));
    const int half = viewport()->width() / 2, header = m_theme.scaled(kHeaderHeight), height = rowHeight();
    if (m_rows.empty()) {
        painter.setPen(m_theme.color("text2"));
        painter.setFont(m_theme.font(13));
        painter.drawText(viewport()->rect(), Qt::AlignCenter,
                         m_binary          ? Tr::tr("%1 is not text, so its changes can't be shown.").arg(m_path)
                         : m_path.isEmpty() ? Tr::tr("Choose a changed file to see what changed")
                                            : Tr::tr("%1 is as in the last commit").arg(m_path));
        return;
    }
    painter.setFont(m_theme.monoFont(12));
    int y = header;
    for (std::size_t i = std::size_t(verticalScrollBar()->value()); i < m_rows.size() && y < viewport()->height(); ++i, y += height) {
        const DiffRow &row = m_rows[i];
        if (row.folded) {
            paintBar(painter, row, QRect(0, y, viewport()->width(), height));
            continue;
        }
        paintSide(painter, row.left, QRect(0, y, half, height));
        paintSide(painter, row.right, QRect(half + 1, y, viewport()->width() - half - 1, height));
    }
    painter.setPen(m_theme.color("line"));
    painter.drawLine(half, header, half, viewport()->height());
    painter.fillRect(QRect(0, 0, viewport()->width(), header), m_theme.color("header"));
    painter.drawLine(0, header - 1, viewport()->width(), header - 1);
    painter.setFont(m_theme.font(12));
    painter.setPen(m_theme.color("text2"));
    painter.drawText(QRect(12, 0, half - 12, header), Qt::AlignVCenter, m_left.isEmpty() ? Tr::tr("Last commit") : m_left);
    painter.drawText(QRect(half + 12, 0, half - 12, header), Qt::AlignVCenter, m_right.isEmpty() ? Tr::tr("On disk") : m_right);
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.color("focus"), 2));
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

} // namespace git
