#include "app/run/outputs_model.h"

#include "ui/tr.h"

namespace app {

struct OutputsModel::Item
{
    QString name;
    flow::Value value;
    QString expression; ///< `outputs.load.vars.rows`; empty where there is none
    QString type;
    bool task = false;
    QString state;
    Item *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Item>> children;
};

namespace {

constexpr std::size_t kChildLimit = 1000;

QString typeName(const flow::Value &value)
{
    using Kind = flow::Value::Kind;
    switch (value.kind()) {
    case Kind::Null: return QStringLiteral("null");
    case Kind::Bool: return QStringLiteral("boolean");
    case Kind::Int:
    case Kind::Long:
    case Kind::BigInt: return QStringLiteral("integer");
    case Kind::Float:
    case Kind::Double:
    case Kind::Decimal: return QStringLiteral("number");
    case Kind::List:
    case Kind::Set: return QStringLiteral("list");
    case Kind::Map: return QStringLiteral("map");
    case Kind::Uri: return QStringLiteral("uri");
    case Kind::Bytes: return QStringLiteral("bytes");
    case Kind::Text:
    case Kind::SafeText:
    case Kind::Character: return QStringLiteral("string");
    default: return QStringLiteral("date");
    }
}

/// `.key` where the language allows it, else `['key']`.
QString step(const QString &key)
{
    const bool plain = !key.isEmpty() && (key[0].isLetter() || key[0] == u'_')
                       && std::all_of(key.begin(), key.end(), [](QChar c) { return c.isLetterOrNumber() || c == u'_'; });
    return plain ? QLatin1Char('.') + key : QStringLiteral("['%1']").arg(key);
}

} // namespace

OutputsModel::OutputsModel(const ui::Theme &theme, QObject *parent)
    : QAbstractItemModel(parent), m_theme(theme), m_root(std::make_unique<Item>())
{
}

OutputsModel::~OutputsModel() = default;

void OutputsModel::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    emit layoutChanged();
}

void OutputsModel::show(const engine::Execution *execution)
{
    beginResetModel();
    m_root = std::make_unique<Item>();
    const auto add = [](Item &parent, const QString &name, const flow::Value &value, const QString &expression) -> Item & {
        auto item = std::make_unique<Item>();
        item->name = name;
        item->value = value;
        item->expression = expression;
        item->type = typeName(value);
        item->parent = &parent;
        item->row = int(parent.children.size());
        parent.children.push_back(std::move(item));
        return *parent.children.back();
    };
    const auto fill = [&](auto &&self, Item &parent) -> void {
        if (parent.value.isMap()) {
            for (const auto &[key, value] : parent.value.map()) {
                const QString name = QString::fromStdString(key);
                self(self, add(parent, name, value, parent.expression.isEmpty() ? QString() : parent.expression + step(name)));
            }
        } else if (parent.value.isList()) {
            const auto &list = parent.value.list();
            for (std::size_t i = 0; i < std::min(list.size(), kChildLimit); ++i)
                self(self, add(parent, QString::number(i), list[i], parent.expression.isEmpty() ? QString() : QStringLiteral("%1[%2]").arg(parent.expression).arg(i)));
        }
    };
    if (execution) {
        if (execution->inputs.isMap() && !execution->inputs.map().empty())
            fill(fill, add(*m_root, Tr::tr("Inputs"), execution->inputs, QStringLiteral("inputs")));
        if (execution->outputs.isMap() && !execution->outputs.map().empty())
            fill(fill, add(*m_root, Tr::tr("Outputs of the flow"), execution->outputs, {}));
        for (const engine::TaskRun &run : execution->taskRuns) {
            if (run.removed || !run.outputs.isMap() || run.outputs.map().empty())
                continue;
            const QString id = QString::fromStdString(run.taskId);
            const QString value = run.value ? QString::fromStdString(*run.value) : QString();
            QString expression = QStringLiteral("outputs") + step(id);
            if (run.value)
                expression += step(value);
            Item &item = add(*m_root, run.value ? QStringLiteral("%1 (%2)").arg(id, value) : id, run.outputs, expression);
            item.task = true;
            item.state = stateWord(run.state);
            fill(fill, item);
        }
    }
    endResetModel();
}

OutputsModel::Item *OutputsModel::itemAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Item *>(index.internalPointer()) : m_root.get();
}

QModelIndex OutputsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, itemAt(parent)->children[std::size_t(row)].get());
}

QModelIndex OutputsModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    Item *parent = itemAt(index)->parent;
    return !parent || parent == m_root.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int OutputsModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(itemAt(parent)->children.size());
}

int OutputsModel::columnCount(const QModelIndex &) const
{
    return 3;
}

QVariant OutputsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Item &item = *itemAt(index);
    const bool holds = item.value.isMap() || item.value.isList();
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == 0)
            return item.name;
        if (index.column() == 2)
            return item.type;
        if (item.value.isMap())
            return Tr::tr("%n key(s)", nullptr, int(item.value.map().size()));
        if (item.value.isList())
            return Tr::tr("%n item(s)", nullptr, int(item.value.list().size()));
        return QString::fromStdString(item.value.isText() ? item.value.text() : flow::toJson(item.value)).left(500);
    case Qt::ToolTipRole:
        return item.expression.isEmpty() ? item.name : QStringLiteral("{{ %1 }}").arg(item.expression);
    case Qt::FontRole:
        return index.column() == 0 ? m_theme.font(13, item.task ? QFont::DemiBold : QFont::Normal) : m_theme.monoFont(12);
    case Qt::ForegroundRole:
        return m_theme.color(index.column() == 0 && !holds ? "y_key" : index.column() == 2 ? "text2" : "text");
    case ExpressionRole:
        return item.expression;
    case ValueRole:
        return QString::fromStdString(item.value.isText() ? item.value.text() : flow::toJson(item.value, {2, false}));
    default:
        return {};
    }
}

QVariant OutputsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? Tr::tr("Name") : section == 1 ? Tr::tr("Value") : Tr::tr("Type");
}

} // namespace app
