#pragma once

#include "engine/expr/template.h"
#include "engine/run/engine.h"
#include "engine/run/run_table.h"

#include <atomic>
#include <mutex>
#include <set>

namespace engine {

/// Values of secrets an execution has met; they are masked in its logs, also in Base64. Thread-safe.
class SecretValues
{
public:
    void add(std::string value);
    std::string mask(std::string_view text) const;

private:
    mutable std::mutex m_mutex;
    std::set<std::string> m_values;
};

/// One execution that has not ended, in memory. The engine's thread changes it; workers read it
/// through a RunScope under `mutex`.
struct Live
{
    /// `keys` may be null and must outlive this.
    Live(std::shared_ptr<const ExecutionRecord> r, std::shared_ptr<const Program> program, const Secrets *keys);

    std::shared_ptr<const ExecutionRecord> record;
    mutable std::mutex mutex; ///< guards what follows
    Plan plan;
    RunTable table;
    flow::Value labels;    ///< Map
    flow::Value variables; ///< Map
    flow::Value outputs;   ///< Map once computed
    std::string reason;
    ExecutionChange change; ///< not stored yet
    SecretValues secrets;

    Execution snapshot() const; ///< takes the mutex
    /// The value with what is encrypted in it as text, which its log masks from then on; what another
    /// key encrypted stays as it is.
    flow::Value opened(const flow::Value &value);

private:
    const Secrets *m_keys;
};

} // namespace engine
