#include "app/messages.h"

#include "app/sentences/engine_sentences.h"
#include "app/sentences/flow_sentences.h"
#include "app/sentences/git_sentences.h"
#include "ui/tr.h"

namespace app {

namespace {

QString filled(const char *text, const std::vector<std::string> &args, const std::string &where)
{
    return text && *text ? QString::fromStdString(fill(Tr::tr(text).toStdString(), args, where)) : QString();
}

QString joined(const Sentence &sentence, const std::vector<std::string> &args, const std::string &where)
{
    const QString action = filled(sentence.action, args, where);
    const QString cause = filled(sentence.cause, args, where);
    return action.isEmpty() ? cause : cause + QLatin1Char(' ') + action;
}

} // namespace

QString sentence(const flow::Error &error)
{
    return joined(sentenceOf(error.code), error.args, error.where);
}

QString sentence(const engine::Error &error)
{
    return joined(sentenceOf(error.code), error.args, error.where);
}

QString sentence(const git::Error &error)
{
    return joined(sentenceOf(error.code), error.args, error.where);
}

git::ErrorWords wordsOf(const git::Error &error)
{
    const Sentence sentence = sentenceOf(error.code);
    return {filled(sentence.cause, error.args, error.where), filled(sentence.action, error.args, error.where)};
}

QString sentence(const editor::FileError &error)
{
    const QString file = QString::fromStdString(error.where);
    const QString cause = error.args.empty() ? QString() : QString::fromStdString(error.args.front());
    switch (error.code) {
    case editor::FileErrorCode::NotFound: return Tr::tr("There is no file %1.").arg(file);
    case editor::FileErrorCode::NotAFile: return Tr::tr("%1 is not a file.").arg(file);
    case editor::FileErrorCode::CannotRead: return Tr::tr("%1 can't be read: %2").arg(file, cause);
    case editor::FileErrorCode::CannotWrite: return Tr::tr("%1 can't be written: %2. The file is as it was.").arg(file, cause);
    case editor::FileErrorCode::ChangedOnDisk: return Tr::tr("%1 was changed by another program. Nothing was written.").arg(file);
    case editor::FileErrorCode::NoPath: return Tr::tr("This document has no file yet. Save it under a name.");
    case editor::FileErrorCode::ReadOnly: return Tr::tr("%1 is open to be looked at only.").arg(file);
    }
    return {};
}

QString sentence(const flow::Diagnostic &diagnostic)
{
    const std::string pattern(flow::sentenceOf(diagnostic.code));
    const QString translated = pattern.empty() ? QString() : Tr::tr(pattern.c_str());
    if (pattern.empty() || translated == QString::fromStdString(pattern))
        return QString::fromStdString(flow::describe(diagnostic));
    const QString text = QString::fromStdString(fill(translated.toStdString(), diagnostic.args, {}));
    const QString suggestion = QString::fromStdString(diagnostic.suggestion);
    if (suggestion.isEmpty() || diagnostic.code == "renamed-type")
        return text;
    return diagnostic.severity == flow::Severity::Hint ? Tr::tr("%1: use '%2'").arg(text, suggestion) : Tr::tr("%1. Did you mean '%2'?").arg(text, suggestion);
}

QString labelText(const flow::EditLabel &label)
{
    static const QHash<QString, const char *> texts{
        {QStringLiteral("edit.type"), QT_TRANSLATE_NOOP("Tr", "Typing")},
        {QStringLiteral("edit.delete"), QT_TRANSLATE_NOOP("Tr", "Delete text")},
        {QStringLiteral("edit.paste"), QT_TRANSLATE_NOOP("Tr", "Paste")},
        {QStringLiteral("edit.reload"), QT_TRANSLATE_NOOP("Tr", "Reload from disk")},
        {QStringLiteral("edit.merge"), QT_TRANSLATE_NOOP("Tr", "Merge with the disk")},
        {QStringLiteral("edit.comment"), QT_TRANSLATE_NOOP("Tr", "Comment")},
        {QStringLiteral("edit.indent"), QT_TRANSLATE_NOOP("Tr", "Indent")},
        {QStringLiteral("edit.move-lines"), QT_TRANSLATE_NOOP("Tr", "Move lines")},
        {QStringLiteral("edit.duplicate-lines"), QT_TRANSLATE_NOOP("Tr", "Duplicate lines")},
        {QStringLiteral("edit.delete-lines"), QT_TRANSLATE_NOOP("Tr", "Delete lines")},
        {QStringLiteral("edit.add-task"), QT_TRANSLATE_NOOP("Tr", "Add %1")},
        {QStringLiteral("edit.remove-task"), QT_TRANSLATE_NOOP("Tr", "Delete %1")},
        {QStringLiteral("edit.remove-tasks"), QT_TRANSLATE_NOOP("Tr", "Delete %1")},
        {QStringLiteral("edit.duplicate-task"), QT_TRANSLATE_NOOP("Tr", "Duplicate %1")},
        {QStringLiteral("edit.move-task"), QT_TRANSLATE_NOOP("Tr", "Move %1")},
        {QStringLiteral("edit.rename-task"), QT_TRANSLATE_NOOP("Tr", "Rename %1")},
        {QStringLiteral("edit.set-property"), QT_TRANSLATE_NOOP("Tr", "Set %1")},
        {QStringLiteral("edit.unset-property"), QT_TRANSLATE_NOOP("Tr", "Remove %1")},
        {QStringLiteral("edit.connect"), QT_TRANSLATE_NOOP("Tr", "Connect %1 and %2")},
        {QStringLiteral("edit.disconnect"), QT_TRANSLATE_NOOP("Tr", "Disconnect %1 and %2")},
        {QStringLiteral("edit.set-note"), QT_TRANSLATE_NOOP("Tr", "Note of %1")},
        {QStringLiteral("edit.complete"), QT_TRANSLATE_NOOP("Tr", "Completion")},
        {QStringLiteral("edit.fix"), QT_TRANSLATE_NOOP("Tr", "Fix %1")},
        {QStringLiteral("edit.fix-all"), QT_TRANSLATE_NOOP("Tr", "Fix all")},
        {QStringLiteral("edit.rename"), QT_TRANSLATE_NOOP("Tr", "Rename %1 to %2")},
        {QStringLiteral("edit.rename-flow"), QT_TRANSLATE_NOOP("Tr", "Rename the flow")},
        {QStringLiteral("edit.recover"), QT_TRANSLATE_NOOP("Tr", "Unsaved text brought back")},
        {QStringLiteral("edit.replace"), QT_TRANSLATE_NOOP("Tr", "Replace")},
        {QStringLiteral("edit.replace-all"), QT_TRANSLATE_NOOP("Tr", "Replace all")},
        {QStringLiteral("edit.format"), QT_TRANSLATE_NOOP("Tr", "Format")},
        {QStringLiteral("edit.insert-blueprint"), QT_TRANSLATE_NOOP("Tr", "Insert %1")},
        {QStringLiteral("edit.add-item"), QT_TRANSLATE_NOOP("Tr", "Add %1")},
        {QStringLiteral("edit.paste-tasks"), QT_TRANSLATE_NOOP("Tr", "Paste %1")},
        {QStringLiteral("edit.duplicate-tasks"), QT_TRANSLATE_NOOP("Tr", "Duplicate %1")},
        {QStringLiteral("edit.move-tasks"), QT_TRANSLATE_NOOP("Tr", "Move %1")},
        {QStringLiteral("edit.disable-tasks"), QT_TRANSLATE_NOOP("Tr", "Disable %1")},
        {QStringLiteral("edit.enable-tasks"), QT_TRANSLATE_NOOP("Tr", "Enable %1")},
        {QStringLiteral("edit.reconnect"), QT_TRANSLATE_NOOP("Tr", "Connect %1 and %2")},
        {QStringLiteral("edit.wrap-tasks"), QT_TRANSLATE_NOOP("Tr", "Wrap in %1")},
        {QStringLiteral("edit.unwrap-task"), QT_TRANSLATE_NOOP("Tr", "Unwrap %1")},
        {QStringLiteral("edit.extract-subflow"), QT_TRANSLATE_NOOP("Tr", "Extract %1")},
        {QStringLiteral("edit.inline-subflow"), QT_TRANSLATE_NOOP("Tr", "Inline %1")},
        {QStringLiteral("edit.convert-group"), QT_TRANSLATE_NOOP("Tr", "Convert %1 to %2")},
    };
    const char *text = texts.value(QString::fromStdString(label.id));
    if (label.id == "edit.type" && !label.args.empty()) {
        constexpr qsizetype kShown = 32;
        const QString typed = QString::fromStdString(label.args.front()).simplified();
        if (!typed.isEmpty())
            return Tr::tr("Type “%1”").arg(typed.size() > kShown ? typed.left(kShown) + QChar(0x2026) : typed);
    }
    if (label.id == "edit.move-task" && label.args.size() > 1)
        text = !label.args[1].empty()      ? QT_TRANSLATE_NOOP("Tr", "Move %1 after %2")
               : label.args.size() > 2 ? QT_TRANSLATE_NOOP("Tr", "Move %1 to the front of %3")
                                       : QT_TRANSLATE_NOOP("Tr", "Move %1 to the front");
    if (label.id == "edit.move-tasks" && label.args.size() > 1)
        text = !label.args[1].empty()      ? QT_TRANSLATE_NOOP("Tr", "Move %1 tasks after %2")
               : label.args.size() > 2 ? QT_TRANSLATE_NOOP("Tr", "Move %1 tasks to the front of %3")
                                       : QT_TRANSLATE_NOOP("Tr", "Move %1 tasks to the front");
    if (!text)
        return Tr::tr("Edit");
    return QString::fromStdString(fill(Tr::tr(text).toStdString(), label.args, {}));
}

} // namespace app
