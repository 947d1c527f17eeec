#pragma once

#include "engine/flow/dialect.h"
#include "engine/flow/error.h"
#include "engine/flow/text_pattern.h"
#include "engine/flow/type_shape.h"
#include "engine/flow/value.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flow {

enum class PluginGroup { Task, Trigger, Condition, TaskRunner, Input, Other };

/// The constraints of a property, read from its catalog data once.
struct PropertyRules
{
    bool notNull = false;
    bool notBlank = false;
    bool notEmpty = false;
    bool mustBeNull = false;
    bool timezone = false;
    bool regex = false;
    bool elementNotNull = false;
    bool elementRegex = false;
    bool elementNoSystemLabel = false;
    std::optional<std::int64_t> min;
    std::optional<std::pair<std::int64_t, std::int64_t>> size;
    std::optional<TextPattern> pattern;
    std::string regexp; ///< of the pattern, as written
};

/// One property of a type, as the catalog data describes it.
struct Property
{
    std::string name;
    std::string type;          ///< `string`, `integer`, `array<Task>`, `map<any>`, `enum:Level`, …
    std::string description;   ///< may be empty
    bool required = false;
    bool expression = false;   ///< strings inside are rendered when the task runs
    bool property = false;     ///< accepts one expression for the whole value; checked only when run
    bool deprecated = false;
    bool storageUri = false;
    bool hidden = false;       ///< read, but not shown to people (`deleted`, `tenantId`)
    std::string aliasOf;       ///< an old spelling of this other property; else empty
    std::optional<Value> defaultValue;
    TypeShape shape;           ///< `type` taken apart
    std::shared_ptr<const PropertyRules> rules; ///< `constraints` taken apart; null when there are none
    Value constraints;         ///< Map: Pattern{regexp}, Size{min,max}, Min{value}, …; Null when none
};

/// A task, trigger, condition, runner, input or data type of the language.
struct TaskType
{
    std::string name;          ///< full class name; of data types the short one
    PluginGroup group = PluginGroup::Other;
    std::string description;
    bool deprecated = false;
    bool flowable = false;
    bool runnable = false;
    std::vector<Property> properties; ///< own ones, then those common to the group
    std::vector<Property> outputs;
    std::vector<std::string> aliases;
    std::vector<std::string> kinds; ///< what it can do: `RunnableTask`, `FlowableTask`, `InputFilesInterface`…
    std::vector<std::string> rules; ///< checks of the whole object: `DagTaskValidation`, `ScheduleValidation`…
    std::string className;          ///< of data types the full class name; else equals name
    std::string discriminator;                     ///< property that picks a sub type; empty when none
    std::map<std::string, std::string> subTypes;   ///< value of it -> type name

    const Property *find(std::string_view property) const;
};

/// The language as data: read once from resources/catalog/*.json, immutable, shared by all threads.
class TaskCatalog
{
public:
    /// Reads catalog files' texts, in order; later ones add types. On failure InvalidYaml with the place.
    static Result<std::shared_ptr<const TaskCatalog>> load(const std::vector<std::string> &jsonTexts,
                                                           Dialect dialect = Dialect::Kestra1_3);

    Dialect dialect() const;
    /// By full name or alias; null when unknown.
    const TaskType *find(std::string_view type) const;
    /// Data type (`AbstractRetry`), input type (`STRING`) or flow class (`Flow`) by name.
    const TaskType *findData(std::string_view name) const;
    const TaskType *findInput(std::string_view type) const;
    const TaskType &flowType() const;
    bool isAlias(std::string_view type) const;
    /// Values of `enum:NAME`; empty when there is no such enum.
    const std::vector<std::string> &enumValues(std::string_view name) const;
    /// All types of one group, sorted by name.
    const std::vector<const TaskType *> &types(PluginGroup group) const;

    TaskCatalog(const TaskCatalog &) = delete;
    ~TaskCatalog();

private:
    TaskCatalog();
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace flow
