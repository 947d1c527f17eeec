#include "editor/symbols.h"

#include "editor/schema.h"
#include "engine/flow/edits.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

namespace editor {

namespace {

using Place = TextContext::Place;

bool isWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

std::string_view slice(std::string_view text, flow::Range range)
{
    return text.substr(range.begin, range.size());
}

/// A scalar without its quotes.
flow::Range inner(std::string_view text, flow::Range range)
{
    if (range.size() > 1 && (text[range.begin] == '"' || text[range.begin] == '\'') &&
        text[range.end - 1] == text[range.begin])
        return {range.begin + 1, range.end - 1};
    return range;
}

bool touches(flow::Range range, std::size_t offset)
{
    return range.begin <= offset && offset <= range.end && !range.empty();
}

/// The name a path's segment stands for: the second of `outputs.x`, `inputs.x`, `vars.x`.
std::optional<Symbol> symbolOfPath(const std::vector<PathSegment> &path)
{
    if (path.size() < 2 || path[1].name == "?")
        return std::nullopt;
    const std::string &root = path[0].name;
    if (root == "outputs" || root == "tasks")
        return Symbol{SymbolKind::Task, path[1].name, {}, path[1].range};
    if (root == "inputs")
        return Symbol{SymbolKind::Input, path[1].name, {}, path[1].range};
    if (root == "vars")
        return Symbol{SymbolKind::Variable, path[1].name, {}, path[1].range};
    if (root == "labels")
        return Symbol{SymbolKind::Label, path[1].name, {}, path[1].range};
    return std::nullopt;
}

/// Dotted input ids: `inputs.user.name` is the input `user.name` when there is one.
Symbol widened(const flow::Snapshot &snapshot, Symbol symbol, const std::vector<PathSegment> &path)
{
    if (symbol.kind != SymbolKind::Input || !snapshot.flow)
        return symbol;
    std::string name = symbol.name;
    for (std::size_t i = 2; i < path.size(); ++i) {
        name += "." + path[i].name;
        for (const flow::Item &input : snapshot.flow->inputs)
            if (input.id == name)
                return {SymbolKind::Input, name, {}, {path[1].range.begin, path[i].range.end}};
    }
    return symbol;
}

/// The innermost path around a place: `inputs.key` in `outputs.x[inputs.key]`.
std::vector<PathSegment> pathAt(std::string_view text, const ExpressionSpan &span,
                                std::size_t offset)
{
    std::vector<PathSegment> found;
    for (std::vector<PathSegment> &path :
         expressionPaths(text.substr(0, std::min(text.size(), span.range.end + 2)))) {
        if (path.front().range.begin < span.range.begin)
            continue;
        if (path.front().range.begin <= offset && offset <= path.back().range.end)
            found = std::move(path); // those inside come later
    }
    return found;
}

std::optional<Symbol> symbolInYaml(const flow::Snapshot &snapshot, std::size_t offset)
{
    const std::string &text = *snapshot.text;
    const TextContext context = contextAt(text, offset);
    if (context.levels.empty() || !snapshot.flow)
        return std::nullopt;
    const flow::Flow &flow = *snapshot.flow;
    const MappingLevel &level = context.levels.back();
    const std::string word(slice(text, context.word));
    if (context.place == Place::Value && context.key == "id" && context.levels.size() > 1) {
        if (level.via == "inputs" && context.levels.size() == 2)
            return Symbol{SymbolKind::Input, word, {}, context.word};
        if (flow.findById(word))
            return Symbol{SymbolKind::Task, word, {}, context.word};
        return std::nullopt;
    }
    if (context.place == Place::Item && context.key == "dependsOn" && flow.findById(word))
        return Symbol{SymbolKind::Task, word, {}, context.word};
    if (context.place == Place::Item && context.key == "inputs")
        for (const flow::Item &input : flow.inputs)
            if (input.id == word)
                return Symbol{SymbolKind::Input, word, {}, context.word};
    if (context.place == Place::Key && level.via == "variables" && context.levels.size() == 2)
        return Symbol{SymbolKind::Variable, word, {}, context.word};
    if (context.place == Place::Key && level.via == "labels" && context.levels.size() == 2 &&
        level.listDepth == 0)
        return Symbol{SymbolKind::Label, word, {}, context.word};
    if (context.place == Place::Key && level.via == "inputs" && context.levels.size() == 3 &&
        context.levels[1].via == "triggers")
        return Symbol{SymbolKind::Input, word, {}, context.word};
    if (context.place == Place::Value && context.key == "key" && level.via == "labels" &&
        context.levels.size() == 2)
        return Symbol{SymbolKind::Label, word, {}, context.word};
    if (context.place == Place::Value &&
        (context.key == "flowId" || (context.key == "namespace" && level.find("flowId")))) {
        const Field *id = context.key == "flowId" ? nullptr : level.find("flowId");
        const Field *space = context.key == "namespace" ? nullptr : level.find("namespace");
        return Symbol{SymbolKind::Flow, id ? id->value : word,
                      space                        ? space->value
                      : context.key == "namespace" ? word
                                                   : flow.namespaceId,
                      context.word};
    }
    return std::nullopt;
}

const flow::Node *variablesOf(const flow::Snapshot &snapshot)
{
    return snapshot.flow && snapshot.flow->root ? snapshot.flow->root->find("variables") : nullptr;
}

std::string joined(const std::vector<PathSegment> &path, std::size_t count)
{
    std::string name;
    for (std::size_t i = 0; i < count && i < path.size(); ++i)
        name += (i ? "." : "") + (path[i].name == "?" ? std::string("[…]") : path[i].name);
    return name;
}

std::string typeWords(const flow::Property &property, const flow::TaskCatalog &catalog)
{
    constexpr std::size_t kFew = 8;
    std::string words = shownType(property.type);
    if (property.type.starts_with("enum:"))
        if (const std::vector<std::string> values = catalog.enumValues(words);
            !values.empty() && values.size() <= kFew)
            words = fmt::format("{}", fmt::join(values, " | "));
    if (property.required)
        words += ", required";
    if (property.deprecated)
        words += ", deprecated";
    if (property.defaultValue && !property.defaultValue->isNull())
        words +=
            ", default " + (property.defaultValue->isText() ? property.defaultValue->text()
                                                            : flow::toJson(*property.defaultValue));
    return words;
}

const ExpressionWord *findWord(const std::vector<ExpressionWord> &words, std::string_view name)
{
    for (const ExpressionWord &word : words)
        if (word.name == name)
            return &word;
    return nullptr;
}

std::optional<Hover> hoverInExpression(const flow::Snapshot &snapshot, const ExpressionSpan &span,
                                       std::size_t offset, const Completer &completer)
{
    const std::string &text = *snapshot.text;
    const std::vector<PathSegment> path = pathAt(text, span, offset);
    if (path.empty())
        return std::nullopt;
    std::size_t at = 0;
    while (at + 1 < path.size() && path[at].range.end < offset)
        ++at;
    const flow::Range range{path.front().range.begin, path[at].range.end};
    if (path.size() == 1) { // a filter, a function, a root
        std::size_t before = range.begin;
        while (before > span.range.begin &&
               std::isspace(static_cast<unsigned char>(text[before - 1])))
            --before;
        const bool filter = before > span.range.begin && text[before - 1] == '|';
        const ExpressionWord *word = filter ? findWord(completer.words().filters, path[0].name)
                                            : findWord(completer.words().functions, path[0].name);
        if (word)
            return Hover{range,
                         word->name +
                             (filter && word->signature.empty() ? "" : "(" + word->signature + ")"),
                         filter ? "filter" : "function", word->summary};
    }
    if (at >= 1 && snapshot.flow) {
        const flow::Flow &flow = *snapshot.flow;
        if (path[0].name == "outputs" || path[0].name == "tasks") {
            const flow::Task *task = flow.findById(path[1].name);
            if (!task)
                return std::nullopt;
            if (at == 1)
                return Hover{range, joined(path, 2), shortTypeName(task->type), task->note};
            if (task->known && path[0].name == "outputs")
                for (const flow::Property &output : task->known->outputs)
                    if (output.name == path[at].name)
                        return Hover{range, joined(path, at + 1), shownType(output.type),
                                     output.description};
        }
        if (path[0].name == "inputs")
            for (const flow::Item &input : flow.inputs)
                if (joined(path, at + 1) == "inputs." + input.id)
                    return Hover{range, "inputs." + input.id, input.type, input.note};
        if (path[0].name == "vars")
            if (const flow::Node *node = variablesOf(snapshot)) {
                for (std::size_t i = 1; node && i <= at; ++i)
                    node = node->isMapping() ? node->find(path[i].name) : nullptr;
                if (node)
                    return Hover{range, joined(path, at + 1), "variable",
                                 std::string(slice(text, node->range)).substr(0, 200)};
            }
    }
    return std::nullopt;
}

/// `timeZone` when the argument that begins here is written `timeZone=…`.
std::string namedAt(std::string_view text, std::size_t begin, std::size_t end)
{
    while (begin < end && std::isspace(static_cast<unsigned char>(text[begin])))
        ++begin;
    std::size_t stop = begin;
    while (stop < end && isWord(text[stop]))
        ++stop;
    std::size_t equals = stop;
    while (equals < text.size() && text[equals] == ' ')
        ++equals;
    const bool named = stop > begin && equals < text.size() && text[equals] == '=' &&
                       text.substr(equals, 2) != "==";
    return named ? std::string(text.substr(begin, stop - begin)) : std::string();
}

} // namespace

std::vector<std::vector<PathSegment>> expressionPaths(std::string_view text)
{
    std::vector<std::vector<PathSegment>> paths;
    for (std::size_t at = 0; at + 1 < text.size();) {
        if (text[at] != '{' || (text[at + 1] != '{' && text[at + 1] != '%')) {
            ++at;
            continue;
        }
        const std::string_view close = text[at + 1] == '{' ? "}}" : "%}";
        std::size_t i = at + 2;
        while (i < text.size() && text.substr(i, 2) != close) {
            const char c = text[i];
            if (c == '"' || c == '\'') {
                const std::size_t end = text.find(c, i + 1);
                const std::size_t stop = text.find(close, i);
                i = end == std::string_view::npos ||
                            (stop != std::string_view::npos && end > stop && c == '"')
                        ? i + 1
                        : end + 1;
                continue;
            }
            if (!isWord(c) || std::isdigit(static_cast<unsigned char>(c))) {
                i += 1;
                continue;
            }
            std::vector<PathSegment> path;
            while (true) {
                std::size_t end = i;
                while (end < text.size() && isWord(text[end]))
                    ++end;
                path.push_back({std::string(text.substr(i, end - i)), {i, end}});
                i = end;
                while (i < text.size() && text[i] == '[') {
                    const std::size_t bracket = text.find(']', i);
                    if (bracket == std::string_view::npos)
                        break;
                    const std::string_view inside = text.substr(i + 1, bracket - i - 1);
                    const bool quoted = inside.size() > 1 &&
                                        (inside.front() == '\'' || inside.front() == '"') &&
                                        inside.back() == inside.front();
                    if (quoted)
                        path.push_back({std::string(inside.substr(1, inside.size() - 2)),
                                        {i + 2, bracket - 1}});
                    else
                        path.push_back({"?", {i + 1, bracket}});
                    i = bracket + 1;
                }
                if (i + 1 < text.size() && text[i] == '.' && isWord(text[i + 1]))
                    ++i;
                else
                    break;
            }
            // paths inside brackets count as well
            for (std::size_t s = 0; s < path.size(); ++s)
                if (path[s].name == "?") {
                    std::string wrapped = "{{" + std::string(slice(text, path[s].range)) + "}}";
                    for (std::vector<PathSegment> nested : expressionPaths(wrapped)) {
                        for (PathSegment &segment : nested) {
                            segment.range.begin += path[s].range.begin - 2;
                            segment.range.end += path[s].range.begin - 2;
                        }
                        paths.push_back(std::move(nested));
                    }
                }
            paths.push_back(std::move(path));
        }
        at = i;
    }
    std::sort(paths.begin(), paths.end(), [](const auto &a, const auto &b) {
        return a.front().range.begin < b.front().range.begin;
    });
    return paths;
}

std::optional<Symbol> symbolAt(const flow::Snapshot &snapshot, std::size_t offset)
{
    const std::string &text = *snapshot.text;
    if (const std::optional<ExpressionSpan> span = expressionAt(text, offset)) {
        const std::vector<PathSegment> path = pathAt(text, *span, offset);
        if (path.empty())
            return std::nullopt;
        std::optional<Symbol> symbol = symbolOfPath(path);
        if (!symbol)
            return std::nullopt;
        const Symbol wide = widened(snapshot, *symbol, path);
        if (touches(wide.range, offset))
            return wide;
        return std::nullopt;
    }
    return symbolInYaml(snapshot, offset);
}

std::optional<flow::Range> definitionOf(const flow::Snapshot &snapshot, const Symbol &symbol)
{
    if (!snapshot.flow)
        return std::nullopt;
    const flow::Flow &flow = *snapshot.flow;
    const std::string &text = *snapshot.text;
    switch (symbol.kind) {
    case SymbolKind::Task:
        if (const flow::Task *task = flow.findById(symbol.name))
            return inner(text, task->idRange);
        return std::nullopt;
    case SymbolKind::Input:
        for (const flow::Item &input : flow.inputs)
            if (input.id == symbol.name)
                return inner(text, input.idRange);
        return std::nullopt;
    case SymbolKind::Variable: {
        const flow::Node *variables = variablesOf(snapshot);
        const flow::Entry *entry =
            variables && variables->isMapping() ? variables->findEntry(symbol.name) : nullptr;
        return entry ? std::optional(inner(text, entry->key->range)) : std::nullopt;
    }
    case SymbolKind::Label:
        for (const flow::Item &label : flow.labels)
            if (label.id == symbol.name)
                return inner(text, label.idRange);
        return std::nullopt;
    case SymbolKind::Flow:
        return std::nullopt;
    }
    return std::nullopt;
}

std::vector<flow::Range> usagesOf(const flow::Snapshot &snapshot, const Symbol &symbol)
{
    std::vector<flow::Range> usages;
    if (!snapshot.flow)
        return usages;
    const std::string &text = *snapshot.text;
    if (const std::optional<flow::Range> definition = definitionOf(snapshot, symbol))
        usages.push_back(*definition);
    if (symbol.kind == SymbolKind::Task)
        snapshot.flow->forEachTask([&](const flow::Task &task, const flow::TaskList &, int) {
            for (const flow::Dependency &dependency : task.dependsOn)
                if (dependency.id == symbol.name)
                    usages.push_back(inner(text, dependency.range));
        });
    if (symbol.kind == SymbolKind::Input)
        for (const flow::Item &input : snapshot.flow->inputs) {
            const flow::Node *depends = input.node ? input.node->find("dependsOn") : nullptr;
            const flow::Node *names =
                depends && depends->isMapping() ? depends->find("inputs") : nullptr;
            if (names && names->isSequence())
                for (const flow::Node *name : names->items)
                    if (name->isScalar() && name->text == symbol.name)
                        usages.push_back(inner(text, name->range));
        }
    if (symbol.kind == SymbolKind::Input)
        for (const flow::Item &trigger : snapshot.flow->triggers) {
            const flow::Node *given = trigger.node ? trigger.node->find("inputs") : nullptr;
            if (given && given->isMapping() && !trigger.type.ends_with(".trigger.Toggle"))
                for (const flow::Entry &entry : given->entries)
                    if (entry.key->text == symbol.name)
                        usages.push_back(inner(text, entry.key->range));
        }
    for (const std::vector<PathSegment> &path : expressionPaths(text)) {
        std::optional<Symbol> used = symbolOfPath(path);
        if (!used)
            continue;
        const Symbol wide = widened(snapshot, *used, path);
        if (wide.kind == symbol.kind && wide.name == symbol.name)
            usages.push_back(wide.range);
    }
    std::sort(usages.begin(), usages.end(),
              [](flow::Range a, flow::Range b) { return a.begin < b.begin; });
    usages.erase(std::unique(usages.begin(), usages.end()), usages.end());
    return usages;
}

flow::Result<flow::Edit> renameSymbol(const flow::Snapshot &snapshot, const Symbol &symbol,
                                      std::string_view newName,
                                      const std::vector<flow::Range> &kept)
{
    const std::string name(newName);
    const bool wellFormed = !name.empty() && std::isalnum(static_cast<unsigned char>(name[0])) &&
                            std::all_of(name.begin(), name.end(),
                                        [](char c) { return isWord(c) || c == '-' || c == '.'; });
    if (!wellFormed)
        return flow::Error{flow::ErrorCode::InvalidId, {name}, {}};
    if (!snapshot.flow || snapshot.flowRevision != snapshot.revision)
        return flow::Error{flow::ErrorCode::StaleRevision, {}, {}};
    const auto renamed = [&]() -> flow::Result<flow::Edit> {
        using flow::edits::Named;
        switch (symbol.kind) {
        case SymbolKind::Task:
            if (const flow::Task *task = snapshot.flow->findById(symbol.name))
                return flow::edits::renameTask(snapshot, task->path, name);
            return flow::Error{flow::ErrorCode::NoSuchTask, {symbol.name}, {}};
        case SymbolKind::Input:
            return flow::edits::renameNamed(snapshot, Named::Input, symbol.name, name);
        case SymbolKind::Variable:
            return flow::edits::renameNamed(snapshot, Named::Variable, symbol.name, name);
        case SymbolKind::Label:
            return flow::edits::renameNamed(snapshot, Named::Label, symbol.name, name);
        case SymbolKind::Flow:
            break;
        }
        return flow::Error{flow::ErrorCode::NoSuchProperty, {symbol.name}, {}};
    }();
    if (!renamed)
        return renamed;
    const std::string &text = *snapshot.text;
    const auto overlap = [](flow::Range a, flow::Range b) {
        return a.begin < b.end && b.begin < a.end;
    };
    std::vector<flow::Replacement> changes = renamed->replacements();
    // an expression without quotes is no value of the tree: its names are seen in the text alone
    const auto isUnquoted = [&](flow::Range usage) {
        return std::any_of(snapshot.diagnostics.begin(), snapshot.diagnostics.end(),
                           [&](const flow::Diagnostic &problem) {
                               return problem.code == "unquoted-expression" &&
                                      problem.range.begin <= usage.begin &&
                                      text.find('\n', problem.range.begin) > usage.begin;
                           });
    };
    const bool word = std::all_of(name.begin(), name.end(), isWord) &&
                      !std::isdigit(static_cast<unsigned char>(name[0]));
    for (const flow::Range &usage : usagesOf(snapshot, symbol)) {
        if (!isUnquoted(usage) ||
            std::any_of(changes.begin(), changes.end(),
                        [&](const flow::Replacement &change) { return overlap(change.range, usage); }))
            continue;
        if (!word && text[usage.begin - 1] == '.')
            changes.push_back({{usage.begin - 1, usage.end}, fmt::format("['{}']", name)});
        else
            changes.push_back({usage, name});
    }
    std::erase_if(changes, [&](const flow::Replacement &change) {
        return std::any_of(kept.begin(), kept.end(),
                           [&](flow::Range usage) { return overlap(change.range, usage); });
    });
    return flow::Edit::make(snapshot.revision, text, std::move(changes));
}

std::optional<Hover> hoverAt(const flow::Snapshot &snapshot, std::size_t offset,
                             const Completer &completer)
{
    const std::string &text = *snapshot.text;
    if (offset >= text.size())
        return std::nullopt;
    if (const std::optional<ExpressionSpan> span = expressionAt(text, offset))
        return hoverInExpression(snapshot, *span, offset, completer);
    const TextContext context = contextAt(text, offset);
    if (context.levels.empty() || !context.word.contains(offset))
        return std::nullopt;
    const SchemaPlace place = schemaAt(context, completer.catalog());
    const std::string word(slice(text, context.word));
    if (context.place == Place::Key && place.type) {
        const flow::Property *property = place.type->find(word);
        return property ? std::optional(Hover{context.word, word, typeWords(*property, completer.catalog()),
                                              property->description})
                        : std::nullopt;
    }
    if (context.place != Place::Value && context.place != Place::Item)
        return std::nullopt;
    if (context.key == "type") {
        if (const flow::TaskType *type = completer.catalog().find(word))
            return Hover{context.word, type->name,
                         type->deprecated ? "deprecated"
                         : type->flowable ? "flowable"
                                          : "",
                         type->description};
        if (const flow::TaskType *input = completer.catalog().findInput(word);
            input && place.base == "Input")
            return Hover{context.word, word, "input type", input->description};
        return std::nullopt;
    }
    if (context.key == "dependsOn" && snapshot.flow)
        if (const flow::Task *task = snapshot.flow->findById(word))
            return Hover{context.word, task->id, shortTypeName(task->type), task->note};
    if (place.property && context.place == Place::Value)
        return Hover{context.word, place.property->name, typeWords(*place.property, completer.catalog()),
                     place.property->description};
    return std::nullopt;
}

std::vector<std::string> parametersOf(std::string_view signature)
{
    std::vector<std::string> parameters;
    std::string one;
    char quote = 0;
    int depth = 0;
    const auto finish = [&] {
        const std::size_t begin = one.find_first_not_of(' ');
        if (begin != std::string::npos)
            parameters.push_back(one.substr(begin, one.find_last_not_of(' ') - begin + 1));
        one.clear();
    };
    for (const char c : signature) {
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '\'' || c == '"')
            quote = c;
        else if (c == '(' || c == '[' || c == '{')
            ++depth;
        else if (c == ')' || c == ']' || c == '}')
            --depth;
        else if (c == ',' && depth == 0) {
            finish();
            continue;
        }
        one += c;
    }
    finish();
    return parameters;
}

