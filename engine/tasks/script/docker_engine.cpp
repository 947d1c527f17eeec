#include "engine/tasks/script/docker_engine.h"

#include "engine/tasks/support/curl_handle.h"
#include "engine/tasks/support/function_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace tasks {

namespace {

struct FileCloser
{
    void operator()(std::FILE *file) const { std::fclose(file); }
};

constexpr std::string_view kSocket = "unix://";

/// The words of the real engine.
[[noreturn]] void notAccessible(const std::string &host)
{
    throw TaskFailure{"Docker execution failed because Docker socket is not accessible.\n\nFix:\n- Mount docker socket:\n"
                      "  -v /var/run/docker.sock:/var/run/docker.sock\n- OR use Process runner:\n  taskRunner:\n"
                      "    type: io.kestra.plugin.core.runner.Process\n\nTried Docker host: "
                      + host};
}

void addTls(CURL *handle, const DockerTls &tls)
{
    for (const std::filesystem::path *file : {&tls.authority, &tls.certificate, &tls.key}) {
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(*file, ignored))
            throw TaskFailure{fmt::format("The container engine wants TLS, and {} is missing", file->native())};
    }
    curl_easy_setopt(handle, CURLOPT_CAINFO, tls.authority.c_str());
    curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(handle, CURLOPT_SSLCERT, tls.certificate.c_str());
    curl_easy_setopt(handle, CURLOPT_SSLKEY, tls.key.c_str());
}

} // namespace

std::optional<DockerTls> DockerTls::ofEnvironment()
{
    const char *verify = std::getenv("DOCKER_TLS_VERIFY");
    if (!verify || (std::string_view(verify) != "1" && std::string_view(verify) != "true"))
        return std::nullopt;
    std::filesystem::path folder;
    if (const char *given = std::getenv("DOCKER_CERT_PATH"); given && *given)
        folder = given;
    else if (const char *home = std::getenv("HOME"))
        folder = std::filesystem::path(home) / ".docker";
    return DockerTls{folder / "ca.pem", folder / "cert.pem", folder / "key.pem"};
}

struct DockerEngine::Exchange
{
    std::string method, path, body;
    std::vector<std::string> headers;
    const Bytes *onBytes = nullptr;
    std::FILE *file = nullptr;
    curl_off_t fileSize = 0;
    long timeoutMs = 0;
    CURL *handle = nullptr;
    DockerAnswer answer;
    const std::function<bool()> *isOver = nullptr; ///< asked when a second passed without a byte
    bool active = true;

    bool quiet() { return !std::exchange(active, false); }
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self)
    {
        auto *exchange = static_cast<Exchange *>(self);
        exchange->active = true;
        long status = 0;
        curl_easy_getinfo(exchange->handle, CURLINFO_RESPONSE_CODE, &status);
        if (exchange->onBytes && status < 300)
            (*exchange->onBytes)({data, size * count});
        else
            exchange->answer.body.append(data, size * count);
        return size * count;
    }
    static std::size_t onRead(char *data, std::size_t size, std::size_t count, void *self)
    {
        return std::fread(data, 1, size * count, static_cast<Exchange *>(self)->file);
    }
};

