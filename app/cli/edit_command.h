#pragma once

namespace CLI {
class App;
}

namespace cli {

/// `leat edit FILE STEP… [--write | --diff]`: the edits of the canvas, in the order given. Prints the new
/// text, or a unified diff, or writes the file. Throws CLI::RuntimeError with the exit code when it fails.
void addEditCommand(CLI::App &app);

} // namespace cli
