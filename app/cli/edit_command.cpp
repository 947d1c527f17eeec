#include "app/cli/edit_command.h"

#include "app/cli/flow_files.h"
#include "app/cli/unified_diff.h"
#include "app/sentences/flow_sentences.h"
#include "engine/flow/analysis.h"
#include "engine/flow/edit_script.h"
#include "engine/store/project_flows.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace cli {

namespace {

struct Options
{
    std::string file;
    std::string project;
    bool write = false;
    bool diff = false;
};

[[noreturn]] void fail(const std::string &message)
{
    fmt::print(stderr, "{}\n", message);
    throw CLI::RuntimeError(1);
}

std::string textOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || std::filesystem::is_directory(path) || !(text << file.rdbuf()))
        fail(fmt::format("{}:1:1: error: the file can't be read: {}", path,
                         std::strerror(errno ? errno : EISDIR)));
    return text.str();
}

/// Beside the file, flushed, then renamed over it: another program sees the old or the new text, never
/// a part. A link is followed, the mode stays.
void writeFile(const std::string &path, std::string_view text)
{
    std::error_code ignored;
    const std::filesystem::path real = std::filesystem::canonical(path, ignored);
    const std::string target = ignored ? path : real.string();
    struct stat status{};
    const mode_t mode = ::stat(target.c_str(), &status) == 0 ? status.st_mode & 07777 : 0644;
    std::string temporary = target + ".leat-XXXXXX";
    const int file = ::mkstemp(temporary.data());
    const auto giveUp = [&] {
        const int cause = errno;
        if (file >= 0)
            ::unlink(temporary.c_str());
        fail(fmt::format("{}:1:1: error: the file can't be written: {}", path, std::strerror(cause)));
    };
    if (file < 0)
        giveUp();
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written = ::write(file, text.data() + done, text.size() - done);
        if (written < 0 && errno != EINTR)
            giveUp();
        done += written > 0 ? static_cast<std::size_t>(written) : 0;
    }
    if (::fchmod(file, mode) != 0 || ::fsync(file) != 0 || ::close(file) != 0 ||
        ::rename(temporary.c_str(), target.c_str()) != 0)
        giveUp();
}

/// Where an error is: at the task it names, else where the text is broken, else at the begin.
std::size_t offsetOf(const flow::Error &error, const flow::Flow &flow)
{
    if (error.code == flow::ErrorCode::IdTaken || error.code == flow::ErrorCode::WouldCycle ||
        error.code == flow::ErrorCode::NotInDag || error.code == flow::ErrorCode::IntoItself ||
        error.code == flow::ErrorCode::AlreadyConnected || error.code == flow::ErrorCode::NotConnected) {
        const flow::Task *task = error.args.empty() ? nullptr : flow.findById(error.args.back());
        return task ? task->idRange.begin : 0;
    }
    for (const std::string &place : {error.where, error.args.size() > 1 ? error.args[1] : std::string()})
        if (const flow::Task *task = place.empty() ? nullptr : flow.findByPath(place))
            return task->node ? task->node->range.begin : task->range.begin;
    if (error.code == flow::ErrorCode::BrokenText && !flow.tree->faults().empty())
        return flow.tree->faults().front().range.begin;
    return 0;
}

/// One flow file and what becomes of it.
struct File
{
    std::filesystem::path path;
    std::string before;
    flow::FlowDocument document;
    bool isNew = false;
};

/// The files an edit concerns: the one named, and those of its project once a step looks beyond it.
class Files
{
public:
    explicit Files(const Options &options) : m_options(options), m_catalog(loadCatalog(flow::Dialect::Kestra1_3, options.project.empty() ? store::ProjectFlows::projectOf(options.file) : std::filesystem::path(options.project)))
    {
        std::string text = textOf(options.file);
        m_files.push_back(File{options.file, text, flow::FlowDocument(text)});
    }

    File &own() { return m_files.front(); }
    std::vector<File> &all() { return m_files; }
    const std::optional<std::filesystem::path> &newPath() const { return m_newPath; }

