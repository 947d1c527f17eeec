#pragma once

#include "engine/flow/value.h"

#include <filesystem>
#include <string>
#include <vector>

namespace conformance {

/// How one case of `tasks/TOPIC/CASE.yaml` came out.
struct TaskCase
{
    std::string topic;
    std::string name;
    bool passed = false;    ///< states, outputs, labels, variables, files, log lines of INFO and above
    bool strict = false;    ///< also histories, metrics and all log lines
    flow::Value got;        ///< in the shape of the expected file, normalised the same way
    std::string difference; ///< what differs; empty when `strict` holds
};

/// Runs every case below a folder in the format of `tasks/`; `topic` is a topic or `topic/case`, empty: all.
/// `fixtures` holds http_server.py, which is started on a free port.
std::vector<TaskCase> runTasks(const std::filesystem::path &folder, const std::filesystem::path &fixtures,
                               const std::string &topic = {}, unsigned parallel = 4);

} // namespace conformance
