#include "engine/tasks/script/script_command.h"

#include "engine/tasks/script/container_options.h"
#include "engine/tasks/script/docker_engine.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/line_splitter.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/tar_file.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <initializer_list>

namespace tasks {

namespace {

constexpr const char *kTaskRunLabel = "leat/task-run";

std::string memberText(const flow::Value &map, std::string_view name, std::string_view otherwise = {})
{
    const flow::Value *member = map.find(name);
    return member && !member->isNull() ? textOf(*member) : std::string(otherwise);
}

std::string oneOf(const flow::Value &map, std::string_view name, std::initializer_list<std::string_view> words)
{
    const std::string word = memberText(map, name, *words.begin());
    if (std::find(words.begin(), words.end(), word) == words.end())
        throw TaskFailure{fmt::format("`{}` is none of {}: {}", name, fmt::join(words, ", "), word)};
    return word;
}

/// Fails in the words of the real engine for an answer that is an error.
DockerAnswer checked(DockerAnswer answer)
{
    if (answer.status >= 400)
        throw TaskFailure{fmt::format("Status {}: {}", answer.status, answer.body)};
    return answer;
}

flow::Value parsed(const DockerAnswer &answer)
{
    return flow::parseJson(answer.body).value;
}

/// One container from its creation to its removal.
class Container
{
public:
    Container(engine::TaskContext &context, const ScriptCommand &command, flow::Value runner, std::string image)
        : m_context(context), m_command(command), m_runner(std::move(runner)), m_image(std::move(image)),
          m_engine(memberText(m_runner, "host", usualContainerEngine().empty() ? "unix:///var/run/docker.sock" : usualContainerEngine()),
                   context.cancelFd())
    {
        m_mounts = oneOf(m_runner, "fileHandlingStrategy", {"VOLUME", "MOUNT"}) == "MOUNT";
        const flow::Value *keep = m_runner.find("delete");
        m_deletes = !keep || booleanOf(*keep, true);
    }

    ScriptEnd run(const ScriptLines &onLine)
    {
        removeOld();
        pull();
        create();
        try {
            const ScriptEnd end = runCreated(onLine);
            remove();
            return end;
        } catch (...) {
            remove();
            throw;
        }
    }

private:
    /// What an attempt that was cut off by a crash has left behind.
    void removeOld()
    {
        const flow::Value filter = flow::Object{{"label", flow::Value::List{fmt::format("{}={}", kTaskRunLabel, m_context.taskRunId())}}};
        const flow::Value found
            = parsed(checked(m_engine.call("GET", "/containers/json?all=1&filters=" + urlPart(flow::toJson(filter)))));
        for (const flow::Value &container : found.list())
            m_engine.call("DELETE", fmt::format("/containers/{}?force=1&v=1", memberText(container, "Id")));
    }

    void pull()
    {
        const std::string policy = oneOf(m_runner, "pullPolicy", {"IF_NOT_PRESENT", "ALWAYS", "NEVER"});
        if (policy == "NEVER")
            return;
        if (policy == "IF_NOT_PRESENT" && m_engine.call("GET", fmt::format("/images/{}/json", urlPart(m_image))).status == 200)
            return;
        const ImageName name = imageNameOf(m_image);
        m_context.log(engine::Level::Debug, fmt::format("Pulling image {}", m_image));
        std::vector<std::string> headers;
        if (const std::string auth = registryAuthOf(m_runner, m_image); !auth.empty())
            headers.push_back("X-Registry-Auth: " + auth);
        std::string path = "/images/create?fromImage=" + urlPart(name.name);
        if (!name.tag.empty())
            path += "&tag=" + urlPart(name.tag);
        std::string progress, why;
        const auto take = [&](std::string_view bytes) {
            progress += bytes;
            for (std::size_t end = progress.find('\n'); end != std::string::npos; end = progress.find('\n')) {
                if (const std::string error = memberText(flow::parseJson(progress.substr(0, end)).value, "error"); !error.empty())
                    why = error;
                progress.erase(0, end + 1);
            }
        };
        checked(m_engine.stream("POST", path, take, headers));
        take("\n");
        if (!why.empty())
            throw TaskFailure{fmt::format("Could not pull image: {}", why)};
    }

