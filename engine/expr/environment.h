#pragma once

#include "base/result.h"
#include "engine/expr/template.h"
#include "engine/flow/iso_time.h"
#include "engine/flow/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace expr {

/// Why the world could not answer: the text of the error, and Java's simple exception name if it has one.
struct HostError
{
    std::string message;
    std::string cause;
};
template <typename T>
using HostResult = base::Result<T, HostError>;

/// What `http()` asks for.
struct HttpCall
{
    std::string uri;
    std::string method = "GET";
    flow::Object query;
    flow::Object headers;
    flow::Object options;
    flow::Value body;
    std::string contentType;
    std::string accept;
};

/// The world behind the functions of the language. The host of a rendering overrides what it has; the
/// rest answers as an engine without it. Called on the rendering's thread. `nameSpace` is never empty.
class Host
{
public:
    virtual ~Host() = default;
    virtual flow::Moment now();
    /// Random bytes for ids and encryption; of the operating system unless a test overrides it.
    virtual void random(void *bytes, std::size_t count);

    /// Nothing when there is no such secret.
    virtual HostResult<std::optional<std::string>> secret(const std::string &nameSpace, const std::string &key);
    /// The value of a key in the namespace or one above it; nothing when there is none.
    virtual HostResult<std::optional<flow::Value>> kv(const std::string &nameSpace, const std::string &key);
    /// The content behind a `kestra:///` or `file:` address that this execution may read.
    virtual HostResult<std::string> readUri(const std::string &uri);
    virtual HostResult<std::int64_t> uriSize(const std::string &uri);
    virtual HostResult<bool> uriExists(const std::string &uri);
    /// Files of a namespace by path; `revision` 0 is the newest.
    virtual HostResult<std::string> readFile(const std::string &nameSpace, const std::string &path, int revision);
    virtual HostResult<std::int64_t> fileSize(const std::string &nameSpace, const std::string &path);
    virtual HostResult<bool> fileExists(const std::string &nameSpace, const std::string &path);
    /// The body of the response.
    virtual HostResult<flow::Value> http(const HttpCall &call);
    /// Logs of the execution from level ERROR, as the function gives them: a List.
    virtual HostResult<flow::Value> errorLogs();
    /// Outputs of a flow that `subflow()` runs to its end.
    virtual HostResult<flow::Value> subflow(const flow::Object &arguments);
};

/// How templates are rendered: the same for all of one execution. Thread-safe as far as its host is.
struct Environment
{
    std::string timeZone = "UTC";    ///< of dates that have none; never the machine's
    std::string locale = "en_US";    ///< of names and numbers in texts
    Host *host = nullptr;            ///< null: the plain Host
    TemplateCache *cache = nullptr;  ///< for `render()`; null: each text is read again
    std::size_t outputLimit = 256u << 20; ///< bytes a rendering may give
    std::size_t workLimit = 1u << 30;     ///< nodes a rendering may evaluate: the end of endless recursion
};

} // namespace expr
