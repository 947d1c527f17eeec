#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace git {

enum class FileState {
    Unchanged,
    New,        ///< not in HEAD
    Modified,   ///< content or mode differs from HEAD
    Deleted,    ///< in HEAD, gone from the work tree
    Conflicted, ///< left over from a merge
};

/// One file that differs from HEAD. Paths are relative to the work tree, with `/`.
struct FileStatus
{
    std::string path;
    FileState state = FileState::Unchanged;
    bool staged = false; ///< the index already has (part of) the change
    bool operator==(const FileStatus &) const = default;
};

/// A local branch. Counts are against its upstream, as last fetched; 0 without one.
struct Branch
{
    std::string name;     ///< `feature/x`
    std::string upstream; ///< `origin/feature/x`; empty when there is none
    bool current = false;
    std::size_t ahead = 0;
    std::size_t behind = 0;
    bool operator==(const Branch &) const = default;
};

/// Where HEAD is.
struct Head
{
    std::string branch;   ///< empty when detached
    std::string oid;      ///< 40 hex digits; empty before the first commit
    bool detached = false;
};

struct Commit
{
    std::string oid;
    std::string summary;
    std::string message;
    std::string authorName;
    std::string authorEmail;
    std::int64_t time = 0; ///< seconds since 1970 UTC
    std::vector<std::string> parents;
};

/// Who last changed a line, and in which commit.
struct BlameLine
{
    std::string oid;     ///< empty: not committed yet
    std::string author;
    std::string summary; ///< of the commit
    std::int64_t time = 0; ///< seconds since 1970 UTC
    bool operator==(const BlameLine &) const = default;
};

struct Remote
{
    std::string name;
    std::string url; ///< for pushing, without a password
};

enum class LineKind { Context, Added, Removed };

/// One line of a diff; numbers are 1-based, 0 where the side has no such line.
struct DiffLine
{
    LineKind kind = LineKind::Context;
    int oldLine = 0;
    int newLine = 0;
    std::string text; ///< without its line ending
    bool operator==(const DiffLine &) const = default;
};

struct DiffHunk
{
    int oldBegin = 0;
    int newBegin = 0;
    std::vector<DiffLine> lines;
};

struct FileDiff
{
    std::string path;
    FileState state = FileState::Unchanged;
    bool binary = false;
    std::vector<DiffHunk> hunks;
};

} // namespace git
