#include "engine/flow/cron.h"
#include "engine/flow/iso_time.h"
#include "engine/flow/validation/schema_check.h"
#include "engine/flow/validation/typed.h"
#include "engine/flow/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

// The rules that look at more than one property of an object. One function a rule; the table at the
// end says which types have it.
namespace flow {

namespace {

std::string textAt(const Bean &bean, std::string_view property)
{
    const Node *value = bean.given(property);
    return value && value->isScalar() ? textOf(*value) : std::string();
}

Range rangeAt(const Bean &bean, std::string_view property)
{
    const Node *value = bean.node->find(property);
    return value && !value->range.empty() ? value->range : bean.nameRange();
}

bool isTrueAt(const Bean &bean, std::string_view property)
{
    const Node *value = bean.given(property);
    if (!value)
        return false;
    const std::string text = textOf(*value);
    return text == "true" || text == "True" || text == "TRUE";
}

void dag(SchemaCheck &check, const Bean &bean)
{
    const Node *tasks = bean.node->find("tasks");
    if (!tasks || !tasks->isSequence() || tasks->items.empty()) {
        check.ruleFault(bean, "", bean.nameRange(), "empty-dag", {}, {"invalid Dag task"});
        return;
    }
    struct Member
    {
        std::string id;
        Range range;
        std::vector<const Node *> dependsOn;
    };
    std::vector<Member> members;
    std::map<std::string, std::size_t, std::less<>> byId;
    for (const Node *item : tasks->items) {
        const Node *task = item->isMapping() ? item->find("task") : nullptr;
        const Node *id = task && task->isMapping() ? task->find("id") : nullptr;
        if (!id || !id->isScalar())
            continue;
        Member member{textOf(*id), id->range, {}};
        if (const Node *names = item->find("dependsOn"))
            for (const Node *name : names->items)
                if (name->isScalar() && !isNull(*name))
                    member.dependsOn.push_back(name);
        byId.emplace(member.id, members.size());
        members.push_back(std::move(member));
    }
    const auto indexOf = [&](const Node *name) {
        const auto found = byId.find(name->text);
        return found == byId.end() ? members.size() : found->second;
    };

    std::string unknown;
    std::vector<const Node *> unknownNames;
    for (const Member &member : members)
        for (const Node *name : member.dependsOn)
            if (indexOf(name) == members.size()) {
                unknown += (unknown.empty() ? "" : ", ") + name->text;
                unknownNames.push_back(name);
            }
    std::vector<std::string_view> ids;
    for (const Member &member : members)
        ids.push_back(member.id);
    for (const Node *name : unknownNames)
        check.ruleFault(bean, "", name->range, "unknown-dependency", {name->text},
                        {"Not existing task id in dependency: " + unknown})
            .suggestion = nearest(name->text, ids);
    if (!unknownNames.empty())
        return;

    // Strongly connected components: Tarjan's, on a stack of our own.
    constexpr std::size_t kUnseen = static_cast<std::size_t>(-1);
    std::vector<std::size_t> order(members.size(), kUnseen);
    std::vector<std::size_t> low(members.size(), 0);
    std::vector<bool> onPath(members.size(), false);
    std::vector<std::size_t> path;
    std::vector<bool> cyclic(members.size(), false);
    std::size_t counter = 0;
    for (std::size_t start = 0; start < members.size(); ++start) {
        if (order[start] != kUnseen)
            continue;
        std::vector<std::pair<std::size_t, std::size_t>> work = {{start, 0}};
        while (!work.empty()) {
            const std::size_t node = work.back().first;
            std::size_t &edge = work.back().second; // until one more is put on
            if (edge == 0 && order[node] == kUnseen) {
                order[node] = low[node] = counter++;
                path.push_back(node);
                onPath[node] = true;
            }
            if (edge < members[node].dependsOn.size()) {
                const std::size_t target = indexOf(members[node].dependsOn[edge++]);
                if (order[target] == kUnseen)
                    work.emplace_back(target, 0);
                else if (onPath[target])
                    low[node] = std::min(low[node], order[target]);
                if (target == node)
                    cyclic[node] = true;
                continue;
            }
            work.pop_back();
            if (!work.empty())
                low[work.back().first] = std::min(low[work.back().first], low[node]);
            if (low[node] != order[node])
                continue;
            std::vector<std::size_t> component;
            std::size_t member = 0;
            do {
                member = path.back();
                path.pop_back();
                onPath[member] = false;
                component.push_back(member);
            } while (member != node);
            if (component.size() > 1)
                for (const std::size_t each : component)
                    cyclic[each] = true;
        }
    }
    std::string names;
    Range range;
    for (std::size_t i = 0; i < members.size(); ++i)
        if (cyclic[i]) {
            if (names.empty())
                range = members[i].dependsOn.empty() ? members[i].range : members[i].dependsOn.front()->range;
            names += (names.empty() ? "" : ", ") + members[i].id;
        }
    if (!names.empty())
        check.ruleFault(bean, "", range, "cyclic-dependency", {names}, {"Cyclic dependency detected: " + names});
}

void switchTask(SchemaCheck &check, const Bean &bean)
{
    const Node *cases = bean.given("cases");
    const Node *defaults = bean.given("defaults");
    if ((!cases || cases->entries.empty()) && (!defaults || defaults->items.empty()))
        check.ruleFault(bean, "", bean.nameRange(), "no-cases", {},
                        {"No task defined, neither cases or default have any tasks"});
}

void workingDirectory(SchemaCheck &check, const Bean &bean)
{
    const Node *tasks = bean.given("tasks");
    if (!tasks || tasks->items.empty()) {
        if (bean.checked) // the property itself has been reported: the object is named as well
            check.ruleFault(bean, "", bean.nameRange(), "missing-property", {"tasks"},
                            {"The 'tasks' property cannot be empty"});
        return;
    }
    for (const Node *task : tasks->items) {
        const Node *name = task->isMapping() ? task->find("type") : nullptr;
        const TaskType *type = name && name->isScalar() ? check.catalog().find(name->text) : nullptr;
        if (type && !type->runnable)
            check.ruleFault(bean, "", name->range, "not-runnable-inside", {type->name},
                            {"Only runnable tasks are allowed as children of a WorkingDirectory task"});
        const Entry *group = task->isMapping() ? task->findEntry("workerGroup") : nullptr;
        if (group && !isNull(*group->value))
            check.ruleFault(bean, "", group->key->range, "worker-group-inside", {},
                            {"Cannot set a Worker Group in any WorkingDirectory sub-tasks, it is only supported at the "
                             "WorkingDirectory level"});
    }
}

/// The 2.0 language knows the last day of the month: `L`, and `L-3` for three days before it.
bool namesLastDay(std::string text)
{
    const std::size_t at = text.find('L');
    if (at == text.npos || (at > 0 && text[at - 1] != ' '))
        return false;
    std::size_t end = at + 1;
    if (end < text.size() && text[end] == '-')
        end = std::min(text.find_first_not_of("0123456789", end + 1), text.size());
    const std::size_t field = static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), ' '));
    const std::size_t fields = static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
    text.replace(at, end - at, "1");
    return field + 3 == fields && parseCron(text, fields == 6).cron.has_value();
}

