#include "app/canvas_bar.h"

#include "app/app_state.h"
#include "canvas/canvas_view.h"
#include "ui/search_field.h"
#include "ui/state_chip.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStyle>
#include <QToolButton>

#include <cmath>

namespace app {

namespace {
constexpr int kRoomForAll = 400; ///< without a run
constexpr int kRoomForSearch = 300;
} // namespace

CanvasBar::CanvasBar(AppState &state, canvas::CanvasView &view, QWidget *parent)
    : QFrame(parent), m_state(state), m_view(view), m_search(new ui::SearchField(state.theme(), Tr::tr("Jump to task"))),
      m_run(new ui::StateChip(state.theme())), m_dismiss(nullptr), m_zoom(nullptr), m_more(nullptr)
{
    setProperty("role", "canvasBar");
    setFixedHeight(state.theme().scaled(34));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->setSpacing(2);
    m_search->setMaximumWidth(132);
    m_search->setMinimumWidth(60);
    m_search->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_search->setProperty("dense", true);
    layout->addWidget(m_search);
    rule();
    QToolButton *notes = button(QStringLiteral("comment"), Tr::tr("Notes"), true);
    QToolButton *values = button(QStringLiteral("values"), Tr::tr("Values of the last run"), true);
    QToolButton *links = button(QStringLiteral("link"), Tr::tr("Data links"), true);
    layout->addSpacing(8);
    layout->addWidget(m_run);
    m_dismiss = button(QStringLiteral("close"), Tr::tr("Take the run off the graph"));
    layout->addStretch(1);
    QToolButton *collapse = button(QStringLiteral("collapse"), Tr::tr("Collapse all"), true);
    QToolButton *minimap = button(QStringLiteral("minimap"), Tr::tr("Minimap"), true);
    rule();
    QToolButton *out = button(QStringLiteral("zoom-out"), Tr::tr("Zoom out"));
    m_zoom = new QToolButton;
    m_zoom->setFixedHeight(26);
    m_zoom->setFixedWidth(46);
    m_zoom->setToolTip(Tr::tr("Zoom to 100 %"));
    m_zoom->setAccessibleName(Tr::tr("Zoom"));
    layout->addWidget(m_zoom);
    QToolButton *in = button(QStringLiteral("zoom-in"), Tr::tr("Zoom in"));
    QToolButton *fit = button(QStringLiteral("fit"), Tr::tr("Fit the graph"));

    m_extras = {notes, values, links, collapse};
    m_more = button(QStringLiteral("more"), Tr::tr("More"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_more);
    m_more->setMenu(menu);
    for (QToolButton *extra : m_extras) {
        QAction *action = menu->addAction(extra->accessibleName());
        action->setCheckable(true);
        connect(menu, &QMenu::aboutToShow, action, [action, extra] { action->setChecked(extra->isChecked()); });
        connect(action, &QAction::triggered, extra, &QToolButton::setChecked);
    }

    notes->setChecked(view.flowScene().notesShown());
    values->setChecked(view.flowScene().valuesShown());
    links->setChecked(view.flowScene().linksShown());
    minimap->setChecked(view.minimapShown());
    connect(notes, &QToolButton::toggled, this, [this](bool on) { m_view.flowScene().setNotesShown(on); });
    connect(values, &QToolButton::toggled, this, [this](bool on) { m_view.flowScene().setValuesShown(on); });
    connect(links, &QToolButton::toggled, this, [this](bool on) { m_view.flowScene().setLinksShown(on); });
    connect(minimap, &QToolButton::toggled, this, [this](bool on) { m_view.setMinimapShown(on); });
    connect(collapse, &QToolButton::toggled, this, [this](bool on) { m_view.flowScene().setAllCollapsed(on); });
    connect(out, &QToolButton::clicked, &view, &canvas::CanvasView::zoomOut);
    connect(in, &QToolButton::clicked, &view, &canvas::CanvasView::zoomIn);
    connect(m_zoom, &QToolButton::clicked, &view, &canvas::CanvasView::zoomToReal);
    connect(fit, &QToolButton::clicked, &view, &canvas::CanvasView::zoomToFit);
    connect(m_dismiss, &QToolButton::clicked, this, &CanvasBar::runDismissed);
    connect(&view, &canvas::CanvasView::minimapShownChanged, minimap, &QToolButton::setChecked);
    connect(m_search, &QLineEdit::textChanged, this, &CanvasBar::search);
    connect(m_search, &ui::SearchField::escapePressed, this, &CanvasBar::leaveSearch);
    connect(m_search, &ui::SearchField::upPressed, this, [this] { m_view.nextHit(-1); });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_view.nextHit(); });
    connect(m_search, &ui::SearchField::downPressed, this, [this] { m_view.nextHit(); });
    const auto showZoom = [this](double zoom) { m_zoom->setText(QStringLiteral("%1 %").arg(int(std::lround(zoom * 100)))); };
    showZoom(view.zoom());
    connect(&view, &canvas::CanvasView::zoomChanged, this, showZoom);
    const auto applyTheme = [this](const ui::Theme &theme) {
        m_run->setTheme(theme);
        m_zoom->setFont(theme.monoFont(12));
    };
    applyTheme(state.theme());
    connect(&state, &AppState::themeChanged, this, applyTheme);
    setRun({}, {});
}

