#pragma once

#include "engine/flow/flow_document.h"
#include "engine/flow/task_catalog.h"

#include <QStringList>

#include <string>
#include <vector>

namespace app {

/// A flow to begin with: what it is for, and its text with its comments, without the lines that
/// describe it.
struct Blueprint
{
    QString id; ///< name of its file
    QString title;
    QString description;
    QStringList tags;
    std::string text;
};

/// The smallest flow, which has no file; what it says of itself is in the language of the interface.
Blueprint emptyFlow();
/// Those that are linked in, by title; what they say of themselves in this language (`ko`), else in English. GUI thread.
const std::vector<Blueprint> &blueprints(const QString &language = {});
/// Reads `# title:`, `# title.ko:`, the same of `description`, and `# tags:` from the head of a text.
Blueprint readBlueprint(const QString &id, std::string text, const QString &language = {});
/// Every word of the query is in the title, the description, a tag or a type of the text.
bool matches(const Blueprint &blueprint, const QString &query);

/// The blueprint as a flow of its own with this id and namespace.
std::string flowFrom(const Blueprint &blueprint, const std::string &id, const std::string &namespaceId, const flow::TaskCatalog &catalog);
/// One edit that puts its tasks, inputs, triggers and variables into a flow, with their comments; ids that
/// are taken get the next free number, in what refers to them too.
flow::Result<flow::Edit> insertInto(const flow::Snapshot &flow, const Blueprint &blueprint, const flow::TaskCatalog &catalog);

} // namespace app
