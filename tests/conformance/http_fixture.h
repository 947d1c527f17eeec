#pragma once

#include "engine/tasks/support/process.h"

#include <filesystem>
#include <memory>
#include <string>

namespace conformance {

/// The corpus' HTTP server on a free port of this machine, for the life of the object.
class HttpFixture
{
public:
    /// Throws std::runtime_error when it does not come up.
    explicit HttpFixture(const std::filesystem::path &script);
    const std::string &address() const { return m_address; } ///< `127.0.0.1:port`

private:
    std::string m_address;
    std::unique_ptr<tasks::Process> m_process;
};

} // namespace conformance
