#include "edit_trial.h"

#include "engine/flow/analysis.h"

using namespace flow;
using namespace test;

namespace {

bool sameNode(const Node &a, const Node &b)
{
    if (a.kind != b.kind || a.style != b.style || a.flowStyle != b.flowStyle || a.alias != b.alias || a.range != b.range ||
        a.whole != b.whole || a.text != b.text || a.anchor != b.anchor || a.tag != b.tag || a.items.size() != b.items.size() ||
        a.entries.size() != b.entries.size())
        return false;
    for (std::size_t i = 0; i < a.items.size(); ++i)
        if (!sameNode(*a.items[i], *b.items[i]) || a.items[i]->parent != &a)
            return false;
    for (std::size_t i = 0; i < a.entries.size(); ++i)
        if (!sameNode(*a.entries[i].key, *b.entries[i].key) || !sameNode(*a.entries[i].value, *b.entries[i].value) ||
            a.entries[i].key->parent != &a || a.entries[i].value->parent != &a)
            return false;
    return true;
}

/// What differs between two analyses of one text; empty when nothing does.
std::string difference(const Analysis &a, const Analysis &b)
{
    const Node *one = a.flow->tree->root();
    const Node *other = b.flow->tree->root();
    if (!one != !other || (one && !sameNode(*one, *other)))
        return "the trees differ";
    if (a.diagnostics != b.diagnostics)
        return "the diagnostics differ: " + std::to_string(a.diagnostics.size()) + " and " + std::to_string(b.diagnostics.size());
    std::string tasks[2];
    for (const Analysis *analysis : {&a, &b})
        analysis->flow->forEachTask([&](const Task &task, const TaskList &list, int depth) {
            tasks[analysis == &b] += task.path + ' ' + task.id + ' ' + task.type + ' ' + task.note + ' ' + list.path + std::to_string(depth) + ' ' +
                                     std::to_string(task.range.begin) + '-' + std::to_string(task.range.end) + (task.fault ? "!" : "") + '\n';
        });
    return tasks[0] == tasks[1] && a.flow->links.size() == b.flow->links.size() ? "" : "the tasks differ";
}

/// The text with a key pressed, a stretch taken out or put in, or a line changed.
std::string changed(std::string text, Dice &dice)
{
    static const std::vector<std::string> kPieces = {"x",  " ",   "\n",   "  ",    "- ",      ":",        ": ",  "#",    "\"",  "'",  "{",
                                                     "}",  "[",   "|",    ">",     "\n    ",  "\n  - id: zz\n    type: a.b.C\n", "\t",  "\r\n", "---\n", "...\n", "*a",
                                                     "&a", "!!x", "{{ ", " }}", "é", "\xEF\xBB\xBF", "? ", "\n- ", "%"};
    const std::size_t at = dice.roll(text.size() + 1);
    switch (dice.roll(4)) {
    case 0: text.erase(at, 1 + dice.roll(3)); break;
    case 1: text.erase(at, dice.roll(60)); break;
    default: text.insert(at, dice.pick(kPieces)); break;
    }
    return text;
}

std::string longFlow(std::size_t tasks)
{
    std::string text = "id: long\nnamespace: acme\ninputs:\n  - id: day\n    type: DATE\n\ntasks:\n";
    for (std::size_t i = 0; i < tasks; ++i) {
        const std::string n = std::to_string(i);
        text += "  - id: task_" + n + "\n    type: io.kestra.plugin.core." + (i % 7 == 3 ? "log.Nothing" : i % 5 == 2 ? "debug.Return" : "log.Log") +
                "\n    " + (i % 5 == 2 ? "format" : "message") + (i % 11 == 5 ? ": |\n      one\n\n      two\n\n" : ": \"{{ outputs.task_" + std::to_string(i / 2) + ".value }}\"\n");
    }
    return text + "\nerrors:\n  - id: e\n    type: io.kestra.plugin.core.log.Log\n    message: x\n";
}

} // namespace

TEST_CASE("an analysis that takes over what did not change gives what one from the beginning gives")
{
    std::vector<Sample> samples = sampleFlows();
    samples.push_back({"long", longFlow(60)});
    samples.push_back({"long, zero-indented", withZeroIndentedLists(longFlow(40))});
    std::size_t tried = 0;
    std::size_t taken = 0;
    std::uint64_t seed = 99;
    std::uint64_t skipped = 0;
    for (const Sample &sample : samples) {
        const bool isOften = sample.name.starts_with("long");
        for (int n = 0; n < kVariants; ++n) {
            if (!isOften && !isLong() && (++skipped + static_cast<std::uint64_t>(n)) % 29 != 0)
                continue;
            Dice dice(++seed);
            std::string text = variant(sample.text, n);
            Analysis analysis = analyse(text, Revision{1}, coreCatalog());
            for (std::size_t i = 0; i < (isOften ? 100 : isLong() ? 24 : 2); ++i, ++tried) {
                const std::string next = changed(text, dice);
                std::vector<KeptItem> kept;
                Tree::parseAgain(*analysis.flow->tree, text, next, kept);
                taken += !kept.empty();
                const Analysis again = analyseAgain(analysis, text, next, Revision{2}, coreCatalog());
                const Analysis fresh = analyse(next, Revision{2}, coreCatalog());
                if (const std::string fault = difference(again, fresh); !fault.empty()) {
                    FAIL_CHECK(sample.name << " (variant " << n << "): " << fault << "\n--- before ---\n" << text << "\n--- now ---\n" << next);
                    return;
                }
                // Keys go on from the text before more often than they break it for good.
                if (fresh.flow->tree->faults().empty() || dice.roll(4) == 0) {
                    text = next;
                    analysis = again;
                }
                if (!analysis.flow->tree->faults().empty() && dice.roll(3) == 0) {
                    text = variant(sample.text, n);
                    analysis = analyse(text, Revision{1}, coreCatalog());
                }
            }
        }
    }
    std::cout << "changes analysed twice: " << tried << ", parts taken over in " << taken << '\n';
    CHECK(tried >= 3000);
    CHECK(taken >= 300);
}
