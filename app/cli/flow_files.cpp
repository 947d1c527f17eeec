#include "app/cli/flow_files.h"

#include "app/catalog/catalog_files.h"
#include "engine/flow/tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace cli {

namespace {

bool isYaml(const std::filesystem::path &path)
{
    return path.extension() == ".yaml" || path.extension() == ".yml";
}

} // namespace

bool isFlow(const std::filesystem::path &path, const std::filesystem::path &top)
{
    if (!isYaml(path))
        return false;
    const std::filesystem::path limit = (top / "").parent_path(); // without a slash at its end
    for (auto folder = path.parent_path(); !folder.empty() && folder != folder.root_path(); folder = folder.parent_path()) {
        if (folder.filename() == "flows" || folder.filename() == "_flows")
            return true;
        if (folder == limit)
            break;
    }
    const auto text = readFile(path);
    if (!text)
        return false;
    const auto tree = flow::Tree::parse(*text);
    const flow::Node *root = tree->root();
    return root && root->isMapping() && root->find("id") && root->find("namespace") && root->find("tasks");
}

std::shared_ptr<const flow::TaskCatalog> loadCatalog(flow::Dialect dialect, const std::filesystem::path &project)
{
    std::vector<std::filesystem::path> folders{app::schemaFolder()};
    if (!project.empty())
        folders.push_back(app::projectSchemaFolder(project));
    const app::LoadedCatalog loaded = app::loadTaskCatalog(dialect, folders);
    for (const std::filesystem::path &file : loaded.unread)
        fmt::print(stderr, "{}: warning: no schema of task types; left out\n", file.string());
    return loaded.catalog;
}

std::optional<std::string> readFile(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path))
        return std::nullopt;
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

std::vector<std::filesystem::path> findFlows(const std::filesystem::path &path)
{
    if (!std::filesystem::is_directory(path))
        return {path};
    std::vector<std::filesystem::path> files;
    std::error_code error;
    std::filesystem::recursive_directory_iterator entry(
        path, std::filesystem::directory_options::skip_permission_denied, error);
    for (; !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
        const std::filesystem::path &found = entry->path();
        if (entry->is_directory(error) && found.filename().string().starts_with('.'))
            entry.disable_recursion_pending();
        else if (entry->is_regular_file(error) && isFlow(found))
            files.push_back(found);
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace cli
