#pragma once

#include "engine/flow/edits/draft.h"

#include <vector>

namespace flow::edits {

/// Takes tasks out of their lists, none of them inside another one. A list that loses all of them
/// loses its key, or stays `[]` where the language wants the key or a person named it (a case).
/// `keepArrows`: entries of `dependsOn` that name the tasks stay.
void eraseTasks(Draft &draft, const std::vector<const Task *> &tasks, bool keepArrows = false);

} // namespace flow::edits
