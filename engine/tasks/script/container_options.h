#pragma once

#include "engine/flow/value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tasks {

/// `512`, `64M`, `512Mb`, `1G`: bytes. Throws TaskFailure.
std::int64_t bytesOfSize(const std::string &text);

/// An image's name without its tag, and the tag, `latest` when there is none. A digest stays with the name.
struct ImageName
{
    std::string name;
    std::string tag;
};
ImageName imageNameOf(std::string_view image);

/// The `HostConfig` of a container for a rendered task runner; `mounted` is the folder to mount at its own
/// path, or empty. Throws TaskFailure.
flow::Object hostConfigOf(const flow::Value &runner, const std::string &mounted);

/// Value of the header `X-Registry-Auth` for an image, from the rendered runner's `credentials` and `config`; empty when they say nothing of its registry.
std::string registryAuthOf(const flow::Value &runner, std::string_view image);

} // namespace tasks
