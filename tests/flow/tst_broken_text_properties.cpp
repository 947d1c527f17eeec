#include "edit_trial.h"

using namespace flow;
using namespace test;

namespace {

const std::vector<std::string> kBroken = {"message: \"open", "key: 'it's'", "mess", ": : x", "- [1, 2", "{a: ", "x: @y", "a: b: c",
                                          "\tkey: x", "%", "? - ", "}} ]", "key: [1", "*", "&a &b c", "!<x"};

/// A line of one task of the text made unreadable.
struct Breakage
{
    std::string text;
    Range line; ///< in the new text, without its line break
};

std::optional<Breakage> broken(const std::string &text, const Flow &flow, Dice &dice)
{
    const std::vector<TaskAt> tasks = tasksOf(flow);
    if (tasks.size() < 2)
        return std::nullopt;
    const Task &task = *tasks[dice.roll(tasks.size())].task;
    if (!task.node || task.node->flowStyle || task.node->entries.size() < 2)
        return std::nullopt;
    const Entry &entry = task.node->entries[dice.roll(task.node->entries.size())];
    const std::size_t begin = entry.key->whole.begin;
    const std::size_t end = edits::lineEnd(text, begin);
    Breakage result{text, {}};
    const std::string line = dice.pick(kBroken);
    result.text.replace(begin, end - begin, line);
    result.line = {begin, begin + line.size()};
    return result;
}

/// Lines that can't be read: what no edit beside them may touch.
std::vector<Range> unreadable(const std::string &text, const Flow &flow)
{
    std::vector<Range> spans;
    for (const SyntaxFault &fault : flow.tree->faults())
        spans.push_back({edits::lineBegin(text, fault.range.begin), edits::lineEnd(text, fault.range.end)});
    return spans;
}

Result<Edit> anyEdit(const Snapshot &snapshot, const TaskAt &at, Dice &dice, std::string &name)
{
    const std::vector<std::string> paths = {at.task->path};
    switch (dice.roll(6)) {
    case 0: name = "remove"; return edits::removeTasks(snapshot, paths);
    case 1: name = "duplicate"; return edits::duplicateTask(snapshot, at.task->path);
    case 2: name = "set"; return edits::setProperty(snapshot, at.task->path, "zzKey.inner", "- a\n- b");
    case 3: name = "note"; return edits::setNote(snapshot, at.task->path, "what it does");
    case 4: name = "add"; return edits::addTask(snapshot, {at.list->path, at.index + dice.roll(2), false}, "id: zz_new\ntype: a.b.C");
    default: name = "move"; return edits::moveTask(snapshot, at.task->path, {at.list->path, dice.roll(at.list->tasks.size() + 1), false});
    }
}

} // namespace

TEST_CASE("beside a broken line the other tasks can be read and edited, and it stays as it is")
{
    std::size_t texts = 0;
    std::size_t live = 0;
    std::size_t all = 0;
    std::size_t edited = 0;
    std::size_t refused = 0;
    std::uint64_t seed = 4242;
    for (const Sample &sample : sampleFlows()) {
        Dice dice(++seed);
        for (int round = 0; round < (isLong() ? 60 : 6); ++round) {
            const std::string whole = variant(sample.text, static_cast<int>(dice.roll(6)));
            const Subject before(whole);
            if (before.flow().broken)
                break;
            const std::optional<Breakage> breakage = broken(whole, before.flow(), dice);
            if (!breakage)
                continue;
            Subject subject(breakage->text);
            if (subject.flow().tree->faults().empty())
                continue; // it can be read after all
            ++texts;
            const std::vector<Range> spans = unreadable(subject.text(), subject.flow());
            const Snapshot held = subject.snapshot(); // edits are undone: it stays true
            for (const TaskAt &at : tasksOf(*held.flow)) {
                ++all;
                const bool holds = std::any_of(spans.begin(), spans.end(), [&](Range span) {
                    return at.task->range.begin < span.end && span.begin < at.task->range.end;
                });
                if (!at.task->node || at.task->fault || holds)
                    continue;
                ++live;
                std::string name;
                const Result<Edit> edit = anyEdit(subject.snapshot(), at, dice, name);
                if (!edit) {
                    ++refused;
                    continue;
                }
                ++edited;
                const std::string text = subject.text();
                for (const Replacement &replacement : edit->replacements())
                    for (const Range span : spans)
                        if (replacement.range.begin < span.end && span.begin < replacement.range.end)
                            FAIL_CHECK(sample.name << ": " << name << ' ' << at.task->path << " changes "
                                                   << text.substr(replacement.range.begin, replacement.range.size()) << "\n---\n"
                                                   << text);
                const Result<AppliedEdit> applied = subject.apply(*edit);
                REQUIRE(applied);
                REQUIRE(subject.apply(applied->inverse));
                REQUIRE(subject.text() == text);
            }
        }
    }
    std::cout << "broken texts: " << texts << ", tasks still live: " << live << " of " << all << ", edits: " << edited
              << " (refused " << refused << ")\n";
    CHECK(texts >= 500);
    CHECK(live * 2 > all);
    CHECK(edited * 10 > live * 9);
}
