#include "git/core/secret_scan.h"

#include <doctest/doctest.h>

namespace {

std::string kindOf(const std::string &line, git::LineKind kind = git::LineKind::Added)
{
    git::FileDiff diff;
    diff.path = "a.yaml";
    diff.hunks = {{1, 1, {{kind, 0, 7, line}}}};
    const auto findings = git::scanForSecrets(diff);
    return findings.empty() ? "" : findings.front().kind;
}

} // namespace

TEST_CASE("keys and tokens in added lines are found")
{
    struct Row
    {
        const char *line;
        const char *kind;
    };
    const Row rows[] = {
        {"    key: AKIA" "ABCDEFGHIJKLMNOP", "aws-access-key"},
        {"-----BEGIN RSA " "PRIVATE KEY-----", "private-key"},
        {"token: ghp_" "abcdefghijklmnopqrstuvwxyz0123456789", "github-token"},
        {"url: postgres://mina:tr0ub4dor@db/x", "password-in-url"},
        {"    password: tr0ub4dor&3", "password"},
        {"  apiKey: \"9f8e7d6c5b4a\"", "password"},
        {"DB_PASSWORD=correcthorse", "password"},
    };
    for (const Row &row : rows) {
        CAPTURE(row.line);
        CHECK(kindOf(row.line) == row.kind);
    }
}

TEST_CASE("expressions, placeholders and prose are no secrets")
{
    for (const char *line : {"    password: \"{{ secret('DB') }}\"", "password: changeme", "password: <your password>",
                             "password: ${DB_PASSWORD}", "password:", "# the password: ask Mina for it", "password: ******",
                             "url: postgres://{{ secret('U') }}:{{ secret('P') }}@db/x", "passwordPolicy: strict-enough"}) {
        CAPTURE(line);
        CHECK(kindOf(line) == "");
    }
}

TEST_CASE("lines that were there before are left alone")
{
    CHECK(kindOf("password: tr0ub4dor&3", git::LineKind::Context) == "");
    CHECK(kindOf("password: tr0ub4dor&3", git::LineKind::Removed) == "");
}

TEST_CASE("a finding never holds the value")
{
    git::FileDiff diff;
    diff.path = "a.yaml";
    diff.hunks = {{1, 1, {{git::LineKind::Added, 0, 7, "password: tr0ub4dor&3"}}}};
    CHECK(git::scanForSecrets(diff) == std::vector<git::SecretFinding>{{"a.yaml", 7, "password", "tr••••"}});
}

TEST_CASE("a line of any length is read to its end")
{
    constexpr std::size_t kLong = 1'000'000;
    for (const char filler : {'a', '-', ' ', ',', '"', '@', '{', '\xC3'}) {
        CAPTURE(filler);
        const std::string rest(kLong, filler);
        CHECK(kindOf(rest) == "");
        CHECK(kindOf(rest + " password: tr0ub4dor&3") == "password");
        CHECK(kindOf("-----BEGIN RSA " "PRIVATE KEY-----" + rest) == "private-key");
    }
    std::string keys;
    while (keys.size() < kLong)
        keys += "password";
    CHECK(kindOf(keys) == "");
    CHECK(kindOf("url: postgres://mina:" + std::string(kLong, 'x') + "y@db/x") == "password-in-url");
}

TEST_CASE("only a whole key has a password")
{
    CHECK(kindOf("{\"name\": \"a\",\"db-password\":\"tr0ub4dor\"}") == "password");
    CHECK(kindOf("ask(password: tr0ub4dor) db_password: tr0ub4dor") == "password");
    CHECK(kindOf("ask(password: tr0ub4dor)") == "");
}
