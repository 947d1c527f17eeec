#include "app/project/flow_files.h"

#include "app/document_area.h"
#include "app/messages.h"
#include "app/project.h"
#include "editor/file_io.h"
#include "engine/flow/analysis.h"

namespace app {

namespace {

/// The texts of all flows of a project, with those of open documents as they stand.
struct Texts
{
    QStringList paths;
    std::vector<flow::Snapshot> snapshots;
};

Texts textsOf(const Project &project, const DocumentArea &documents, const flow::TaskCatalog &catalog)
{
    Texts texts;
    for (const FlowFile &file : project.flows()) {
        std::string text;
        if (const DocumentPage *page = documents.pageOf(file.path)) {
            text = page->currentText().value_or(std::string());
        } else if (auto read = editor::readFile(file.path)) {
            text = std::move(*read);
        } else {
            continue;
        }
        flow::FlowDocument document(std::move(text));
        document.adopt(flow::analyse(document.text(), document.revision(), catalog));
        texts.paths.append(file.path);
        texts.snapshots.push_back(document.snapshot());
    }
    return texts;
}

} // namespace

flow::Result<FlowRename> planFlowRename(const Project &project, const DocumentArea &documents, const flow::TaskCatalog &catalog, const QString &path,
                                        const QString &newId)
{
    const Texts texts = textsOf(project, documents, catalog);
    const qsizetype index = texts.paths.indexOf(path);
    if (index < 0)
        return flow::Error{flow::ErrorCode::NoSuchProperty, {path.toStdString()}, {}};
    const auto edit = flow::edits::renameFlow(texts.snapshots, std::size_t(index), newId.toStdString());
    if (!edit)
        return edit.error();
    FlowRename rename;
    for (const flow::edits::ProjectEdit::Change &change : edit->changes)
        rename.changes.push_back({texts.paths[qsizetype(change.file)], change.edit});
    return rename;
}

QStringList flowsThatName(const Project &project, const DocumentArea &documents, const flow::TaskCatalog &catalog, const QString &path)
{
    const Texts texts = textsOf(project, documents, catalog);
    const qsizetype index = texts.paths.indexOf(path);
    QStringList names;
    if (index < 0)
        return names;
    // what a rename would change elsewhere names it
    const auto edit = flow::edits::renameFlow(texts.snapshots, std::size_t(index), texts.snapshots[std::size_t(index)].flow->id + "_gone");
    if (!edit)
        return names;
    for (const flow::edits::ProjectEdit::Change &change : edit->changes)
        if (change.file != std::size_t(index)) {
            const flow::Flow &flow = *texts.snapshots[change.file].flow;
            names << QString::fromStdString(flow.namespaceId + "." + flow.id);
        }
    return names;
}

QStringList applyFlowRename(const FlowRename &rename, DocumentArea &documents)
{
    QStringList failures;
    for (const FlowRename::Change &change : rename.changes) {
        if (DocumentPage *page = documents.pageOf(change.path)) {
            const bool modified = page->isModified();
            if (!page->change(change.edit.replacements(), "edit.rename-flow"))
                failures << sentence(editor::FileError{editor::FileErrorCode::ReadOnly, {}, change.path.toStdString()});
            else if (!modified)
                if (auto saved = page->save(); !saved)
                    failures << sentence(saved.error());
            continue;
        }
        auto text = editor::readFile(change.path);
        if (!text) {
            failures << sentence(text.error());
            continue;
        }
        const auto edit = flow::Edit::make({}, *text, change.edit.replacements());
        if (!edit)
            continue;
        if (auto written = editor::writeFile(change.path, edit->applyTo(*text)); !written)
            failures << sentence(written.error());
    }
    return failures;
}

} // namespace app
