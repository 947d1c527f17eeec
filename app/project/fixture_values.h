#pragma once

#include "editor/run_values.h"

#include <QString>

#include <vector>

namespace app {

/// One test case of a test file that belongs to a flow: its inputs and the outputs its tasks are said to
/// give, as values for expressions.
struct FixtureValues
{
    QString name; ///< `daily_sales_test, rainy day`
    std::shared_ptr<const editor::RunValues> values;
};

/// The test cases of the YAML files given (`flowId`, `namespace`, `testCases` with `fixtures`) that are for
/// this flow. A file that can't be read is left out.
std::vector<FixtureValues> fixturesFor(const QStringList &files, const std::string &namespaceId, const std::string &flowId);

} // namespace app