DockerAnswer DockerEngine::perform(Exchange &exchange)
{
    const CurlEasy easy = newTransfer();
    CURL *handle = easy.get();
    exchange.handle = handle;
    std::string base = "http://localhost";
    if (m_host.starts_with(kSocket))
        curl_easy_setopt(handle, CURLOPT_UNIX_SOCKET_PATH, m_host.c_str() + kSocket.size());
    else if (m_host.starts_with("tcp://") && m_tls) {
        base = "https://" + m_host.substr(6);
        addTls(handle, *m_tls);
    } else if (m_host.starts_with("tcp://"))
        base = "http://" + m_host.substr(6);
    else if (m_host.starts_with("http://"))
        base = m_host;
    else
        throw TaskFailure{fmt::format("Unsupported protocol scheme found: '{}'. Only 'tcp://', 'http://' and 'unix://' "
                                      "are supported.",
                                      m_host)};
    const std::string url = base + exchange.path;
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, 5000L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, exchange.timeoutMs);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Exchange::onBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
    std::unique_ptr<curl_slist, CurlCloser> headers;
    const auto addHeader = [&](const std::string &line) {
        curl_slist *longer = curl_slist_append(headers.get(), line.c_str());
        headers.release();
        headers.reset(longer);
    };
    addHeader("Expect:");
    addHeader(exchange.file ? "Content-Type: application/x-tar" : "Content-Type: application/json");
    for (const std::string &header : exchange.headers)
        addHeader(header);
    if (exchange.file) {
        curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(handle, CURLOPT_READFUNCTION, &Exchange::onRead);
        curl_easy_setopt(handle, CURLOPT_READDATA, &exchange);
        curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, exchange.fileSize);
    } else if (exchange.method == "POST") {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange.body.size()));
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, exchange.body.data());
    }
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, exchange.method.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());

    const CurlMulti multi(curl_multi_init());
    curl_multi_add_handle(multi.get(), handle);
    int running = 1;
    bool cancelled = false;
    while (running > 0 && !cancelled) {
        curl_multi_perform(multi.get(), &running);
        curl_waitfd cancel{m_cancelFd, CURL_WAIT_POLLIN, 0};
        if (running > 0)
            curl_multi_poll(multi.get(), &cancel, m_cancelFd >= 0 ? 1 : 0, 1000, nullptr);
        cancelled = cancel.revents != 0;
        if (running > 0 && !cancelled && exchange.isOver && exchange.quiet() && (*exchange.isOver)()) {
            curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &exchange.answer.status);
            curl_multi_remove_handle(multi.get(), handle);
            return std::move(exchange.answer);
        }
    }
    CURLcode code = CURLE_OK;
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(multi.get(), &left)) {
        if (message->msg == CURLMSG_DONE)
            code = message->data.result;
    }
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &exchange.answer.status);
    curl_multi_remove_handle(multi.get(), handle);
    if (cancelled)
        throw TaskFailure{"The script was cancelled"};
    if (code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST)
        notAccessible(m_host);
    if (code != CURLE_OK)
        throw TaskFailure{fmt::format("The container engine at {} failed to answer: {}", m_host, curl_easy_strerror(code))};
    return std::move(exchange.answer);
}

bool DockerEngine::answers()
{
    Exchange exchange;
    exchange.method = "GET";
    exchange.path = "/_ping";
    exchange.timeoutMs = 2000;
    try {
        return perform(exchange).status == 200;
    } catch (const TaskFailure &) {
        return false;
    }
}

DockerAnswer DockerEngine::call(std::string_view method, const std::string &path, const flow::Value &body,
                                const std::vector<std::string> &headers)
{
    Exchange exchange;
    exchange.method = method;
    exchange.path = path;
    exchange.body = body.isNull() ? "" : flow::toJson(body);
    exchange.headers = headers;
    return perform(exchange);
}

DockerAnswer DockerEngine::stream(std::string_view method, const std::string &path, const Bytes &onBytes,
                                  const std::vector<std::string> &headers)
{
    Exchange exchange;
    exchange.method = method;
    exchange.path = path;
    exchange.onBytes = &onBytes;
    exchange.headers = headers;
    return perform(exchange);
}

bool DockerEngine::follow(const std::string &path, const Bytes &onBytes, const std::function<bool()> &isOver)
{
    Exchange exchange;
    exchange.method = "GET";
    exchange.path = path;
    exchange.onBytes = &onBytes;
    exchange.isOver = &isOver;
    return perform(exchange).status < 300; // 0: it ended before it said anything
}

DockerAnswer DockerEngine::upload(const std::string &path, const std::filesystem::path &file)
{
    const std::unique_ptr<std::FILE, FileCloser> opened(std::fopen(file.c_str(), "rb"));
    if (!opened)
        throw TaskFailure{fmt::format("{} can't be read", file.native())};
    Exchange exchange;
    exchange.method = "PUT";
    exchange.path = path;
    exchange.file = opened.get();
    exchange.fileSize = static_cast<curl_off_t>(std::filesystem::file_size(file));
    return perform(exchange);
}

std::string urlPart(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || c == '-' || c == '_' || c == '.' || c == '~')
            out += c;
        else
            out += fmt::format("%{:02X}", byte);
    }
    return out;
}

void FrameReader::feed(std::string_view bytes, const Sink &sink)
{
    constexpr std::size_t kHeader = 8;
    while (!bytes.empty()) {
        if (m_left == 0) {
            const std::size_t wanted = std::min(kHeader - m_header.size(), bytes.size());
            m_header.append(bytes.substr(0, wanted));
            bytes.remove_prefix(wanted);
            if (m_header.size() < kHeader)
                return;
            m_isError = m_header[0] == 2;
            for (std::size_t at = 4; at < kHeader; ++at)
                m_left = m_left << 8 | static_cast<unsigned char>(m_header[at]);
            m_header.clear();
            continue;
        }
        const std::size_t size = std::min(m_left, bytes.size());
        sink(m_isError, bytes.substr(0, size));
        m_left -= size;
        bytes.remove_prefix(size);
    }
}

} // namespace tasks
