#include "engine/store/keyring.h"

#include <libsecret/secret.h>

#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>

namespace store {

namespace {

/// The library is loaded with the first question: a start without one must not pay for it, and a machine
/// without it has no keyring.
struct Library
{
    Library()
    {
        void *handle = dlopen("libsecret-1.so.0", RTLD_NOW);
        if (!handle)
            return;
        lookup = reinterpret_cast<decltype(lookup)>(dlsym(handle, "secret_password_lookup_sync"));
        wipe = reinterpret_cast<decltype(wipe)>(dlsym(handle, "secret_password_free"));
    }
    decltype(&secret_password_lookup_sync) lookup = nullptr;
    decltype(&secret_password_free) wipe = nullptr;
};

bool hasSessionBus()
{
    if (const char *address = std::getenv("DBUS_SESSION_BUS_ADDRESS"); address && *address)
        return true;
    const char *runtime = std::getenv("XDG_RUNTIME_DIR");
    std::error_code failed;
    return runtime && *runtime && std::filesystem::exists(std::filesystem::path(runtime) / "bus", failed);
}

} // namespace

std::optional<std::string> keyringSecret(std::string_view namespaceId, std::string_view name)
{
    if (!hasSessionBus())
        return std::nullopt;
    static const Library library;
    if (!library.lookup || !library.wipe)
        return std::nullopt;
    static const SecretSchema schema = [] {
        SecretSchema made{};
        made.name = "io.github.leat.Secret";
        made.flags = SECRET_SCHEMA_DONT_MATCH_NAME;
        made.attributes[0] = {"application", SECRET_SCHEMA_ATTRIBUTE_STRING};
        made.attributes[1] = {"namespace", SECRET_SCHEMA_ATTRIBUTE_STRING};
        made.attributes[2] = {"name", SECRET_SCHEMA_ATTRIBUTE_STRING};
        return made;
    }();
    const std::string key(name);
    for (std::string space(namespaceId); !space.empty();) {
        gchar *found = library.lookup(&schema, nullptr, nullptr, "application", "leat", "namespace", space.c_str(), "name",
                                      key.c_str(), nullptr);
        if (found) {
            std::string value(found);
            library.wipe(found);
            return value;
        }
        const std::size_t dot = space.rfind('.');
        space.resize(dot == std::string::npos ? 0 : dot);
    }
    return std::nullopt;
}

} // namespace store
