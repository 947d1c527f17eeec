#include "engine/expr/jq_prelude.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

namespace expr {
namespace {

/// `debug` hands a request to answerJq and `_input` gives its answer.
constexpr const char *kDefinitions = R"(
def _answer: debug | _input;
def _match_impl(re; flags; test):
  . as $text | test as $test | flags as $flags | re as $re | ["match", $text, $re, $flags, $test] | _answer;
def match(re; flags): _match_impl(re; flags; false) | .[];
def test(re; flags): _match_impl(re; flags; true);
def _pattern:
  if type == "string" then [., null]
  elif type == "array" and length > 0 then [.[0], .[1]]
  else error(type + " not a string or array") end;
def match($re): ($re | _pattern) as [$pattern, $flags] | match($pattern; $flags);
def test($re): ($re | _pattern) as [$pattern, $flags] | test($pattern; $flags);
def capture(re; flags):
  match(re; flags) | reduce (.captures[] | select(.name != null)) as $group ({}; .[$group.name] = $group.string);
def capture($re): ($re | _pattern) as [$pattern, $flags] | capture($pattern; $flags);
def scan(re; flags): match(re; flags + "g") | if (.captures | length) > 0 then [.captures[].string] else .string end;
def scan(re): scan(re; "");
def splits($re; flags):
  . as $text | [0, (match($re; "g" + flags) | .offset, .offset + .length), length] as $bounds
  | range(0; $bounds | length; 2) as $i | $text[$bounds[$i]:$bounds[$i + 1]];
def splits($re): splits($re; null);
def split($re; flags): [splits($re; flags)];
def sub($re; replacement; flags):
  def plain: if type == "string" then . elif type == "array" or type == "object" then "" else tojson end;
  . as $text | flags as $flags | (["pieces", $text, $re, $flags] | _answer) as $pieces | flags as $again
  | [range(1; $pieces | length; 2) as $i | [$pieces[$i] | replacement | plain]] as $choices
  | if all($choices[]; length == 1) then
      reduce range(0; $choices | length) as $i ($pieces[0]; . + $choices[$i][0] + $pieces[2 * $i + 2])
    else
      def joined($i; $tail):
        if $i == 0 then $pieces[0] + $tail
        else $choices[$i - 1][] as $choice | joined($i - 1; $choice + $pieces[2 * $i] + $tail) end;
      joined($choices | length; "")
    end;
def sub($re; replacement): sub($re; replacement; "");
def gsub($re; replacement; flags): sub($re; replacement; flags + "g");
def gsub($re; replacement): sub($re; replacement; "g");
def indices(needle):
  if . == null then null
  else . as $all | needle as $needle | ($needle | type) as $type
    | if type == "array" and $type == "array" then
        ($needle | length) as $count
        | [range(0; if $count == 0 then 0 else length - $count + 1 end) as $i | select($all[$i:$i + $count] == $needle) | $i]
      elif type == "array" then [range(0; length) as $i | select($all[$i] == $needle) | $i]
      elif type == "string" and $type == "string" then ["indices", ., $needle] | _answer
      else error("indices() is not applicable to " + type) end
  end;
def index(needle): if . == null then null else needle as $needle | indices($needle) | .[0] end;
def rindex(needle): if . == null then null else needle as $needle | indices($needle) | .[-1] end;
def ltrimstr($start):
  if type == "string" and ($start | type) == "string" and startswith($start) then .[($start | length):] else . end;
def rtrimstr($tail):
  if type == "string" and ($tail | type) == "string" and endswith($tail) then .[:length - ($tail | length)] else . end;
def _bound: if type == "number" and isnan then 0 else . end;
def limit($count; f):
  if $count < 0 then f
  else label $done | foreach f as $item ($count; . - 1; if . < 0 then break $done else $item end) end;
def recurse(f): def step: ., (f | select(. != null) | step); step;
def paths: paths(. != null);
def _toIso: todateiso8601;
def todateiso8601: if type == "number" then _toIso else error("a date is a number") end;
def _fromIso: fromdateiso8601;
def fromdateiso8601: if type == "string" then _fromIso else error("a date is text") end;
def from_entries: reduce .[] as $e ({}; . + {($e | if has("key") then .key else .name end): ($e | .value)});
def with_entries(f): to_entries | map(f) | from_entries;
)";

/// What libjq has and the real engine's jq has not.
constexpr std::string_view kUnknown[] = {
    "IN/1", "IN/2", "INDEX/1", "INDEX/2", "JOIN/2", "JOIN/3", "JOIN/4", "_input/0", "_strindices/1", "acosh/0", "asinh/0",
    "atanh/0", "bsearch/1", "copysign/2", "debug/0", "drem/2", "env/0", "erf/0", "erfc/0", "fabs/0", "fdim/2", "fma/3",
    "fmax/2", "fmin/2", "fmod/2", "frexp/0", "fromdate/0", "fromstream/1", "gamma/0", "get_jq_origin/0",
    "get_prog_origin/0", "get_search_list/0", "gmtime/0", "halt/0", "halt_error/0", "halt_error/1", "hypot/2", "input/0",
    "input_filename/0", "input_line_number/0", "inputs/0", "isempty/1", "j0/0", "j1/0", "jn/2", "ldexp/2", "lgamma/0",
    "lgamma_r/0", "localtime/0", "logb/0", "mktime/0", "modf/0", "modulemeta/0", "nearbyint/0", "nextafter/2",
    "nexttoward/2", "pow10/0", "remainder/2", "repeat/1", "rint/0", "scalars_or_empty/0", "scalb/2", "scalbln/2",
    "significand/0", "stderr/0", "strflocaltime/1", "strftime/1", "strptime/1", "tgamma/0", "todate/0", "tostream/0",
    "trunc/0", "truncate_stream/1", "y0/0", "y1/0", "yn/2"};

std::string prelude()
{
    std::string text = kDefinitions;
    for (const std::string_view function : kUnknown) {
        text += "def " + std::string(function.substr(0, function.find('/')));
        constexpr std::string_view kParameters[] = {"", "(a)", "(a; b)", "(a; b; c)", "(a; b; c; d)"};
        text += kParameters[static_cast<std::size_t>(function.back() - '0')];
        text += ": error(\"\");";
    }
    return text + "\n";
}

} // namespace

