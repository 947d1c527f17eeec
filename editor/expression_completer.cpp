#include "editor/expression_completer.h"

#include "editor/run_values.h"
#include "editor/schema.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace editor {

namespace {

using flow::Flow;
using flow::Task;

bool isWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

bool isIdentifier(std::string_view name)
{
    return !name.empty() && !std::isdigit(static_cast<unsigned char>(name[0])) &&
           std::all_of(name.begin(), name.end(), isWord);
}

struct Known
{
    std::string name;
    std::string detail;
    std::string documentation;
};

const std::vector<Known> &rootVariables()
{
    static const std::vector<Known> roots{
        {"outputs", "map", "What tasks that ended gave, by task id"},
        {"inputs", "map", "The values the execution was started with"},
        {"vars", "map", "The flow's variables"},
        {"labels", "map", "The execution's labels"},
        {"flow", "map", "id, namespace, revision, tenantId"},
        {"execution", "map", "id, startDate, state, originalId"},
        {"task", "map", "id and type of this task"},
        {"taskrun", "map", "id, startDate, attemptsCount; in loops value and iteration"},
        {"tasks", "map", "State of each task, by task id"},
        {"trigger", "map", "What the trigger gave"},
        {"parent", "map", "The nearest task around this one"},
        {"parents", "list", "The tasks around this one, nearest first"},
        {"envs", "map", "Environment variables that begin with ENV_"},
        {"globals", "map", "Set by the configuration"},
        {"workingDir", "string", "The folder a script runs in"},
    };
    return roots;
}

const std::map<std::string, std::vector<Known>, std::less<>> &fixedMembers()
{
    static const std::map<std::string, std::vector<Known>, std::less<>> members{
        {"flow",
         {{"id", "string", ""},
          {"namespace", "string", ""},
          {"revision", "integer", ""},
          {"tenantId", "string", ""}}},
        {"execution",
         {{"id", "string", ""},
          {"startDate", "date", ""},
          {"state", "string", ""},
          {"originalId", "string", ""}}},
        {"task", {{"id", "string", ""}, {"type", "string", ""}}},
        {"taskrun",
         {{"id", "string", ""},
          {"startDate", "date", ""},
          {"attemptsCount", "integer", ""},
          {"parentId", "string", ""},
          {"value", "any", ""},
          {"iteration", "integer", ""}}},
        {"parent", {{"taskrun", "map", ""}, {"outputs", "map", ""}}},
        {"loop",
         {{"index", "integer", ""},
          {"length", "integer", ""},
          {"first", "boolean", ""},
          {"last", "boolean", ""},
          {"revindex", "integer", ""}}},
    };
    return members;
}

const std::vector<Known> &tags()
{
    static const std::vector<Known> all{
        {"if", "", ""},       {"elseif", "", ""},   {"else", "", ""},       {"endif", "", ""},
        {"for", "", ""},      {"endfor", "", ""},   {"set", "", ""},        {"macro", "", ""},
        {"endmacro", "", ""}, {"filter", "", ""},   {"endfilter", "", ""},  {"block", "", ""},
        {"endblock", "", ""}, {"verbatim", "", ""}, {"endverbatim", "", ""}};
    return all;
}

bool isLoop(const Task &task)
{
    const std::string_view type = lastPart(task.type);
    return type == "ForEach" || type == "EachSequential" || type == "EachParallel";
}

/// A task with the loops around it.
struct Placed
{
    const Task *task = nullptr;
    std::vector<const Task *> around; ///< outermost first
};

void place(const std::vector<flow::TaskList> &lists, std::vector<const Task *> &around,
           std::vector<Placed> &all)
{
    for (const flow::TaskList &list : lists) {
        for (const Task &task : list.tasks) {
            all.push_back({&task, around});
            around.push_back(&task);
            place(task.lists, around, all);
            around.pop_back();
        }
    }
}

/// Tasks that may have ended when the one at the caret runs.
std::vector<Placed> visibleTasks(const Flow &flow, const std::vector<std::string> &own,
                                 const Task **current, std::vector<const Task *> *loops)
{
    std::vector<Placed> all;
    std::vector<const Task *> around;
    place(flow.lists, around, all);
    std::size_t at = all.size();
    for (std::size_t i = 0; i < all.size() && !own.empty(); ++i) {
        if (all[i].task->id == own.front()) {
            at = i;
            break;
        }
    }
    std::vector<Placed> visible;
    if (at < all.size()) {
        *current = all[at].task;
        for (const Task *outer : all[at].around)
            if (isLoop(*outer))
                loops->push_back(outer);
    }
    const bool inDag = at < all.size() && !all[at].around.empty() &&
                       lastPart(all[at].around.back()->type) == "Dag";
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Placed &other = all[i];
        if (other.task->id.empty() || i == at)
            continue;
        const bool before = i < at || (inDag && other.around == all[at].around);
        const bool holds = at < all.size() &&
                           std::find(all[at].around.begin(), all[at].around.end(), other.task) !=
                               all[at].around.end();
        if (before && !(holds && !other.task->known))
            visible.push_back(other);
    }
    return visible;
}

