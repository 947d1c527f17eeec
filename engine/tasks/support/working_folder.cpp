#include "engine/tasks/support/working_folder.h"

#include "engine/tasks/support/function_runner.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tasks {

namespace {

[[noreturn]] void refuse()
{
    throw TaskFailure{"The path to resolve must be a relative path inside the current working directory."};
}

[[noreturn]] void failed(std::string_view name)
{
    throw std::system_error(errno, std::generic_category(), std::string(name));
}

class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor()
    {
        if (m_fd >= 0)
            close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    void reset(int fd)
    {
        if (m_fd >= 0)
            close(m_fd);
        m_fd = fd;
    }
    int get() const { return m_fd; }
    int release() { return std::exchange(m_fd, -1); }

private:
    int m_fd;
};

void writeAll(int file, std::string_view content, std::string_view name)
{
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno != EINTR)
            failed(name);
        if (written > 0)
            content.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::vector<std::string> partsOf(std::string_view name)
{
    if (name.starts_with('/') || name.find('\0') != std::string_view::npos)
        refuse();
    std::vector<std::string> parts;
    while (!name.empty()) {
        const std::string_view part = name.substr(0, name.find('/'));
        name.remove_prefix(std::min(name.size(), part.size() + 1));
        if (part == "..")
            refuse();
        if (!part.empty() && part != ".")
            parts.emplace_back(part);
    }
    if (parts.empty())
        refuse();
    return parts;
}

} // namespace

std::filesystem::path WorkingFolder::resolve(std::string_view name) const
{
    std::filesystem::path path = m_root;
    for (const std::string &part : partsOf(name)) {
        path /= part;
        if (std::filesystem::is_symlink(std::filesystem::symlink_status(path)))
            refuse();
    }
    return path;
}

int WorkingFolder::create(std::string_view name) const
{
    const std::vector<std::string> parts = partsOf(name);
    Descriptor folder(open(m_root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0)
        failed(m_root.native());
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        if (mkdirat(folder.get(), parts[i].c_str(), 0777) != 0 && errno != EEXIST)
            failed(name);
        folder.reset(openat(folder.get(), parts[i].c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (folder.get() < 0) {
            if (errno == ELOOP || errno == ENOTDIR)
                refuse();
            failed(name);
        }
    }
    const int file = openat(folder.get(), parts.back().c_str(),
                            O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
    if (file < 0) {
        if (errno == ELOOP || errno == ENXIO)
            refuse();
        failed(name);
    }
    return file;
}

void WorkingFolder::write(std::string_view name, std::string_view content) const
{
    writeAll(Descriptor(create(name)).get(), content, name);
}

void WorkingFolder::writeFrom(std::string_view name, const std::function<std::string_view()> &next,
                              std::filesystem::perms permissions) const
{
    const Descriptor file(create(name));
    for (std::string_view content = next(); !content.empty(); content = next())
        writeAll(file.get(), content, name);
    if (fchmod(file.get(), static_cast<mode_t>(permissions)) != 0)
        failed(name);
}

void WorkingFolder::copyIn(std::string_view name, const std::filesystem::path &source) const
{
    const Descriptor from(open(source.c_str(), O_RDONLY | O_CLOEXEC));
    if (from.get() < 0)
        failed(source.native());
    const Descriptor to(create(name));
    while (true) {
        const ssize_t sent = sendfile(to.get(), from.get(), nullptr, 1 << 30);
        if (sent == 0)
            return;
        if (sent < 0 && errno != EINTR)
            failed(name);
    }
}

bool WorkingFolder::contains(std::string_view name) const
{
    return std::filesystem::exists(std::filesystem::symlink_status(resolve(name)));
}

std::vector<std::string> WorkingFolder::files() const
{
    std::vector<std::string> names;
    const std::size_t prefix = m_root.native().size() + 1;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(
             m_root, std::filesystem::directory_options::skip_permission_denied)) {
        if (std::filesystem::is_regular_file(entry.symlink_status()))
            names.push_back(entry.path().native().substr(prefix));
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> WorkingFolder::filesMatching(const Globs &globs) const
{
    std::vector<std::string> matching;
    if (globs.empty())
        return matching;
    const std::string base = m_root.native() + '/';
    for (std::string &name : files()) {
        if (globs.matchAny(base + name))
            matching.push_back(std::move(name));
    }
    return matching;
}

} // namespace tasks