    void create()
    {
        flow::Value::List environment, line;
        for (const auto &[name, value] : m_command.environment)
            environment.emplace_back(name + '=' + value);
        for (const std::string &word : m_command.line)
            line.emplace_back(word);
        flow::Object body{{"Image", m_image}, {"Cmd", std::move(line)}, {"Env", std::move(environment)},
                          {"WorkingDir", m_command.directory}, {"AttachStdout", true}, {"AttachStderr", true},
                          {"Labels", flow::Object{{"leat/namespace", m_context.flowNamespace()}, {"leat/flow", m_context.flowId()},
                                                  {"leat/execution", m_context.executionId()}, {"leat/task", m_context.taskId()},
                                                  {kTaskRunLabel, m_context.taskRunId()}}},
                          {"HostConfig", hostConfigOf(m_runner, m_mounts ? m_command.directory : std::string())}};
        if (const flow::Value *volumes = m_runner.find("volumes"); volumes && volumes->size() > 0)
            m_context.log(engine::Level::Warn, "`volumes` are left out, as a server does that is not configured to allow them");
        if (const std::string user = memberText(m_runner, "user"); !user.empty())
            body.set("User", user);
        const flow::Value *entryPoint = m_runner.find("entryPoint");
        body.set("Entrypoint", entryPoint && entryPoint->isList() ? *entryPoint : flow::Value(flow::Value::List{""}));
        if (const flow::Value *ports = body.find("HostConfig")->find("PortBindings")) {
            flow::Object exposed;
            for (const auto &[port, binding] : ports->map())
                exposed.set(port, flow::Object());
            body.set("ExposedPorts", std::move(exposed));
        }
        m_id = memberText(parsed(checked(m_engine.call("POST", "/containers/create", std::move(body)))), "Id");
    }

    ScriptEnd runCreated(const ScriptLines &onLine)
    {
        const std::string archive = fmt::format("/containers/{}/archive?path={}", m_id, urlPart(m_command.directory));
        if (!m_mounts)
            copyIn(archive);
        checked(m_engine.call("POST", fmt::format("/containers/{}/start", m_id)));
        m_context.log(engine::Level::Debug, fmt::format("Starting command with container id {} [{}]", m_id, fmt::join(m_command.line, " ")));
        const flow::Object details{{"containerId", m_id}};
        if (const flow::Value *wait = m_runner.find("wait"); wait && !booleanOf(*wait, true)) {
            m_deletes = false;
            return {0, false, details};
        }
        try {
            follow(onLine);
            const flow::Value end = parsed(checked(m_engine.call("POST", fmt::format("/containers/{}/wait", m_id))));
            const flow::Value *status = end.find("StatusCode");
            const int exitCode = status ? static_cast<int>(status->asInt()) : 1;
            if (!m_mounts)
                copyOut(archive);
            return {exitCode, false, details};
        } catch (const TaskFailure &) {
            if (!m_context.cancelled())
                throw;
            stop();
            return {0, true, {}};
        }
    }

    void copyIn(const std::string &archive)
    {
        const TarPlace tar(m_command.directory);
        writeTar(tar.path, WorkingFolder(m_command.directory));
        checked(m_engine.upload(archive, tar.path));
    }

    void copyOut(const std::string &archive)
    {
        const TarPlace tar(m_command.directory);
        std::ofstream out(tar.path, std::ios::binary);
        checked(m_engine.stream("GET", archive, [&](std::string_view bytes) {
            out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        }));
        out.close();
        if (!out)
            throw TaskFailure{"The container's files could not be written to the working directory"};
        extractTar(tar.path, WorkingFolder(m_command.directory));
    }

