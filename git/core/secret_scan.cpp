#include "git/core/secret_scan.h"

#include "git/core/pattern.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace git {

namespace {

struct Rule
{
    const char *kind;
    const char *hint; // a cheap text that must be in the line before the pattern is tried
    Pattern pattern;
    bool mayBePlaceholder = false;
};

// Published shapes of keys and tokens.
const std::array<Rule, 8> &rules()
{
    static const std::array<Rule, 8> all = {{
        {"private-key", "PRIVATE KEY", Pattern("-----BEGIN [A-Z ]*PRIVATE KEY-----")},
        {"aws-access-key", "A", Pattern("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b")},
        {"github-token", "gh", Pattern("\\bgh[pousr]_[A-Za-z0-9]{36,}\\b")},
        {"github-token", "github_pat_", Pattern("\\bgithub_pat_[A-Za-z0-9_]{40,}\\b")},
        {"gitlab-token", "glpat-", Pattern("\\bglpat-[A-Za-z0-9_-]{20,}")},
        {"slack-token", "xox", Pattern("\\bxox[abprs]-[A-Za-z0-9-]{10,}")},
        {"google-key", "AIza", Pattern("\\bAIza[0-9A-Za-z_-]{35}\\b")},
        {"password-in-url", "://", Pattern("://[^/\\s:@{]+:([^/\\s:@{]{3,})@"), true},
    }};
    return all;
}

std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return result;
}

bool isPlaceholder(const std::string &value)
{
    const std::string text = lower(value);
    if (text.size() < 6 || text.find("{{") != std::string::npos || text.front() == '<' || text.front() == '$' || text.front() == '*'
        || text.front() == '&' || text.front() == '|' || text.front() == '>')
        return true;
    if (text.find_first_not_of("*x.•-") == std::string::npos)
        return true;
    static constexpr std::array kWords = {"changeme", "change_me", "password", "secret", "example", "your", "dummy", "placeholder"};
    return std::any_of(kWords.begin(), kWords.end(), [&](const char *word) { return text.find(word) != std::string::npos; });
}

std::string masked(const std::string &value)
{
    return value.substr(0, std::min<std::size_t>(4, value.size() / 4)) + "••••";
}

// Whether what stands before `at` lets a key end there: a run of its letters after a space or a mark that opens one.
bool endsKey(std::string_view line, std::size_t at)
{
    for (; at > 0; --at) {
        const unsigned char c = static_cast<unsigned char>(line[at - 1]);
        if (c == '-' || c == '{' || c == ',' || c == '"' || c == '\'' || std::isspace(c))
            return true;
        if (!std::isalnum(c) && c != '_' && c != '.')
            return false;
    }
    return true;
}

// `password: hunter2hunter2` and its kin; the value without quotes, or empty.
std::string assignedValue(const std::string &line)
{
    static const Pattern kKey(
        "(?:password|passwd|secret_?key|api_?key|access_?token|auth_?token|private_?key)[\"']?\\s*[:=]\\s*(\\S.*)$",
        Pattern::Case::Insensitive);
    std::optional<Pattern::Match> match = kKey.find(line);
    while (match && !endsKey(line, match->begin))
        match = kKey.find(line, match->begin + 1);
    if (!match)
        return {};
    std::string value(match->value);
    if (value.front() == '"' || value.front() == '\'') {
        const std::size_t end = value.find(value.front(), 1);
        return value.substr(1, end == std::string::npos ? end : end - 1);
    }
    if (const std::size_t comment = value.find(" #"); comment != std::string::npos)
        value.erase(comment);
    while (!value.empty() && std::isspace(static_cast<unsigned char>(value.back())))
        value.pop_back();
    // Words in a sentence are no password.
    return value.find(' ') == std::string::npos || value.find("{{") != std::string::npos ? value : std::string();
}

} // namespace

std::vector<SecretFinding> scanForSecrets(const FileDiff &diff)
{
    std::vector<SecretFinding> findings;
    for (const DiffHunk &hunk : diff.hunks)
        for (const DiffLine &line : hunk.lines) {
            if (line.kind != LineKind::Added)
                continue;
            bool found = false;
            for (const Rule &rule : rules()) {
                if (found || line.text.find(rule.hint) == std::string::npos)
                    continue;
                const std::optional<Pattern::Match> match = rule.pattern.find(line.text);
                if (!match)
                    continue;
                const std::string value(match->value);
                if (rule.mayBePlaceholder && isPlaceholder(value))
                    continue;
                findings.push_back({diff.path, line.newLine, rule.kind, masked(value)});
                found = true;
            }
            if (found)
                continue;
            if (const std::string value = assignedValue(line.text); !value.empty() && !isPlaceholder(value))
                findings.push_back({diff.path, line.newLine, "password", masked(value)});
        }
    return findings;
}

Result<> refuseSecrets(const Repository &repository, std::span<const std::string> paths)
{
    for (const std::string &path : paths) {
        const Result<FileDiff> diff = repository.diff(path, 0);
        if (!diff)
            return diff.error();
        const std::vector<SecretFinding> findings = scanForSecrets(*diff);
        if (!findings.empty()) {
            const SecretFinding &first = findings.front();
            return Error{ErrorCode::SecretFound, {path + ":" + std::to_string(first.line), first.kind, first.masked}, path};
        }
    }
    return {};
}

} // namespace git
