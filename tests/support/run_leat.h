#pragma once

#include "git/core/process.h"

#include <map>
#include <string>
#include <vector>

namespace test {

/// Runs the real `leat` of this build.
inline git::ProcessResult leat(const std::filesystem::path &folder, std::vector<std::string> arguments,
                               const std::map<std::string, std::string> &environment = {})
{
    arguments.insert(arguments.begin(), LEAT_BINARY_DIR "/bin/leat");
    return git::runProcess(arguments, folder, environment, {}, nullptr);
}

} // namespace test
