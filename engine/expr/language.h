#pragma once

#include "engine/expr/error.h"
#include "engine/expr/template.h"
#include "engine/flow/dialect.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What an editor asks about templates: what there is to write, what is written at a place, what is wrong.
/// Pure; any thread.
namespace expr {

enum class WordKind {
    Filter,
    Function,
    Test,
    Tag,
    Operator,
};

struct Parameter
{
    std::string name;
    std::string defaultValue; ///< as written; empty when there is none
};

/// One word of the language, for completion, hover and signature help.
struct Word
{
    WordKind kind = WordKind::Filter;
    std::string name;
    std::vector<Parameter> parameters;
    bool anyParameters = false; ///< takes any number of unnamed ones
    std::string summary;        ///< one line of English
    std::string signature() const; ///< `replace(replace_pairs, regexp=false)`
};

/// All words of a dialect, by kind and name.
const std::vector<Word> &words(flow::Dialect dialect);
/// Null when there is none.
const Word *findWord(WordKind kind, std::string_view name, flow::Dialect dialect);

/// A place that is wrong: a syntax error, or a filter, function or test that does not exist. An unknown
/// one fails only when it is met at run time, so it is no error of the template.
struct Problem
{
    std::size_t begin = 0, end = 0; ///< bytes of the template's text
    std::string message;            ///< English, without the template's text
    bool syntax = false;
};
std::vector<Problem> check(std::string_view text, flow::Dialect dialect = flow::Dialect::Kestra1_3);

/// What stands at an offset of a template.
struct Place
{
    enum class Kind {
        Text,      ///< outside of `{{ }}` and `{% %}`
        Expression, ///< a value may begin here
        Name,      ///< a root variable or function
        Attribute, ///< behind a dot or in brackets: `path` is what is before
        Filter,    ///< the name behind `|`
        Test,      ///< the name behind `is`
        Tag,       ///< the name behind `{%`
        String,    ///< inside quotes
        Argument,  ///< inside the parentheses of `callee`
    };
    Kind kind = Kind::Text;
    std::size_t begin = 0, end = 0;  ///< of the word at the offset; empty when there is none
    std::string word;
    std::vector<std::string> path;   ///< of Attribute: `outputs`, `extract` for `outputs.extract.u`
    std::string callee;              ///< innermost call around the offset; empty when there is none
    bool calleeIsFilter = false;
    int argument = 0;                ///< index of the argument the offset is in
};
/// Works on any text, finished or not.
Place placeAt(std::string_view text, std::size_t offset);

/// Names a template itself gives at an offset: loop variables, `set`, macros' parameters, `loop`.
std::vector<std::string> localNames(std::string_view text, std::size_t offset);

} // namespace expr
