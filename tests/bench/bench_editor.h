#pragma once

#include "tests/bench/bench_engine.h"

namespace bench {

/// From a key to the painted list of completions, in a flow of 1,000 tasks. Needs a QApplication.
std::vector<Row> editorRows();

} // namespace bench