void schedule(SchemaCheck &check, const Bean &bean)
{
    const Node *cron = bean.given("cron");
    if (!cron || !cron->isScalar())
        return;
    const std::string text = textOf(*cron);
    const CronParse parsed = parseCron(text, isTrueAt(bean, "withSeconds"));
    if (!parsed.cron && check.catalog().dialect() == Dialect::Kestra2_0 && namesLastDay(text))
        return;
    if (!parsed.cron)
        check.ruleFault(bean, "", cron->range.empty() ? bean.nameRange() : cron->range, "invalid-cron",
                        {text, parsed.error}, {"invalid cron expression '" + text + "': " + parsed.error});
}

void webhook(SchemaCheck &check, const Bean &bean)
{
    const Node *conditions = bean.given("conditions");
    if (!conditions)
        return;
    for (const Node *condition : conditions->items) {
        const Node *name = condition->isMapping() ? condition->find("type") : nullptr;
        const TaskType *type = name && name->isScalar() ? check.catalog().find(name->text) : nullptr;
        if (type && type->name == "io.kestra.plugin.core.condition.MultipleCondition")
            check.ruleFault(bean, "", name->range, "condition-not-supported", {type->name},
                            {"invalid webhook: conditions of type MultipleCondition are not supported"});
    }
}

void webhookAnswer(SchemaCheck &check, const Bean &bean)
{
    const Node *type = bean.given("responseContentType");
    if (!type || !type->isScalar() || type->text == "application/json" || type->text == "text/plain")
        return;
    check.ruleFault(bean, "", type->range, "unknown-value", {"responseContentType", type->text, "application/json, text/plain"},
                    {"invalid webhook: responseContentType must be either 'application/json' or 'text/plain'"});
}

void flowTrigger(SchemaCheck &check, const Bean &bean)
{
    const Node *conditions = bean.given("conditions");
    if (!bean.given("preconditions") && !bean.given("dependsOn") && (!conditions || conditions->items.empty()))
        check.advise(bean, bean.nameRange(), "trigger-on-everything", {textAt(bean, "id")});
}

