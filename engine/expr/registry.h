#pragma once

#include "engine/flow/dialect.h"
#include "engine/flow/value.h"

#include <span>
#include <string_view>
#include <vector>

namespace expr {

class Call;

/// In which dialects something exists.
enum class Since {
    Always,
    Until1_3, ///< gone in 2.0
    From2_0,
};

using FilterFunction = flow::Value (*)(Call &call, const flow::Value &input);
using GlobalFunction = flow::Value (*)(Call &call);
using TestFunction = bool (*)(Call &call, const flow::Value &input);

/// The language as tables. `parameters` are the names in their order, `name='default'`, comma separated;
/// `...` is any number of anything.
struct FilterEntry
{
    std::string_view name;
    std::string_view parameters;
    FilterFunction apply;
    std::string_view summary;
    Since since = Since::Always;
    std::vector<std::string_view> names{}; ///< of the parameters; filled when the table is made
    bool anything = false;
};
struct FunctionEntry
{
    std::string_view name;
    std::string_view parameters;
    GlobalFunction apply;
    std::string_view summary;
    Since since = Since::Always;
    std::vector<std::string_view> names{};
    bool anything = false;
};
struct TestEntry
{
    std::string_view name;
    std::string_view parameters;
    TestFunction apply;
    std::string_view summary;
    Since since = Since::Always;
    std::vector<std::string_view> names{};
    bool anything = false;
};

/// Null when the dialect has none of that name.
const FilterEntry *findFilter(std::string_view name, flow::Dialect dialect);
const FunctionEntry *findFunction(std::string_view name, flow::Dialect dialect);
const TestEntry *findTest(std::string_view name, flow::Dialect dialect);

std::span<const FilterEntry> filters();
std::span<const FunctionEntry> functions();
std::span<const TestEntry> tests();

bool existsIn(Since since, flow::Dialect dialect);

// One table a family of filters and functions; joined in registry.cpp.
std::vector<FilterEntry> textFilters();
std::vector<FilterEntry> collectionFilters();
std::vector<FilterEntry> numberFilters();
std::vector<FilterEntry> conversionFilters();
std::vector<FilterEntry> cryptoFilters();
std::vector<FilterEntry> dateFilters();
std::vector<FilterEntry> regexFilters();
std::vector<FunctionEntry> valueFunctions();
std::vector<FunctionEntry> dateFunctions();
std::vector<FunctionEntry> idFunctions();
std::vector<FunctionEntry> hostFunctions();
std::vector<FunctionEntry> renderFunctions();
std::vector<TestEntry> valueTests();

} // namespace expr
