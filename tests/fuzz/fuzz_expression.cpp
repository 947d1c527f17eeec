#include "engine/expr/renderer.h"
#include "engine/flow/value.h"

#include <cstdint>
#include <string_view>

namespace {

/// A host whose answers do not depend on the machine.
class Host : public expr::Host
{
public:
    flow::Moment now() override { return flow::Moment(std::chrono::seconds(1'710'000'428)); }
    void random(void *bytes, std::size_t count) override { std::fill_n(static_cast<unsigned char *>(bytes), count, 7); }
};

const flow::Object &variables()
{
    static const flow::Object all = flow::parseJson(R"({
        "name": "Ada", "s": "Hello World", "n": 42, "f": 3.5, "flag": true, "off": false, "nothing": null,
        "list": [3, 1, 2], "mixed": [1, "two", true, null, 2.5], "map": {"a": 1, "b": 2}, "deep": {"a": {"b": [{"k": "v"}]}},
        "dt": "2024-03-09T16:07:08.123456Z", "big": 9007199254740993, "json": "{\"a\": [1, 2]}", "t": "Hi {{ name }}",
        "huge": 123456789012345678901234567890, "multi": "a\nb\n", "x": {"n": {"n": 1}}})")
                                         .value.map();
    return all;
}

/// libjq can't be interrupted, and leaks over an error inside `\(…)` and a list of lists at `.[[…]]`: programs that
/// may run or grow without end, and those two, are left out.
bool unfit(std::string_view text)
{
    if (text.find("jq") == std::string_view::npos)
        return false;
    for (const char *word : {"def", "while", "until", "range", "recurse", "limit", "combinations", "..", "1e", "e+", "\\(", "[["})
        if (text.find(word) != std::string_view::npos)
            return true;
    int digits = 0;
    for (const char c : text)
        if ((digits = c >= '0' && c <= '9' ? digits + 1 : 0) > 5)
            return true;
    return false;
}

} // namespace

/// Reads and renders any bytes as a template, in the three ways there are. The first byte picks the dialect.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0 || size > 4096)
        return 0;
    const auto dialect = data[0] % 2 == 0 ? flow::Dialect::Kestra1_3 : flow::Dialect::Kestra2_0;
    const std::string text(reinterpret_cast<const char *>(data + 1), size - 1);
    if (unfit(text))
        return 0;
    Host host;
    expr::Environment environment;
    environment.host = &host;
    environment.outputLimit = 1u << 20;
    environment.workLimit = 200'000;
    const expr::ObjectScope scope(variables());
    const auto source = expr::Template::compile(text, dialect);
    if (const expr::Error *error = source->error())
        if (error->begin > error->end || error->end > text.size())
            __builtin_trap();
    (void)expr::render(*source, scope, environment);
    (void)expr::renderTyped(*source, scope, environment);
    (void)expr::renderRecursive(*source, scope, environment);
    return 0;
}
