#include "app/sentences/flow_sentences.h"

namespace app {

using flow::ErrorCode;

Sentence sentenceOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::StaleRevision:
        return {QT_TRANSLATE_NOOP("Tr", "The text changed in the meantime."), QT_TRANSLATE_NOOP("Tr", "Try again.")};
    case ErrorCode::OverlappingEdits:
        return {QT_TRANSLATE_NOOP("Tr", "Two changes touch the same place."),
                QT_TRANSLATE_NOOP("Tr", "Make them one after the other.")};
    case ErrorCode::OutOfRange:
        return {QT_TRANSLATE_NOOP("Tr", "There is no such place in the list."),
                QT_TRANSLATE_NOOP("Tr", "Choose a place between its first task and its end.")};
    case ErrorCode::NoSuchTask:
        return {QT_TRANSLATE_NOOP("Tr", "There is no task %1."),
                QT_TRANSLATE_NOOP("Tr", "Name a task by its id, or by its path like tasks[0].then[1].")};
    case ErrorCode::NoSuchList:
        return {QT_TRANSLATE_NOOP("Tr", "%1 can hold no tasks."),
                QT_TRANSLATE_NOOP("Tr", "Name a task that holds others, or a list like errors or check.else.")};
    case ErrorCode::NoSuchProperty:
        return {QT_TRANSLATE_NOOP("Tr", "There is no property %1."),
                QT_TRANSLATE_NOOP("Tr", "Check the path: keys are joined by dots, items are [0], [1] ….")};
    case ErrorCode::IdTaken:
        return {QT_TRANSLATE_NOOP("Tr", "The id %1 is taken."), QT_TRANSLATE_NOOP("Tr", "Choose another one.")};
    case ErrorCode::InvalidId:
        return {QT_TRANSLATE_NOOP("Tr", "%1 is no valid id."),
                QT_TRANSLATE_NOOP("Tr", "Use letters, digits, _ and -, beginning with a letter or digit.")};
    case ErrorCode::InvalidYaml:
        return {QT_TRANSLATE_NOOP("Tr", "The value is not readable YAML: %1."),
                QT_TRANSLATE_NOOP("Tr", "Quote it, or mend it.")};
    case ErrorCode::NotATask:
        return {QT_TRANSLATE_NOOP("Tr", "This is no task."),
                QT_TRANSLATE_NOOP("Tr", "A task is a mapping with a type.")};
    case ErrorCode::IntoItself:
        return {QT_TRANSLATE_NOOP("Tr", "%1 can't move into itself."), ""};
    case ErrorCode::WouldCycle:
        return {QT_TRANSLATE_NOOP("Tr", "%1 already waits for %2: the tasks would wait for each other for ever."), ""};
    case ErrorCode::NotInDag:
        return {QT_TRANSLATE_NOOP("Tr", "%1 is not in the same Dag."),
                QT_TRANSLATE_NOOP("Tr", "Only tasks of one Dag can depend on each other.")};
    case ErrorCode::AlreadyConnected:
        return {QT_TRANSLATE_NOOP("Tr", "%2 depends on %1 already."), ""};
    case ErrorCode::NotConnected:
        return {QT_TRANSLATE_NOOP("Tr", "%2 does not depend on %1."), ""};
    case ErrorCode::BrokenText:
        return {QT_TRANSLATE_NOOP("Tr", "The text there can't be read: %1."),
                QT_TRANSLATE_NOOP("Tr", "Mend it in the editor first.")};
    case ErrorCode::LastTask:
        return {QT_TRANSLATE_NOOP("Tr", "%1 wants at least one task."), ""};
    case ErrorCode::WouldLose:
        return {QT_TRANSLATE_NOOP("Tr", "%1 would get lost."), QT_TRANSLATE_NOOP("Tr", "Move or remove it first.")};
    case ErrorCode::NotTogether:
        return {QT_TRANSLATE_NOOP("Tr", "%1 does not stand beside the other tasks in one list."),
                QT_TRANSLATE_NOOP("Tr", "Choose neighbours, or move them together first.")};
    case ErrorCode::MeansElse:
        return {QT_TRANSLATE_NOOP("Tr", "%1 would mean something else in the other flow (task %2)."),
                QT_TRANSLATE_NOOP("Tr", "Leave the task where it is, or read the value in another way first.")};
    case ErrorCode::BoundToPlace:
        return {QT_TRANSLATE_NOOP("Tr", "%1 acts on the execution or the directory it runs in, which would be another one."),
                QT_TRANSLATE_NOOP("Tr", "Leave it where it is.")};
    case ErrorCode::MayBeMissing:
        return {QT_TRANSLATE_NOOP("Tr", "%1 may have no value when it is handed over (task %2)."),
                QT_TRANSLATE_NOOP("Tr", "Give it a default first: %1 ?? 'none'.")};
    case ErrorCode::TypeChanges:
        return {QT_TRANSLATE_NOOP("Tr", "%1 would get another type."), ""};
    case ErrorCode::DefaultsDiffer:
        return {QT_TRANSLATE_NOOP("Tr", "The plugin defaults for %1 differ between the two flows."),
                QT_TRANSLATE_NOOP("Tr", "Write the values into the tasks first.")};
    case ErrorCode::OnlyOfSubflow:
        return {QT_TRANSLATE_NOOP("Tr", "%1 of %2 has no counterpart without the subflow."),
                QT_TRANSLATE_NOOP("Tr", "Remove it first.")};
    case ErrorCode::NotASubflow:
        return {QT_TRANSLATE_NOOP("Tr", "%1 is no Subflow task that names its flow."), ""};
    case ErrorCode::NoSuchFlow:
        return {QT_TRANSLATE_NOOP("Tr", "There is no flow %1 in the project."), ""};
    case ErrorCode::ReadOnly:
        return {QT_TRANSLATE_NOOP("Tr", "This text may only be looked at."), ""};
    }
    return {"", ""};
}

} // namespace app
