#include "engine/tasks/task_families.h"
#include "support/fake_task_context.h"

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <atomic>
#include <functional>
#include <sys/socket.h>
#include <thread>

using engine::TaskEnd;
using testing::FakeTaskContext;
using Lines = std::vector<std::string>;

namespace {

/// An HTTP server on a free port of this machine that answers each request by a function of its text.
class Server
{
public:
    using Answer = std::function<std::string(const std::string &request)>;

    explicit Server(Answer answer) : m_answer(std::move(answer)), m_socket(socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(bind(m_socket, reinterpret_cast<sockaddr *>(&address), size) == 0);
        REQUIRE(listen(m_socket, 16) == 0);
        getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { serve(); });
    }
    ~Server()
    {
        m_done = true;
        shutdown(m_socket, SHUT_RDWR);
        close(m_socket);
        m_thread.join();
    }
    std::string url(std::string_view path) const { return fmt::format("http://127.0.0.1:{}{}", m_port, path); }

private:
    void serve()
    {
        while (!m_done) {
            const int peer = accept(m_socket, nullptr, nullptr);
            if (peer < 0)
                return;
            std::string request;
            char buffer[4096];
            while (!isWhole(request)) {
                const ssize_t size = read(peer, buffer, sizeof buffer);
                if (size <= 0)
                    break;
                request.append(buffer, static_cast<std::size_t>(size));
            }
            const std::string answer = m_answer(request);
            std::size_t sent = 0;
            while (sent < answer.size()) {
                const ssize_t size = send(peer, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
                if (size <= 0)
                    break;
                sent += static_cast<std::size_t>(size);
            }
            close(peer);
        }
    }
    static bool isWhole(const std::string &request)
    {
        const std::size_t end = request.find("\r\n\r\n");
        if (end == std::string::npos)
            return false;
        const std::size_t length = request.find("Content-Length: ");
        return length == std::string::npos || request.size() >= end + 4 + std::stoul(request.substr(length + 16));
    }

    Answer m_answer;
    int m_socket;
    int m_port = 0;
    std::atomic<bool> m_done = false;
    std::thread m_thread;
};

std::string answer(std::string_view status, std::string_view body, std::string_view headers = "")
{
    return fmt::format("HTTP/1.1 {}\r\nContent-Length: {}\r\n{}Connection: close\r\n\r\n{}", status, body.size(), headers,
                       body);
}

engine::TaskResult run(std::string_view type, FakeTaskContext &context)
{
    static const engine::TaskRunners all = tasks::builtInRunners();
    return testing::runTask(all, "io.kestra.plugin.core.http." + std::string(type), context);
}

std::string properties(const std::string &url, std::string_view more = "")
{
    return fmt::format(R"({{"uri": "{}"{}{}}})", url, more.empty() ? "" : ", ", more);
}

/// What the server gets, with lines ended by `|`.
std::string requestOf(std::string_view more)
{
    std::string seen;
    Server server([&](const std::string &request) {
        seen = request;
        return answer("200 OK", "ok");
    });
    FakeTaskContext context(properties(server.url("/p"), more));
    context.variables.set("m", flow::Object{{"a", 1}});
    CHECK(run("Request", context).end == TaskEnd::Success);
    for (std::size_t at = 0; (at = seen.find("\r\n", at)) != std::string::npos;)
        seen.replace(at, 2, "|");
    return seen;
}

} // namespace

TEST_CASE("A request says what it must and nothing else")
{
    const auto has = [](const std::string &text, std::string_view part) { return text.find(part) != std::string::npos; };
    const std::string plain = requestOf("");
    CHECK(plain.starts_with("GET /p HTTP/1.1|"));
    CHECK(has(plain, "|Content-Type: application/json|"));
    CHECK_FALSE(has(plain, "Accept: "));

    const std::string post = requestOf(R"("method": "POST", "contentType": "text/plain", "body": "é")");
    CHECK(has(post, "|Content-Type: text/plain; charset=UTF-8|"));
    CHECK(post.ends_with("||é"));
    CHECK(has(requestOf(R"("method": "POST", "body": "é", "options": {"defaultCharset": "ISO-8859-1"})"), "||\xE9"));
    CHECK(has(requestOf(R"("method": "POST", "body": "{{ m }}")"), R"(||{"a":1})"));
    CHECK(requestOf(R"("method": "post", "body": "x")").starts_with("post /p"));

    const std::string headers = requestOf(R"("headers": {"X-A": "1", "accept": "text/plain"})");
    CHECK(has(headers, "|X-A: 1|"));
    CHECK(has(headers, "|accept: text/plain|"));
    CHECK_FALSE(has(headers, "Content-Type"));

    CHECK(requestOf(R"("params": {"a": "x y", "b": ["1", "2"]})").starts_with("GET /p?a=x+y&b=1&b=2 "));
    CHECK(has(requestOf(R"("options": {"auth": {"type": "BASIC", "username": "u", "password": "p"}})"),
              "|Authorization: Basic dTpw|"));
    CHECK(has(requestOf(R"("options": {"auth": {"type": "BEARER", "token": "t"}})"), "|Authorization: Bearer t|"));
    CHECK(has(requestOf(R"("method": "POST", "contentType": "application/x-www-form-urlencoded", "formData": {"a": "é b"})"),
              "||a=%E9+b"));
    const std::string form = requestOf(R"("method": "POST", "contentType": "multipart/form-data", "formData": {"n": 3})");
    CHECK(has(form, "Content-Disposition: form-data; name=\"n\"|"));
    CHECK(has(form, "||3|--"));
}

