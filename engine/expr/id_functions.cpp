#include "engine/expr/encoding.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace expr {
namespace {

using flow::Value;

constexpr char kBase62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A big number, most significant byte first, in base 62.
std::string inBase62(std::vector<unsigned char> number, const char *digits)
{
    std::string out;
    while (!number.empty()) {
        unsigned rest = 0;
        std::vector<unsigned char> quotient;
        for (const unsigned char byte : number) {
            const unsigned value = rest * 256 + byte;
            rest = value % 62;
            if (!quotient.empty() || value / 62 > 0)
                quotient.push_back(static_cast<unsigned char>(value / 62));
        }
        out.insert(out.begin(), digits[rest]);
        number = std::move(quotient);
    }
    return out;
}

std::int64_t millis(Call &call)
{
    return std::chrono::floor<std::chrono::milliseconds>(call.host().now()).time_since_epoch().count();
}

std::array<unsigned char, 16> uuid7(Call &call)
{
    std::array<unsigned char, 16> bytes{};
    call.host().random(bytes.data(), bytes.size());
    const auto time = static_cast<std::uint64_t>(millis(call));
    for (std::size_t i = 0; i < 6; ++i)
        bytes[i] = static_cast<unsigned char>(time >> (40 - 8 * i));
    bytes[6] = static_cast<unsigned char>(0x70 | (bytes[6] & 0x0F));
    bytes[8] = static_cast<unsigned char>(0x80 | (bytes[8] & 0x3F));
    return bytes;
}

Value uuid(Call &call)
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out;
    const auto bytes = uuid7(call);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out += '-';
        out += kHex[bytes[i] >> 4];
        out += kHex[bytes[i] & 15];
    }
    return Value(std::move(out));
}

