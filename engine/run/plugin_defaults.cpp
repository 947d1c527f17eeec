#include "engine/expr/java_values.h"
#include "engine/run/program.h"

#include <algorithm>

namespace engine {

namespace {

using flow::Object;
using flow::Value;

struct Default
{
    std::string type;
    std::string ref;
    bool forced = false;
    Value values;
};

/// `over` on top of `under`; maps are merged member by member.
Value merged(const Value &under, const Value &over)
{
    if (!under.isMap() || !over.isMap())
        return over;
    Object result = under.map();
    for (const auto &[key, value] : over.map()) {
        const Value *old = result.find(key);
        result.set(key, old ? merged(*old, value) : value);
    }
    return Value(std::move(result));
}

/// Those of one type after another, the types in the order of the real engine's hash map.
std::vector<Default> ordered(const std::vector<Default> &written)
{
    Object types;
    for (const Default &one : written)
        types.set(one.type, true);
    std::vector<Default> all;
    const Value inOrder = expr::java::toHashMap(types);
    for (const auto &[type, unused] : inOrder.map())
        std::copy_if(written.begin(), written.end(), std::back_inserter(all), [&type = type](const Default &one) { return one.type == type; });
    return all;
}

class Merger
{
public:
    Merger(const std::vector<Default> &defaults, const flow::TaskCatalog &catalog)
        : m_defaults(ordered(defaults)), m_catalog(catalog)
    {
    }

    Value walk(const Value &value) const
    {
        if (value.isList()) {
            Value::List items;
            items.reserve(value.list().size());
            for (const Value &item : value.list())
                items.push_back(walk(item));
            return Value(std::move(items));
        }
        if (!value.isMap())
            return value;
        Object result;
        for (const auto &[key, member] : value.map())
            result.set(key, member.isMap() || member.isList() ? walk(member) : member);
        const Value *type = result.find("type");
        if (!type || !type->isText())
            return Value(std::move(result));
        return withDefaults(Value(std::move(result)), type->text());
    }

private:
    Value withDefaults(Value plugin, const std::string &written) const
    {
        const std::string type = canonical(written);
        const Value *wanted = plugin.find("pluginDefaultsRef");
        const std::string ref = wanted && wanted->isText() ? wanted->text() : std::string();
        Value under = Object();
        Value over = Object();
        // What is not forced is given by the first type that has it, what is forced by the last; of one type the
        // last entry counts.
        for (std::size_t i = 0; i < m_defaults.size();) {
            Value given = Object();
            const std::string &of = m_defaults[i].type;
            for (; i < m_defaults.size() && m_defaults[i].type == of; ++i) {
                const Default &one = m_defaults[i];
                if (!matches(of, type, written) || one.ref != ref)
                    continue;
                Value &target = one.forced ? over : given;
                target = merged(target, one.values);
            }
            under = merged(given, under);
        }
        if (!under.map().empty())
            plugin = merged(under, plugin);
        if (!over.map().empty())
            plugin = merged(plugin, over);
        return plugin;
    }

    bool matches(const std::string &wanted, const std::string &type, const std::string &written) const
    {
        return wanted == type || canonical(wanted) == type || written.starts_with(wanted);
    }

    std::string canonical(const std::string &type) const
    {
        const flow::TaskType *known = m_catalog.find(type);
        return known ? known->name : type;
    }

    std::vector<Default> m_defaults;
    const flow::TaskCatalog &m_catalog;
};

} // namespace

flow::Value applyPluginDefaults(const flow::Value &flow, const flow::TaskCatalog &catalog)
{
    std::vector<Default> defaults;
    for (const char *key : {"pluginDefaults", "taskDefaults"}) {
        const Value *list = flow.find(key);
        if (!list)
            continue;
        for (const Value &item : list->list()) {
            Default one;
            if (const Value *type = item.find("type"))
                one.type = type->text();
            if (const Value *ref = item.find("ref"))
                one.ref = ref->text();
            const Value *forced = item.find("forced");
            one.forced = forced && (forced->asBool() || forced->text() == "true");
            if (const Value *values = item.find("values"); values && values->isMap())
                one.values = *values;
            else
                continue;
            defaults.push_back(std::move(one));
        }
    }
    if (defaults.empty() || !flow.isMap())
        return flow;
    const Merger merger(defaults, catalog);
    Object result;
    for (const auto &[key, value] : flow.map()) {
        const bool plugins = key == "tasks" || key == "errors" || key == "finally" || key == "afterExecution" ||
                             key == "triggers" || key == "listeners";
        result.set(key, plugins ? merger.walk(value) : value);
    }
    return Value(std::move(result));
}

} // namespace engine
