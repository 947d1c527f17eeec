#include "engine/tasks/support/task_files.h"

#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/json_error.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>

namespace tasks {

namespace {

std::vector<std::string> rendered(engine::TaskContext &context, const flow::Value *patterns)
{
    std::vector<std::string> texts;
    if (!patterns)
        return texts;
    const flow::Value value = context.render(*patterns, true);
    if (value.isText())
        texts.push_back(value.text());
    for (const flow::Value &item : value.list())
        texts.push_back(textOf(item));
    return texts;
}

/// Whether a file of a namespace may come to a place in the working directory.
bool mayPlace(engine::TaskContext &context, const WorkingFolder &folder, const std::string &target,
              std::string_view ifExists)
{
    if (ifExists == "OVERWRITE" || !folder.contains(target))
        return true;
    if (ifExists == "FAIL") {
        const std::string why = fmt::format("File {} already exist", (folder.root() / target).native());
        context.log(engine::Level::Error, "Error while loading namespace files");
        context.log(engine::Level::Error, "java.nio.file.FileAlreadyExistsException: " + why);
        throw TaskFailure{why};
    }
    return false;
}

} // namespace

bool isStorageUri(std::string_view text)
{
    return text.starts_with("kestra://") || text.starts_with("nsfile:///");
}

std::filesystem::path storedFile(engine::TaskContext &context, std::string_view uri)
{
    constexpr std::string_view kNamespaceFile = "nsfile:///";
    if (uri.starts_with(kNamespaceFile)) {
        const WorkingFolder folder(context.namespaces().files(context.flowNamespace()));
        std::filesystem::path file = folder.resolve(uri.substr(kNamespaceFile.size()));
        if (!std::filesystem::is_regular_file(file))
            throw TaskFailure{fmt::format("{} (No such file or directory)", file.native())};
        return file;
    }
    if (!uri.starts_with("kestra://"))
        throw TaskFailure{fmt::format("Invalid internal storage uri, got uri '{}'", uri)};
    std::string why;
    auto file = context.storage().resolve(uri, &why);
    if (!file)
        throw TaskFailure{why};
    return std::move(*file);
}

flow::Object renderedInputFiles(engine::TaskContext &context, const flow::Value &written, const flow::Object &extra)
{
    flow::Object files;
    if (written.isText()) {
        const flow::Value value = context.renderWith(written, extra, true);
        flow::JsonParse parsed;
        if (!value.isMap()) {
            parsed = flow::parseJson(textOf(value));
            if (!parsed.ok || !parsed.value.isMap())
                throw TaskFailure{jsonError(textOf(value))};
        }
        const flow::Value map = value.isMap() ? value : parsed.value;
        for (const auto &[name, content] : map.map())
            files.set(textOf(context.renderWith(name, extra)), content);
        return files;
    }
    if (!written.isMap())
        throw TaskFailure{fmt::format("Invalid `files` properties with type 'class {}'", javaClassOf(written))};
    for (const auto &[name, content] : written.map()) {
        if (!content.isNull())
            files.set(textOf(context.renderWith(name, extra)), context.renderWith(wantText(content), extra));
    }
    return files;
}

void placeInputFiles(engine::TaskContext &context, const flow::Object &files)
{
    const WorkingFolder folder(context.workingDir());
    for (const auto &[name, content] : files) {
        const std::string text = textOf(content);
        if (isStorageUri(text))
            folder.copyIn(name, storedFile(context, text));
        else
            folder.write(name, text);
    }
    context.log(engine::Level::Trace, fmt::format("Provided {} input(s).", files.size()));
}

std::string inUri(std::string name)
{
    std::replace(name.begin(), name.end(), ' ', '+');
    return name;
}

void checkStorageName(engine::TaskContext &context, std::string_view name)
{
    std::string path = '/' + context.flowNamespace();
    std::replace(path.begin(), path.end(), '.', '/');
    path += fmt::format("/{}/executions/{}/tasks/{}/{}/", context.flowId(), context.executionId(), context.taskId(),
                        context.taskRunId());
    const std::size_t bad = name.find_first_of(" \"<>\\^`{|}");
    if (bad == std::string_view::npos)
        return;
    const std::string message = fmt::format("Illegal character in path at index {}: {}{}", path.size() + bad, path, name);
    context.log(engine::Level::Error, message);
    throw TaskFailure{message};
}

flow::Object takeOutputFiles(engine::TaskContext &context, const std::vector<std::string> &patterns)
{
    flow::Object uris;
    if (!patterns.empty()) {
        const WorkingFolder folder(context.workingDir());
        const Globs globs(patterns, folder.root().native() + '/');
        for (const std::string &name : folder.filesMatching(globs)) {
            const std::string file = std::filesystem::path(name).filename();
            uris.set(name, context.storage().put(folder.root() / name, randomName() + '-' + inUri(file), true));
        }
    }
    context.log(engine::Level::Trace, fmt::format("Captured {} output file(s).", uris.size()));
    return uris;
}

void placeNamespaceFiles(engine::TaskContext &context, const flow::Value &written)
{
    const auto member = [&](std::string_view name) {
        const flow::Value *found = written.find(name);
        return found ? context.render(*found, true) : flow::Value();
    };
    if (!written.isMap() || !booleanOf(member("enabled"), true))
        return;
    std::vector<std::string> namespaces = rendered(context, written.find("namespaces"));
    if (namespaces.empty())
        namespaces.push_back(context.flowNamespace());
    const std::vector<std::string> include = rendered(context, written.find("include"));
    const Globs included(anywhere(include));
    const Globs excluded(anywhere(rendered(context, written.find("exclude"))));
    const std::string ifExists = optionalText(member("ifExists")).value_or("OVERWRITE");
    const bool folderEach = booleanOf(member("folderPerNamespace"), false);

    const auto begin = std::chrono::steady_clock::now();
    const WorkingFolder folder(context.workingDir());
    std::size_t count = 0;
    for (const std::string &name : namespaces) {
        const WorkingFolder source(context.namespaces().files(name));
        for (const std::string &file : source.files()) {
            const std::string path = '/' + file;
            if ((!include.empty() && !included.matchAny(path)) || excluded.matchAny(path))
                continue;
            ++count;
            const std::string target = folderEach ? name + path : file;
            if (mayPlace(context, folder, target, ifExists))
                folder.copyIn(target, source.root() / file);
        }
    }
    const auto took = std::chrono::steady_clock::now() - begin;
    const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    context.log(engine::Level::Info,
                fmt::format("Loaded {} namespace files from '{}' in {:02}:{:02}:{:02}.{:03}", count,
                            fmt::join(namespaces, ", "), millis / 3'600'000, millis / 60'000 % 60, millis / 1000 % 60,
                            millis % 1000));
    context.metric({"namespacefiles.count", "counter", static_cast<double>(count), {}});
    context.metric({"namespacefiles.duration", "timer", std::chrono::duration<double>(took).count(), {}});
}

} // namespace tasks
