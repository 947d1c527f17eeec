#include "engine/tasks/task_families.h"
#include "support/fake_task_context.h"

#include <doctest/doctest.h>

using engine::TaskEnd;
using testing::FakeTaskContext;
using Lines = std::vector<std::string>;

namespace {

const engine::TaskRunners &runners()
{
    static const engine::TaskRunners all = tasks::builtInRunners();
    return all;
}

engine::TaskResult run(std::string_view type, FakeTaskContext &context)
{
    return testing::runTask(runners(), "io.kestra.plugin.core." + std::string(type), context);
}

/// Runs a task on a stored file `{{ f }}`.
engine::TaskResult onFile(std::string_view type, FakeTaskContext &context, std::string_view content,
                          std::string_view name = "f.txt")
{
    context.variables.set("f", context.files.putText(content, name));
    return run(type, context);
}

/// The contents of the files an output names, in order.
Lines contents(FakeTaskContext &context, const engine::TaskResult &result, std::string_view output)
{
    Lines texts;
    const flow::Value *uris = result.outputs.find(output);
    if (!uris)
        return {"failed: " + result.message};
    if (uris->isText())
        texts.push_back(context.files.text(*uris));
    for (const flow::Value &uri : uris->list())
        texts.push_back(context.files.text(uri));
    return texts;
}

std::string outputs(const engine::TaskResult &result)
{
    return result.end == TaskEnd::Success ? flow::toJson(result.outputs) : "failed: " + result.message;
}

} // namespace

TEST_CASE("Write stores text under an extension")
{
    FakeTaskContext context(R"({"content": {"a": 1}, "extension": "json"})");
    const engine::TaskResult result = run("storage.Write", context);
    CHECK(contents(context, result, "uri") == Lines{R"({"a":1})"});
    CHECK(result.outputs.find("uri")->text().ends_with(".json"));
    FakeTaskContext plain(R"({"content": "x"})");
    CHECK(run("storage.Write", plain).outputs.find("uri")->text().ends_with(".tmp"));
}

TEST_CASE("Concat puts its separator behind every file")
{
    FakeTaskContext list(R"({"files": ["{{ f }}", "{{ f }}"], "separator": "--", "extension": "csv"})");
    CHECK(contents(list, onFile("storage.Concat", list, "1\n"), "uri") == Lines{"1\n--1\n--"});
    FakeTaskContext json(R"({"files": "[\"{{ f }}\"]"})");
    CHECK(contents(json, onFile("storage.Concat", json, "1"), "uri") == Lines{"1"});
    FakeTaskContext none(R"({"files": []})");
    CHECK(contents(none, run("storage.Concat", none), "uri") == Lines{""});
    FakeTaskContext wrong(R"({"files": ["hello"]})");
    CHECK(run("storage.Concat", wrong).message == "Invalid internal storage uri, got uri 'hello'");
}

TEST_CASE("Split cuts by size, by rows, in turn or by what a pattern finds")
{
    const struct
    {
        const char *mode;
        const char *content;
        Lines pieces;
    } rows[] = {
        {R"("rows": 2)", "1\n2\n3", {"1\n2\n", "3\n"}},
        {R"("rows": 3, "separator": ";")", "a;b", {"a;b;"}},
        {R"("partitions": 3)", "1\n2\n3\n4\n5\n6\n7\n", {"1\n4\n7\n", "2\n5\n", "3\n6\n"}},
        {R"("partitions": 5)", "1\n2\n", {"1\n", "2\n"}},
        {R"("bytes": "4")", "aa\nbb\ncc\n", {"aa\nbb\n", "cc\n"}},
        {R"("bytes": "1kb")", "aa\r\nbb\rcc", {"aa\nbb\ncc\n"}},
        {R"("regexPattern": "^([A-Z]+) ")", "I a\nE b\nI c\nnone\n", {"I a\nI c\n", "E b\n"}},
        {R"("rows": 1)", "", {}},
        {R"("bytes": "lots")", "1", {"failed: Invalid size with value 'lots'"}},
        {R"("separator": ",")", "1", {"failed: Invalid configuration with no size, count, rows, nor regexPattern"}},
    };
    for (const auto &row : rows) {
        CAPTURE(row.mode);
        FakeTaskContext context(fmt::format(R"({{"from": "{{{{ f }}}}", {}}})", row.mode));
        const engine::TaskResult result = onFile("storage.Split", context, row.content, "f.ion");
        CHECK(contents(context, result, "uris") == row.pieces);
    }
}

