#pragma once

#include "editor/completer.h"
#include "editor/expression_completer.h"

#include <optional>

namespace editor {

enum class SymbolKind {
    Task,
    Input,
    Variable, ///< a key of the flow's `variables`
    Label,
    Flow, ///< another flow, named by `flowId` and `namespace`
};

/// Something that has a name in one place and is used in others.
struct Symbol
{
    SymbolKind kind = SymbolKind::Task;
    std::string name;
    std::string namespaceId; ///< of a Flow
    flow::Range range;       ///< of the name at the place asked for
};

/// What stands at a place; nothing when it is no name. Pure; the flow may be of an older text.
std::optional<Symbol> symbolAt(const flow::Snapshot &snapshot, std::size_t offset);
/// Where it gets its name: the value of `id`, the key. None for a Flow (another file) and unknown
/// names.
std::optional<flow::Range> definitionOf(const flow::Snapshot &snapshot, const Symbol &symbol);
/// Every place that names it, the definition included, in order.
std::vector<flow::Range> usagesOf(const flow::Snapshot &snapshot, const Symbol &symbol);
/// A new name at every usage but those kept. InvalidId, IdTaken; NoSuchProperty when nothing is
/// renamed there.
flow::Result<flow::Edit> renameSymbol(const flow::Snapshot &snapshot, const Symbol &symbol,
                                      std::string_view newName,
                                      const std::vector<flow::Range> &kept = {});

/// The dotted paths of all expressions of a text, in order.
std::vector<std::vector<PathSegment>> expressionPaths(std::string_view text);

/// What is known about a place, for a hover.
struct Hover
{
    flow::Range range;
    std::string title; ///< `message`, `outputs.load.uri`
    std::string type;  ///< `string, required`
    std::string text;  ///< documentation; may be empty
};
std::optional<Hover> hoverAt(const flow::Snapshot &snapshot, std::size_t offset,
                             const Completer &completer);

/// The call around a place: `date(` … with the number of the argument, for signature help.
struct SignatureHelp
{
    std::string name;
    std::string parameters;
    std::string summary;
    int argument = 0;
    std::string named;     ///< name of the argument when it is written by name: `timeZone=`
    std::size_t begin = 0; ///< of the name in the text
};
/// The parameters of a signature, each as written: `format='iso'`.
std::vector<std::string> parametersOf(std::string_view signature);
/// Which of them the caret is in; the last one when it takes any number; -1 when there are too many.
int currentParameter(const SignatureHelp &help);
std::optional<SignatureHelp> signatureAt(const flow::Snapshot &snapshot, std::size_t offset,
                                         const Completer &completer);

} // namespace editor
