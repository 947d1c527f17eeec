#include "app/catalog/catalog_files.h"

#include "engine/flow/task_schema.h"
#include "resources/embedded.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace app {

namespace {

std::vector<std::string> ownTexts(flow::Dialect dialect)
{
    const std::string_view version = dialect == flow::Dialect::Kestra2_0 ? "-2.0.json" : "-1.3.json";
    std::vector<std::string> texts;
    for (const std::string_view path : resources::embeddedPaths())
        if (path.starts_with("catalog/") && path.ends_with(version))
            texts.emplace_back(resources::embedded(path));
    return texts;
}

std::shared_ptr<const flow::TaskCatalog> ownCatalog(const std::vector<std::string> &texts, flow::Dialect dialect)
{
    auto catalog = flow::TaskCatalog::load(texts, dialect);
    if (!catalog)
        throw std::logic_error("the catalog that comes with the program can't be read: " + catalog.error().where);
    return *catalog;
}

} // namespace

std::vector<std::filesystem::path> schemasIn(const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (const auto &entry : std::filesystem::directory_iterator(folder, none))
        if (entry.path().extension() == ".json" && entry.is_regular_file(none))
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::filesystem::path projectSchemaFolder(const std::filesystem::path &project)
{
    return project / ".leat" / "schemas";
}

LoadedCatalog loadTaskCatalog(flow::Dialect dialect, const std::vector<std::filesystem::path> &folders)
{
    std::vector<std::string> texts = ownTexts(dialect);
    LoadedCatalog loaded{ownCatalog(texts, dialect), {}};
    std::vector<std::filesystem::path> files;
    for (const std::filesystem::path &folder : folders)
        for (std::filesystem::path &path : schemasIn(folder))
            files.push_back(std::move(path));
    for (const std::filesystem::path &path : files) {
        std::ifstream file(path, std::ios::binary);
        const std::string json{std::istreambuf_iterator<char>(file), {}};
        const auto more = flow::catalogOfSchema(json, *loaded.catalog);
        if (more)
            texts.push_back(*more);
        auto all = more ? flow::TaskCatalog::load(texts, dialect) : more.error();
        if (all)
            loaded.catalog = *all;
        else
            loaded.unread.push_back(path);
        if (more && !all)
            texts.pop_back();
    }
    return loaded;
}

std::filesystem::path schemaFolder()
{
    const auto of = [](const char *name) {
        const char *value = std::getenv(name);
        return std::filesystem::path(value ? value : "");
    };
    const std::filesystem::path config = of("XDG_CONFIG_HOME");
    return (config.empty() ? of("HOME") / ".config" : config) / "leat" / "schemas";
}

KeptSchema keepSchema(const std::filesystem::path &folder, std::string_view name, std::string_view json)
{
    const auto dialect = flow::Dialect::Kestra1_3;
    const auto catalog = flow::catalogOfSchema(json, *ownCatalog(ownTexts(dialect), dialect));
    if (!catalog)
        return catalog.error().code == flow::ErrorCode::InvalidYaml ? KeptSchema::NotASchema : KeptSchema::NothingNew;
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    const std::filesystem::path path = folder / (std::string(name) + ".json");
    std::filesystem::path fresh = path;
    fresh += ".new";
    std::ofstream file(fresh, std::ios::binary);
    file << json;
    file.close();
    if (!file)
        return KeptSchema::NotWritten;
    std::filesystem::rename(fresh, path, failed);
    return failed ? KeptSchema::NotWritten : KeptSchema::Kept;
}

} // namespace app
