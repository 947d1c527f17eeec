#pragma once

#include "editor/quick_fixes.h"

#include <QString>

namespace editor {

/// What a quick fix is called in a menu: "Replace by `message`".
QString fixText(const QuickFix &fix);

} // namespace editor
