#include "tests/conformance/tasks_topic.h"

#include "tests/conformance/flow_host.h"
#include "tests/conformance/http_fixture.h"
#include "tests/conformance/task_form.h"
#include "tests/conformance/value_compare.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>

namespace conformance {

namespace fs = std::filesystem;
using flow::Object;
using flow::Value;

namespace {

/// What the two levels of comparison look at.
Value essence(const Value &result)
{
    Object kept;
    for (const char *name : {"flowId", "namespace", "state", "error", "inputs", "outputs", "labels", "variables"}) {
        if (const Value *member = result.find(name))
            kept.set(name, *member);
    }
    if (const Value *runs = result.find("taskRuns")) {
        Value::List list;
        for (const Value &run : runs->list()) {
            Object one = run.map();
            one.erase("stateHistory");
            list.emplace_back(std::move(one));
        }
        kept.set("taskRuns", std::move(list));
    }
    if (const Value *logs = result.find("logs")) {
        Value::List list;
        for (const Value &line : logs->list()) {
            const std::string &level = line.find("level")->text();
            if (level != "DEBUG" && level != "TRACE")
                list.push_back(line);
        }
        kept.set("logs", std::move(list));
    }
    if (const Value *files = result.find("files"))
        kept.set("files", *files);
    return kept;
}

/// Files whose content holds times or ids are compared by their places alone.
void forgetVarying(const Value &expected, Value &got)
{
    const Value *wanted = expected.find("files");
    const Value *given = got.find("files");
    if (!wanted || !given)
        return;
    Object files = given->map();
    for (const auto &[name, file] : wanted->map()) {
        const Value *found = files.find(name);
        if (file.find("contentVaries") && found && found->find("path"))
            files.set(name, Object{{"path", *found->find("path")}, {"contentVaries", true}});
    }
    Object result = got.map();
    result.set("files", std::move(files));
    got = std::move(result);
}

TaskCase runCase(const fs::path &file, const std::string &server)
{
    TaskCase one;
    one.topic = file.parent_path().filename();
    one.name = file.stem();
    const std::string text = readFile(file);
    FlowTexts flows;
    flows.add(text, file.string());
    FlowHost host(flows);
    fs::path sidecar = file;
    const auto started = host.run(text, readSidecar(sidecar.replace_extension(".inputs.yaml")));
    const TaskForm form(host, text, server);
    if (started)
        one.got = form.result(started.value().front());
    else
        one.got = form.refusal(started.error().args.empty() ? "" : started.error().args.front());

    fs::path expectedFile = file;
    const Value expected = flow::parseJson(readFile(expectedFile.replace_extension(".expected.json"))).value;
    forgetVarying(expected, one.got);
    std::string difference;
    one.passed = sameValues(essence(expected), essence(one.got), &difference);
    std::string strictly;
    one.strict = one.passed && sameValues(expected, one.got, &strictly);
    one.difference = one.passed ? strictly : difference;
    return one;
}

} // namespace

std::vector<TaskCase> runTasks(const fs::path &folder, const fs::path &fixtures, const std::string &topic,
                               unsigned parallel)
{
    const HttpFixture server(fixtures / "http_server.py");
    setenv("ENV_HTTP", ("http://" + server.address()).c_str(), 1);
    setenv("SECRET_CORPUS_PW", "b3BlbiBzZXNhbWU=", 1);
    setenv("SECRET_CORPUS_JSON", "eyJ1c2VyIjogInUxIiwgIm4iOiA1fQ==", 1);

    std::vector<fs::path> files;
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().filename();
        const std::string place = entry.path().parent_path().filename().string() + '/' + entry.path().stem().string();
        const bool wanted = topic.empty() || place == topic || place.starts_with(topic + '/');
        if (wanted && name.ends_with(".yaml") && !name.ends_with(".inputs.yaml"))
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<TaskCase> cases(files.size());
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < parallel; ++i) {
        workers.emplace_back([&] {
            for (std::size_t at = next++; at < files.size(); at = next++)
                cases[at] = runCase(files[at], server.address());
        });
    }
    for (std::thread &worker : workers)
        worker.join();
    return cases;
}

} // namespace conformance
