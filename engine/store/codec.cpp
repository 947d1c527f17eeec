#include "engine/store/codec.h"

#include <algorithm>
#include <charconv>

namespace store {

using engine::Attempt;
using engine::State;
using engine::StateAt;

namespace {

/// Reads a number at the front and takes it away with one character after it.
std::int64_t number(std::string_view &text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    std::size_t used = static_cast<std::size_t>(end - text.data());
    if (error != std::errc())
        used = 0;
    text.remove_prefix(std::min(text.size(), used + 1));
    return value;
}

void append(std::string &text, std::int64_t number)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    text.append(digits, end);
}

} // namespace

std::int64_t toMicros(engine::Time time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

engine::Time fromMicros(std::int64_t micros)
{
    constexpr auto kMost = std::chrono::duration_cast<std::chrono::microseconds>(engine::Time::duration::max()).count();
    return engine::Time(std::chrono::microseconds(std::clamp(micros, -kMost, kMost)));
}

State decodeState(std::int64_t number)
{
    return number >= 0 && number <= static_cast<std::int64_t>(State::Resubmitted) ? static_cast<State>(number) : State::Failed;
}

engine::Level decodeLevel(std::int64_t number)
{
    return static_cast<engine::Level>(std::clamp<std::int64_t>(number, 0, static_cast<std::int64_t>(engine::Level::Error)));
}

std::string encodeStates(const std::vector<StateAt> &states)
{
    std::string text;
    for (const StateAt &one : states) {
        if (!text.empty())
            text += ' ';
        append(text, static_cast<int>(one.state));
        text += '@';
        append(text, toMicros(one.at));
    }
    return text;
}

std::vector<StateAt> decodeStates(std::string_view text)
{
    std::vector<StateAt> states;
    while (!text.empty()) {
        const State one = decodeState(number(text));
        states.push_back({one, fromMicros(number(text))});
    }
    return states;
}

std::string encodeAttempts(const std::vector<Attempt> &attempts)
{
    std::string text;
    for (const Attempt &one : attempts) {
        if (!text.empty())
            text += ' ';
        append(text, static_cast<int>(one.state));
        text += '@';
        append(text, toMicros(one.started));
        text += '-';
        append(text, toMicros(one.ended));
    }
    return text;
}

std::vector<Attempt> decodeAttempts(std::string_view text)
{
    std::vector<Attempt> attempts;
    while (!text.empty()) {
        const State one = decodeState(number(text));
        const engine::Time started = fromMicros(number(text));
        attempts.push_back({one, started, fromMicros(number(text))});
    }
    return attempts;
}

std::string encodeValue(const flow::Value &value)
{
    return value.isNull() ? std::string() : flow::toJson(value);
}

flow::Value decodeValue(std::string_view text)
{
    return text.empty() ? flow::Value() : flow::parseJson(text).value;
}

} // namespace store
