#include "editor/editor_look.h"
#include "editor/yaml_editor.h"

#include <QPainter>

#include <algorithm>

/// What the text view paints over the text: waves, hints, signs, the number of the caret's line.
namespace editor {

using namespace look;

QStringList YamlEditor::deletedAbove(int line) const
{
    const auto here = m_deletions.find(line);
    if (here != m_deletions.end())
        return *here;
    const bool last = line + 1 == send(SCI_GETLINECOUNT); // what was below the last line
    return last ? m_deletions.value(line + 1) : QStringList();
}

/// A wedge between two lines where lines of the saved text are gone.
void YamlEditor::paintDeletions(QPainter &painter)
{
    if (m_deletions.isEmpty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color("d_removed"));
    const double left = static_cast<double>(send(SCI_GETMARGINWIDTHN, kBreakpointMargin) +
                                            send(SCI_GETMARGINWIDTHN, kNumberMargin) +
                                            send(SCI_GETMARGINWIDTHN, kGapMargin));
    const int height = static_cast<int>(send(SCI_TEXTHEIGHT, 0));
    for (auto gone = m_deletions.keyValueBegin(); gone != m_deletions.keyValueEnd(); ++gone) {
        const int line = gone->first;
        const bool below = line >= send(SCI_GETLINECOUNT);
        const auto shown = static_cast<unsigned long>(below ? line - 1 : line);
        if (!send(SCI_GETLINEVISIBLE, shown))
            continue;
        const double y =
            static_cast<double>(send(SCI_POINTYFROMPOSITION, 0, send(SCI_POSITIONFROMLINE, shown))) +
            (below ? height : 0);
        painter.drawPolygon(QPolygonF({{left, y - 4}, {left + 6, y}, {left, y + 4}}));
    }
}

int YamlEditor::lineEndX(int line) const
{
    const long end = send(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line));
    return static_cast<int>(send(SCI_POINTXFROMPOSITION, 0, end));
}

QRect YamlEditor::fixSignRect() const
{
    const long begin = send(SCI_POSITIONFROMLINE, static_cast<unsigned long>(m_fixLine));
    const int height = static_cast<int>(send(SCI_TEXTHEIGHT, 0));
    const int y = static_cast<int>(send(SCI_POINTYFROMPOSITION, 0, begin));
    return QRect(lineEndX(m_fixLine) + 8, y + (height - 16) / 2, 16, 16);
}

void YamlEditor::paintFixSign(QPainter &painter)
{
    if (m_fixLine < 0 || !send(SCI_GETLINEVISIBLE, static_cast<unsigned long>(m_fixLine)))
        return;
    painter.drawPixmap(fixSignRect().topLeft(),
                       m_theme.pixmap(QStringLiteral("wand"), m_theme.color("s_warning"), 16,
                                      devicePixelRatioF()));
}

void YamlEditor::paintEvent(QPaintEvent *event)
{
    QsciScintillaBase::paintEvent(event);
    QPainter painter(viewport());
    paintCaretLineNumber(painter);
    paintDeletions(painter);
    paintFixSign(painter);
    paintHints(painter);
    paintWaves(painter);
}

void YamlEditor::paintWaves(QPainter &painter)
{
    const long firstLine =
        send(SCI_DOCLINEFROMVISIBLE, static_cast<unsigned long>(send(SCI_GETFIRSTVISIBLELINE)));
    const long lastLine =
        send(SCI_DOCLINEFROMVISIBLE, static_cast<unsigned long>(send(SCI_GETFIRSTVISIBLELINE) +
                                                                send(SCI_LINESONSCREEN) + 1));
    const long begin = send(SCI_POSITIONFROMLINE, static_cast<unsigned long>(firstLine));
    const long end = send(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(lastLine));
    const int height = static_cast<int>(send(SCI_TEXTHEIGHT, 0));
    const int left = textLeft();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(QRect(left, 0, viewport()->width() - left, viewport()->height()));
    struct Kind
    {
        Indicator indicator;
        const char *token;
    };
    for (const Kind &kind :
         {Kind{kHintIndicator, "s_running"}, Kind{kWarningIndicator, "s_warning"},
          Kind{kErrorIndicator, "s_failed"}}) {
        painter.setPen(QPen(m_theme.color(kind.token), 1.2));
        for (long at = begin; at < end;) {
            const long next = send(SCI_INDICATOREND, kind.indicator, at);
            const long stop = next > at ? std::min(next, end) : end;
            if (send(SCI_INDICATORVALUEAT, kind.indicator, at))
                paintWave(painter, at, stop, height);
            at = stop;
        }
    }
}

