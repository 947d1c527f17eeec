#include "tests/conformance/http_fixture.h"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <chrono>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace conformance {

namespace {

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::uint16_t freePort()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (bind(socket, reinterpret_cast<sockaddr *>(&address), size) != 0
        || getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        throw std::runtime_error("no free port");
    close(socket);
    return ntohs(address.sin_port);
}

bool answers(std::uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const bool connected = connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    close(socket);
    return connected;
}

} // namespace

HttpFixture::HttpFixture(const std::filesystem::path &script) : m_process(std::make_unique<tasks::Process>())
{
    const std::uint16_t port = freePort();
    m_address = fmt::format("127.0.0.1:{}", port);
    tasks::ProcessRequest request;
    request.command = {"python3", "-B", std::filesystem::absolute(script).string(), std::to_string(port)};
    request.directory = "/";
    request.environment = tasks::environmentWith({});
    if (m_process->start(request) != 0)
        throw std::runtime_error("python3 can't be started");
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!answers(port)) {
        if (std::chrono::steady_clock::now() > until)
            throw std::runtime_error("the HTTP fixture does not answer");
        std::this_thread::yield();
    }
}

} // namespace conformance
