#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace tasks {

/// Reads a file line by line; `\n`, `\r\n` and `\r` end a line. Throws TaskFailure when it can't be opened.
class TextLines
{
public:
    explicit TextLines(const std::filesystem::path &file);
    bool next(std::string &line);

private:
    std::ifstream m_in;
};

/// The extension of a file name with its dot, `.tmp` when there is none.
std::string extensionOf(const std::filesystem::path &file);

} // namespace tasks
