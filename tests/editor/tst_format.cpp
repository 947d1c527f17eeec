#include "editor/format.h"
#include "support/samples.h"

#include <QTest>

using namespace editor;

namespace {

/// The text in the common form; `refused` when it is left alone.
std::string formatted(const std::string &text)
{
    const auto changes = formatChanges(text);
    return changes ? flow::Edit::make({}, text, *changes).value().applyTo(text) : "refused";
}

} // namespace

class FormatTest : public QObject
{
    Q_OBJECT

private slots:
    void forms_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const char *before, const char *after) { QTest::newRow(name) << QByteArray(before) << QByteArray(after); };
        row("nothing to do", "id: a\ntasks:\n  - id: x\n    type: y\n", "id: a\ntasks:\n  - id: x\n    type: y\n");
        row("lists two deeper than their key", "tasks:\n- id: x\n  type: y\n", "tasks:\n  - id: x\n    type: y\n");
        row("four columns a level", "tasks:\n    - id: x\n      retry:\n          type: z\n", "tasks:\n  - id: x\n    retry:\n      type: z\n");
        row("one blank behind a dash", "tasks:\n  -   id: x\n      type: y\n", "tasks:\n  - id: x\n    type: y\n");
        row("nested lists", "a:\n-   - 1\n    - 2\n", "a:\n  - - 1\n    - 2\n");
        row("a block text moves along", "tasks:\n- id: x\n  script: |\n    one\n      two\n\n    three\n  last: 1\n", "tasks:\n  - id: x\n    script: |\n      one\n        two\n\n      three\n    last: 1\n");
        row("blanks inside a block text stay", "a: |\n  one  \n  two\nb: 1\n", "a: |\n  one  \n  two\nb: 1\n");
        row("a comment goes with the line below", "tasks:\n# note\n- id: x\n  # more\n  type: y\n", "tasks:\n  # note\n  - id: x\n    # more\n    type: y\n");
        row("a comment at the end of a line stays", "tasks:\n- id: x   # why\n", "tasks:\n  - id: x   # why\n");
        row("blanks at line ends go", "id: a  \nb: 1\t\n", "id: a\nb: 1\n");
        row("one blank line at most", "id: a\n\n\n\nb: 1\n", "id: a\n\nb: 1\n");
        row("a line break at the end", "id: a", "id: a\n");
        row("windows line ends stay", "tasks:\r\n- id: x\r\n", "tasks:\r\n  - id: x\r\n");
        row("a list in brackets over lines", "a:\n    b: [1,\n        2]\n", "a:\n  b: [1,\n      2]\n");
        row("a value on the next line", "a:\n    b:\n        hello\n", "a:\n  b:\n    hello\n");
        row("a folded plain text", "a:\n    b: one\n       two\n", "a:\n  b: one\n     two\n");
        row("a byte order mark", "\xEF\xBB\xBF" "id: a  \n", "\xEF\xBB\xBF" "id: a\n");
        row("quotes stay", "a:\n    'b': \"c\"\n", "a:\n  'b': \"c\"\n");
        row("anchors stay", "a: &x\n    b: 1\nc: *x\n", "a: &x\n  b: 1\nc: *x\n");
        row("broken text is left alone", "a: [1\nb: 2\n", "refused");
        row("an empty file is left alone", "", "refused");
    }
    void forms()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(QByteArray::fromStdString(formatted(before.toStdString())), after);
    }

    /// Over every sample, odd spellings included: what is formatted means the same and stays as it is the second time.
    void everySampleKeepsItsMeaning()
    {
        int done = 0;
        int refused = 0;
        for (const test::Sample &sample : test::sampleFlows())
            for (const int variant : {0, 1, 4, 5}) {
                const std::string text = test::variant(sample.text, variant);
                const auto tree = flow::Tree::parse(text);
                if (!tree->root() || !tree->faults().empty())
                    continue;
                const std::string once = formatted(text);
                if (once == "refused") {
                    ++refused;
                    continue;
                }
                ++done;
                QVERIFY2(formatted(once) == once, (sample.name + "\n" + once + "\n---\n" + formatted(once)).c_str());
            }
        qInfo("%d formatted, %d left alone", done, refused);
        QVERIFY(done > 1000 && refused < done / 50);
    }
};

QTEST_APPLESS_MAIN(FormatTest)
#include "tst_format.moc"
