#pragma once

namespace CLI {
class App;
}

namespace cli {

/// `leat graph FLOW [--format dot|json]`: the structure of a flow's tasks. Throws CLI::RuntimeError: 1
/// when nothing of the flow can be read, 2 when the file can't be.
void addGraphCommand(CLI::App &app);

} // namespace cli
