#include "support/run_leat.h"
#include "support/temporary_folder.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

const std::string kFlow = "id: daily\nnamespace: acme\ntasks:\n  - id: load # first\n    type: io.kestra.plugin.core.debug.Return\n"
                          "  - id: say\n    type: io.kestra.plugin.core.log.Log\n    message: \"{{ outputs.load.value }}\"\n";

std::string read(const std::filesystem::path &path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

void write(const std::filesystem::path &path, const std::string &text)
{
    std::ofstream(path, std::ios::binary) << text;
}

std::string replaced(std::string text, const std::string &what, const std::string &with)
{
    text.replace(text.find(what), what.size(), with);
    return text;
}

} // namespace

TEST_CASE("leat edit prints the new text and leaves the file")
{
    const testing::TemporaryFolder folder;
    write(folder.path() / "flow.yaml", kFlow);
    const auto result = test::leat(folder.path(), {"edit", "flow.yaml", "--rename", "load=fetch"});
    CHECK(result.exitCode == 0);
    CHECK(result.out == replaced(replaced(kFlow, "id: load", "id: fetch"), "outputs.load", "outputs.fetch"));
    CHECK(read(folder.path() / "flow.yaml") == kFlow);
}

TEST_CASE("leat edit --write replaces the file at once and keeps its mode")
{
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "flow.yaml";
    write(file, kFlow);
    std::filesystem::permissions(file, std::filesystem::perms(0640));
    const auto result = test::leat(folder.path(), {"edit", "flow.yaml", "--write", "--set", "say.message=- a\n- b", "--remove=load"});
    CHECK(result.exitCode == 0);
    CHECK(result.out == "");
    CHECK(read(file) == "id: daily\nnamespace: acme\ntasks:\n  - id: say\n    type: io.kestra.plugin.core.log.Log\n"
                        "    message:\n      - a\n      - b\n");
    CHECK(std::filesystem::status(file).permissions() == std::filesystem::perms(0640));
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("leat edit --diff prints a unified diff")
{
    const testing::TemporaryFolder folder;
    write(folder.path() / "flow.yaml", kFlow);
    const auto result = test::leat(folder.path(), {"edit", "flow.yaml", "--note", "say=Hello.", "--diff"});
    CHECK(result.exitCode == 0);
    CHECK(result.out == "--- a/flow.yaml\n+++ b/flow.yaml\n@@ -3,6 +3,7 @@\n tasks:\n   - id: load # first\n"
                           "     type: io.kestra.plugin.core.debug.Return\n+  # Hello.\n   - id: say\n"
                           "     type: io.kestra.plugin.core.log.Log\n     message: \"{{ outputs.load.value }}\"\n");
}

TEST_CASE("a refused step says where and why, and nothing is written")
{
    const testing::TemporaryFolder folder;
    write(folder.path() / "flow.yaml", kFlow);
    const auto result = test::leat(folder.path(), {"edit", "flow.yaml", "--write", "--unset", "say.message", "--rename", "load=say"});
    CHECK(result.exitCode == 1);
    CHECK(result.err == "flow.yaml:6:9: error: The id say is taken. Choose another one.\n");
    CHECK(read(folder.path() / "flow.yaml") == kFlow);
}

TEST_CASE("words that are no step end with 2 and the list of steps")
{
    const testing::TemporaryFolder folder;
    write(folder.path() / "flow.yaml", kFlow);
    const auto result = test::leat(folder.path(), {"edit", "flow.yaml", "--add", "type: a.B"});
    CHECK(result.exitCode == 2);
    CHECK(result.err.starts_with("leat edit: error: --add wants --after ID, --before ID or --into LIST.\n"));
    CHECK(test::leat(folder.path(), {"edit", "none.yaml", "--remove", "a"}).exitCode == 1);
}

TEST_CASE("leat edit lists what a removal leaves without a target, before it prints the text")
{
    const testing::TemporaryFolder folder;
    write(folder.path() / "flow.yaml", kFlow);
    const auto result = test::leat(folder.path(), {"edit", "flow.yaml", "--remove", "load"});
    CHECK(result.exitCode == 0);
    CHECK(result.err == "flow.yaml:8:26: warning: load goes, and is named here.\n");
}

TEST_CASE("leat edit extracts into a new file beside the flow, and inlines it again")
{
    const testing::TemporaryFolder folder;
    write(folder.path() / "flow.yaml", kFlow);
    auto result = test::leat(folder.path(), {"edit", "flow.yaml", "--extract", "say", "--as", "part", "--write"});
    CHECK(result.exitCode == 0);
    CHECK(read(folder.path() / "part.yaml").find("message: \"{{ inputs.load_value }}\"") != std::string::npos);
    CHECK(read(folder.path() / "flow.yaml").find("flowId: part") != std::string::npos);
    result = test::leat(folder.path(), {"edit", "flow.yaml", "--inline", "part"});
    CHECK(result.out == kFlow);
    result = test::leat(folder.path(), {"edit", "flow.yaml", "--extract", "load", "--as", "part"});
    CHECK(result.exitCode == 1);
    CHECK(result.err == "flow.yaml:6:9: error: The id part is taken. Choose another one.\n");
}

TEST_CASE("leat edit renames a flow with its file and what names it in the project")
{
    const testing::TemporaryFolder folder;
    write(folder.path() / "daily.yaml", kFlow);
    const std::string caller = "id: caller\nnamespace: acme\ntasks:\n  - id: c\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: acme\n    flowId: daily\n";
    write(folder.path() / "caller.yaml", caller);
    const auto result = test::leat(folder.path(), {"edit", "daily.yaml", "--rename-flow", "nightly", "--write"});
    CHECK(result.exitCode == 0);
    CHECK(read(folder.path() / "nightly.yaml") == replaced(kFlow, "id: daily", "id: nightly"));
    CHECK(!std::filesystem::exists(folder.path() / "daily.yaml"));
    CHECK(read(folder.path() / "caller.yaml") == replaced(caller, "flowId: daily", "flowId: nightly"));
}

TEST_CASE("leat edit notes and disables entries, and removes several tasks at once")
{
    const testing::TemporaryFolder folder;
    const std::string entries = "inputs:\n  - id: day\n    type: DATE\ntriggers:\n  - id: early\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"0 5 * * *\"\n";
    write(folder.path() / "flow.yaml", kFlow + entries);
    const auto noted = test::leat(folder.path(), {"edit", "flow.yaml", "--note", "inputs.day=which one", "--disable", "triggers.early"});
    CHECK(noted.out == kFlow + replaced(entries, "  - id: day", "  # which one\n  - id: day") + "    disabled: true\n");
    const auto enabled = test::leat(folder.path(), {"edit", "flow.yaml", "--disable", "triggers[0]", "--enable", "triggers.early"});
    CHECK(enabled.out == kFlow + entries);
    const auto removed = test::leat(folder.path(), {"edit", "flow.yaml", "--remove", "load,say"});
    CHECK(removed.out.find("id: load") == std::string::npos);
    CHECK(removed.out.find("id: say") == std::string::npos);
    CHECK(removed.err.find("warning") == std::string::npos); // what reads the one goes with it
}

TEST_CASE("types of the project's own schemas are known")
{
    const testing::TemporaryFolder folder;
    const std::string greet = "id: daily\nnamespace: acme\ntasks:\n  - id: greet\n    type: com.acme.Greet\n    nmae: Kim\n";
    std::filesystem::create_directories(folder.path() / ".leat" / "schemas");
    write(folder.path() / "flow.yaml", greet);
    CHECK(test::leat(folder.path(), {"validate", "flow.yaml"}).exitCode == 0); // of a type nobody knows nothing is said
    write(folder.path() / ".leat" / "schemas" / "acme.json",
          R"({"definitions": {"com.acme.Greet": {"properties": {"type": {"const": "com.acme.Greet"}, "name": {"type": "string"}}}}})");
    CHECK(test::leat(folder.path(), {"validate", "flow.yaml"}).exitCode != 0);
}
