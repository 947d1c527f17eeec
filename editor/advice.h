#pragma once

#include "engine/flow/flow_document.h"
#include "engine/flow/task_catalog.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace editor {

/// Namespace and id of each flow there is.
using FlowNames = std::set<std::pair<std::string, std::string>, std::less<>>;

/// The warnings that need more than the flow's own analysis: templates that would fail and subflows that are
/// missing. Found on a thread of its own once the text rests; in between they move with the text. GUI thread.
class Advice : public QObject
{
    Q_OBJECT

public:
    explicit Advice(std::shared_ptr<const flow::TaskCatalog> catalog, QObject *parent = nullptr);
    ~Advice() override;

    /// Null: which flows there are is not known, none is called missing.
    void setFlowNames(std::shared_ptr<const FlowNames> names) { m_names = std::move(names); }
    /// This is the text to look at now, with the flow it means; a look for another one is dropped.
    void look(flow::Snapshot snapshot);
    /// The text was changed: what begins inside a change is gone, what stands after it moves.
    void follow(const flow::Edit &edit);
    void clear();
    /// Sorted by place, for the text as it is now.
    const std::vector<flow::Diagnostic> &found() const { return m_found; }

signals:
    void changed(); ///< other ones were found; not emitted when they only moved

private:
    void start();
    void take(flow::Revision revision, std::vector<flow::Diagnostic> found);

    std::shared_ptr<const flow::TaskCatalog> m_catalog;
    std::shared_ptr<const FlowNames> m_names;
    flow::Snapshot m_next;
    std::vector<flow::Diagnostic> m_found;
    QTimer m_timer;
    QThreadPool m_pool;
};

} // namespace editor
