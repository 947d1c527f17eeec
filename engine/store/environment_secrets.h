#pragma once

#include "engine/run/engine.h"

namespace store {

/// Secrets from `SECRET_<NAME>` variables (Base64), as the real engine reads them, then those of a keyring,
/// and the key of the data folder that encrypts what must be stored. Thread-safe; reads the environment once.
class EnvironmentSecrets : public engine::Secrets
{
public:
    /// Looks elsewhere for what the environment has not; names are in upper case.
    using Keyring = std::function<std::optional<std::string>(std::string_view namespaceId, std::string_view name)>;
    /// `keyFile` is made with 0600 when it is first needed.
    explicit EnvironmentSecrets(std::filesystem::path keyFile, Keyring keyring = {});

    std::optional<std::string> find(std::string_view namespaceId, std::string_view key) const override;
    std::optional<std::string> seal(std::string_view text) const override;
    std::optional<std::string> unseal(std::string_view sealed) const override;

private:
    std::optional<std::string> key() const;
    std::map<std::string, std::string, std::less<>> m_secrets;
    std::filesystem::path m_keyFile;
    Keyring m_keyring;
    mutable std::mutex m_mutex;
    mutable std::string m_key;
};

/// The `ENV_…` variables of this process, as templates see them: without the prefix, in lower case.
std::map<std::string, std::string, std::less<>> templateEnvironment();

} // namespace store
