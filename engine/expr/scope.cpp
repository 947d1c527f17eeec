#include "engine/expr/scope.h"

namespace expr {

std::optional<Scope::Below> Scope::findBelow(std::string_view, std::span<const flow::Value>) const
{
    return std::nullopt;
}

std::vector<std::string> ObjectScope::names() const
{
    std::vector<std::string> names;
    names.reserve(m_object.size());
    for (const auto &member : m_object)
        names.push_back(member.first);
    return names;
}

const flow::Value *LayeredScope::find(std::string_view name) const
{
    const flow::Value *value = m_front.find(name);
    return value ? value : m_back.find(name);
}

std::optional<Scope::Below> LayeredScope::findBelow(std::string_view name, std::span<const flow::Value> keys) const
{
    return m_front.find(name) ? std::nullopt : m_back.findBelow(name, keys);
}

std::vector<std::string> LayeredScope::names() const
{
    std::vector<std::string> names = m_back.names();
    for (const auto &member : m_front)
        if (!m_back.find(member.first))
            names.push_back(member.first);
    return names;
}

} // namespace expr
