#include "app/run/log_view.h"

#include "app/app_state.h"
#include "ui/search_field.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>

namespace app {

namespace {

/// Plain text on the ground of the level: QSS would paint its own ground over that of the model.
class LogDelegate : public QStyledItemDelegate
{
public:
    LogDelegate(const AppState &state, QObject *parent) : QStyledItemDelegate(parent), m_state(state) {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const ui::Theme &theme = m_state.theme();
        painter->save();
        const QVariant ground = index.data(Qt::BackgroundRole);
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, theme.color("selected"));
        else if (ground.isValid())
            painter->fillRect(option.rect, ground.value<QColor>());
        QRect box = option.rect.adjusted(8, 0, -4, 0);
        if (index.column() == LogModel::LevelColumn) {
            const auto level = engine::Level(index.data(LogModel::LevelRole).toInt());
            painter->drawPixmap(box.left(), box.center().y() - 6,
                                theme.pixmap(QLatin1String(levelIcon(level)), theme.color(levelToken(level)), 14, painter->device()->devicePixelRatioF()));
            box.setLeft(box.left() + 20);
        }
        painter->setPen(index.data(Qt::ForegroundRole).value<QColor>());
        painter->setFont(theme.monoFont(12));
        const QString text = index.data().toString();
        painter->drawText(box, Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(text, index.column() == LogModel::TaskColumn ? Qt::ElideMiddle : Qt::ElideRight, box.width()));
        painter->restore();
    }

private:
    const AppState &m_state;
};

} // namespace

/// `INFO 31`: on or off, with the count of that level.
class LogView::LevelChip : public QAbstractButton
{
public:
    LevelChip(AppState &state, engine::Level level) : m_state(state), m_level(level)
    {
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    int count = 0;
    QSize sizeHint() const override
    {
        const QFontMetrics metrics(m_state.theme().font(11.5, QFont::DemiBold));
        return {16 + metrics.horizontalAdvance(words()), m_state.theme().scaled(20)};
    }
    QString words() const { return QStringLiteral("%1 %2").arg(levelWord(m_level)).arg(count); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const ui::Theme &theme = m_state.theme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const char *ground = m_level == engine::Level::Error ? "b_failed" : m_level == engine::Level::Warn ? "b_warning"
                             : m_level == engine::Level::Info ? "selected" : "b_neutral";
        const char *ink = m_level == engine::Level::Error ? "s_failed" : m_level == engine::Level::Warn ? "s_warning" : "text";
        painter.setPen(hasFocus() ? QPen(theme.color("focus"), 2) : isChecked() ? QPen(Qt::NoPen) : QPen(theme.color("lineStrong"), 1));
        painter.setBrush(isChecked() ? theme.color(ground) : QColor(Qt::transparent));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), height() / 2.0 - 1, height() / 2.0 - 1);
        painter.setPen(theme.color(isChecked() ? ink : "text2"));
        painter.setFont(theme.font(11.5, QFont::DemiBold));
        painter.drawText(rect(), Qt::AlignCenter, words());
    }

private:
    AppState &m_state;
    engine::Level m_level;
};

LogView::LogView(AppState &state, QWidget *parent)
    : QWidget(parent), m_state(state), m_model(new LogModel(state.theme(), this)), m_view(new QTableView),
      m_search(new ui::SearchField(state.theme(), Tr::tr("Find in logs")))
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new LogDelegate(state, m_view));
    m_view->setShowGrid(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->horizontalHeader()->hide();
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setMinimumSectionSize(10);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->setAccessibleName(Tr::tr("Log"));

    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(8, 6, 8, 6);
    tools->setSpacing(6);
    tools->addWidget(m_search, 1);
    for (int i = 4; i >= 0; --i) {
        const auto level = engine::Level(i);
        auto *chip = new LevelChip(state, level);
        chip->setChecked(m_model->isLevelShown(level));
        chip->setToolTip(Tr::tr("Show or hide %1").arg(levelWord(level)));
        connect(chip, &QAbstractButton::toggled, this, [this, level](bool on) { m_model->setLevelShown(level, on); });
        m_chips[std::size_t(i)] = chip;
    }
    for (LevelChip *chip : m_chips)
        tools->addWidget(chip);
    auto *copyButton = new QToolButton;
    copyButton->setFixedSize(26, 26);
    copyButton->setToolTip(Tr::tr("Copy the log"));
    copyButton->setAccessibleName(copyButton->toolTip());
    ui::setThemedIcon(copyButton, QStringLiteral("copy"), state.theme());
    connect(copyButton, &QToolButton::clicked, this, &LogView::copy);
    tools->addWidget(copyButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(tools);
    layout->addWidget(m_view, 1);

    connect(m_search, &QLineEdit::textChanged, m_model, &LogModel::setWords);
    connect(m_search, &ui::SearchField::downPressed, m_view, [this] { m_view->setFocus(); });
    connect(m_model, &LogModel::countsChanged, this, &LogView::refreshChips);
    const auto toEnd = [this] {
        if (m_follow)
            m_view->scrollToBottom();
    };
    connect(m_model, &QAbstractItemModel::rowsInserted, this, toEnd, Qt::QueuedConnection);
    connect(m_model, &QAbstractItemModel::modelReset, this, toEnd, Qt::QueuedConnection);
    connect(m_view->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        const QScrollBar *bar = m_view->verticalScrollBar();
        m_follow = bar->sliderPosition() >= bar->maximum();
    });
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex &index) {
        const QString task = index.siblingAtColumn(LogModel::TaskColumn).data().toString();
        if (index.data(LogModel::PlaceRole).toString().isEmpty())
            emit taskChosen(task);
        else
            emit faultChosen(task, index.data(LogModel::WholeTextRole).toString());
    });
    auto *copyKey = new QShortcut(QKeySequence::Copy, m_view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copyKey, &QShortcut::activated, this, &LogView::copy);
    const auto applyTheme = [this](const ui::Theme &theme) {
        m_model->setTheme(theme);
        m_view->verticalHeader()->setDefaultSectionSize(theme.scaled(20));
        m_view->setColumnWidth(LogModel::TimeColumn, theme.scaled(94));
        m_view->setColumnWidth(LogModel::LevelColumn, theme.scaled(78));
        m_view->setColumnWidth(LogModel::TaskColumn, theme.scaled(116));
    };
    applyTheme(state.theme());
    connect(&state, &AppState::themeChanged, this, applyTheme);
    setFocusProxy(m_view);
    refreshChips();
}

void LogView::setRecord(RunRecord *record, std::shared_ptr<const flow::Flow> flow)
{
    m_follow = true;
    m_model->setRecord(record, std::move(flow));
}

void LogView::refreshChips()
{
    for (int i = 0; i < 5; ++i) {
        LevelChip *chip = m_chips[std::size_t(i)];
        chip->count = m_model->count(engine::Level(i));
        chip->setAccessibleName(chip->words());
        chip->setVisible(chip->count > 0 || i >= 2);
        chip->updateGeometry();
        chip->update();
    }
}

void LogView::copy()
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    if (rows.isEmpty())
        for (int row = 0; row < m_model->rowCount(); ++row)
            rows.append(m_model->index(row, 0));
    QApplication::clipboard()->setText(m_model->textOf(rows));
}

} // namespace app
