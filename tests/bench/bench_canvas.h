#pragma once

#include "tests/bench/bench_engine.h"

namespace bench {

/// Gestures and keys to a new picture, opening, panning, memory. Needs a QApplication.
std::vector<Row> canvasRows();

} // namespace bench
