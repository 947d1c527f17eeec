#pragma once

#include "engine/flow/task_catalog.h"
#include "resources/embedded.h"

#include <memory>

namespace test {

/// The catalog of the core types, read once per program.
inline const std::shared_ptr<const flow::TaskCatalog> &sharedCatalog()
{
    static const std::shared_ptr<const flow::TaskCatalog> catalog =
        flow::TaskCatalog::load({std::string(resources::embedded("catalog/core-1.3.json"))}).value();
    return catalog;
}

inline const flow::TaskCatalog &coreCatalog()
{
    return *sharedCatalog();
}

/// The same of the 2.0 language.
inline const flow::TaskCatalog &coreCatalog2()
{
    static const std::shared_ptr<const flow::TaskCatalog> catalog =
        flow::TaskCatalog::load({std::string(resources::embedded("catalog/core-2.0.json"))}, flow::Dialect::Kestra2_0)
            .value();
    return *catalog;
}

} // namespace test