    void apply(const flow::EditStep &step)
    {
        if (flow::isOverFiles(step))
            readProject();
        std::vector<flow::Snapshot> snapshots;
        for (File &file : m_files) {
            if (file.document.snapshot().flowRevision != file.document.revision())
                file.document.adopt(flow::analyse(file.document.text(), file.document.revision(), *m_catalog));
            snapshots.push_back(file.document.snapshot());
        }
        for (const flow::edits::Dangling &dangling : flow::danglingAfter(snapshots.front(), step)) {
            const auto at = flow::LineIndex(own().document.text()).position(dangling.range.begin);
            fmt::print(stderr, "{}:{}:{}: warning: {} goes, and is named here.\n", m_options.file, at.line, at.column, dangling.id);
        }
        if (!flow::isOverFiles(step)) {
            const flow::Result<flow::Edit> edit = flow::makeEdit(snapshots.front(), step);
            edit ? change(own(), *edit) : refuse(edit.error());
            return;
        }
        const std::string oldId = snapshots.front().flow->id;
        const flow::Result<flow::edits::ProjectEdit> edit = flow::makeProjectEdit(snapshots, step);
        if (!edit)
            refuse(edit.error());
        for (const auto &part : edit->changes)
            change(m_files[part.file], part.edit);
        const std::filesystem::path folder = own().path.parent_path();
        for (const auto &created : edit->created) {
            const std::filesystem::path path = folder / (created.id + ".yaml");
            if (std::filesystem::exists(path))
                fail(fmt::format("{}:1:1: error: the file exists already.", path.string()));
            m_files.push_back(File{path, {}, flow::FlowDocument(created.text), true});
        }
        if (step.option == "--rename-flow" && own().path.stem() == oldId) {
            m_newPath = folder / (step.values.front() + own().path.extension().string());
            if (*m_newPath != own().path && std::filesystem::exists(*m_newPath))
                fail(fmt::format("{}:1:1: error: the file exists already.", m_newPath->string()));
        }
    }

private:
    void readProject()
    {
        if (m_hasProject)
            return;
        m_hasProject = true;
        const std::filesystem::path folder = m_options.project.empty() ? store::ProjectFlows::projectOf(m_options.file)
                                                                       : std::filesystem::path(m_options.project);
        std::error_code ignored;
        for (const std::filesystem::path &path : findFlows(folder))
            if (!std::filesystem::equivalent(path, own().path, ignored)) {
                std::string text = textOf(path.string());
                m_files.push_back(File{path, text, flow::FlowDocument(text)});
            }
    }

    void change(File &file, const flow::Edit &edit)
    {
        if (const auto applied = file.document.apply(edit); !applied)
            fail(fmt::format("{}:1:1: error: {}", file.path.string(),
                             app::plainText(app::sentenceOf(applied.error().code), {}, {})));
    }

    [[noreturn]] void refuse(const flow::Error &error)
    {
        const flow::LineIndex lines(own().document.text());
        const auto at = lines.position(offsetOf(error, *own().document.snapshot().flow));
        fail(fmt::format("{}:{}:{}: error: {}", m_options.file, at.line, at.column,
                         app::plainText(app::sentenceOf(error.code), error.args, error.where)));
    }

    const Options &m_options;
    std::shared_ptr<const flow::TaskCatalog> m_catalog;
    std::vector<File> m_files;
    std::optional<std::filesystem::path> m_newPath;
    bool m_hasProject = false;
};

void run(const Options &options, const std::vector<std::string> &words)
{
    const auto steps = flow::readEditSteps(words);
    if (!steps) {
        fmt::print(stderr, "leat edit: error: {}\n{}", steps.error().sentence, flow::editStepHelp());
        throw CLI::RuntimeError(2);
    }
    Files files(options);
    for (const flow::EditStep &step : *steps)
        files.apply(step);
    if (!options.diff && !options.write)
        std::fwrite(files.own().document.text().data(), 1, files.own().document.text().size(), stdout);
    for (const File &file : files.all()) {
        const bool isChanged = file.isNew || file.document.text() != file.before;
        if (isChanged && options.diff)
            fmt::print("{}", unifiedDiff(file.before, file.document.text(), file.path.string()));
        else if (isChanged && !options.write && &file != &files.own())
            fmt::print(stderr, "{}: {}\n", file.path.string(), file.isNew ? "new file" : "changes too");
        if (isChanged && options.write)
            writeFile(file.path.string(), file.document.text());
    }
    if (options.write && files.newPath())
        std::filesystem::rename(files.own().path, *files.newPath());
}

} // namespace

void addEditCommand(CLI::App &app)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("edit", "Edit a flow as the canvas does: only the bytes meant change");
    command->add_option("FILE", options->file, "The flow")->required();
    command->add_flag("--write", options->write, "Write the file; else the new text is printed");
    command->add_flag("--diff", options->diff, "Print a unified diff");
    command->add_option("--project", options->project, "Folder of the flows that --inline and --rename-flow look at");
    command->allow_extras();
    command->footer("Steps, applied in the order given:\n" + std::string(flow::editStepHelp()));
    command->callback([command, options] { run(*options, command->remaining()); });
}

} // namespace cli
