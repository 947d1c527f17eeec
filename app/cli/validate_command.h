#pragma once

namespace CLI {
class App;
}

namespace cli {

/// `leat validate PATH… [--output text|json|sarif] [--strict]`: what is wrong with flows. Throws
/// CLI::RuntimeError: 1 when a flow has an error (with --strict a warning too), 2 when a file can't be read.
void addValidateCommand(CLI::App &app);

} // namespace cli
