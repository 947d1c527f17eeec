#pragma once

#include "engine/flow/value.h"

#include <functional>
#include <string>

namespace tasks {

/// One session with a database. Failures throw TaskFailure, and so does a statement that was stopped because the
/// attempt is cancelled. Used by one thread.
class SqlConnection
{
public:
    using RowSink = std::function<bool(flow::Object row)>;

    virtual ~SqlConnection() = default;
    /// Runs one statement with named `parameters` (Map, or Null for none). `onRow` gets the rows until it returns
    /// false; none when it is empty. True when it was a statement with rows.
    virtual bool execute(const std::string &sql, const flow::Value &parameters, const RowSink &onRow) = 0;
};

} // namespace tasks
