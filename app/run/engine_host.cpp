#include "app/run/engine_host.h"

#include "app/app_state.h"
#include "engine/store/data_folder.h"
#include "engine/tasks/task_families.h"

#include <mutex>

namespace app {

namespace {

constexpr int kFrameMs = 16;

} // namespace

/// Collects on the engine's thread; wakes the GUI thread once for all that comes before it looks.
class EngineHost::Queue : public engine::Listener
{
public:
    explicit Queue(EngineHost *host) : m_host(host) {}

    void changed(const engine::ExecutionChange &change) override
    {
        const std::lock_guard lock(m_mutex);
        m_changes.push_back(change);
        if (!m_host || m_woken)
            return;
        m_woken = true;
        QMetaObject::invokeMethod(m_host, [host = m_host] { host->m_frame.start(); }, Qt::QueuedConnection);
    }
    std::vector<engine::ExecutionChange> take()
    {
        const std::lock_guard lock(m_mutex);
        m_woken = false;
        return std::exchange(m_changes, {});
    }
    void detach()
    {
        const std::lock_guard lock(m_mutex);
        m_host = nullptr;
    }

private:
    std::mutex m_mutex;
    EngineHost *m_host;
    std::vector<engine::ExecutionChange> m_changes;
    bool m_woken = false;
};

/// In the order of their lives: the engine goes first.
struct EngineHost::Parts
{
    std::unique_ptr<store::ProjectFlows> flows;
    std::unique_ptr<store::DataFolder> data;
    std::unique_ptr<engine::Engine> engine;
    engine::Engine::Token token;
};

EngineHost::EngineHost(AppState &state, QObject *parent) : QObject(parent), m_state(state), m_queue(std::make_shared<Queue>(this))
{
    m_frame.setSingleShot(true);
    m_frame.setInterval(kFrameMs);
    connect(&m_frame, &QTimer::timeout, this, &EngineHost::deliver);
}

EngineHost::~EngineHost()
{
    m_queue->detach();
    m_parts.reset();
}

void EngineHost::setProject(const QString &folder)
{
    if (folder == m_project)
        return;
    m_parts.reset();
    m_project = folder;
}

bool EngineHost::isOpen() const
{
    return m_parts != nullptr;
}

engine::Result<> EngineHost::open()
{
    if (m_parts)
        return {};
    auto parts = std::make_unique<Parts>();
    if (!m_project.isEmpty())
        parts->flows = std::make_unique<store::ProjectFlows>(m_project.toStdString());
    auto data = store::DataFolder::open(store::DataFolder::standard(), parts->flows.get());
    if (!data)
        return data.error();
    parts->data = std::move(*data);
    parts->data->setProject(m_project.toStdString());
    engine::Services services = parts->data->services();
    services.catalog = m_state.catalog();
    services.runners = tasks::builtInRunners();
    engine::EngineOptions options;
    options.environment = store::templateEnvironment();
    parts->engine = std::make_unique<engine::Engine>(std::move(services), std::move(options));
    parts->token = parts->engine->observe(m_queue);
    m_parts = std::move(parts);
    return {};
}

void EngineHost::deliver()
{
    const std::vector<engine::ExecutionChange> changes = m_queue->take();
    if (!changes.empty())
        emit changed(changes);
}

engine::Result<std::string> EngineHost::start(const engine::StartRequest &request)
{
    if (auto opened = open(); !opened)
        return opened.error();
    return m_parts->engine->start(request);
}

engine::Result<> EngineHost::kill(const QString &id)
{
    if (!m_parts)
        return engine::Error{engine::ErrorCode::NoSuchExecution, {id.toStdString()}, {}};
    return m_parts->engine->kill(id.toStdString());
}

engine::Result<engine::Execution> EngineHost::read(const QString &id)
{
    if (auto opened = open(); !opened)
        return opened.error();
    return m_parts->engine->execution(id.toStdString());
}

engine::Result<std::vector<engine::ExecutionSummary>> EngineHost::list(const engine::ExecutionFilter &filter)
{
    if (auto opened = open(); !opened)
        return opened.error();
    return m_parts->data->executions().list(filter);
}

std::vector<engine::LogEntry> EngineHost::logs(const QString &id)
{
    if (!m_parts)
        return {};
    engine::LogFilter filter;
    filter.limit = RunRecord::kLogLimit;
    return m_parts->data->executions().logs(id.toStdString(), filter).valueOr({});
}

std::vector<engine::MetricEntry> EngineHost::metrics(const QString &id)
{
    return m_parts ? m_parts->data->executions().metrics(id.toStdString()).valueOr({}) : std::vector<engine::MetricEntry>{};
}

QStringList EngineHost::interrupted()
{
    QStringList ids;
    if (m_parts)
        for (const std::string &id : m_parts->data->executions().unfinished().valueOr({}))
            ids.append(QString::fromStdString(id));
    return ids;
}

std::optional<std::filesystem::path> EngineHost::locate(const QString &uri) const
{
    return m_parts ? m_parts->data->storage().locate(uri.toStdString()) : std::nullopt;
}

} // namespace app
