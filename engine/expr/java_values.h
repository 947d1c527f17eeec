#pragma once

#include "engine/flow/value.h"

#include <cstdint>
#include <string>

/// Values as the Java objects they stand for: what the language does with them depends on it.
namespace expr::java {

/// `java.lang.Integer`, `java.util.ArrayList`, …; `null` of Null.
std::string className(const flow::Value &value);
/// Objects.equals: an Integer equals no Long, a list compares element by element, a set has no order.
bool equals(const flow::Value &left, const flow::Value &right);
/// Object.hashCode.
std::int32_t hash(const flow::Value &value);
std::int32_t hashText(std::string_view text);
/// The order in which a HashMap gives its keys, as indexes into `hashes`. Built as when the keys are put
/// one after another into a table with room for `expected` of them; 0: the default table.
std::vector<std::size_t> hashMapOrder(const std::vector<std::int32_t> &hashes, std::size_t expected);
/// The map as a HashMap: shape and order.
flow::Value toHashMap(const flow::Object &members, std::size_t expected = 0);

/// Concatenated or printed: as flow::toText, but Null is empty and a decimal has no exponent.
void appendPrinted(std::string &out, const flow::Value &value);

/// A collection of Java: List but not an array, and Set.
bool isCollection(const flow::Value &value);
bool isArray(const flow::Value &value);
/// java.util.List: has positions.
bool isList(const flow::Value &value);
bool isTextual(const flow::Value &value); ///< Text and SafeText

/// Casts as the real engine's code does them; the wrong class ends the rendering.
const std::string &textOf(const flow::Value &value);             ///< String
std::int64_t longOf(const flow::Value &value);                   ///< Long
bool boolOf(const flow::Value &value);                           ///< Boolean
/// The whole part of any number.
std::int64_t wholeOf(const flow::Value &number);

} // namespace expr::java
