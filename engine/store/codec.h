#pragma once

#include "engine/run/execution.h"

#include <string>
#include <string_view>
#include <vector>

namespace store {

/// Microseconds since 1970 UTC.
std::int64_t toMicros(engine::Time time);
/// The nearest moment there is.
engine::Time fromMicros(std::int64_t micros);
/// A number that is none: Failed.
engine::State decodeState(std::int64_t number);
/// The nearest level there is.
engine::Level decodeLevel(std::int64_t number);

/// `2@1700000000000000 6@1700000000000100`: state number and moment.
std::string encodeStates(const std::vector<engine::StateAt> &states);
std::vector<engine::StateAt> decodeStates(std::string_view text);
/// `8@begin-end …`; an attempt under way has no end.
std::string encodeAttempts(const std::vector<engine::Attempt> &attempts);
std::vector<engine::Attempt> decodeAttempts(std::string_view text);
/// JSON text; empty for Null.
std::string encodeValue(const flow::Value &value);
flow::Value decodeValue(std::string_view text);

} // namespace store
