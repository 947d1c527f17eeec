#pragma once

#include "engine/flow/edit.h"
#include "engine/flow/edits/path_uses.h"
#include "engine/flow/error.h"
#include "engine/flow/flow.h"

#include <optional>
#include <string>
#include <string_view>

/// What stands for a value that was handed over by name, once the name is gone.
namespace flow::edits {

/// What is written for a value, taken apart: `{{ expression }}`, text without templates, or both.
struct WrittenValue
{
    std::string text;                      ///< decoded
    std::optional<std::string> expression; ///< of a text that is one template
    bool mixed = false;                    ///< templates among other text

    static WrittenValue read(const Node &scalar);
};

/// The kind of value a variable of a flow is known to have: `STRING`, `INT`, `BOOLEAN`, an input's type;
/// empty when it can't be told.
std::string knownType(const Flow &flow, std::string_view expression);
/// Whether an expression reads the same wherever and whenever it is read: paths of inputs, outputs,
/// variables, labels and trigger, and filters; no calls, nothing of task runs.
bool isSteady(std::string_view expression);

/// A place where a value was read by name, and what is known of the value.
struct Reading
{
    const PathUse *use = nullptr;
    std::size_t parts = 0;      ///< of the path that go
    std::string type;           ///< it was given when it was handed over
    std::string knownType;      ///< of the expression, where it comes from
    bool nullIsMissing = false; ///< an output that is null is left out, and reading it fails
};
/// The change that reads it directly: in the expression, or the whole `{{ }}` where it stands alone.
/// TypeChanges when it would then be of another type.
Result<Replacement> readDirectly(const Reading &reading, const WrittenValue &value);

} // namespace flow::edits
