#include "engine/expr/ion.h"
#include "engine/tasks/storage/storage_tasks.h"
#include "engine/tasks/support/charset.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/task_files.h"
#include "engine/tasks/support/text_lines.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <unordered_map>

namespace tasks {

namespace {

constexpr std::string_view kNoPlace = "\n at [Source: UNKNOWN; byte offset: #UNKNOWN]";

struct ItemFault
{
    std::string message;
    std::string kind; ///< class in front of the first line; empty for none
};

/// The item of one line, Ion or JSON; a line that is no map is a fault.
flow::Object itemOf(const std::string &line)
{
    const expr::IonParse parsed = expr::parseIon(line);
    if (!parsed.ok)
        throw ItemFault{parsed.error, "com.fasterxml.jackson.core.JsonParseException: "};
    constexpr const char *kMismatch = "com.fasterxml.jackson.databind.exc.MismatchedInputException: ";
    if (parsed.empty)
        throw ItemFault{fmt::format("No content to map due to end-of-input{}", kNoPlace), kMismatch};
    if (parsed.value.isMap())
        return parsed.value.map();
    if (parsed.value.isList())
        throw ItemFault{fmt::format("Cannot deserialize value of type `java.util.LinkedHashMap<java.lang.Object,"
                                    "java.lang.Object>` from Array value (token `JsonToken.START_ARRAY`){}",
                                    kNoPlace),
                        kMismatch};
    throw ItemFault{fmt::format("Cannot construct instance of `java.util.LinkedHashMap` (although at least one Creator "
                                "exists): no String-argument constructor/factory method to deserialize from String value "
                                "('{}'){}",
                                textOf(parsed.value), kNoPlace),
                    kMismatch};
}

[[noreturn]] void failWith(engine::TaskContext &context, const ItemFault &fault, bool withKind)
{
    context.log(engine::Level::Error, withKind ? fault.kind + fault.message : fault.message);
    throw TaskFailure{fault.message};
}

std::string expressionProperty(engine::TaskContext &context, std::string_view name)
{
    const flow::Value *written = context.properties().find(name);
    return written ? textOf(*written) : std::string();
}

flow::Object storedItems(engine::TaskContext &context, const std::filesystem::path &file)
{
    return flow::Object{{"uri", context.storage().put(file, file.filename().native(), true)}};
}

} // namespace

engine::TaskResult runFilterItems(engine::TaskContext &context)
{
    TextLines lines(storedFile(context, requiredText(context, "from")));
    const flow::Value condition = expressionProperty(context, "filterCondition");
    const bool includes = wordProperty(context, "filterType", {"INCLUDE", "EXCLUDE"}, "INCLUDE") == "INCLUDE";
    const std::string onError = wordProperty(context, "errorOrNullBehavior", {"FAIL", "INCLUDE", "EXCLUDE"}, "FAIL");

    const std::filesystem::path target = context.workingDir() / (randomName() + ".ion");
    std::ofstream out(target, std::ios::binary);
    std::int32_t processed = 0;
    std::int32_t dropped = 0;
    for (std::string line; lines.next(line);) {
        if (context.cancelled())
            throw TaskFailure{"cancelled"};
        ++processed;
        flow::Object item;
        try {
            item = itemOf(line);
        } catch (const ItemFault &fault) {
            if (fault.message.starts_with("No content"))
                throw TaskFailure{"Cannot invoke \"java.util.Map.size()\" because \"m\" is null"};
            failWith(context, fault, fault.kind.ends_with("JsonParseException: "));
        }
        bool keeps = false;
        try {
            keeps = isTrue(textOf(context.renderWith(condition, item))) == includes;
        } catch (const engine::RenderError &) {
            if (onError == "FAIL")
                throw;
            keeps = onError == "INCLUDE";
        }
        if (keeps)
            out << line << '\n';
        else
            ++dropped;
    }
    out.close();
    flow::Object outputs = storedItems(context, target);
    outputs.set("processedItemsTotal", processed);
    outputs.set("droppedItemsTotal", dropped);
    return engine::TaskResult::success(std::move(outputs));
}

engine::TaskResult runDeduplicateItems(engine::TaskContext &context)
{
    const std::filesystem::path source = storedFile(context, requiredText(context, "from"));
    const flow::Value expression = expressionProperty(context, "expr");
    // First the line at which each key stands last, then the copy: memory holds keys, not rows.
    std::unordered_map<std::string, std::int32_t> last;
    std::vector<const std::int32_t *> keep;
    std::int32_t processed = 0;
    {
        TextLines lines(source);
        for (std::string line; lines.next(line);) {
            if (context.cancelled())
                throw TaskFailure{"cancelled"};
            flow::Object item;
            try {
                item = itemOf(line);
            } catch (const ItemFault &fault) {
                failWith(context, fault, true);
            }
            std::int32_t &place = last[textOf(context.renderWith(expression, item))];
            place = processed++;
            keep.push_back(&place);
        }
    }
    const std::filesystem::path target = context.workingDir() / (randomName() + ".ion");
    std::ofstream out(target, std::ios::binary);
    std::int32_t dropped = 0;
    std::int32_t row = 0;
    TextLines lines(source);
    for (std::string line; lines.next(line) && row < processed; ++row) {
        if (*keep[static_cast<std::size_t>(row)] == row)
            out << line << '\n';
        else
            ++dropped;
    }
    out.close();
    flow::Object outputs = storedItems(context, target);
    outputs.set("numKeys", static_cast<std::int32_t>(last.size()));
    outputs.set("processedItemsTotal", processed);
    outputs.set("droppedItemsTotal", dropped);
    return engine::TaskResult::success(std::move(outputs));
}

engine::TaskResult runReverse(engine::TaskContext &context)
{
    const std::string from = requiredText(context, "from");
    const std::filesystem::path source = storedFile(context, from);
    const std::string separator = optionalText(context.property("separator")).value_or("\n");
    const std::string charset = optionalText(context.property("charset")).value_or("UTF-8");
    std::ifstream in(source, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const std::string text = charset == "UTF-8" ? bytes : converted(bytes, charset, "UTF-8");

    const std::filesystem::path target = context.workingDir() / (randomName() + extensionOf(from));
    std::ofstream out(target, std::ios::binary);
    std::string_view rest = text;
    if (rest.ends_with('\n'))
        rest.remove_suffix(1);
    while (!text.empty()) {
        const std::size_t begin = rest.find_last_of('\n') + 1; // 0 when there is none
        std::string_view line = rest.substr(begin);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        const std::string piece = std::string(line) + separator;
        out << (charset == "UTF-8" ? piece : converted(piece, "UTF-8", charset));
        if (begin == 0)
            break;
        rest = rest.substr(0, begin - 1);
    }
    out.close();
    return engine::TaskResult::success(storedItems(context, target));
}

} // namespace tasks