int currentParameter(const SignatureHelp &help)
{
    const std::vector<std::string> parameters = parametersOf(help.parameters);
    if (parameters.empty())
        return -1;
    for (std::size_t i = 0; !help.named.empty() && i < parameters.size(); ++i)
        if (parameters[i].substr(0, parameters[i].find('=')) == help.named)
            return static_cast<int>(i);
    const int last = static_cast<int>(parameters.size()) - 1;
    if (help.argument <= last)
        return help.argument;
    return parameters.back() == "..." ? last : -1;
}

std::optional<SignatureHelp> signatureAt(const flow::Snapshot &snapshot, std::size_t offset,
                                         const Completer &completer)
{
    const std::string &text = *snapshot.text;
    const std::optional<ExpressionSpan> span = expressionAt(text, offset);
    if (!span)
        return std::nullopt;
    struct Open
    {
        std::size_t at;
        int argument;
        std::size_t argumentBegin;
    };
    std::vector<Open> calls;
    char quote = 0;
    for (std::size_t i = span->range.begin; i < offset; ++i) {
        const char c = text[i];
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(' || c == '[' || c == '{') {
            calls.push_back({i, 0, i + 1});
        } else if ((c == ')' || c == ']' || c == '}') && !calls.empty()) {
            calls.pop_back();
        } else if (c == ',' && !calls.empty()) {
            ++calls.back().argument;
            calls.back().argumentBegin = i + 1;
        }
    }
    for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
        std::size_t begin = call->at;
        while (begin > span->range.begin && isWord(text[begin - 1]))
            --begin;
        if (text[call->at] != '(' || begin == call->at)
            continue;
        const std::string name = text.substr(begin, call->at - begin);
        std::size_t before = begin;
        while (before > span->range.begin &&
               std::isspace(static_cast<unsigned char>(text[before - 1])))
            --before;
        const bool filter = before > span->range.begin && text[before - 1] == '|';
        if (const ExpressionWord *word =
                findWord(filter ? completer.words().filters : completer.words().functions, name))
            return SignatureHelp{word->name,     word->signature,
                                 word->summary,  call->argument,
                                 namedAt(text, call->argumentBegin, offset), begin};
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace editor
