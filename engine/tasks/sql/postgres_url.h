#pragma once

#include <map>
#include <string>
#include <string_view>

namespace tasks {

/// libpq's keywords and values for `jdbc:postgresql:` addresses: `//host:port,host2/database?name=value` or a
/// database alone. Options that only concern the Java driver are left out. Throws TaskFailure, whose message never
/// quotes the address.
std::map<std::string, std::string> postgresOptions(std::string_view url);

} // namespace tasks