void input(SchemaCheck &check, const Bean &bean)
{
    const Node *defaults = bean.given("defaults");
    const Node *required = bean.given("required");
    const bool optional = required && !isTrueAt(bean, "required") && fitScalar(*required, {TypeShape::Kind::Boolean}) == Fit::Fits;
    const bool isForm = bean.type->name == "FormInput";
    if (isForm) {
        for (const std::string_view key : {"defaults", "prefill"})
            if (bean.given(key)) {
                check.ruleFault(bean, "", rangeAt(bean, key), "form-with-default", {std::string(key)},
                                {"A FORM input groups other inputs and cannot declare a default value or a prefill."});
                break;
            }
        if (const Node *inputs = bean.given("inputs"))
            for (const Node *inner : inputs->items)
                if (const Node *type = inner->isMapping() ? inner->find("type") : nullptr; type && type->text == "FORM")
                    check.ruleFault(bean, "", type->range, "form-in-form", {},
                                    {"A FORM input cannot contain another FORM input; grouping is limited to a single level."});
        return;
    }
    if (defaults && optional)
        check.ruleFault(bean, "", rangeAt(bean, "required"), "default-not-required", {},
                        {"Inputs with a default value must be required, since the default is always applied."});
    else if (defaults && bean.given("prefill"))
        check.ruleFault(bean, "", rangeAt(bean, "prefill"), "default-and-prefill", {},
                        {"Inputs with a default value cannot also have a prefill."});
}

void itemType(SchemaCheck &check, const Bean &bean)
{
    const std::string type = textAt(bean, "itemType");
    for (const std::string_view nested : {"ARRAY", "MULTISELECT", "SELECT", "ENUM", "SECRET"})
        if (type == nested)
            check.ruleFault(bean, "", rangeAt(bean, "itemType"), "invalid-item-type", {type},
                            {"`itemType` cannot be " + type});
}

/// Does a template read a variable? Literals and calls can be rendered at once.
bool readsVariables(std::string_view text)
{
    bool inside = false;
    char quote = '\0';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (!inside) {
            inside = text.substr(i).starts_with("{{") || text.substr(i).starts_with("{%");
            i += inside;
        } else if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (text.substr(i).starts_with("}}") || text.substr(i).starts_with("%}")) {
            inside = false;
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') {
            std::size_t end = i;
            while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_'))
                ++end;
            const std::string_view word = text.substr(i, end - i);
            const std::size_t next = text.find_first_not_of(' ', end);
            const bool call = next < text.size() && text[next] == '(';
            if (!call && word != "true" && word != "false" && word != "null")
                return true;
            i = end - 1;
        }
    }
    return false;
}

void fileInput(SchemaCheck &check, const Bean &bean)
{
    const std::string defaults = textAt(bean, "defaults");
    const bool isTemplate = defaults.find("{{") != std::string::npos || defaults.find("{%") != std::string::npos;
    if (!defaults.empty() && !isTemplate && !defaults.starts_with("file:") && !defaults.starts_with("nsfile:"))
        check.ruleFault(bean, "", rangeAt(bean, "defaults"), "file-default-address", {defaults},
                        {"inputs of type 'FILE' only support `defaults` as local files using a file URI or as "
                         "namespace files using a nsfile URI"});
    if (readsVariables(defaults))
        check.ruleFault(bean, "", rangeAt(bean, "defaults"), "file-default", {},
                        {"inputs of type 'FILE' only support `defaults` with expression that can be rendered immediately"});
}

std::optional<std::chrono::nanoseconds> durationAt(const Bean &bean, std::string_view property)
{
    const Node *value = bean.given(property);
    if (!value || !value->isScalar())
        return std::nullopt;
    const Value number = toValue(*value);
    if (number.isNumber())
        return std::chrono::nanoseconds(static_cast<std::int64_t>(number.asDouble() * 1e9));
    return parseDuration(value->text);
}

void retry(SchemaCheck &check, const Bean &bean)
{
    const auto less = [&](std::string_view small, std::string_view large, std::string_view rule) {
        const auto a = durationAt(bean, small);
        const auto b = durationAt(bean, large);
        if (a && b && *a >= *b)
            check.ruleFault(bean, rule, rangeAt(bean, large), "not-less", {std::string(small), std::string(large)},
                            {"'" + std::string(small) + "' must be less than '" + std::string(large) + "'"});
    };
    if (bean.type->name == "Constant")
        less("interval", "maxDuration", "intervalLessThanMaxDuration");
    if (bean.type->name == "Exponential") {
        less("interval", "maxInterval", "intervalLessThanMaxInterval");
        less("maxInterval", "maxDuration", "maxIntervalLessThanMaxDuration");
    }
    if (bean.type->name == "Random") {
        less("minInterval", "maxInterval", "minIntervalLessThanMaxInterval");
        less("maxInterval", "maxDuration", "maxIntervalLessThanMaxDuration");
    }
}

