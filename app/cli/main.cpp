#include "app/cli/edit_command.h"
#include "app/cli/executions_command.h"
#include "app/cli/graph_command.h"
#include "app/cli/push_command.h"
#include "app/cli/run_command.h"
#include "app/cli/validate_command.h"

#include <CLI/CLI.hpp>

int main(int argc, char **argv)
{
    CLI::App app("Leat: declarative workflows on this machine", "leat");
    app.set_version_flag("--version", "leat 0.1.0");
    cli::addEditCommand(app);
    cli::addPushCommand(app);
    cli::addRunCommand(app);
    cli::addExecutionsCommand(app);
    cli::addValidateCommand(app);
    cli::addGraphCommand(app);
    CLI11_PARSE(app, argc, argv);
    return 0;
}
