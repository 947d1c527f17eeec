#include "engine/tasks/script/container_options.h"
#include "engine/tasks/script/docker_engine.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/task_families.h"
#include "support/container_engine.h"
#include "support/fake_task_context.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

using engine::TaskEnd;
using testing::ContainerEngine;
using testing::FakeTaskContext;
using Lines = std::vector<std::string>;

namespace {

engine::TaskResult run(FakeTaskContext &context, std::string_view type = "shell.Commands")
{
    static const engine::TaskRunners all = tasks::builtInRunners();
    return testing::runTask(all, "io.kestra.plugin.scripts." + std::string(type), context);
}

/// Properties of a task in a container; `runner` and `members` are further JSON members.
std::string boxed(const ContainerEngine &engine, std::string_view members, std::string_view runner = R"("pullPolicy": "NEVER")")
{
    return fmt::format(R"({{"containerImage": "leat/box", "taskRunner": {{"type": "io.kestra.plugin.scripts.runner.docker.Docker", "host": "{}", {}}}, {}}})",
                       engine.host(), runner, members);
}

std::string failureOf(const std::function<void()> &work)
{
    try {
        work();
        return {};
    } catch (const tasks::TaskFailure &failure) {
        return failure.message;
    }
}

} // namespace

TEST_CASE("A container's options become the engine's")
{
    const flow::Value runner = flow::parseJson(R"x({"networkMode": "none", "extraHosts": ["db:10.0.0.1"], "cpu": {"cpus": "1.5"},
        "memory": {"memory": "64M", "memorySwap": "1g", "oomKillDisable": true}, "shmSize": "512Kb", "privileged": "true",
        "portBindings": ["8080:80/udp", "127.0.0.1:1:2", "9"],
        "deviceRequests": [{"driver": "nvidia", "count": -1, "capabilities": [["gpu"]]}]})x").value;
    CHECK(flow::toJson(flow::Value(tasks::hostConfigOf(runner, "/w")))
          == R"x({"Binds":["/w:/w:rw"],"ExtraHosts":["db:10.0.0.1"],"NetworkMode":"none",)x"
             R"x("PortBindings":{"80/udp":[{"HostIp":"","HostPort":"8080"}],"2/tcp":[{"HostIp":"127.0.0.1","HostPort":"1"}],"9/tcp":[{"HostIp":"","HostPort":""}]},)x"
             R"x("NanoCpus":1500000000,"Memory":67108864,"MemorySwap":1073741824,"OomKillDisable":true,"ShmSize":524288,"Privileged":true,)x"
             R"x("DeviceRequests":[{"Driver":"nvidia","Count":-1,"Capabilities":[["gpu"]]}]})x");
    CHECK(failureOf([] { tasks::bytesOfSize("12 elephants"); }) == "Invalid size with value '12 elephants'");

    CHECK(tasks::imageNameOf("ubuntu").tag == "latest");
    CHECK(tasks::imageNameOf("host:5000/a/b").name == "host:5000/a/b");
    CHECK(tasks::imageNameOf("host:5000/a/b:1.2").tag == "1.2");
    CHECK(tasks::imageNameOf("a@sha256:00").tag.empty());
}