void timeWindow(SchemaCheck &check, const Bean &bean)
{
    struct Part
    {
        std::string_view property;
        std::string_view words;
    };
    constexpr std::array<Part, 5> kParts = {{{"startTime", "a start time"},
                                             {"endTime", "an end time"},
                                             {"deadline", "a deadline"},
                                             {"windowAdvance", "a window advance"},
                                             {"window", "a window"}}};
    struct Rule
    {
        std::string_view type;
        std::string_view forbidden; // properties by their names, separated by blanks
        std::string_view needed;
    };
    constexpr std::array<Rule, 4> kRules = {{
        {"DAILY_TIME_DEADLINE", " startTime endTime windowAdvance window ", " deadline "},
        {"DAILY_TIME_WINDOW", " deadline windowAdvance window ", " startTime endTime "},
        {"DURATION_WINDOW", " startTime endTime deadline ", ""},
        {"SLIDING_WINDOW", " startTime endTime deadline windowAdvance ", ""},
    }};
    std::string type = textAt(bean, "type");
    if (type.empty())
        type = "DURATION_WINDOW";
    for (const Rule &rule : kRules) {
        if (rule.type != type)
            continue;
        const auto in = [](std::string_view list, std::string_view name) {
            return list.find(" " + std::string(name) + " ") != list.npos;
        };
        for (const Part &part : kParts)
            if (in(rule.forbidden, part.property) && bean.given(part.property)) {
                if (type == "DAILY_TIME_WINDOW" && part.property == "deadline") {
                    check.lateFault(bean, rangeAt(bean, part.property), "time-window-excess",
                                    {type, std::string(part.property)});
                    return;
                }
                check.ruleFault(bean, "", rangeAt(bean, part.property), "time-window-excess",
                                {type, std::string(part.property)},
                                {"Time window of type `" + type + "` cannot have " + std::string(part.words) + "."});
                return;
            }
        for (const Part &part : kParts)
            if (in(rule.needed, part.property) && !bean.given(part.property))
                check.ruleFault(bean, "", bean.nameRange(), "time-window-lacks", {type, std::string(part.property)},
                                {"Time window of type `" + type + "` must have " + std::string(part.words) + "."});
    }
}

void filter(SchemaCheck &check, const Bean &bean)
{
    const std::string type = textAt(bean, "type");
    if (type.empty())
        return;
    const bool many = type == "IN" || type == "NOT_IN";
    const std::string_view wanted = many ? "values" : "value";
    const std::string_view other = many ? "value" : "values";
    std::string report;
    if (many && bean.given(other))
        report = "`" + std::string(other) + "` must be null for type " + type;
    else if (!bean.given(wanted))
        report = "`" + std::string(wanted) + "` cannot be null for type " + type;
    else if (bean.given(other))
        report = "`" + std::string(other) + "` must be null for type " + type;
    if (!report.empty())
        check.ruleFault(bean, "", rangeAt(bean, "type"), "filter-value", {type, std::string(wanted)}, {report});
}

/// Properties of a task that only a worker uses.
void idleProperties(SchemaCheck &check, const Bean &bean)
{
    if (bean.type->runnable || bean.open)
        return;
    for (const std::string_view name : {"timeout", "taskCache", "workerGroup"}) {
        const Entry *entry = bean.node->findEntry(name);
        const bool isPause = name == "timeout" && bean.type->name == "io.kestra.plugin.core.flow.Pause";
        if (entry && !isNull(*entry->value) && !isPause)
            check.advise(bean, entry->key->range, "property-without-effect", {std::string(name), textAt(bean, "id")});
    }
}

using Rule = void (*)(SchemaCheck &, const Bean &);

constexpr std::array<std::pair<std::string_view, Rule>, 12> kRules = {{
    {"DagTaskValidation", dag},
    {"SwitchTaskValidation", switchTask},
    {"WorkingDirectoryTaskValidation", workingDirectory},
    {"ScheduleValidation", schedule},
    {"AbstractWebhookValidation", webhook},
    {"WebhookValidation", webhookAnswer},
    {"InputValidation", input},
    {"ArrayInputValidation", itemType},
    {"MultiselectInputValidation", itemType},
    {"FileInputValidation", fileInput},
    {"TimeWindowValidation", timeWindow},
    {"PreconditionFilterValidation", filter},
}};

} // namespace

void checkObjectRules(SchemaCheck &check, const Bean &bean)
{
    for (const std::string &name : bean.type->rules)
        for (const auto &[rule, run] : kRules)
            if (rule == name)
                run(check, bean);
    if (bean.type->group == PluginGroup::Task)
        idleProperties(check, bean);
    if (bean.type->name == "io.kestra.plugin.core.trigger.Flow")
        flowTrigger(check, bean);
    if (bean.type->name == "Constant" || bean.type->name == "Exponential" || bean.type->name == "Random")
        retry(check, bean);
}

} // namespace flow
