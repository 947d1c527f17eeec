#include "app/breadcrumb.h"

#include "ui/tr.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace app {

namespace {

/// Where the next step lies below a node, or null.
const flow::Node *step(const flow::Node &node, std::size_t offset, std::vector<Crumb> &crumbs)
{
    if (node.isMapping()) {
        // A key owns everything up to the next one, blank lines included.
        const flow::Entry *found = nullptr;
        for (const flow::Entry &entry : node.entries)
            if (entry.key->whole.begin <= offset)
                found = &entry;
        if (!found)
            return nullptr;
        crumbs.push_back({QString::fromStdString(found->key->text), found->key->range.begin});
        return found->value;
    }
    if (node.isSequence()) {
        const flow::Node *found = nullptr;
        std::size_t index = 0;
        for (std::size_t i = 0; i < node.items.size(); ++i)
            if (node.items[i]->whole.begin <= offset + 2) { // the dash before it belongs to it
                found = node.items[i];
                index = i;
            }
        if (!found)
            return nullptr;
        const flow::Node *named = found->find("task") ? found->find("task") : found;
        const flow::Node *id = named->find("id") ? named->find("id") : named->find("key");
        crumbs.push_back({id && id->isScalar() ? QString::fromStdString(id->text) : QString::number(index + 1), found->range.begin});
        return found;
    }
    return nullptr;
}

} // namespace

std::vector<Crumb> crumbsAt(const flow::Flow &flow, std::size_t offset)
{
    std::vector<Crumb> crumbs;
    for (const flow::Node *node = flow.root; node;)
        node = step(*node, offset, crumbs);
    return crumbs;
}

Breadcrumb::Breadcrumb(const ui::Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setObjectName(QStringLiteral("breadcrumb"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void Breadcrumb::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    update();
}

void Breadcrumb::setCrumbs(std::vector<Crumb> crumbs)
{
    if (crumbs == m_crumbs)
        return;
    m_crumbs = std::move(crumbs);
    m_hot = hasFocus() ? int(m_crumbs.size()) - 1 : -1;
    sayName();
    update();
}

/// The whole way; with the focus the step it is on.
void Breadcrumb::sayName()
{
    QStringList words;
    for (const Crumb &crumb : m_crumbs)
        words.append(crumb.text);
    setAccessibleName(hasFocus() && m_hot >= 0 ? Tr::tr("%1, step %2 of %3").arg(words[m_hot]).arg(m_hot + 1).arg(words.size())
                                               : words.join(QStringLiteral(", ")));
}

void Breadcrumb::setHot(int index)
{
    if (std::exchange(m_hot, index) == index)
        return;
    sayName();
    update();
}

void Breadcrumb::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    m_boxes.assign(m_crumbs.size(), {});
    const QFont plain = m_theme.font(12);
    const QFont strong = m_theme.font(12, QFont::DemiBold);
    constexpr int kSeparator = 22;
    std::size_t first = 0;
    const auto widthFrom = [&](std::size_t begin) {
        int width = 0;
        for (std::size_t i = begin; i < m_crumbs.size(); ++i)
            width += QFontMetrics(i + 1 == m_crumbs.size() ? strong : plain).horizontalAdvance(m_crumbs[i].text) + (i > begin ? kSeparator : 0);
        return width;
    };
    while (first + 1 < m_crumbs.size() && widthFrom(first) > width())
        ++first;
    int x = 0;
    const QPixmap chevron = m_theme.pixmap(QStringLiteral("chevron-right"), m_theme.color("text3"), 12, devicePixelRatioF());
    for (std::size_t i = first; i < m_crumbs.size(); ++i) {
        const bool last = i + 1 == m_crumbs.size();
        if (i > first) {
            painter.drawPixmap(x + (kSeparator - 12) / 2, (height() - 12) / 2, chevron);
            x += kSeparator;
        }
        painter.setFont(last ? strong : plain);
        const int wide = painter.fontMetrics().horizontalAdvance(m_crumbs[i].text);
        m_boxes[i] = QRect(x, 0, wide, height());
        painter.setPen(m_theme.color(int(i) == m_hot ? "link" : last ? "text" : "text2"));
        painter.drawText(m_boxes[i], Qt::AlignVCenter | Qt::AlignLeft, m_crumbs[i].text);
        if (hasFocus() && int(i) == m_hot) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(m_theme.color("focus"), 2));
            painter.drawRoundedRect(QRectF(m_boxes[i]).adjusted(-4, 4, 4, -4), 4, 4);
        }
        x += wide;
    }
}

int Breadcrumb::crumbAt(QPoint point) const
{
    for (std::size_t i = 0; i < m_boxes.size(); ++i)
        if (m_boxes[i].contains(point))
            return int(i);
    return -1;
}

void Breadcrumb::mousePressEvent(QMouseEvent *event)
{
    const int index = crumbAt(event->position().toPoint());
    if (index >= 0)
        emit chosen(m_crumbs[std::size_t(index)].offset);
}

void Breadcrumb::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_crumbs.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left: return setHot(std::max(0, m_hot - 1));
    case Qt::Key_Right: return setHot(std::min(last, m_hot + 1));
    case Qt::Key_Home: return setHot(std::min(0, last));
    case Qt::Key_End: return setHot(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_hot >= 0 && m_hot <= last)
            emit chosen(m_crumbs[std::size_t(m_hot)].offset);
        return;
    case Qt::Key_Escape: emit left(); return;
    default: QWidget::keyPressEvent(event);
    }
}

void Breadcrumb::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    m_hot = int(m_crumbs.size()) - 1;
    sayName();
    update();
}

void Breadcrumb::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    setHot(-1);
    update();
}

bool Breadcrumb::event(QEvent *event)
{
    if (event->type() == QEvent::MouseMove || (event->type() == QEvent::Leave && !hasFocus())) {
        const int hot = event->type() == QEvent::Leave ? -1 : crumbAt(static_cast<QMouseEvent *>(event)->position().toPoint());
        setCursor(hot >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        if (hot >= 0 || !hasFocus())
            setHot(hot);
    }
    return QWidget::event(event);
}

} // namespace app
