#pragma once

#include "engine/run/engine.h"

#include <set>

namespace cli {

/// Prints what happens to some executions as it happens: states of task runs and log lines. Called on
/// the engine's thread.
class RunPrinter : public engine::Listener
{
public:
    explicit RunPrinter(bool colours) : m_colours(colours) {}
    void changed(const engine::ExecutionChange &change) override;
    void faulted(const engine::Error &error) override;
    void recovered() override;

private:
    std::string paint(std::string_view text, engine::State state) const;
    bool m_colours;
    std::map<std::string, engine::Execution> m_executions;
};

/// `1.25 s`, `3 min 2 s`.
std::string humanDuration(std::chrono::nanoseconds duration);

} // namespace cli
