#pragma once

#include "engine/tasks/support/function_runner.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <memory>

namespace tasks {

struct ArchiveCloser
{
    void operator()(archive *handle) const { archive_free(handle); }
    void operator()(archive_entry *entry) const { archive_entry_free(entry); }
};
using Archive = std::unique_ptr<archive, ArchiveCloser>;
using ArchiveEntry = std::unique_ptr<archive_entry, ArchiveCloser>;

/// Throws TaskFailure with the archive's words when `code` says more than a warning.
inline void checkArchive(archive *handle, int code)
{
    if (code < ARCHIVE_WARN) {
        const char *why = archive_error_string(handle);
        throw TaskFailure{fmt::format("The archive can't be processed: {}", why ? why : "unknown error")};
    }
}

} // namespace tasks
