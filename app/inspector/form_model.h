#pragma once

#include "editor/yaml_scanner.h"
#include "engine/flow/flow_document.h"
#include "engine/flow/task_catalog.h"

#include <string>
#include <utility>
#include <vector>

namespace app {

/// With what a property is edited.
enum class FieldKind {
    Text,
    Code, ///< several lines: scripts, queries
    Enum,
    Bool,
    Number,
    Duration,
    Cron,
    List,  ///< of short texts
    Map,   ///< text keys to short texts
    Yaml,  ///< anything else, as it is written
    Tasks, ///< edited on the canvas; counted here
    Group, ///< heading of the fields of a nested object, which follow it
};

/// One row of the form.
struct FormField
{
    std::string path; ///< below the subject: `retry.interval`
    std::string name;
    int depth = 0; ///< of nesting; fields of a Group have one more
    FieldKind kind = FieldKind::Text;
    std::string type; ///< as the catalog says it; empty for unknown keys
    std::string documentation;
    bool required = false;
    bool written = false;
    bool unknown = false;     ///< the type has no such property: shown, kept, not offered
    bool common = false;      ///< every type of the kind has it: offered below the type's own
    bool expressions = false; ///< may hold `{{ }}`
    bool keyed = false;       ///< a Map written as a list of `key` and `value`: labels
    bool file = false;        ///< names a file
    editor::ScriptLanguage language = editor::ScriptLanguage::None; ///< of Code
    char quote = 0;           ///< what a scalar is quoted by: it stays so
    std::string text;         ///< the value of scalars; the YAML of Yaml; the count of Tasks
    std::vector<std::string> items;
    std::vector<std::pair<std::string, std::string>> entries;
    std::string placeholder; ///< the default
    std::string fromDefaults; ///< what pluginDefaults bring when it is not written, as YAML
    std::string zone;         ///< of a Cron: the time zone written beside it; empty for that of the system
    std::vector<std::string> choices;
    flow::Range range; ///< of the value; empty when it is not written
    std::vector<flow::Diagnostic> problems;
    bool operator==(const FormField &) const = default;
};

/// What the inspector shows of one task, trigger, input, or of the flow.
struct Form
{
    enum class Subject { None, Flow, Task, Item };
    Subject subject = Subject::None;
    std::string path; ///< as given: empty is the flow
    std::string id;
    std::string type;
    std::string note;
    std::size_t line = 0;                   ///< 1-based
    flow::Range range;                      ///< whole lines
    std::size_t references = 0;             ///< places that name this task
    bool editable = false;                  ///< false while its own text can't be read
    std::string fault;                      ///< why not
    std::vector<FormField> fields;          ///< required, then written, then the others
    std::vector<flow::Diagnostic> problems; ///< of the subject, of none of the fields
};

/// Pure. The snapshot's flow must be of its revision.
Form buildForm(const flow::Snapshot &snapshot, const std::string &path,
               const flow::TaskCatalog &catalog);

} // namespace app
