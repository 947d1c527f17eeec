#pragma once

#include "editor/file_io.h"

#include <QDateTime>

#include <vector>

namespace editor {

/// A text that was not saved when its program ended. One file each in the recovery folder: a line
/// that says whose it is, then the bytes.
struct RecoveredText
{
    QString swapFile;
    QString path; ///< of the document; empty when it was never saved
    QDateTime when;
    std::string text;
};

/// Where the unsaved text of a document is kept; one name for each document and process.
QString swapFileFor(const QString &folder, const QString &documentPath, const void *document);
FileResult<> writeSwap(const QString &swapFile, const QString &documentPath,
                       const std::string &text);

/// The texts of programs that are no longer running, newest first. A file that can't be read is
/// left alone.
std::vector<RecoveredText> recoverableTexts(const QString &folder);

} // namespace editor
