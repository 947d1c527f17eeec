#pragma once

#include "engine/flow/value.h"

namespace engine {

/// A property's text: nothing of Null, `true` and `false`, JSON of what is no text.
inline std::string textOf(const flow::Value &value)
{
    if (value.isNull())
        return {};
    if (value.isText())
        return value.text();
    if (value.kind() == flow::Value::Kind::Bool)
        return value.asBool() ? "true" : "false";
    return flow::toJson(value);
}

inline std::string textOf(const flow::Value *value)
{
    return value ? textOf(*value) : std::string();
}

/// The language decides by the rendered text: blank, `0`, `-0` and `false` are no.
inline bool truthy(std::string_view text)
{
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos)
        return false;
    text = text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
    return text != "false" && text != "0" && text != "-0";
}

} // namespace engine
