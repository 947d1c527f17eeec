#include "editor/script_scanner.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace editor {

namespace {

using Words = std::vector<std::string_view>; // sorted

const Words &keywords(ScriptLanguage language)
{
    static const Words shell{"break", "case",  "continue", "do",     "done", "echo",  "elif",
                             "else",  "esac",  "exit",     "export", "fi",   "for",   "function",
                             "if",    "in",    "local",    "return", "set",  "shift", "then",
                             "trap",  "unset", "until",    "while"};
    static const Words python{
        "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
        "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
        "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
        "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};
    static const Words javaScript{
        "async",    "await",  "break",     "case",   "catch",      "class", "const",   "continue",
        "default",  "delete", "else",      "export", "extends",    "false", "finally", "for",
        "function", "if",     "import",    "in",     "instanceof", "let",   "new",     "null",
        "of",       "return", "static",    "super",  "switch",     "this",  "throw",   "true",
        "try",      "typeof", "undefined", "var",    "void",       "while", "yield"};
    static const Words sql{"all",     "alter",      "and",    "as",           "asc",
                           "between", "by",         "case",   "coalesce",     "commit",
                           "count",   "create",     "cross",  "current_date", "current_timestamp",
                           "default", "delete",     "desc",   "distinct",     "drop",
                           "else",    "end",        "except", "exists",       "from",
                           "full",    "group",      "having", "if",           "in",
                           "index",   "inner",      "insert", "intersect",    "into",
                           "is",      "join",       "key",    "left",         "like",
                           "limit",   "not",        "null",   "offset",       "on",
                           "or",      "order",      "outer",  "over",         "partition",
                           "primary", "references", "right",  "select",       "set",
                           "sum",     "table",      "then",   "union",        "unique",
                           "update",  "using",      "values", "view",         "when",
                           "where",   "with"};
    static const Words jq{"and",   "as",     "def",    "elif",   "else", "empty", "end",
                          "false", "if",     "import", "length", "map",  "not",   "null",
                          "or",    "reduce", "select", "then",   "true", "try"};
    static const Words none;
    switch (language) {
    case ScriptLanguage::Shell:
        return shell;
    case ScriptLanguage::Python:
        return python;
    case ScriptLanguage::JavaScript:
        return javaScript;
    case ScriptLanguage::Sql:
        return sql;
    case ScriptLanguage::Jq:
        return jq;
    case ScriptLanguage::None:
        break;
    }
    return none;
}

bool isWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

bool startsComment(std::string_view line, std::size_t at, std::size_t begin,
                   ScriptLanguage language)
{
    const std::string_view sign = commentSign(language);
    return line.substr(at).starts_with(sign) &&
           (sign != "#" || at == begin || line[at - 1] == ' ' || line[at - 1] == '\t');
}

} // namespace

std::string_view commentSign(ScriptLanguage language)
{
    return language == ScriptLanguage::Sql          ? "--"
           : language == ScriptLanguage::JavaScript ? "//"
                                                    : "#";
}

void scanScript(std::string_view line, std::size_t begin, std::size_t end, ScriptLanguage language,
                std::vector<Token> &tokens)
{
    const auto add = [&](std::size_t from, std::size_t to, TokenKind kind) {
        if (from < to)
            tokens.push_back({from, to, kind});
    };
    for (std::size_t i = begin; i < end;) {
        const char c = line[i];
        std::size_t next = i + 1;
        if (startsComment(line, i, begin, language)) {
            add(i, end, TokenKind::ScriptComment);
            return;
        }
        if (c == '"' || c == '\'' || (c == '`' && language == ScriptLanguage::JavaScript)) {
            while (next < end && line[next] != c)
                next += line[next] == '\\' && language != ScriptLanguage::Sql ? 2 : 1;
            next = std::min(next + 1, end);
            add(i, next, TokenKind::ScriptString);
        } else if (isWord(c)) {
            while (next < end &&
                   (isWord(line[next]) ||
                    (line[next] == '.' && std::isdigit(static_cast<unsigned char>(c)))))
                ++next;
            std::string word(line.substr(i, next - i));
            if (language == ScriptLanguage::Sql)
                std::transform(word.begin(), word.end(), word.begin(),
                               [](unsigned char l) { return std::tolower(l); });
            const Words &known = keywords(language);
            const bool afterDot = i > begin && line[i - 1] == '.';
            if (std::isdigit(static_cast<unsigned char>(c)))
                add(i, next, TokenKind::ScriptNumber);
            else if (!afterDot && std::binary_search(known.begin(), known.end(), word))
                add(i, next, TokenKind::Keyword);
            else
                add(i, next, TokenKind::Default);
        } else if (c != ' ' && c != '\t') {
            add(i, next, TokenKind::Default);
        }
        i = next;
    }
}

ScriptLanguage scriptLanguageOf(std::string_view taskType)
{
    struct Part
    {
        std::string_view part;
        ScriptLanguage language;
    };
    static constexpr std::array parts{
        Part{".python.", ScriptLanguage::Python},   Part{".node.", ScriptLanguage::JavaScript},
        Part{".shell.", ScriptLanguage::Shell},     Part{".jdbc.", ScriptLanguage::Sql},
        Part{".deno.", ScriptLanguage::JavaScript}, Part{".bun.", ScriptLanguage::JavaScript}};
    for (const Part &known : parts) {
        if (taskType.find(known.part) != std::string_view::npos)
            return taskType.ends_with("Commands") ? ScriptLanguage::Shell : known.language;
    }
    return ScriptLanguage::None;
}

} // namespace editor
