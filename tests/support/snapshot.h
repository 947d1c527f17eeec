#pragma once

#include "engine/flow/analysis.h"
#include "engine/flow/flow_document.h"
#include "support/catalog.h"

#include <string>

namespace test {

/// A text as an editor has it: with what the analysis made of it.
inline flow::Snapshot snapshotOf(const std::string &text)
{
    flow::FlowDocument document(text);
    document.adopt(flow::analyse(text, document.revision(), coreCatalog()));
    return document.snapshot();
}

} // namespace test
