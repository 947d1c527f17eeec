#include "engine/tasks/http/http_request.h"

#include "engine/flow/utf8.h"
#include "engine/tasks/support/charset.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/task_files.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace tasks {

namespace {

constexpr std::size_t kLongestError = 64 * 1024;

/// The rendered members of a map property that is no expression itself.
class Options
{
public:
    Options(engine::TaskContext &context, const flow::Value *written) : m_context(context), m_written(written) {}

    flow::Value get(std::string_view name) const
    {
        const flow::Value *found = m_written ? m_written->find(name) : nullptr;
        return found && !found->isNull() ? m_context.render(*found, true) : flow::Value();
    }
    std::string text(std::string_view name) const { return textOf(get(name)); }
    bool flag(std::string_view name, bool otherwise) const { return booleanOf(get(name), otherwise); }
    Options below(std::string_view name) const
    {
        return {m_context, m_written ? m_written->find(name) : nullptr};
    }
    std::optional<std::chrono::milliseconds> duration(std::string_view name) const
    {
        const auto value = durationOf(get(name));
        return value ? std::optional(std::chrono::ceil<std::chrono::milliseconds>(*value)) : std::nullopt;
    }

private:
    engine::TaskContext &m_context;
    const flow::Value *m_written;
};

flow::Value jsonProperty(engine::TaskContext &context, std::string_view name)
{
    flow::Value value = context.property(name);
    if (value.isText()) {
        flow::JsonParse parsed = flow::parseJson(value.text());
        if (parsed.ok)
            return std::move(parsed.value);
    }
    return value;
}

std::string withParams(std::string uri, const flow::Value &params)
{
    const auto add = [&](const std::string &name, const flow::Value &value) {
        if (!value.isText())
            throw TaskFailure{fmt::format("Unsupported param type: class {}", javaClassOf(value))};
        uri += uri.find('?') == std::string::npos ? '?' : '&';
        uri += urlEncoded(name) + '=' + urlEncoded(value.text());
    };
    for (const auto &[name, value] : params.map()) {
        if (value.isList()) {
            for (const flow::Value &item : value.list())
                add(name, item);
        } else {
            add(name, value);
        }
    }
    return uri;
}

void setForm(engine::TaskContext &context, HttpRequest &request, const flow::Value &form, const std::string &contentType)
{
    if (contentType != "multipart/form-data") {
        std::string body;
        for (const auto &[name, value] : form.map()) {
            body += body.empty() ? "" : "&";
            body += urlEncoded(converted(name, "UTF-8", "ISO-8859-1")) + '='
                    + urlEncoded(converted(textOf(value), "UTF-8", "ISO-8859-1"));
        }
        request.body = std::move(body);
        return;
    }
    for (const auto &[name, value] : form.map()) {
        HttpPart part{name, {}, {}, {}};
        if (value.isMap()) {
            const flow::Value *fileName = value.find("name");
            const flow::Value *content = value.find("content");
            part.fileName = fileName ? textOf(*fileName) : name;
            part.file = storedFile(context, content ? textOf(*content) : std::string());
        } else if (isStorageUri(textOf(value))) {
            part.file = storedFile(context, textOf(value));
            part.fileName = part.file.filename();
        } else {
            part.text = textOf(value);
        }
        request.parts.push_back(std::move(part));
    }
}

void setConnection(HttpTask &task, const Options &options)
{
    HttpRequest &request = task.request;
    request.followRedirects = options.flag("followRedirects", true);
    task.allowFailed = task.allowFailed || options.flag("allowFailed", false);
    const flow::Value codes = options.get("allowedResponseCodes");
    for (const flow::Value &code : codes.list())
        task.allowedCodes.insert(static_cast<int>(integerOf(code, 0)));

    const Options timeout = options.below("timeout");
    request.connectTimeout = timeout.duration("connectTimeout");
    if (!request.connectTimeout)
        request.connectTimeout = options.duration("connectTimeout");
    request.idleTimeout = timeout.duration("readIdleTimeout");
    if (!request.idleTimeout)
        request.idleTimeout = options.duration("readTimeout");

    const Options auth = options.below("auth");
    const std::string kind = auth.text("type");
    if (kind == "BEARER") {
        request.headers.emplace_back("Authorization", "Bearer " + auth.text("token"));
    } else if (!kind.empty()) {
        request.user = auth.text("username");
        request.password = auth.text("password");
        request.digest = kind == "DIGEST";
    } else {
        request.user = options.text("basicAuthUser");
        request.password = options.text("basicAuthPassword");
    }

    request.trustAll = request.trustAll || options.below("ssl").flag("insecureTrustAllCertificates", false);
    const Options proxy = options.below("proxy");
    std::string address = proxy.text("address");
    std::string port = proxy.text("port");
    request.proxyUser = proxy.text("username");
    request.proxyPassword = proxy.text("password");
    std::string type = proxy.text("type");
    if (address.empty()) {
        address = options.text("proxyAddress");
        port = options.text("proxyPort");
        request.proxyUser = options.text("proxyUsername");
        request.proxyPassword = options.text("proxyPassword");
        type = options.text("proxyType");
    }
    if (!address.empty() && type != "DIRECT")
        request.proxy = fmt::format("{}://{}{}{}", type == "SOCKS" ? "socks5h" : "http", address, port.empty() ? "" : ":", port);
}

void record(engine::TaskContext &context, const HttpRequest &request, const HttpResponse &response)
{
    const std::size_t scheme = request.url.find("://");
    const std::size_t host = scheme + 3;
    const std::map<std::string, std::string> tags = {
        {"request.scheme", request.url.substr(0, scheme)},
        {"request.hostname", request.url.substr(host, request.url.find_first_of(":/?", host) - host)},
        {"request.method", request.method},
        {"response.code", std::to_string(response.code)},
    };
    context.log(engine::Level::Debug, fmt::format("Request '{}' from '/{}' with the response code '{}'", request.url,
                                                  response.peer, response.code));
    if (const auto length = response.headers.find("content-length"); length != response.headers.end())
        context.metric({"response.length", "counter", std::strtod(length->second.front().c_str(), nullptr), tags});
    context.metric({"request.count", "counter", 1, tags});
    context.metric({"request.bytes", "counter", static_cast<double>(response.sent), tags});
    context.metric({"response.count", "counter", 1, tags});
    context.metric({"response.bytes", "counter", static_cast<double>(response.received), tags});
}

} // namespace

