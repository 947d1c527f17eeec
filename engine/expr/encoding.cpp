#include "engine/expr/encoding.h"

#include "engine/flow/utf8.h"

#include <openssl/evp.h>

#include <array>
#include <memory>

namespace expr {
namespace {

constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;

struct FreeCipher
{
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); }
};

const EVP_CIPHER *cipherFor(std::size_t keySize)
{
    return keySize == 16 ? EVP_aes_128_gcm() : keySize == 24 ? EVP_aes_192_gcm() : keySize == 32 ? EVP_aes_256_gcm() : nullptr;
}

const unsigned char *bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

} // namespace

std::string base64(std::string_view input)
{
    static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((input.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < input.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8 | (i + j < input.size() ? static_cast<unsigned char>(input[i + j]) : 0u);
        for (std::size_t j = 0; j < 4; ++j)
            out += i + j <= input.size() ? kDigits[group >> (18 - 6 * j) & 63] : '=';
    }
    return out;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    std::size_t end = text.size();
    std::size_t padding = 0;
    while (end > 0 && text[end - 1] == '=' && padding < 2) {
        --end;
        ++padding;
    }
    if (padding > 0 && text.size() % 4 != 0)
        return std::nullopt;
    if (end % 4 == 1)
        return std::nullopt;
    std::string out;
    std::uint32_t group = 0;
    int bits = 0;
    for (std::size_t i = 0; i < end; ++i) {
        const char c = text[i];
        int value = -1;
        if (c >= 'A' && c <= 'Z')
            value = c - 'A';
        else if (c >= 'a' && c <= 'z')
            value = c - 'a' + 26;
        else if (c >= '0' && c <= '9')
            value = c - '0' + 52;
        else if (c == '+')
            value = 62;
        else if (c == '/')
            value = 63;
        if (value < 0)
            return std::nullopt;
        group = group << 6 | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>(group >> bits & 0xFF);
        }
    }
    return out;
}

std::string urlEncode(std::string_view text)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) && byte < 0x80) {
            out += c;
        } else if (c == '.' || c == '-' || c == '*' || c == '_') {
            out += c;
        } else if (c == ' ') {
            out += '+';
        } else {
            out += '%';
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        }
    }
    return out;
}

std::optional<std::string> urlDecode(std::string_view text, std::string &problem)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out += ' ';
            continue;
        }
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) {
            problem = "URLDecoder: Incomplete trailing escape (%) pattern";
            return std::nullopt;
        }
        for (std::size_t j = i + 1; j <= i + 2; ++j)
            if (hexValue(text[j]) < 0) {
                problem = "URLDecoder: Illegal hex characters in escape (%) pattern - not a hexadecimal digit: \"" + std::string(1, text[j]) +
                          "\" = " + std::to_string(static_cast<int>(text[j]));
                return std::nullopt;
            }
        out += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
        i += 2;
    }
    return flow::utf8::repaired(out);
}

std::string digest(const char *algorithm, std::string_view input)
{
    static constexpr char kHex[] = "0123456789abcdef";
    unsigned char buffer[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(input.data(), input.size(), buffer, &size, EVP_get_digestbyname(algorithm), nullptr) != 1)
        return {};
    std::string out;
    for (unsigned i = 0; i < size; ++i) {
        out += kHex[buffer[i] >> 4];
        out += kHex[buffer[i] & 15];
    }
    return out;
}

std::optional<std::string> encrypt(std::string_view key, std::string_view plain, std::string_view nonce)
{
    const auto secret = fromBase64(key);
    const EVP_CIPHER *cipher = secret ? cipherFor(secret->size()) : nullptr;
    if (!cipher || nonce.size() != kNonce)
        return std::nullopt;
    const std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context(EVP_CIPHER_CTX_new());
    std::string out(plain.size(), '\0'), tag(kTag, '\0');
    int size = 0;
    auto *target = reinterpret_cast<unsigned char *>(out.data());
    if (EVP_EncryptInit_ex(context.get(), cipher, nullptr, bytes(*secret), bytes(nonce)) != 1 ||
        EVP_EncryptUpdate(context.get(), target, &size, bytes(plain), static_cast<int>(plain.size())) != 1 ||
        EVP_EncryptFinal_ex(context.get(), target + size, &size) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTag, tag.data()) != 1)
        return std::nullopt;
    return base64(std::string(nonce) + out + tag);
}

std::optional<std::string> decrypt(std::string_view key, std::string_view encrypted)
{
    const auto secret = fromBase64(key);
    const auto data = fromBase64(encrypted);
    const EVP_CIPHER *cipher = secret ? cipherFor(secret->size()) : nullptr;
    if (!cipher || !data || data->size() < kNonce + kTag)
        return std::nullopt;
    const std::string_view nonce = std::string_view(*data).substr(0, kNonce);
    const std::string_view body = std::string_view(*data).substr(kNonce, data->size() - kNonce - kTag);
    std::string tag = data->substr(data->size() - kTag);
    const std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context(EVP_CIPHER_CTX_new());
    std::string out(body.size(), '\0');
    int size = 0;
    auto *target = reinterpret_cast<unsigned char *>(out.data());
    if (EVP_DecryptInit_ex(context.get(), cipher, nullptr, bytes(*secret), bytes(nonce)) != 1 ||
        EVP_DecryptUpdate(context.get(), target, &size, bytes(body), static_cast<int>(body.size())) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) != 1 ||
        EVP_DecryptFinal_ex(context.get(), target + size, &size) != 1)
        return std::nullopt;
    return out;
}

} // namespace expr
