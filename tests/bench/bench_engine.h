#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

/// One measured figure, its unit, and what it should be at most (or, for ratios of a bare loop, at least).
struct Row
{
    std::string name;
    double value = 0;
    std::string unit;
    double target = 0;
    bool atLeast = false;
    bool met() const { return target == 0 || (atLeast ? value >= target : value <= target); }
};

/// The engine's figures: small flows, many task runs, shell tasks beside a bare spawn loop, growth, memory.
std::vector<Row> engineRows(bool longRuns);
/// Reading and editing of 1,000- and 10,000-task texts.
std::vector<Row> flowRows();

} // namespace bench
