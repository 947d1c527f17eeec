#pragma once

#include "tests/conformance/flow_host.h"

#include <map>
#include <string>

namespace conformance {

/// An execution in the form of the `tasks/` corpus: ids, places and times replaced by names, runs in the order
/// of the flow's text, storage addresses numbered and their files listed.
class TaskForm
{
public:
    TaskForm(FlowHost &host, std::string flowText, std::string server)
        : m_host(host), m_flowText(std::move(flowText)), m_server(std::move(server))
    {}

    flow::Value result(const std::string &executionId) const;
    flow::Value refusal(const std::string &message) const;

private:
    using Names = std::vector<std::pair<std::string, std::string>>;

    std::vector<engine::RunIndex> inTextOrder(const engine::Execution &execution) const;
    std::string text(std::string text) const;
    std::string ids(std::string text, const Names &names) const;
    flow::Value value(const flow::Value &value, const Names &ids, const Names &addresses) const;
    flow::Value stored(const std::string &address, const Names &ids) const;

    FlowHost &m_host;
    std::string m_flowText;
    std::string m_server;
};

} // namespace conformance
