#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tasks {

struct HttpPart
{
    std::string name;
    std::string text;
    std::filesystem::path file;   ///< when not empty, sent instead of the text
    std::string fileName;
};

struct HttpRequest
{
    std::string method = "GET";
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::optional<std::string> body;
    std::vector<HttpPart> parts;  ///< a multipart form instead of a body
    std::string user, password;
    bool digest = false;
    std::string proxy, proxyUser, proxyPassword;
    bool followRedirects = true;
    bool trustAll = false;
    std::optional<std::chrono::milliseconds> connectTimeout;
    std::optional<std::chrono::milliseconds> idleTimeout; ///< without a byte arriving
};

struct HttpResponse
{
    int code = 0;
    /// Names in lower case, values in order; of a body that was unpacked without its length and encoding.
    std::map<std::string, std::vector<std::string>> headers;
    std::string peer;             ///< `127.0.0.1:80`
    std::size_t sent = 0;         ///< bytes of the request
    std::size_t received = 0;     ///< bytes of the response, as they came
};

/// What went wrong before there was a response.
struct HttpFailure
{
    std::string message;
    std::string cause; ///< further line for the log
};

/// One exchange after another over libcurl, redirects followed here. Throws HttpFailure.
class HttpClient
{
public:
    struct Hooks
    {
        std::function<void(const HttpRequest &, const HttpResponse &)> onResponse; ///< each hop, when it is complete
        std::function<void(std::string_view)> onBody;   ///< pieces of the last response's body
        std::function<void()> onRestart;                ///< forget the pieces: a redirect follows
        int cancelFd = -1;                              ///< readable: give up
    };
    HttpResponse exchange(HttpRequest request, const Hooks &hooks);
};

/// `name=value&…` as a form body or query.
std::string urlEncoded(std::string_view text);
/// Scheme and host are there; otherwise throws HttpFailure with the real engine's words.
void checkUrl(std::string_view url);

} // namespace tasks