std::optional<std::string> withBounds(std::string_view program)
{
    struct Open
    {
        char bracket;
        std::size_t begin;
        std::size_t colon = std::string_view::npos;
    };
    struct Slice
    {
        std::size_t begin, colon, end;
    };
    std::vector<Open> open;
    std::vector<Slice> slices;
    bool inDefinition = false; // before the colon of `def name(…):`
    const auto isWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$' || c == '@'; };
    for (std::size_t at = 0; at < program.size(); ++at) {
        const char c = program[at];
        if (!open.empty() && open.back().bracket == '"') {
            if (c == '"')
                open.pop_back();
            else if (c == '\\' && ++at < program.size() && program[at] == '(')
                open.push_back({'(', at});
        } else if (c == '"' || c == '[' || c == '(' || c == '{') {
            open.push_back({c, at});
        } else if (c == ']' || c == ')' || c == '}') {
            if (open.empty())
                break;
            const Open last = open.back();
            open.pop_back();
            if (last.bracket == '[' && last.colon != std::string_view::npos)
                slices.push_back({last.begin, last.colon, at});
        } else if (c == '#') {
            at = std::min(program.find('\n', at), program.size());
        } else if (c == ':') {
            if (!inDefinition && !open.empty() && open.back().bracket == '[')
                open.back().colon = at;
            inDefinition = false;
        } else if (isWord(c)) {
            const std::size_t begin = at;
            while (at + 1 < program.size() && isWord(program[at + 1]))
                ++at;
            inDefinition = inDefinition || program.substr(begin, at + 1 - begin) == "def";
        }
    }
    const bool inText = std::any_of(open.begin(), open.end(), [](const Open &one) { return one.bracket == '"'; });
    if (inText || program.find('\0') != std::string_view::npos)
        return std::nullopt;
    std::vector<std::pair<std::size_t, std::string_view>> insertions;
    const auto wrap = [&](std::size_t begin, std::size_t end) {
        if (program.substr(begin, end - begin).find_first_not_of(" \t\r\n") == std::string_view::npos)
            return;
        insertions.emplace_back(begin, "(");
        insertions.emplace_back(end, "|_bound)");
    };
    for (const Slice &slice : slices) {
        wrap(slice.begin + 1, slice.colon);
        wrap(slice.colon + 1, slice.end);
    }
    std::stable_sort(insertions.begin(), insertions.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::string out;
    std::size_t copied = 0;
    for (const auto &[at, text] : insertions) {
        out += program.substr(copied, at - copied);
        out += text;
        copied = at;
    }
    out += program.substr(copied);
    return out;
}

const std::string &jqPrelude()
{
    static const std::string text = prelude();
    return text;
}

} // namespace expr
