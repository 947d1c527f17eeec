#include "app/project/fixture_values.h"

#include "editor/file_io.h"
#include "engine/flow/tree.h"

#include <QFileInfo>

namespace app {

namespace {

using flow::Value;

constexpr qint64 kFileBytes = 1024 * 1024;

std::string textAt(const Value &map, std::string_view key)
{
    const Value *value = map.find(key);
    return value && value->isText() ? value->text() : std::string();
}

Value outputsOf(const Value &fixtures)
{
    flow::Object outputs;
    const Value *tasks = fixtures.find("tasks");
    if (tasks && tasks->isList())
        for (const Value &task : tasks->list()) {
            const std::string id = textAt(task, "id");
            const Value *given = task.find("outputs");
            if (!id.empty())
                outputs.set(id, given && given->isMap() ? *given : Value(flow::Object()));
        }
    return Value(std::move(outputs));
}

} // namespace

std::vector<FixtureValues> fixturesFor(const QStringList &files, const std::string &namespaceId, const std::string &flowId)
{
    std::vector<FixtureValues> found;
    for (const QString &path : files) {
        if (QFileInfo(path).size() > kFileBytes)
            continue;
        const auto text = editor::readFile(path);
        if (!text || text->find("testCases") == std::string::npos)
            continue;
        const auto tree = flow::Tree::parse(*text);
        if (!tree->root() || !tree->faults().empty())
            continue;
        const Value suite = flow::toValue(*tree->root());
        const Value *cases = suite.find("testCases");
        if (!cases || !cases->isList() || textAt(suite, "flowId") != flowId || textAt(suite, "namespace") != namespaceId)
            continue;
        for (const Value &one : cases->list()) {
            const Value *fixtures = one.find("fixtures");
            if (!fixtures || !fixtures->isMap())
                continue;
            auto values = std::make_shared<editor::RunValues>();
            values->origin = textAt(suite, "id") + ", " + textAt(one, "id");
            const Value *inputs = fixtures->find("inputs");
            values->roots.set("inputs", inputs && inputs->isMap() ? *inputs : Value(flow::Object()));
            values->roots.set("outputs", outputsOf(*fixtures));
            flow::Object about;
            about.set("id", flowId);
            about.set("namespace", namespaceId);
            values->roots.set("flow", Value(std::move(about)));
            found.push_back({QString::fromStdString(values->origin), std::move(values)});
        }
    }
    return found;
}

} // namespace app
