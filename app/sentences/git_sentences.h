#pragma once

#include "app/sentences/sentence.h"
#include "git/core/error.h"

namespace app {

/// Every code has a sentence; a test walks the enum.
Sentence sentenceOf(git::ErrorCode code);

} // namespace app