TEST_CASE("A response gives code, headers as lists and the body as text")
{
    Server server([](const std::string &) { return answer("200 OK", "caf\xE9", "X-M: a\r\nx-m: b\r\n"); });
    FakeTaskContext context(properties(server.url("/x")));
    const engine::TaskResult result = run("Request", context);
    CHECK(flow::toJson(result.outputs, {.sortKeys = true})
          == fmt::format(R"({{"body":"caf{}","code":200,"headers":{{"connection":["close"],"content-length":["4"],"x-m":["a","b"]}},"uri":"{}"}})",
                         "\uFFFD", server.url("/x")));
    CHECK(context.metrics.size() == 5);
}

TEST_CASE("Which codes fail")
{
    Server server([](const std::string &) { return answer("404 Not Found", "gone"); });
    FakeTaskContext fails(properties(server.url("/")));
    CHECK(run("Request", fails).message == "Failed http request with response code '404' and body:[0x36]gone");
    for (const char *more : {R"("options": {"allowFailed": true})", R"("allowFailed": true)",
                             R"("options": {"allowedResponseCodes": [404]})"}) {
        CAPTURE(more);
        FakeTaskContext context(properties(server.url("/"), more));
        CHECK(run("Request", context).end == TaskEnd::Success);
    }
    FakeTaskContext param(properties(server.url("/"), R"("params": {"a": 1})"));
    CHECK(run("Request", param).message == "Unsupported param type: class java.lang.Integer");
}

TEST_CASE("Redirects are followed as they ask, with credentials kept from other hosts")
{
    Lines seen;
    Server server([&](const std::string &request) {
        seen.push_back(request.substr(0, request.find(" HTTP")) + " " + request.substr(request.find("\r\n\r\n") + 4));
        if (request.find(" /a ") != std::string::npos)
            return answer("307 Again", "", "Location: /b\r\n");
        if (request.find(" /b ") != std::string::npos)
            return answer("302 There", "moved", "Location: c?x=1\r\n");
        return answer("200 OK", "end");
    });
    FakeTaskContext context(properties(server.url("/a"), R"("method": "POST", "body": "q")"));
    const engine::TaskResult result = run("Request", context);
    CHECK(seen == Lines{"POST /a q", "POST /b q", "GET /c?x=1 "});
    CHECK(result.outputs.find("body")->text() == "end");
    CHECK(result.outputs.find("uri")->text() == server.url("/a"));

    FakeTaskContext stays(properties(server.url("/b"), R"("options": {"followRedirects": false})"));
    CHECK(run("Request", stays).outputs.find("body")->text() == "moved");
}

TEST_CASE("What can't be reached fails with a reason")
{
    FakeTaskContext refused(R"({"uri": "http://127.0.0.1:1/x"})");
    CHECK(run("Request", refused).message == "Connect to http://127.0.0.1:1 failed: Connection refused");
    for (const char *uri : {"not a uri", "127.0.0.1/x", "kestra:///a/b", "file:///etc/passwd"}) {
        CAPTURE(uri);
        FakeTaskContext context(fmt::format(R"({{"uri": "{}"}})", uri));
        CHECK(run("Request", context).message == "Target host is not specified\nTarget host is not specified");
    }
}

TEST_CASE("Download keeps the file under its name")
{
    Server server([](const std::string &request) {
        if (request.find("/named") != std::string::npos)
            return answer("200 OK", "x", "Content-Disposition: attachment; filename=\"../my report.txt\"\r\n");
        return answer("200 OK", request.find("/empty") != std::string::npos ? "" : "id\n1\n");
    });
    FakeTaskContext csv(properties(server.url("/d/data.csv?x=1")));
    const engine::TaskResult result = run("Download", csv);
    CHECK(csv.files.text(*result.outputs.find("uri")) == "id\n1\n");
    CHECK(result.outputs.find("uri")->text().ends_with(".csv"));
    CHECK(*result.outputs.find("length") == flow::Value(5));

    FakeTaskContext named(properties(server.url("/named")));
    CHECK(run("Download", named).outputs.find("uri")->text().ends_with("-my+report.txt"));
    FakeTaskContext saved(properties(server.url("/x"), R"("saveAs": "my name.csv")"));
    CHECK(run("Download", saved).message.starts_with("Illegal character in path at index "));
    FakeTaskContext outside(properties(server.url("/x"), R"("saveAs": "../../x")"));
    CHECK(run("Download", outside).end == TaskEnd::Failed);
    FakeTaskContext empty(properties(server.url("/empty")));
    CHECK(run("Download", empty).message == "No response from server");
    FakeTaskContext allowed(properties(server.url("/empty"), R"("failOnEmptyResponse": false)"));
    CHECK(run("Download", allowed).end == TaskEnd::Success);
}

TEST_CASE("Server-sent events become a list")
{
    Server server([](const std::string &) {
        return answer("200 OK", ": hello\nid: 1\nevent: tick\ndata: {\"n\": 1}\n\ndata: a\ndata: b\n\n");
    });
    FakeTaskContext context(properties(server.url("/events")));
    const engine::TaskResult result = run("SseRequest", context);
    CHECK(flow::toJson(*result.outputs.find("events"), {.sortKeys = true})
          == R"([{"comment":"hello","data":{"n":1},"id":"1","name":"tick"},{"data":"a\nb"}])");
    CHECK(*result.outputs.find("size") == flow::Value(2));
}

TEST_CASE("A cancelled request gives up at once")
{
    std::atomic<bool> cancelled = false;
    FakeTaskContext *running = nullptr;
    Server server([&](const std::string &) {
        running->cancel();
        while (!cancelled)
            std::this_thread::yield();
        return std::string();
    });
    FakeTaskContext context(properties(server.url("/slow")));
    running = &context;
    CHECK(run("Request", context).end == TaskEnd::Killed);
    cancelled = true;
}
