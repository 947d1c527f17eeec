#include "engine/tasks/sql/postgres_url.h"

#include "engine/tasks/support/function_runner.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace tasks {

namespace {

constexpr std::string_view kScheme = "jdbc:postgresql";

[[noreturn]] void badUrl(std::string_view why)
{
    throw TaskFailure{"The URL is not of the form jdbc:postgresql://host:port/database: " + std::string(why)};
}

std::string decoded(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        unsigned code = 0;
        if (text[at] == '%' && at + 2 < text.size()
            && std::from_chars(text.data() + at + 1, text.data() + at + 3, code, 16).ptr == text.data() + at + 3) {
            out += static_cast<char>(code);
            at += 2;
        } else {
            out += text[at] == '+' ? ' ' : text[at];
        }
    }
    return out;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// `host:port,[::1]:port` as the two lists libpq wants.
void takeHosts(std::string_view hosts, std::map<std::string, std::string> &options)
{
    std::string names, ports;
    for (;;) {
        const std::size_t comma = hosts.find(',');
        std::string_view host = hosts.substr(0, comma);
        std::string_view port = "5432";
        const std::size_t bracket = host.rfind(']');
        const std::size_t colon = host.rfind(':');
        if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
            port = host.substr(colon + 1);
            host = host.substr(0, colon);
        }
        const bool isNumber = !port.empty() && std::all_of(port.begin(), port.end(), [](unsigned char c) { return std::isdigit(c); });
        if (!isNumber || port.size() > 5 || std::stoi(std::string(port)) > 65535)
            badUrl("the port is no number up to 65535");
        if (host.starts_with('[') && host.ends_with(']'))
            host = host.substr(1, host.size() - 2);
        names += (names.empty() ? "" : ",") + std::string(host.empty() ? "localhost" : host);
        ports += (ports.empty() ? "" : ",") + std::string(port);
        if (comma == std::string_view::npos)
            break;
        hosts.remove_prefix(comma + 1);
    }
    options["host"] = names;
    options["port"] = ports;
}

void takeArgument(const std::string &name, const std::string &value, std::map<std::string, std::string> &options)
{
    static const std::map<std::string, std::string, std::less<>> kNames = {
        {"user", "user"}, {"password", "password"}, {"sslmode", "sslmode"}, {"sslrootcert", "sslrootcert"},
        {"sslcert", "sslcert"}, {"sslkey", "sslkey"}, {"sslpassword", "sslpassword"},
        {"ApplicationName", "application_name"}, {"connectTimeout", "connect_timeout"},
        {"loginTimeout", "connect_timeout"}, {"channelBinding", "channel_binding"}, {"gssEncMode", "gssencmode"},
        {"PGHOST", "host"}, {"PGPORT", "port"}, {"PGDBNAME", "dbname"},
    };
    if (const auto found = kNames.find(name); found != kNames.end())
        options[found->second] = name == "sslmode" || name == "channelBinding" ? lower(value) : value;
    else if (name == "ssl" && value != "false")
        options.try_emplace("sslmode", "verify-full");
    else if (name == "currentSchema")
        options["options"] += " -c search_path=" + value;
    else if (name == "options")
        options["options"] += ' ' + value;
    else if (name == "targetServerType")
        options["target_session_attrs"] = value == "secondary" || value == "slave" ? "standby"
                                          : value.starts_with("prefer")            ? "prefer-standby"
                                                                                   : lower(value);
}

} // namespace

std::map<std::string, std::string> postgresOptions(std::string_view url)
{
    const auto isBlank = [](unsigned char c) { return std::isspace(c) != 0; };
    if (std::all_of(url.begin(), url.end(), isBlank))
        throw TaskFailure{"Rendered value of `url` is blank."};
    if (!url.starts_with(kScheme))
        throw TaskFailure{"URL scheme is invalid. URL should start with `jdbc:postgresql`"};
    url.remove_prefix(kScheme.size());
    if (!url.starts_with(':'))
        badUrl("a colon must follow the scheme");
    url.remove_prefix(1);

    std::map<std::string, std::string> options{{"host", "localhost"}, {"port", "5432"}};
    const std::size_t question = url.find('?');
    std::string_view arguments = question == std::string_view::npos ? std::string_view() : url.substr(question + 1);
    url = url.substr(0, question);
    if (url.starts_with("//")) {
        url.remove_prefix(2);
        const std::size_t slash = url.find('/');
        if (!url.substr(0, slash).empty())
            takeHosts(url.substr(0, slash), options);
        url = slash == std::string_view::npos ? std::string_view() : url.substr(slash + 1);
    } else if (url == "/") {
        url = {};
    }
    if (!url.empty())
        options["dbname"] = decoded(url);
    while (!arguments.empty()) {
        const std::string_view argument = arguments.substr(0, arguments.find('&'));
        arguments.remove_prefix(std::min(arguments.size(), argument.size() + 1));
        const std::size_t equals = argument.find('=');
        const std::string value = equals == std::string_view::npos ? "" : decoded(argument.substr(equals + 1));
        takeArgument(std::string(argument.substr(0, equals)), value, options);
    }
    return options;
}

} // namespace tasks
