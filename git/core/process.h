#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace git {

/// How a program ended and what it printed.
struct ProcessResult
{
    bool started = false;   ///< false: not found
    bool cancelled = false; ///< its process group was ended on request
    int exitCode = -1;      ///< 128 + signal when it died of one
    std::string out;
    std::string err;
};

/// Runs a program in its own process group and session (it can't reach a terminal), feeds `input`, and
/// waits. `environment` is added to ours. Cancelling sends TERM to the group. Any thread.
ProcessResult runProcess(const std::vector<std::string> &argv, const std::filesystem::path &directory,
                         const std::map<std::string, std::string> &environment, std::string_view input,
                         const std::atomic<bool> *cancel);

} // namespace git
