#pragma once

#include "tests/bench/bench_engine.h"

namespace bench {

/// The text view of a 1,000-task flow: from a key to the completion popup on screen. Needs a QApplication.
std::vector<Row> editorRows();

} // namespace bench
