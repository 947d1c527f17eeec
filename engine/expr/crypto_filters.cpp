#include "engine/expr/encoding.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/registry.h"
#include "engine/flow/utf8.h"

namespace expr {
namespace {

using flow::Value;

Value hashed(Call &call, const Value &input, const char *algorithm)
{
    if (input.isNull())
        return input;
    if (!input.isText())
        call.fail("Need a string to hash\n");
    return Value(digest(algorithm, input.text()));
}

Value md5(Call &call, const Value &input)
{
    return hashed(call, input, "MD5");
}
Value sha1(Call &call, const Value &input)
{
    return hashed(call, input, "SHA1");
}
Value sha256(Call &call, const Value &input)
{
    return hashed(call, input, "SHA256");
}
Value sha512(Call &call, const Value &input)
{
    return hashed(call, input, "SHA512");
}

Value base64encode(Call &, const Value &input)
{
    return input.isNull() ? input : Value(base64(flow::toText(input)));
}

Value base64decode(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    if (!input.isText())
        call.fail("This filter applies to String\n");
    const auto bytes = fromBase64(input.text());
    if (!bytes)
        call.fail("Please provide a correctly Base64 encoded string containing an UTF-8 string\n", "IllegalArgumentException");
    return Value(flow::utf8::repaired(*bytes));
}

Value urlencode(Call &, const Value &input)
{
    return input.isNull() ? input : Value(urlEncode(java::textOf(input)));
}

Value urldecode(Call &, const Value &input)
{
    if (input.isNull())
        return input;
    std::string problem;
    auto text = urlDecode(java::textOf(input), problem);
    if (!text)
        throwJava("java.lang.IllegalArgumentException", problem);
    return Value(std::move(*text));
}

} // namespace

std::vector<FilterEntry> cryptoFilters()
{
    return {
        {"base64decode", "", base64decode, "Text from Base64"},
        {"base64encode", "", base64encode, "Text as Base64"},
        {"md5", "", md5, "MD5 in hexadecimal"},
        {"sha1", "", sha1, "SHA-1 in hexadecimal"},
        {"sha256", "", sha256, "SHA-256 in hexadecimal"},
        {"sha512", "", sha512, "SHA-512 in hexadecimal"},
        {"urldecode", "", urldecode, "Text from its form in an address"},
        {"urlencode", "", urlencode, "Text as it is written in an address"},
    };
}

} // namespace expr
