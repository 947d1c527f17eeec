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

/// A flow that is measured as a whole: its row's name, its text, and what it takes at most (ms, 0 without a limit).
struct BenchFlow
{
    std::string name;
    std::string text;
    int times; ///< the median of so many runs; 0: beside something else, by turns
    double target;
};
std::vector<BenchFlow> benchFlows();
/// Writes them as NAME.yaml, so that another engine can run the same; and the child of the subflows.
void writeFlows(const std::filesystem::path &folder);

/// The engine's figures: small flows, many task runs, shell tasks beside a bare spawn loop, growth, memory.
std::vector<Row> engineRows(bool longRuns);
/// Reading and editing of 1,000- and 10,000-task texts.
std::vector<Row> flowRows();

} // namespace bench
