#include "engine/tasks/http/http_client.h"

#include "engine/tasks/support/curl_handle.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace tasks {

namespace {

constexpr int kMostRedirects = 50;

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

struct Exchange
{
    HttpResponse response;
    const HttpClient::Hooks *hooks = nullptr;

    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self)
    {
        auto &response = static_cast<Exchange *>(self)->response;
        const std::string_view line(data, size * count);
        response.received += line.size();
        if (line.starts_with("HTTP/")) {
            response.headers.clear();
        } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
            response.headers[lower(trimmed(line.substr(0, colon)))].emplace_back(trimmed(line.substr(colon + 1)));
        }
        return size * count;
    }
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self)
    {
        static_cast<Exchange *>(self)->hooks->onBody({data, size * count});
        return size * count;
    }
};

std::string urlPart(const std::string &url, CURLUPart part)
{
    const std::unique_ptr<CURLU, CurlCloser> parsed(curl_url());
    char *text = nullptr;
    if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK
        || curl_url_get(parsed.get(), part, &text, 0) != CURLUE_OK)
        return {};
    const std::unique_ptr<char, CurlCloser> owned(text);
    return text;
}

std::string resolved(const std::string &base, const std::string &location)
{
    const std::unique_ptr<CURLU, CurlCloser> url(curl_url());
    char *text = nullptr;
    if (curl_url_set(url.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK
        || curl_url_set(url.get(), CURLUPART_URL, location.c_str(), 0) != CURLUE_OK
        || curl_url_get(url.get(), CURLUPART_URL, &text, 0) != CURLUE_OK)
        throw HttpFailure{fmt::format("Invalid redirect URI: {}", location), {}};
    const std::unique_ptr<char, CurlCloser> owned(text);
    return text;
}

[[noreturn]] void failWith(CURLcode code, const HttpRequest &request, const char *details)
{
    const std::string host = urlPart(request.url, CURLUPART_HOST);
    const std::string port = urlPart(request.url, CURLUPART_PORT);
    const std::string target = fmt::format("{}://{}{}{}", urlPart(request.url, CURLUPART_SCHEME), host,
                                           port.empty() ? "" : ":", port);
    std::string why;
    switch (code) {
    case CURLE_COULDNT_CONNECT: why = fmt::format("Connect to {} failed: Connection refused", target); break;
    case CURLE_COULDNT_RESOLVE_HOST: why = fmt::format("{}: Name or service not known", host); break;
    case CURLE_OPERATION_TIMEDOUT: why = fmt::format("Connect to {} failed: Read timed out", target); break;
    case CURLE_GOT_NOTHING: why = fmt::format("{}:{} failed to respond", host, port); break;
    default: why = *details ? details : curl_easy_strerror(code); break;
    }
    throw HttpFailure{why, why};
}

bool isRedirect(int code)
{
    return code == 301 || code == 302 || code == 303 || code == 307 || code == 308;
}

/// One request and its response, without redirects.
HttpResponse single(const HttpRequest &request, const HttpClient::Hooks &hooks)
{
    const CurlEasy easy = newTransfer();
    CURL *handle = easy.get();
    char details[CURL_ERROR_SIZE] = "";
    Exchange exchange;
    exchange.hooks = &hooks;

    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, details);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Exchange::onHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Exchange::onBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_PROXY, request.proxy.c_str());
    if (!request.proxyUser.empty())
        curl_easy_setopt(handle, CURLOPT_PROXYUSERPWD,
                         (request.proxyUser + ':' + request.proxyPassword).c_str());
    if (!request.user.empty()) {
        curl_easy_setopt(handle, CURLOPT_HTTPAUTH, request.digest ? CURLAUTH_DIGEST : CURLAUTH_BASIC);
        curl_easy_setopt(handle, CURLOPT_USERNAME, request.user.c_str());
        curl_easy_setopt(handle, CURLOPT_PASSWORD, request.password.c_str());
    }
    if (request.trustAll) {
        curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (request.connectTimeout)
        curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connectTimeout->count()));
    if (request.idleTimeout) {
        curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
        curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME,
                         std::max(1L, static_cast<long>(std::chrono::ceil<std::chrono::seconds>(*request.idleTimeout).count())));
    }

    std::unique_ptr<curl_mime, CurlCloser> form;
    if (!request.parts.empty()) {
        form.reset(curl_mime_init(handle));
        for (const HttpPart &part : request.parts) {
            curl_mimepart *target = curl_mime_addpart(form.get());
            curl_mime_name(target, part.name.c_str());
            if (part.file.empty()) {
                curl_mime_data(target, part.text.data(), part.text.size());
                curl_mime_type(target, "text/plain; charset=UTF-8");
            } else {
                curl_mime_filedata(target, part.file.c_str());
                curl_mime_filename(target, part.fileName.c_str());
                curl_mime_type(target, "application/octet-stream");
            }
        }
        curl_easy_setopt(handle, CURLOPT_MIMEPOST, form.get());
    } else if (request.body) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body->size()));
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body->data());
    }
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (request.method == "HEAD")
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);

    // Headers curl would add by itself are asked for empty, which leaves them out.
    std::unique_ptr<curl_slist, CurlCloser> headers;
    const auto addHeader = [&](const std::string &line) {
        curl_slist *longer = curl_slist_append(headers.get(), line.c_str());
        headers.release();
        headers.reset(longer);
    };
    const auto given = [&](std::string_view name) {
        return std::any_of(request.headers.begin(), request.headers.end(),
                           [&](const auto &header) { return lower(header.first) == name; });
    };
    for (const auto &[name, value] : request.headers)
        addHeader(value.empty() ? name + ';' : fmt::format("{}: {}", name, value));
    if (!given("accept"))
        addHeader("Accept:");
    if (!given("expect"))
        addHeader("Expect:");
    if (!given("content-type") && request.parts.empty())
        addHeader("Content-Type:");
    if (!given("user-agent"))
        addHeader("User-Agent: Leat");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());

    const CurlMulti multi(curl_multi_init());
    curl_multi_add_handle(multi.get(), handle);
    CURLcode code = CURLE_OK;
    int running = 1;
    while (running > 0) {
        curl_multi_perform(multi.get(), &running);
        curl_waitfd cancel{hooks.cancelFd, CURL_WAIT_POLLIN, 0};
        if (running > 0)
            curl_multi_poll(multi.get(), &cancel, hooks.cancelFd >= 0 ? 1 : 0, 1000, nullptr);
        if (cancel.revents) {
            curl_multi_remove_handle(multi.get(), handle);
            throw HttpFailure{"The request was cancelled", {}};
        }
    }
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(multi.get(), &left)) {
        if (message->msg == CURLMSG_DONE)
            code = message->data.result;
    }
    HttpResponse response = std::move(exchange.response);
    long status = 0;
    long sent = 0;
    long port = 0;
    curl_off_t received = 0;
    curl_off_t uploaded = 0;
    char *address = nullptr;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &sent);
    curl_easy_getinfo(handle, CURLINFO_SIZE_DOWNLOAD_T, &received);
    curl_easy_getinfo(handle, CURLINFO_SIZE_UPLOAD_T, &uploaded);
    curl_easy_getinfo(handle, CURLINFO_PRIMARY_PORT, &port);
    if (curl_easy_getinfo(handle, CURLINFO_PRIMARY_IP, &address) == CURLE_OK && address)
        response.peer = fmt::format("{}:{}", address, port);
    curl_multi_remove_handle(multi.get(), handle);
    if (code != CURLE_OK)
        failWith(code, request, details);
    response.code = static_cast<int>(status);
    response.sent = static_cast<std::size_t>(sent) + static_cast<std::size_t>(uploaded);
    response.received += static_cast<std::size_t>(received);
    if (response.headers.count("content-encoding")) {
        response.headers.erase("content-encoding");
        response.headers.erase("content-length");
    }
    return response;
}

} // namespace

