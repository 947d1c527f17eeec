#pragma once

#include "engine/flow/flow_document.h"
#include "engine/flow/task_catalog.h"

#include <string>
#include <vector>

namespace editor {

/// A way out of a problem, as an edit. The sentence is made from `id` and `args` like an EditLabel:
/// `fix.replace` with the word, `fix.add` with the property, `fix.remove` with the key…
struct QuickFix
{
    std::string id;
    std::vector<std::string> args;
    flow::Edit edit;
};

/// Best first; empty when nobody but the user can tell. The snapshot's flow must be of its
/// revision. Pure.
std::vector<QuickFix> quickFixes(const flow::Snapshot &snapshot, const flow::Diagnostic &diagnostic,
                                 const flow::TaskCatalog &catalog);

/// Its fix keeps what the flow does, or is the only thing that can have been meant.
bool isSafeFix(std::string_view code);

/// All problems of one code that have a fix, fixed at once: the first fix of each; without a code
/// those of all safe codes. Where two fixes touch the same bytes only the first is taken. An empty
/// edit when none.
flow::Result<flow::Edit> fixAll(const flow::Snapshot &snapshot, const std::string &code,
                                const flow::TaskCatalog &catalog);

} // namespace editor
