#pragma once

#include "engine/flow/edits/task_text.h"
#include "support/samples.h"
#include "support/second_reader.h"
#include "support/value_model.h"

#include <doctest/doctest.h>

#include <functional>
#include <iostream>
#include <map>

/// Random edits of all sample flows: what the property loops of edits share.
namespace test {

using namespace flow;

inline bool isLong()
{
    const char *value = std::getenv("LEAT_LONG");
    return value && *value && *value != '0';
}

/// An edit tried, with the meaning it should have and the lines it may touch.
struct Attempt
{
    std::string name;
    Result<Edit> edit = Error{};
    std::optional<Model> meaning;  ///< none: not compared
    std::vector<Range> allowed;    ///< none: not compared
    std::function<std::string(const Flow &)> check; ///< of the new flow: what is wrong, or nothing
};

struct TaskAt
{
    const Task *task;
    const TaskList *list;
    std::size_t index;
};

inline std::vector<TaskAt> tasksOf(const Flow &flow)
{
    std::vector<TaskAt> tasks;
    flow.forEachTask([&](const Task &task, const TaskList &list, int) {
        tasks.push_back({&task, &list, static_cast<std::size_t>(&task - list.tasks.data())});
    });
    return tasks;
}

/// Where a node stands in the value of the flow: keys and indexes from the root.
struct Step
{
    std::string key;
    std::size_t index = 0;
    bool isIndex = false;
};

inline std::vector<Step> stepsTo(const Node *node, const Node *stop = nullptr)
{
    std::vector<Step> steps;
    for (; node != stop && node->parent; node = node->parent) {
        const Node *parent = node->parent;
        if (parent->isSequence()) {
            steps.push_back({{}, edits::itemIndex(*parent, node), true});
        } else {
            for (const Entry &entry : parent->entries)
                if (entry.value == node)
                    steps.push_back({entry.key->text, 0, false});
        }
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
}

inline Model *modelAt(Model &root, const std::vector<Step> &steps)
{
    Model *model = &root;
    for (const Step &step : steps) {
        if (step.isIndex)
            model = model && step.index < model->items.size() ? &model->items[step.index] : nullptr;
        else
            model = model ? model->find(step.key) : nullptr;
    }
    return model;
}

inline bool hasDuplicates(const Node &node)
{
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
        if (!node.entries[i].key->isScalar())
            return true;
        for (std::size_t k = 0; k < i; ++k)
            if (node.entries[k].key->text == node.entries[i].key->text)
                return true;
        if (hasDuplicates(*node.entries[i].value))
            return true;
    }
    return std::any_of(node.items.begin(), node.items.end(),
                       [](const Node *item) { return hasDuplicates(*item); });
}

inline std::string propertyPath(const std::vector<Step> &steps)
{
    std::string path;
    for (const Step &step : steps) {
        if (step.isIndex)
            path += '[' + std::to_string(step.index) + ']';
        else if (step.key.find_first_of(".[]'\" ") != std::string::npos || step.key.empty())
            path += "['" + step.key + "']";
        else
            path += (path.empty() ? "" : ".") + step.key;
    }
    return path;
}

/// Whole lines around a range, and the blank lines next to them.
inline Range linesAround(std::string_view text, Range range)
{
    Range lines{edits::lineBegin(text, range.begin), edits::nextLine(text, range.end > range.begin ? range.end - 1 : range.end)};
    lines.begin = edits::blankLinesBefore(text, lines.begin);
    lines.end = edits::blankLinesAfter(text, lines.end);
    return lines;
}

/// One flow of one text, and what random edits of it need. A trial of some kinds of edits derives from
/// it and has `Attempt next()`.
class TrialBase
{
public:
    TrialBase(const Subject &subject, Dice &dice) : m_snapshot(subject.snapshot()), m_text(subject.text()), m_dice(dice)
    {
        m_tasks = tasksOf(flow());
        m_whole = !flow().broken && flow().root && !hasDuplicates(*flow().root);
        if (m_whole)
            m_meaning = Model(toValue(*flow().root));
    }

    const Flow &flow() const { return *m_snapshot.flow; }
    bool isWhole() const { return m_whole; }

    /// Whether two meanings are equal; quotes of brackets in expressions may differ.
    bool sameMeaning(Model expected, const Node *root)
    {
        if (!root)
            return expected.empty();
        const Value got = toValue(*root);
        if (expected.value() == got)
            return true;
        if (!m_sameQuotes)
            return false;
        Model other(got);
        const auto unify = [](std::string &text) { std::replace(text.begin(), text.end(), '"', '\''); };
        expected.forEachText(unify);
        other.forEachText(unify);
        return expected.value() == other.value();
    }

protected:
    const TaskAt *anyTask()
    {
        return m_tasks.empty() ? nullptr : &m_tasks[m_dice.roll(m_tasks.size())];
    }

    Model meaning() const { return m_meaning ? *m_meaning : Model(); }

    static std::string nameOf(const Model &model)
    {
        return model.leaf.isText() ? model.leaf.text() : toJson(model.leaf);
    }

