#include "app/outline_model.h"

#include "ui/task_look.h"
#include "ui/tr.h"

#include <algorithm>

namespace app {

struct OutlineModel::Item
{
    QString title;
    QString detail;
    QString icon;
    const char *token = "text2";
    QString path;
    std::size_t offset = 0;
    bool task = false;
    Item *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Item>> children;

    Item &add()
    {
        auto item = std::make_unique<Item>();
        item->parent = this;
        item->row = int(children.size());
        children.push_back(std::move(item));
        return *children.back();
    }
};

namespace {

QString sectionTitle(flow::ListKind kind)
{
    switch (kind) {
    case flow::ListKind::Tasks: return Tr::tr("Tasks");
    case flow::ListKind::Errors: return Tr::tr("Errors");
    case flow::ListKind::Finally: return Tr::tr("Finally");
    case flow::ListKind::AfterExecution: return Tr::tr("After execution");
    default: return {};
    }
}

} // namespace

OutlineModel::OutlineModel(const ui::Theme &theme, QObject *parent)
    : QAbstractItemModel(parent), m_theme(theme), m_root(std::make_unique<Item>())
{
}

OutlineModel::~OutlineModel() = default;

void OutlineModel::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    emit layoutChanged();
}

void OutlineModel::addList(Item &parent, const flow::TaskList &list)
{
    for (const flow::Task &task : list.tasks) {
        Item &item = parent.add();
        const QString type = QString::fromStdString(task.type);
        const ui::TaskLook look = ui::taskLook(type);
        item.title = task.id.empty() ? Tr::tr("(no id)") : QString::fromStdString(task.id);
        item.detail = ui::shortType(type);
        item.icon = task.fault ? QStringLiteral("task-broken") : look.icon;
        item.token = task.fault ? "s_failed" : look.inkToken();
        item.path = QString::fromStdString(task.path);
        item.offset = task.idRange.empty() ? task.range.begin : task.idRange.begin;
        item.task = true;
        const bool one = task.lists.size() == 1 && task.lists[0].kind == flow::ListKind::Tasks;
        for (const flow::TaskList &inner : task.lists) {
            if (one) {
                addList(item, inner);
                continue;
            }
            if (inner.tasks.empty())
                continue;
            Item &branch = item.add();
            branch.title = QString::fromStdString(inner.label);
            branch.icon = QStringLiteral("branch");
            branch.path = QString::fromStdString(inner.path);
            branch.offset = inner.tasks.front().range.begin;
            addList(branch, inner);
        }
    }
}

void OutlineModel::setFlow(std::shared_ptr<const flow::Flow> flow)
{
    auto now = std::make_unique<Item>();
    if (flow) {
        const auto section = [&](const QString &title, const char *icon, const std::vector<flow::Item> &items, const char *key) {
            if (items.empty())
                return;
            Item &head = now->add();
            head.title = title;
            head.icon = QLatin1String(icon);
            head.path = QLatin1String(key);
            head.offset = items.front().range.begin;
            for (const flow::Item &entry : items) {
                Item &item = head.add();
                item.title = QString::fromStdString(entry.id);
                item.detail = ui::shortType(QString::fromStdString(entry.type));
                item.icon = QLatin1String(icon);
                item.path = QString::fromStdString(entry.path);
                item.offset = entry.idRange.empty() ? entry.range.begin : entry.idRange.begin;
            }
        };
        section(Tr::tr("Triggers"), "trigger-schedule", flow->triggers, "triggers");
        section(Tr::tr("Inputs"), "input", flow->inputs, "inputs");
        for (const flow::TaskList &list : flow->lists) {
            if (list.tasks.empty())
                continue;
            Item &head = now->add();
            head.title = sectionTitle(list.kind);
            head.icon = QStringLiteral("outline");
            head.path = QString::fromStdString(list.path);
            head.offset = list.tasks.front().range.begin;
            addList(head, list);
        }
        section(Tr::tr("Outputs"), "output", flow->outputs, "outputs");
    }
    if (m_flow && flow && sameShape(*m_root, *now)) {
        // The views hold indexes into the items there are: those stay, their content is new.
        const auto take = [](auto &&self, Item &to, const Item &from) -> void {
            to.title = from.title;
            to.detail = from.detail;
            to.icon = from.icon;
            to.token = from.token;
            to.path = from.path;
            to.offset = from.offset;
            for (std::size_t i = 0; i < to.children.size(); ++i)
                self(self, *to.children[i], *from.children[i]);
        };
        take(take, *m_root, *now);
        m_flow = std::move(flow);
        announce({});
        return;
    }
    beginResetModel();
    m_root = std::move(now);
    m_flow = std::move(flow);
    endResetModel();
}

void OutlineModel::announce(const QModelIndex &parent)
{
    const int rows = rowCount(parent);
    if (rows == 0)
        return;
    emit dataChanged(index(0, 0, parent), index(rows - 1, 0, parent));
    for (int row = 0; row < rows; ++row)
        announce(index(row, 0, parent));
}

bool OutlineModel::sameShape(const Item &a, const Item &b)
{
    if (a.children.size() != b.children.size() || a.task != b.task)
        return false;
    for (std::size_t i = 0; i < a.children.size(); ++i)
        if (!sameShape(*a.children[i], *b.children[i]))
            return false;
    return true;
}

OutlineModel::Item *OutlineModel::itemAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Item *>(index.internalPointer()) : m_root.get();
}

QModelIndex OutlineModel::indexOfPath(const QString &path) const
{
    const auto find = [&](auto &&self, Item &item) -> Item * {
        if (item.path == path && item.parent)
            return &item;
        for (const std::unique_ptr<Item> &child : item.children)
            if (Item *found = self(self, *child))
                return found;
        return nullptr;
    };
    Item *item = path.isEmpty() ? nullptr : find(find, *m_root);
    return item ? createIndex(item->row, 0, item) : QModelIndex();
}

QModelIndex OutlineModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, itemAt(parent)->children[std::size_t(row)].get());
}

QModelIndex OutlineModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    Item *parent = itemAt(index)->parent;
    return !parent || parent == m_root.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int OutlineModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(itemAt(parent)->children.size());
}

int OutlineModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant OutlineModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Item &item = *itemAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return item.title;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return item.detail.isEmpty() ? item.title : QStringLiteral("%1, %2").arg(item.title, item.detail);
    case Qt::DecorationRole:
        return m_theme.icon(item.icon, m_theme.color(item.token));
    case Qt::ForegroundRole:
        return m_theme.color(item.task ? "text" : "text2");
    case PathRole:
        return item.path;
    case OffsetRole:
        return QVariant::fromValue(qulonglong(item.offset));
    case IsTaskRole:
        return item.task;
    default:
        return {};
    }
}

} // namespace app
