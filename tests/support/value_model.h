#pragma once

#include "engine/flow/value.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace test {

/// A value that can be changed: what the text of a flow is expected to mean after an edit.
struct Model
{
    enum class Kind { Leaf, List, Map };
    Kind kind = Kind::Leaf;
    flow::Value leaf;
    std::vector<Model> items;
    std::vector<std::pair<std::string, Model>> entries;

    Model() = default;
    explicit Model(const flow::Value &value)
    {
        if (value.isMap()) {
            kind = Kind::Map;
            for (const auto &[key, member] : value.map())
                entries.emplace_back(key, Model(member));
        } else if (value.isList()) {
            kind = Kind::List;
            for (const flow::Value &item : value.list())
                items.emplace_back(item);
        } else {
            leaf = value;
        }
    }

    flow::Value value() const
    {
        if (kind == Kind::Leaf)
            return leaf;
        if (kind == Kind::List) {
            flow::Value::List list;
            for (const Model &item : items)
                list.push_back(item.value());
            return flow::Value(std::move(list));
        }
        flow::Object object;
        for (const auto &[key, member] : entries)
            object.set(key, member.value());
        return flow::Value(std::move(object));
    }

    Model *find(const std::string &key)
    {
        for (auto &[name, member] : entries)
            if (name == key)
                return &member;
        return nullptr;
    }
    Model &at(const std::string &key)
    {
        if (Model *found = find(key))
            return *found;
        kind = Kind::Map;
        return entries.emplace_back(key, Model()).second;
    }
    void erase(const std::string &key)
    {
        std::erase_if(entries, [&](const auto &entry) { return entry.first == key; });
    }
    bool empty() const { return items.empty() && entries.empty(); }

    /// Calls `change` for every text and key.
    void forEachText(const std::function<void(std::string &)> &change)
    {
        if (kind == Kind::Leaf && leaf.isText()) {
            std::string text = leaf.text();
            change(text);
            leaf = flow::Value(text);
        }
        for (Model &item : items)
            item.forEachText(change);
        for (auto &[key, member] : entries) {
            change(key);
            member.forEachText(change);
        }
    }
};

} // namespace test
