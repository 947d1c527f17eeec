#include "editor/change_composer.h"
#include "editor/line_commands.h"
#include "editor/line_diff.h"
#include "editor/yaml_scanner.h"
#include "support/annotations.h"

#include <QTest>

#include <functional>

using namespace editor;

namespace {

/// A text with its carets: one `^`, or two around a selection (anchor first).
struct Marked
{
    std::string text;
    Caret caret;
};

Marked read(const std::string &marked)
{
    const test::Annotated annotated(marked);
    const std::size_t first = annotated.caret(0);
    return {annotated.text(), {first, annotated.carets().size() > 1 ? annotated.caret(1) : first}};
}

std::string show(const std::string &text, const TextChange &change)
{
    std::string after = text;
    for (auto piece = change.replacements.rbegin(); piece != change.replacements.rend(); ++piece)
        after.replace(piece->range.begin, piece->range.size(), piece->text);
    const std::size_t last = std::max(change.after.anchor, change.after.position);
    const std::size_t first = std::min(change.after.anchor, change.after.position);
    after.insert(last, "^");
    if (first != last)
        after.insert(first, "^");
    return after;
}

struct Case
{
    const char *name;
    const char *command;
    std::string before;
    std::string after; ///< `none` when nothing can be done
};

const std::vector<Case> &cases()
{
    static const std::vector<Case> all{
        {"comment a line", "comment", "a: ^1\n", "# a: ^1\n"},
        {"comment keeps the indentation", "comment", "  a: ^1\n", "  # a: ^1\n"},
        {"comment off", "comment", "  # a: ^1\n", "  a: ^1\n"},
        {"comment off without blank", "comment", "#a^\n", "a^\n"},
        {"comment several lines at the least column", "comment", "^  a:\n    b: 1^\n", "^  # a:\n  #   b: 1^\n"},
        {"comment leaves blank lines", "comment", "^a\n\nb^\n", "# ^a\n\n# b^\n"},
        {"comment when one line has none", "comment", "^# a\nb^\n", "# ^# a\n# b^\n"},
        {"comment nothing", "comment", "  ^\n", "none"},
        {"comment the last line", "comment", "a^", "# a^"},
        {"a selection to the next line's begin leaves it out", "comment", "^a\n^b\n", "# ^a\n^b\n"},
        {"move down", "down", "a^\nb\n", "b\na^\n"},
        {"move up", "up", "a\n^b\n", "^b\na\n"},
        {"move up at the top", "up", "a^\nb\n", "none"},
        {"move down at the end", "down", "a\nb^\n", "none"},
        {"move the last line up", "up", "a\nb^", "b^\na"},
        {"move down to the last line", "down", "a^\nb", "b\na^"},
        {"move with windows line ends", "down", "a^\r\nb", "b\r\na^"},
        {"move several lines", "down", "^a\nb^\nc\n", "c\n^a\nb^\n"},
        {"duplicate a line", "duplicate", "a^b\n", "ab\na^b\n"},
        {"duplicate the last line", "duplicate", "a^", "a\na^"},
        {"duplicate a selection", "duplicate", "^a\nb^\nc", "a\nb\n^a\nb^\nc"},
        {"delete a line", "delete", "a\nb^b\nccc\n", "a\nc^cc\n"},
        {"delete the last line", "delete", "a\nb^", "a^"},
        {"delete the only line", "delete", "a^b", "^"},
        {"delete to a shorter line", "delete", "abcd^\ne\n", "e^\n"},
        {"indent", "indent", "^a\n\nb^\n", "  ^a\n\n  b^\n"},
        {"unindent", "unindent", "^    a\n b\nc^\n", "^  a\nb\nc^\n"},
        {"unindent a tab", "unindent", "\ta^\n", "a^\n"},
        {"unindent nothing", "unindent", "a^\n", "none"},
        {"enter at the top", "enter", "a: 1^\n", "a: 1\n^\n"},
        {"enter keeps the indentation", "enter", "  a: 1^\n", "  a: 1\n  ^\n"},
        {"enter under a key", "enter", "tasks:^", "tasks:\n  ^"},
        {"enter under a key with a comment", "enter", "tasks: # all^", "tasks: # all\n  ^"},
        {"enter after an item's key", "enter", "  - id: a^", "  - id: a\n    ^"},
        {"enter under an item's key without value", "enter", "  - task:^", "  - task:\n      ^"},
        {"enter after a plain item", "enter", "  - a^", "  - a\n  ^"},
        {"enter after a block mark", "enter", "  script: |^", "  script: |\n    ^"},
        {"enter after a chomping block mark", "enter", "  script: >-^", "  script: >-\n    ^"},
        {"enter after an item's block mark", "enter", "  - |^", "  - |\n      ^"},
        {"enter in the middle", "enter", "  a: 1^ 2\n", "  a: 1\n  ^2\n"},
        {"enter on a blank line", "enter", "    ^\n", "    \n    ^\n"},
        {"enter replaces the selection", "enter", "  a^bc^d\n", "  a\n  ^d\n"},
        {"enter keeps windows line ends", "enter", "a:^\r\n", "a:\r\n  ^\r\n"},
        {"enter in a comment", "enter", "  # a:^\n", "  # a:\n  ^\n"},
        {"a colon in a text opens nothing", "enter", "  a: b c^\n", "  a: b c\n  ^\n"},
        {"tab", "tab", "^a", "  ^a"},
        {"tab to the next stop", "tab", "abc^", "abc ^"},
        {"paste a line", "paste:x: 1\n", "a: 1\n^", "a: 1\nx: 1\n^"},
        {"paste takes the indentation", "paste:- id: a\n  type: b\n", "tasks:\n  ^", "tasks:\n  - id: a\n    type: b\n^"},
        {"paste of an indented piece", "paste:    - id: a\n      type: b\n", "tasks:\n  ^", "tasks:\n  - id: a\n    type: b\n^"},
        {"paste of a piece cut in its first line", "paste:- id: a\n      type: b\n", "tasks:\n  ^", "tasks:\n  - id: a\n    type: b\n^"},
        {"paste in the middle of a line", "paste:b\nc", "a^d", "ab\nc^d"},
        {"paste with the file's line ends", "paste:x\ny", "a\r\n^", "a\r\nx\r\ny^"},
        {"paste over a selection", "paste:x", "a^bc^d", "ax^d"},
    };
    return all;
}

std::optional<TextChange> run(const std::string &command, const Marked &marked)
{
    const auto &[text, caret] = marked;
    if (command == "comment") return commands::toggleComment(text, caret);
    if (command == "up") return commands::moveLines(text, caret, true);
    if (command == "down") return commands::moveLines(text, caret, false);
    if (command == "duplicate") return commands::duplicateLines(text, caret);
    if (command == "delete") return commands::deleteLines(text, caret);
    if (command == "indent") return commands::indentLines(text, caret, false);
    if (command == "unindent") return commands::indentLines(text, caret, true);
    if (command == "enter") return commands::newline(text, caret);
    if (command == "tab") return commands::insertTab(text, caret);
    if (command.starts_with("paste:")) return commands::paste(text, caret, command.substr(6));
    qFatal("unknown command");
    return std::nullopt;
}

/// Tokens as `kind:text`, one a word; kinds by their first letters.
std::string tokens(const std::string &text)
{
    static const char *const names[] = {"default", "comment", "key", "string", "type", "number", "punct", "anchor",
                                        "expr", "keyword", "sstring", "scomment", "snumber"};
    LineState state;
    std::string all;
    for (std::string_view line : splitLines(text)) {
        while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
            line.remove_suffix(1);
        for (const Token &token : scanLine(line, state)) {
            if (token.kind == TokenKind::Punct)
                continue;
            all += (all.empty() ? "" : "|") + std::string(names[static_cast<std::size_t>(token.kind)]) + ":" + std::string(line.substr(token.begin, token.end - token.begin));
        }
        if (LineState::unpack(state.pack()) != state)
            all += " <state does not fit>";
    }
    return all;
}

} // namespace

