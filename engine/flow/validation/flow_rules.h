#pragma once

#include "engine/flow/dialect.h"
#include "engine/flow/flow.h"
#include "engine/flow/taken_over.h"
#include "engine/flow/validation/report.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace flow {

/// The ids of the tasks of a flow, which it must outlive.
class TaskIds
{
public:
    explicit TaskIds(const Flow &flow);

    bool contains(std::string_view id) const { return m_slots[place(id, hashOf(id))].id != nullptr; }
    const std::vector<const Task *> &repeated() const { return m_repeated; } ///< those whose id another one before has
    bool anyDashed() const { return m_anyDashed; }                            ///< one has a `-` in its id

private:
    struct Slot
    {
        const std::string *id = nullptr;
        std::size_t hash = 0;
    };
    static std::size_t hashOf(std::string_view id) { return std::hash<std::string_view>()(id); }
    std::size_t place(std::string_view id, std::size_t hash) const; ///< where it stands, or would
    void grow();

    std::vector<Slot> m_slots = std::vector<Slot>(64); // open addressing; at most half of them are taken
    std::size_t m_count = 0;
    std::vector<const Task *> m_repeated;
    bool m_anyDashed = false;
};

/// The rules of a whole flow: ids that must differ, references between inputs, calls of itself, labels
/// of the system, dashed names in templates.
void checkFlowRules(const Flow &flow, std::string_view text, const TaskIds &ids, const TakenOver &taken, Dialect dialect, Report &report);

/// Which task reads what of which other one.
std::vector<DataLink> findLinks(const Flow &flow, std::string_view text, const TaskIds &ids);

} // namespace flow
