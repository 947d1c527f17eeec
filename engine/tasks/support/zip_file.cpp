#include "engine/tasks/support/zip_file.h"

#include "engine/tasks/support/archive_handle.h"

#include <array>
#include <fstream>

namespace tasks {

void writeZip(const std::filesystem::path &zip, const WorkingFolder &folder, const std::vector<std::string> &names)
{
    const Archive out(archive_write_new());
    checkArchive(out.get(), archive_write_set_format_zip(out.get()));
    checkArchive(out.get(), archive_write_open_filename(out.get(), zip.c_str()));
    std::array<char, 65536> buffer;
    for (const std::string &name : names) {
        const std::filesystem::path file = folder.resolve(name);
        const ArchiveEntry entry(archive_entry_new());
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(std::filesystem::file_size(file)));
        checkArchive(out.get(), archive_write_header(out.get(), entry.get()));
        std::ifstream in(file, std::ios::binary);
        while (in.read(buffer.data(), buffer.size()), in.gcount() > 0) {
            if (archive_write_data(out.get(), buffer.data(), static_cast<std::size_t>(in.gcount())) < 0)
                checkArchive(out.get(), ARCHIVE_FATAL);
        }
    }
    checkArchive(out.get(), archive_write_close(out.get()));
}

void extractZip(const std::filesystem::path &zip, const WorkingFolder &folder)
{
    const Archive in(archive_read_new());
    checkArchive(in.get(), archive_read_support_format_zip(in.get()));
    checkArchive(in.get(), archive_read_open_filename(in.get(), zip.c_str(), 65536));
    archive_entry *entry = nullptr;
    std::array<char, 65536> buffer;
    int code = ARCHIVE_OK;
    while ((code = archive_read_next_header(in.get(), &entry)) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        if (!name || archive_entry_filetype(entry) != AE_IFREG)
            continue;
        std::string content;
        la_ssize_t size = 0;
        while ((size = archive_read_data(in.get(), buffer.data(), buffer.size())) > 0)
            content.append(buffer.data(), static_cast<std::size_t>(size));
        if (size < 0)
            checkArchive(in.get(), ARCHIVE_FATAL);
        folder.write(name, content);
    }
    checkArchive(in.get(), code == ARCHIVE_EOF ? ARCHIVE_OK : code);
}

} // namespace tasks