Value id(Call &call)
{
    std::array<unsigned char, 16> bytes{};
    call.host().random(bytes.data(), bytes.size());
    bytes[6] = static_cast<unsigned char>(0x40 | (bytes[6] & 0x0F));
    bytes[8] = static_cast<unsigned char>(0x80 | (bytes[8] & 0x3F));
    return Value(inBase62({bytes.begin(), bytes.end()}, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"));
}

Value ksuid(Call &call)
{
    std::vector<unsigned char> bytes(20);
    call.host().random(bytes.data() + 4, 16);
    const auto time = static_cast<std::uint32_t>(millis(call) / 1000 - 1'400'000'000);
    for (std::size_t i = 0; i < 4; ++i)
        bytes[i] = static_cast<unsigned char>(time >> (24 - 8 * i));
    std::string out = inBase62(bytes, kBase62);
    out.insert(0, 27 - std::min<std::size_t>(27, out.size()), '0');
    return Value(std::move(out));
}

Value nanoId(Call &call)
{
    std::int64_t length = 21;
    if (const Value *given = call.argument(0); given && given->kind() == Value::Kind::Long)
        length = given->asInt();
    std::string alphabet = "_-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (const Value *given = call.nonNull(1); given && given->isText())
        alphabet = given->text();
    const bool strict = call.dialect() == flow::Dialect::Kestra2_0;
    if (length > 1000)
        call.fail("The 'nanoId()' function field 'length' must be lower than: 1000");
    if (strict && length < 1)
        call.fail("The 'nanoId()' function field 'length' must be greater than: 0");
    if (length < 0)
        throwJava("java.lang.NegativeArraySizeException", std::to_string(length));
    if (strict && (alphabet.empty() || alphabet.size() > 256))
        call.fail(alphabet.empty() ? "The 'nanoId()' function field 'alphabet' must not be empty"
                                   : "The 'nanoId()' function field 'alphabet' must have at most 256 characters");
    if (alphabet.empty())
        throwJava("java.lang.ArrayIndexOutOfBoundsException", "Index -56 out of bounds for length 0");
    std::string out;
    while (out.size() < static_cast<std::size_t>(length)) {
        std::uint16_t number = 0;
        call.host().random(&number, sizeof number);
        if (number < 65536 / alphabet.size() * alphabet.size())
            out += alphabet[number % alphabet.size()];
    }
    return Value(std::move(out));
}

Value randomInt(Call &call)
{
    for (std::size_t i = 0; i < 2; ++i) {
        const std::string name = i == 0 ? "lower" : "upper";
        if (!call.argument(i))
            call.fail("The 'randomIn()' function expects an argument " + name);
        if (call.argument(i)->kind() != Value::Kind::Long)
            call.fail("The 'randomIn()' function expects an argument " + name + " of type Long.");
    }
    const std::int64_t lower = call.argument(0)->asInt(), upper = call.argument(1)->asInt();
    if (upper < lower)
        call.fail("In 'randomIn()' upper is less than lower");
    std::uint64_t number = 0;
    call.host().random(&number, sizeof number);
    const auto span = static_cast<std::uint64_t>(upper) - static_cast<std::uint64_t>(lower);
    const std::int64_t result = span == 0 ? lower : static_cast<std::int64_t>(static_cast<std::uint64_t>(lower) + number % span);
    return Value(static_cast<std::int32_t>(result));
}

Value randomPort(Call &call)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = socket >= 0 && bind(socket, reinterpret_cast<sockaddr *>(&address), size) == 0 &&
                       getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) == 0;
    if (socket >= 0)
        close(socket);
    if (!bound)
        call.fail("Unable to find a free port");
    return Value(static_cast<std::int32_t>(ntohs(address.sin_port)));
}

/// Fails as java.util.Base64 does when the text is none.
void checkBase64(const std::string &text)
{
    constexpr const char *kException = "java.lang.IllegalArgumentException";
    if (text.size() == 1)
        throwJava(kException, "Input byte[] should at least have 2 bytes for base64 bytes");
    const std::size_t end = text.find('=');
    for (const char c : std::string_view(text).substr(0, end)) {
        const auto byte = static_cast<unsigned char>(c);
        if (!std::isalnum(byte) && c != '+' && c != '/')
            throwJava(kException, fmt::format("Illegal base64 character {:x}", static_cast<int>(static_cast<signed char>(byte))));
    }
    const std::size_t letters = std::min(end, text.size());
    if (letters % 4 == 1)
        throwJava(kException, end == std::string::npos ? "Last unit does not have enough valid bits" : "Input byte array has wrong 4-byte ending unit");
    if (end == std::string::npos)
        return;
    const std::size_t padding = letters % 4 == 2 ? 2 : 1;
    if (letters % 4 == 0 || text.compare(letters, padding, "==", padding) != 0)
        throwJava(kException, "Input byte array has wrong 4-byte ending unit");
    if (text.size() > letters + padding)
        throwJava(kException, fmt::format("Input byte array has incorrect ending byte at {}", letters + padding));
}

Value encryptFunction(Call &call)
{
    if (!call.argument(0) || !call.argument(1))
        call.fail("The 'encrypt' function expects two arguments 'key' and 'plaintext'.");
    if (call.argument(1)->isNull())
        return {};
    if (!call.argument(0)->isNull())
        checkBase64(java::textOf(*call.argument(0)));
    std::string nonce(12, '\0');
    call.host().random(nonce.data(), nonce.size());
    auto text = encrypt(java::textOf(*call.argument(0)), java::textOf(*call.argument(1)), nonce);
    if (!text)
        call.fail("Unable to encrypt: the key is not a valid AES key in Base64", "InvalidKeyException");
    return Value(std::move(*text));
}

Value decryptFunction(Call &call)
{
    if (!call.argument(0) || !call.argument(1))
        call.fail("The 'decrypt' function expects two arguments 'key' and 'encrypted'.");
    if (call.argument(1)->isNull())
        return {};
    const std::optional<std::string> key = call.argument(0)->isNull() ? std::nullopt : std::optional(java::textOf(*call.argument(0)));
    checkBase64(java::textOf(*call.argument(1)));
    if (key)
        checkBase64(*key);
    auto text = decrypt(java::textOf(*call.argument(0)), java::textOf(*call.argument(1)));
    if (!text)
        call.fail("Unable to decrypt: the key does not fit or the text is damaged", "AEADBadTagException");
    return Value(std::move(*text));
}

} // namespace

std::vector<FunctionEntry> idFunctions()
{
    return {
        {"decrypt", "key, encrypted", decryptFunction, "Text from its encrypted form"},
        {"encrypt", "key, plaintext", encryptFunction, "Text encrypted with AES-GCM"},
        {"id", "", id, "A short random id"},
        {"ksuid", "", ksuid, "A sortable id of 27 letters"},
        {"nanoId", "length=21, alphabet", nanoId, "A random id of a length"},
        {"randomInt", "lower, upper", randomInt, "A random whole number below upper"},
        {"randomPort", "", randomPort, "A free port of this machine"},
        {"uuid", "", uuid, "A UUID"},
    };
}

} // namespace expr
