#pragma once

#include "git/core/types.h"

#include <string>

namespace app {

/// Two texts of one file, line by line, with `context` unchanged lines around each change.
git::FileDiff diffOf(const std::string &path, const std::string &before, const std::string &after, int context = 3);

} // namespace app
