#include "support/fidelity.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>

using namespace flow;

namespace {

const std::filesystem::path kCases = std::filesystem::path(LEAT_SOURCE_DIR) / "tests" / "fidelity";

std::vector<std::filesystem::path> cases()
{
    std::vector<std::filesystem::path> folders;
    for (const auto &entry : std::filesystem::directory_iterator(kCases))
        if (entry.is_directory() && std::filesystem::exists(entry.path() / "steps"))
            folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

/// Line breaks, tabs and ends of lines made visible, so that a difference can be seen.
std::string visible(const std::string &text)
{
    std::string result;
    for (const char c : text) {
        if (c == '\n')
            result += "$\n";
        else if (c == '\r')
            result += "\\r";
        else if (c == '\t')
            result += "\\t";
        else
            result += c;
    }
    return result;
}

} // namespace

TEST_CASE("each case gives the bytes of its after.yaml, or its error")
{
    std::size_t count = 0;
    for (const std::filesystem::path &folder : cases()) {
        ++count;
        CAPTURE(folder.filename().string());
        const auto steps = readEditSteps(test::splitWords(test::readFile(folder / "steps")));
        if (!steps)
            FAIL(steps.error().sentence);
        test::Subject subject(test::readFile(folder / "before.yaml"));
        const std::string before = subject.text();
        std::string refused;
        std::vector<Edit> inverses;
        for (const EditStep &step : *steps) {
            const Result<Edit> edit = makeEdit(subject.snapshot(), step);
            if (!edit) {
                refused = test::nameOf(edit.error().code);
                break;
            }
            const Result<AppliedEdit> applied = subject.apply(*edit);
            REQUIRE(applied);
            inverses.push_back(applied->inverse);
        }
        if (std::filesystem::exists(folder / "after.error")) {
            std::string expected = test::readFile(folder / "after.error");
            expected.erase(expected.find_last_not_of(" \n") + 1);
            CHECK(refused == expected);
            continue;
        }
        CHECK(refused == "");
        CHECK(visible(subject.text()) == visible(test::readFile(folder / "after.yaml")));
        for (auto inverse = inverses.rbegin(); inverse != inverses.rend(); ++inverse)
            REQUIRE(subject.apply(*inverse));
        CHECK(visible(subject.text()) == visible(before));
    }
    std::cout << "fidelity cases: " << count << '\n';
    CHECK(count >= 120);
}
