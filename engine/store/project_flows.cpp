#include "engine/store/project_flows.h"

#include "engine/flow/tree.h"

#include <fstream>
#include <sstream>

namespace store {

namespace fs = std::filesystem;
using engine::FlowText;

namespace {

constexpr std::size_t kLargestFlow = 8u << 20;
constexpr std::chrono::milliseconds kOften{500};
constexpr int kShare = 20; ///< a walk that took a second rests for this many

std::string scalar(const flow::Node &root, std::string_view key)
{
    const flow::Node *node = root.find(key);
    return node && node->isScalar() ? node->text : std::string();
}

std::string textOf(const fs::path &file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

std::string namespaceOf(const fs::path &flowFile)
{
    const auto tree = flow::Tree::parse(textOf(flowFile));
    return tree->root() && tree->root()->isMapping() ? scalar(*tree->root(), "namespace") : std::string();
}

} // namespace

ProjectFlows::ProjectFlows(fs::path folder) : m_folder(std::move(folder)) {}

fs::path ProjectFlows::projectOf(const fs::path &flowFile)
{
    std::error_code failed;
    const fs::path own = fs::absolute(flowFile, failed).lexically_normal().parent_path();
    const auto nearest = [&](const char *mark) {
        for (fs::path folder = own; folder.has_relative_path(); folder = folder.parent_path())
            if (fs::exists(folder / mark, failed))
                return folder;
        return fs::path();
    };
    if (fs::path marked = nearest(".leat"); !marked.empty())
        return marked;
    if (own.filename() == "_flows")
        return own.parent_path();
    const fs::path above = own.parent_path();
    if (own.filename() == "flows" && above.has_filename() && above.filename() == namespaceOf(flowFile))
        return above.parent_path();
    const fs::path repository = nearest(".git");
    return repository.empty() ? own : repository;
}

void ProjectFlows::refresh() const
{
    const auto now = std::chrono::steady_clock::now();
    if (now < m_nextLook)
        return;
    std::map<fs::path, File> files;
    std::error_code failed;
    fs::recursive_directory_iterator walk(m_folder, fs::directory_options::skip_permission_denied, failed);
    for (; !failed && walk != fs::recursive_directory_iterator(); walk.increment(failed)) {
        const fs::path &path = walk->path();
        const std::string name = path.filename().string();
        if (walk->is_directory(failed)) {
            if (name.starts_with('.') || name == "node_modules" || walk.depth() > 12)
                walk.disable_recursion_pending();
            continue;
        }
        if (path.extension() != ".yaml" && path.extension() != ".yml")
            continue;
        const auto changed = fs::last_write_time(path, failed);
        const auto size = fs::file_size(path, failed);
        if (const auto known = m_files.find(path); known != m_files.end() && known->second.changed == changed && known->second.size == size) {
            files.insert(m_files.extract(known));
            continue;
        }
        File &file = files[path];
        file.changed = changed;
        file.size = size;
        if (size > kLargestFlow)
            continue;
        std::string text = textOf(path);
        const auto tree = flow::Tree::parse(text);
        if (!tree->root() || !tree->root()->isMapping() || !tree->root()->find("tasks"))
            continue;
        file.id = scalar(*tree->root(), "id");
        file.namespaceId = scalar(*tree->root(), "namespace");
        if (!file.id.empty() && !file.namespaceId.empty())
            file.flow = {std::make_shared<const std::string>(std::move(text)), path.string(), 1};
    }
    m_files = std::move(files);
    const auto end = std::chrono::steady_clock::now();
    m_nextLook = end + std::max<std::chrono::steady_clock::duration>(kOften, kShare * (end - now));
}

std::optional<FlowText> ProjectFlows::find(std::string_view namespaceId, std::string_view flowId, std::optional<std::int32_t>) const
{
    const std::lock_guard lock(m_mutex);
    refresh();
    for (const auto &[path, file] : m_files)
        if (file.flow.text && file.id == flowId && file.namespaceId == namespaceId)
            return file.flow;
    return std::nullopt;
}

std::vector<FlowText> ProjectFlows::all() const
{
    const std::lock_guard lock(m_mutex);
    refresh();
    std::vector<FlowText> flows;
    for (const auto &[path, file] : m_files)
        if (file.flow.text)
            flows.push_back(file.flow);
    return flows;
}

} // namespace store
