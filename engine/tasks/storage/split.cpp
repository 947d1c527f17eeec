#include "engine/tasks/storage/storage_tasks.h"

#include "engine/expr/failure.h"
#include "engine/expr/regex.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/task_files.h"
#include "engine/tasks/support/text_lines.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <charconv>
#include <functional>

namespace tasks {

namespace {

/// `10`, `10KB`, `2MB`, `1GB`; units in any case.
std::int64_t bytesOf(const std::string &text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    std::string unit(end, text.data() + text.size());
    for (char &c : unit)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (error == std::errc()) {
        if (unit.empty())
            return number;
        if (unit == "KB")
            return number * 1024;
        if (unit == "MB")
            return number * 1024 * 1024;
        if (unit == "GB")
            return number * 1024 * 1024 * 1024;
    }
    throw TaskFailure{fmt::format("Invalid size with value '{}'", text)};
}

/// The pieces of one split, written into the working directory and stored in their order.
class Pieces
{
public:
    Pieces(engine::TaskContext &context, std::string extension, std::string separator)
        : m_context(context), m_extension(std::move(extension)), m_separator(std::move(separator))
    {}

    std::size_t count() const { return m_files.size(); }
    void begin()
    {
        m_files.push_back(m_context.workingDir() / (randomName() + m_extension));
        m_open.close();
        m_open.clear();
        m_open.open(m_files.back(), std::ios::binary);
        m_current = m_files.size() - 1;
    }
    std::size_t add(std::string_view line, std::size_t piece)
    {
        if (piece != m_current) {
            m_open.close();
            m_open.clear();
            m_open.open(m_files[piece], std::ios::binary | std::ios::app);
            m_current = piece;
        }
        m_open << line << m_separator;
        if (!m_open)
            throw TaskFailure{fmt::format("{} can't be written", m_files[piece].native())};
        return line.size() + m_separator.size();
    }
    flow::Object store()
    {
        m_open.close();
        flow::Value::List uris;
        for (const std::filesystem::path &file : m_files)
            uris.emplace_back(m_context.storage().put(file, file.filename().native(), true));
        return flow::Object{{"uris", std::move(uris)}};
    }

private:
    engine::TaskContext &m_context;
    std::string m_extension;
    std::string m_separator;
    std::vector<std::filesystem::path> m_files;
    std::ofstream m_open;
    std::size_t m_current = static_cast<std::size_t>(-1);
};

void byBytes(TextLines &lines, Pieces &pieces, std::int64_t limit)
{
    std::int64_t size = limit;
    for (std::string line; lines.next(line);) {
        if (size >= limit) {
            pieces.begin();
            size = 0;
        }
        size += static_cast<std::int64_t>(pieces.add(line, pieces.count() - 1));
    }
}

void byRows(TextLines &lines, Pieces &pieces, std::int64_t limit)
{
    std::int64_t rows = limit;
    for (std::string line; lines.next(line);) {
        if (rows >= limit) {
            pieces.begin();
            rows = 0;
        }
        ++rows;
        pieces.add(line, pieces.count() - 1);
    }
}

/// Lines are dealt out in turn.
void byPartitions(const std::filesystem::path &file, Pieces &pieces, std::int64_t count)
{
    std::vector<std::string> all;
    TextLines lines(file);
    for (std::string line; lines.next(line);)
        all.push_back(std::move(line));
    if (count <= 0 && !all.empty())
        throw TaskFailure{"Index 0 out of bounds for length 0"};
    const std::size_t partitions = std::min(all.size(), static_cast<std::size_t>(std::max<std::int64_t>(count, 0)));
    for (std::size_t piece = 0; piece < partitions; ++piece) {
        pieces.begin();
        for (std::size_t row = piece; row < all.size(); row += static_cast<std::size_t>(count))
            pieces.add(all[row], piece);
    }
}

/// Lines go together by what the first group matches; others are dropped.
void byPattern(TextLines &lines, Pieces &pieces, const std::string &pattern)
{
    std::shared_ptr<const expr::regex::Regex> expression;
    try {
        expression = expr::regex::compile(pattern);
    } catch (const expr::Failure &failure) {
        const std::string &message = failure.error.message; // `java.util.regex.PatternSyntaxException: …`
        throw TaskFailure{message.substr(std::min(message.find(": "), message.size() - 2) + 2)};
    }
    if (expression->groups() == 0)
        return;
    std::map<std::string, std::size_t> places;
    for (std::string line; lines.next(line);) {
        const auto match = expression->extract(line, 1);
        if (!match)
            continue;
        const auto [place, isNew] = places.try_emplace(match->value_or(""), pieces.count());
        if (isNew)
            pieces.begin();
        pieces.add(line, place->second);
    }
}

} // namespace

engine::TaskResult runSplit(engine::TaskContext &context)
{
    const std::string from = requiredText(context, "from");
    const std::filesystem::path file = storedFile(context, from);
    Pieces pieces(context, extensionOf(from), optionalText(context.property("separator")).value_or("\n"));
    TextLines lines(file);
    if (const auto bytes = optionalText(context.property("bytes")))
        byBytes(lines, pieces, bytesOf(*bytes));
    else if (const flow::Value partitions = context.property("partitions"); !partitions.isNull())
        byPartitions(file, pieces, integerOf(partitions, 0));
    else if (const flow::Value rows = context.property("rows"); !rows.isNull())
        byRows(lines, pieces, integerOf(rows, 0));
    else if (const auto pattern = optionalText(context.property("regexPattern")))
        byPattern(lines, pieces, *pattern);
    else
        throw TaskFailure{"Invalid configuration with no size, count, rows, nor regexPattern"};
    return engine::TaskResult::success(pieces.store());
}

} // namespace tasks
