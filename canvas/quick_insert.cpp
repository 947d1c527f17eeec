#include "canvas/quick_insert.h"

#include "ui/task_look.h"
#include "ui/theme.h"
#include "ui/tr.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace canvas {

namespace {

constexpr QSize kSize(300, 300);

/// How well a type answers the words: 0 not at all.
int score(const QString &type, const QString &words)
{
    const QString name = ui::className(type), shortName = ui::shortType(type);
    if (words.isEmpty())
        return 1;
    int sum = 0;
    for (const QString &word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (name.compare(word, Qt::CaseInsensitive) == 0)
            sum += 100;
        else if (name.startsWith(word, Qt::CaseInsensitive))
            sum += 60;
        else if (shortName.startsWith(word, Qt::CaseInsensitive))
            sum += 50;
        else if (name.contains(word, Qt::CaseInsensitive))
            sum += 30;
        else if (type.contains(word, Qt::CaseInsensitive))
            sum += 10;
        else
            return 0;
    }
    return sum;
}

/// Whether tasks can be put into a new one of this type.
bool canHold(const flow::TaskType &type)
{
    const auto holds = [](const flow::Property &each) {
        return (each.name == "tasks" || each.name == "then" || each.name == "defaults") && each.type.starts_with("array<");
    };
    return type.flowable && !type.deprecated && std::any_of(type.properties.begin(), type.properties.end(), holds);
}

} // namespace

QStringList matchTypes(const flow::TaskCatalog &catalog, Offer offer, const QString &words)
{
    if (offer == Offer::Values) { // short words, all of one kind
        QStringList names;
        const flow::TaskType *input = catalog.findData("Input");
        for (const auto &[name, type] : input ? input->subTypes : std::map<std::string, std::string>()) {
            if (QString::fromStdString(name).contains(words, Qt::CaseInsensitive))
                names << QString::fromStdString(name);
        }
        return names;
    }
    struct Found
    {
        QString name;
        int score;
        int category;
    };
    std::vector<Found> found;
    for (const flow::TaskType *type : catalog.types(offer == Offer::Triggers ? flow::PluginGroup::Trigger : flow::PluginGroup::Task)) {
        const QString name = QString::fromStdString(type->name);
        if (name.contains(QLatin1Char('$')) || (offer == Offer::Groups && !canHold(*type)))
            continue;
        if (const int points = score(name, words))
            found.push_back({name, type->deprecated ? points - 1000 : points, int(ui::taskLook(name).category)});
    }
    std::stable_sort(found.begin(), found.end(), [](const Found &a, const Found &b) {
        if (a.score != b.score)
            return a.score > b.score;
        if (a.category != b.category)
            return a.category < b.category;
        return ui::className(a.name) < ui::className(b.name);
    });
    QStringList names;
    for (const Found &each : found)
        names << each.name;
    return names;
}

QuickInsert::QuickInsert(QWidget *view)
    : QFrame(view), m_theme(std::make_unique<ui::Theme>(ui::Theme::load(ui::ThemeName::Light))), m_field(new QLineEdit),
      m_list(new QListView), m_model(new QStandardItemModel(this))
{
    setObjectName(QStringLiteral("quickInsert"));
    setProperty("role", "popup");
    setAttribute(Qt::WA_StyledBackground);
    setAutoFillBackground(true);
    setAccessibleName(Tr::tr("Add a task"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);
    m_field->setPlaceholderText(Tr::tr("Find a task type"));
    m_field->setAccessibleName(Tr::tr("Find a task type"));
    m_list->setAccessibleName(Tr::tr("Task types"));
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setIconSize(QSize(18, 18));
    m_list->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &QuickInsert::fill);
    connect(m_list, &QListView::clicked, this, [this] { take(); });
    hide();
}

void QuickInsert::setCatalog(std::shared_ptr<const flow::TaskCatalog> catalog)
{
    m_catalog = std::move(catalog);
}

void QuickInsert::setTheme(const ui::Theme &theme)
{
    *m_theme = theme;
}

void QuickInsert::open(Offer offer, const flow::edits::Slot &slot, QPoint at)
{
    m_offer = offer;
    const QString name = offer == Offer::Tasks      ? Tr::tr("Add a task")
                         : offer == Offer::Triggers ? Tr::tr("Add a trigger")
                         : offer == Offer::Groups   ? Tr::tr("Wrap in")
                         : slot.list == "outputs"   ? Tr::tr("Add an output")
                                                    : Tr::tr("Add an input");
    setAccessibleName(name);
    m_field->setPlaceholderText(offer == Offer::Tasks ? Tr::tr("Find a task type") : name);
    m_slot = slot;
    const QRect room = parentWidget()->rect().adjusted(8, 8, -8, -8);
    const QSize size = kSize.boundedTo(room.size());
    const QPoint corner(std::clamp(at.x() - size.width() / 2, room.left(), std::max(room.left(), room.right() - size.width())),
                        std::clamp(at.y() + 16, room.top(), std::max(room.top(), room.bottom() - size.height())));
    setGeometry(QRect(corner, size));
    m_field->clear();
    fill(QString());
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void QuickInsert::fill(const QString &words)
{
    m_model->clear();
    if (!m_catalog)
        return;
    for (const QString &name : matchTypes(*m_catalog, m_offer, words)) {
        const ui::TaskLook look = m_offer == Offer::Values ? ui::TaskLook{m_slot.list == "outputs" ? QStringLiteral("output") : QStringLiteral("input"), {}}
                                                           : ui::taskLook(name);
        auto *item = new QStandardItem(m_theme->icon(look.icon, m_theme->color(look.inkToken())), m_offer == Offer::Values ? name : ui::shortType(name));
        item->setData(name, Qt::UserRole);
        item->setToolTip(name);
        m_model->appendRow(item);
    }
    if (m_model->rowCount() == 0) {
        auto *none = new QStandardItem(Tr::tr("No type is called \"%1\"").arg(words));
        none->setFlags(Qt::NoItemFlags);
        m_model->appendRow(none);
        return;
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
}

void QuickInsert::take()
{
    const QString type = m_list->currentIndex().data(Qt::UserRole).toString();
    if (type.isEmpty())
        return;
    close();
    emit chosen(type);
}

void QuickInsert::close()
{
    hide();
    emit closed();
}

bool QuickInsert::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::FocusOut && isVisible() && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason
        && static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason) {
        hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Escape: close(); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: take(); return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: QApplication::sendEvent(m_list, event); return true;
    default: return false;
    }
}

} // namespace canvas
