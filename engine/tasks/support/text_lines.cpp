#include "engine/tasks/support/text_lines.h"

#include "engine/tasks/support/function_runner.h"

namespace tasks {

TextLines::TextLines(const std::filesystem::path &file) : m_in(file, std::ios::binary)
{
    if (!m_in)
        throw TaskFailure{file.native() + " (No such file or directory)"};
}

bool TextLines::next(std::string &line)
{
    line.clear();
    std::streambuf &in = *m_in.rdbuf();
    bool any = false;
    for (int c = in.sbumpc(); c != std::char_traits<char>::eof(); c = in.sbumpc()) {
        any = true;
        if (c == '\n')
            return true;
        if (c == '\r') {
            if (in.sgetc() == '\n')
                in.sbumpc();
            return true;
        }
        line += static_cast<char>(c);
    }
    return any;
}

std::string extensionOf(const std::filesystem::path &file)
{
    std::string extension = file.extension();
    return extension.empty() ? ".tmp" : extension;
}

} // namespace tasks
