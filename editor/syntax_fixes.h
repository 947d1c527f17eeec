#pragma once

#include "editor/quick_fixes.h"

namespace editor {

/// The fixes of text that can't be read as YAML. Each of the usual slips is tried at the line and the
/// one before it; those after which less is unreadable, and no more is wrong, are offered. Empty for
/// other codes and for long texts. Pure.
std::vector<QuickFix> syntaxFixes(const flow::Snapshot &snapshot, const flow::Diagnostic &diagnostic,
                                  const flow::TaskCatalog &catalog);

} // namespace editor
