#include "engine/flow/flow_document.h"

#include <doctest/doctest.h>

using namespace flow;

namespace {

Edit edit(const FlowDocument &document, std::vector<Replacement> replacements)
{
    Result<Edit> made = Edit::make(document.revision(), document.text(), std::move(replacements));
    REQUIRE(made);
    return *made;
}

AppliedEdit apply(FlowDocument &document, const Edit &wish)
{
    Result<AppliedEdit> applied = document.apply(wish);
    REQUIRE(applied);
    return *applied;
}

} // namespace

TEST_CASE("an edit gives the text a new revision and its inverse the old one back")
{
    FlowDocument document("id: a\nnamespace: b\n");
    const Revision first = document.revision();
    const AppliedEdit forward = apply(document, edit(document, {{{4, 5}, "sales"}, {{17, 18}, ""}}));
    CHECK(document.text() == "id: sales\nnamespace: \n");
    CHECK(document.revision() == forward.after);
    CHECK(forward.after != first);

    const AppliedEdit undo = apply(document, forward.inverse);
    CHECK(document.text() == "id: a\nnamespace: b\n");
    CHECK(document.revision() == first);

    apply(document, undo.inverse); // redo
    CHECK(document.text() == "id: sales\nnamespace: \n");
    CHECK(document.revision() == forward.after);
}

TEST_CASE("a revision names one text: another edit after an undo has a name of its own")
{
    FlowDocument document("a");
    const AppliedEdit one = apply(document, edit(document, {{{0, 1}, "b"}}));
    apply(document, one.inverse);
    const AppliedEdit two = apply(document, edit(document, {{{0, 1}, "c"}}));
    CHECK(two.after != one.after);
    CHECK(document.apply(one.inverse).error().code == ErrorCode::StaleRevision);
    CHECK(document.text() == "c");
}

TEST_CASE("an edit that changes nothing leaves the revision")
{
    FlowDocument document("a");
    const Revision before = document.revision();
    apply(document, edit(document, {{{0, 1}, "a"}}));
    CHECK(document.revision() == before);
}

TEST_CASE("an edit for another revision or another length is refused")
{
    FlowDocument document("abc");
    const Edit late = edit(document, {{{0, 1}, "x"}});
    apply(document, late);
    CHECK(document.apply(late).error().code == ErrorCode::StaleRevision);

    FlowDocument shorter("a");
    const Result<Edit> tooLong = Edit::make(shorter.revision(), "abc", {{{1, 3}, ""}});
    REQUIRE(tooLong);
    CHECK(shorter.apply(*tooLong).error().code == ErrorCode::OutOfRange);
    CHECK(shorter.text() == "a");
}

TEST_CASE("a late analysis is dropped, the old meaning stays with its revision")
{
    FlowDocument document("id: a");
    const Revision first = document.revision();
    auto meaning = std::make_shared<Flow>();
    CHECK(document.adopt({first, meaning, {}}));
    CHECK(document.snapshot().flow == meaning);
    apply(document, edit(document, {{{4, 5}, "b"}}));
    CHECK_FALSE(document.adopt({first, std::make_shared<Flow>(), {}}));
    const Snapshot snapshot = document.snapshot();
    CHECK(snapshot.flow == meaning);
    CHECK(snapshot.flowRevision == first);
    CHECK(snapshot.revision == document.revision());
}
