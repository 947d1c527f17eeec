#include "app/cli/edit_command.h"

#include "app/cli/unified_diff.h"
#include "app/sentences/flow_sentences.h"
#include "engine/flow/analysis.h"
#include "engine/flow/edit_script.h"
#include "resources/embedded.h"

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
    bool write = false;
    bool diff = false;
};

[[noreturn]] void fail(const std::string &message)
{
    fmt::print(stderr, "{}\n", message);
    throw CLI::RuntimeError(1);
}

std::string readFile(const std::string &path)
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

void run(const Options &options, const std::vector<std::string> &words)
{
    const auto steps = flow::readEditSteps(words);
    if (!steps) {
        fmt::print(stderr, "leat edit: error: {}\n{}", steps.error().sentence, flow::editStepHelp());
        throw CLI::RuntimeError(2);
    }
    const auto catalog =
        flow::TaskCatalog::load({std::string(resources::embedded("catalog/core-1.3.json"))});
    if (!catalog)
        fail("leat: error: the catalog of task types can't be read.");
    const std::string before = readFile(options.file);
    flow::FlowDocument document(before);
    for (const flow::EditStep &step : *steps) {
        document.adopt(flow::analyse(document.text(), document.revision(), **catalog));
        const flow::Result<flow::Edit> edit = flow::makeEdit(document.snapshot(), step);
        if (!edit) {
            const flow::LineIndex lines(document.text());
            const auto at = lines.position(offsetOf(edit.error(), *document.snapshot().flow));
            fail(fmt::format("{}:{}:{}: error: {}", options.file, at.line, at.column,
                             app::plainText(app::sentenceOf(edit.error().code), edit.error().args,
                                            edit.error().where)));
        }
        if (const auto applied = document.apply(*edit); !applied)
            fail(fmt::format("{}:1:1: error: {}", options.file,
                             app::plainText(app::sentenceOf(applied.error().code), {}, {})));
    }
    if (options.diff)
        fmt::print("{}", unifiedDiff(before, document.text(), options.file));
    else if (!options.write)
        std::fwrite(document.text().data(), 1, document.text().size(), stdout);
    if (options.write && document.text() != before)
        writeFile(options.file, document.text());
}

} // namespace

void addEditCommand(CLI::App &app)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("edit", "Edit a flow as the canvas does: only the bytes meant change");
    command->add_option("FILE", options->file, "The flow")->required();
    command->add_flag("--write", options->write, "Write the file; else the new text is printed");
    command->add_flag("--diff", options->diff, "Print a unified diff");
    command->allow_extras();
    command->footer("Steps, applied in the order given:\n" + std::string(flow::editStepHelp()));
    command->callback([command, options] { run(*options, command->remaining()); });
}

} // namespace cli
