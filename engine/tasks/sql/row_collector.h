#pragma once

#include "engine/run/task_runner.h"

#include <filesystem>
#include <fstream>
#include <optional>

namespace tasks {

enum class FetchType {
    None,     ///< no output
    Fetch,    ///< `rows`
    FetchOne, ///< `row`, the first
    Store,    ///< `uri` of a file with one Ion text a row
};

/// The `fetchType` property, or what the older `fetch`, `fetchOne` and `store` say.
FetchType fetchTypeOf(engine::TaskContext &context);

/// Takes the rows of one result set and makes the outputs of them.
class RowCollector
{
public:
    RowCollector(engine::TaskContext &context, FetchType type);

    void add(flow::Object row);
    bool wantsMore() const;
    std::size_t size() const { return m_size; }
    /// `row` or `rows` or `uri`, and `size`; empty for None.
    flow::Object finish();

private:
    engine::TaskContext &m_context;
    FetchType m_type;
    std::size_t m_size = 0;
    flow::Value::List m_rows;
    std::filesystem::path m_file;
    std::ofstream m_stream;
};

/// Records how many rows were fetched.
void recordFetchSize(engine::TaskContext &context, FetchType type, std::size_t size);

} // namespace tasks
