#pragma once

#include "app/sentences/sentence.h"
#include "engine/flow/error.h"

namespace app {

/// Every code has a sentence; a test walks the enum.
Sentence sentenceOf(flow::ErrorCode code);

} // namespace app
