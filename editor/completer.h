#pragma once

#include "engine/flow/flow_document.h"
#include "engine/flow/task_catalog.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace editor {

struct RunValues;

/// A filter, function, test or tag of the expression language.
struct ExpressionWord
{
    std::string name;
    std::string
        signature; ///< its parameters, `format='iso', timeZone`; empty when it takes nothing
    std::string summary;
};

/// The words of the expression language in one dialect.
struct ExpressionWords
{
    std::vector<ExpressionWord> filters;
    std::vector<ExpressionWord> functions;
    std::vector<ExpressionWord> tests;
};
ExpressionWords expressionWords(flow::Dialect dialect);

/// What the project knows beyond the text: its other flows.
struct ProjectFlow
{
    std::string namespaceId;
    std::string id;
    std::vector<std::string> inputs;
};

enum class CompletionKind {
    Property,
    RequiredProperty,
    TaskType,
    EnumValue,
    Boolean,
    DefaultValue,
    TaskId,
    Input,
    Variable,
    Label,
    Output,
    FlowId,
    Namespace,
    Filter,
    Function,
    Test,
    Tag,
};

struct CompletionItem
{
    CompletionKind kind = CompletionKind::Property;
    std::string label;
    std::string insert;    ///< takes the place of CompletionList::range
    std::size_t caret = 0; ///< where the caret goes, in bytes of `insert`
    std::string detail;    ///< type, at the right of the row
    std::string documentation;
    std::size_t selected = 0;             ///< bytes behind the caret to select: a value to be typed over
    std::vector<flow::Replacement> also; ///< further changes: the id a new task lacks
};

struct CompletionList
{
    flow::Range range;                 ///< what an item replaces
    std::vector<CompletionItem> items; ///< best first
};

/// What could be written at a place. Knows the text, its last analysis (which may be of an older
/// text) and the catalog. Offers nothing the language would refuse. Pure; without Qt; any thread.
class Completer
{
public:
    Completer(std::shared_ptr<const flow::TaskCatalog> catalog, ExpressionWords words);

    void setProject(std::vector<ProjectFlow> flows) { m_project = std::move(flows); }
    /// What the last run left: names the catalog can't know. Null: none.
    void setRunValues(std::shared_ptr<const RunValues> values) { m_runValues = std::move(values); }
    const RunValues *runValues() const { return m_runValues.get(); }
    CompletionList complete(const flow::Snapshot &snapshot, std::size_t offset) const;

    const flow::TaskCatalog &catalog() const { return *m_catalog; }
    const ExpressionWords &words() const { return m_words; }
    const std::vector<ProjectFlow> &project() const { return m_project; }

private:
    std::shared_ptr<const flow::TaskCatalog> m_catalog;
    ExpressionWords m_words;
    std::vector<ProjectFlow> m_project;
    std::shared_ptr<const RunValues> m_runValues;
};

/// How well `typed` stands for `label`: 0 not at all; more for a whole prefix, then for word
/// beginnings, then for letters in order. Case does not matter.
int matchScore(std::string_view label, std::string_view typed);

} // namespace editor
