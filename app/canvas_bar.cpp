#include "app/canvas_bar.h"

#include "app/app_state.h"
#include "canvas/canvas_view.h"
#include "ui/search_field.h"
#include "ui/state_chip.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QHBoxLayout>
#include <QToolButton>

#include <cmath>

namespace app {

CanvasBar::CanvasBar(AppState &state, canvas::CanvasView &view, QWidget *parent)
    : QFrame(parent), m_state(state), m_view(view), m_search(new ui::SearchField(state.theme(), Tr::tr("Jump to task"))),
      m_run(new ui::StateChip(state.theme())), m_dismiss(nullptr), m_zoom(nullptr)
{
    setProperty("role", "canvasBar");
    setFixedHeight(state.theme().scaled(34));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->setSpacing(2);
    m_search->setFixedWidth(132);
    m_search->setProperty("dense", true);
    layout->addWidget(m_search);
    rule();
    QToolButton *notes = button(QStringLiteral("comment"), Tr::tr("Notes"), true);
    QToolButton *values = button(QStringLiteral("values"), Tr::tr("Values of the last run"), true);
    QToolButton *links = button(QStringLiteral("link"), Tr::tr("Data links"), true);
    layout->addSpacing(8);
    layout->addWidget(m_run);
    m_dismiss = button(QStringLiteral("close"), Tr::tr("Take the run off the graph"));
    layout->addStretch();
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
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &words) { m_view.search(words); });
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
}

void CanvasBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

} // namespace app
