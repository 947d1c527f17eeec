#pragma once

#include "engine/flow/value.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tasks {

/// A value as templates print it: text as it is, Null as nothing, lists and maps as JSON.
std::string textOf(const flow::Value &value);
/// Text of a value that may be absent: nothing for Null.
std::optional<std::string> optionalText(const flow::Value &value);

/// The name the real engine's messages use for the kind of a value, e.g. `java.lang.Integer`.
std::string_view javaClassOf(const flow::Value &value);

/// What a rendered condition means: false are blank, `0`, `-0` and `false`; all else is true.
bool isTrue(std::string_view rendered);

/// Typed reading of a rendered property. A text of the wrong form throws TaskFailure with the real
/// engine's message; Null gives `otherwise`.
bool booleanOf(const flow::Value &value, bool otherwise);
std::int64_t integerOf(const flow::Value &value, std::int64_t otherwise);
std::optional<std::chrono::nanoseconds> durationOf(const flow::Value &value);

/// The message of the real engine for a text that should have been JSON of another type.
std::string unreadableToken(std::string_view text);

} // namespace tasks
