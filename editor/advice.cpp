#include "editor/advice.h"

#include "engine/expr/template_faults.h"
#include "engine/flow/subflow_names.h"

#include <algorithm>

namespace editor {

namespace {

constexpr int kRest = 250; // ms without a change before the text is looked at

std::vector<flow::Diagnostic> findIn(const flow::Snapshot &snapshot, const flow::TaskCatalog &catalog,
                                     const FlowNames *names)
{
    const flow::Flow &flow = *snapshot.flow;
    if (!flow.tree || !flow.tree->root() || !flow.tree->faults().empty())
        return {};
    std::vector<flow::Diagnostic> found =
        expr::templateFaults(*snapshot.text, *flow.tree, catalog.dialect());
    if (names) {
        const std::vector<flow::Diagnostic> missing = flow::unknownSubflows(
            *flow.tree, catalog, [&](std::string_view namespaceId, std::string_view flowId) {
                return (namespaceId == flow.namespaceId && flowId == flow.id) ||
                       names->contains({std::string(namespaceId), std::string(flowId)});
            });
        found.insert(found.end(), missing.begin(), missing.end());
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) {
        return a.range.begin < b.range.begin;
    });
    return found;
}

} // namespace

Advice::Advice(std::shared_ptr<const flow::TaskCatalog> catalog, QObject *parent)
    : QObject(parent), m_catalog(std::move(catalog))
{
    m_pool.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kRest);
    connect(&m_timer, &QTimer::timeout, this, &Advice::start);
}

Advice::~Advice()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void Advice::look(flow::Snapshot snapshot)
{
    m_next = std::move(snapshot);
    m_timer.start();
}

void Advice::start()
{
    if (!m_next.flow || m_next.flowRevision != m_next.revision)
        return;
    m_pool.start([this, snapshot = m_next, catalog = m_catalog, names = m_names] {
        QMetaObject::invokeMethod(
            this,
            [this, revision = snapshot.revision, found = findIn(snapshot, *catalog, names.get())]() mutable {
                take(revision, std::move(found));
            },
            Qt::QueuedConnection);
    });
}

void Advice::take(flow::Revision revision, std::vector<flow::Diagnostic> found)
{
    if (revision != m_next.revision || m_timer.isActive() || found == m_found)
        return;
    m_found = std::move(found);
    emit changed();
}

void Advice::follow(const flow::Edit &edit)
{
    m_next = {};
    m_timer.stop();
    std::vector<flow::Diagnostic> moved;
    for (flow::Diagnostic &one : m_found) {
        const bool touched = std::any_of(
            edit.replacements().begin(), edit.replacements().end(), [&](const auto &replacement) {
                return replacement.range.begin < one.range.end && one.range.begin < replacement.range.end;
            });
        if (touched)
            continue;
        one.range = {edit.mapOffset(one.range.begin), edit.mapOffset(one.range.end)};
        moved.push_back(std::move(one));
    }
    m_found = std::move(moved);
}

void Advice::clear()
{
    m_next = {};
    m_timer.stop();
    m_found.clear();
}

} // namespace editor
