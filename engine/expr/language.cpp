#include "engine/expr/language.h"

#include "engine/expr/lexer.h"
#include "engine/expr/parser.h"
#include "engine/expr/raw_texts.h"
#include "engine/expr/registry.h"

#include <algorithm>

namespace expr {
namespace {

template <typename Entry>
Word wordOf(const Entry &entry, WordKind kind)
{
    Word word;
    word.kind = kind;
    word.name = entry.name;
    word.summary = entry.summary;
    word.anyParameters = entry.anything && !entry.parameters.empty();
    std::string_view rest = entry.parameters;
    for (const std::string_view name : entry.names) {
        Parameter parameter{std::string(name), {}};
        const std::size_t at = rest.find(name);
        rest.remove_prefix(std::min(rest.size(), at + name.size()));
        if (rest.starts_with('=')) {
            std::size_t end = 1;
            bool quoted = false;
            while (end < rest.size() && (quoted || rest[end] != ','))
                quoted = quoted != (rest[end++] == '\'');
            parameter.defaultValue = rest.substr(1, end - 1);
            rest.remove_prefix(end);
        }
        word.parameters.push_back(std::move(parameter));
    }
    return word;
}

std::vector<Word> collect(flow::Dialect dialect)
{
    std::vector<Word> all;
    for (const FilterEntry &entry : filters())
        if (existsIn(entry.since, dialect))
            all.push_back(wordOf(entry, WordKind::Filter));
    for (const FunctionEntry &entry : functions())
        if (existsIn(entry.since, dialect))
            all.push_back(wordOf(entry, WordKind::Function));
    for (const TestEntry &entry : tests())
        if (existsIn(entry.since, dialect))
            all.push_back(wordOf(entry, WordKind::Test));
    static constexpr std::pair<const char *, const char *> kTags[] = {
        {"block", "A named part, printed in place"}, {"else", "Otherwise"},       {"elseif", "Another condition"},
        {"endblock", "Ends a block"},                {"endfilter", "Ends a filter"}, {"endfor", "Ends a loop"},
        {"endif", "Ends a condition"},               {"endmacro", "Ends a macro"}, {"endraw", "Ends raw text"},
        {"endverbatim", "Ends verbatim text"},       {"filter", "Its text through a filter"}, {"for", "Once for each item"},
        {"if", "Only when a condition holds"},       {"macro", "A part with parameters"}, {"raw", "Text that is not rendered"},
        {"set", "Gives a variable a value"},         {"verbatim", "Text that is not rendered"}};
    for (const auto &[name, summary] : kTags)
        all.push_back({WordKind::Tag, name, {}, false, summary});
    static constexpr std::pair<const char *, const char *> kOperators[] = {
        {"and", "Both hold"}, {"contains", "Holds a text, an item or a key"}, {"equals", "The same as =="}, {"is", "A test holds"},
        {"is not", "A test does not hold"}, {"isIn", "Is one of"}, {"not", "Does not hold"}, {"or", "One of them holds"},
        {"??", "Another value for what is missing or null"}, {"???", "Another value for what is missing"}, {"~", "Joined as text"},
        {"..", "From one number or letter to another"}};
    for (const auto &[name, summary] : kOperators)
        all.push_back({WordKind::Operator, name, {}, false, summary});
    std::stable_sort(all.begin(), all.end(), [](const Word &a, const Word &b) {
        return a.kind != b.kind ? a.kind < b.kind : a.name < b.name;
    });
    return all;
}

void visit(const Expression &node, std::vector<Problem> &problems);

void visit(const Arguments &arguments, std::vector<Problem> &problems)
{
    for (const auto &argument : arguments.positional)
        visit(*argument, problems);
    for (const auto &argument : arguments.named)
        visit(*argument.second, problems);
}

void visit(const Expression &node, std::vector<Problem> &problems)
{
    const bool unknown = (node.kind == Expression::Kind::Filter && !node.filter) || (node.kind == Expression::Kind::Test && !node.test) ||
                         (node.kind == Expression::Kind::Call && !node.function);
    if (unknown) {
        const char *what = node.kind == Expression::Kind::Filter ? "Filter [" : node.kind == Expression::Kind::Test ? "Test [" : "Function or Macro [";
        problems.push_back({node.begin, node.end, what + node.name + "] does not exist.", false});
    }
    for (const auto &child : node.children)
        visit(*child, problems);
    if (node.arguments)
        visit(*node.arguments, problems);
}

void visit(const Body &body, std::vector<Problem> &problems)
{
    for (const Statement &statement : body) {
        if (statement.expression)
            visit(*statement.expression, problems);
        for (const auto &[condition, branch] : statement.branches) {
            visit(*condition, problems);
            visit(branch, problems);
        }
        for (const FilterStep &step : statement.steps) {
            if (!step.filter)
                problems.push_back({statement.begin, statement.end, "Filter [" + step.name + "] does not exist.", false});
            if (step.arguments)
                visit(*step.arguments, problems);
        }
        visit(statement.body, problems);
        visit(statement.otherwise, problems);
    }
}

/// The tokens of a text up to an offset, read as far as they go.
std::vector<Token> tokensBefore(std::string_view text, std::size_t offset)
{
    std::vector<Token> list = tokenize(text.substr(0, std::min(offset, text.size()))).list;
    list.pop_back(); // the end
    return list;
}

bool isPunctuation(const Token &token, std::string_view value)
{
    return token.type == TokenType::Punctuation && token.value == value;
}

/// The names before a dot at `end`: `outputs.extract.` gives both.
std::vector<std::string> pathBefore(const std::vector<Token> &tokens, std::size_t end)
{
    std::vector<std::string> path;
    std::size_t i = end;
    while (i > 0) {
        if (tokens[i - 1].type == TokenType::Name) {
            path.insert(path.begin(), tokens[i - 1].value);
            i -= 1;
        } else if (isPunctuation(tokens[i - 1], "]") && i >= 3 && isPunctuation(tokens[i - 3], "[") &&
                   (tokens[i - 2].type == TokenType::String || tokens[i - 2].type == TokenType::Number)) {
            path.insert(path.begin(), tokens[i - 2].value);
            i -= 3;
            continue; // `a['b']` has no dot before the bracket
        } else {
            return {};
        }
        if (i == 0 || !isPunctuation(tokens[i - 1], "."))
            return path;
        --i;
    }
    return path;
}

} // namespace

std::string Word::signature() const
{
    if (kind != WordKind::Filter && kind != WordKind::Function)
        return name;
    std::string out = name + "(";
    for (const Parameter &parameter : parameters) {
        out += out.ends_with('(') ? "" : ", ";
        out += parameter.name + (parameter.defaultValue.empty() ? "" : "=" + parameter.defaultValue);
    }
    return out + (anyParameters ? "...)" : ")");
}

const std::vector<Word> &words(flow::Dialect dialect)
{
    static const std::vector<Word> first = collect(flow::Dialect::Kestra1_3), second = collect(flow::Dialect::Kestra2_0);
    return dialect == flow::Dialect::Kestra2_0 ? second : first;
}

const Word *findWord(WordKind kind, std::string_view name, flow::Dialect dialect)
{
    for (const Word &word : words(dialect))
        if (word.kind == kind && word.name == name)
            return &word;
    return nullptr;
}

std::vector<Problem> check(std::string_view text, flow::Dialect dialect)
{
    if (text.find('{') == std::string_view::npos)
        return {};
    const RawTexts raw = takeRawTexts(text);
    const Parsed parsed = parse(tokenize(raw.found() ? std::string_view(raw.text) : text), dialect);
    std::vector<Problem> problems;
    if (parsed.error)
        problems.push_back({parsed.error->begin, parsed.error->end, parsed.error->message, true});
    visit(parsed.program.body, problems);
    for (const auto &[name, body] : parsed.program.blocks)
        visit(body, problems);
    for (const auto &[name, macro] : parsed.program.macros) {
        visit(macro.body, problems);
        for (const auto &parameter : macro.parameters)
            if (parameter.second)
                visit(*parameter.second, problems);
    }
    std::erase_if(problems, [&parsed](const Problem &problem) { // calls of the template's own macros
        static constexpr std::string_view kHead = "Function or Macro [";
        if (!problem.message.starts_with(kHead))
            return false;
        return parsed.program.macros.contains(problem.message.substr(kHead.size(), problem.message.find(']') - kHead.size()));
    });
    for (Problem &problem : problems) {
        problem.begin = std::min(raw.toOriginal(problem.begin), text.size());
        problem.end = std::max(problem.begin, std::min(raw.toOriginal(problem.end), text.size()));
    }
    std::stable_sort(problems.begin(), problems.end(), [](const Problem &a, const Problem &b) { return a.begin < b.begin; });
    return problems;
}

Place placeAt(std::string_view text, std::size_t offset)
{
    Place place;
    offset = std::min(offset, text.size());
    place.begin = place.end = offset;
    const Tokens before = tokenize(text.substr(0, offset));
    std::vector<Token> tokens = before.list;
    tokens.pop_back();
    // In an expression: an opening delimiter without its end.
    std::size_t open = tokens.size();
    for (std::size_t i = tokens.size(); i-- > 0;) {
        if (tokens[i].type == TokenType::PrintEnd || tokens[i].type == TokenType::ExecuteEnd)
            break;
        if (tokens[i].type == TokenType::PrintStart || tokens[i].type == TokenType::ExecuteStart) {
            open = i;
            break;
        }
    }
    if (open == tokens.size())
        return place;
    if (before.error && before.error->message.starts_with("Unclosed \"\"\"") ) {
        place.kind = Place::Kind::String;
        return place;
    }
    if (before.error && before.error->message == "Unexpected character [']") {
        place.kind = Place::Kind::String;
        place.begin = before.error->begin + 1;
        place.word = text.substr(place.begin, offset - place.begin);
        return place;
    }
    // The calls around the place.
    std::vector<std::pair<std::size_t, int>> calls; // token of the parenthesis, argument
    for (std::size_t i = open; i < tokens.size(); ++i) {
        if (isPunctuation(tokens[i], "(") || isPunctuation(tokens[i], "[") || isPunctuation(tokens[i], "{"))
            calls.emplace_back(i, 0);
        else if ((isPunctuation(tokens[i], ")") || isPunctuation(tokens[i], "]") || isPunctuation(tokens[i], "}")) && !calls.empty())
            calls.pop_back();
        else if (isPunctuation(tokens[i], ",") && !calls.empty())
            ++calls.back().second;
    }
    for (std::size_t i = calls.size(); i-- > 0;) {
        const std::size_t at = calls[i].first;
        if (!isPunctuation(tokens[at], "(") || at == open || tokens[at - 1].type != TokenType::Name)
            continue;
        place.callee = tokens[at - 1].value;
        place.calleeIsFilter = at >= 2 && tokens[at - 2].type == TokenType::Operator && tokens[at - 2].value == "|";
        place.argument = calls[i].second;
        break;
    }
    std::size_t last = tokens.size();
    if (tokens.back().type == TokenType::Name && tokens.back().end == offset) {
        place.word = tokens.back().value;
        place.begin = tokens.back().begin;
        --last;
        const Tokens whole = tokenize(text);
        for (const Token &token : whole.list)
            if (token.begin == place.begin && token.type == TokenType::Name)
                place.end = token.end;
    }
    const Token &previous = tokens[last - 1];
    if (previous.type == TokenType::ExecuteStart)
        place.kind = Place::Kind::Tag;
    else if (previous.type == TokenType::Operator && previous.value == "|")
        place.kind = Place::Kind::Filter;
    else if (previous.type == TokenType::Operator && (previous.value == "is" || previous.value == "is not"))
        place.kind = Place::Kind::Test;
    else if (isPunctuation(previous, ".")) {
        place.kind = Place::Kind::Attribute;
        place.path = pathBefore(tokens, last - 1);
    } else if (!place.word.empty()) {
        place.kind = Place::Kind::Name;
    } else {
        place.kind = place.callee.empty() ? Place::Kind::Expression : Place::Kind::Argument;
    }
    return place;
}

std::vector<std::string> localNames(std::string_view text, std::size_t offset)
{
    std::vector<std::string> names;
    std::vector<std::pair<std::string, std::size_t>> open; // tag and how many names there were before it
    const std::vector<Token> tokens = tokensBefore(text, offset);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].type != TokenType::ExecuteStart || tokens[i + 1].type != TokenType::Name)
            continue;
        const std::string &tag = tokens[i + 1].value;
        const bool named = i + 2 < tokens.size() && tokens[i + 2].type == TokenType::Name;
        if (tag == "set" && named) {
            names.push_back(tokens[i + 2].value);
        } else if (tag == "for" && named) {
            open.emplace_back(tag, names.size());
            names.push_back(tokens[i + 2].value);
            names.emplace_back("loop");
        } else if (tag == "macro") {
            open.emplace_back(tag, names.size());
            for (std::size_t k = i + 3; k < tokens.size() && tokens[k].type != TokenType::ExecuteEnd; ++k)
                if (tokens[k].type == TokenType::Name && (isPunctuation(tokens[k - 1], "(") || isPunctuation(tokens[k - 1], ",")))
                    names.push_back(tokens[k].value);
        } else if ((tag == "endfor" || tag == "endmacro") && !open.empty()) {
            names.resize(open.back().second);
            open.pop_back();
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

} // namespace expr
