#pragma once

namespace CLI {
class App;
}

namespace cli {

/// `leat run FLOW [-i name=value]… [--label key=value]… [--wait] [--output json] [--data DIR]`.
void addRunCommand(CLI::App &app);

} // namespace cli