QToolButton *CanvasBar::button(const QString &icon, const QString &name, bool checkable)
{
    auto *made = new QToolButton;
    made->setFixedSize(26, 26);
    made->setIconSize({16, 16});
    made->setCheckable(checkable);
    made->setToolTip(name);
    made->setAccessibleName(name);
    ui::setThemedIcon(made, icon, m_state.theme());
    static_cast<QHBoxLayout *>(layout())->addWidget(made);
    return made;
}

void CanvasBar::rule()
{
    auto *line = new QFrame;
    line->setProperty("role", "ruleVertical");
    line->setFixedSize(1, 20);
    auto *row = static_cast<QHBoxLayout *>(layout());
    row->addSpacing(4);
    row->addWidget(line);
    row->addSpacing(4);
}

void CanvasBar::setRun(const QString &look, const QString &text)
{
    m_run->setState(look, text);
    m_run->setVisible(!text.isEmpty());
    m_dismiss->setVisible(!text.isEmpty());
    fitButtons();
}

/// A narrow bar keeps the zoom and the run; what only shows or hides something goes first.
void CanvasBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitButtons();
}

void CanvasBar::fitButtons()
{
    const int room = width();
    const int run = m_run->isHidden() ? 0 : m_run->sizeHint().width() + 34;
    const bool all = room >= kRoomForAll + run;
    for (QToolButton *extra : m_extras)
        extra->setVisible(all);
    m_more->setVisible(!all);
    m_search->setVisible(room >= kRoomForSearch + run || m_search->hasFocus());
}

void CanvasBar::focusSearch()
{
    m_search->show();
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void CanvasBar::nextHit(int step)
{
    if (m_search->text().isEmpty())
        focusSearch();
    else
        m_view.nextHit(step);
}

/// Marks the tasks that hold the words. When there is none the field says so.
void CanvasBar::search(const QString &words)
{
    const bool none = m_view.search(words) == 0 && !words.isEmpty();
    m_search->setToolTip(none ? Tr::tr("No task has “%1”").arg(words) : QString());
    if (m_search->property("invalid").toBool() == none)
        return;
    m_search->setProperty("invalid", none);
    m_search->style()->unpolish(m_search);
    m_search->style()->polish(m_search);
}

/// Back to the graph, at the task that was found.
void CanvasBar::leaveSearch()
{
    const int hit = m_view.currentHit();
    m_search->clear();
    if (hit >= 0) {
        m_view.setCurrentNode(hit, true);
        m_view.select({m_view.flowScene().graph().nodes[std::size_t(hit)].key});
    }
    m_view.setFocus(Qt::ShortcutFocusReason);
    fitButtons();
}

} // namespace app
