#include "engine/tasks/script/container_options.h"

#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace tasks {

namespace {

constexpr std::string_view kDockerHub = "https://index.docker.io/v1/";

std::string memberText(const flow::Value &map, std::string_view name)
{
    const flow::Value *member = map.find(name);
    return member ? textOf(*member) : std::string();
}

std::string base64(std::string_view text)
{
    const std::string quoted = flow::toJson(flow::Value::ofText(flow::Value::Kind::Bytes, std::string(text)));
    return quoted.substr(1, quoted.size() - 2);
}

std::string fromBase64(std::string_view text)
{
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::size_t digit = kLetters.find(c);
        if (digit == std::string_view::npos)
            break;
        bits = bits << 6 | static_cast<unsigned>(digit);
        count += 6;
        if (count >= 8)
            out += static_cast<char>(bits >> (count -= 8) & 0xFF);
    }
    return out;
}

/// The host of a registry address or of an image's name; Docker Hub's has many names.
std::string registryHost(std::string_view text)
{
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (text.starts_with(scheme))
            text.remove_prefix(scheme.size());
    }
    const std::string host(text.substr(0, text.find('/')));
    return host == "index.docker.io" || host == "registry-1.docker.io" ? "docker.io" : host;
}

std::string registryOfImage(std::string_view image)
{
    const std::size_t slash = image.find('/');
    const std::string_view first = image.substr(0, slash);
    const bool isHost = slash != std::string_view::npos && (first.find_first_of(".:") != std::string_view::npos || first == "localhost");
    return isHost ? registryHost(first) : "docker.io";
}

/// `[ip:][hostPort:]containerPort[/protocol]`.
void addPort(const std::string &text, flow::Object &bindings)
{
    std::string rest = text;
    std::string protocol = "/tcp";
    if (const std::size_t slash = rest.find('/'); slash != std::string::npos) {
        protocol = rest.substr(slash);
        rest.resize(slash);
    }
    std::string container = rest, host, ip;
    if (const std::size_t last = rest.rfind(':'); last != std::string::npos) {
        container = rest.substr(last + 1);
        host = rest.substr(0, last);
        if (const std::size_t colon = host.rfind(':'); colon != std::string::npos) {
            ip = host.substr(0, colon);
            host = host.substr(colon + 1);
        }
    }
    if (container.empty() || !std::all_of(container.begin(), container.end(), [](unsigned char c) { return std::isdigit(c) || c == '-'; }))
        throw TaskFailure{fmt::format("Error parsing PortBinding '{}'", text)};
    bindings.set(container + protocol, flow::Value::List{flow::Object{{"HostIp", ip}, {"HostPort", host}}});
}

flow::Value deviceRequest(const flow::Value &request)
{
    static constexpr std::pair<std::string_view, const char *> kNames[] = {
        {"driver", "Driver"}, {"count", "Count"}, {"deviceIds", "DeviceIDs"}, {"capabilities", "Capabilities"}, {"options", "Options"}};
    flow::Object out;
    for (const auto &[name, target] : kNames) {
        if (const flow::Value *member = request.find(name); member && !member->isNull())
            out.set(target, *member);
    }
    return out;
}

} // namespace