class ExpressionCompleter
{
public:
    ExpressionCompleter(const Completer &completer, const flow::Snapshot &snapshot,
                        std::size_t offset)
        : m_completer(completer),
          m_text(*snapshot.text),
          m_flow(snapshot.flow.get()),
          m_offset(offset),
          m_own(ownTaskIds(snapshot, offset))
    {
    }

    CompletionList run(const ExpressionSpan &span)
    {
        const std::size_t begin = span.range.begin;
        std::size_t word = m_offset;
        while (word > begin && isWord(m_text[word - 1]))
            --word;
        m_list.range = {word, m_offset};
        while (m_list.range.end < span.range.end && isWord(m_text[m_list.range.end]))
            ++m_list.range.end;
        m_typed = m_text.substr(word, m_offset - word);

        if (insideString(begin)) {
            completeBracket(begin);
            return take();
        }
        std::size_t before = word;
        while (before > begin && std::isspace(static_cast<unsigned char>(m_text[before - 1])))
            --before;
        if (before == word && before > begin && m_text[before - 1] == '.') {
            completeMember(begin, before - 1);
            return take();
        }
        if (word < m_offset && std::isdigit(static_cast<unsigned char>(m_text[word])))
            return take();
        if (before > begin && m_text[before - 1] == '|' &&
            !(before - 1 > begin && m_text[before - 2] == '|')) {
            addWords(CompletionKind::Filter, m_completer.words().filters);
            return take();
        }
        const std::string_view previous = wordEndingAt(begin, before);
        if (previous == "is" || (previous == "not" && wordEndingAt(begin, before - 3) == "is")) {
            addWords(CompletionKind::Test, m_completer.words().tests);
            return take();
        }
        if (span.kind == '%') {
            if (before == begin || (before == begin + 1 && m_text[begin] == '-')) {
                for (const Known &tag : tags())
                    add({CompletionKind::Tag, tag.name, tag.name, 0, "", ""});
                return take();
            }
            if (previous == "filter") {
                addWords(CompletionKind::Filter, m_completer.words().filters);
                return take();
            }
            if (previous == "set" || previous == "for" || previous == "macro" ||
                previous == "block")
                return take(); // a new name
        }
        if (before > begin &&
            (isWord(m_text[before - 1]) ||
             std::string_view(")]}'\"").find(m_text[before - 1]) != std::string_view::npos)) {
            static const std::set<std::string_view> operators{"and", "or",     "not",      "in",
                                                              "if",  "elseif", "contains", "set"};
            if (!operators.count(previous))
                return take(); // an operator is due, not a name
        }
        completeRoot(begin);
        return take();
    }

private:
    void add(CompletionItem item)
    {
        if (item.caret == 0)
            item.caret = item.insert.size();
        const int score = matchScore(item.label, m_typed);
        if (m_typed.empty() || score > 0)
            m_found.push_back({std::move(item), score});
    }

    CompletionList take()
    {
        std::stable_sort(m_found.begin(), m_found.end(),
                         [](const auto &a, const auto &b) { return a.second > b.second; });
        for (auto &[item, score] : m_found)
            m_list.items.push_back(std::move(item));
        return std::move(m_list);
    }

