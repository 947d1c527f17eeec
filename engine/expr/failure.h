#pragma once

#include "engine/expr/error.h"

#include <string>
#include <string_view>

namespace expr {

/// How a rendering ends early inside this room; never leaves it. The message is complete.
struct Failure
{
    Error error;
    /// Of the language's own exceptions (not Java's), the class that an outer message names.
    bool own() const { return error.kind != ErrorKind::Java; }
};

/// `java.lang.ClassCastException` → `ClassCastException`.
std::string simpleName(std::string_view className);

/// A raw Java exception: `java.lang.X: message`, or the class alone when there is no message.
[[noreturn]] void throwJava(std::string_view className, std::string_view message = {});
/// ClassCastException of an object of one class used as another.
[[noreturn]] void throwCast(std::string_view from, std::string_view to);

} // namespace expr
