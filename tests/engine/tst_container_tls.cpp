#include "engine/tasks/script/docker_engine.h"
#include "engine/tasks/support/function_runner.h"
#include "support/temporary_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using tasks::DockerEngine;
using tasks::DockerTls;

bool shell(const fs::path &folder, const std::string &commands)
{
    return std::system(fmt::format("cd '{}' && ( {} ) >/dev/null 2>&1", folder.string(), commands).c_str()) == 0;
}

/// Answers every request with `OK` to whoever shows a certificate of the authority in its folder. Ends with the object.
class TlsServer
{
public:
    explicit TlsServer(const fs::path &folder)
    {
        std::ofstream(folder / "server.py") << R"(
import http.server, os, ssl, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header('Content-Length', '2'); self.end_headers(); self.wfile.write(b'OK')
    def log_message(self, *_): pass
class Server(http.server.HTTPServer):
    def handle_error(self, *_): pass
server = Server(('127.0.0.1', 0), Answer)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain('server.pem', 'server-key.pem')
context.load_verify_locations('ca.pem')
context.verify_mode = ssl.CERT_REQUIRED
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], os.getpid(), flush=True)
server.serve_forever()
)";
        m_output = ::popen(fmt::format("cd '{}' && exec python3 server.py 2>/dev/null", folder.string()).c_str(), "r");
        REQUIRE(m_output);
        REQUIRE(std::fscanf(m_output, "%d %d", &m_port, &m_process) == 2);
    }
    ~TlsServer()
    {
        if (m_process > 0)
            ::kill(m_process, SIGTERM);
        ::pclose(m_output);
    }
    TlsServer(const TlsServer &) = delete;
    TlsServer &operator=(const TlsServer &) = delete;
    std::string host() const { return fmt::format("tcp://127.0.0.1:{}", m_port); }

private:
    std::FILE *m_output = nullptr;
    int m_port = 0;
    int m_process = 0;
};

std::string failureOf(DockerEngine engine)
{
    try {
        engine.call("GET", "/_ping");
        return {};
    } catch (const tasks::TaskFailure &failure) {
        return failure.message;
    }
}

} // namespace

TEST_CASE("A container engine behind TLS is spoken to with the certificates of its folder, and only with those")
{
    const testing::TemporaryFolder folder;
    const fs::path &place = folder.path();
    const std::string key = "openssl req -newkey rsa:2048 -nodes -days 2 ";
    REQUIRE(shell(place, key + "-x509 -subj /CN=authority -keyout ca-key.pem -out ca.pem"));
    for (const std::string name : {"server", "client"})
        REQUIRE(shell(place, fmt::format("{0} -subj /CN={1} -keyout {1}-key.pem -out {1}.csr && printf subjectAltName=IP:127.0.0.1 > {1}.ext && "
                                         "openssl x509 -req -days 2 -in {1}.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -extfile {1}.ext -out {1}.pem",
                                         key, name)));
    REQUIRE(shell(place, key + "-x509 -subj /CN=stranger -keyout stranger-key.pem -out stranger.pem"));
    REQUIRE(shell(place, "cp client.pem cert.pem && cp client-key.pem key.pem"));
    const TlsServer server(place);
    const DockerTls known{place / "ca.pem", place / "client.pem", place / "client-key.pem"};
    CHECK(DockerEngine(server.host(), -1, known).answers());
    CHECK_FALSE(DockerEngine(server.host(), -1, DockerTls{place / "ca.pem", place / "stranger.pem", place / "stranger-key.pem"}).answers());
    CHECK_FALSE(DockerEngine(server.host(), -1, DockerTls{place / "stranger.pem", known.certificate, known.key}).answers());
    CHECK_FALSE(DockerEngine(server.host(), -1, std::nullopt).answers());
    CHECK(failureOf(DockerEngine(server.host(), -1, DockerTls{place / "none.pem", known.certificate, known.key}))
          == fmt::format("The container engine wants TLS, and {} is missing", (place / "none.pem").string()));

    ::setenv("DOCKER_CERT_PATH", place.c_str(), 1);
    ::unsetenv("DOCKER_TLS_VERIFY");
    CHECK_FALSE(DockerTls::ofEnvironment());
    ::setenv("DOCKER_TLS_VERIFY", "1", 1);
    CHECK(DockerEngine(server.host(), -1).answers());
    ::unsetenv("DOCKER_TLS_VERIFY");
    ::unsetenv("DOCKER_CERT_PATH");
}
