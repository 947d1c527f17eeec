#pragma once

#include "engine/flow/edits.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Edits as words: what `leat edit` reads from its arguments and the fidelity cases from their steps.
namespace flow {

/// One wish: `--add YAML --after ID`, `--set ID.path=YAML`.
struct EditStep
{
    std::string option;               ///< `--add`
    std::vector<std::string> values;  ///< its operands, in order
    std::string place;                ///< `--after`, `--before` or `--into`; empty when not given
    std::string placeOf;              ///< the id, path or list named there
    std::string as;                   ///< `--as FLOWID` of `--extract`
    std::optional<std::size_t> at;    ///< `--at N`: before the task that is the Nth now, from 0
};

/// What is wrong with the words: one English sentence.
struct UsageError
{
    std::string sentence;
};

/// Words in the order given; an operand may follow `=` too (`--remove=load`).
base::Result<std::vector<EditStep>, UsageError> readEditSteps(std::span<const std::string> words);

/// The options with their operands, one line each, for help texts.
std::string_view editStepHelp();

/// Tasks are named by id or by path (`tasks[0].then[1]`), lists by path (`tasks[0].else`, `errors`) or
/// by a task and a key (`check.else`, `route.cases.EU`); a task alone means its first list. Of `--set`
/// and `--unset` a leading dot means the flow: `.variables.day`.
Result<Edit> makeEdit(const Snapshot &snapshot, const EditStep &step);

/// Whether a step concerns more files than its own: `--extract`, `--inline`, `--rename-flow`. Of those
/// makeEdit gives what changes in the own one.
bool isOverFiles(const EditStep &step);
/// Such a step. `files` are the flows of the project, the one the step is for first.
Result<edits::ProjectEdit> makeProjectEdit(std::span<const Snapshot> files, const EditStep &step);

/// What a step would leave without a target: of `--remove` and `--remove-item`, in file order.
std::vector<edits::Dangling> danglingAfter(const Snapshot &snapshot, const EditStep &step);

} // namespace flow
