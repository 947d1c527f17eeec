#include "tests/conformance/validation_topic.h"

#include "support/catalog.h"

#include <doctest/doctest.h>

#include <map>

namespace {

struct Score
{
    int cases = 0;
    int verdict = 0;
    int place = 0;
    int text = 0;
};

/// Runs a folder, prints the scores of its topics and what differs, and gives the sum.
Score run(const std::string &folder, const flow::TaskCatalog &catalog)
{
    std::map<std::string, Score> topics;
    Score sum;
    for (const auto &result : conformance::runValidation(std::string(LEAT_SOURCE_DIR "/tests/conformance/") + folder,
                                                         catalog)) {
        for (Score *score : {&topics[result.topic], &sum}) {
            ++score->cases;
            score->verdict += result.verdict;
            score->place += result.place;
            score->text += result.text;
        }
        if (!result.difference.empty())
            MESSAGE(result.topic << "/" << result.name << ": " << result.difference);
    }
    topics["all of " + folder] = sum;
    for (const auto &[topic, score] : topics)
        MESSAGE(topic << ": " << score.verdict << "/" << score.cases << " verdict, " << score.place << "/"
                      << score.cases << " place, " << score.text << "/" << score.cases << " text");
    return sum;
}

} // namespace

TEST_CASE("the recorded flows are valid or not, and in the places, as the real engine says")
{
    const Score score = run("validation", test::coreCatalog());
    CHECK(score.cases == 465);
    CHECK(score.verdict >= 465);
    CHECK(score.place >= 465);
    CHECK(score.text >= 380);
}

TEST_CASE("more recorded flows: odd values and single rules")
{
    const Score score = run("validation-more", test::coreCatalog());
    CHECK(score.verdict >= 716);
    CHECK(score.place >= 712);
}

TEST_CASE("the same flows in the 2.0 language")
{
    const Score score = run("validation", test::coreCatalog2());
    CHECK(score.verdict >= 465);
    CHECK(score.place >= 465);
    const Score more = run("validation-more-2.0", test::coreCatalog2());
    CHECK(more.verdict >= 99);
    CHECK(more.place >= 99);
}
