#include "app/command_palette.h"

#include "app/app_state.h"
#include "ui/search_field.h"
#include "ui/tr.h"

#include <QAbstractListModel>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace app {

namespace {

constexpr int kWidth = 640;
constexpr int kTop = 80;
constexpr int kRows = 12;
constexpr int kRowHeight = 32;
constexpr int kLimit = 200;

} // namespace

int fuzzyScore(const QString &query, const QString &text, QList<int> *places)
{
    if (query.isEmpty())
        return 1;
    const qsizetype at = text.indexOf(query, 0, Qt::CaseInsensitive);
    const auto wordStart = [&](qsizetype i) {
        return i == 0 || !text[i - 1].isLetterOrNumber() || (text[i].isUpper() && text[i - 1].isLower());
    };
    if (at >= 0) {
        if (places)
            for (qsizetype i = 0; i < query.size(); ++i)
                places->append(int(at + i));
        return at == 0 ? 1000 - int(text.size()) : wordStart(at) ? 800 - int(at) : 600 - int(at);
    }
    QList<int> found;
    qsizetype from = 0;
    int score = 300;
    for (const QChar c : query) {
        if (c.isSpace())
            continue;
        const qsizetype next = text.indexOf(c, from, Qt::CaseInsensitive);
        if (next < 0)
            return 0;
        score += wordStart(next) ? 8 : next == from ? 2 : -int(std::min<qsizetype>(next - from, 6));
        found.append(int(next));
        from = next + 1;
    }
    if (places)
        *places += found;
    return std::max(1, score);
}

/// The entries that match, best first.
class PaletteList : public QAbstractListModel
{
public:
    struct Row
    {
        PaletteEntry entry;
        QList<int> places;
        int score = 0;
    };

    using QAbstractListModel::QAbstractListModel;
    void setRows(QList<Row> rows)
    {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    const Row &at(int row) const { return m_rows[row]; }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid())
            return {};
        const PaletteEntry &entry = m_rows[index.row()].entry;
        if (role == Qt::DisplayRole)
            return entry.title;
        if (role == Qt::AccessibleTextRole)
            return entry.keys.isEmpty() ? entry.title : QStringLiteral("%1, %2").arg(entry.title, entry.keys);
        return {};
    }
    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        if (!index.isValid())
            return Qt::NoItemFlags;
        return m_rows[index.row()].entry.enabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemFlags(Qt::ItemIsSelectable);
    }

private:
    QList<Row> m_rows;
};

namespace {

class PaletteRowDelegate : public QStyledItemDelegate
{
public:
    PaletteRowDelegate(const AppState &state, const PaletteList &list, QObject *parent)
        : QStyledItemDelegate(parent), m_state(state), m_list(list) {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {100, m_state.theme().scaled(kRowHeight)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const ui::Theme &theme = m_state.theme();
        const PaletteList::Row &row = m_list.at(index.row());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme.color("selected"));
            painter->drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 6, 6);
        }
        QRect box = option.rect.adjusted(14, 0, -14, 0);
        painter->drawPixmap(box.left(), box.center().y() - 7,
                            theme.pixmap(row.entry.icon, theme.color(row.entry.iconToken), 16, painter->device()->devicePixelRatioF()));
        box.setLeft(box.left() + 26);
        if (!row.entry.keys.isEmpty()) {
            painter->setFont(theme.monoFont(11));
            painter->setPen(theme.color("text2"));
            painter->drawText(box, Qt::AlignRight | Qt::AlignVCenter, row.entry.keys);
            box.setRight(box.right() - painter->fontMetrics().horizontalAdvance(row.entry.keys) - 16);
        }
        painter->setFont(theme.font(12));
        const int groupWidth = std::min(painter->fontMetrics().horizontalAdvance(row.entry.group), box.width() / 2);
        painter->setPen(theme.color("text2"));
        painter->drawText(box, Qt::AlignRight | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(row.entry.group, Qt::ElideMiddle, groupWidth));
        box.setRight(box.right() - groupWidth - 12);
        drawTitle(painter, box, row, theme);
        painter->restore();
    }

