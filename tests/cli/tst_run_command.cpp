#include "support/run_leat.h"
#include "support/temporary_folder.h"

#include <doctest/doctest.h>

#include <fstream>
#include <regex>
#include <sstream>
#include <vector>

namespace {

const std::string kLoop = "id: loop\nnamespace: acme\ntasks:\n  - id: each\n    type: io.kestra.plugin.core.flow.ForEach\n"
                          "    values: [1, 2, 3]\n    tasks:\n      - id: say\n        type: io.kestra.plugin.core.log.Log\n"
                          "        message: \"value {{ taskrun.value }}\"\n  - id: last\n"
                          "    type: io.kestra.plugin.core.debug.Return\n    format: end\n";

/// The lines before the summary without clock and duration.
std::vector<std::string> steps(const std::string &out)
{
    static const std::regex kStep(R"(^\S+  (.*?)(?:  \S+ m?s)?$)");
    std::vector<std::string> found;
    std::istringstream lines(out);
    for (std::string line; std::getline(lines, line) && !line.empty();)
        found.push_back(std::regex_replace(line, kStep, "$1"));
    return found;
}

} // namespace

TEST_CASE("leat run prints what happened in its order, children before their parent")
{
    const testing::TemporaryFolder folder;
    std::ofstream(folder.path() / "loop.yaml") << kLoop;
    const auto result = test::leat(folder.path(), {"run", "loop.yaml", "--data", "data"});
    CHECK(result.exitCode == 0);
    CHECK(steps(result.out)
          == std::vector<std::string>{"INFO      say[1]: value 1", "SUCCESS   say[1]", "INFO      say[2]: value 2", "SUCCESS   say[2]",
                                      "INFO      say[3]: value 3", "SUCCESS   say[3]", "SUCCESS   each", "SUCCESS   last"});
}
