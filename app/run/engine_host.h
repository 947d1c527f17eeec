#pragma once

#include "app/project.h"
#include "app/run/run_record.h"
#include "engine/run/engine.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <memory>

namespace app {

class AppState;

/// The engine behind the window: opened when first needed, on its own threads. Its changes are queued
/// and handed to the GUI thread once a frame. Owns data folder and engine.
class EngineHost : public QObject
{
    Q_OBJECT

public:
    explicit EngineHost(AppState &state, QObject *parent = nullptr);
    ~EngineHost() override;

    /// The folder flows and namespace files come from; empty: none. What runs is left to be taken up.
    void setProject(const QString &folder);
    /// Opens data folder and engine unless that was done.
    engine::Result<> open();
    bool isOpen() const;

    engine::Result<std::string> start(const engine::StartRequest &request);
    engine::Result<> kill(const QString &id);
    /// Goes on after a pause; `inputs` are those of its `onResume`.
    engine::Result<> resume(const QString &id, const flow::Object &inputs);
    /// Takes up an execution that died with its process.
    engine::Result<> takeUp(const QString &id);
    engine::Result<RunReading> read(const QString &id);
    engine::Result<std::vector<engine::ExecutionSummary>> list(const engine::ExecutionFilter &filter);
    /// Executions an engine that is gone left unfinished.
    QStringList interrupted();
    /// The local file behind a storage address.
    std::optional<std::filesystem::path> locate(const QString &uri) const;

signals:
    /// The store refuses what runs: nothing new begins, and it is tried again every second.
    void faulted(const engine::Error &error);
    void recovered();
    /// In order, each once; at most one signal a frame. `before` were told before these.
    void changed(const std::vector<engine::ExecutionChange> &changes, quint64 before);

private:
    class Queue;
    struct Parts;
    void deliver();

    AppState &m_state;
    std::shared_ptr<Queue> m_queue;
    std::unique_ptr<Parts> m_parts;
    QString m_project;
    QTimer m_frame;
};

} // namespace app
