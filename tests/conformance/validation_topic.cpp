#include "tests/conformance/validation_topic.h"

#include "engine/flow/task_catalog.h"
#include "engine/flow/tree.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

namespace conformance {

namespace {

using flow::Diagnostic;
using flow::Object;
using flow::Severity;
using flow::Stage;
using flow::Value;

std::string readFile(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

/// The path the real engine gives with an error that stops it: that of the object, and none for the
/// flow itself, for unknown properties and for types.
std::optional<std::string> stoppedPath(const Diagnostic &diagnostic)
{
    if (diagnostic.stage == Stage::Late)
        return std::nullopt;
    if (diagnostic.stage == Stage::Early)
        return diagnostic.path.starts_with('[') ? std::optional(diagnostic.path) : std::nullopt;
    const std::string &code = diagnostic.code;
    if (code == "unknown-property" || code == "unknown-type" || code == "missing-type" || code == "foreign-type")
        return std::nullopt;
    if (code == "invalid-label")
        return diagnostic.path;
    const std::size_t end = diagnostic.path.find_last_of(".[");
    return end == std::string::npos || end == 0 ? std::nullopt : std::optional(diagnostic.path.substr(0, end));
}

std::string stoppedMessage(const Diagnostic &diagnostic)
{
    const std::string first = diagnostic.args.empty() ? std::string() : diagnostic.args.front();
    if (diagnostic.code == "unknown-type" || diagnostic.code == "missing-type" || diagnostic.code == "foreign-type")
        return "Validation error: Invalid type: " + first;
    if (diagnostic.code == "unknown-property")
        return "Validation error: Unrecognized field \"" + first + "\"";
    return "Validation error: " + flow::describe(diagnostic);
}

bool isAboutType(const Diagnostic &diagnostic)
{
    return diagnostic.code == "unknown-type" || diagnostic.code == "foreign-type" || diagnostic.code == "missing-type";
}

/// Binding the plugin defaults comes before looking into them.
const Diagnostic &firstEarly(const std::vector<const Diagnostic *> &faults)
{
    for (const Diagnostic *fault : faults)
        if (fault->path.starts_with('['))
            return *fault;
    return *faults.front();
}

/// The fault that binding stops at: the first in the text, but the type of an object before what is in it.
const Diagnostic &firstBound(const std::vector<const Diagnostic *> &faults)
{
    const Diagnostic *first = faults.front();
    for (const Diagnostic *other : faults)
        if (isAboutType(*other) && first->path.starts_with(other->path + "."))
            first = other;
    return *first;
}

Value::List ruleErrors(const std::vector<const Diagnostic *> &broken)
{
    Value::List errors;
    std::string wholeFlow;
    std::set<std::string> seen;
    for (const Diagnostic *diagnostic : broken)
        for (const std::string &report : diagnostic->reports) {
            if (!seen.insert(diagnostic->path + ": " + report).second)
                continue;
            if (diagnostic->path == "Invalid Flow") {
                wholeFlow += (wholeFlow.empty() ? "" : ", ") + report;
                continue;
            }
            errors.push_back(Object{{"message", "Validation error: " + diagnostic->path + ": " + report},
                                    {"path", diagnostic->path}});
        }
    if (!wholeFlow.empty())
        errors.push_back(Object{{"message", "Validation error: Invalid Flow: " + wholeFlow}, {"path", "Invalid Flow"}});
    return errors;
}

std::multiset<std::string> places(const Value &errors)
{
    std::multiset<std::string> all;
    for (const Value &error : errors.list()) {
        std::string place;
        for (const char *key : {"path", "line", "column"})
            if (const Value *value = error.find(key))
                place += std::string(key) + "=" + flow::toText(*value) + " ";
        all.insert(place);
    }
    return all;
}

std::multiset<std::string> messages(const Value &errors)
{
    std::multiset<std::string> all;
    for (const Value &error : errors.list()) {
        const Value *message = error.find("message");
        std::string text = message ? message->text() : std::string();
        const bool quotesClasses = text.find("io.kestra") != text.npos || text.find("java.") != text.npos ||
                                   text.find("[Source:") != text.npos || text.find("class ") != text.npos;
        if (const std::size_t field = text.find("\" (class"); field != text.npos)
            text = text.substr(0, field + 1);
        else if (quotesClasses && text.find("Invalid type") == text.npos)
            text = "…";
        all.insert(text);
    }
    return all;
}

std::string joined(const std::multiset<std::string> &texts)
{
    std::string line;
    for (const std::string &text : texts)
        line += "{" + text + "}";
    return line;
}

} // namespace

namespace {

/// The real engine ends lines at U+0085, U+2028 and U+2029 too.
flow::LineIndex::Position enginePosition(const std::string &text, std::size_t offset)
{
    auto position = flow::LineIndex(text).position(offset);
    std::size_t last = 0;
    for (const std::string_view mark : {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"})
        for (std::size_t at = text.find(mark); at < offset; at = text.find(mark, at + 1)) {
            ++position.line;
            last = std::max(last, at + mark.size());
        }
    if (last > text.rfind('\n', offset == 0 ? 0 : offset - 1) + 1)
        position.column = flow::LineIndex(std::string_view(text).substr(last)).position(offset - last).column;
    return position;
}

} // namespace

Value engineAnswer(const std::string &text, const flow::Analysis &analysis)
{
    std::vector<const Diagnostic *> stages[7];
    for (const Diagnostic &diagnostic : analysis.diagnostics) {
        if (diagnostic.severity == Severity::Error)
            stages[static_cast<int>(diagnostic.stage)].push_back(&diagnostic);
        else if (diagnostic.code == "foreign-type")
            stages[static_cast<int>(Stage::Binding)].push_back(&diagnostic);
    }
    Value::List errors;
    for (const Stage stage : {Stage::Syntax, Stage::Early, Stage::Binding, Stage::Late}) {
        const auto &faults = stages[static_cast<int>(stage)];
        if (faults.empty())
            continue;
        const Diagnostic &fault = stage == Stage::Binding ? firstBound(faults)
                                  : stage == Stage::Early ? firstEarly(faults)
                                                          : *faults.front();
        Object error{{"message", stoppedMessage(fault)}};
        if (stage == Stage::Syntax && fault.readUntil != flow::kNoPlace) {
            const auto position = enginePosition(text, fault.readUntil);
            error.set("line", static_cast<std::int32_t>(position.line));
            error.set("column", static_cast<std::int32_t>(position.column));
        } else if (const auto path = stage == Stage::Syntax ? std::nullopt : stoppedPath(fault)) {
            error.set("path", *path);
        }
        errors.push_back(std::move(error));
        break;
    }
    if (errors.empty())
        errors = ruleErrors(stages[static_cast<int>(Stage::Rules)]);
    const bool valid = errors.empty() && stages[static_cast<int>(Stage::Saving)].empty();
    return Object{{"valid", valid}, {"errors", std::move(errors)}};
}

std::vector<ValidationCase> runValidation(const std::filesystem::path &folder, const flow::TaskCatalog &catalog,
                                          const std::string &topic)
{
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".yaml" && (topic.empty() || entry.path().parent_path().filename() == topic))
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());

