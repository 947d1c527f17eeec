#include "app/cli/edit_command.h"
#include "app/cli/executions_command.h"
#include "app/cli/expressions_command.h"
#include "app/cli/graph_command.h"
#include "app/cli/push_command.h"
#include "app/cli/run_command.h"
#include "app/cli/validate_command.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <unistd.h>

namespace {

/// Becomes the window, which lies beside this program; comes back only when there is none.
int openWindow()
{
    std::error_code failed;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failed);
    const std::string window = (self.parent_path() / "leat-desktop").string();
    const auto given = [](const char *variable) {
        const char *value = std::getenv(variable);
        return value && *value;
    };
    if (!given("DISPLAY") && !given("WAYLAND_DISPLAY") && !given("QT_QPA_PLATFORM")) {
        std::cerr << "leat: there is no display to open the window on; see leat --help for what works without one\n";
        return 2;
    }
    execl(window.c_str(), window.c_str(), static_cast<char *>(nullptr));
    std::cerr << "leat: the window is not installed (" << window << "); see leat --help\n";
    return 127;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 1)
        return openWindow();
    CLI::App app("Leat: declarative workflows on this machine", "leat");
    app.set_version_flag("--version", "leat 0.1.0");
    cli::addEditCommand(app);
    cli::addPushCommand(app);
    cli::addRunCommand(app);
    cli::addExecutionsCommand(app);
    cli::addExpressionsCommand(app);
    cli::addValidateCommand(app);
    cli::addGraphCommand(app);
    CLI11_PARSE(app, argc, argv);
    return 0;
}
