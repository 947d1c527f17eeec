#pragma once

#include "engine/flow/tree.h"
#include "engine/flow/value.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <unistd.h>

namespace test {

/// Has every n-th text read by another YAML reader (PyYAML) too, and compares what the two make of it:
/// the structure, and the text of every scalar.
class SecondReader
{
public:
    explicit SecondReader(std::size_t every)
        : m_every(every), m_path(std::string(LEAT_BINARY_DIR) + "/second-reader-" + std::to_string(::getpid()) + ".jsonl"),
          m_file(m_path)
    {
    }
    ~SecondReader() { std::remove(m_path.c_str()); }

    void add(const std::string &text)
    {
        if (m_seen++ % m_every != 0)
            return;
        const auto tree = flow::Tree::parse(text);
        if (!tree->root() || !tree->faults().empty())
            return;
        flow::Object row;
        row.set("text", flow::Value(text));
        row.set("reads", plain(*tree->root()));
        m_file << flow::toJson(flow::Value(std::move(row))) << '\n';
    }

    void check()
    {
        m_file.close();
        const std::string command = "python3 '" LEAT_SOURCE_DIR "/tests/flow/second_reader.py' '" + m_path + "'";
        CHECK(std::system(command.c_str()) == 0);
    }

private:
    static flow::Value plain(const flow::Node &node)
    {
        if (node.isSequence()) {
            flow::Value::List list;
            for (const flow::Node *item : node.items)
                list.push_back(plain(*item));
            return flow::Value(std::move(list));
        }
        if (node.isMapping()) {
            flow::Value::List pairs; // keys may be lists, and be there twice
            for (const flow::Entry &entry : node.entries)
                pairs.push_back(flow::Value(flow::Value::List{plain(*entry.key), plain(*entry.value)}));
            flow::Object map;
            map.set("map", flow::Value(std::move(pairs)));
            return flow::Value(std::move(map));
        }
        return flow::Value((node.alias ? "*" : "") + node.text);
    }

    std::size_t m_every;
    std::string m_path;
    std::ofstream m_file;
    std::size_t m_seen = 0;
};

} // namespace test
