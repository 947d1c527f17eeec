#pragma once

namespace CLI {
class App;
}

namespace cli {

/// `leat push [FILES…] -b BRANCH -m MESSAGE [--dry-run]`: commits flow files and pushes them; says done
/// only after the remote was read back. Throws CLI::RuntimeError with the exit code when it fails.
void addPushCommand(CLI::App &app);

} // namespace cli
