#include "app/bar_button.h"

#include "app/app_state.h"

#include <QPainter>

#include <algorithm>

namespace app {

namespace {

constexpr int kPadding = 11;
constexpr int kIcon = 16;
constexpr int kGap = 7;
constexpr int kArrow = 14;
constexpr int kArrowGap = 4;
constexpr int kSearchWidth = 360;
constexpr int kSearchLeast = 160;
constexpr int kLongestWords = 220; ///< of a project or a branch

} // namespace

BarButton::BarButton(AppState &state, Look look, const QString &icon, const QString &words, QWidget *parent)
    : QToolButton(parent), m_state(state), m_look(look), m_icon(icon), m_words(words)
{
    setFocusPolicy(Qt::StrongFocus);
    setPopupMode(QToolButton::InstantPopup);
    setFixedHeight(state.theme().scaled(28));
    setAccessibleName(words);
    if (look == Look::Field) {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setMaximumWidth(kSearchWidth);
    }
    connect(&state, &AppState::themeChanged, this, [this](const ui::Theme &theme) {
        setFixedHeight(theme.scaled(28));
        updateGeometry();
        update();
    });
}

void BarButton::setWords(const QString &words)
{
    m_words = words;
    updateGeometry();
    update();
}

void BarButton::setKeys(const QString &keys)
{
    m_keys = keys;
    updateGeometry();
    update();
}

void BarButton::setCount(int count)
{
    m_count = count;
    updateGeometry();
    update();
}

QFont BarButton::wordsFont() const
{
    return m_state.theme().font(m_look == Look::Field ? 12.5 : 13, m_look == Look::Primary || m_strong ? QFont::DemiBold : QFont::Normal);
}

int BarButton::keysWidth() const
{
    return m_keys.isEmpty() ? 0 : QFontMetrics(m_state.theme().monoFont(11)).horizontalAdvance(m_keys);
}

int BarButton::pillWidth() const
{
    return std::max(19, QFontMetrics(m_state.theme().font(11, QFont::DemiBold)).horizontalAdvance(QString::number(m_count)) + 12);
}

int BarButton::widthOf(const QString &words) const
{
    int width = kPadding + kIcon + kGap + std::min(QFontMetrics(wordsFont()).horizontalAdvance(words), kLongestWords) + kPadding;
    if (!m_keys.isEmpty())
        width += 6 + keysWidth();
    if (m_count > 0)
        width += 8 + pillWidth();
    if (menu())
        width += kArrowGap + kArrow - 2;
    return width;
}

QSize BarButton::sizeHint() const
{
    return {m_look == Look::Field ? kSearchWidth : widthOf(m_words), height()};
}

QSize BarButton::minimumSizeHint() const
{
    return {m_look == Look::Field ? kSearchLeast : widthOf(m_words), height()};
}

void BarButton::paintEvent(QPaintEvent *)
{
    const ui::Theme &theme = m_state.theme();
    const bool on = isEnabled(), hot = underMouse() && on, held = isDown() && on;
    const char *ground = held ? "pressed" : hot ? "hover" : "raised";
    const char *frame = on ? "lineStrong" : "line";
    const char *ink = on ? "text" : "text3";
    if (m_look == Look::Primary) {
        ground = !on ? "pressed" : hot || held ? "accentHover" : "accent";
        frame = ground;
        ink = on ? "onAccent" : "text3";
    } else if (m_look == Look::Field) {
        ground = hot ? "hover" : "field";
        ink = "text3";
    } else if (!on) {
        ground = "window";
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool bare = m_look == Look::Flat && !hot && !held;
    const bool ring = hasFocus();
    const double pen = ring ? 2 : 1;
    painter.setBrush(bare ? QColor(Qt::transparent) : theme.color(ground));
    if (ring)
        painter.setPen(QPen(theme.color(m_look == Look::Primary ? "text" : "focus"), pen));
    else if (m_look == Look::Flat)
        painter.setPen(Qt::NoPen);
    else
        painter.setPen(QPen(theme.color(frame), pen));
    painter.drawRoundedRect(QRectF(rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2), 6, 6);

    const char *iconInk = m_look == Look::Field ? "text2" : ink;
    painter.drawPixmap(kPadding, (height() - kIcon) / 2, theme.pixmap(m_icon, theme.color(iconInk), kIcon, devicePixelRatioF()));
    int right = width() - kPadding;
    if (menu()) {
        right -= kArrow - 2;
        painter.drawPixmap(right, (height() - kArrow) / 2, theme.pixmap(QStringLiteral("chevron-down"), theme.color(on ? "text2" : "text3"), kArrow, devicePixelRatioF()));
        right -= kArrowGap;
    }
    if (m_count > 0) {
        const QRectF pill(right - pillWidth(), height() / 2.0 - 9, pillWidth(), 18);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color("f_flowBg"));
        painter.drawRoundedRect(pill, 9, 9);
        painter.setPen(theme.color("f_flow"));
        painter.setFont(theme.font(11, QFont::DemiBold));
        painter.drawText(pill, Qt::AlignCenter, QString::number(m_count));
        right = int(pill.left()) - 8;
    }
    if (!m_keys.isEmpty()) {
        painter.setFont(theme.monoFont(11));
        QRectF box(right - keysWidth(), 1, keysWidth(), height());
        painter.setPen(theme.color(m_look == Look::Primary ? ink : "text2"));
        if (m_look == Look::Field) { // in a frame of its own
            box = QRectF(width() - keysWidth() - 20.5, height() / 2.0 - 9.5, keysWidth() + 11, 19);
            painter.setBrush(theme.color("panel"));
            painter.setPen(theme.color("lineStrong"));
            painter.drawRoundedRect(box, 4, 4);
            painter.setPen(theme.color("text2"));
        }
        painter.drawText(box, Qt::AlignCenter, m_keys);
        right = int(box.left()) - 6;
    }
    painter.setPen(theme.color(ink));
    painter.setFont(wordsFont());
    const QRect words(kPadding + kIcon + kGap, 0, right - kPadding - kIcon - kGap + 1, height());
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, painter.fontMetrics().elidedText(m_words, m_look == Look::Flat ? Qt::ElideMiddle : Qt::ElideRight, words.width()));
}

} // namespace app