std::int64_t bytesOfSize(const std::string &text)
{
    std::int64_t number = 0;
    const char *end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    std::string unit(rest, end);
    std::transform(unit.begin(), unit.end(), unit.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (unit.ends_with('B') && unit.size() == 2)
        unit.pop_back();
    const std::string_view units = "KMG";
    const std::size_t power = unit.size() == 1 ? units.find(unit[0]) : std::string_view::npos;
    if (error != std::errc() || (!unit.empty() && power == std::string_view::npos))
        throw TaskFailure{fmt::format("Invalid size with value '{}'", text)};
    return unit.empty() ? number : number << (10 * (power + 1));
}

ImageName imageNameOf(std::string_view image)
{
    if (image.find('@') != std::string_view::npos)
        return {std::string(image), ""};
    const std::size_t slash = image.rfind('/');
    const std::size_t colon = image.rfind(':');
    if (colon == std::string_view::npos || (slash != std::string_view::npos && colon < slash))
        return {std::string(image), "latest"};
    return {std::string(image.substr(0, colon)), std::string(image.substr(colon + 1))};
}

flow::Object hostConfigOf(const flow::Value &runner, const std::string &mounted)
{
    flow::Object config;
    if (!mounted.empty())
        config.set("Binds", flow::Value::List{mounted + ':' + mounted + ":rw"});
    if (const flow::Value *hosts = runner.find("extraHosts"); hosts && hosts->isList())
        config.set("ExtraHosts", *hosts);
    if (const std::string mode = memberText(runner, "networkMode"); !mode.empty())
        config.set("NetworkMode", mode);
    if (const flow::Value *ports = runner.find("portBindings"); ports && ports->isList()) {
        flow::Object bindings;
        for (const flow::Value &port : ports->list())
            addPort(textOf(port), bindings);
        config.set("PortBindings", std::move(bindings));
    }
    if (const flow::Value *cpu = runner.find("cpu"); cpu && cpu->find("cpus")) {
        const std::string text = memberText(*cpu, "cpus");
        double cpus = 0;
        if (std::from_chars(text.data(), text.data() + text.size(), cpus).ec != std::errc())
            throw TaskFailure{fmt::format("`cpus` is no number: {}", text)};
        config.set("NanoCpus", static_cast<std::int64_t>(cpus * 1e9));
    }
    if (const flow::Value *memory = runner.find("memory"); memory && memory->isMap()) {
        static constexpr std::pair<std::string_view, const char *> kSizes[] = {{"memory", "Memory"},
                                                                               {"memorySwap", "MemorySwap"},
                                                                               {"memorySwappiness", "MemorySwappiness"},
                                                                               {"memoryReservation", "MemoryReservation"},
                                                                               {"kernelMemory", "KernelMemory"}};
        for (const auto &[name, target] : kSizes) {
            if (const std::string size = memberText(*memory, name); !size.empty())
                config.set(target, bytesOfSize(size));
        }
        if (const flow::Value *off = memory->find("oomKillDisable"))
            config.set("OomKillDisable", booleanOf(*off, false));
    }
    if (const std::string size = memberText(runner, "shmSize"); !size.empty())
        config.set("ShmSize", bytesOfSize(size));
    if (const flow::Value *privileged = runner.find("privileged"))
        config.set("Privileged", booleanOf(*privileged, false));
    if (const flow::Value *requests = runner.find("deviceRequests"); requests && requests->isList()) {
        flow::Value::List list;
        for (const flow::Value &request : requests->list())
            list.push_back(deviceRequest(request));
        config.set("DeviceRequests", std::move(list));
    }
    return config;
}

std::string registryAuthOf(const flow::Value &runner, std::string_view image)
{
    const std::string wanted = registryOfImage(image);
    flow::Object auth;
    if (const flow::Value *config = runner.find("config")) {
        const flow::Value read = config->isText() ? flow::parseJson(config->text()).value : *config;
        const flow::Value *auths = read.find("auths");
        const flow::Value known = auths ? *auths : flow::Value();
        for (const auto &[registry, entry] : known.map()) {
            if (registryHost(registry) != wanted)
                continue;
            const std::string pair = fromBase64(memberText(entry, "auth"));
            const std::size_t colon = pair.find(':');
            if (colon != std::string::npos) {
                auth.set("username", pair.substr(0, colon));
                auth.set("password", pair.substr(colon + 1));
            }
            for (const char *name : {"username", "password", "identitytoken", "registrytoken"}) {
                if (const std::string text = memberText(entry, name); !text.empty())
                    auth.set(name, text);
            }
        }
    }
    if (const flow::Value *credentials = runner.find("credentials"); credentials && credentials->isMap()) {
        const std::string registry = memberText(*credentials, "registry");
        if (registry.empty() || registryHost(registry) == wanted) {
            static constexpr std::pair<std::string_view, const char *> kNames[] = {
                {"username", "username"}, {"password", "password"}, {"registryToken", "registrytoken"}, {"identityToken", "identitytoken"}, {"auth", "auth"}};
            for (const auto &[name, target] : kNames) {
                if (const std::string text = memberText(*credentials, name); !text.empty())
                    auth.set(target, text);
            }
        }
    }
    if (auth.empty())
        return {};
    auth.set("serveraddress", wanted == "docker.io" ? std::string(kDockerHub) : wanted);
    std::string text = base64(flow::toJson(flow::Value(std::move(auth))));
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

} // namespace tasks
