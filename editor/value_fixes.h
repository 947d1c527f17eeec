#pragma once

#include "editor/quick_fixes.h"

namespace editor {

/// The fixes of values that are of the wrong kind, out of their range or in the wrong place. Empty for
/// codes that have none. Pure.
std::vector<QuickFix> valueFixes(const flow::Snapshot &snapshot, const flow::Diagnostic &diagnostic,
                                 const flow::TaskCatalog &catalog);

} // namespace editor
