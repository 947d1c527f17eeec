#pragma once

#include "engine/flow/taken_over.h"
#include "engine/flow/task_catalog.h"
#include "engine/flow/validation/report.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace flow {

/// One object of the flow as it is checked: its mapping, its type, where it stands.
struct Bean
{
    const TaskType *type = nullptr;
    const Node *node = nullptr; ///< a mapping, merged with the plugin defaults
    const Place *place = nullptr;
    bool checked = true;        ///< the real engine checks its constraints; where it does not they are advice
    bool open = false;          ///< may have properties that its type does not list

    /// The value of a property; null when it is absent or counts as not given.
    const Node *given(std::string_view property) const;
    /// Where a fault of the whole object is shown.
    Range nameRange() const;
};

/// Checks a flow's text against the catalog: types of values, unknown and missing properties,
/// constraints, and the rules of single objects. One use per analysis.
class SchemaCheck
{
public:
    SchemaCheck(const TaskCatalog &catalog, Report &report) : m_catalog(catalog), m_report(report) {}

    void check(const Node &root);
    /// Items of lists that are known to be without fault are not looked into. `taken` must outlive the check.
    void passOver(const TakenOver &taken) { m_taken = &taken; }

    const TaskCatalog &catalog() const { return m_catalog; }
    /// A broken rule of an object or of one of its properties, in the words of the real engine.
    Diagnostic &ruleFault(const Bean &bean, std::string_view property, Range range, std::string_view code,
                   std::vector<std::string> args, std::vector<std::string> reports);
    void advise(const Bean &bean, Range range, std::string_view code, std::vector<std::string> args)
    {
        m_report.warning(code, range, *bean.place, std::move(args));
    }
    void lateFault(const Bean &bean, Range range, std::string_view code, std::vector<std::string> args);

private:
    struct Default
    {
        std::string type;    ///< its name today where it is the name of one type
        std::string written; ///< every type whose name, as written, begins so is meant too
        std::string ref;
        bool forced = false;
        const Node *values = nullptr;
    };

    void readDefaults(const Node &root);
    const Node *withDefaults(const Node &node, std::string_view type);
    const Node *fitting(const Node &values, std::string_view type);
    const Node *merge(const Node &own, const Node &other, bool forced);
    const Node *withEntries(const Node &mapping, const std::vector<Entry> &entries);

    void value(const Node &node, const TypeShape &shape, std::string_view name, const Place &place, bool checked);
    void mayBeExpression(const Node &node, const Property &property, const Place &place);
    void scalar(const Node &node, const TypeShape &shape, std::string_view name, const Place &place);
    void list(const Node &node, const TypeShape &shape, std::string_view name, const Place &place, bool checked);
    void map(const Node &node, const TypeShape &shape, std::string_view name, const Place &place, bool checked);
    void choice(const Node &node, const TaskType &type, const Place &place, bool checked);
    void plugin(const Node &node, TypeShape::Kind kind, const Place &place, bool checked);
    void unknownType(const Node &node, const Node &typeNode, TypeShape::Kind kind, const Place &place, bool checked);
    void labels(const Node &node, const Place &place, bool checked);
    void object(const Bean &bean);
    void unknownProperty(const Bean &bean, const Node &key);
    void constraints(const Bean &bean);
    void propertyRules(const Bean &bean, const Property &property, const Node *written);
    void elementRules(const Bean &bean, const Property &property, const Node &value);
    void mismatch(const Node &node, std::string_view name, const Place &place, std::string expected);

    const TaskCatalog &m_catalog;
    Report &m_report;
    std::vector<Default> m_defaults;
    Arena m_merged;
    const TakenOver *m_taken = nullptr;
    int m_depth = 0;
};

/// The rules of single objects that the catalog only names (`DagTaskValidation`); object_rules.cpp.
void checkObjectRules(SchemaCheck &check, const Bean &bean);

/// The path of a constraint as the real engine prints it: with the ids of tasks and inputs.
std::string rulePath(const Bean &bean, std::string_view property, Dialect dialect);

} // namespace flow
