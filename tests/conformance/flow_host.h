#pragma once

#include "engine/run/execution_report.h"
#include "engine/store/data_folder.h"

#include <atomic>
#include <filesystem>
#include <mutex>
#include <set>

namespace conformance {

/// Flows given as texts. Thread-safe; filled before anything runs.
class FlowTexts : public engine::FlowSource
{
public:
    /// The same id again is its next revision.
    void add(const std::string &text, const std::string &path);
    std::optional<engine::FlowText> find(std::string_view namespaceId, std::string_view flowId,
                                         std::optional<std::int32_t> revision = {}) const override;
    std::vector<engine::FlowText> all() const override;

private:
    std::map<std::pair<std::string, std::string>, std::vector<engine::FlowText>> m_flows;
};

/// Something a case does while its execution runs.
struct Step
{
    engine::State when = engine::State::Running;
    std::chrono::nanoseconds after{};
    std::string action; ///< `resume` or `kill`
    flow::Object inputs;
};

/// How a case is run: its sidecar file, or nothing but the flow.
struct Sidecar
{
    flow::Object inputs;
    flow::Object labels;
    int runs = 1;
    std::chrono::nanoseconds gap{};
    std::vector<Step> steps;
    std::size_t children = 0;
    std::chrono::nanoseconds settle{};
};

/// Reads `CASE.inputs.yaml`; a missing file is an empty sidecar. `file:x` inputs become paths beside it.
Sidecar readSidecar(const std::filesystem::path &file);
std::string readFile(const std::filesystem::path &file);
void writeFile(const std::filesystem::path &file, std::string_view text);

/// An engine over a temporary data folder and a set of flows, as the cases of the corpus need it:
/// with the settings and secrets the recordings had.
class FlowHost
{
public:
    explicit FlowHost(const FlowTexts &flows);
    ~FlowHost();

    engine::Engine &engine() { return *m_engine; }
    store::DataFolder &data() { return *m_data; }
    const flow::TaskCatalog &catalog() const { return *m_catalog; }
    const std::filesystem::path &folder() const { return m_folder; }

    /// Starts the flow, does the steps and waits for the end and the settling. The ids of the executions
    /// made, or the refusal.
    engine::Result<std::vector<std::string>> run(const std::string &text, const Sidecar &sidecar);
    /// Executions started by this one: subflows, flow triggers; retries are executions with its original id.
    struct Family
    {
        std::vector<engine::Execution> children;
        std::vector<engine::Execution> retries;
    };
    Family familyOf(const engine::Execution &execution) const;
    std::vector<engine::LogEntry> logsOf(const std::string &id) const;

private:
    void follow(const std::string &id, const Sidecar &sidecar);
    std::filesystem::path m_folder;
    std::shared_ptr<const flow::TaskCatalog> m_catalog;
    std::unique_ptr<store::DataFolder> m_data;
    std::unique_ptr<engine::Engine> m_engine;
};

} // namespace conformance
