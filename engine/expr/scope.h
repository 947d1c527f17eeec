#pragma once

#include "engine/flow/value.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace expr {

/// The root variables of a template, looked up by name as they are met: what is never named need
/// never be made. Used by one rendering at a time; what `find` gives lives until it ends.
class Scope
{
public:
    virtual ~Scope() = default;
    /// Null when there is no such variable; a variable may also be there and be Null.
    virtual const flow::Value *find(std::string_view name) const = 0;
    /// Where a path of keys led below a variable.
    struct Below
    {
        flow::Value value;
        std::size_t found = 0; ///< keys that were there; when fewer than asked the next is missing in a map
    };
    /// The same as `find` and then key by key, for variables that are dear to make whole; nothing where
    /// that is not offered, or when the path leads into something that is no map.
    virtual std::optional<Below> findBelow(std::string_view name, std::span<const flow::Value> keys) const;
    /// All names, in order: for `printContext()` and completion.
    virtual std::vector<std::string> names() const = 0;
};

/// The members of a map. Keeps a reference.
class ObjectScope : public Scope
{
public:
    explicit ObjectScope(const flow::Object &object) : m_object(object) {}
    const flow::Value *find(std::string_view name) const override { return m_object.find(name); }
    std::vector<std::string> names() const override;

private:
    const flow::Object &m_object;
};

/// Variables in front of others, which they hide. Keeps references.
class LayeredScope : public Scope
{
public:
    LayeredScope(const flow::Object &front, const Scope &back) : m_front(front), m_back(back) {}
    const flow::Value *find(std::string_view name) const override;
    std::vector<std::string> names() const override;
    std::optional<Below> findBelow(std::string_view name, std::span<const flow::Value> keys) const override;

private:
    const flow::Object &m_front;
    const Scope &m_back;
};

} // namespace expr
