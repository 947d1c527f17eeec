#include "app/sentences/engine_sentences.h"

namespace app {

using engine::ErrorCode;

Sentence sentenceOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidFlow:
        return {QT_TRANSLATE_NOOP("Tr", "The flow can't run as it is: %1"), QT_TRANSLATE_NOOP("Tr", "See Problems.")};
    case ErrorCode::InputInvalid:
        return {QT_TRANSLATE_NOOP("Tr", "Input %2 is not accepted: %1"), QT_TRANSLATE_NOOP("Tr", "Change it and run again.")};
    case ErrorCode::CheckBlocked:
        return {QT_TRANSLATE_NOOP("Tr", "A check of the flow stops it: %1"), ""};
    case ErrorCode::FlowDisabled:
        return {QT_TRANSLATE_NOOP("Tr", "The flow is disabled."), QT_TRANSLATE_NOOP("Tr", "Remove disabled: true and run again.")};
    case ErrorCode::NoSuchFlow:
        return {QT_TRANSLATE_NOOP("Tr", "There is no flow %2 in %1."), ""};
    case ErrorCode::NoSuchExecution:
        return {QT_TRANSLATE_NOOP("Tr", "There is no execution %1."), ""};
    case ErrorCode::WrongState:
        return {QT_TRANSLATE_NOOP("Tr", "This can't be done while the execution is %1."), ""};
    case ErrorCode::ReadOnly:
        return {QT_TRANSLATE_NOOP("Tr", "Another Leat uses this data folder, so nothing can be started here."),
                QT_TRANSLATE_NOOP("Tr", "Close the other one.")};
    case ErrorCode::Locked:
        return {QT_TRANSLATE_NOOP("Tr", "The data folder belongs to another Leat (process %1)."), QT_TRANSLATE_NOOP("Tr", "Close the other one.")};
    case ErrorCode::StoreTooNew:
        return {QT_TRANSLATE_NOOP("Tr", "The run history was written by a newer Leat (format %1, this one knows %2)."),
                QT_TRANSLATE_NOOP("Tr", "Update Leat. The history is untouched.")};
    case ErrorCode::StoreCorrupt:
        return {QT_TRANSLATE_NOOP("Tr", "The run history is damaged: %1"), QT_TRANSLATE_NOOP("Tr", "It was put aside as %2; a new one was begun.")};
    case ErrorCode::StoreFull:
        return {QT_TRANSLATE_NOOP("Tr", "The disk is full: the run could not be recorded."), QT_TRANSLATE_NOOP("Tr", "Free some space and run again.")};
    case ErrorCode::StoreNotWritable:
        return {QT_TRANSLATE_NOOP("Tr", "The run history can't be written: %1"), QT_TRANSLATE_NOOP("Tr", "Check who may write to its folder.")};
    case ErrorCode::StoreFailed:
        return {QT_TRANSLATE_NOOP("Tr", "The run history could not be used: %1"), ""};
    }
    return {"", ""};
}

} // namespace app
