#include "engine/tasks/support/tar_file.h"

#include "engine/tasks/support/archive_handle.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sys/stat.h>

namespace tasks {

void writeTar(const std::filesystem::path &tar, const WorkingFolder &folder)
{
    std::vector<std::filesystem::path> paths;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder.root())) {
        if (!entry.is_symlink() && (entry.is_directory() || entry.is_regular_file()))
            paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    const Archive out(archive_write_new());
    checkArchive(out.get(), archive_write_set_format_pax_restricted(out.get()));
    checkArchive(out.get(), archive_write_open_filename(out.get(), tar.c_str()));
    std::array<char, 65536> buffer;
    for (const std::filesystem::path &path : paths) {
        struct stat status{};
        if (path == tar || lstat(path.c_str(), &status) != 0)
            continue;
        const ArchiveEntry entry(archive_entry_new());
        archive_entry_copy_stat(entry.get(), &status);
        archive_entry_set_pathname(entry.get(), path.lexically_relative(folder.root()).c_str());
        checkArchive(out.get(), archive_write_header(out.get(), entry.get()));
        if (!S_ISREG(status.st_mode))
            continue;
        std::ifstream in(path, std::ios::binary);
        while (in.read(buffer.data(), buffer.size()), in.gcount() > 0) {
            if (archive_write_data(out.get(), buffer.data(), static_cast<std::size_t>(in.gcount())) < 0)
                checkArchive(out.get(), ARCHIVE_FATAL);
        }
    }
    checkArchive(out.get(), archive_write_close(out.get()));
}

void extractTar(const std::filesystem::path &tar, const WorkingFolder &folder)
{
    const Archive in(archive_read_new());
    checkArchive(in.get(), archive_read_support_format_tar(in.get()));
    checkArchive(in.get(), archive_read_open_filename(in.get(), tar.c_str(), 65536));
    archive_entry *entry = nullptr;
    std::array<char, 65536> buffer;
    int code = ARCHIVE_OK;
    while ((code = archive_read_next_header(in.get(), &entry)) == ARCHIVE_OK) {
        std::string_view name = archive_entry_pathname(entry) ? archive_entry_pathname(entry) : "";
        name.remove_prefix(std::min(name.size(), name.find('/') == std::string_view::npos ? name.size() : name.find('/') + 1));
        while (name.ends_with('/'))
            name.remove_suffix(1);
        if (name.empty())
            continue;
        if (archive_entry_filetype(entry) == AE_IFDIR) {
            std::filesystem::create_directories(folder.resolve(name));
        } else if (archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry)) {
            const auto next = [&]() -> std::string_view {
                const la_ssize_t size = archive_read_data(in.get(), buffer.data(), buffer.size());
                if (size < 0)
                    checkArchive(in.get(), ARCHIVE_FATAL);
                return {buffer.data(), static_cast<std::size_t>(size)};
            };
            folder.writeFrom(name, next, static_cast<std::filesystem::perms>(archive_entry_perm(entry) & 0777));
        }
    }
    checkArchive(in.get(), code == ARCHIVE_EOF ? ARCHIVE_OK : code);
}

} // namespace tasks