TEST_CASE("Reverse turns the lines around, in any charset")
{
    const struct
    {
        const char *properties;
        const char *content;
        const char *expected;
    } rows[] = {
        {"", "1\n2\n3", "3\n2\n1\n"},
        {"", "é\r\n\n日\n", "日\n\né\n"},
        {R"(, "separator": ";")", "1\n2\n", "2;1;"},
        {R"(, "charset": "ISO-8859-1")", "\xE9\n1\n", "1\n\xE9\n"},
        {"", "", ""},
        {R"(, "charset": "NOPE")", "1", "failed: NOPE"},
    };
    for (const auto &row : rows) {
        CAPTURE(row.content);
        FakeTaskContext context(fmt::format(R"({{"from": "{{{{ f }}}}"{}}})", row.properties));
        CHECK(contents(context, onFile("storage.Reverse", context, row.content), "uri") == Lines{row.expected});
    }
}

TEST_CASE("FilterItems keeps the lines whose condition holds, as they are written")
{
    FakeTaskContext context(R"({"from": "{{ f }}", "filterCondition": "{{ v }}"})");
    const engine::TaskResult kept = onFile("storage.FilterItems", context, "{v:1, s:\"x\"}\n{\"v\": 0}\n", "f.jsonl");
    CHECK(contents(context, kept, "uri") == Lines{"{v:1, s:\"x\"}\n"});
    CHECK(*kept.outputs.find("processedItemsTotal") == flow::Value(2));
    CHECK(*kept.outputs.find("droppedItemsTotal") == flow::Value(1));

    FakeTaskContext fails(R"({"from": "{{ f }}", "filterCondition": "{{ v }}"})");
    CHECK(onFile("storage.FilterItems", fails, "{x:1}\n").message
          == "Unable to find `v` used in the expression `{{ v }}` at line 1");
    FakeTaskContext includes(
        R"({"from": "{{ f }}", "filterCondition": "{{ v }}", "filterType": "EXCLUDE", "errorOrNullBehavior": "INCLUDE"})");
    CHECK(contents(includes, onFile("storage.FilterItems", includes, "{v:1}\n{x:2}\n{v:0}\n"), "uri")
          == Lines{"{x:2}\n{v:0}\n"});
    FakeTaskContext text(R"({"from": "{{ f }}", "filterCondition": "true"})");
    CHECK(onFile("storage.FilterItems", text, "b,1\n").message.starts_with("Cannot construct instance of"));
}

TEST_CASE("DeduplicateItems keeps the last of each key")
{
    FakeTaskContext context(R"({"from": "{{ f }}", "expr": "{{ k }}"})");
    const engine::TaskResult result = onFile("storage.DeduplicateItems", context,
                                             "{k:\"a\",v:1}\n{k:\"b\",v:2}\n{k:\"a\",v:3}\n{k:\"c\",v:4}\n{k:\"b\",v:5}\n");
    CHECK(contents(context, result, "uri") == Lines{"{k:\"a\",v:3}\n{k:\"c\",v:4}\n{k:\"b\",v:5}\n"});
    CHECK(*result.outputs.find("numKeys") == flow::Value(3));
    CHECK(*result.outputs.find("droppedItemsTotal") == flow::Value(2));
}

TEST_CASE("Size, Delete and LocalFiles")
{
    FakeTaskContext size(R"({"uri": "{{ f }}"})");
    CHECK(outputs(onFile("storage.Size", size, "é12")) == R"({"size":4})");

    FakeTaskContext gone(R"({"uri": "{{ f }}", "errorOnMissing": true})");
    const engine::TaskResult first = onFile("storage.Delete", gone, "x");
    CHECK(*first.outputs.find("deleted") == flow::Value(true));
    CHECK(run("storage.Delete", gone).message.starts_with("Unable to find file 'kestra:///"));

    FakeTaskContext local(R"({"inputs": {"a.txt": "hi {{ who }}", "b/c.txt": "{{ f }}"}, "outputs": ["**.txt"]})");
    local.variables.set("who", "Ada");
    const engine::TaskResult result = onFile("storage.LocalFiles", local, "stored");
    const flow::Value &uris = *result.outputs.find("uris");
    CHECK(local.files.text(*uris.find("a.txt")) == "hi Ada");
    CHECK(local.files.text(*uris.find("b/c.txt")) == "stored");
    CHECK_FALSE(std::filesystem::exists(local.workingDir() / "a.txt"));
}