    void addWords(CompletionKind kind, const std::vector<ExpressionWord> &words)
    {
        for (const ExpressionWord &word : words) {
            CompletionItem item{kind, word.name, word.name, 0, word.signature, word.summary};
            const bool takesArguments = !word.signature.empty();
            if (kind == CompletionKind::Function ||
                (takesArguments && kind == CompletionKind::Filter)) {
                const bool written =
                    m_list.range.end < m_text.size() && m_text[m_list.range.end] == '(';
                if (!written) {
                    item.insert += "()";
                    item.caret = item.insert.size() - (takesArguments ? 1 : 0);
                }
            }
            add(std::move(item));
        }
    }

    bool insideString(std::size_t begin) const
    {
        char quote = 0;
        for (std::size_t i = begin; i < m_offset; ++i) {
            if (quote && m_text[i] == '\\')
                ++i;
            else if (quote ? m_text[i] == quote : (m_text[i] == '"' || m_text[i] == '\''))
                quote = quote ? 0 : m_text[i];
        }
        return quote != 0;
    }

    std::string_view wordEndingAt(std::size_t begin, std::size_t end) const
    {
        while (end > begin && std::isspace(static_cast<unsigned char>(m_text[end - 1])))
            --end;
        std::size_t from = end;
        while (from > begin && isWord(m_text[from - 1]))
            --from;
        return std::string_view(m_text).substr(from, end - from);
    }

    void completeRoot(std::size_t begin)
    {
        for (const Known &root : rootVariables()) {
            if ((root.name == "inputs" && m_flow && m_flow->inputs.empty()) ||
                (root.name == "vars" && m_flow && !variables()))
                continue;
            add({CompletionKind::Variable, root.name, root.name, 0, root.detail,
                 root.documentation});
        }
        // names that `{% set x = … %}` and `{% for x in … %}` made before, in the same value
        for (const std::string &name : localNames(begin))
            add({CompletionKind::Variable, name, name, 0, "", ""});
        addWords(CompletionKind::Function, m_completer.words().functions);
    }

    std::vector<std::string> localNames(std::size_t begin) const
    {
        std::vector<std::string> names;
        const std::size_t from = begin > 3000 ? begin - 3000 : 0;
        const std::string_view before = std::string_view(m_text).substr(from, begin - from);
        for (const std::string_view tag : {"set ", "for "}) {
            for (std::size_t at = before.find(tag); at != std::string_view::npos;
                 at = before.find(tag, at + 1)) {
                std::size_t open = at;
                while (open > 0 && (before[open - 1] == ' ' || before[open - 1] == '-'))
                    --open;
                if (open < 2 || before.substr(open - 2, 2) != "{%")
                    continue;
                std::size_t end = at + tag.size();
                while (end < before.size() && isWord(before[end]))
                    ++end;
                const std::string name(before.substr(at + tag.size(), end - at - tag.size()));
                if (isIdentifier(name) &&
                    std::find(names.begin(), names.end(), name) == names.end())
                    names.push_back(name);
                if (tag == "for " && std::find(names.begin(), names.end(), "loop") == names.end())
                    names.push_back("loop");
            }
        }
        return names;
    }

    const flow::Node *variables() const
    {
        return m_flow && m_flow->root ? m_flow->root->find("variables") : nullptr;
    }

    /// `.name`, or `['na-me']` when a dot can't say it. The range takes in the dot.
    void addMember(CompletionKind kind, const std::string &name, const std::string &detail,
                   const std::string &documentation = {}, const std::string &suffix = {})
    {
        const std::string access = m_bracket            ? name
                                   : isIdentifier(name) ? "." + name + suffix
                                                        : "['" + name + "']" + suffix;
        add({kind, name, access, 0, detail, documentation});
    }

    void completeMember(std::size_t begin, std::size_t dot)
    {
        m_list.range.begin = dot;
        members(pathEndingAt(m_text, begin, dot));
    }