HttpTask httpTaskOf(engine::TaskContext &context)
{
    HttpTask task;
    HttpRequest &request = task.request;
    task.uri = withParams(requiredText(context, "uri"), jsonProperty(context, "params"));
    request.url = task.uri;
    request.method = optionalText(context.property("method")).value_or("GET");
    task.allowFailed = booleanOf(context.property("allowFailed"), false);

    const Options options(context, context.properties().find("options"));
    const std::string contentType = optionalText(context.property("contentType")).value_or("application/json");
    const std::string charset = optionalText(options.get("defaultCharset")).value_or("UTF-8");
    const flow::Value form = jsonProperty(context, "formData");
    const flow::Value headers = jsonProperty(context, "headers");
    const std::optional<std::string> body = optionalText(context.property("body"));
    bool typed = false;
    for (const auto &[name, value] : headers.map()) {
        std::string lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
        typed = typed || lower == "content-type";
        request.headers.emplace_back(name, textOf(value));
    }
    if (form.isMap()) {
        setForm(context, request, form, contentType);
        if (request.parts.empty())
            request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded; charset=ISO-8859-1");
    } else if (body) {
        request.body = charset == "UTF-8" ? *body : converted(*body, "UTF-8", charset);
        if (!typed)
            request.headers.emplace_back("Content-Type", fmt::format("{}; charset={}", contentType, charset));
    } else if (!headers.isMap()) {
        request.headers.emplace_back("Content-Type", contentType);
    }
    setConnection(task, options);
    const Options ssl(context, context.properties().find("sslOptions"));
    request.trustAll = request.trustAll || ssl.flag("insecureTrustAllCertificates", false);
    return task;
}

HttpResponse perform(engine::TaskContext &context, const HttpTask &task,
                     const std::function<void(std::string_view)> &onBody, const std::function<void()> &onRestart)
{
    std::string beginning;
    HttpClient::Hooks hooks;
    hooks.cancelFd = context.cancelFd();
    hooks.onResponse = [&](const HttpRequest &request, const HttpResponse &response) {
        record(context, request, response);
    };
    hooks.onBody = [&](std::string_view piece) {
        if (beginning.size() < kLongestError)
            beginning.append(piece.substr(0, kLongestError - beginning.size()));
        onBody(piece);
    };
    hooks.onRestart = [&] {
        beginning.clear();
        onRestart();
    };
    try {
        HttpResponse response = HttpClient().exchange(task.request, hooks);
        if (!task.accepts(response.code))
            throw TaskFailure{fmt::format("Failed http request with response code '{}' and body:[0x36]{}", response.code,
                                          flow::utf8::repaired(beginning))};
        return response;
    } catch (const HttpFailure &failure) {
        if (failure.cause.empty())
            throw TaskFailure{failure.message};
        context.log(engine::Level::Error, failure.message);
        throw TaskFailure{failure.cause};
    }
}

} // namespace tasks
