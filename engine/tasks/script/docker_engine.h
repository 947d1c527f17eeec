#pragma once

#include "engine/flow/value.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tasks {

struct DockerAnswer
{
    long status = 0;
    std::string body; ///< of a stream only when it is an error
};

/// The certificates a `tcp://` engine is spoken to with, as PEM files.
struct DockerTls
{
    std::filesystem::path authority, certificate, key;
    /// As DOCKER_TLS_VERIFY (`1` or `true`) and DOCKER_CERT_PATH (else `~/.docker`) say: `ca.pem`, `cert.pem` and `key.pem`
    /// of that folder. Nothing without DOCKER_TLS_VERIFY.
    static std::optional<DockerTls> ofEnvironment();
};

/// The HTTP interface of a container engine (Docker, Podman) behind `unix:///socket`, `tcp://host:port` (with TLS
/// where it is given) or `http://host:port`. A request that is under way ends with TaskFailure when `cancelFd` becomes readable; -1 for never. Used by
/// one thread.
class DockerEngine
{
public:
    DockerEngine(std::string host, int cancelFd, std::optional<DockerTls> tls = DockerTls::ofEnvironment())
        : m_host(std::move(host)), m_cancelFd(cancelFd), m_tls(std::move(tls))
    {
    }

    const std::string &host() const { return m_host; }
    /// Nothing stops this one's requests any more: to clean up after a cancelled attempt.
    void ignoreCancel() { m_cancelFd = -1; }

    bool answers();
    /// `body` is JSON; none for Null. Status 4xx and 5xx are answers, no engine is a failure.
    DockerAnswer call(std::string_view method, const std::string &path, const flow::Value &body = {},
                      const std::vector<std::string> &headers = {});
    using Bytes = std::function<void(std::string_view)>;
    /// The answer's body as it comes.
    DockerAnswer stream(std::string_view method, const std::string &path, const Bytes &onBytes,
                        const std::vector<std::string> &headers = {});
    /// A body that may stay open after its source has ended: asks `isOver` while it is quiet. False: refused.
    bool follow(const std::string &path, const Bytes &onBytes, const std::function<bool()> &isOver);
    DockerAnswer upload(const std::string &path, const std::filesystem::path &file);

private:
    struct Exchange;
    DockerAnswer perform(Exchange &exchange);

    std::string m_host;
    int m_cancelFd;
    std::optional<DockerTls> m_tls;
};

/// `text` as one part of a path or query.
std::string urlPart(std::string_view text);

/// Takes the frames apart in which a container's two outputs come: a header of 8 bytes (stream, 0, 0, 0, length) and
/// the bytes.
class FrameReader
{
public:
    using Sink = std::function<void(bool isError, std::string_view bytes)>;
    void feed(std::string_view bytes, const Sink &sink);

private:
    std::string m_header;
    std::size_t m_left = 0;
    bool m_isError = false;
};

} // namespace tasks
