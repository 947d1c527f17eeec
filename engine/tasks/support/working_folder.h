#pragma once

#include "engine/tasks/support/globs.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tasks {

/// The files below one folder by their relative names. No name leads out of it: `..`, an absolute name or a
/// link on the way throws TaskFailure. Other failures of the file system throw std::system_error.
class WorkingFolder
{
public:
    explicit WorkingFolder(std::filesystem::path root) : m_root(std::move(root)) {}

    const std::filesystem::path &root() const { return m_root; }
    /// The place of a name; its folders may not exist yet.
    std::filesystem::path resolve(std::string_view name) const;
    /// Writes a file, replacing an older one, and makes the folders it needs.
    void write(std::string_view name, std::string_view content) const;
    /// The same with content that comes in pieces, an empty one at its end, and its permissions.
    void writeFrom(std::string_view name, const std::function<std::string_view()> &next, std::filesystem::perms permissions) const;
    void copyIn(std::string_view name, const std::filesystem::path &source) const;
    bool contains(std::string_view name) const;
    /// Relative names of the regular files (no links), sorted.
    std::vector<std::string> files() const;
    std::vector<std::string> filesMatching(const Globs &globs) const; ///< globs are anchored at the root

private:
    int create(std::string_view name) const;

    std::filesystem::path m_root;
};

} // namespace tasks
