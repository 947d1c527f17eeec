#include "engine/tasks/support/charset.h"

#include "engine/tasks/support/function_runner.h"

#include <cerrno>
#include <iconv.h>

namespace tasks {

namespace {

class Converter
{
public:
    Converter(const std::string &to, const std::string &from) : m_handle(iconv_open(to.c_str(), from.c_str())) {}
    ~Converter()
    {
        if (valid())
            iconv_close(m_handle);
    }
    Converter(const Converter &) = delete;
    Converter &operator=(const Converter &) = delete;
    bool valid() const { return m_handle != reinterpret_cast<iconv_t>(-1); }
    iconv_t handle() const { return m_handle; }

private:
    iconv_t m_handle;
};

} // namespace

std::string converted(std::string_view bytes, const std::string &from, const std::string &to)
{
    const Converter converter(to, from);
    if (!converter.valid())
        throw TaskFailure{Converter("UTF-8", from).valid() ? to : from};
    std::string out;
    std::string rest(bytes);
    char *in = rest.data();
    std::size_t left = rest.size();
    while (left > 0) {
        char buffer[4096];
        char *target = buffer;
        std::size_t room = sizeof buffer;
        const std::size_t done = iconv(converter.handle(), &in, &left, &target, &room);
        out.append(buffer, sizeof buffer - room);
        if (done != static_cast<std::size_t>(-1) || errno == E2BIG)
            continue;
        out += '?';
        do {
            ++in;
            --left;
        } while (left > 0 && from == "UTF-8" && (static_cast<unsigned char>(*in) & 0xC0) == 0x80);
    }
    return out;
}

} // namespace tasks
