#pragma once

#include "engine/flow/value.h"

#include <filesystem>
#include <string>
#include <vector>

namespace conformance {

/// How one row of `cron/cases.json` came out: its next five dates, or why there are none.
struct CronCase
{
    std::string id;
    bool passed = false;
    flow::Value got;        ///< in the shape of the row
    std::string difference; ///< empty when it passed
};

std::vector<CronCase> runCron(const std::filesystem::path &folder);

} // namespace conformance
