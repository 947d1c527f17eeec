#pragma once

#include "engine/run/task_runner.h"

#include <string_view>

namespace tasks {

/// What a script says on its outputs: `::{"outputs": …, "metrics": …, "logs": …}::` alone on a line speaks to
/// the engine, any other line is a log entry.
class LineProtocol
{
public:
    explicit LineProtocol(engine::TaskContext &context) : m_context(context) {}

    void take(std::string_view line, bool fromStdErr);
    const flow::Object &outputs() const { return m_outputs; } ///< of all lines; later ones replace keys

private:
    void takeMessage(std::string_view json);
    void refuse(std::string_view json);
    void takeLogs(const flow::Value &logs, std::string_view json);

    engine::TaskContext &m_context;
    flow::Object m_outputs;
};

} // namespace tasks