HttpResponse HttpClient::exchange(HttpRequest request, const Hooks &hooks)
{
    for (int hop = 0;; ++hop) {
        checkUrl(request.url);
        HttpResponse response = single(request, hooks);
        hooks.onResponse(request, response);
        const auto location = response.headers.find("location");
        if (!request.followRedirects || !isRedirect(response.code) || location == response.headers.end())
            return response;
        if (hop == kMostRedirects)
            throw HttpFailure{fmt::format("Maximum redirects ({}) exceeded", kMostRedirects), {}};
        hooks.onRestart();
        const bool toGet = (response.code == 303 && request.method != "HEAD")
                           || ((response.code == 301 || response.code == 302) && request.method == "POST");
        if (toGet) {
            request.method = "GET";
            request.body.reset();
            request.parts.clear();
        }
        std::string next = resolved(request.url, location->second.front());
        // Credentials are for the host they were given for.
        if (urlPart(next, CURLUPART_HOST) != urlPart(request.url, CURLUPART_HOST)) {
            request.user.clear();
            std::erase_if(request.headers, [](const auto &header) {
                const std::string name = lower(header.first);
                return name == "authorization" || name == "cookie";
            });
        }
        request.url = std::move(next);
    }
}

std::string urlEncoded(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || c == '-' || c == '_' || c == '.' || c == '*')
            out += c;
        else if (c == ' ')
            out += '+';
        else
            out += fmt::format("%{:02X}", byte);
    }
    return out;
}

void checkUrl(std::string_view url)
{
    const auto refuse = [](const std::string &why) {
        throw HttpFailure{"org.apache.hc.client5.http.ClientProtocolException: " + why, why + "\n" + why};
    };
    if (url.starts_with("//"))
        throw HttpFailure{"org.apache.hc.client5.http.ClientProtocolException", "null\nProtocol scheme is not specified"};
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        refuse("Target host is not specified");
    const std::string_view name = url.substr(0, scheme);
    const std::string_view host = url.substr(scheme + 3, url.find_first_of("/?#", scheme + 3) - (scheme + 3));
    const bool known = name == "http" || name == "https";
    if (host.empty() && known && url.size() == scheme + 3) {
        const std::string why = fmt::format("Expected authority at index {}: {}", url.size(), url);
        throw HttpFailure{why, {}};
    }
    if (host.empty() && known) {
        const std::string why = "http/https URI cannot have an empty host identifier: " + std::string(name);
        throw HttpFailure{why, {}};
    }
    if (host.empty())
        refuse("Target host is not specified");
    if (!known)
        refuse(fmt::format("Unroutable protocol scheme: {}://{}", name, host));
}

} // namespace tasks
