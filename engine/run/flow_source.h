#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// A flow as text, and where it came from.
struct FlowText
{
    std::shared_ptr<const std::string> text;
    std::string path;          ///< file; may be empty
    std::int32_t revision = 1;
};

/// Where the engine finds the flows that a flow starts or that listen to one. Thread-safe.
class FlowSource
{
public:
    virtual ~FlowSource() = default;
    /// The latest revision, or the one asked for.
    virtual std::optional<FlowText> find(std::string_view namespaceId, std::string_view flowId,
                                         std::optional<std::int32_t> revision = {}) const = 0;
    /// All flows in their latest revision: their triggers may listen.
    virtual std::vector<FlowText> all() const = 0;
};

} // namespace engine
