#include "engine/tasks/storage/storage_tasks.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/json_error.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/task_files.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <fstream>

namespace tasks {

namespace {

std::string withDot(std::string extension)
{
    if (extension.find('/') != std::string::npos)
        throw TaskFailure{"Invalid prefix or suffix"};
    return extension.starts_with('.') ? extension : '.' + extension;
}

/// `files` of Concat: a list of addresses, or JSON text of one.
std::vector<std::string> concatenated(engine::TaskContext &context)
{
    const flow::Value *written = context.properties().find("files");
    flow::Value files = written ? *written : flow::Value();
    if (files.isText()) {
        flow::Value rendered = context.render(files, true);
        if (!rendered.isList()) {
            flow::JsonParse parsed = flow::parseJson(textOf(rendered));
            if (!parsed.ok || !parsed.value.isList())
                throw TaskFailure{jsonError(textOf(rendered))};
            rendered = std::move(parsed.value);
        }
        files = std::move(rendered);
    } else if (!files.isList()) {
        throw TaskFailure{fmt::format("Invalid `files` properties with type 'class {}'", javaClassOf(files))};
    }
    std::vector<std::string> uris;
    for (const flow::Value &item : files.list()) {
        if (item.isNull())
            throw TaskFailure{"Cannot invoke \"String.length()\" because \"this.input\" is null"};
        uris.push_back(textOf(context.render(wantText(item))));
    }
    return uris;
}

} // namespace

engine::TaskResult runWrite(engine::TaskContext &context)
{
    const std::optional<std::string> extension = optionalText(context.property("extension"));
    const std::string name = randomName() + (extension ? withDot(*extension) : ".tmp");
    const std::string content = textOf(context.property("content"));
    return engine::TaskResult::success(flow::Object{{"uri", context.storage().putText(content, name)}});
}

engine::TaskResult runConcat(engine::TaskContext &context)
{
    const std::vector<std::string> uris = concatenated(context);
    const std::string separator = textOf(context.property("separator"));
    const std::string extension = optionalText(context.property("extension")).value_or(".tmp");
    const std::filesystem::path target = context.workingDir() / (randomName() + withDot(extension));
    {
        std::ofstream out(target, std::ios::binary);
        for (const std::string &uri : uris) {
            std::ifstream in(storedFile(context, uri), std::ios::binary);
            if (in.peek() != std::char_traits<char>::eof())
                out << in.rdbuf();
            out << separator;
        }
        if (!out)
            throw TaskFailure{fmt::format("{} can't be written", target.native())};
    }
    return engine::TaskResult::success(
        flow::Object{{"uri", context.storage().put(target, target.filename().native(), true)}});
}

engine::TaskResult runSize(engine::TaskContext &context)
{
    const std::filesystem::path file = storedFile(context, requiredText(context, "uri"));
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file));
    flow::Object outputs;
    outputs.set("size", flow::Value::wholeNumber(std::to_string(size)));
    return engine::TaskResult::success(std::move(outputs));
}

engine::TaskResult runDelete(engine::TaskContext &context)
{
    const std::string uri = requiredText(context, "uri");
    if (!isStorageUri(uri))
        throw TaskFailure{fmt::format("Invalid internal storage uri, got uri '{}'", uri)};
    const bool deleted = context.storage().remove(uri);
    if (!deleted && booleanOf(context.property("errorOnMissing"), false))
        throw TaskFailure{fmt::format("Unable to find file '{}'", uri)};
    return engine::TaskResult::success(flow::Object{{"uri", uri}, {"deleted", deleted}});
}

engine::TaskResult runLocalFiles(engine::TaskContext &context)
{
    const flow::Value *inputs = context.properties().find("inputs");
    if (inputs && !inputs->isNull())
        placeInputFiles(context, renderedInputFiles(context, *inputs, {}));
    return engine::TaskResult::success(
        flow::Object{{"uris", takeOutputFiles(context, textList(context, "outputs"))}});
}

engine::TaskResult runPurgeCurrentExecutionFiles(engine::TaskContext &context)
{
    flow::Value::List uris;
    for (std::string &uri : context.storage().removeAll())
        uris.emplace_back(std::move(uri));
    return engine::TaskResult::success(flow::Object{{"uris", std::move(uris)}});
}

} // namespace tasks
