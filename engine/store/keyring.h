#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace store {

/// A secret of the desktop's keyring (Secret Service): the item with the attributes `application=leat`,
/// `namespace` and `name`, of the namespace or the nearest above it that has one; nothing without a session
/// bus, a keyring or the item. Asks each time; may wait for the user to unlock. Thread-safe.
std::optional<std::string> keyringSecret(std::string_view namespaceId, std::string_view name);

} // namespace store