class LineCommandsTest : public QObject
{
    Q_OBJECT

private slots:
    void commands_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < cases().size(); ++i)
            QTest::newRow(cases()[i].name) << static_cast<int>(i);
    }
    void commands()
    {
        QFETCH(int, index);
        const Case &row = cases()[static_cast<std::size_t>(index)];
        const Marked marked = read(row.before);
        const std::optional<TextChange> change = run(row.command, marked);
        QCOMPARE(QByteArray((change ? show(marked.text, *change) : "none").c_str()), QByteArray(row.after.c_str()));
    }

    void colours_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("tokens");
        QTest::newRow("key and text") << QByteArray("id: a b") << QByteArray("key:id|string:a b");
        QTest::newRow("type") << QByteArray("type: a.B # c") << QByteArray("key:type|type:a.B|comment:# c");
        QTest::newRow("numbers") << QByteArray("a: 1\nb: -2.5\nc: true\nd: PT0.3S\ne: null\nf: 2026-01-01") << QByteArray("key:a|number:1|key:b|number:-2.5|key:c|number:true|key:d|number:PT0.3S|key:e|number:null|key:f|number:2026-01-01");
        QTest::newRow("words that begin like numbers") << QByteArray("a: P\nb: 1 x\nc: Pause") << QByteArray("key:a|string:P|key:b|string:1 x|key:c|string:Pause");
        QTest::newRow("item") << QByteArray("  - id: a") << QByteArray("key:id|string:a");
        QTest::newRow("expression in quotes") << QByteArray("a: \"x {{ y }} z\"") << QByteArray("key:a|string:\"x |expr:{{ y }}|string: z\"");
        QTest::newRow("expression alone") << QByteArray("a: {{ y }}") << QByteArray("key:a|expr:{{ y }}");
        QTest::newRow("two expressions") << QByteArray("a: {{ b }}/{{ c }}") << QByteArray("key:a|expr:{{ b }}|string:/|expr:{{ c }}");
        QTest::newRow("a tag") << QByteArray("a: x {% if b %} c") << QByteArray("key:a|string:x |expr:{% if b %}|string: c");
        QTest::newRow("braces in a text of an expression") << QByteArray("a: {{ '}}' }}") << QByteArray("key:a|expr:{{ '}}' }}");
        QTest::newRow("an open expression ends with its line") << QByteArray("a: {{ b\nc: d") << QByteArray("key:a|expr:{{ b|key:c|string:d");
        QTest::newRow("block scalar") << QByteArray("a: |\n  b: c # d\ne: f") << QByteArray("key:a|string:b: c # d|key:e|string:f");
        QTest::newRow("block scalar of an item") << QByteArray("- |\n  b: c\n- d: e") << QByteArray("string:b: c|key:d|string:e");
        QTest::newRow("expression over lines of a block") << QByteArray("a: |\n  {{ b\n  c }} d\n") << QByteArray("key:a|expr:{{ b|expr:c }}|string: d");
        QTest::newRow("double quotes over lines") << QByteArray("a: \"b\n  c: d\"\ne: f") << QByteArray("key:a|string:\"b|string:c: d\"|key:e|string:f");
        QTest::newRow("single quotes") << QByteArray("a: 'b''c' # d") << QByteArray("key:a|string:'b''c'|comment:# d");
        QTest::newRow("anchor, alias, tag") << QByteArray("a: &x 1\nb: *x\nc: !!str 1") << QByteArray("key:a|anchor:&x|number:1|key:b|anchor:*x|key:c|anchor:!!str|number:1");
        QTest::newRow("flow style") << QByteArray("a: [b, 1, {c: d}]") << QByteArray("key:a|string:b|number:1|key:c|string:d");
        QTest::newRow("comment") << QByteArray("# a: b") << QByteArray("comment:# a: b");
        QTest::newRow("a hash inside of a word") << QByteArray("a: b#c") << QByteArray("key:a|string:b#c");
        QTest::newRow("an address") << QByteArray("a: http://b:80/c") << QByteArray("key:a|string:http://b:80/c");
        QTest::newRow("quoted key") << QByteArray("\"a b\": c") << QByteArray("key:\"a b\"|string:c");
        QTest::newRow("shell") << QByteArray("- type: io.kestra.plugin.scripts.shell.Commands\n  commands:\n    - echo \"a\" # b") << QByteArray("key:type|type:io.kestra.plugin.scripts.shell.Commands|key:commands|keyword:echo|sstring:\"a\"|comment:# b");
        QTest::newRow("python") << QByteArray("type: io.kestra.plugin.scripts.python.Script\nscript: |\n  import a\n  b = '{{ c }}'\n") << QByteArray("key:type|type:io.kestra.plugin.scripts.python.Script|key:script|keyword:import|default:a|default:b|default:=|sstring:'|expr:{{ c }}|sstring:'");
        QTest::newRow("sql") << QByteArray("sql: SELECT a -- b") << QByteArray("key:sql|keyword:SELECT|default:a|scomment:-- b");
    }
    void colours()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, tokens);
        QCOMPARE(QByteArray(::tokens(text.toStdString()).c_str()), tokens);
    }

    void merges_data()
    {
        QTest::addColumn<QByteArray>("base");
        QTest::addColumn<QByteArray>("mine");
        QTest::addColumn<QByteArray>("theirs");
        QTest::addColumn<QByteArray>("merged");
        QTest::newRow("mine alone") << QByteArray("a\nb\n") << QByteArray("a\nx\n") << QByteArray("a\nb\n") << QByteArray("a\nx\n");
        QTest::newRow("theirs alone") << QByteArray("a\nb\n") << QByteArray("a\nb\n") << QByteArray("x\nb\n") << QByteArray("x\nb\n");
        QTest::newRow("both, apart") << QByteArray("a\nb\nc\nd\n") << QByteArray("x\nb\nc\nd\n") << QByteArray("a\nb\nc\ny\n") << QByteArray("x\nb\nc\ny\n");
        QTest::newRow("both the same") << QByteArray("a\nb\n") << QByteArray("a\nx\n") << QByteArray("a\nx\n") << QByteArray("a\nx\n");
        QTest::newRow("both, one place") << QByteArray("a\nb\nc\n") << QByteArray("a\nx\nc\n") << QByteArray("a\ny\nc\n") << QByteArray("a\n<<<<<<< me\nx\n=======\ny\n>>>>>>> disk\nc\n");
        QTest::newRow("both add at one place") << QByteArray("a\n") << QByteArray("a\nx\n") << QByteArray("a\ny\n") << QByteArray("a\n<<<<<<< me\nx\n=======\ny\n>>>>>>> disk\n");
        QTest::newRow("mine takes away, theirs changes") << QByteArray("a\nb\nc\n") << QByteArray("a\nc\n") << QByteArray("a\ny\nc\n") << QByteArray("a\n<<<<<<< me\n=======\ny\n>>>>>>> disk\nc\n");
        QTest::newRow("lines added far apart") << QByteArray("a\nb\nc\n") << QByteArray("1\na\nb\nc\n") << QByteArray("a\nb\nc\n2\n") << QByteArray("1\na\nb\nc\n2\n");
        QTest::newRow("no final line break") << QByteArray("a\nb") << QByteArray("a\nx") << QByteArray("a\ny") << QByteArray("a\n<<<<<<< me\nx\n=======\ny\n>>>>>>> disk\n");
    }
    void merges()
    {
        QFETCH(QByteArray, base);
        QFETCH(QByteArray, mine);
        QFETCH(QByteArray, theirs);
        QFETCH(QByteArray, merged);
        QCOMPARE(QByteArray(mergeLines(base.toStdString(), mine.toStdString(), theirs.toStdString(), "me", "disk").text.c_str()), merged);
    }

    /// Hunks taken from one side give the other side, for many random texts.
    void hunksRebuildTheOther()
    {
        quint32 seed = 1;
        const auto next = [&seed](quint32 below) {
            seed = seed * 1664525 + 1013904223;
            return (seed >> 8) % below;
        };
        for (int round = 0; round < 500; ++round) {
            std::string texts[3];
            for (std::string &text : texts)
                for (quint32 i = next(12); i > 0; --i)
                    text += std::string(1, static_cast<char>('a' + next(4))) + "\n";
            const auto before = splitLines(texts[0]);
            const auto after = splitLines(texts[1]);
            std::string rebuilt;
            std::size_t at = 0;
            for (const LineHunk &hunk : diffLines(before, after)) {
                QVERIFY(hunk.oldBegin >= at);
                for (; at < hunk.oldBegin; ++at)
                    rebuilt += before[at];
                for (std::size_t line = hunk.newBegin; line < hunk.newEnd; ++line)
                    rebuilt += after[line];
                at = hunk.oldEnd;
            }
            for (; at < before.size(); ++at)
                rebuilt += before[at];
            QCOMPARE(rebuilt, texts[1]);
            QCOMPARE(mergeLines(texts[0], texts[0], texts[1], "a", "b").text, texts[1]);
            QCOMPARE(mergeLines(texts[0], texts[1], texts[0], "a", "b").text, texts[1]);
        }
    }

    /// Any row of changes, folded, gives the same text at once.
    void changesCompose()
    {
        quint32 seed = 3;
        const auto next = [&seed](quint32 below) {
            seed = seed * 1664525 + 1013904223;
            return (seed >> 8) % below;
        };
        for (int round = 0; round < 2000; ++round) {
            const std::string base = std::string("0123456789").substr(0, next(11));
            std::string text = base;
            ChangeComposer composer;
            for (quint32 i = 1 + next(6); i > 0; --i) {
                const std::size_t at = next(static_cast<quint32>(text.size() + 1));
                const std::size_t removed = std::min<std::size_t>(next(4), text.size() - at);
                const std::string added = std::string("abc").substr(0, next(4));
                text.replace(at, removed, added);
                composer.add(at, removed, added);
            }
            const flow::Result<flow::Edit> edit = flow::Edit::make({}, base, composer.take());
            QVERIFY(edit);
            QCOMPARE(edit->applyTo(base), text);
        }
    }
};

QTEST_APPLESS_MAIN(LineCommandsTest)
#include "tst_line_commands.moc"
