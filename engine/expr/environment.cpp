#include "engine/expr/environment.h"

#include "engine/expr/evaluator.h"

#include <openssl/rand.h>

#include <stdexcept>

namespace expr {
namespace {

HostError missing(const std::string &what)
{
    return {"No such file or directory: " + what, "FileNotFoundException"};
}

HostError missingFile(const std::string &nameSpace, const std::string &path)
{
    return {"File '" + std::string(path.starts_with('/') ? "" : "/") + path + "' was not found in namespace '" + nameSpace + "'.",
            "FileNotFoundException"};
}

} // namespace

flow::Moment Host::now()
{
    return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
}

void Host::random(void *bytes, std::size_t count)
{
    if (RAND_bytes(static_cast<unsigned char *>(bytes), static_cast<int>(count)) != 1)
        throwJava("java.lang.IllegalStateException", "no random numbers");
}

HostResult<std::optional<std::string>> Host::secret(const std::string &, const std::string &)
{
    return std::optional<std::string>();
}

HostResult<std::optional<flow::Value>> Host::kv(const std::string &, const std::string &)
{
    return std::optional<flow::Value>();
}

HostResult<std::string> Host::readUri(const std::string &uri)
{
    return missing(uri);
}

HostResult<std::int64_t> Host::uriSize(const std::string &uri)
{
    return missing(uri);
}

HostResult<bool> Host::uriExists(const std::string &)
{
    return false;
}

HostResult<std::string> Host::readFile(const std::string &nameSpace, const std::string &path, int)
{
    return missingFile(nameSpace, path);
}

HostResult<std::int64_t> Host::fileSize(const std::string &nameSpace, const std::string &path)
{
    return missingFile(nameSpace, path);
}

HostResult<bool> Host::fileExists(const std::string &, const std::string &)
{
    return false;
}

HostResult<flow::Value> Host::http(const HttpCall &)
{
    return HostError{"Unable to execute HTTP request: there is no network here", {}};
}

HostResult<flow::Value> Host::errorLogs()
{
    return HostError{"The 'errorLogs' function can only be used in the Worker as it access logs from the database.", {}};
}

HostResult<flow::Value> Host::subflow(const flow::Object &)
{
    return HostError{"The 'subflow' function can only be used to render inputs.", {}};
}

Host &plainHost()
{
    static Host host;
    return host;
}

} // namespace expr
