#include "engine/expr/regex.h"

#include "engine/expr/failure.h"
#include "engine/flow/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <list>
#include <mutex>
#include <unordered_map>

namespace expr::regex {

struct Regex::Code
{
    pcre2_code *code = nullptr;
    std::uint32_t groups = 0;
    ~Code() { pcre2_code_free(code); }
};

namespace {

constexpr std::uint32_t kMatchLimit = 20'000'000;
constexpr std::size_t kCacheSize = 512;

struct FreeMatch
{
    void operator()(pcre2_match_data *data) const { pcre2_match_data_free(data); }
};
struct FreeContext
{
    void operator()(pcre2_match_context *context) const { pcre2_match_context_free(context); }
};

/// Walks over the matches of one text, as Java's Matcher.find.
class Matcher
{
public:
    Matcher(const Regex::Code &code, const std::string &text)
        : m_code(code), m_data(pcre2_match_data_create_from_pattern(code.code, nullptr)),
          m_context(pcre2_match_context_create(nullptr)), m_text(text)
    {
        pcre2_set_match_limit(m_context.get(), kMatchLimit);
        if (flow::utf8::firstInvalid(text) != text.size()) {
            m_clean.reserve(text.size());
            for (std::size_t at = 0; at < text.size();)
                flow::utf8::append(m_clean, flow::utf8::next(text, at));
            m_text = m_clean;
        }
    }

    bool find()
    {
        std::size_t from = m_end;
        if (m_found && m_begin == m_end) {
            if (from >= m_text.size())
                return m_found = false;
            flow::utf8::next(m_text, from);
        }
        return search(from, 0);
    }
    bool whole() { return search(0, PCRE2_ANCHORED | PCRE2_ENDANCHORED); }

    std::size_t begin() const { return m_begin; }
    std::size_t end() const { return m_end; }
    std::string_view text() const { return m_text; }
    std::optional<std::string_view> group(std::size_t number) const
    {
        const PCRE2_SIZE *vector = pcre2_get_ovector_pointer(m_data.get());
        if (vector[2 * number] == PCRE2_UNSET)
            return std::nullopt;
        return m_text.substr(vector[2 * number], vector[2 * number + 1] - vector[2 * number]);
    }

private:
    bool search(std::size_t from, std::uint32_t options)
    {
        const auto run = [&](std::uint32_t more) {
            return pcre2_match(m_code.code, reinterpret_cast<PCRE2_SPTR>(m_text.data()), m_text.size(), from,
                               options | more | PCRE2_NO_UTF_CHECK, m_data.get(), m_context.get());
        };
        int result = run(0);
        if (result == PCRE2_ERROR_JIT_STACKLIMIT)
            result = run(PCRE2_NO_JIT);
        if (result < 0 && result != PCRE2_ERROR_NOMATCH)
            throwJava("java.lang.StackOverflowError");
        m_found = result >= 0;
        if (m_found) {
            const PCRE2_SIZE *vector = pcre2_get_ovector_pointer(m_data.get());
            m_begin = std::min(vector[0], vector[1]);
            m_end = vector[1];
        }
        return m_found;
    }

    const Regex::Code &m_code;
    std::unique_ptr<pcre2_match_data, FreeMatch> m_data;
    std::unique_ptr<pcre2_match_context, FreeContext> m_context;
    std::string m_clean;
    std::string_view m_text;
    std::size_t m_begin = 0, m_end = 0;
    bool m_found = false;
};

void appendReplacement(std::string &out, const Matcher &match, const Regex::Code &code, std::string_view replacement)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < replacement.size(); ++i) {
        const char c = replacement[i];
        if (c == '\\') {
            if (++i == replacement.size())
                throwJava("java.lang.IllegalArgumentException", "character to be escaped is missing");
            out += replacement[i];
        } else if (c != '$') {
            out += c;
        } else if (i + 1 == replacement.size()) {
            throwJava("java.lang.IllegalArgumentException", "Illegal group reference: group index is missing");
        } else if (replacement[i + 1] == '{') {
            const std::size_t end = replacement.find('}', i);
            if (end == std::string_view::npos)
                throwJava("java.lang.IllegalArgumentException", "named capturing group is missing trailing '}'");
            const std::string name(replacement.substr(i + 2, end - i - 2));
            const int number = name.empty() ? -1 : pcre2_substring_number_from_name(code.code, reinterpret_cast<PCRE2_SPTR>(name.c_str()));
            if (number < 0)
                throwJava("java.lang.IllegalArgumentException", "No group with name {" + name + "}");
            out += match.group(static_cast<std::size_t>(number)).value_or("");
            i = end;
        } else if (!isDigit(replacement[i + 1])) {
            throwJava("java.lang.IllegalArgumentException", "Illegal group reference");
        } else {
            std::size_t number = static_cast<std::size_t>(replacement[++i] - '0');
            if (number > code.groups)
                throwJava("java.lang.IndexOutOfBoundsException", "No group " + std::to_string(number));
            while (i + 1 < replacement.size() && isDigit(replacement[i + 1])) {
                const std::size_t more = number * 10 + static_cast<std::size_t>(replacement[i + 1] - '0');
                if (more > code.groups)
                    break;
                number = more;
                ++i;
            }
            out += match.group(number).value_or("");
        }
    }
}

