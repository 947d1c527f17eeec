#include "engine/tasks/http/http_tasks.h"

#include "engine/flow/utf8.h"
#include "engine/tasks/http/http_request.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/task_files.h"
#include "engine/tasks/support/text_lines.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <fstream>

namespace tasks {

namespace {

flow::Object headersOf(const HttpResponse &response)
{
    flow::Object headers;
    for (const auto &[name, values] : response.headers) {
        flow::Value::List list;
        for (const std::string &value : values)
            list.emplace_back(flow::utf8::repaired(value));
        headers.set(name, std::move(list));
    }
    return headers;
}

engine::TaskResult runRequest(engine::TaskContext &context)
{
    const HttpTask task = httpTaskOf(context);
    std::string body;
    const HttpResponse response = perform(
        context, task, [&](std::string_view piece) { body += piece; }, [&] { body.clear(); });
    flow::Object outputs{{"uri", task.uri}, {"code", static_cast<std::int32_t>(response.code)},
                         {"headers", headersOf(response)}};
    const bool hasBody = task.request.method != "HEAD" && response.code != 204 && response.code != 304;
    if (hasBody && booleanOf(context.property("encryptBody"), false))
        outputs.set("encryptedBody", context.encrypt(flow::utf8::repaired(body)));
    else if (hasBody)
        outputs.set("body", flow::utf8::repaired(body));
    return engine::TaskResult::success(std::move(outputs));
}

/// The file name a response suggests, without any path; empty when it suggests none.
std::string suggestedName(const HttpResponse &response)
{
    const auto found = response.headers.find("content-disposition");
    if (found == response.headers.end())
        return {};
    const std::string &value = found->second.front();
    const std::size_t at = value.find("filename=");
    if (at == std::string::npos)
        return {};
    std::string name = value.substr(at + 9);
    name = name.starts_with('"') ? name.substr(1, name.find('"', 1) - 1) : name.substr(0, name.find(';'));
    name.erase(0, name.find_last_of("/\\") + 1);
    return name;
}

std::string extensionOfUri(std::string uri)
{
    uri.erase(std::min(uri.find_first_of("?#"), uri.size()));
    uri.erase(0, std::min(uri.find("://") + 3, uri.size()));
    uri.erase(0, std::min(uri.find('/'), uri.size()));
    return extensionOf(uri);
}

engine::TaskResult runDownload(engine::TaskContext &context)
{
    const HttpTask task = httpTaskOf(context);
    const std::filesystem::path file = context.workingDir() / (randomName() + extensionOfUri(task.uri));
    std::ofstream out(file, std::ios::binary);
    std::int64_t size = 0;
    const HttpResponse response = perform(
        context, task,
        [&](std::string_view piece) {
            out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
            size += static_cast<std::int64_t>(piece.size());
        },
        [&] {
            out.close();
            out.open(file, std::ios::binary | std::ios::trunc);
            size = 0;
        });
    out.close();
    if (!out)
        throw TaskFailure{fmt::format("{} can't be written", file.native())};
    if (size == 0) {
        if (booleanOf(context.property("failOnEmptyResponse"), true))
            throw TaskFailure{"No response from server"};
        context.log(engine::Level::Warn, fmt::format("File '{}' is empty", task.uri));
    }
    context.log(engine::Level::Debug, fmt::format("File '{}' downloaded with size '{}'", task.uri, size));
    std::string name = textOf(context.property("saveAs"));
    if (name.empty())
        name = inUri(suggestedName(response));
    if (name.empty())
        name = file.filename();
    if (name.find("..") != std::string::npos || name.starts_with('/'))
        throw TaskFailure{"The path to resolve must be a relative path inside the current working directory."};
    checkStorageName(context, name);
    return engine::TaskResult::success(flow::Object{{"uri", context.storage().put(file, name, true)},
                                                    {"code", static_cast<std::int32_t>(response.code)},
                                                    {"length", flow::Value::wholeNumber(std::to_string(size))},
                                                    {"headers", headersOf(response)}});
}

} // namespace

void addHttpTasks(engine::TaskRunners &runners)
{
    runners["io.kestra.plugin.core.http.Request"] = runnerOf(runRequest);
    runners["io.kestra.plugin.core.http.Download"] = runnerOf(runDownload);
    runners["io.kestra.plugin.core.http.SseRequest"] = runnerOf(runSseRequest);
}

} // namespace tasks
