#include "engine/tasks/sql/row_collector.h"

#include "engine/expr/ion.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

namespace tasks {

FetchType fetchTypeOf(engine::TaskContext &context)
{
    if (booleanOf(context.property("fetch"), false))
        return FetchType::Fetch;
    if (booleanOf(context.property("fetchOne"), false))
        return FetchType::FetchOne;
    if (booleanOf(context.property("store"), false))
        return FetchType::Store;
    const std::string word = wordProperty(context, "fetchType", {"NONE", "FETCH", "FETCH_ONE", "STORE"}, "NONE");
    return word == "FETCH"       ? FetchType::Fetch
           : word == "FETCH_ONE" ? FetchType::FetchOne
           : word == "STORE"     ? FetchType::Store
                                 : FetchType::None;
}

RowCollector::RowCollector(engine::TaskContext &context, FetchType type) : m_context(context), m_type(type)
{
    if (m_type == FetchType::Store) {
        m_file = context.workingDir() / (randomName() + ".ion");
        m_stream.open(m_file, std::ios::binary);
    }
}

void RowCollector::add(flow::Object row)
{
    ++m_size;
    if (m_type == FetchType::Store)
        m_stream << expr::toIon(std::move(row)) << '\n';
    else if (m_type != FetchType::None)
        m_rows.push_back(std::move(row));
}

bool RowCollector::wantsMore() const
{
    return m_type == FetchType::Fetch || m_type == FetchType::Store || (m_type == FetchType::FetchOne && m_size == 0);
}

flow::Object RowCollector::finish()
{
    flow::Object outputs;
    if (m_type == FetchType::None)
        return outputs;
    if (m_type == FetchType::FetchOne && !m_rows.empty())
        outputs.set("row", m_rows.front());
    if (m_type == FetchType::Fetch)
        outputs.set("rows", std::move(m_rows));
    if (m_type == FetchType::Store) {
        m_stream.close();
        if (!m_stream)
            throw TaskFailure{fmt::format("The rows could not be written to {}", m_file.native())};
        outputs.set("uri", m_context.storage().put(m_file, m_file.filename().native(), true));
    }
    outputs.set("size", static_cast<std::int32_t>(m_size));
    return outputs;
}

void recordFetchSize(engine::TaskContext &context, FetchType type, std::size_t size)
{
    const bool fetch = type == FetchType::Fetch || type == FetchType::FetchOne;
    context.metric({"fetch.size", "counter", static_cast<double>(size),
                    {{"fetch", fetch ? "true" : "false"}, {"store", type == FetchType::Store ? "true" : "false"}}});
}

} // namespace tasks
