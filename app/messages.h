#pragma once

#include "editor/file_io.h"
#include "engine/flow/diagnostic.h"
#include "engine/flow/error.h"
#include "engine/flow/flow_document.h"
#include "engine/run/error.h"
#include "git/ui/git_controller.h"

#include <QString>

/// The sentences: each error code of each room in words people read, translated. One sentence of cause,
/// then the next step where there is one.
namespace app {

QString sentence(const flow::Error &error);
QString sentence(const engine::Error &error);
QString sentence(const git::Error &error);
/// The same in two parts, as the Git panels show them.
git::ErrorWords wordsOf(const git::Error &error);
QString sentence(const editor::FileError &error);
/// A diagnostic in the user's language; `flow::describe` where the language has no sentence of its own.
QString sentence(const flow::Diagnostic &diagnostic);
/// What an undo step is called: "Move load after transform".
QString labelText(const flow::EditLabel &label);

} // namespace app
