#include "engine/store/environment_secrets.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

extern char **environ;

namespace store {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

std::string toBase64(const std::string &bytes)
{
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char *>(text.data()),
                                     reinterpret_cast<const unsigned char *>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    std::string compact;
    for (const char c : text)
        if (c != '\n' && c != '\r' && c != ' ')
            compact += c;
    while (compact.size() % 4 != 0)
        compact += '=';
    std::string bytes(compact.size() / 4 * 3 + 1, '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char *>(bytes.data()),
                                     reinterpret_cast<const unsigned char *>(compact.data()), static_cast<int>(compact.size()));
    if (size < 0)
        return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && padding < compact.size() && compact[compact.size() - 1 - padding] == '=')
        ++padding;
    bytes.resize(static_cast<std::size_t>(size) - std::min(padding, static_cast<std::size_t>(size)));
    return bytes;
}

std::string upper(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return result;
}

const unsigned char *bytesOf(const std::string &text) { return reinterpret_cast<const unsigned char *>(text.data()); }
unsigned char *bytesOf(std::string &text) { return reinterpret_cast<unsigned char *>(text.data()); }

} // namespace

EnvironmentSecrets::EnvironmentSecrets(std::filesystem::path keyFile, Keyring keyring)
    : m_keyFile(std::move(keyFile)), m_keyring(std::move(keyring))
{
    constexpr std::string_view kPrefix = "SECRET_";
    for (char **variable = environ; variable && *variable; ++variable) {
        const std::string_view text(*variable);
        const std::size_t equals = text.find('=');
        if (!text.starts_with(kPrefix) || equals == std::string_view::npos)
            continue;
        const std::string_view written = text.substr(equals + 1);
        m_secrets[upper(text.substr(kPrefix.size(), equals - kPrefix.size()))] = fromBase64(written).value_or(std::string(written));
    }
}

std::optional<std::string> EnvironmentSecrets::find(std::string_view namespaceId, std::string_view key) const
{
    const std::string name = upper(key);
    if (const auto found = m_secrets.find(name); found != m_secrets.end())
        return found->second;
    return m_keyring ? m_keyring(namespaceId, name) : std::nullopt;
}

std::optional<std::string> EnvironmentSecrets::key() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_key.empty())
        return m_key;
    std::ifstream in(m_keyFile, std::ios::binary);
    std::string key((std::istreambuf_iterator<char>(in)), {});
    if (key.size() != kKeyBytes) {
        key.assign(kKeyBytes, '\0');
        if (RAND_bytes(bytesOf(key), static_cast<int>(kKeyBytes)) != 1)
            return std::nullopt;
        const int file = ::open(m_keyFile.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file < 0)
            return std::nullopt;
        const bool whole = ::write(file, key.data(), key.size()) == static_cast<ssize_t>(key.size());
        ::close(file);
        if (!whole)
            return std::nullopt;
    }
    return m_key = key;
}

std::optional<std::string> EnvironmentSecrets::seal(std::string_view text) const
{
    const std::optional<std::string> secret = key();
    if (!secret)
        return std::nullopt;
    std::string nonce(kNonceBytes, '\0');
    if (RAND_bytes(bytesOf(nonce), static_cast<int>(kNonceBytes)) != 1)
        return std::nullopt;
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    std::string sealed(text.size() + kTagBytes, '\0');
    int size = 0;
    int rest = 0;
    const bool done = EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytesOf(*secret), bytesOf(nonce)) == 1 &&
                      EVP_EncryptUpdate(context.get(), bytesOf(sealed), &size, reinterpret_cast<const unsigned char *>(text.data()), static_cast<int>(text.size())) == 1 &&
                      EVP_EncryptFinal_ex(context.get(), bytesOf(sealed) + size, &rest) == 1 &&
                      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, bytesOf(sealed) + text.size()) == 1;
    return done ? std::optional(toBase64(nonce + sealed)) : std::nullopt;
}

std::optional<std::string> EnvironmentSecrets::unseal(std::string_view sealed) const
{
    const std::optional<std::string> secret = key();
    std::optional<std::string> bytes = fromBase64(sealed);
    if (!secret || !bytes || bytes->size() < kNonceBytes + kTagBytes)
        return std::nullopt;
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const std::size_t length = bytes->size() - kNonceBytes - kTagBytes;
    std::string text(length, '\0');
    int size = 0;
    int rest = 0;
    const bool done = EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytesOf(*secret), bytesOf(*bytes)) == 1 &&
                      EVP_DecryptUpdate(context.get(), bytesOf(text), &size, bytesOf(*bytes) + kNonceBytes, static_cast<int>(length)) == 1 &&
                      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, bytesOf(*bytes) + kNonceBytes + length) == 1 &&
                      EVP_DecryptFinal_ex(context.get(), bytesOf(text) + size, &rest) == 1;
    return done ? std::optional(text) : std::nullopt;
}

std::map<std::string, std::string, std::less<>> templateEnvironment()
{
    constexpr std::string_view kPrefix = "ENV_";
    std::map<std::string, std::string, std::less<>> result;
    for (char **variable = environ; variable && *variable; ++variable) {
        const std::string_view text(*variable);
        const std::size_t equals = text.find('=');
        if (!text.starts_with(kPrefix) || equals == std::string_view::npos)
            continue;
        std::string name(text.substr(kPrefix.size(), equals - kPrefix.size()));
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        result[name] = text.substr(equals + 1);
    }
    return result;
}

} // namespace store
