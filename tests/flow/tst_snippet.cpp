#include "engine/flow/analysis.h"
#include "engine/flow/snippet.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

namespace {

std::shared_ptr<const flow::TaskCatalog> catalog()
{
    std::ifstream in(LEAT_SOURCE_DIR "/resources/catalog/core-1.3.json");
    std::stringstream text;
    text << in.rdbuf();
    return *flow::TaskCatalog::load({text.str()});
}

} // namespace

TEST_CASE("a snippet has id, type and what is required")
{
    const auto types = catalog();
    CHECK(flow::taskSnippet(*types->find("io.kestra.plugin.core.log.Log"))
          == "- id: log\n  type: io.kestra.plugin.core.log.Log\n  message: \"\"\n");
    CHECK(flow::taskSnippet(*types->find("io.kestra.plugin.core.flow.Sleep"))
          == "- id: sleep\n  type: io.kestra.plugin.core.flow.Sleep\n  duration: PT1M\n");
    CHECK(flow::taskSnippet(*types->find("io.kestra.plugin.core.flow.Parallel"))
          == "- id: parallel\n  type: io.kestra.plugin.core.flow.Parallel\n");
    CHECK(flow::taskSnippet(*types->find("io.kestra.plugin.scripts.shell.Commands"))
          == "- id: shell_commands\n  type: io.kestra.plugin.scripts.shell.Commands\n  commands: []\n");
}

TEST_CASE("an unknown type gives id and type")
{
    CHECK(flow::taskSnippet("com.example.MyHTTPTask") == "- id: my_http_task\n  type: com.example.MyHTTPTask\n");
    CHECK(flow::taskSnippet("Thing") == "- id: thing\n  type: Thing\n");
}

TEST_CASE("the snippet of every task type is one readable task with a valid id")
{
    const auto types = catalog();
    for (const flow::TaskType *type : types->types(flow::PluginGroup::Task)) {
        CAPTURE(type->name);
        std::istringstream lines(flow::taskSnippet(*type));
        std::string text = "id: f\nnamespace: n\ntasks:\n";
        for (std::string line; std::getline(lines, line);)
            text += "  " + line + "\n";
        const flow::Analysis analysis = flow::analyse(text, flow::Revision{1}, *types);
        CHECK(!analysis.flow->broken);
        REQUIRE(analysis.flow->lists.front().tasks.size() == 1);
        const flow::Task &task = analysis.flow->lists.front().tasks.front();
        CHECK(task.type == type->name);
        CHECK(!task.id.empty());
        for (const flow::Diagnostic &diagnostic : analysis.diagnostics)
            CHECK(diagnostic.code.find("id") != 0);
        for (const flow::Property &property : type->properties) {
            const bool list = property.type.find("Task>") != std::string::npos || property.type.find("DagTask") != std::string::npos;
            if (property.required && !property.defaultValue && !list && property.type != "Task")
                CHECK_MESSAGE(task.node->find(property.name), property.name);
        }
    }
}
