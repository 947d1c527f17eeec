#include "app/run/input_fields.h"

#include "ui/tr.h"

#include <QDate>
#include <QDateTime>
#include <QRegularExpression>
#include <QTime>

namespace app {

namespace {

QString textOf(const flow::Node *node)
{
    return node && node->isScalar() ? QString::fromStdString(node->text) : QString();
}

/// A default as one would type it: a list or map as JSON, a block scalar without its last newline.
QString typedText(const flow::Node *node)
{
    if (!node)
        return {};
    if (node->isScalar()) {
        QString text = textOf(node);
        while (text.endsWith(QLatin1Char('\n')))
            text.chop(1);
        return text;
    }
    return QString::fromStdString(flow::toJson(flow::toValue(*node)));
}

bool isExpression(const QString &text)
{
    return text.contains(QLatin1String("{{"));
}

QString limitProblem(const InputField &field, double value)
{
    const bool hasMin = !field.min.isEmpty(), hasMax = !field.max.isEmpty();
    const bool low = hasMin && value < field.min.toDouble(), high = hasMax && value > field.max.toDouble();
    if (!low && !high)
        return {};
    if (hasMin && hasMax)
        return Tr::tr("It must be from %1 to %2.").arg(field.min, field.max);
    return low ? Tr::tr("It must be at least %1.").arg(field.min) : Tr::tr("It must be at most %1.").arg(field.max);
}

} // namespace

std::vector<InputField> inputFields(const flow::Flow &flow)
{
    return inputFields(flow.root ? flow.root->find("inputs") : nullptr);
}

std::vector<InputField> inputFields(const flow::Node *list)
{
    std::vector<InputField> fields;
    if (!list || !list->isSequence())
        return fields;
    for (const flow::Node *item : list->items) {
        const flow::Node &node = *item;
        InputField field;
        field.id = textOf(node.find("id") ? node.find("id") : node.find("name"));
        if (field.id.isEmpty())
            continue;
        field.type = textOf(node.find("type")).toUpper();
        const QString shown = textOf(node.find("displayName"));
        field.name = shown.isEmpty() ? field.id : shown;
        field.description = textOf(node.find("description"));
        const flow::Node *defaults = node.find("defaults") ? node.find("defaults") : node.find("prefill");
        field.defaultText = typedText(defaults);
        field.required = textOf(node.find("required")) != QLatin1String("false") && !defaults;
        const flow::Node *values = node.find("values") ? node.find("values") : node.find("options");
        if (values && values->isSequence())
            for (const flow::Node *value : values->items)
                field.values.append(textOf(value));
        field.min = textOf(node.find("min"));
        field.max = textOf(node.find("max"));
        field.validator = textOf(node.find("validator"));
        field.customValue = textOf(node.find("allowCustomValue")) == QLatin1String("true");
        fields.push_back(std::move(field));
    }
    return fields;
}

QString problemOf(const InputField &field, const QString &text)
{
    if (text.trimmed().isEmpty())
        return field.required ? Tr::tr("It needs a value.") : QString();
    if (isExpression(text))
        return {};
    const QString &type = field.type;
    if (type == QLatin1String("INT")) {
        bool whole = false;
        const int value = text.trimmed().toInt(&whole);
        return whole ? limitProblem(field, value) : Tr::tr("It must be a whole number.");
    }
    if (type == QLatin1String("FLOAT")) {
        bool number = false;
        const double value = QLocale::c().toDouble(text.trimmed(), &number);
        return number ? limitProblem(field, value) : Tr::tr("It must be a number.");
    }
    if (type == QLatin1String("DATE") && !QDate::fromString(text.trimmed(), Qt::ISODate).isValid())
        return Tr::tr("It must be a date like 2026-11-20.");
    if (type == QLatin1String("TIME") && !QTime::fromString(text.trimmed(), Qt::ISODate).isValid())
        return Tr::tr("It must be a time like 08:30:00.");
    if (type == QLatin1String("DATETIME") && !QDateTime::fromString(text.trimmed(), Qt::ISODate).isValid())
        return Tr::tr("It must be a moment like 2026-11-20T18:00:00Z.");
    static const QRegularExpression duration(QStringLiteral("^-?P(?=.)(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$"));
    if (type == QLatin1String("DURATION") && !duration.match(text.trimmed()).hasMatch())
        return Tr::tr("It must be a duration like PT15M.");
    if ((type == QLatin1String("JSON") || type == QLatin1String("ARRAY")) && !flow::parseJson(text.toStdString()).ok)
        return Tr::tr("It must be JSON.");
    static const QRegularExpression email(QStringLiteral("^[^@\\s]+@[^@\\s]+$"));
    if (type == QLatin1String("EMAIL") && !email.match(text).hasMatch())
        return Tr::tr("It must be a mail address.");
    if (type == QLatin1String("FILE") && !QFile::exists(text))
        return Tr::tr("There is no such file.");
    if ((type == QLatin1String("SELECT") || type == QLatin1String("ENUM")) && !field.values.isEmpty() && !field.customValue && !field.values.contains(text))
        return Tr::tr("It must be one of %1.").arg(field.values.join(QStringLiteral(", ")));
    if (!field.validator.isEmpty()) {
        const QRegularExpression pattern(QRegularExpression::anchoredPattern(field.validator));
        if (pattern.isValid() && !pattern.match(text).hasMatch())
            return Tr::tr("It must match %1.").arg(field.validator);
    }
    return {};
}

flow::Value valueOf(const InputField &field, const QString &text)
{
    if (text.isEmpty())
        return {};
    if (field.type == QLatin1String("MULTISELECT") || field.type == QLatin1String("ARRAY")) {
        const flow::JsonParse parsed = flow::parseJson(text.toStdString());
        if (parsed.ok && parsed.value.isList())
            return parsed.value;
    }
    return flow::Value(text.toStdString());
}

} // namespace app