/// What PCRE2 says, in Java's words where they are known.
std::string javaProblem(int code)
{
    switch (code) {
    case 106: return "Unclosed character class";
    case 114: return "Unclosed group";
    case 109: return "Dangling meta character '*'";
    case 122: return "Unmatched closing ')'";
    case 108: return "Illegal character range";
    case 101: return "Unexpected internal error";
    default: break;
    }
    PCRE2_UCHAR text[256];
    pcre2_get_error_message(code, text, sizeof text);
    return reinterpret_cast<const char *>(text);
}

struct Compiled
{
    std::shared_ptr<const Regex> regex;
    std::string problem;
    std::size_t offset = 0;
};

Compiled compileNow(const std::string &pattern)
{
    Compiled out;
    std::string translated;
    try {
        translated = translate(pattern);
    } catch (const Failure &) {
        out.problem = "Illegal repetition";
        return out;
    }
    pcre2_compile_context *context = pcre2_compile_context_create(nullptr);
    pcre2_set_newline(context, PCRE2_NEWLINE_ANY);
    pcre2_set_parens_nest_limit(context, 200);
    int error = 0;
    PCRE2_SIZE offset = 0;
    auto code = std::make_shared<Regex::Code>();
    code->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(),
                               PCRE2_UTF | PCRE2_ALLOW_EMPTY_CLASS * 0 | PCRE2_NEVER_BACKSLASH_C, &error, &offset, context);
    pcre2_compile_context_free(context);
    if (!code->code) {
        out.problem = javaProblem(error);
        out.offset = std::min(pattern.size(), static_cast<std::size_t>(offset));
        return out;
    }
    pcre2_pattern_info(code->code, PCRE2_INFO_CAPTURECOUNT, &code->groups);
    pcre2_jit_compile(code->code, PCRE2_JIT_COMPLETE);
    out.regex = std::make_shared<const Regex>(std::move(code));
    return out;
}

} // namespace

std::shared_ptr<const Regex> compile(const std::string &pattern)
{
    using Entry = std::pair<std::string, std::shared_ptr<const Regex>>;
    static std::mutex mutex;
    static std::list<Entry> order;
    static std::unordered_map<std::string, std::list<Entry>::iterator> index;
    {
        const std::lock_guard lock(mutex);
        if (const auto at = index.find(pattern); at != index.end()) {
            order.splice(order.begin(), order, at->second);
            return at->second->second;
        }
    }
    Compiled compiled = compileNow(pattern);
    if (!compiled.regex) {
        const std::size_t near = compiled.offset == 0 ? 0 : compiled.offset - 1;
        throwJava("java.util.regex.PatternSyntaxException", compiled.problem + " near index " + std::to_string(near) + "\n" + pattern +
                                                                "\n" + std::string(near, ' ') + "^");
    }
    const std::lock_guard lock(mutex);
    if (!index.contains(pattern)) {
        order.emplace_front(pattern, compiled.regex);
        index[pattern] = order.begin();
        if (order.size() > kCacheSize) {
            index.erase(order.back().first);
            order.pop_back();
        }
    }
    return compiled.regex;
}

std::string problem(const std::string &pattern)
{
    return compileNow(pattern).problem;
}

std::string Regex::replace(const std::string &text, const std::string &replacement, bool all) const
{
    Matcher match(*m_code, text);
    std::string out;
    std::size_t done = 0;
    while (match.find()) {
        out += match.text().substr(done, match.begin() - done);
        appendReplacement(out, match, *m_code, replacement);
        done = match.end();
        if (!all)
            break;
    }
    out += match.text().substr(done);
    return out;
}

std::string Regex::replaceAll(const std::string &text, const std::string &replacement) const
{
    return replace(text, replacement, true);
}

std::string Regex::replaceFirst(const std::string &text, const std::string &replacement) const
{
    return replace(text, replacement, false);
}

std::vector<std::string> Regex::split(const std::string &text, std::int32_t limit) const
{
    Matcher match(*m_code, text);
    std::vector<std::string> parts;
    std::size_t done = 0;
    bool any = false;
    while ((limit <= 0 || static_cast<std::int32_t>(parts.size()) < limit - 1) && match.find()) {
        if (match.end() == 0)
            continue; // an empty match at the start gives no empty part
        any = true;
        parts.emplace_back(match.text().substr(done, match.begin() - done));
        done = match.end();
    }
    if (!any)
        return {std::string(match.text())};
    parts.emplace_back(match.text().substr(done));
    if (limit == 0)
        while (!parts.empty() && parts.back().empty())
            parts.pop_back();
    return parts;
}

bool Regex::find(const std::string &text) const
{
    return Matcher(*m_code, text).find();
}

bool Regex::matches(const std::string &text) const
{
    return Matcher(*m_code, text).whole();
}

int Regex::groups() const
{
    return static_cast<int>(m_code->groups);
}

std::optional<std::optional<std::string>> Regex::extract(const std::string &text, int group) const
{
    Matcher match(*m_code, text);
    if (!match.find())
        return std::nullopt;
    const auto found = match.group(static_cast<std::size_t>(group));
    return found ? std::optional<std::string>(*found) : std::optional<std::string>();
}

} // namespace expr::regex
