#pragma once

#include "app/sentences/sentence.h"
#include "engine/run/error.h"

namespace app {

/// Every code has a sentence; a test walks the enum.
Sentence sentenceOf(engine::ErrorCode code);

} // namespace app