    /// `outputs['…`: the names without quotes.
    void completeBracket(std::size_t begin)
    {
        std::size_t quote = m_offset;
        while (quote > begin && m_text[quote - 1] != '\'' && m_text[quote - 1] != '"')
            --quote;
        if (quote < begin + 2 || m_text[quote - 2] != '[')
            return;
        m_bracket = true;
        m_typed = m_text.substr(quote, m_offset - quote);
        m_list.range = {quote, m_offset};
        while (m_list.range.end < m_text.size() &&
               (isWord(m_text[m_list.range.end]) || m_text[m_list.range.end] == '-'))
            ++m_list.range.end;
        members(pathEndingAt(m_text, begin, quote - 2));
    }

    /// What the last run had at a path, besides what is known of it already.
    void runMembers(const std::vector<PathSegment> &path)
    {
        const RunValues *values = m_completer.runValues();
        if (!values)
            return;
        const flow::Value *value =
            valueAt(*values, m_own.empty() ? std::string_view() : m_own.front(), path);
        if (!value || !value->isMap())
            return;
        constexpr std::size_t kSample = 120;
        std::set<std::string> known;
        for (const auto &[item, score] : m_found)
            known.insert(item.label);
        for (const auto &[name, member] : value->map()) {
            if (known.count(name) || name.find('\'') != std::string::npos)
                continue;
            std::string sample = member.isText() ? member.text() : flow::toJson(member);
            if (sample.size() > kSample) {
                std::size_t end = kSample;
                while ((static_cast<unsigned char>(sample[end]) & 0xC0) == 0x80)
                    --end;
                sample = sample.substr(0, end) + "…";
            }
            addMember(CompletionKind::Output, name, kindName(member), sample);
        }
    }

    void members(const std::vector<PathSegment> &path)
    {
        if (path.empty())
            return;
        declaredMembers(path);
        const std::string &root = path.front().name;
        const bool tasks = (root == "outputs" || root == "tasks") && path.size() == 1;
        if (!tasks) // which tasks are seen here is told by the text
            runMembers(path);
    }

    void declaredMembers(const std::vector<PathSegment> &path)
    {
        const std::string &root = path.front().name;
        if (root == "outputs" || root == "tasks") {
            taskMembers(path, root == "outputs");
        } else if (root == "inputs" && path.size() == 1 && m_flow) {
            std::set<std::string> seen;
            for (const flow::Item &input : m_flow->inputs) {
                const std::string first = input.id.substr(0, input.id.find('.'));
                if (!first.empty() && seen.insert(first).second)
                    addMember(CompletionKind::Input, first, input.type);
            }
        } else if (root == "inputs" && path.size() == 2 && m_flow) {
            for (const flow::Item &input : m_flow->inputs)
                if (input.id.starts_with(path[1].name + "."))
                    addMember(CompletionKind::Input, input.id.substr(path[1].name.size() + 1),
                              input.type);
        } else if (root == "vars") {
            const flow::Node *node = variables();
            for (std::size_t i = 1; node && i < path.size(); ++i)
                node = node->isMapping() ? node->find(path[i].name) : nullptr;
            if (node && node->isMapping())
                for (const flow::Entry &entry : node->entries)
                    addMember(CompletionKind::Variable, entry.key->text,
                              entry.value->isScalar()    ? "string"
                              : entry.value->isMapping() ? "map"
                                                         : "list");
        } else if (root == "labels" && path.size() == 1 && m_flow) {
            for (const flow::Item &label : m_flow->labels)
                addMember(CompletionKind::Label, label.id, "string");
        } else if (root == "trigger" && path.size() == 1 && m_flow) {
            std::set<std::string> seen;
            for (const flow::Item &trigger : m_flow->triggers)
                if (const flow::TaskType *type = m_completer.catalog().find(trigger.type))
                    for (const flow::Property &output : type->outputs)
                        if (seen.insert(output.name).second)
                            addMember(CompletionKind::Output, output.name, shownType(output.type),
                                      output.description);
        } else if (path.size() == 1) {
            if (const auto fixed = fixedMembers().find(root); fixed != fixedMembers().end())
                for (const Known &member : fixed->second)
                    addMember(CompletionKind::Variable, member.name, member.detail);
        } else if (root == "parent" && path[1].name == "taskrun" && path.size() == 2) {
            for (const Known &member : fixedMembers().find("taskrun")->second)
                addMember(CompletionKind::Variable, member.name, member.detail);
        }
    }