TEST_CASE("Credentials go to the registry they are for")
{
    const auto auth = [](std::string_view runner, std::string_view image) {
        return tasks::registryAuthOf(flow::parseJson(runner).value, image);
    };
    // {"username":"u","password":"p","serveraddress":"ghcr.io"}
    const std::string ghcr = "eyJ1c2VybmFtZSI6InUiLCJwYXNzd29yZCI6InAiLCJzZXJ2ZXJhZGRyZXNzIjoiZ2hjci5pbyJ9";
    CHECK(auth(R"({"credentials": {"registry": "ghcr.io", "username": "u", "password": "p"}})", "ghcr.io/x/y") == ghcr);
    CHECK(auth(R"({"credentials": {"username": "u", "password": "p"}})", "ghcr.io/x/y") == ghcr);
    CHECK(auth(R"({"credentials": {"registry": "ghcr.io", "username": "u", "password": "p"}})", "ubuntu").empty());
    CHECK(auth(R"({"config": {"auths": {"https://ghcr.io": {"auth": "dTpw"}}}})", "ghcr.io/x") == ghcr);
    CHECK(auth(R"({"config": "{\"auths\": {\"ghcr.io\": {\"auth\": \"dTpw\"}}}"})", "ghcr.io/x") == ghcr);
    CHECK_FALSE(auth(R"({"config": {"auths": {"https://index.docker.io/v1/": {"auth": "dTpw"}}}})", "ubuntu").empty());
    CHECK(auth("{}", "ubuntu").empty());
}

TEST_CASE("Frames are taken apart wherever the stream is cut")
{
    using namespace std::string_view_literals;
    const std::string_view stream = "\1\0\0\0\0\0\0\5hello\2\0\0\0\0\0\0\3err\1\0\0\0\0\0\0\0"sv;
    for (std::size_t cut = 1; cut < stream.size(); ++cut) {
        std::string out, err;
        tasks::FrameReader reader;
        for (const std::string_view part : {stream.substr(0, cut), stream.substr(cut)})
            reader.feed(part, [&](bool isError, std::string_view bytes) { (isError ? err : out) += bytes; });
        CHECK(out == "hello");
        CHECK(err == "err");
    }
}

TEST_CASE("A script runs in a container with its files and variables, and its files come back")
{
    const ContainerEngine *engine = ContainerEngine::instance();
    if (!engine)
        return;
    FakeTaskContext context(boxed(*engine, R"x("env": {"FOO": "bar"}, "inputFiles": {"in/x.txt": "hello\n"}, "outputFiles": ["out/**"],
        "commands": ["cat in/x.txt", "test \"$PWD\" = {{workingDir}} && test $WORKING_DIR = $PWD && echo \"$FOO here\"", "mkdir out; echo done > out/r.txt",
                     "echo; echo bad >&2", "echo '::{\"outputs\":{\"k\":1}}::'"])x"));
    const engine::TaskResult result = run(context);
    CAPTURE(result.message);
    REQUIRE(result.end == TaskEnd::Success);
    CHECK(context.logsOf("INFO") == Lines{"hello", "bar here", ""});
    CHECK(context.logsOf("ERROR") == Lines{"bad"});
    CHECK(*result.outputs.find("exitCode") == flow::Value(0));
    CHECK(flow::toJson(*result.outputs.find("vars")) == R"({"k":1})");
    CHECK(result.outputs.find("taskRunner")->find("containerId")->text().size() == 64);
    CHECK(context.files.text(*result.outputs.find("outputFiles")->find("out/r.txt")) == "done\n");
    CHECK(engine->containers().empty());
}

TEST_CASE("A script that fails gives its exit code and files")
{
    const ContainerEngine *engine = ContainerEngine::instance();
    if (!engine)
        return;
    FakeTaskContext context(boxed(*engine, R"x("outputFiles": ["o.txt"], "script": "echo x > o.txt; exit 3")x"));
    const engine::TaskResult result = run(context, "shell.Script");
    CHECK(result.end == TaskEnd::Failed);
    CHECK(result.message == "Command failed with exit code 3");
    CHECK(*result.outputs.find("exitCode") == flow::Value(3));
    CHECK(context.files.text(*result.outputs.find("outputFiles")->find("o.txt")) == "x\n");
    CHECK_FALSE(result.outputs.find("taskRunner"));
    CHECK(engine->containers().empty());
}

TEST_CASE("User, entry point, limits and a mounted folder")
{
    const ContainerEngine *engine = ContainerEngine::instance();
    if (!engine)
        return;
    FakeTaskContext context(boxed(*engine, R"x("interpreter": ["-c"], "outputFiles": ["o.txt"], "inputFiles": {"x": "1"},
        "commands": ["id -u", "cat x", "echo hi > o.txt"])x",
        R"x("pullPolicy": "NEVER", "fileHandlingStrategy": "MOUNT", "user": "1000:1000", "entryPoint": ["/bin/sh"], "networkMode": "none", "memory": {"memory": "64M"})x"));
    std::filesystem::permissions(context.workingDir(), std::filesystem::perms::all);
    const engine::TaskResult result = run(context);
    CAPTURE(result.message);
    REQUIRE(result.end == TaskEnd::Success);
    CHECK(context.logsOf("INFO") == Lines{"1000", "1"});
    CHECK(context.files.text(*result.outputs.find("outputFiles")->find("o.txt")) == "hi\n");
}

TEST_CASE("Cancelling kills the container and removes it")
{
    const ContainerEngine *engine = ContainerEngine::instance();
    if (!engine)
        return;
    FakeTaskContext context(boxed(*engine, R"x("commands": ["echo started", "sleep 600"])x"));
    engine::TaskResult result;
    std::thread runner([&] { result = run(context); });
    while (context.logCount() < 3) // runner, start, the line
        std::this_thread::yield();
    context.cancel();
    runner.join();
    CHECK(result.end == TaskEnd::Killed);
    CHECK(engine->containers().empty());
}

TEST_CASE("A container that is not waited for or not deleted stays, and the next attempt of the task run removes it")
{
    const ContainerEngine *engine = ContainerEngine::instance();
    if (!engine)
        return;
    FakeTaskContext left(boxed(*engine, R"x("commands": ["sleep 600"])x", R"x("pullPolicy": "NEVER", "wait": false)x"));
    CHECK(run(left).end == TaskEnd::Success);
    CHECK_FALSE(engine->containers().empty());
    FakeTaskContext next(boxed(*engine, R"x("commands": ["echo hi"])x", R"x("pullPolicy": "NEVER")x"));
    CHECK(run(next).end == TaskEnd::Success);
    CHECK(engine->containers().empty());
}

TEST_CASE("What stands in the way is said in the real engine's words")
{
    const ContainerEngine *engine = ContainerEngine::instance();
    if (!engine)
        return;
    FakeTaskContext noImage(boxed(*engine, R"x("containerImage": "leat/nope", "commands": ["echo"])x"));
    CHECK(run(noImage).message.starts_with("Status 404: "));
    FakeTaskContext noEngine(R"x({"containerImage": "leat/box", "commands": ["echo"],
        "taskRunner": {"type": "io.kestra.plugin.scripts.runner.docker.Docker", "host": "unix:///nonexistent.sock"}})x");
    CHECK(run(noEngine).message.starts_with("Docker execution failed because Docker socket is not accessible."));
    FakeTaskContext noProtocol(R"x({"containerImage": "leat/box", "commands": ["echo"],
        "taskRunner": {"type": "io.kestra.plugin.scripts.runner.docker.Docker", "host": "ftp://x"}})x");
    CHECK(run(noProtocol).message == "Unsupported protocol scheme found: 'ftp://x'. Only 'tcp://', 'http://' and 'unix://' are supported.");
}

TEST_CASE("A script that names no runner takes the container when an engine answers, and says so once")
{
    const ContainerEngine *engine = ContainerEngine::instance();
    if (!engine)
        return;
    setenv("DOCKER_HOST", engine->host().c_str(), 1);
    const engine::TaskRunners runners = tasks::builtInRunners();
    FakeTaskContext first(R"x({"containerImage": "leat/box", "commands": ["test ! -e /usr/bin && echo boxed"]})x");
    FakeTaskContext second(R"x({"runner": "DOCKER", "docker": {"image": "leat/box"}, "outputDirectory": false, "commands": ["echo hi"]})x");
    FakeTaskContext third(R"x({"containerImage": "leat/box", "commands": ["echo hi"]})x");
    const auto result = testing::runTask(runners, "io.kestra.plugin.scripts.shell.Commands", first);
    CAPTURE(result.message);
    CHECK(first.logsOf("INFO") == Lines{"No task runner is named: scripts run in containers of the engine at " + engine->host(), "boxed"});
    CHECK(testing::runTask(runners, "io.kestra.plugin.scripts.shell.Commands", second).message.empty());
    CHECK(second.logsOf("INFO") == Lines{"hi"});
    testing::runTask(runners, "io.kestra.plugin.scripts.shell.Commands", third);
    CHECK(third.logsOf("INFO") == Lines{"hi"});
    setenv("DOCKER_HOST", "unix:///nonexistent/docker.sock", 1);
}
