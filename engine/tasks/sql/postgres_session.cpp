#include "engine/tasks/sql/postgres_session.h"

#include "engine/tasks/sql/postgres_url.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/values.h"
#include "engine/tasks/support/working_folder.h"

#include <fmt/format.h>

#include <algorithm>

namespace tasks {

namespace {

/// Certificates and keys as files while the connection is made.
class PemFiles
{
public:
    explicit PemFiles(engine::TaskContext &context) : m_context(context), m_folder(context.workingDir()) {}
    ~PemFiles()
    {
        std::error_code ignored;
        for (const std::string &name : m_names)
            std::filesystem::remove(m_folder.root() / name, ignored);
    }

    /// The path of a file with the property's text; nothing when it is absent.
    std::optional<std::string> write(std::string_view property)
    {
        const std::optional<std::string> pem = optionalText(m_context.property(property));
        if (!pem)
            return std::nullopt;
        const std::string name = randomName() + ".pem";
        m_folder.write(name, "");
        m_names.push_back(name);
        std::filesystem::permissions(m_folder.root() / name, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        m_folder.write(name, *pem);
        std::filesystem::permissions(m_folder.root() / name, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return (m_folder.root() / name).native();
    }

private:
    engine::TaskContext &m_context;
    WorkingFolder m_folder;
    std::vector<std::string> m_names;
};

std::string sslModeOf(const std::string &word)
{
    std::string mode = word;
    std::transform(mode.begin(), mode.end(), mode.begin(),
                   [](unsigned char c) { return c == '_' ? '-' : static_cast<char>(std::tolower(c)); });
    return mode;
}

} // namespace

std::unique_ptr<PostgresConnection> openPostgres(engine::TaskContext &context)
{
    std::map<std::string, std::string> options = postgresOptions(textOf(context.property("url")));
    // What the address says wins over the properties.
    const auto offer = [&](const std::string &name, std::optional<std::string> value) {
        if (value)
            options.try_emplace(name, std::move(*value));
    };
    offer("user", optionalText(context.property("username")));
    offer("password", optionalText(context.property("password")));
    const std::string mode = wordProperty(context, "sslMode", {"DISABLE", "ALLOW", "PREFER", "REQUIRE", "VERIFY_CA", "VERIFY_FULL"}, "");
    if (!mode.empty())
        offer("sslmode", sslModeOf(mode));
    else if (booleanOf(context.property("ssl"), false))
        offer("sslmode", "verify-full");
    PemFiles files(context);
    offer("sslrootcert", files.write("sslRootCert"));
    offer("sslcert", files.write("sslCert"));
    offer("sslkey", files.write("sslKey"));
    offer("sslpassword", optionalText(context.property("sslKeyPassword")));

    expr::TimeZone zone;
    if (const std::string name = textOf(context.property("timeZoneId")); !name.empty()) {
        const auto found = expr::TimeZone::find(name);
        if (!found)
            throw TaskFailure{fmt::format("Unknown time-zone ID: {}", name)};
        zone = *found;
    }
    return std::make_unique<PostgresConnection>(std::move(options), context.cancelFd(), zone);
}

} // namespace tasks
