#pragma once

#include "base/result.h"

#include <QString>

#include <string>

namespace editor {

/// Why a file could not be opened or saved. args: the cause in the words of the system, if any.
enum class FileErrorCode {
    NotFound,      ///< there is no such file
    NotAFile,      ///< it is a folder or a device
    CannotRead,    ///< args: cause
    CannotWrite,   ///< args: cause; the old file is as it was
    ChangedOnDisk, ///< another program wrote the file since it was read; nothing was written
    NoPath,        ///< a document that was never saved has no file yet
    ReadOnly,      ///< the document may be looked at only
};

using FileError = base::Error<FileErrorCode>;
template <typename T = void>
using FileResult = base::Result<T, FileError>;

/// The bytes of a file, unchanged.
FileResult<std::string> readFile(const QString &path);

/// Replaces a file by way of a new one beside it, so that it is whole at any moment; keeps its
/// permissions and follows a link. Missing folders are made.
FileResult<> writeFile(const QString &path, const std::string &bytes);

} // namespace editor
