#pragma once

#include "engine/flow/diagnostic.h"
#include "engine/flow/flow.h"
#include "engine/flow/task_catalog.h"

namespace flow {

/// What one text of one revision means, and what is wrong with it.
struct Analysis
{
    Revision revision{};
    std::shared_ptr<const Flow> flow; ///< never null
    std::vector<Diagnostic> diagnostics; ///< sorted by range
};

/// Reads a text. Pure, any thread, never throws, whatever the bytes are.
Analysis analyse(std::string_view text, Revision revision, const TaskCatalog &catalog);

/// The same as `analyse`, faster: what did not change since `before`, the analysis of `beforeText`, is
/// taken over. For the catalog that one was made with.
Analysis analyseAgain(const Analysis &before, std::string_view beforeText, std::string_view text, Revision revision,
                      const TaskCatalog &catalog);

} // namespace flow
