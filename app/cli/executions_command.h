#pragma once

namespace CLI {
class App;
}

namespace cli {

/// `leat executions list|show|logs|resume|kill|resume-all`: what ran in a data folder. `resume-all` takes up
/// everything an interrupted Leat left unfinished and waits for it.
void addExecutionsCommand(CLI::App &app);

} // namespace cli
