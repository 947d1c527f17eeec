#include "engine/tasks/task_families.h"
#include "support/fake_task_context.h"

#include <doctest/doctest.h>

#include <csignal>
#include <thread>

using engine::TaskEnd;
using testing::FakeTaskContext;
using Lines = std::vector<std::string>;

namespace {

const engine::TaskRunners &runners()
{
    static const engine::TaskRunners all = tasks::builtInRunners();
    return all;
}

engine::TaskResult run(FakeTaskContext &context, std::string_view type = "shell.Commands")
{
    return testing::runTask(runners(), "io.kestra.plugin.scripts." + std::string(type), context);
}

/// Properties of a task on the process runner with further JSON members.
std::string shell(std::string_view members)
{
    return fmt::format(R"({{"taskRunner": {{"type": "io.kestra.plugin.core.runner.Process"}}, {}}})", members);
}

std::string outputs(const engine::TaskResult &result)
{
    return flow::toJson(result.outputs);
}

/// Cancels the attempt once it has logged `count` lines.
std::thread cancelAfter(FakeTaskContext &context, std::size_t count)
{
    return std::thread([&context, count] {
        while (context.logCount() < count)
            std::this_thread::yield();
        context.cancel();
    });
}

} // namespace

TEST_CASE("Commands share one shell that stops at the first failure")
{
    FakeTaskContext good(shell(R"("beforeCommands": ["a=1"], "commands": ["b=2", "echo $a$b", "echo oops >&2"])"));
    CHECK(outputs(run(good)) == R"({"exitCode":0,"outputFiles":{},"vars":{}})");
    CHECK(good.logsOf("INFO") == Lines{"12"});
    CHECK(good.logsOf("ERROR") == Lines{"oops"});

    FakeTaskContext bad(shell(R"("commands": ["echo before", "exit 3", "echo never"])"));
    const engine::TaskResult result = run(bad);
    CHECK(result.end == TaskEnd::Failed);
    CHECK(result.message == "Command failed with exit code 3");
    CHECK(outputs(result) == R"({"exitCode":3,"outputFiles":{},"vars":{}})");
    CHECK(bad.logsOf("INFO") == Lines{"before"});

    FakeTaskContext lenient(shell(R"("failFast": false, "commands": ["false", "echo after"])"));
    CHECK(run(lenient).end == TaskEnd::Success);
    CHECK(lenient.logsOf("INFO") == Lines{"after"});
}

TEST_CASE("A signal gives 128 and its number")
{
    FakeTaskContext context(shell(R"("commands": ["kill -9 $$"])"));
    CHECK(run(context).message == "Command failed with exit code 137");
}

TEST_CASE("An interpreter of the task's choice, none, or one that is not there")
{
    FakeTaskContext bash(shell(R"("interpreter": ["/bin/bash", "-c"], "commands": ["a=(x y); echo ${a[1]}"])"));
    run(bash);
    CHECK(bash.logsOf("INFO") == Lines{"y"});

    FakeTaskContext none(shell(R"("interpreter": [], "commands": ["echo", "no shell $HOME"])"));
    run(none);
    CHECK(none.logsOf("INFO") == Lines{"no shell $HOME"});

    FakeTaskContext missing(shell(R"("interpreter": ["/no/such/shell", "-c"], "commands": ["echo"])"));
    const engine::TaskResult result = run(missing);
    CHECK(result.message == "Exec failed, error: 2 (No such file or directory) ");
    CHECK(result.outputs.isNull());
    CHECK(missing.logsOf("ERROR")[0].starts_with("Cannot run program \"/no/such/shell\" (in directory \""));
}

TEST_CASE("Lines end with any line end, need none at the end, and are made UTF-8")
{
    FakeTaskContext context(shell(R"("commands": ["printf 'a\\n\\nb\\r\\nc\\rd\\377\\376\\342\\202e'"])"));
    run(context);
    CHECK(context.logsOf("INFO") == Lines{"a", "", "b", "c", "d\uFFFD\uFFFD\uFFFDe"});
}