    std::vector<ValidationCase> cases;
    for (const std::filesystem::path &file : files) {
        std::filesystem::path expectedFile = file;
        expectedFile.replace_extension(".expected.json");
        if (!std::filesystem::exists(expectedFile))
            continue;
        ValidationCase result;
        result.topic = file.parent_path().filename().string();
        result.name = file.stem().string();
        const std::string text = readFile(file);
        const flow::Analysis analysis = flow::analyse(text, flow::Revision{1}, catalog);
        result.got = engineAnswer(text, analysis);
        Value expected = flow::parseJson(readFile(expectedFile)).value;
        if (catalog.dialect() == flow::Dialect::Kestra2_0)
            if (const Value *other = expected.find("v2_0"))
                expected = Value(*other);

        const bool valid = expected.find("valid")->asBool() && !expected.find("saveRefuses");
        const bool gotValid = result.got.find("valid")->asBool();
        result.verdict = valid == gotValid;
        const Value wanted = *expected.find("errors");
        const Value got = *result.got.find("errors");
        const bool listed = !expected.find("saveRefuses"); // a refusal of the save has no list of errors
        result.place = result.verdict && (!listed || places(wanted) == places(got));
        result.text = result.place && (!listed || messages(wanted) == messages(got));
        if (!result.place)
            result.difference = "expected " + std::string(valid ? "valid " : "invalid ") + joined(places(wanted)) +
                                ", got " + (gotValid ? "valid " : "invalid ") + joined(places(got));
        cases.push_back(std::move(result));
    }
    return cases;
}

} // namespace conformance
