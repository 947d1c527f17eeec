#include "engine/flow/analysis.h"

#include "support/catalog.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

using namespace flow;

namespace {

std::vector<std::string> samples()
{
    std::vector<std::filesystem::path> files;
    for (const char *folder : {"/tests/conformance", "/resources/examples"})
        for (const auto &entry : std::filesystem::recursive_directory_iterator(std::string(LEAT_SOURCE_DIR) + folder))
            if (entry.path().extension() == ".yaml")
                files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> texts;
    for (const auto &file : files) {
        std::ifstream stream(file, std::ios::binary);
        std::ostringstream content;
        content << stream.rdbuf();
        texts.push_back(content.str());
    }
    return texts;
}

/// All that must hold of the analysis of any text.
void checkSound(const std::string &text)
{
    const Analysis analysis = analyse(text, Revision{1}, test::coreCatalog());
    REQUIRE(analysis.flow);
    std::size_t before = 0;
    for (const Diagnostic &diagnostic : analysis.diagnostics) {
        REQUIRE(diagnostic.range.begin <= diagnostic.range.end);
        REQUIRE(diagnostic.range.end <= text.size());
        REQUIRE(diagnostic.range.begin >= before);
        before = diagnostic.range.begin;
    }
    analysis.flow->forEachTask([&](const Task &task, const TaskList &, int) {
        REQUIRE(task.range.begin <= task.range.end);
        REQUIRE(task.range.end <= text.size());
        REQUIRE(analysis.flow->findByPath(task.path) != nullptr);
    });
}

} // namespace

TEST_CASE("any prefix of any sample can be analysed")
{
    std::size_t prefixes = 0;
    for (const std::string &text : samples()) {
        const std::size_t step = std::max<std::size_t>(1, text.size() / 40);
        for (std::size_t size = 0; size <= text.size(); size += step, ++prefixes)
            checkSound(text.substr(0, size));
    }
    MESSAGE(prefixes << " prefixes");
}

TEST_CASE("bytes put in, taken out and changed at random are survived")
{
    std::mt19937 random(20240607);
    const auto pick = [&](std::size_t below) { return below == 0 ? 0 : random() % below; };
    const std::string odd = "\t\n\r -:?#&*!|>'\"%@`{}[],\\~\x00\x7f\xff\xc3\xef\xbb\xbf";
    std::size_t texts = 0;
    for (std::string text : samples()) {
        for (int round = 0; round < 6; ++round, ++texts) {
            switch (pick(3)) {
            case 0: text.insert(pick(text.size() + 1), 1, odd[pick(odd.size())]); break;
            case 1: text.erase(pick(text.size()), pick(6)); break;
            default:
                if (!text.empty())
                    text[pick(text.size())] = odd[pick(odd.size())];
            }
            checkSound(text);
        }
    }
    MESSAGE(texts << " texts");
}

TEST_CASE("two analyses of one text are equal")
{
    for (const std::string &text : samples()) {
        const Analysis one = analyse(text, Revision{1}, test::coreCatalog());
        const Analysis other = analyse(text, Revision{1}, test::coreCatalog());
        REQUIRE(one.diagnostics == other.diagnostics);
        REQUIRE(one.flow->taskCount() == other.flow->taskCount());
    }
}

TEST_CASE("one broken line leaves all other tasks readable")
{
    std::string text = "id: f\nnamespace: n\ntasks:\n";
    for (int i = 0; i < 20; ++i)
        text += "  - id: t" + std::to_string(i) + "\n    type: io.kestra.plugin.core.log.Log\n    message: hello\n";
    for (const std::string broken : {"    message: \"open\n", "    mess\n", "    message: [1\n", "    message: {a: \n",
                                     "   message: less\n", "    message: a: b\n", "    message: @x\n", "\tmessage: x\n",
                                     "    message: 'it's'\n", "    - x\n", "     deeper: 1\n"}) {
        std::string changed = text;
        const std::size_t at = changed.find("    message: hello\n", changed.find("t7"));
        changed.replace(at, std::string("    message: hello\n").size(), broken);
        const Analysis analysis = analyse(changed, Revision{1}, test::coreCatalog());
        CAPTURE(broken);
        CHECK(analysis.flow->taskCount() == 20);
        for (int i = 0; i < 20; ++i) {
            const Task *task = analysis.flow->findById("t" + std::to_string(i));
            CAPTURE(i);
            REQUIRE(task);
            CHECK(task->fault.has_value() == (i == 7));
        }
    }
}
