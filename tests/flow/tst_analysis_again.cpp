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
    const auto range = [](Range where) { return std::to_string(where.begin) + '-' + std::to_string(where.end) + ' '; };
    const auto place = [&](const Node *node) { return node ? range(node->whole) : std::string("none "); };
    std::string tasks[2];
    for (const Analysis *analysis : {&a, &b}) {
        std::string &all = tasks[analysis == &b];
        analysis->flow->forEachTask([&](const Task &task, const TaskList &list, int depth) {
            all += task.path + ' ' + task.id + ' ' + task.type + ' ' + task.note + ' ' + list.path + ' ' + list.label + std::to_string(depth) + ' ' + range(task.range) +
                   range(task.idRange) + range(task.typeRange) + range(task.noteRange) + place(task.node) + place(task.item) + place(list.node) + (task.known ? "k" : "") +
                   (task.disabled ? "d" : "") + (task.flowable ? "f" : "") + (task.fault ? "!" + range(task.fault->range) : "") + std::to_string(task.lists.size());
            for (const Dependency &dependency : task.dependsOn)
                all += ' ' + dependency.id + range(dependency.range);
            all += '\n';
        });
        for (const DataLink &link : analysis->flow->links)
            all += link.from + ' ' + link.to + ' ' + range(link.range) + '\n';
    }
    return tasks[0] == tasks[1] ? "" : "the tasks differ:\n" + tasks[0] + "---\n" + tasks[1];
}

/// The lines of one item of a list, by its dash; empty when there is none behind the place.
Range someItem(const std::string &text, Dice &dice)
{
    const std::size_t from = text.find("- id:", dice.roll(text.size()));
    if (from == text.npos)
        return {};
    const std::size_t begin = text.rfind('\n', from) + 1;
    std::size_t end = text.find('\n', from);
    while (end != text.npos && end + 1 < text.size() && text.find_first_not_of(' ', end + 1) - end - 1 > from - begin)
        end = text.find('\n', end + 1);
    return {begin, end == text.npos ? text.size() : end + 1};
}

/// The text with an item moved, taken out or written twice.
std::string reordered(std::string text, Dice &dice)
{
    const Range item = someItem(text, dice);
    const std::string lines = text.substr(item.begin, item.size());
    const std::size_t kind = dice.roll(3);
    if (kind != 0)
        text.erase(item.begin, item.size());
    if (kind != 1)
        text.insert(someItem(text, dice).begin, lines);
    return text;
}

/// The text with a key pressed, a stretch taken out or put in, or a line changed; sometimes at two places.
std::string changed(std::string text, Dice &dice)
{
    if (dice.roll(4) == 0)
        text = reordered(std::move(text), dice);
    else if (dice.roll(4) == 0)
        text = changed(std::move(text), dice);
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
    text += "  - id: around\n    type: io.kestra.plugin.core.flow.Switch\n    value: a\n    cases:\n      a:\n";
    for (std::size_t i = 0; i < tasks / 2; ++i) {
        const std::string n = std::to_string(i);
        text += "        - id: inner_" + n + "\n          type: io.kestra.plugin.core." + (i % 7 == 3 ? "log.Nothing" : "log.Log") + "\n          message: \"{{ outputs.task_" + n +
                (i % 9 == 4 ? "\"\n" : ".value }}\"\n") + (i % 6 == 1 ? "        # note\n" : "");
    }
    return text + "\nerrors:\n  - id: e\n    type: io.kestra.plugin.core.log.Log\n    message: x\n";
}

} // namespace

TEST_CASE("an analysis that takes over what did not change gives what one from the beginning gives")
{
    std::vector<Sample> samples = sampleFlows();
    samples.push_back({"long", longFlow(40)});
    samples.push_back({"long, zero-indented", withZeroIndentedLists(longFlow(24))});
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
            for (std::size_t i = 0; i < (isOften ? isLong() ? 400 : 40 : isLong() ? 24 : 2); ++i, ++tried) {
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

TEST_CASE("keys in a text that stays broken are analysed as from the beginning")
{
    static const std::vector<std::string> kKeys = {"x", "x", "x", "u ", "\n", " ", "- ", "\"", "#", ":", "[", "\n i: 1\n", "\n  x\n", "\n- y\n", "\n---\n", "\r\n"};
    std::size_t taken = 0;
    std::size_t broken = 0;
    for (std::uint64_t seed = 0; seed < (isLong() ? 200 : 8); ++seed) {
        Dice dice(seed + 7);
        const std::string start = seed % 4 == 3 ? withZeroIndentedLists(longFlow(20)) : longFlow(20);
        std::string text = start;
        Analysis analysis = analyse(text, Revision{1}, coreCatalog());
        for (int i = 0; i < 60; ++i) {
            std::string next = text;
            next.insert(dice.roll(text.size() + 1), dice.pick(kKeys));
            const std::string undone = text;
            for (const std::string &now : {next, dice.roll(2) == 0 ? undone : next}) {
                std::vector<KeptItem> kept;
                const std::shared_ptr<const Tree> tree = Tree::parseAgain(*analysis.flow->tree, text, now, kept);
                broken += !tree->faults().empty();
                taken += !tree->faults().empty() && !kept.empty();
                Analysis again = analyseAgain(analysis, text, now, Revision{2}, coreCatalog());
                const Analysis fresh = analyse(now, Revision{2}, coreCatalog());
                if (const std::string fault = difference(again, fresh); !fault.empty()) {
                    FAIL_CHECK(fault << "\n--- before ---\n" << text << "\n--- now ---\n" << now);
                    return;
                }
                text = now;
                analysis = std::move(again);
            }
            if (analysis.flow->tree->faults().size() > 12) {
                text = start;
                analysis = analyse(text, Revision{1}, coreCatalog());
            }
        }
    }
    std::cout << "keys in broken text: " << broken << ", parts taken over in " << taken << '\n';
    CHECK(taken * 2 >= broken);
}

TEST_CASE("a fault between two items is found again")
{
    const std::string before = "id: a\nnamespace: b\ntasks:\n  - {id: one, type: a.b.C}\n  - id: two\n    type: a.b.C\n  - id: three\n    type: a.b.C\n"
                               "h\n    values: x\n    tasks:\n      - {id: four}\n  - {id: five, type: a.b.C}\n";
    std::string now = before;
    now.erase(now.find("two"), 1);
    const Analysis first = analyse(before, Revision{1}, coreCatalog());
    CHECK(difference(analyseAgain(first, before, now, Revision{2}, coreCatalog()), analyse(now, Revision{2}, coreCatalog())) == "");
}

TEST_CASE("a fault before anything of its item was read ends what was read where the item before does")
{
    std::string before = "id: f\ninputs:\n  - {id: s, type: STRING}\n  - {id- : i, type: INT}\n  -EAN}\n";
    for (int i = 0; i < 12; ++i)
        before += "  - {id: sel" + std::to_string(i) + ", type: SELECT, values: [red, green]}\n";
    before += "tasks:\n  - {id: show, type: io.kestra.plugin.core.debug.Return, format: \"{{ inputs.s }}|{{ inputs.i + 1 }}\"}\n";
    std::string now = before;
    now.insert(now.find("inputs.i"), "#");
    const Analysis again = analyseAgain(analyse(before, Revision{1}, coreCatalog()), before, now, Revision{2}, coreCatalog());
    CHECK(difference(again, analyse(now, Revision{2}, coreCatalog())) == "");
}