    Range blockOf(const TaskAt &at) const
    {
        const Node *list = at.list->node;
        if (list && list->flowStyle)
            return list->range;
        if (!list)
            return linesAround(m_text, at.task->item->parent->range);
        Range lines = edits::itemBlock(m_text, *list, edits::itemIndex(*list, at.task->item)).lines;
        return linesAround(m_text, lines);
    }

    /// Any node below a task or the flow, as its steps from there.
    const Node *anyNodeBelow(const Node &top)
    {
        std::vector<const Node *> nodes;
        const auto walk = [&](const auto &self, const Node &node) -> void {
            for (const Node *item : node.items) {
                nodes.push_back(item);
                self(self, *item);
            }
            for (const Entry &entry : node.entries) {
                nodes.push_back(entry.value);
                self(self, *entry.value);
            }
        };
        walk(walk, top);
        return nodes.empty() ? nullptr : nodes[m_dice.roll(nodes.size())];
    }

    struct Owner
    {
        const Node *node = nullptr;
        std::string path;
    };

    Owner anyOwner()
    {
        const TaskAt *at = anyTask();
        if (!at || !at->task->node || m_dice.roll(8) == 0)
            return {flow().root, {}};
        return {at->task->node, at->task->path};
    }

    Snapshot m_snapshot;
    const std::string &m_text;
    Dice &m_dice;
    std::vector<TaskAt> m_tasks;
    std::optional<Model> m_meaning;
    bool m_whole = false;
    bool m_sameQuotes = false;
};

/// What is wrong with an edit, in words; empty when nothing is.
inline std::string faultOf(Subject &subject, TrialBase &trial, const Attempt &attempt)
{
    const std::string before = subject.text();
    for (const Replacement &replacement : attempt.edit->replacements()) {
        const bool inside = attempt.allowed.empty() ||
                            std::any_of(attempt.allowed.begin(), attempt.allowed.end(), [&](Range range) {
                                const bool lastBreak = replacement.range.end == before.size();
                                return (range.begin <= replacement.range.begin || lastBreak) &&
                                       replacement.range.end <= range.end;
                            });
        if (!inside)
            return "changes bytes " + std::to_string(replacement.range.begin) + " to " +
                   std::to_string(replacement.range.end) + ": " +
                   before.substr(replacement.range.begin, replacement.range.size());
    }
    const std::size_t faults = subject.flow().tree->faults().size();
    const Result<AppliedEdit> applied = subject.apply(*attempt.edit);
    if (!applied)
        return "can't be applied";
    const std::string after = subject.text();
    const Flow &changed = subject.flow();
    std::string fault;
    if (trial.isWhole() && changed.tree->faults().size() > faults)
        fault = "breaks the text: " + changed.tree->faults().back().cause;
    else if (attempt.meaning && !trial.sameMeaning(*attempt.meaning, changed.root))
        fault = "means\n" + (changed.root ? toJson(toValue(*changed.root)) : "nothing") + "\ninstead of\n" +
                toJson(attempt.meaning->value());
    else if (attempt.check)
        fault = attempt.check(changed);
    if (!subject.apply(applied->inverse) || subject.text() != before)
        return "undo gives another text";
    return fault.empty() ? fault : fault + "\n--- after ---\n" + after;
}

/// Random edits of every sample, in every way it can be written. Prints how many were tried.
template <typename Trial>
void tryEdits(std::uint64_t seed, std::size_t perText, std::size_t perTextLong, std::size_t least, std::size_t leastLong)
{
    const std::vector<Sample> samples = sampleFlows();
    REQUIRE(samples.size() >= 400);
    SecondReader second(isLong() ? 97 : 23);
    std::map<std::string, std::size_t> tried;
    std::map<std::string, std::size_t> refused;
    std::size_t total = 0;
    std::size_t compared = 0;
    std::size_t failures = 0;
    for (const Sample &sample : samples) {
        for (int n = 0; n < kVariants && failures < 12; ++n) {
            if (!isLong() && n != 0 && (seed + static_cast<std::uint64_t>(n)) % 5 != 0)
                continue;
            Subject subject(variant(sample.text, n));
            Dice dice(++seed);
            for (std::size_t i = 0; i < (isLong() ? perTextLong : perText) && failures < 12; ++i) {
                Trial trial(subject, dice);
                const Attempt attempt = trial.next();
                const std::string kind = attempt.name.substr(0, attempt.name.find(' '));
                if (!attempt.edit) {
                    ++refused[kind];
                    continue;
                }
                ++tried[kind];
                ++total;
                compared += attempt.meaning.has_value() || attempt.check;
                const std::string before = subject.text();
                if (trial.isWhole())
                    second.add(attempt.edit->applyTo(before));
                const std::string fault = faultOf(subject, trial, attempt);
                if (!fault.empty()) {
                    ++failures;
                    FAIL_CHECK(sample.name << " (variant " << n << "): " << attempt.name << '\n'
                                           << fault << "\n--- before ---\n" << before);
                }
            }
        }
    }
    std::cout << "edits tried: " << total << ", compared with the model: " << compared << '\n';
    for (const auto &[kind, count] : tried)
        std::cout << "  " << kind << ": " << count << " (refused " << refused[kind] << ")\n";
    CHECK(total >= (isLong() ? leastLong : least));
    second.check();
}

} // namespace test