TEST_CASE("WorkingDirectory fills its folder, keeps files and a cache")
{
    auto &files = dynamic_cast<engine::DirectoryRunner &>(*runners().at("io.kestra.plugin.core.flow.WorkingDirectory"));
    FakeTaskContext context(R"({"inputFiles": {"in.txt": "x"}, "outputFiles": ["*.out"],
                                "cache": {"patterns": ["keep/**"], "ttl": "PT1H"}})");
    context.time = std::chrono::system_clock::now();
    CHECK(files.prepare(context).end == TaskEnd::Success);
    CHECK(testing::readFile(context.workingDir() / "in.txt") == "x");
    testing::writeFile(context.workingDir() / "r.out", "result");
    testing::writeFile(context.workingDir() / "keep/ü.txt", "kept");
    const engine::TaskResult collected = files.collect(context);
    CHECK(context.files.text(*collected.outputs.find("outputFiles")->find("r.out")) == "result");

    std::filesystem::remove_all(context.workingDir() / "keep");
    CHECK(files.prepare(context).end == TaskEnd::Success);
    CHECK(testing::readFile(context.workingDir() / "keep/ü.txt") == "kept");

    std::filesystem::remove_all(context.workingDir() / "keep");
    context.time += std::chrono::hours(2);
    CHECK(files.prepare(context).end == TaskEnd::Success);
    CHECK_FALSE(std::filesystem::exists(context.workingDir() / "keep"));
}

TEST_CASE("Namespace files go up, come down and are removed by patterns")
{
    FakeTaskContext up(R"({"namespace": "acme.team", "destination": "/base/",
                           "filesMap": {"a.txt": "{{ f }}", "d/b.csv": "{{ f }}"}})");
    up.variables.set("f", up.files.putText("one", "f.tmp"));
    CHECK(run("namespace.UploadFiles", up).end == TaskEnd::Success);
    CHECK(testing::readFile(up.space.files("acme.team") / "base/d/b.csv") == "one");
    CHECK(up.logs == Lines{"DEBUG File '/base/a.txt' added to namespace 'acme.team'.",
                           "DEBUG File '/base/d/b.csv' added to namespace 'acme.team'."});

    const struct
    {
        const char *files;
        const char *expected;
    } rows[] = {
        {R"(["a.txt"])", "/base/a.txt"}, {R"("base/d/*")", "/base/d/b.csv"}, {R"(["*.txt"])", ""},
        {R"(["**.csv"])", "/base/d/b.csv"}, {R"(["/base/*"])", "/base/a.txt"},
    };
    for (const auto &row : rows) {
        CAPTURE(row.files);
        FakeTaskContext down(fmt::format(R"({{"namespace": "acme.team", "files": {}}})", row.files));
        testing::writeFile(down.space.files("acme.team") / "base/a.txt", "one");
        testing::writeFile(down.space.files("acme.team") / "base/d/b.csv", "one");
        const engine::TaskResult result = run("namespace.DownloadFiles", down);
        std::string names;
        for (const auto &[name, uri] : result.outputs.find("files")->map())
            names += name;
        CHECK(names == row.expected);
        CHECK(run("namespace.DeleteFiles", down).end == TaskEnd::Success);
        CHECK(std::filesystem::exists(down.space.files("acme.team") / "base/a.txt")
              == (names.find("a.txt") == std::string::npos));
    }
    FakeTaskContext outside(R"({"namespace": "acme.team", "filesMap": {"../x.txt": "{{ f }}"}})");
    CHECK(onFile("namespace.UploadFiles", outside, "x").message
          == "File should be accessed with their full path and not using relative '..' path.");
    FakeTaskContext conflict(R"({"namespace": "acme.team", "conflict": "ERROR", "filesMap": {"a.txt": "{{ f }}"}})");
    testing::writeFile(conflict.space.files("acme.team") / "a.txt", "old");
    CHECK(onFile("namespace.UploadFiles", conflict, "x").message
          == "File '/a.txt' already exists in namespace 'acme.team' and conflict is set to ERROR");
}
