#include "engine/run/attempt_context.h"

#include "engine/run/engine_impl.h"
#include "engine/run/inputs.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

namespace engine {

using flow::Object;
using flow::Value;

namespace {

std::optional<Level> levelOf(std::string_view name)
{
    static constexpr std::string_view kNames[] = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR"};
    for (int i = 0; i < 5; ++i)
        if (kNames[i] == name)
            return static_cast<Level>(i);
    return std::nullopt;
}

template <typename Result>
auto valueOrThrow(Result result)
{
    if (!result)
        throw RenderError{messageOf(result.error())};
    return std::move(*result);
}

} // namespace

std::string messageOf(const expr::Error &error)
{
    return error.message;
}

AttemptContext::AttemptContext(std::shared_ptr<Job> job, RunIndex run, const Services &services,
                               const EngineOptions &options, expr::TemplateCache &cache, std::function<void()> changed)
    : m_job(std::move(job)), m_run(run), m_services(services), m_options(options), m_changed(std::move(changed)),
      m_scope(m_job, run, options), m_host(m_job, services)
{
    const TaskNode &node = m_job->plan.node(run);
    m_attempt = std::max(static_cast<std::int32_t>(m_job->plan.runs()[run].attempts.size()) - 1, 0);
    m_type = node.type;
    m_taskId = node.id;
    m_properties = node.properties;
    if (const Value *level = m_properties.find("logLevel"); level && level->isText())
        m_least = levelOf(level->text()).value_or(Level::Trace);
    m_environment.timeZone = options.timeZone.empty() ? "UTC" : options.timeZone;
    m_environment.host = &m_host;
    m_environment.cache = &cache;
}

AttemptContext::~AttemptContext()
{
    if (m_cancelFd >= 0)
        close(m_cancelFd);
    if (m_ownsDirectory)
        m_services.storage->discard(m_workingDir);
}

void AttemptContext::cancel(Cancel why)
{
    const std::lock_guard lock(m_mutex);
    Cancel none = Cancel::No;
    m_cancel.compare_exchange_strong(none, why);
    if (m_cancelFd >= 0)
        eventfd_write(m_cancelFd, 1);
    m_cancelled.notify_all();
}

void AttemptContext::setWorkingDir(std::filesystem::path directory)
{
    m_workingDir = std::move(directory);
    m_ownsDirectory = false;
}

Value AttemptContext::property(std::string_view name)
{
    const flow::TaskType *type = m_services.catalog->find(m_type);
    const flow::Property *property = type ? type->find(name) : nullptr;
    const Value *written = m_properties.find(name);
    if (!written || written->isNull()) {
        if (!property || !property->defaultValue)
            return {};
        written = &*property->defaultValue;
    }
    if (property && !property->expression && !property->property)
        return *written;
    if (!written->isText())
        return render(*written, false);
    if (!expr::hasTemplate(written->text()))
        return property ? converted(*property, *written) : *written;
    Value rendered = Value(renderText(written->text()));
    return property ? converted(*property, std::move(rendered)) : rendered;
}

/// What a rendered text becomes where the property is no text; left as it is when it can't be read.
Value AttemptContext::converted(const flow::Property &property, Value value) const
{
    const std::string &type = property.type;
    const std::string &text = value.text();
    if (type.starts_with("array") || type.starts_with("map")) {
        flow::JsonParse parsed = flow::parseJson(text);
        return parsed.ok ? parsed.value : value;
    }
    if (type == "boolean" && (text == "true" || text == "false"))
        return text == "true";
    if (type == "integer" || type == "number") {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc() && end == text.data() + text.size() && !text.empty())
            return Value::wholeNumber(text);
        double fraction = 0;
        const auto [last, bad] = std::from_chars(text.data(), text.data() + text.size(), fraction);
        if (type == "number" && bad == std::errc() && last == text.data() + text.size() && !text.empty())
            return fraction;
    }
    return value;
}

