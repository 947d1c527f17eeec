#pragma once

#include "engine/run/task_runner.h"

#include <string>
#include <string_view>
#include <vector>

namespace tasks {

/// Fails as the real engine does where a text is wanted: `class java.lang.Integer cannot be cast …`.
const std::string &wantText(const flow::Value &value);

/// A list of texts, written as a list, as an expression that gives one or as a JSON text; `extra` are further
/// variables of its templates. Nulls are left out; absent gives an empty list.
std::vector<std::string> textList(engine::TaskContext &context, std::string_view property,
                                  const flow::Object &extra = {});
/// A property that must be there: fails with the real engine's words.
std::string requiredText(engine::TaskContext &context, std::string_view property);
/// One of some words, `otherwise` when absent; fails for another word.
std::string wordProperty(engine::TaskContext &context, std::string_view property,
                         std::initializer_list<std::string_view> words, std::string_view otherwise);

/// The value without the null members of its maps, at any depth; nulls in lists stay.
flow::Value withoutNulls(const flow::Value &value);

} // namespace tasks
