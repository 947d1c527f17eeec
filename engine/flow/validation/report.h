#pragma once

#include "engine/flow/diagnostic.h"
#include "engine/flow/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace flow {

/// A place in the flow as the walk goes down: a link of a chain on the stack, turned into text only
/// when something is wrong there. Points to what the caller holds.
struct Place
{
    enum class Step { Root, Property, Index, Key };

    const Place *parent = nullptr;
    Step step = Step::Root;
    std::string_view name;   ///< of a Property or Key
    std::size_t index = 0;   ///< of an Index

    Place property(std::string_view key) const { return {this, Step::Property, key, 0}; }
    Place item(std::size_t at) const { return {this, Step::Index, {}, at}; }
    Place key(std::string_view key) const { return {this, Step::Key, key, 0}; }

    /// `tasks[0].retry.interval`.
    std::string text() const;
};

/// Gathers the faults of one analysis.
class Report
{
public:
    explicit Report(std::vector<Diagnostic> &diagnostics) : m_diagnostics(diagnostics) {}

    Diagnostic &add(Severity severity, Stage stage, std::string_view code, Range range, std::string path,
                    std::vector<std::string> args = {});
    Diagnostic &error(Stage stage, std::string_view code, Range range, const Place &place,
                      std::vector<std::string> args = {})
    {
        return add(Severity::Error, stage, code, range, place.text(), std::move(args));
    }
    Diagnostic &warning(std::string_view code, Range range, const Place &place, std::vector<std::string> args = {})
    {
        return add(Severity::Warning, Stage::Advice, code, range, place.text(), std::move(args));
    }
    Diagnostic &hint(std::string_view code, Range range, const Place &place, std::vector<std::string> args = {})
    {
        return add(Severity::Hint, Stage::Advice, code, range, place.text(), std::move(args));
    }

private:
    std::vector<Diagnostic> &m_diagnostics;
};

/// The candidate that is the fewest changes away from `word`; empty when none is near.
template <typename Candidates>
std::string nearest(std::string_view word, const Candidates &candidates);
std::size_t editDistance(std::string_view a, std::string_view b, std::size_t limit);

template <typename Candidates>
std::string nearest(std::string_view word, const Candidates &candidates)
{
    std::size_t best = word.size() / 3 + 2;
    std::string_view found;
    for (const std::string_view candidate : candidates) {
        const std::size_t distance = editDistance(word, candidate, best);
        if (distance < best) {
            best = distance;
            found = candidate;
        }
    }
    return std::string(found);
}

} // namespace flow
