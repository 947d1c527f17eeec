#pragma once

#include "engine/flow/value.h"

namespace tasks {

/// The members in the order in which the real engine's hash maps of this size print them.
flow::Object inHashOrder(const flow::Object &members);

} // namespace tasks
