#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/registry.h"

#include <algorithm>

namespace expr {
namespace {

using flow::Value;

template <typename T>
T answer(const Call &call, HostResult<T> result)
{
    if (!result)
        call.fail(result.error().message, result.error().cause);
    return std::move(*result);
}

/// The namespace a function asks about: the one given, or the flow's.
std::string nameSpace(Call &call, std::size_t argument)
{
    if (const Value *given = call.nonNull(argument))
        return flow::toText(*given);
    const Value *flow = call.evaluator().variable("flow");
    if (!flow || flow->isNull())
        throwJava("java.lang.NullPointerException", "Cannot invoke \"java.util.Map.get(Object)\" because \"flow\" is null");
    const Value *name = flow->find("namespace");
    return name ? flow::toText(*name) : std::string();
}

Value secret(Call &call)
{
    if (!call.argument(0))
        call.fail("The 'secret' function expects an argument 'key'.");
    const std::string key = java::textOf(*call.argument(0));
    const bool full = call.nonNull(3) && java::boolOf(*call.argument(3));
    if (full && call.nonNull(2))
        call.fail("The 'secret' function cannot be called with both 'subkey' and 'full' arguments.");
    const std::string where = nameSpace(call, 1);
    const auto found = answer(call, call.host().secret(where, key));
    if (!found)
        call.fail("Cannot find secret for key '" + key + "'.", "SecretNotFoundException");
    if (const Value *subkey = call.nonNull(2)) {
        const flow::JsonParse parsed = flow::parseJson(*found);
        const Value *part = parsed.ok ? parsed.value.find(flow::toText(*subkey)) : nullptr;
        if (!part)
            call.fail("Cannot find secret sub-key '" + flow::toText(*subkey) + "' in secret '" + key + "'.", "SecretNotFoundException");
        return Value(flow::toText(*part));
    }
    return Value(*found);
}

Value kv(Call &call)
{
    if (!call.argument(0))
        call.fail("The 'kv' function expects an argument 'key'.");
    const std::string key = call.nonNull(0) ? java::textOf(*call.argument(0)) : std::string();
    const bool mustExist = !call.nonNull(2) || java::boolOf(*call.argument(2));
    const std::string where = nameSpace(call, 1);
    if (key.empty())
        call.fail("Key cannot be null or empty", "IllegalArgumentException");
    const bool clean = std::all_of(key.begin(), key.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '-';
    });
    if (!clean || !std::isalnum(static_cast<unsigned char>(key[0])))
        call.fail("Key must start with an alphanumeric character (uppercase or lowercase) and can contain alphanumeric characters "
                  "(uppercase or lowercase), dots (.), underscores (_), and hyphens (-) only.",
                  "IllegalArgumentException");
    HostResult<std::optional<Value>> given = call.host().kv(where, key);
    if (!given && !mustExist)
        return {}; // an expired value is missing too
    auto found = answer(call, std::move(given));
    if (!found && mustExist)
        call.fail("The key '" + key + "' does not exist in the namespace '" + where + "'.");
    return found ? std::move(*found) : Value();
}

/// What a path argument points at: an address of the storage, or a file of a namespace.
struct Place
{
    bool isUri = false;
    std::string text;
    std::string space;
};

/// A path must be fit for an address.
void checkPath(const Call &call, const std::string &path)
{
    const std::size_t bad = path.find_first_of(" \t\r\n\"<>\\^`{|}");
    if (bad != std::string::npos)
        call.fail("Illegal character in path at index " + std::to_string(bad + 10 - (path.starts_with('/') ? 1 : 0)) + ": nsfile:///" +
                      (path.starts_with('/') ? path.substr(1) : path),
                  "IllegalArgumentException");
}

Place place(Call &call, const char *function)
{
    const Value *path = call.nonNull(0);
    if (!path) {
        const bool storage = std::string_view(function) == "fileSize" || std::string_view(function) == "fileExists";
        call.fail(std::string("The '") + function + "' function expects an argument 'path' that is a path to " +
                  (storage ? "the internal storage URI." : "a namespace file or an internal storage URI."));
    }
    if (!path->isText() && path->kind() != Value::Kind::Uri)
        call.fail("Unable to read the file " + flow::toText(*path));
    Place out;
    out.text = path->text();
    if (out.text.starts_with("kestra:///") || out.text.starts_with("file:")) {
        out.isUri = true;
        return out;
    }
    if (out.text.starts_with("nsfile:///")) {
        out.text.erase(0, 9);
    } else if (const std::size_t scheme = out.text.find("://"); scheme != std::string::npos) {
        if (out.text.compare(0, scheme, "nsfile") == 0) {
            const std::size_t slash = out.text.find('/', scheme + 3);
            out.space = out.text.substr(scheme + 3, slash == std::string::npos ? std::string::npos : slash - scheme - 3);
            out.text = slash == std::string::npos ? "/" : out.text.substr(slash);
            return out;
        }
        call.fail("Cannot process the URI " + out.text + ": scheme not supported.", "IllegalArgumentException");
    }
    checkPath(call, out.text);
    out.space = nameSpace(call, 1);
    return out;
}

Value read(Call &call)
{
    const Place at = place(call, "read");
    if (at.isUri)
        return Value(answer(call, call.host().readUri(at.text)));
    int revision = 0;
    if (const Value *given = call.nonNull(2))
        revision = given->isNumber() ? static_cast<int>(java::wholeOf(*given)) : std::atoi(flow::toText(*given).c_str());
    return Value(answer(call, call.host().readFile(at.space, at.text, revision)));
}

Value fileUri(Call &call)
{
    if (!call.nonNull(0))
        call.fail("The 'fileURI' function expects an argument 'path' that is a path to a namespace file.");
    std::string where = nameSpace(call, 1);
    std::replace(where.begin(), where.end(), '.', '/');
    const Value &given = *call.argument(0);
    if (!given.isText() && given.kind() != Value::Kind::Uri)
        call.fail("Unable to read the file " + flow::toText(given));
    std::string path = given.text();
    checkPath(call, path);
    if (!path.starts_with('/'))
        path.insert(0, "/");
    return Value("kestra:///" + where + "/_files" + path);
}

std::int64_t size(Call &call, const Place &at)
{
    return at.isUri ? answer(call, call.host().uriSize(at.text)) : answer(call, call.host().fileSize(at.space, at.text));
}

Value fileSize(Call &call)
{
    return Value(size(call, place(call, "fileSize")));
}

Value fileExists(Call &call)
{
    const Place at = place(call, "fileExists");
    return Value(at.isUri ? answer(call, call.host().uriExists(at.text)) : answer(call, call.host().fileExists(at.space, at.text)));
}

Value isFileEmpty(Call &call)
{
    return Value(size(call, place(call, "isFileEmpty")) == 0);
}

Value http(Call &call)
{
    if (!call.nonNull(0))
        call.fail("The 'http' function expects an argument 'uri'.");
    const auto text = [&call](std::size_t i) { return call.nonNull(i) ? flow::toText(*call.argument(i)) : std::string(); };
    const auto map = [&call](std::size_t i) { return call.nonNull(i) ? call.argument(i)->map() : flow::Object(); };
    HttpCall request;
    request.uri = text(0);
    if (call.nonNull(1))
        request.method = text(1);
    request.query = map(2);
    if (call.argument(3))
        request.body = *call.argument(3);
    request.contentType = text(4);
    request.headers = map(5);
    request.options = map(6);
    request.accept = text(7);
    return answer(call, call.host().http(request));
}

Value subflow(Call &call)
{
    static constexpr const char *kNames[] = {"namespace", "id", "inputs", "revision", "labels", "timeout"};
    for (const std::size_t index : {0, 1})
        if (const Value *given = call.nonNull(index); given && !given->isText())
            throwCast(java::className(*given), "java.lang.String");
    if (!call.nonNull(0) || !call.nonNull(1))
        call.fail("The 'subflow' function expects the arguments 'namespace' and 'id'.");
    flow::Object arguments;
    for (std::size_t i = 0; i < std::size(kNames); ++i)
        if (call.argument(i))
            arguments.set(kNames[i], *call.argument(i));
    return answer(call, call.host().subflow(arguments));
}

Value errorLogs(Call &call)
{
    return answer(call, call.host().errorLogs());
}

} // namespace

std::vector<FunctionEntry> hostFunctions()
{
    return {
        {"errorLogs", "", errorLogs, "Errors this execution has logged"},
        {"fileExists", "path, namespace", fileExists, "Whether a file is there"},
        {"fileSize", "path, namespace", fileSize, "Bytes of a file"},
        {"fileURI", "path, namespace, version", fileUri, "The address of a namespace file"},
        {"http", "uri, method='GET', query, body, contentType, headers, options, accept", http, "The body of an HTTP response"},
        {"isFileEmpty", "path, namespace", isFileEmpty, "Whether a file has no content"},
        {"kv", "key, namespace, errorOnMissing=true", kv, "A value of the key-value store"},
        {"read", "path, namespace, version", read, "The content of a file", Since::Until1_3},
        {"read", "path, namespace, revision", read, "The content of a file", Since::From2_0},
        {"secret", "key, namespace, subkey, full=false", secret, "A secret"},
        {"subflow", "namespace, id, inputs, revision, labels, timeout", subflow, "Outputs of another flow, for inputs"},
    };
}

} // namespace expr
