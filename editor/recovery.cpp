#include "editor/recovery.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace editor {

namespace {

/// When a process began, in clock ticks since boot: tells it from a later one with its number.
/// Empty when there is none.
QByteArray startOf(qint64 process)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(process));
    if (!stat.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = stat.readAll();
    return line.mid(line.lastIndexOf(')') + 2).split(' ').value(19);
}

} // namespace

QString swapFileFor(const QString &folder, const QString &documentPath, const void *document)
{
    const QByteArray name = documentPath.toUtf8() +
                            QByteArray::number(reinterpret_cast<quintptr>(document), 16) +
                            QByteArray::number(QCoreApplication::applicationPid());
    return folder + QLatin1Char('/') +
           QString::fromLatin1(
               QCryptographicHash::hash(name, QCryptographicHash::Sha1).toHex().left(24)) +
           QStringLiteral(".swap");
}

FileResult<> writeSwap(const QString &swapFile, const QString &documentPath,
                       const std::string &text)
{
    const qint64 process = QCoreApplication::applicationPid();
    const QJsonObject head{
        {QStringLiteral("leat"), 1},
        {QStringLiteral("path"), documentPath},
        {QStringLiteral("process"), process},
        {QStringLiteral("started"), QString::fromLatin1(startOf(process))},
        {QStringLiteral("size"), static_cast<qint64>(text.size())},
        {QStringLiteral("when"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}};
    const FileResult<> written = writeFile(
        swapFile, QJsonDocument(head).toJson(QJsonDocument::Compact).toStdString() + "\n" + text);
    if (written)
        QFile::setPermissions(swapFile, QFile::ReadOwner | QFile::WriteOwner);
    return written;
}

std::vector<RecoveredText> recoverableTexts(const QString &folder)
{
    std::vector<RecoveredText> found;
    for (const QFileInfo &info :
         QDir(folder).entryInfoList({QStringLiteral("*.swap")}, QDir::Files)) {
        const FileResult<std::string> bytes = readFile(info.absoluteFilePath());
        const std::size_t newline = bytes ? bytes->find('\n') : std::string::npos;
        if (newline == std::string::npos)
            continue;
        const QJsonObject head =
            QJsonDocument::fromJson(QByteArray::fromStdString(bytes->substr(0, newline))).object();
        const auto process = static_cast<qint64>(head.value(QStringLiteral("process")).toDouble());
        const bool whole = head.value(QStringLiteral("size")).toDouble(-1) ==
                           static_cast<double>(bytes->size() - newline - 1);
        const QByteArray started = startOf(process);
        const bool running = !started.isEmpty() &&
                             started == head.value(QStringLiteral("started")).toString().toLatin1();
        if (head.value(QStringLiteral("leat")).toInt() != 1 || !whole || running)
            continue;
        found.push_back({info.absoluteFilePath(), head.value(QStringLiteral("path")).toString(),
                         QDateTime::fromString(head.value(QStringLiteral("when")).toString(),
                                               Qt::ISODateWithMs),
                         bytes->substr(newline + 1)});
    }
    std::sort(found.begin(), found.end(),
              [](const RecoveredText &a, const RecoveredText &b) { return a.when > b.when; });
    return found;
}

} // namespace editor
