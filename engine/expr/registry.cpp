#include "engine/expr/registry.h"

#include <unordered_map>

namespace expr {
namespace {

/// `format='iso', timeZone` → format, timeZone.
template <typename Entry>
void readParameters(Entry &entry)
{
    std::string_view rest = entry.parameters;
    while (!rest.empty()) {
        std::size_t end = 0;
        bool quoted = false;
        while (end < rest.size() && (quoted || rest[end] != ',')) {
            quoted = quoted != (rest[end] == '\'');
            ++end;
        }
        std::string_view one = rest.substr(0, end);
        rest.remove_prefix(std::min(rest.size(), end + 1));
        while (one.starts_with(' '))
            one.remove_prefix(1);
        if (one == "...") {
            entry.anything = true;
            continue;
        }
        entry.names.push_back(one.substr(0, one.find('=')));
    }
    if (entry.names.empty())
        entry.anything = true;
}

template <typename Entry>
class Table
{
public:
    explicit Table(std::initializer_list<std::vector<Entry>> families)
    {
        for (const auto &family : families)
            m_entries.insert(m_entries.end(), family.begin(), family.end());
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            readParameters(m_entries[i]);
            m_index[m_entries[i].name].push_back(i);
        }
    }
    const Entry *find(std::string_view name, flow::Dialect dialect) const
    {
        const auto at = m_index.find(name);
        if (at == m_index.end())
            return nullptr;
        for (const std::size_t i : at->second)
            if (existsIn(m_entries[i].since, dialect))
                return &m_entries[i];
        return nullptr;
    }
    std::span<const Entry> all() const { return m_entries; }

private:
    std::vector<Entry> m_entries;
    std::unordered_map<std::string_view, std::vector<std::size_t>> m_index;
};

const Table<FilterEntry> &filterTable()
{
    static const Table<FilterEntry> table{textFilters(),   collectionFilters(), numberFilters(), conversionFilters(),
                                          cryptoFilters(), dateFilters(),       regexFilters()};
    return table;
}

const Table<FunctionEntry> &functionTable()
{
    static const Table<FunctionEntry> table{valueFunctions(), dateFunctions(), idFunctions(), hostFunctions(), renderFunctions()};
    return table;
}

const Table<TestEntry> &testTable()
{
    static const Table<TestEntry> table{valueTests()};
    return table;
}

} // namespace

bool existsIn(Since since, flow::Dialect dialect)
{
    return since == Since::Always || (since == Since::From2_0) == (dialect == flow::Dialect::Kestra2_0);
}

const FilterEntry *findFilter(std::string_view name, flow::Dialect dialect)
{
    return filterTable().find(name, dialect);
}

const FunctionEntry *findFunction(std::string_view name, flow::Dialect dialect)
{
    return functionTable().find(name, dialect);
}

const TestEntry *findTest(std::string_view name, flow::Dialect dialect)
{
    return testTable().find(name, dialect);
}

std::span<const FilterEntry> filters()
{
    return filterTable().all();
}

std::span<const FunctionEntry> functions()
{
    return functionTable().all();
}

std::span<const TestEntry> tests()
{
    return testTable().all();
}

} // namespace expr
