#include "tests/conformance/value_compare.h"

#include <fmt/format.h>

#include <set>

namespace conformance {

namespace {

constexpr std::size_t kMostLines = 12;

void compare(const flow::Value &expected, const flow::Value &got, const std::string &path, std::vector<std::string> &lines)
{
    if (expected.isMap() && got.isMap()) {
        std::set<std::string> keys;
        for (const auto &[key, value] : expected.map())
            keys.insert(key);
        for (const auto &[key, value] : got.map())
            keys.insert(key);
        for (const std::string &key : keys) {
            const flow::Value *left = expected.find(key);
            const flow::Value *right = got.find(key);
            compare(left ? *left : flow::Value(), right ? *right : flow::Value(), path + '.' + key, lines);
        }
        return;
    }
    if (expected.isList() && got.isList()) {
        for (std::size_t i = 0; i < std::max(expected.list().size(), got.list().size()); ++i) {
            const flow::Value left = i < expected.list().size() ? expected.list()[i] : flow::Value();
            const flow::Value right = i < got.list().size() ? got.list()[i] : flow::Value();
            compare(left, right, fmt::format("{}[{}]", path, i), lines);
        }
        return;
    }
    const bool sameNumber = expected.isNumber() && got.isNumber() && expected.asDouble() == got.asDouble();
    const std::string left = flow::toJson(expected);
    const std::string right = flow::toJson(got);
    // An empty map or list says no more than an absent one.
    const auto nothing = [](const std::string &json) { return json == "null" || json == "{}" || json == "[]"; };
    if (!sameNumber && left != right && !(nothing(left) && nothing(right)))
        lines.push_back(fmt::format("  {}\n    expected {:.600}\n    got      {:.600}\n", path, left, right));
}

} // namespace

bool sameValues(const flow::Value &expected, const flow::Value &got, std::string *difference)
{
    std::vector<std::string> lines;
    compare(expected, got, "", lines);
    if (difference) {
        difference->clear();
        for (std::size_t i = 0; i < lines.size() && i < kMostLines; ++i)
            *difference += lines[i];
        if (lines.size() > kMostLines)
            *difference += fmt::format("  and {} more\n", lines.size() - kMostLines);
    }
    return lines.empty();
}

} // namespace conformance
