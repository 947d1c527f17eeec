#include "editor/file_io.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace editor {

namespace {

FileError failure(FileErrorCode code, const QString &path, const QString &cause = {})
{
    FileError error{code, {}, path.toStdString()};
    if (!cause.isEmpty())
        error.args.push_back(cause.toStdString());
    return error;
}

} // namespace

FileResult<std::string> readFile(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return failure(FileErrorCode::NotFound, path);
    if (!info.isFile())
        return failure(FileErrorCode::NotAFile, path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(FileErrorCode::CannotRead, path, file.errorString());
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return failure(FileErrorCode::CannotRead, path, file.errorString());
    return bytes.toStdString();
}

FileResult<> writeFile(const QString &path, const std::string &bytes)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isFile())
        return failure(FileErrorCode::NotAFile, path);
    if (info.exists() && !info.isWritable())
        return failure(FileErrorCode::CannotWrite, path, QStringLiteral("Permission denied"));
    if (!QDir().mkpath(info.absolutePath()))
        return failure(FileErrorCode::CannotWrite, path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failure(FileErrorCode::CannotWrite, path, file.errorString());
    const auto size = static_cast<qint64>(bytes.size());
    if (file.write(bytes.data(), size) != size || !file.commit())
        return failure(FileErrorCode::CannotWrite, path, file.errorString());
    return {};
}

} // namespace editor
