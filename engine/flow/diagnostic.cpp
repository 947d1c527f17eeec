#include "engine/flow/diagnostic.h"

#include <algorithm>
#include <array>
#include <utility>

namespace flow {

namespace {

using Sentence = std::pair<std::string_view, std::string_view>;

/// English is the source of all translations; %1, %2 … are the args of the diagnostic.
constexpr std::array kSentences = {
    Sentence{"alias-not-expanded", "The alias is read as the text '%1': anchors are not expanded"},
    Sentence{"assets-not-supported", "Task '%1' has assets, which only the enterprise edition knows"},
    Sentence{"complex-key", "A key must be plain text"},
    Sentence{"condition-not-supported", "A webhook can't have the condition %1"},
    Sentence{"cyclic-dependency", "The tasks wait for each other: %1"},
    Sentence{"cyclic-input", "Input '%1' depends on a circle of inputs: %2"},
    Sentence{"dashed-reference", "Write %1['%2']: a name with dashes needs brackets"},
    Sentence{"default-and-prefill", "An input has a default or a prefill, not both"},
    Sentence{"default-not-required", "An input with a default is always given: it can't be optional"},
    Sentence{"deprecated-property", "Property '%1' is deprecated"},
    Sentence{"deprecated-type", "%1 is deprecated"},
    Sentence{"duplicate-input", "Another input is called '%1'"},
    Sentence{"duplicate-key", "The key '%1' is written twice"},
    Sentence{"duplicate-output", "Another output is called '%1'"},
    Sentence{"duplicate-task", "Another task is called '%1'"},
    Sentence{"duplicate-trigger", "Another trigger is called '%1'"},
    Sentence{"empty-dag", "A Dag needs at least one task"},
    Sentence{"empty-text", "The file is empty"},
    Sentence{"empty-value", "'%1' must not be empty"},
    Sentence{"file-default", "The default of a FILE input must not need variables"},
    Sentence{"file-default-address", "'%1' is no file: the default starts with file: or nsfile:"},
    Sentence{"filter-value", "A filter of type %1 needs '%2' and nothing else"},
    Sentence{"foreign-type", "No catalog here knows %1: its properties are not checked"},
    Sentence{"form-in-form", "A FORM can't hold another FORM"},
    Sentence{"form-with-default", "A FORM groups inputs and can't have '%1' itself"},
    Sentence{"invalid-cron", "'%1' is no cron expression: %2"},
    Sentence{"invalid-default", "The default of input '%1' can't be its value: %2"},
    Sentence{"invalid-item-type", "Items can't be of type %1"},
    Sentence{"invalid-label", "A label needs a key and a single text as its value"},
    Sentence{"invalid-regex", "'%2' is no regular expression"},
    Sentence{"invalid-text", "'%2' is not allowed for '%1': it must match %3"},
    Sentence{"long-number", "A number can't have more than %1 digits"},
    Sentence{"malformed-number", "'%1' is no number the language can read; quote it if it is text"},
    Sentence{"missing-element", "An entry of '%1' is empty"},
    Sentence{"missing-property", "'%1' is required"},
    Sentence{"missing-type", "A 'type' is required here"},
    Sentence{"must-be-absent", "'%1' can't be given here"},
    Sentence{"nested-input", "Input '%1' can't stand below '%2', which is an input itself"},
    Sentence{"no-cases", "A Switch needs a task in its cases or defaults"},
    Sentence{"not-a-flow", "A flow is a map of keys and values"},
    Sentence{"not-less", "'%1' must be less than '%2'"},
    Sentence{"not-runnable-inside", "%1 can't run inside a WorkingDirectory"},
    Sentence{"not-supported", "'%1' can't be given: nothing can be made from it"},
    Sentence{"property-without-effect", "'%1' has no effect on task '%2', which does no work itself"},
    Sentence{"quotas-not-supported", "Only the enterprise edition knows quotas"},
    Sentence{"recursive-subflow", "The flow %1.%2 calls itself"},
    Sentence{"renamed-type", "%1 is now called %2"},
    Sentence{"reserved-id", "'%1' is a reserved word and can't be the id of a flow"},
    Sentence{"system-label", "The label '%2' can only be set by the engine"},
    Sentence{"tab", "A tab can't stand here: use spaces"},
    Sentence{"template-fault", "This template fails when it is rendered: %1"},
    Sentence{"time-window-excess", "A window of type %1 can't have '%2'"},
    Sentence{"time-window-lacks", "A window of type %1 needs '%2'"},
    Sentence{"too-small", "'%1' must be at least %2"},
    Sentence{"trigger-on-everything", "Trigger '%1' has no preconditions: every execution of every flow starts this one"},
    Sentence{"type-mismatch", "'%1' must be %2, not %3"},
    Sentence{"unknown-defaults-ref", "No plugin defaults are called '%1'"},
    Sentence{"unknown-dependency", "No task of this Dag is called '%1'"},
    Sentence{"unknown-escape", "'%1' is no escape of a double-quoted text"},
    Sentence{"unknown-input", "No input is called '%1'"},
    Sentence{"unknown-property", "%2 has no property '%1'"},
    Sentence{"unknown-subflow", "No flow %1.%2 is found in the project"},
    Sentence{"unknown-timezone", "'%2' is no time zone"},
    Sentence{"unknown-type", "There is no type '%1'"},
    Sentence{"unknown-value", "'%2' is not allowed for '%1': %3"},
    Sentence{"unquoted-expression", "An expression at the start of a value must be quoted"},
    Sentence{"worker-group-inside", "A worker group is set on the WorkingDirectory, not on its tasks"},
    Sentence{"wrong-kind", "%1 can't be used here"},
    Sentence{"wrong-size", "'%1' must have between %2 and %3 characters"},
    Sentence{"yaml-syntax", "Not readable as YAML: %1"},
};

} // namespace

std::string_view sentenceOf(std::string_view code)
{
    const auto found = std::lower_bound(kSentences.begin(), kSentences.end(), code,
                                        [](const Sentence &sentence, std::string_view key) { return sentence.first < key; });
    return found != kSentences.end() && found->first == code ? found->second : std::string_view();
}

std::vector<std::string_view> diagnosticCodes()
{
    std::vector<std::string_view> codes;
    for (const auto &[code, sentence] : kSentences)
        codes.push_back(code);
    return codes;
}

std::string describe(const Diagnostic &diagnostic)
{
    std::string_view pattern = sentenceOf(diagnostic.code);
    if (pattern.empty())
        pattern = diagnostic.code;
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%' || i + 1 == pattern.size() || pattern[i + 1] < '1' || pattern[i + 1] > '9') {
            text += pattern[i];
            continue;
        }
        const auto index = static_cast<std::size_t>(pattern[++i] - '1');
        if (index < diagnostic.args.size())
            text += diagnostic.args[index];
    }
    if (diagnostic.suggestion.empty() || diagnostic.code == "renamed-type")
        return text;
    if (diagnostic.severity == Severity::Hint)
        text += ": use '" + diagnostic.suggestion + "'";
    else
        text += ". Did you mean '" + diagnostic.suggestion + "'?";
    return text;
}

} // namespace flow
