#pragma once

#include "engine/run/error.h"
#include "engine/run/execution.h"

#include <functional>

namespace engine {

/// What reading inputs asks of the outside.
struct InputContext
{
    /// Renders a default, condition or expression with the inputs known so far; RenderError on failure.
    std::function<flow::Value(const flow::Value &value, const flow::Object &inputs, bool typed)> render;
    /// Keeps a local file for the execution; its address, or nothing and why.
    std::function<std::optional<std::string>(const std::string &name, const std::string &path, std::string &whyNot)> keepFile;
    /// The protected form of a SECRET; RenderError without a key.
    std::function<flow::Value(const std::string &text)> protect;
};

/// The typed values of a flow's `inputs` (a List as written) from those given. Defaults are filled in,
/// dependencies followed, optional ones that are absent are Null. InputInvalid names the first bad one.
Result<flow::Value> readInputs(const flow::Value *definitions, const flow::Object &given, const InputContext &context);

/// A value as an input or output type holds it: `INT` of "12" is 12. RenderError says why not. Null stays Null.
flow::Value typedValue(const std::string &type, const std::string &itemType, const flow::Value &value);

/// What the value is once it has been stored as JSON: null members gone, dates and durations as texts and numbers.
flow::Value storedValue(const flow::Value &value);

} // namespace engine
