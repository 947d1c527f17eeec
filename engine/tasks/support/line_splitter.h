#pragma once

#include "engine/flow/utf8.h"

#include <string>
#include <string_view>

namespace tasks {

/// Cuts a stream of bytes into lines that end with `\n`, `\r\n` or `\r`. Makes each line valid UTF-8: what is
/// not becomes U+FFFD, one for each broken sequence.
class LineSplitter
{
public:
    template <typename Sink>
    void feed(std::string_view bytes, Sink &&sink)
    {
        while (!bytes.empty()) {
            if (m_skipNewline) {
                m_skipNewline = false;
                if (bytes.front() == '\n') {
                    bytes.remove_prefix(1);
                    continue;
                }
            }
            const std::size_t end = bytes.find_first_of("\r\n");
            if (end == std::string_view::npos) {
                m_pending.append(bytes);
                if (m_pending.size() > kLongest)
                    flush(sink);
                return;
            }
            m_skipNewline = bytes[end] == '\r';
            if (m_pending.empty()) {
                emit(bytes.substr(0, end), sink);
            } else {
                m_pending.append(bytes.substr(0, end));
                flush(sink);
            }
            bytes.remove_prefix(end + 1);
        }
    }
    /// What is left after the last line end.
    template <typename Sink>
    void finish(Sink &&sink)
    {
        if (!m_pending.empty())
            flush(sink);
    }

private:
    static constexpr std::size_t kLongest = 16u << 20;

    template <typename Sink>
    void flush(Sink &&sink)
    {
        emit(m_pending, sink);
        m_pending.clear();
    }
    template <typename Sink>
    void emit(std::string_view line, Sink &&sink)
    {
        if (flow::utf8::firstInvalid(line) == line.size())
            sink(line);
        else
            sink(std::string_view(flow::utf8::repaired(line)));
    }

    std::string m_pending;
    bool m_skipNewline = false;
};

} // namespace tasks