void YamlEditor::paintWave(QPainter &painter, long begin, long end, int height)
{
    for (long line = send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(begin)); begin < end;
         ++line) {
        const long lineEnd =
            std::min(end, send(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line)));
        if (send(SCI_GETLINEVISIBLE, static_cast<unsigned long>(line))) {
            const double from = static_cast<double>(send(SCI_POINTXFROMPOSITION, 0, begin));
            const double to =
                std::max(from + 6, static_cast<double>(send(SCI_POINTXFROMPOSITION, 0, lineEnd)));
            const double y =
                static_cast<double>(send(SCI_POINTYFROMPOSITION, 0, begin)) + height - 2;
            QPolygonF wave;
            bool up = false;
            for (double x = from; x <= to; x += 3, up = !up)
                wave << QPointF(x, up ? y - 1.5 : y + 1);
            painter.drawPolyline(wave);
        }
        begin = send(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line + 1));
    }
}

int YamlEditor::textLeft() const
{
    int left = 0;
    for (unsigned long i = 0; i < kMarginCount; ++i)
        left += static_cast<int>(send(SCI_GETMARGINWIDTHN, i));
    return left;
}

void YamlEditor::paintCaretLineNumber(QPainter &painter)
{
    const long line =
        send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(send(SCI_GETCURRENTPOS)));
    if (!send(SCI_GETLINEVISIBLE, static_cast<unsigned long>(line)))
        return;
    const int top = static_cast<int>(send(
        SCI_POINTYFROMPOSITION, 0, send(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line))));
    const int left = static_cast<int>(send(SCI_GETMARGINWIDTHN, kBreakpointMargin));
    const QRect rect(left, top, static_cast<int>(send(SCI_GETMARGINWIDTHN, kNumberMargin)),
                     static_cast<int>(send(SCI_TEXTHEIGHT, 0)));
    painter.fillRect(rect, m_theme.color("caretLine"));
    QFont font = m_theme.monoFont(13);
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(m_theme.color("text"));
    painter.drawText(rect.adjusted(0, 0, -3, 0), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(line + 1));
}

void YamlEditor::paintHints(QPainter &painter)
{
    const long caretLine =
        send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(send(SCI_GETCURRENTPOS)));
    QFont font = m_theme.monoFont(12);
    font.setItalic(true);
    painter.setFont(font);
    painter.setPen(m_theme.color("y_hint"));
    for (const LineHint &hint : std::as_const(m_hints))
        paintHint(painter, hint.line, QStringLiteral("\u2039 %1 \u203A").arg(hint.text));
    if (caretLine < m_blame.size() && !m_blame[caretLine].isEmpty()) {
        painter.setFont(m_theme.font(11.5)); // names may be Korean: upright
        painter.setPen(m_theme.color("text3"));
        paintHint(painter, static_cast<int>(caretLine), m_blame[caretLine]);
    }
}

void YamlEditor::paintHint(QPainter &painter, int line, const QString &text)
{
    if (!send(SCI_GETLINEVISIBLE, static_cast<unsigned long>(line)))
        return;
    const int height = static_cast<int>(send(SCI_TEXTHEIGHT, 0));
    const int x = lineEndX(line) + (line == m_fixLine ? 36 : 16);
    const int y = static_cast<int>(send(
        SCI_POINTYFROMPOSITION, 0, send(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line))));
    if (y + height < 0 || y > viewport()->height())
        return;
    painter.drawText(QRect(x, y, std::max(0, viewport()->width() - x), height),
                     Qt::AlignLeft | Qt::AlignVCenter, text);
}

} // namespace editor