TEST_CASE("Output of megabytes arrives whole")
{
    FakeTaskContext context(
        shell(R"("commands": ["seq 1 200000", "seq 1 1000 >&2", "head -c 3000000 /dev/zero | tr '\\0' x"])"));
    CHECK(run(context).end == TaskEnd::Success);
    const Lines lines = context.logsOf("INFO");
    REQUIRE(lines.size() == 200'001);
    CHECK(lines[199'999] == "200000");
    CHECK(lines[200'000].size() == 3'000'000);
    CHECK(context.logsOf("ERROR").size() == 1000);
}

TEST_CASE("Whole lines in ::{}:: speak to the engine")
{
    FakeTaskContext context(shell(R"("commands": [
        "echo '::{\"outputs\":{\"a\":1,\"b\":1,\"gone\":null,\"big\":12345678901234567890}}::'",
        "echo '::{\"outputs\":{\"b\":2.5,\"l\":[null,{\"x\":null}]}}::' >&2",
        "echo '::{\"metrics\":[{\"name\":\"rows\",\"type\":\"counter\",\"value\":3,\"tags\":{\"t\":\"u\"}}]}::'",
        "echo '::{\"metrics\":[{\"name\":\"took\",\"type\":\"timer\",\"value\":\"PT1.5S\"}]} rest}::'",
        "echo '::{\"logs\":[{\"level\":\"WARN\",\"message\":\"careful\"},{\"level\":\"INFO\"}]}::'",
        "echo 'text ::{\"outputs\":{\"no\":1}}::'"])"));
    const engine::TaskResult result = run(context);
    const flow::Value &vars = *result.outputs.find("vars");
    CHECK(flow::toJson(vars, {.sortKeys = true}) == R"({"a":1,"b":2.5,"big":12345678901234567890,"l":[null,{}]})");
    CHECK(context.metrics == Lines{"counter rows 3 t=u", "timer took 1.5"});
    CHECK(context.logsOf("WARN") == Lines{"careful"});
    CHECK(context.logsOf("INFO") == Lines{R"(text ::{"outputs":{"no":1}}::)"});
}

TEST_CASE("A message that is wrong somewhere is a warning as a whole, and the script goes on")
{
    FakeTaskContext context(shell(R"("commands": ["echo '::{\"outputs\":{bad}}::'",
        "echo '::{\"outputs\":{\"a\":1},\"metrics\":[{\"name\":\"y\",\"type\":\"foo\"}]}::'", "echo done"])"));
    const engine::TaskResult result = run(context);
    CHECK(result.end == TaskEnd::Success);
    CHECK(result.outputs.find("vars")->map().empty());
    const Lines warnings = context.logsOf("WARN");
    REQUIRE(warnings.size() == 3);
    CHECK(warnings[0].starts_with("Invalid outputs 'Unexpected character ('b' (code 98)): was expecting double-quote"));
    CHECK(warnings[0].ends_with("$TaskLogMatch[\"outputs\"])'"));
    CHECK(warnings[1].starts_with("Unexpected character ('b' (code 98)): was expecting double-quote to start field"));
    CHECK(warnings[1].ends_with("line: 1, column: 13]"));
    CHECK(warnings[2].starts_with("Invalid outputs 'Could not resolve type id 'foo' as a subtype of"));
    CHECK(context.logsOf("INFO") == Lines{"done"});
}

TEST_CASE("Environment: the task's own, the working directory, and no secrets of the engine")
{
    setenv("SECRET_TOKEN", "c2VjcmV0", 1);
    FakeTaskContext context(shell(R"("env": {"NAME": "{{ who }}", "N": 12, "EMPTY": "", "NUL": null},
        "commands": ["echo \"$NAME/$N/[$EMPTY]/[$NUL]\"", "test \"$WORKING_DIR\" = \"$(pwd -P)\"",
                     "env | grep -c SECRET_ || true"])"));
    context.variables.set("who", "Ada");
    CHECK(run(context).end == TaskEnd::Success);
    CHECK(context.logsOf("INFO") == Lines{"Ada/12/[]/[]", "0"});
    unsetenv("SECRET_TOKEN");
}

TEST_CASE("Input files are written before the commands, output files are taken after, also after a failure")
{
    FakeTaskContext context(shell(R"("inputFiles": {"in/a.txt": "hello {{ who }}", "b.txt": "{{ uri }}"},
        "outputFiles": ["*.out", "deep/**"],
        "commands": ["cat in/a.txt b.txt", "echo x > r.out; echo no > r.txt; mkdir -p deep/er; echo y > deep/er/f",
                     "ln -s /etc/passwd l.out", "exit 2"])"));
    context.variables.set("who", "Ada");
    context.variables.set("uri", context.files.putText(" stored\n", "s.txt"));
    const engine::TaskResult result = run(context);
    CHECK(context.logsOf("INFO") == Lines{"hello Ada stored"});
    const flow::Value &files = *result.outputs.find("outputFiles");
    REQUIRE(files.map().size() == 2);
    CHECK(context.files.text(*files.find("r.out")) == "x\n");
    CHECK(context.files.text(*files.find("deep/er/f")) == "y\n");
}

TEST_CASE("No file name leads out of the working directory")
{
    for (const char *name : {"../x.txt", "/tmp/leat-escape.txt", "a/../../x.txt", "."}) {
        CAPTURE(name);
        FakeTaskContext context(shell(fmt::format(R"("inputFiles": {{"{}": "x"}}, "commands": ["echo ran"])", name)));
        const engine::TaskResult result = run(context);
        CHECK(result.message == "The path to resolve must be a relative path inside the current working directory.");
        CHECK(context.logsOf("INFO").empty());
    }
    testing::TemporaryFolder outside;
    FakeTaskContext linked(shell(R"("inputFiles": {"out/x.txt": "x"}, "commands": ["echo ran"])"));
    std::filesystem::create_directory_symlink(outside.path(), linked.workingDir() / "out");
    CHECK(run(linked).end == TaskEnd::Failed);
    CHECK(std::filesystem::is_empty(outside.path()));

    FakeTaskContext linkedFile(shell(R"("inputFiles": {"x.txt": "x"}, "commands": ["echo ran"])"));
    testing::writeFile(outside.path() / "target", "kept");
    std::filesystem::create_symlink(outside.path() / "target", linkedFile.workingDir() / "x.txt");
    CHECK(run(linkedFile).end == TaskEnd::Failed);
    CHECK(testing::readFile(outside.path() / "target") == "kept");
}

TEST_CASE("Storage addresses in commands become local files")
{
    FakeTaskContext context(shell(
        R"("commands": ["cat {{ uri }}", "case {{ uri }} in {{ workingDir }}/*) echo inside;; esac"])"));
    context.variables.set("uri", context.files.putText("stored\n", "f.csv"));
    CHECK(run(context).end == TaskEnd::Success);
    CHECK(context.logsOf("INFO") == Lines{"stored", "inside"});

    FakeTaskContext missing(shell(R"("commands": ["cat kestra:///nope.txt"])"));
    CHECK(run(missing).message == "Unable to find file 'kestra:///nope.txt'");
}

TEST_CASE("The output directory exists only in templates of tasks that ask for it")
{
    FakeTaskContext context(shell(R"("outputDirectory": true,
        "commands": ["echo x > {{ outputDir }}/f.txt; mkdir $OUTPUT_DIR/sub; echo y > $OUTPUT_DIR/sub/g.txt"])"));
    const engine::TaskResult result = run(context);
    const flow::Value &files = *result.outputs.find("outputFiles");
    CHECK(context.files.text(*files.find("f.txt")) == "x\n");
    CHECK(context.files.text(*files.find("sub/g.txt")) == "y\n");

    FakeTaskContext without(shell(R"("commands": ["echo {{ outputDir }}"])"));
    CHECK(run(without).message == "Unable to find `outputDir` used in the expression `echo {{ outputDir }}` at line 1");
}

TEST_CASE("Namespace files come in, chosen by patterns; input files win over them")
{
    FakeTaskContext context(shell(R"("namespaceFiles": {"include": ["q/**"], "exclude": ["**.tmp"]},
        "inputFiles": {"q/a.sql": "mine"}, "commands": ["find . -type f", "cat q/a.sql"])"));
    const std::filesystem::path files = context.space.files("acme.team");
    testing::writeFile(files / "q/a.sql", "1");
    testing::writeFile(files / "q/b.tmp", "2");
    testing::writeFile(files / "other.sql", "3");
    CHECK(run(context).end == TaskEnd::Success);
    const Lines lines = context.logsOf("INFO");
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].starts_with("Loaded 1 namespace files from 'acme.team' in 00:00:00."));
    CHECK(lines[1] == "./q/a.sql");
    CHECK(lines[2] == "mine");
}

TEST_CASE("Without a runner the script runs here and says so; a runner that is not here is a clear failure")
{
    FakeTaskContext silent(R"({"commands": ["echo hi"]})");
    CHECK(run(silent).end == TaskEnd::Success);
    const std::string why = "No task runner is named and no container engine answers: scripts run as processes on this machine";
    CHECK(silent.logsOf("INFO") == Lines{why, "hi"});
    FakeTaskContext second(R"({"commands": ["echo hi"]})"); // of the same execution
    run(second);
    CHECK(second.logsOf("INFO") == Lines{"hi"});

    FakeTaskContext old(R"({"runner": "PROCESS", "commands": ["test -d $OUTPUT_DIR && echo hi"]})");
    CHECK(run(old).end == TaskEnd::Success);
    CHECK(old.logsOf("INFO") == Lines{"hi"});

    FakeTaskContext other(R"({"taskRunner": {"type": "x.Batch"}, "commands": ["echo hi"]})");
    CHECK(run(other).message.starts_with("The task runner x.Batch is not available on this machine."));
}

TEST_CASE("Cancelling stops the whole process group, first gently")
{
    FakeTaskContext context(shell(R"("commands": ["trap 'echo bye; exit' TERM", "sleep 600 & echo $!", "wait"])"));
    std::thread canceller = cancelAfter(context, 3); // runner, start, the child's id
    const engine::TaskResult result = run(context);
    canceller.join();
    CHECK(result.end == TaskEnd::Killed);
    CHECK(result.outputs.isNull());
    const Lines lines = context.logsOf("INFO");
    REQUIRE(lines.size() == 2);
    CHECK(lines[1] == "bye");
    const pid_t child = std::stoi(lines[0]);
    while (kill(child, 0) == 0)
        std::this_thread::yield();
    CHECK(context.logsOf("WARN").size() == 1);
}

TEST_CASE("The working directory is left to what the script leaves behind")
{
    FakeTaskContext ended(shell(R"("commands": ["true"])"));
    run(ended);
    CHECK_FALSE(ended.leftWorkingDir());
    FakeTaskContext left(shell(R"("commands": ["sleep 600 > /dev/null 2>&1 &", "echo $!"])"));
    run(left);
    CHECK(left.leftWorkingDir());
    kill(std::stoi(left.logsOf("INFO").at(0)), SIGKILL);
}

TEST_CASE("Its input never ends, and it may close its outputs long before it ends")
{
    FakeTaskContext context(shell(R"("commands": ["exec >&- 2>&-; read line"])"));
    std::thread canceller = cancelAfter(context, 2);
    CHECK(run(context).end == TaskEnd::Killed);
    canceller.join();
}

TEST_CASE("Shell script, Python and Node")
{
    FakeTaskContext text(shell(R"("script": "a=1\nif true; then\n  echo \"$a {{ n }}\"\nfi\n")"));
    text.variables.set("n", 2);
    CHECK(run(text, "shell.Script").end == TaskEnd::Success);
    CHECK(text.logsOf("INFO") == Lines{"1 2"});

    FakeTaskContext python(shell(
        R"("script": "import os, sys\nprint({{ flag }}, os.environ['PYTHONUNBUFFERED'])\nsys.exit(4)\n")"));
    python.variables.set("flag", true);
    const engine::TaskResult result = run(python, "python.Script");
    CHECK(python.logsOf("INFO") == Lines{"True true"});
    CHECK(result.message == "Command failed with exit code 4");

    FakeTaskContext commands(shell(R"x("inputFiles": {"m.py": "print('from file')"}, "commands": ["python3 m.py"])x"));
    CHECK(run(commands, "python.Commands").end == TaskEnd::Success);
    CHECK(commands.logsOf("INFO") == Lines{"from file"});

    if (std::system("command -v node >/dev/null 2>&1") == 0) {
        FakeTaskContext node(shell(R"x("script": "console.log([1,2].map(x => x * 2).join())")x"));
        CHECK(run(node, "node.Script").end == TaskEnd::Success);
        CHECK(node.logsOf("INFO") == Lines{"2,4"});
    }
}
