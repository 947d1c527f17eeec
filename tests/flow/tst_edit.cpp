#include "engine/flow/edit.h"

#include <doctest/doctest.h>

using namespace flow;

namespace {

constexpr Revision kRevision{7};

Edit edit(std::string_view text, std::vector<Replacement> replacements)
{
    Result<Edit> made = Edit::make(kRevision, text, std::move(replacements));
    REQUIRE(made);
    return *made;
}

} // namespace

TEST_CASE("replacements are sorted and applied")
{
    const std::string text = "alpha beta gamma";
    const Edit both = edit(text, {{{11, 16}, "G"}, {{0, 5}, "A"}});
    CHECK(both.applyTo(text) == "A beta G");
    CHECK(both.revision() == kRevision);
    CHECK(both.replacements().front().range == Range{0, 5});
}

TEST_CASE("two insertions at one place keep their order and stand before a replacement there")
{
    const Edit made = edit("ab", {{{1, 2}, "X"}, {{1, 1}, "1"}, {{1, 1}, "2"}});
    CHECK(made.applyTo("ab") == "a12X");
}

TEST_CASE("overlaps are refused, touching ranges are not")
{
    const auto code = [](std::vector<Replacement> replacements) {
        const Result<Edit> made = Edit::make(kRevision, "0123456789", std::move(replacements));
        REQUIRE_FALSE(made);
        return made.error().code;
    };
    CHECK(code({{{0, 4}, ""}, {{3, 5}, ""}}) == ErrorCode::OverlappingEdits);
    CHECK(code({{{0, 4}, ""}, {{2, 2}, "x"}}) == ErrorCode::OverlappingEdits);
    CHECK(code({{{4, 11}, ""}}) == ErrorCode::OutOfRange);
    CHECK(code({{{4, 3}, ""}}) == ErrorCode::OutOfRange);
    CHECK(edit("0123456789", {{{0, 4}, ""}, {{4, 4}, "x"}, {{4, 6}, ""}}).applyTo("0123456789") == "x6789");
}

TEST_CASE("what stays as it was is trimmed off, an empty replacement is dropped")
{
    const std::string text = "message: one\n";
    CHECK(edit(text, {{{0, 13}, "message: two\n"}}).replacements() ==
          std::vector<Replacement>{{{9, 12}, "two"}});
    CHECK(edit(text, {{{0, 13}, text}}).empty());
    CHECK(edit("aaa", {{{0, 3}, "aa"}}).replacements() == std::vector<Replacement>{{{2, 3}, ""}});
}

TEST_CASE("trimming never cuts a code point or a CR LF pair")
{
    CHECK(edit("caf\xC3\xA9", {{{0, 5}, "caf\xC3\xA8"}}).replacements() ==
          std::vector<Replacement>{{{3, 5}, "\xC3\xA8"}});
    CHECK(edit("a\r\nb", {{{0, 4}, "a\nb"}}).replacements() ==
          std::vector<Replacement>{{{1, 3}, "\n"}});
    // U+00E9 and U+0169 end in the same byte
    CHECK(edit("\xC3\xA9", {{{0, 2}, "\xC5\xA9"}}).replacements() ==
          std::vector<Replacement>{{{0, 2}, "\xC5\xA9"}});
}

TEST_CASE("offsets follow the text")
{
    const Edit made = edit("0123456789", {{{2, 2}, "abc"}, {{4, 7}, "x"}});
    CHECK(made.mapOffset(1) == 1);
    CHECK(made.mapOffset(2) == 5);  // behind the insertion
    CHECK(made.mapOffset(4) == 7);  // first byte of what is replaced
    CHECK(made.mapOffset(5) == 8);  // inside: to the end of the replacement
    CHECK(made.mapOffset(7) == 8);
    CHECK(made.mapOffset(10) == 11);
}
