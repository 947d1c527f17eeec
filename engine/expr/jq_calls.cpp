#include "engine/expr/jq_calls.h"

#include <oniguruma.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace expr {
namespace {

constexpr unsigned long kRetriesInMatch = 1'000'000;
constexpr unsigned long kRetriesInSearch = 10'000'000;

using Regex = std::unique_ptr<OnigRegexType, decltype(&onig_free)>;
using MatchLimits = std::unique_ptr<OnigMatchParam, decltype(&onig_free_match_param)>;

struct FreeRegion
{
    void operator()(OnigRegion *region) const { onig_region_free(region, 1); }
};

jv problem(const std::string &message)
{
    return jv_invalid_with_msg(jv_string_sized(message.data(), static_cast<int>(message.size())));
}

jv text(std::string_view bytes)
{
    return jv_string_sized(bytes.data(), static_cast<int>(bytes.size()));
}

/// A string inside a list, as long as the list lives.
std::string_view stringAt(jv list, int index)
{
    jv item = jv_array_get(jv_copy(list), index);
    const std::string_view bytes(jv_string_value(item), static_cast<std::size_t>(jv_string_length_bytes(jv_copy(item))));
    jv_free(item);
    return bytes;
}

jv_kind kindAt(jv list, int index)
{
    jv item = jv_array_get(jv_copy(list), index);
    const jv_kind kind = jv_get_kind(item);
    jv_free(item);
    return kind;
}

int characterLength(char first)
{
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/// The number of the character each byte belongs to; one more entry for the end.
std::vector<int> characterNumbers(std::string_view bytes)
{
    std::vector<int> numbers(bytes.size() + 1);
    int number = 0;
    for (std::size_t at = 0; at < bytes.size(); ++number)
        for (int left = characterLength(bytes[at]); left > 0 && at < bytes.size(); --left)
            numbers[at++] = number;
    numbers[bytes.size()] = number;
    return numbers;
}

/// Perl with named groups, without what Oniguruma's Java port does not know: \K, \R, \X, absent and conditional groups.
OnigSyntaxType perlSyntax()
{
    OnigSyntaxType syntax;
    onig_copy_syntax(&syntax, ONIG_SYNTAX_PERL_NG);
    onig_set_syntax_op2(&syntax, ONIG_SYN_OP2_ESC_CAPITAL_Q_QUOTE | ONIG_SYN_OP2_QMARK_GROUP_EFFECT | ONIG_SYN_OP2_OPTION_PERL |
                                     ONIG_SYN_OP2_ESC_P_BRACE_CHAR_PROPERTY | ONIG_SYN_OP2_ESC_P_BRACE_CIRCUMFLEX_NOT |
                                     ONIG_SYN_OP2_QMARK_LT_NAMED_GROUP | ONIG_SYN_OP2_ESC_K_NAMED_BACKREF |
                                     ONIG_SYN_OP2_ESC_G_SUBEXP_CALL);
    return syntax;
}

/// A pattern in the Perl syntax of Oniguruma, as the real engine reads it.
class Pattern
{
public:
    Pattern(std::string_view pattern, std::string_view flags)
    {
        static std::once_flag once;
        std::call_once(once, [] {
            OnigEncoding encodings[] = {ONIG_ENCODING_UTF8};
            onig_initialize(encodings, 1);
        });
        static OnigSyntaxType syntax = perlSyntax();
        OnigOptionType options = ONIG_OPTION_CAPTURE_GROUP;
        for (const char flag : flags) {
            switch (flag) {
            case 'g': m_global = true; break;
            case 'i': options |= ONIG_OPTION_IGNORECASE; break;
            case 'x': options |= ONIG_OPTION_EXTEND; break;
            case 'm': options |= ONIG_OPTION_MULTILINE; break;
            case 's': options |= ONIG_OPTION_SINGLELINE; break;
            case 'p': options |= ONIG_OPTION_MULTILINE | ONIG_OPTION_SINGLELINE; break;
            case 'l': options |= ONIG_OPTION_FIND_LONGEST; break;
            case 'n': options |= ONIG_OPTION_FIND_NOT_EMPTY; break;
            default: m_problem = std::string(flags) + " is not a valid modifier string"; return;
            }
        }
        regex_t *made = nullptr;
        OnigErrorInfo where{};
        const int code = onig_new(&made, bytesOf(pattern), bytesOf(pattern) + pattern.size(), options, ONIG_ENCODING_UTF8,
                                  &syntax, &where);
        if (code != ONIG_NORMAL) {
            m_problem = messageOf(code, &where);
            return;
        }
        m_regex.reset(made);
        onig_set_retry_limit_in_match_of_match_param(m_limits.get(), kRetriesInMatch);
        onig_set_retry_limit_in_search_of_match_param(m_limits.get(), kRetriesInSearch);
        m_names.resize(static_cast<std::size_t>(onig_number_of_captures(made)) + 1);
        onig_foreach_name(
            made,
            [](const UChar *name, const UChar *end, int count, int *groups, regex_t *, void *names) {
                for (int i = 0; i < count; ++i)
                    (*static_cast<std::vector<std::string> *>(names))[static_cast<std::size_t>(groups[i])].assign(
                        reinterpret_cast<const char *>(name), static_cast<std::size_t>(end - name));
                return 0;
            },
            &m_names);
    }

    bool isGlobal() const { return m_global; }
    /// Why there is no pattern, or why a search failed.
    const std::string &problem() const { return m_problem; }
    bool hasProblem() const { return !m_problem.empty(); }

    bool search(std::string_view subject, std::size_t from)
    {
        const UChar *start = bytesOf(subject);
        const UChar *end = start + subject.size();
        const int code = onig_search_with_param(m_regex.get(), start, end, start + from, end, m_region.get(), ONIG_OPTION_NONE,
                                                m_limits.get());
        if (code < 0 && code != ONIG_MISMATCH)
            m_problem = messageOf(code, nullptr);
        return code >= 0;
    }

    int groups() const { return m_region->num_regs; }
    /// Byte offsets of the last match; -1 for a group that took no part.
    int begin(int group) const { return m_region->beg[group]; }
    int end(int group) const { return m_region->end[group]; }
    std::string_view of(std::string_view subject, int group) const
    {
        return subject.substr(static_cast<std::size_t>(begin(group)), static_cast<std::size_t>(end(group) - begin(group)));
    }
    const std::string &name(int group) const { return m_names[static_cast<std::size_t>(group)]; }

private:
    static const UChar *bytesOf(std::string_view bytes) { return reinterpret_cast<const UChar *>(bytes.data()); }
    static std::string messageOf(int code, OnigErrorInfo *where)
    {
        UChar message[ONIG_MAX_ERROR_MESSAGE_LEN];
        const int size = where ? onig_error_code_to_str(message, code, where) : onig_error_code_to_str(message, code);
        return std::string(reinterpret_cast<const char *>(message), static_cast<std::size_t>(size));
    }

    bool m_global = false;
    std::string m_problem;
    Regex m_regex{nullptr, &onig_free};
    MatchLimits m_limits{onig_new_match_param(), &onig_free_match_param};
    std::unique_ptr<OnigRegion, FreeRegion> m_region{onig_region_new()};
    std::vector<std::string> m_names;
};

/// A group as {offset, length, string, name}, counted in characters.
jv capture(const Pattern &pattern, std::string_view subject, const std::vector<int> &numbers, int group)
{
    const bool tookPart = pattern.begin(group) >= 0;
    const auto number = [&](int offset) { return numbers[static_cast<std::size_t>(offset)]; };
    jv out = jv_object();
    out = jv_object_set(out, jv_string("offset"), jv_number(tookPart ? number(pattern.begin(group)) : -1));
    out = jv_object_set(out, jv_string("length"),
                        jv_number(tookPart ? number(pattern.end(group)) - number(pattern.begin(group)) : 0));
    out = jv_object_set(out, jv_string("string"), tookPart ? text(pattern.of(subject, group)) : jv_null());
    if (group == 0)
        return out;
    return jv_object_set(out, jv_string("name"), pattern.name(group).empty() ? jv_null() : text(pattern.name(group)));
}

jv match(Pattern &pattern, std::string_view subject)
{
    const std::vector<int> numbers = characterNumbers(subject);
    jv matches = jv_array();
    std::size_t from = 0;
    do {
        if (!pattern.search(subject, from))
            break;
        const auto end = static_cast<std::size_t>(pattern.end(0));
        jv captures = jv_array();
        if (pattern.end(0) != pattern.begin(0))
            for (int group = 1; group < pattern.groups(); ++group)
                captures = jv_array_append(captures, capture(pattern, subject, numbers, group));
        matches = jv_array_append(matches, jv_object_set(capture(pattern, subject, numbers, 0), jv_string("captures"), captures));
        from = end == from ? from + 1 : end;
    } while (pattern.isGlobal() && from < subject.size());
    return matches;
}

/// The text before a match, what its named groups hold, the text before the next, …, the text after the last.
jv pieces(Pattern &pattern, std::string_view subject)
{
    jv out = jv_array();
    std::size_t from = 0;
    do {
        if (!pattern.search(subject, from))
            break;
        const auto begin = static_cast<std::size_t>(pattern.begin(0));
        const auto end = static_cast<std::size_t>(pattern.end(0));
        if (end == from && end != subject.size() && pattern.isGlobal()) {
            jv_free(out);
            return problem("a pattern that matches nothing can't be replaced everywhere");
        }
        jv named = jv_object();
        for (int group = 1; group < pattern.groups(); ++group)
            if (!pattern.name(group).empty())
                named = jv_object_set(named, text(pattern.name(group)),
                                      pattern.begin(group) >= 0 ? text(pattern.of(subject, group)) : jv_null());
        out = jv_array_append(out, text(subject.substr(from, begin - from)));
        out = jv_array_append(out, named);
        from = end;
    } while (pattern.isGlobal() && from != subject.size());
    return jv_array_append(out, text(subject.substr(from)));
}

/// Overlapping ones too.
jv indices(std::string_view subject, std::string_view needle)
{
    jv found = jv_array();
    if (needle.empty())
        return found;
    int units = 0;
    std::size_t counted = 0;
    for (std::size_t at = subject.find(needle); at != std::string_view::npos; at = subject.find(needle, at + 1)) {
        while (counted < at) {
            const int length = characterLength(subject[counted]);
            units += length == 4 ? 2 : 1;
            counted += static_cast<std::size_t>(length);
        }
        found = jv_array_append(found, jv_number(units));
    }
    return found;
}

jv searched(jv request, bool asPieces)
{
    const jv_kind flagsKind = kindAt(request, 3);
    if (kindAt(request, 1) != JV_KIND_STRING)
        return problem("only text can be matched");
    if (kindAt(request, 2) != JV_KIND_STRING || (flagsKind != JV_KIND_STRING && (asPieces || flagsKind != JV_KIND_NULL)))
        return problem("a pattern and its flags are text");
    const jv_kind test = asPieces ? JV_KIND_FALSE : kindAt(request, 4);
    if (test != JV_KIND_FALSE && test != JV_KIND_TRUE)
        return problem("a test is true or false");
    Pattern pattern(stringAt(request, 2), flagsKind == JV_KIND_STRING ? stringAt(request, 3) : std::string_view());
    if (pattern.hasProblem())
        return problem(pattern.problem());
    const std::string_view subject = stringAt(request, 1);
    jv answer = test == JV_KIND_TRUE ? jv_bool(pattern.search(subject, 0))
                : asPieces           ? pieces(pattern, subject)
                                     : match(pattern, subject);
    if (!pattern.hasProblem())
        return answer;
    jv_free(answer);
    return problem(pattern.problem());
}

} // namespace

jv answerJq(jv request)
{
    const std::string_view name = stringAt(request, 0);
    jv answer = name == "indices" ? indices(stringAt(request, 1), stringAt(request, 2)) : searched(request, name == "pieces");
    jv_free(request);
    return answer;
}

} // namespace expr
