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
        ++m_count;
        if (!m_host || m_woken)
            return;
        m_woken = true;
        QMetaObject::invokeMethod(m_host, [host = m_host] { host->m_frame.start(); }, Qt::QueuedConnection);
    }
    void faulted(const engine::Error &error) override
    {
        const std::lock_guard lock(m_mutex);
        if (m_host)
            QMetaObject::invokeMethod(m_host, [host = m_host, error] { emit host->faulted(error); }, Qt::QueuedConnection);
    }
    void recovered() override
    {
        const std::lock_guard lock(m_mutex);
        if (m_host)
            QMetaObject::invokeMethod(m_host, [host = m_host] { emit host->recovered(); }, Qt::QueuedConnection);
    }
    /// What waits, and how many there were before it.
    std::pair<std::vector<engine::ExecutionChange>, quint64> take()
    {
        const std::lock_guard lock(m_mutex);
        m_woken = false;
        const quint64 before = m_count - m_changes.size();
        return {std::exchange(m_changes, {}), before};
    }
    quint64 count()
    {
        const std::lock_guard lock(m_mutex);
        return m_count;
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
    quint64 m_count = 0;
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
    const auto [changes, before] = m_queue->take();
    if (!changes.empty())
        emit changed(changes, before);
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

engine::Result<> EngineHost::resume(const QString &id, const flow::Object &inputs)
{
    if (!m_parts)
        return engine::Error{engine::ErrorCode::NoSuchExecution, {id.toStdString()}, {}};
    return m_parts->engine->resume(id.toStdString(), inputs);
}

engine::Result<> EngineHost::takeUp(const QString &id)
{
    if (auto opened = open(); !opened)
        return opened.error();
    const auto taken = m_parts->engine->resumeAll({id.toStdString()});
    return taken ? engine::Result<>{} : engine::Result<>{taken.error()};
}

engine::Result<RunReading> EngineHost::read(const QString &id)
{
    if (auto opened = open(); !opened)
        return opened.error();
    engine::Result<RunReading> result = RunReading{};
    m_parts->engine->betweenTurns([&] {
        const engine::ExecutionStore &store = m_parts->data->executions();
        const std::string wanted = id.toStdString();
        auto execution = store.read(wanted);
        if (!execution) {
            result = execution.error();
            return;
        }
        engine::LogFilter filter;
        filter.limit = RunRecord::kLogLimit;
        result = RunReading{std::move(*execution), store.logs(wanted, filter).valueOr({}), store.metrics(wanted).valueOr({}), m_queue->count()};
    });
    return result;
}

engine::Result<std::vector<engine::ExecutionSummary>> EngineHost::list(const engine::ExecutionFilter &filter)
{
    if (auto opened = open(); !opened)
        return opened.error();
    return m_parts->data->executions().list(filter);
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
