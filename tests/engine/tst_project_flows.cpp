#include "engine/store/project_flows.h"

#include "support/temporary_folder.h"

#include <doctest/doctest.h>

namespace fs = std::filesystem;

namespace {

fs::path written(const fs::path &file, std::string_view text = "id: a\nnamespace: company.team\ntasks: []\n")
{
    testing::writeFile(file, text);
    return file;
}

} // namespace

TEST_CASE("a flow belongs to the nearest folder that is a project, and else to no more than its own")
{
    const testing::TemporaryFolder folder;
    const fs::path root = folder.path();
    const fs::path loose = written(root / "loose/flows/a.yaml");
    CHECK(store::ProjectFlows::projectOf(loose) == root / "loose/flows");
    const fs::path placed = written(root / "placed/company.team/flows/a.yaml");
    CHECK(store::ProjectFlows::projectOf(placed) == root / "placed");
    const fs::path underscored = written(root / "team/_flows/a.yaml");
    CHECK(store::ProjectFlows::projectOf(underscored) == root / "team");

    fs::create_directories(root / ".git");
    CHECK(store::ProjectFlows::projectOf(loose) == root);
    CHECK(store::ProjectFlows::projectOf(placed) == root / "placed");
    fs::create_directories(root / "loose/.leat");
    CHECK(store::ProjectFlows::projectOf(loose) == root / "loose");
}

TEST_CASE("the flows of a project are its YAML files with id, namespace and tasks, hidden folders aside")
{
    const testing::TemporaryFolder folder;
    written(folder.path() / "flows/a.yaml");
    written(folder.path() / "flows/no_tasks.yaml", "id: b\nnamespace: company.team\n");
    written(folder.path() / ".hidden/c.yaml", "id: c\nnamespace: company.team\ntasks: []\n");
    const store::ProjectFlows flows(folder.path());
    CHECK(flows.all().size() == 1);
    CHECK(flows.find("company.team", "a"));
    CHECK_FALSE(flows.find("company.team", "c"));
}
