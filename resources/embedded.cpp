#include "resources/embedded.h"

#include <cstddef>

extern "C" {
#define LEAT_RESOURCE(index, path)                                                                 \
    extern const char leat_resource_##index[];                                                     \
    extern const char leat_resource_##index##_end[];
#include "embedded_table.inc"
#undef LEAT_RESOURCE
}

namespace resources {

namespace {

struct File
{
    std::string_view path;
    std::string_view content;
};

const std::vector<File> &files()
{
    static const std::vector<File> all = {
#define LEAT_RESOURCE(index, path)                                                                 \
    {path, {leat_resource_##index,                                                                 \
            static_cast<std::size_t>(leat_resource_##index##_end - leat_resource_##index)}},
#include "embedded_table.inc"
#undef LEAT_RESOURCE
    };
    return all;
}

} // namespace

std::string_view embedded(std::string_view path)
{
    for (const File &file : files())
        if (file.path == path)
            return file.content;
    return {};
}

std::vector<std::string_view> embeddedPaths()
{
    std::vector<std::string_view> paths;
    for (const File &file : files())
        paths.push_back(file.path);
    return paths;
}

} // namespace resources
