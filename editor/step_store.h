#pragma once

#include "editor/caret.h"
#include "engine/flow/flow_document.h"

#include <QString>

#include <optional>

namespace editor {

/// One step of a history as it is kept on disk: plain replacements, bound to no revision. What was
/// typed in one go is several of them.
struct StoredStep
{
    std::vector<std::vector<flow::Replacement>> forward; ///< in order of time
    std::vector<std::vector<flow::Replacement>> inverse; ///< of the same order
    flow::EditLabel label;
    Caret before;
    Caret after;
};

struct StoredHistory
{
    std::vector<StoredStep> steps;
    int index = 0; ///< steps that are done
};

/// Keeps a history for one content of one file; the newest kHistorySteps steps of at most
/// kHistoryBytes. False when it could not be written.
inline constexpr std::size_t kHistorySteps = 1000;
inline constexpr std::size_t kHistoryBytes = 4 * 1024 * 1024;
bool writeHistory(const QString &folder, const QString &path, const std::string &text,
                  StoredHistory history);

/// What was kept for this file if it has this very content; nothing otherwise, or when what was
/// kept can't be read or does not lead back through the text.
std::optional<StoredHistory> readHistory(const QString &folder, const QString &path,
                                         const std::string &text);

} // namespace editor
