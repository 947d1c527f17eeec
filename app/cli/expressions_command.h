#pragma once

namespace CLI {
class App;
}

namespace cli {

/// `leat expressions FILE --at EXPR`: evaluates a template with the variables of a stored execution of a flow.
void addExpressionsCommand(CLI::App &app);

} // namespace cli
