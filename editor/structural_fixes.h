#pragma once

#include "editor/quick_fixes.h"

namespace editor {

/// The fixes that follow from a problem's code and the node it stands at: something is taken away,
/// quoted, renamed, added. Empty for codes that have none. Pure.
std::vector<QuickFix> structuralFixes(const flow::Snapshot &snapshot,
                                      const flow::Diagnostic &diagnostic,
                                      const flow::TaskCatalog &catalog);

} // namespace editor
