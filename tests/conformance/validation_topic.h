#pragma once

#include "engine/flow/analysis.h"
#include "engine/flow/value.h"

#include <filesystem>
#include <string>
#include <vector>

namespace conformance {

/// How one case of `validation/TOPIC/CASE.yaml` came out, in three levels.
struct ValidationCase
{
    std::string topic;
    std::string name;
    bool verdict = false; ///< valid or not, as the real engine says
    bool place = false;   ///< and the same paths, or the same line and column
    bool text = false;    ///< and the same messages (those that quote classes are not compared)
    flow::Value got;      ///< in the shape of the expected file
    std::string difference; ///< empty when verdict and place agree
};

/// What the real engine would answer, told from Leat's diagnostics: it stops at the first fault of the
/// early stages, and knows no plugins but those of the catalog.
flow::Value engineAnswer(const std::string &text, const flow::Analysis &analysis);

/// Runs every case below a folder in this format, sorted by topic and name. `topic` empty: all.
std::vector<ValidationCase> runValidation(const std::filesystem::path &folder, const flow::TaskCatalog &catalog,
                                          const std::string &topic = {});

} // namespace conformance