private:
    /// Letter runs that matched stand in 600.
    static void drawTitle(QPainter *painter, QRect box, const PaletteList::Row &row, const ui::Theme &theme)
    {
        painter->setPen(theme.color(row.entry.enabled ? "text" : "text3"));
        const QFontMetrics plain(theme.font());
        const QString shown = plain.elidedText(row.entry.title, Qt::ElideRight, box.width());
        int x = box.left();
        for (qsizetype i = 0; i < shown.size();) {
            const bool hit = row.places.contains(int(i));
            qsizetype end = i;
            while (end < shown.size() && row.places.contains(int(end)) == hit)
                ++end;
            painter->setFont(theme.font(13, hit ? QFont::DemiBold : QFont::Normal));
            const QString part = shown.mid(i, end - i);
            painter->drawText(QRect(x, box.top(), box.right() - x, box.height()), Qt::AlignVCenter, part);
            x += painter->fontMetrics().horizontalAdvance(part);
            i = end;
        }
    }

    const AppState &m_state;
    const PaletteList &m_list;
};

} // namespace

CommandPalette::CommandPalette(AppState &state, Source source, const QString &start, QWidget *parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint), m_source(std::move(source)),
      m_field(new ui::SearchField(state.theme(), Tr::tr("Search tasks, files and commands"))), m_view(new QListView),
      m_list(new PaletteList(this)), m_state(state)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(Tr::tr("Command palette"));
    m_view->setModel(m_list);
    m_view->setItemDelegate(new PaletteRowDelegate(state, *m_list, m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setUniformItemSizes(true);
    m_view->setAccessibleName(Tr::tr("Results"));
    m_field->installEventFilter(this);
    m_field->setMinimumHeight(state.theme().scaled(40));
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::accept);
    connect(m_view, &QListView::clicked, this, &CommandPalette::accept);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_field);
    layout->addWidget(m_view);
    m_field->setText(start);
    search(start);
    setFixedWidth(kWidth);
    if (parent)
        move(parent->mapToGlobal(QPoint((parent->width() - kWidth) / 2, kTop)));
    m_field->setFocus();
}

int CommandPalette::shownEntries() const
{
    return m_list->rowCount();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const int rows = m_list->rowCount();
    int step = 0;
    switch (key->key()) {
    case Qt::Key_Escape: reject(); return true;
    case Qt::Key_Down: step = 1; break;
    case Qt::Key_Up: step = -1; break;
    case Qt::Key_PageDown: step = kRows; break;
    case Qt::Key_PageUp: step = -kRows; break;
    default: return false;
    }
    if (rows > 0)
        m_view->setCurrentIndex(m_list->index(std::clamp(m_view->currentIndex().row() + step, 0, rows - 1)));
    return true;
}

void CommandPalette::search(const QString &text)
{
    QList<PaletteList::Row> rows;
    const QChar prefix = text.isEmpty() ? QChar() : text[0];
    const bool prefixed = QStringLiteral(">@#:").contains(prefix) && !prefix.isNull();
    const QString query = (prefixed ? text.mid(1) : text).trimmed();
    const auto offer = [&](const QList<PaletteEntry> &entries, int bonus) {
        for (const PaletteEntry &entry : entries) {
            PaletteList::Row row{entry, {}, 0};
            row.score = fuzzyScore(query, entry.title, &row.places);
            if (row.score == 0 && fuzzyScore(query, entry.group + QLatin1Char(' ') + entry.title) > 0)
                row.score = 1;
            if (row.score > 0) {
                row.score += bonus;
                rows.append(row);
            }
        }
    };
    if (prefix == u':') {
        const int line = query.toInt();
        if (line > 0 && m_source.goToLine)
            rows.append({{PaletteEntry::Kind::Task, QStringLiteral("chevron-right"), "text2", Tr::tr("Go to line %1").arg(line), {}, {}, true,
                          [go = m_source.goToLine, line] { go(line); }}, {}, 1});
    } else {
        if (!prefixed || prefix == u'@')
            offer(m_source.tasks, 3);
        if (!prefixed || prefix == u'>')
            offer(m_source.commands, 2);
        if (!prefixed)
            offer(m_source.files, 1);
        if (prefix == u'#')
            offer(m_source.runs, 0);
        std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.score > b.score; });
    }
    if (rows.size() > kLimit)
        rows.resize(kLimit);
    m_list->setRows(std::move(rows));
    m_view->setCurrentIndex(m_list->index(0));
    const int shown = std::clamp(m_list->rowCount(), 1, kRows);
    m_view->setFixedHeight(shown * m_state.theme().scaled(kRowHeight) + 2);
    adjustSize();
}

void CommandPalette::accept()
{
    const QModelIndex index = m_view->currentIndex();
    if (!index.isValid() || !m_list->at(index.row()).entry.enabled)
        return;
    const std::function<void()> run = m_list->at(index.row()).entry.run;
    QDialog::accept();
    if (run)
        QTimer::singleShot(0, parentWidget(), run);
}

} // namespace app
