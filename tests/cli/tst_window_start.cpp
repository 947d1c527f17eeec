#include "support/run_leat.h"
#include "support/scratch_repository.h"

#include <doctest/doctest.h>

#include <filesystem>

// `leat` without a verb: becomes the window that lies beside it, or says why it can't.

namespace {

struct Place
{
    test::ScratchFolder folder;
    std::filesystem::path program = folder.path() / "leat";
    Place() { std::filesystem::copy_file(LEAT_BINARY_DIR "/bin/leat", program); }
    git::ProcessResult run(const std::map<std::string, std::string> &environment) const
    {
        return git::runProcess({program.string()}, folder.path(), environment, {}, nullptr);
    }
};

const std::map<std::string, std::string> kDisplay{{"DISPLAY", ":7"}, {"WAYLAND_DISPLAY", ""}, {"QT_QPA_PLATFORM", ""}};
const std::map<std::string, std::string> kNone{{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}, {"QT_QPA_PLATFORM", ""}};

} // namespace

TEST_CASE("leat without a verb becomes the window beside it")
{
    const Place place;
    test::writeScript(place.folder.path() / "leat-desktop", "#!/bin/sh\necho \"window $#\"\nexit 5\n");
    const auto result = place.run(kDisplay);
    CHECK(result.out == "window 0\n");
    CHECK(result.exitCode == 5);
}

TEST_CASE("leat without a verb says that the window is not installed")
{
    const Place place;
    const auto result = place.run(kDisplay);
    CHECK(result.exitCode == 127);
    CHECK(result.err.find("the window is not installed") != std::string::npos);
}

TEST_CASE("leat without a verb and without a display says what to do")
{
    const Place place;
    test::writeScript(place.folder.path() / "leat-desktop", "#!/bin/sh\necho window\n");
    const auto result = place.run(kNone);
    CHECK(result.exitCode == 2);
    CHECK(result.out.empty());
    CHECK(result.err == "leat: there is no display to open the window on; see leat --help for what works without one\n");
}