    void taskMembers(const std::vector<PathSegment> &path, bool outputs)
    {
        if (!m_flow)
            return;
        const Task *current = nullptr;
        std::vector<const Task *> loops;
        const std::vector<Placed> visible = visibleTasks(*m_flow, m_own, &current, &loops);
        if (path.size() == 1) {
            for (const Placed &other : visible) {
                if (outputs && other.task->known && other.task->known->outputs.empty())
                    continue;
                const bool shared =
                    std::any_of(other.around.begin(), other.around.end(), [&](const Task *outer) {
                        return isLoop(*outer) &&
                               std::find(loops.begin(), loops.end(), outer) != loops.end();
                    });
                addMember(CompletionKind::TaskId, other.task->id, shortTypeName(other.task->type),
                          {}, shared && !m_bracket ? "[taskrun.value]" : "");
            }
            return;
        }
        const Task *task = m_flow->findById(path[1].name);
        if (!task)
            return;
        bool inLoop = false;
        for (const Placed &other : visible)
            if (other.task == task)
                inLoop = std::any_of(other.around.begin(), other.around.end(),
                                     [](const Task *outer) { return isLoop(*outer); });
        if (path.size() != (inLoop ? 3U : 2U))
            return;
        if (!outputs) {
            addMember(CompletionKind::Output, "state", "string");
            return;
        }
        if (task->known)
            for (const flow::Property &output : task->known->outputs)
                if (!output.deprecated && !output.hidden)
                    addMember(CompletionKind::Output, output.name, shownType(output.type), output.description);
    }

    const Completer &m_completer;
    const std::string &m_text;
    const Flow *m_flow;
    std::size_t m_offset;
    std::vector<std::string> m_own;
    std::string m_typed;
    bool m_bracket = false;
    CompletionList m_list;
    std::vector<std::pair<CompletionItem, int>> m_found;
};

} // namespace

std::vector<std::string> ownTaskIds(const flow::Snapshot &snapshot, std::size_t offset)
{
    std::vector<std::string> ids;
    const TextContext context = contextAt(*snapshot.text, offset);
    for (auto level = context.levels.rbegin(); level != context.levels.rend(); ++level) {
        const Field *id = level->find("id");
        const bool task = level->via != "" && level->find("type");
        if (id && task)
            ids.push_back(id->value);
    }
    if (!ids.empty() || !snapshot.flow)
        return ids;
    if (const flow::Task *task = snapshot.flow->taskAt(offset))
        ids.push_back(task->id);
    return ids;
}

std::vector<PathSegment> pathEndingAt(std::string_view text, std::size_t begin, std::size_t end)
{
    std::vector<PathSegment> path;
    std::size_t at = end;
    while (at > begin) {
        if (text[at - 1] == ']') {
            std::size_t open = at - 1;
            int depth = 0;
            while (open > begin) {
                depth += text[open] == ']' ? 1 : text[open] == '[' ? -1 : 0;
                if (depth == 0)
                    break;
                --open;
            }
            if (depth != 0)
                return {};
            const std::string_view inside = text.substr(open + 1, at - open - 2);
            const bool quoted = inside.size() > 1 &&
                                (inside.front() == '\'' || inside.front() == '"') &&
                                inside.back() == inside.front();
            path.push_back(
                {quoted ? std::string(inside.substr(1, inside.size() - 2)) : "?",
                 quoted ? flow::Range{open + 2, at - 2} : flow::Range{open + 1, at - 1}});
            at = open;
            continue;
        }
        std::size_t from = at;
        while (from > begin && isWord(text[from - 1]))
            --from;
        if (from == at)
            return {};
        path.push_back({std::string(text.substr(from, at - from)), {from, at}});
        if (from > begin && text[from - 1] == '.') {
            at = from - 1;
            continue;
        }
        std::reverse(path.begin(), path.end());
        return path;
    }
    return {};
}

CompletionList completeExpression(const Completer &completer, const flow::Snapshot &snapshot,
                                  const ExpressionSpan &span, std::size_t offset)
{
    return ExpressionCompleter(completer, snapshot, offset).run(span);
}

} // namespace editor
