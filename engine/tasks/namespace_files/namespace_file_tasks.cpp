#include "engine/tasks/namespace_files/namespace_file_tasks.h"

#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/globs.h"
#include "engine/tasks/support/namespace_scope.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/task_files.h"
#include "engine/tasks/support/values.h"
#include "engine/tasks/support/working_folder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tasks {

namespace {

/// The files of a namespace that a task's `files` (one pattern or a list) asks for.
std::vector<std::string> chosen(engine::TaskContext &context, const WorkingFolder &folder)
{
    const flow::Value *written = context.properties().find("files");
    const flow::Value files = written ? context.render(*written, true) : flow::Value();
    std::vector<std::string> patterns;
    if (files.isText())
        patterns.push_back(files.text());
    else if (!files.isList())
        throw TaskFailure{"The files property must be a string or a list of strings."};
    for (const flow::Value &item : files.list())
        patterns.push_back(textOf(item));
    const Globs globs(anywhere(std::move(patterns)));
    std::vector<std::string> names;
    for (std::string &name : folder.files()) {
        if (globs.matchAny('/' + name))
            names.push_back(std::move(name));
    }
    return names;
}

enum class Conflict { Overwrite, Error, Skip };

/// Uploads one file after the other to one namespace.
class Upload
{
public:
    Upload(engine::TaskContext &context, std::string nameSpace, Conflict conflict)
        : m_context(context), m_namespace(std::move(nameSpace)), m_folder(context.namespaces().files(m_namespace)),
          m_conflict(conflict)
    {}

    void add(std::string path, const std::filesystem::path &source)
    {
        if (path.find("..") != std::string::npos)
            throw TaskFailure{"File should be accessed with their full path and not using relative '..' path."};
        path = std::filesystem::path('/' + path).lexically_normal().native();
        while (path.starts_with("//"))
            path.erase(0, 1);
        const std::string name = path.substr(1);
        if (m_conflict != Conflict::Overwrite && m_folder.contains(name)) {
            const std::string exists = fmt::format("File '{}' already exists in namespace '{}' and conflict is set to ",
                                                   path, m_namespace);
            if (m_conflict == Conflict::Error)
                throw TaskFailure{exists + "ERROR"};
            m_context.log(engine::Level::Debug, exists + "SKIP. Skipping.");
            return;
        }
        m_folder.copyIn(name, source);
        m_context.log(engine::Level::Debug, fmt::format("File '{}' added to namespace '{}'.", path, m_namespace));
    }

private:
    engine::TaskContext &m_context;
    std::string m_namespace;
    WorkingFolder m_folder;
    Conflict m_conflict;
};

engine::TaskResult runUpload(engine::TaskContext &context)
{
    const std::string nameSpace = requiredText(context, "namespace");
    const std::string destination = optionalText(context.property("destination")).value_or("/");
    const std::string word = wordProperty(context, "conflict", {"OVERWRITE", "ERROR", "SKIP"}, "OVERWRITE");
    const flow::Value *files = context.properties().find("files");
    const flow::Value *map = context.properties().find("filesMap");
    if ((!files || files->isNull()) && (!map || map->isNull()))
        throw TaskFailure{"files or filesMap is required"};
    Upload upload(context, nameSpace,
                  word == "ERROR"  ? Conflict::Error
                  : word == "SKIP" ? Conflict::Skip
                                   : Conflict::Overwrite);
    if (files && !files->isNull()) {
        const WorkingFolder folder(context.workingDir());
        const Globs globs(textList(context, "files"), folder.root().native() + '/');
        for (const std::string &name : folder.filesMatching(globs))
            upload.add(destination + '/' + name, folder.root() / name);
    }
    if (map && !map->isNull()) {
        for (const auto &[name, uri] : renderedInputFiles(context, *map, {})) {
            const std::string text = textOf(uri);
            if (isStorageUri(text))
                upload.add(destination + name, storedFile(context, text));
        }
    }
    return engine::TaskResult::success();
}

engine::TaskResult runDownload(engine::TaskContext &context)
{
    const WorkingFolder folder(context.namespaces().files(requiredText(context, "namespace")));
    const std::string destination = textOf(context.property("destination"));
    flow::Object uris;
    for (const std::string &name : chosen(context, folder)) {
        std::string target = std::filesystem::path(destination + '/' + name).lexically_normal().native();
        target.erase(0, target.find_first_not_of('/'));
        checkStorageName(context, target);
        std::string uri = context.storage().put(folder.root() / name, target, false);
        context.log(engine::Level::Debug, "Downloaded " + uri);
        uris.set('/' + name, std::move(uri));
    }
    context.metric({"downloaded", "counter", static_cast<double>(uris.size()), {}});
    return engine::TaskResult::success(flow::Object{{"files", std::move(uris)}});
}

engine::TaskResult runDelete(engine::TaskContext &context)
{
    const WorkingFolder folder(context.namespaces().files(requiredText(context, "namespace")));
    const bool parents = booleanOf(context.property("deleteParentFolder"), false);
    const std::vector<std::string> names = chosen(context, folder);
    for (const std::string &name : names) {
        std::filesystem::path file = folder.resolve(name);
        std::filesystem::remove(file);
        context.log(engine::Level::Debug, "Deleted " + name);
        for (file = file.parent_path(); parents && file != folder.root() && std::filesystem::is_empty(file);
             file = file.parent_path())
            std::filesystem::remove(file);
    }
    context.metric({"deleted", "counter", static_cast<double>(names.size()), {}});
    return engine::TaskResult::success();
}

/// Only the newest version of a file is kept here, so there is never an older one to remove.
engine::TaskResult runPurge(engine::TaskContext &context)
{
    const std::vector<std::string> namespaces = namespacesInScope(context);
    context.log(engine::Level::Info,
                fmt::format("purging {} namespaces: [{}]", namespaces.size(), fmt::join(namespaces, ", ")));
    context.log(engine::Level::Info, "purged 0 files");
    return engine::TaskResult::success(flow::Object{{"size", 0}});
}

} // namespace

void addNamespaceFileTasks(engine::TaskRunners &runners)
{
    runners["io.kestra.plugin.core.namespace.UploadFiles"] = runnerOf(runUpload);
    runners["io.kestra.plugin.core.namespace.DownloadFiles"] = runnerOf(runDownload);
    runners["io.kestra.plugin.core.namespace.DeleteFiles"] = runnerOf(runDelete);
    runners["io.kestra.plugin.core.namespace.PurgeFiles"] = runnerOf(runPurge);
}

} // namespace tasks
