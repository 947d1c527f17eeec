// What a flow gives when it has ended.
#include "engine/run/duration.h"
#include "engine/run/engine_impl.h"
#include "engine/run/text.h"

#include <fmt/format.h>

namespace engine {

using flow::Object;
using flow::Value;

namespace {

/// A list as it is, or as JSON text.
Value parsedList(const Value &value)
{
    if (value.isList())
        return value;
    const flow::JsonParse parsed = flow::parseJson(value.text());
    if (!parsed.ok || !parsed.value.isList())
        throw RenderError{parsed.ok ? "a list is wanted" : parsed.error};
    return parsed.value;
}

} // namespace

Value Engine::Impl::flowOutputs(const JobPtr &job)
{
    const Value *definitions = job->plan.program().property("outputs");
    RunScope scope(job, kNoRun, options);
    RunHost host(job, services);
    expr::Environment environment;
    environment.timeZone = options.timeZone.empty() ? "UTC" : options.timeZone;
    environment.host = &host;
    environment.cache = &m_cache;
    Object outputs;
    for (const Value &definition : definitions->list()) {
        const Value *value = definition.find("value");
        const Value *type = definition.find("type");
        const Value *id = definition.find("id");
        if (!value || !id)
            continue;
        auto rendered = expr::renderDeep(*value, scope, environment);
        const Value *required = definition.find("required");
        const bool optional = required && textOf(*required) == "false";
        if (!rendered && optional)
            continue;
        if (!rendered)
            throw RenderError{messageOf(rendered.error())};
        const std::string kind = type ? type->text() : std::string();
        Value typed = *rendered;
        if (typed.isText() && typed.text().empty())
            typed = Value();
        if (!kind.empty() && kind != "FILE") {
            const Value *itemType = definition.find("itemType");
            if (kind == "ARRAY" && !itemType)
                typed = parsedList(typed);
            else if (kind == "DATETIME")
                typed = typed.isText() && flow::parseInstant(typed.text()) ? typed : typedValue(kind, {}, typed);
            else
                typed = typedValue(kind, itemType ? itemType->text() : std::string(), typed);
        }
        if (kind == "SECRET" && !typed.isNull()) {
            const auto sealed = services.secrets ? services.secrets->seal(typed.text()) : std::nullopt;
            if (!sealed)
                throw RenderError{"Unable to use a `SECRET` input/output as encryption is not configured"};
            job->secrets.add(typed.text());
            Object form;
            form.set("type", "io.kestra.datatype:aes_encrypted");
            form.set("value", *sealed);
            typed = Value(std::move(form));
        }
        if (typed.isNull() && !optional && !value->isNull())
            throw RenderError{fmt::format("Missing required output: {}", textOf(*id))};
        if (!typed.isNull())
            outputs.set(textOf(*id), storedValue(typed));
    }
    return outputs.empty() ? Value() : nested(Value(std::move(outputs)));
}

std::optional<std::string> Engine::Impl::faultOfOutputs(const JobPtr &job)
{
    try {
        flowOutputs(job);
    } catch (const RenderError &error) {
        return error.message;
    }
    return std::nullopt;
}

void Engine::Impl::computeOutputs(const JobPtr &job)
{
    Value value;
    bool failed = false;
    try {
        value = flowOutputs(job);
    } catch (const RenderError &error) {
        failed = true;
        if (!job->plan.hasExited())
            logRun(job, kNoRun, Level::Error, "Failed to render output values: " + error.message);
    }
    tell(job, [&](Plan &plan) {
        job->outputs = value;
        plan.outputsComputed(value, failed, now());
    });
}

} // namespace engine
