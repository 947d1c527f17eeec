#pragma once

#include "engine/flow/value.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace conformance {

/// How one case of `flows/TOPIC/CASE.yaml` came out.
struct FlowCase
{
    std::string topic;
    std::string name;
    bool equal = false;        ///< as `compare.py` compares
    bool history = false;      ///< and with `--history`
    flow::Value got;           ///< in the shape of the expected file
    std::string difference;    ///< first lines of what differs; empty when `history` holds
};

/// Runs every case below a folder in the format of `flows/`, several at a time, sorted by topic and
/// name. `topic` is a topic or `topic/case`; empty: all.
std::vector<FlowCase> runFlows(const std::filesystem::path &folder, const std::string &topic = {}, unsigned parallel = 6);

/// Whether `got` equals `expected` by the rules of the corpus (`meta` is the manifest's entry).
bool equalFlows(const flow::Value &expected, const flow::Value &got, const flow::Value &meta, bool history, std::string *difference);

} // namespace conformance
