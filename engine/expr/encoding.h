#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Base64, addresses' encoding and hashes. Pure.
namespace expr {

std::string base64(std::string_view bytes);
/// Padding may be missing; nothing for any other letter, white space included.
std::optional<std::string> fromBase64(std::string_view text);
/// application/x-www-form-urlencoded, as Java's URLEncoder.
std::string urlEncode(std::string_view text);
/// As Java's URLDecoder; on failure nothing, with its message in `problem`.
std::optional<std::string> urlDecode(std::string_view text, std::string &problem);
/// Lower-case hexadecimal digest: `MD5`, `SHA1`, `SHA256`, `SHA512`.
std::string digest(const char *algorithm, std::string_view bytes);
/// AES-GCM with a Base64 key; nonce and tag are in the result, all in Base64. Nothing when the key is none.
std::optional<std::string> encrypt(std::string_view key, std::string_view plain, std::string_view nonce);
std::optional<std::string> decrypt(std::string_view key, std::string_view encrypted);

} // namespace expr
