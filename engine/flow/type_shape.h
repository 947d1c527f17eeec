#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace flow {

struct TaskType;

/// The type of a property (`array<enum:State.Type>`) taken apart once, so that checking a value
/// compares no text. Made by TaskCatalog; points into it.
struct TypeShape
{
    enum class Kind {
        Any,
        Text,
        Boolean,
        Integer, ///< 32 bits
        Number,
        Duration,
        Instant,
        Date,
        Time,
        Enum,    ///< one of `values`
        List,    ///< of `item`
        Map,     ///< text to `item`
        Object,  ///< a data type: `type`
        Choice,  ///< a data type whose sub type is picked by `type->discriminator`
        Task,
        Trigger,
        Condition,
        TaskRunner,
        Labels,  ///< a list of labels, or a map of them
    };

    Kind kind = Kind::Any;
    std::shared_ptr<const TypeShape> item;
    const TaskType *type = nullptr;
    const std::vector<std::string> *values = nullptr;

    bool isPlugin() const { return kind >= Kind::Task && kind <= Kind::TaskRunner; }
};

} // namespace flow
