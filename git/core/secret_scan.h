#pragma once

#include "git/core/repository.h"

#include <string>
#include <string_view>
#include <vector>

namespace git {

/// Something in a line about to be pushed that looks like a password, key or token.
struct SecretFinding
{
    std::string path;
    int line = 0;        ///< 1-based, of the new file
    std::string kind;    ///< `aws-access-key`, `private-key`, `password`, …
    std::string masked;  ///< first characters and dots: enough to know it again, never the value
    bool operator==(const SecretFinding &) const = default;
};

/// Looks through the added lines of a diff. A value that is an expression (`{{ secret('X') }}`), a
/// placeholder (`changeme`, `<password>`, `***`) or empty is no finding. Pure.
std::vector<SecretFinding> scanForSecrets(const FileDiff &diff);

/// Looks through what a commit of these paths would add; SecretFound names the first finding.
Result<> refuseSecrets(const Repository &repository, std::span<const std::string> paths);

} // namespace git