    /// Engines now and then leave the log of a container open that has ended; then what is missing is read once more.
    void follow(const ScriptLines &onLine)
    {
        const std::string logs = fmt::format("/containers/{}/logs?stdout=1&stderr=1", m_id);
        LineSplitter lines[2];
        std::size_t seen[2] = {0, 0};
        const auto say = [&](bool isError) { return [&onLine, isError](std::string_view line) { onLine(isError, line); }; };
        const auto take = [&](FrameReader &frames, std::size_t (&skip)[2], std::string_view bytes) {
            frames.feed(bytes, [&](bool isError, std::string_view part) {
                const std::size_t known = std::min(skip[isError], part.size());
                skip[isError] -= known;
                seen[isError] += part.size() - known;
                lines[isError].feed(part.substr(known), say(isError));
            });
        };
        bool left = false;
        const auto hasEnded = [&] {
            const flow::Value about = parsed(checked(m_engine.call("GET", fmt::format("/containers/{}/json", m_id))));
            const flow::Value *state = about.find("State");
            const flow::Value *runs = state ? state->find("Running") : nullptr;
            return left = runs && !runs->asBool();
        };
        FrameReader frames;
        std::size_t none[2] = {0, 0};
        if (!m_engine.follow(logs + "&follow=1", [&](std::string_view bytes) { take(frames, none, bytes); }, hasEnded))
            throw TaskFailure{"The log of the container could not be read"};
        if (left) {
            FrameReader again;
            std::size_t skip[2] = {seen[0], seen[1]};
            checked(m_engine.stream("GET", logs, [&](std::string_view bytes) { take(again, skip, bytes); }));
        }
        for (const bool isError : {false, true})
            lines[isError].finish(say(isError));
    }

    void stop()
    {
        m_engine.ignoreCancel();
        const std::string grace = memberText(m_runner, "killGracePeriod", "PT0S");
        const auto time = durationOf(flow::Value(grace));
        const auto seconds = time ? std::chrono::duration_cast<std::chrono::seconds>(*time).count() : 0;
        if (seconds > 0)
            m_engine.call("POST", fmt::format("/containers/{}/stop?t={}", m_id, seconds));
        else
            m_engine.call("POST", fmt::format("/containers/{}/kill", m_id));
    }

    void remove()
    {
        m_engine.ignoreCancel();
        if (!m_deletes)
            return;
        try {
            m_engine.call("DELETE", fmt::format("/containers/{}?force=1&v=1", m_id));
        } catch (const TaskFailure &failure) {
            m_context.log(engine::Level::Warn, fmt::format("The container {} could not be removed: {}", m_id, failure.message));
        }
    }

    /// A file beside the task's own, gone with the object.
    struct TarPlace
    {
        explicit TarPlace(const std::string &folder) : path(folder + '/' + randomName() + ".tar") {}
        ~TarPlace()
        {
            std::error_code ignored;
            std::filesystem::remove(path, ignored);
        }
        TarPlace(const TarPlace &) = delete;
        TarPlace &operator=(const TarPlace &) = delete;
        std::filesystem::path path;
    };

    engine::TaskContext &m_context;
    const ScriptCommand &m_command;
    flow::Value m_runner;
    std::string m_image;
    DockerEngine m_engine;
    std::string m_id;
    bool m_mounts = false;
    bool m_deletes = true;
};

} // namespace

std::string usualContainerEngine()
{
    if (const char *host = std::getenv("DOCKER_HOST"); host && *host)
        return host;
    const char *runtime = std::getenv("XDG_RUNTIME_DIR");
    for (const std::string &socket : {std::string("/var/run/docker.sock"), std::string("/run/podman/podman.sock"),
                                      runtime ? std::string(runtime) + "/podman/podman.sock" : std::string()}) {
        std::error_code ignored;
        if (!socket.empty() && std::filesystem::exists(socket, ignored))
            return "unix://" + socket;
    }
    return {};
}

bool containerEngineAnswers(const std::string &host)
{
    return !host.empty() && DockerEngine(host, -1).answers();
}

ScriptEnd runInContainer(engine::TaskContext &context, const ScriptCommand &command, const flow::Value &runner,
                         const std::string &image, const ScriptLines &onLine)
{
    const flow::Value rendered = context.renderWith(runner, command.variables, true);
    const std::string own = memberText(rendered, "image", image);
    if (own.empty())
        throw TaskFailure{"This task runner needs the `containerImage` property to be set"};
    return Container(context, command, rendered, own).run(onLine);
}

} // namespace tasks