std::string AttemptContext::renderText(std::string_view text)
{
    if (!expr::hasTemplate(text))
        return std::string(text);
    return valueOrThrow(expr::render(*m_environment.cache->get(text), m_scope, m_environment));
}

Value AttemptContext::render(const Value &value, bool typed)
{
    return valueOrThrow(expr::renderDeep(value, m_scope, m_environment, typed));
}

Value AttemptContext::renderWith(const Value &value, const Object &extra, bool typed)
{
    const expr::LayeredScope scope(extra, m_scope);
    return valueOrThrow(expr::renderDeep(value, scope, m_environment, typed));
}

Value AttemptContext::variable(std::string_view name) const
{
    const Value *found = m_scope.find(name);
    return found ? *found : Value();
}

std::string AttemptContext::flowNamespace() const { return m_job->record->namespaceId; }
std::string AttemptContext::flowId() const { return m_job->record->flowId; }
std::string AttemptContext::executionId() const { return m_job->record->id; }
std::string AttemptContext::taskRunId() const { return engine::taskRunId(m_job->record->id, m_run); }

void AttemptContext::log(Level level, std::string_view text)
{
    if (level < m_least)
        return;
    m_job->log(m_run, m_attempt, level, text, now(), m_options.logLineBytes, false);
    m_changed();
}

void AttemptContext::metric(Metric metric)
{
    {
        const std::lock_guard lock(m_job->mutex);
        m_job->change.metrics.push_back({now(), m_run, std::move(metric)});
    }
    m_changed();
}

void AttemptContext::makeDirectory(const std::filesystem::path &directory)
{
    m_services.storage->makeDirectory(directory);
}

void AttemptContext::leaveWorkingDir()
{
    m_services.storage->leave(m_workingDir);
}

const std::filesystem::path &AttemptContext::workingDir()
{
    if (m_workingDir.empty()) {
        m_workingDir = m_services.storage->makeWorkingDir();
        m_ownsDirectory = true;
    }
    return m_workingDir;
}

InternalStorage &AttemptContext::storage()
{
    if (!m_storage)
        m_storage = m_services.storage->open(
            {m_job->record->namespaceId, m_job->record->flowId, m_job->record->id, m_taskId, taskRunId(), {}});
    return *m_storage;
}

TaskResult AttemptContext::runAs(const Value &definition)
{
    Object properties = definition.map();
    properties.set("id", m_taskId);
    const Value *type = properties.find("type");
    const flow::TaskType *known = type ? m_services.catalog->find(type->text()) : nullptr;
    const std::string name = known ? known->name : type ? type->text() : std::string();
    const auto runner = m_services.runners.find(name);
    if (runner == m_services.runners.end())
        return TaskResult::failed("The templated task must be a runnable task");
    const Value before = std::exchange(m_properties, Value(std::move(properties)));
    const std::string typeBefore = std::exchange(m_type, name);
    TaskResult result = runner->second->run(*this);
    m_properties = before;
    m_type = typeBefore;
    return result;
}

Value AttemptContext::encrypt(std::string_view text)
{
    if (!m_services.secrets)
        return TaskContext::encrypt(text);
    m_job->secrets.add(std::string(text));
    const auto sealed = m_services.secrets->seal(text);
    if (!sealed)
        return TaskContext::encrypt(text);
    Object form;
    form.set("type", "io.kestra.datatype:aes_encrypted");
    form.set("value", *sealed);
    return Value(std::move(form));
}

std::chrono::system_clock::time_point AttemptContext::now() const
{
    return m_services.clock ? m_services.clock() : std::chrono::system_clock::now();
}

bool AttemptContext::waitUntil(std::chrono::steady_clock::time_point until)
{
    std::unique_lock lock(m_mutex);
    return !m_cancelled.wait_until(lock, until, [this] { return cancelled(); });
}

int AttemptContext::cancelFd() const
{
    const std::lock_guard lock(m_mutex);
    if (m_cancelFd < 0) {
        m_cancelFd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (cancelled())
            eventfd_write(m_cancelFd, 1);
    }
    return m_cancelFd;
}

} // namespace engine
