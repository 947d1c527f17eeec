#pragma once

#include "engine/expr/environment.h"
#include "engine/expr/error.h"
#include "engine/expr/scope.h"
#include "engine/expr/template.h"

namespace expr {

/// Renders to text: null is empty, maps and lists are JSON. Pure but for the host; any thread.
Result<std::string> render(const Template &source, const Scope &scope, const Environment &environment);
/// Renders until the text no longer changes, at most 100 times.
Result<std::string> renderRecursive(const Template &source, const Scope &scope, const Environment &environment);
/// Keeps the kind of a single value; a text with more in it is read as JSON if it holds a list or map.
/// Null when nothing was written.
Result<flow::Value> renderTyped(const Template &source, const Scope &scope, const Environment &environment);

/// Renders every text inside a value, keys too, with the templates of the environment's cache. A text
/// that `typed` is asked of keeps the kind of its value. Values without a template are shared, not copied.
Result<flow::Value> renderDeep(const flow::Value &value, const Scope &scope, const Environment &environment,
                               bool typed = false, flow::Dialect dialect = flow::Dialect::Kestra1_3);

/// True when rendering the text could give anything but itself.
inline bool hasTemplate(std::string_view text)
{
    return text.find('{') != std::string_view::npos;
}

} // namespace expr
