#include "engine/flow/edit_script.h"
#include "engine/flow/flow_document.h"
#include "support/catalog.h"

#include <array>

using namespace flow;

namespace {

void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

/// Bytes of the input taken as choices.
class Choices
{
public:
    Choices(const std::uint8_t *data, std::size_t size) : m_data(data), m_size(size) {}
    std::size_t next(std::size_t count) { return count == 0 || m_at >= m_size ? 0 : m_data[m_at++] % count; }

private:
    const std::uint8_t *m_data;
    std::size_t m_size;
    std::size_t m_at = 0;
};

/// Words of one edit of what there is in the flow; sometimes of what there isn't.
std::vector<std::string> wordsOf(const Flow &flow, Choices &choices)
{
    std::vector<std::string> ids;
    std::vector<std::string> lists = {"errors", "finally", "tasks"};
    flow.forEachTask([&](const Task &task, const TaskList &list, int) {
        ids.push_back(choices.next(2) == 0 || task.id.empty() ? task.path : task.id);
        lists.push_back(list.path);
    });
    std::vector<std::string> items = {"inputs[0]", "labels[1]", "variables.a"};
    for (const auto *of : {&flow.inputs, &flow.triggers, &flow.outputs, &flow.labels})
        for (const Item &item : *of)
            items.push_back(item.path);
    static const std::vector<std::string> kValues = {
        "x", "{a: 1, b: [1, 2]}", "|\n  one\n\n  two\n", "\"{{ outputs.a.value }}\"", "", "- 1\n- 2\n", "- id: n\n  type: io.kestra.plugin.core.log.Log\n  message: hi\n",
        "{id: n, type: io.kestra.plugin.core.flow.Sequential, tasks: []}", "io.kestra.plugin.core.flow.Parallel", "a: &x 1\nb: *x\n", "# no", "é\r\n"};
    static const std::vector<std::string> kNames = {"a", "new_id", "b-2", "", "é", "x y"};
    static const std::vector<std::string> kKeys = {"id", "type", "message", "retry.maxAttempts", "commands[0]", "tasks", "description", "a.b[1].c", "disabled", "['x.y']"};
    const auto pick = [&](const std::vector<std::string> &from) { return from.empty() ? "tasks[0]" : from[choices.next(from.size())]; };
    const auto property = [&] { return (choices.next(5) == 0 ? std::string() : pick(ids)) + '.' + pick(kKeys); };
    const std::string at = std::to_string(choices.next(5));
    switch (choices.next(28)) {
    case 0: return {"--add", pick(kValues), "--into", pick(lists), "--at", at};
    case 1: return {"--add", pick(kValues), "--after", pick(ids)};
    case 2: return {"--remove", pick(ids)};
    case 3: return {"--duplicate", pick(ids)};
    case 4: return {"--move", pick(ids), "--into", pick(lists), "--at", at};
    case 5: return {"--move", pick(ids), "--before", pick(ids)};
    case 6: return {"--rename", pick(ids) + '=' + pick(kNames)};
    case 7: return {"--set", property() + '=' + pick(kValues)};
    case 8: return {"--unset", property()};
    case 9: return {"--connect", pick(ids), pick(ids)};
    case 10: return {"--disconnect", pick(ids), pick(ids)};
    case 11: return {"--note", pick(ids) + '=' + pick(kValues)};
    case 12: return {"--wrap", pick(ids) + ',' + pick(ids) + '=' + pick(kValues)};
    case 13: return {"--unwrap", pick(ids)};
    case 14: return {"--disable", pick(ids)};
    case 15: return {"--enable", pick(ids)};
    case 16: return {"--order", pick(lists) + '=' + pick(ids) + ',' + pick(ids)};
    case 17: return {"--convert", pick(ids) + '=' + pick(kValues)};
    case 18: return {"--flow-style", property()};
    case 19: return {"--block-style", property()};
    case 20: return {"--write-out", choices.next(2) == 0 ? "all" : property()};
    case 21: return {"--add-item", pick({"inputs", "triggers", "labels", "outputs", "variables", "pluginDefaults"}) + '=' + pick(kValues), "--at", at};
    case 22: return {"--remove-item", pick(items)};
    case 23: return {"--duplicate-item", pick(items)};
    case 24: return {"--move-item", pick(items), "--at", at};
    case 25: return {pick({"--rename-input", "--rename-variable", "--rename-output", "--rename-trigger", "--rename-label"}), pick(kNames) + '=' + pick(kNames)};
    case 26: return {"--rename-flow", pick(kNames)};
    default: return {"--extract", pick(ids) + ',' + pick(ids), "--as", pick(kNames)};
    }
}

Analysis checked(const std::string &text, Revision revision, const TaskCatalog &catalog)
{
    Analysis analysis = analyse(text, revision, catalog);
    for (const Diagnostic &diagnostic : analysis.diagnostics) {
        require(diagnostic.range.begin <= diagnostic.range.end && diagnostic.range.end <= text.size());
        require(!describe(diagnostic).empty());
    }
    return analysis;
}

} // namespace

/// Reads any bytes as a flow, makes one edit of it, analyses again from what was known, and takes the edit
/// back. The first eight bytes choose the dialect and the edit.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t kChoices = 8;
    if (size < kChoices || size > 16384)
        return 0;
    const TaskCatalog &catalog = data[0] % 4 == 3 ? test::coreCatalog2() : test::coreCatalog();
    Choices choices(data + 1, kChoices - 1);
    FlowDocument document(std::string(reinterpret_cast<const char *>(data + kChoices), size - kChoices));
    const std::string before = document.text();
    const Analysis first = checked(before, document.revision(), catalog);
    document.adopt(first);
    const auto steps = readEditSteps(wordsOf(*first.flow, choices));
    if (!steps)
        return 0;
    const Snapshot snapshot = document.snapshot();
    (void)danglingAfter(snapshot, steps->front());
    const auto edit = makeEdit(snapshot, steps->front());
    if (!edit)
        return 0;
    const Revision revision = document.revision();
    const auto applied = document.apply(*edit);
    require(applied.hasValue());
    require(document.text() == edit->applyTo(before));
    const Analysis whole = checked(document.text(), document.revision(), catalog);
    const Analysis again = analyseAgain(first, before, document.text(), document.revision(), catalog);
    require(again.diagnostics == whole.diagnostics && again.flow->taskCount() == whole.flow->taskCount());
    require(document.apply(applied->inverse).hasValue());
    require(document.text() == before && document.revision() == revision);
    return 0;
}
