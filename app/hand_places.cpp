#include "app/hand_places.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace app {

namespace {

constexpr int kVersion = 1;

} // namespace

QString placesFile(const QString &folder, const QString &flowPath)
{
    return folder + QStringLiteral("/.leat/layout/") + QDir(folder).relativeFilePath(flowPath) + QStringLiteral(".json");
}

canvas::FlowScene::Places readPlaces(const QString &file)
{
    canvas::FlowScene::Places places;
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return places;
    const QJsonObject root = QJsonDocument::fromJson(in.readAll()).object();
    if (root.value(QLatin1String("version")).toInt() != kVersion)
        return places;
    const QJsonObject all = root.value(QLatin1String("places")).toObject();
    for (auto each = all.begin(); each != all.end(); ++each) {
        const QJsonArray by = each.value().toArray();
        const QPointF point(by.at(0).toDouble(), by.at(1).toDouble());
        if (by.size() == 2 && !point.isNull())
            places.emplace(each.key().toStdString(), point);
    }
    return places;
}

bool writePlaces(const QString &file, const canvas::FlowScene::Places &places)
{
    if (places.empty())
        return !QFileInfo::exists(file) || QFile::remove(file);
    QJsonObject all;
    for (const auto &[id, by] : places)
        all.insert(QString::fromStdString(id), QJsonArray{by.x(), by.y()});
    if (!QDir().mkpath(QFileInfo(file).absolutePath()))
        return false;
    QSaveFile out(file);
    const QByteArray bytes = QJsonDocument(QJsonObject{{QStringLiteral("version"), kVersion}, {QStringLiteral("places"), all}}).toJson();
    return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit();
}

} // namespace app
