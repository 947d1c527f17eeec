#pragma once

#include "git/core/process.h"
#include "git/core/repository.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace test {

/// Serves doctest and Qt Test: what goes wrong while setting up ends the program.

/// A folder that is gone with the object.
class ScratchFolder
{
public:
    ScratchFolder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "leat-test-XXXXXX").string();
        if (!::mkdtemp(pattern.data()))
            std::abort();
        m_path = pattern;
    }
    ~ScratchFolder()
    {
        std::error_code error;
        std::filesystem::remove_all(m_path, error);
    }
    ScratchFolder(const ScratchFolder &) = delete;
    ScratchFolder &operator=(const ScratchFolder &) = delete;
    const std::filesystem::path &path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

inline void write(const std::filesystem::path &file, std::string_view text)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

inline void writeScript(const std::filesystem::path &file, std::string_view text)
{
    write(file, text);
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
}

inline std::string read(const std::filesystem::path &file)
{
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

/// What `git …` prints; the command must succeed.
inline std::string git(const std::filesystem::path &folder, std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), "git");
    const git::ProcessResult result = git::runProcess(arguments, folder, {{"LC_ALL", "C"}}, {}, nullptr);
    if (result.exitCode != 0) {
        std::fprintf(stderr, "git %s: %s\n", arguments.at(1).c_str(), result.err.c_str());
        std::abort();
    }
    std::string out = result.out;
    while (!out.empty() && out.back() == '\n')
        out.pop_back();
    return out;
}

/// A home without the user's settings: Git and ssh read only what a test writes into it.
class ScratchHome
{
public:
    ScratchHome()
    {
        ::setenv("HOME", m_folder.path().c_str(), 1);
        ::setenv("XDG_CONFIG_HOME", (m_folder.path() / ".config").c_str(), 1);
        ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
        for (const char *name : {"SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "GIT_ASKPASS", "SSH_ASKPASS", "http_proxy", "https_proxy"})
            ::unsetenv(name);
    }
    const std::filesystem::path &path() const { return m_folder.path(); }

private:
    ScratchFolder m_folder;
};

/// A repository on `main` with an identity and no commit.
class ScratchRepository
{
public:
    ScratchRepository()
    {
        git({"init", "-q", "-b", "main"});
        git({"config", "user.name", "Mina Test"});
        git({"config", "user.email", "mina@example.org"});
    }
    const std::filesystem::path &path() const { return m_folder.path(); }
    std::string git(std::vector<std::string> arguments) const { return test::git(path(), std::move(arguments)); }
    void commitFile(const std::string &name, std::string_view text, const std::string &message = "add")
    {
        write(path() / name, text);
        git({"add", name});
        git({"commit", "-q", "-m", message});
    }
    git::Repository open() const
    {
        auto opened = git::Repository::open(path());
        if (!opened)
            std::abort();
        return std::move(*opened);
    }

private:
    ScratchFolder m_folder;
};

} // namespace test
