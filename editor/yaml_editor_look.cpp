#include "editor/editor_look.h"
#include "editor/line_diff.h"
#include "editor/script_scanner.h"
#include "editor/yaml_editor.h"
#include "editor/yaml_scanner.h"

#include <QFontInfo>
#include <QFontMetricsF>

#include <algorithm>

/// How the text view looks: styles, margins, marks and folding.
namespace editor {

using namespace look;

namespace {

constexpr int kLineHeight = 20;
constexpr int kTwin = 64; ///< added to a style: the same look under another number

/// The font joins signs like `>=` to one picture, and Scintilla cannot forbid it; but it draws each run
/// of one style by itself. So every second sign of a row of signs gets the twin of its style.
void partSigns(const std::string &text, std::string &styles)
{
    const auto joins = [](char c) { return std::string_view("!#$%&*+-./:;<=>?@\\^_|~w()[]{}").find(c) != std::string_view::npos; };
    for (std::size_t i = 1; i < text.size() && i < styles.size(); ++i)
        if (styles[i] == styles[i - 1] && joins(text[i]) && joins(text[i - 1]))
            styles[i] = static_cast<char>(styles[i] + kTwin);
}

} // namespace

void YamlEditor::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    defineStyles();
    send(SCI_COLOURISE, 0, -1);
    viewport()->update();
}

void YamlEditor::defineStyles()
{
    const auto color = [&](const char *token) { return bgr(m_theme.color(token)); };
    const QFont font = m_theme.monoFont(13);
    const QFontInfo info(font);
    const QByteArray family = info.family().toUtf8();
    const double points =
        font.pixelSize() > 0 ? font.pixelSize() * 72.0 / logicalDpiY() : font.pointSizeF();
    SendScintilla(SCI_STYLESETFONT, static_cast<unsigned long>(STYLE_DEFAULT), family.constData());
    send(SCI_STYLESETSIZEFRACTIONAL, STYLE_DEFAULT, static_cast<long>(points * 100 + 0.5));
    send(SCI_STYLESETFORE, STYLE_DEFAULT, color("text"));
    send(SCI_STYLESETBACK, STYLE_DEFAULT, color("editor"));
    send(SCI_STYLECLEARALL);
    const auto style = [&](TokenKind kind, const char *token) {
        for (const unsigned long number : {static_cast<unsigned long>(kind), static_cast<unsigned long>(kind) + kTwin})
            send(SCI_STYLESETFORE, number, color(token));
    };
    style(TokenKind::Default, "text");
    style(TokenKind::Comment, "y_comment");
    style(TokenKind::Key, "y_key");
    style(TokenKind::String, "y_string");
    style(TokenKind::Type, "y_type");
    style(TokenKind::Number, "y_number");
    style(TokenKind::Punct, "y_punct");
    style(TokenKind::Anchor, "y_anchor");
    style(TokenKind::Expression, "y_expr");
    style(TokenKind::Keyword, "y_key");
    style(TokenKind::ScriptString, "y_string");
    style(TokenKind::ScriptComment, "y_comment");
    style(TokenKind::ScriptNumber, "y_number");
    for (const TokenKind kind : {TokenKind::Comment, TokenKind::ScriptComment})
        for (const unsigned long number : {static_cast<unsigned long>(kind), static_cast<unsigned long>(kind) + kTwin})
            send(SCI_STYLESETITALIC, number, 1);
    send(SCI_STYLESETFORE, STYLE_LINENUMBER, color("text3"));
    send(SCI_STYLESETBACK, STYLE_LINENUMBER, color("editor"));
    send(SCI_STYLESETFORE, STYLE_BRACELIGHT, color("accent"));
    send(SCI_STYLESETBACK, STYLE_BRACELIGHT, color("selected"));
    send(SCI_STYLESETFORE, STYLE_FOLDDISPLAYTEXT, color("text2"));
    send(SCI_STYLESETBACK, STYLE_FOLDDISPLAYTEXT, color("hover"));
    send(SCI_FOLDDISPLAYTEXTSETSTYLE, SC_FOLDDISPLAYTEXT_STANDARD);

    const QFontMetricsF metrics(font);
    const int extra =
        std::max(0, m_theme.scaled(kLineHeight) -
                        static_cast<int>(send(SCI_TEXTHEIGHT, 0) - send(SCI_GETEXTRAASCENT) -
                                         send(SCI_GETEXTRADESCENT)));
    send(SCI_SETEXTRAASCENT, static_cast<unsigned long>(extra / 2));
    send(SCI_SETEXTRADESCENT, static_cast<unsigned long>((extra + 1) / 2));

    send(SCI_SETCARETFORE, static_cast<unsigned long>(color("text")));
    send(SCI_SETADDITIONALCARETFORE, static_cast<unsigned long>(color("accent")));
    send(SCI_SETCARETLINEVISIBLE, 1);
    send(SCI_SETCARETLINEVISIBLEALWAYS, 1);
    send(SCI_SETCARETLINEBACK, static_cast<unsigned long>(color("caretLine")));
    send(SCI_SETSELBACK, 1, color("selected"));
    send(SCI_SETADDITIONALSELBACK, static_cast<unsigned long>(color("selected")));
    send(SCI_SETWHITESPACEFORE, 1, color("text3"));

    const auto indicator = [&](Indicator number, int shape, const char *token, int alpha,
                               bool under) {
        send(SCI_INDICSETSTYLE, number, shape);
        send(SCI_INDICSETFORE, number, color(token));
        send(SCI_INDICSETALPHA, number, alpha);
        send(SCI_INDICSETOUTLINEALPHA, number, alpha);
        send(SCI_INDICSETUNDER, number, under);
    };
    indicator(kExpressionGround, INDIC_ROUNDBOX, "y_exprBg", 255, true);
    indicator(kMatchIndicator, INDIC_ROUNDBOX, "match", 255, true);
    // Scintilla keeps these in place while the text moves; the waves are painted in paintWaves.
    for (const Indicator problem : {kHintIndicator, kWarningIndicator, kErrorIndicator})
        indicator(problem, INDIC_HIDDEN, "text", 255, false);
    indicator(kBraceIndicator, INDIC_ROUNDBOX, "selected", 255, true);
    // What an input method has under way: underlined in the accent colour.
    for (int shape = INDIC_IME; shape <= INDIC_IME_MAX; ++shape) {
        send(SCI_INDICSETSTYLE, static_cast<unsigned long>(shape), INDIC_COMPOSITIONTHIN);
        send(SCI_INDICSETFORE, static_cast<unsigned long>(shape), color("accent"));
    }
    defineMargins();
}

void YamlEditor::defineMargins()
{
    const auto color = [&](const char *token) { return bgr(m_theme.color(token)); };
    const auto number = [](int value) { return static_cast<unsigned long>(value); };
    send(SCI_SETMARGINS, kMarginCount);
    send(SCI_SETMARGINLEFT, 0, 0);
    const auto margin = [&](Margin which, int type, int width, int mask) {
        send(SCI_SETMARGINTYPEN, number(which), type);
        send(SCI_SETMARGINBACKN, number(which), color("editor"));
        send(SCI_SETMARGINWIDTHN, number(which), width);
        send(SCI_SETMARGINMASKN, number(which), mask);
        send(SCI_SETMARGINCURSORN, number(which), SC_CURSORARROW);
    };
    const int caret = 1 << kCaretMarker;
    margin(kBreakpointMargin, SC_MARGIN_COLOUR, 18,
           caret | 1 << kBreakpointMarker | 1 << kDisabledBreakpointMarker | 1 << kStopArrowMarker);
    margin(kNumberMargin, SC_MARGIN_NUMBER, 26, 0);
    margin(kGapMargin, SC_MARGIN_COLOUR, 3, caret);
    margin(kChangeMargin, SC_MARGIN_COLOUR, 3, caret | 1 << kAddedMarker | 1 << kChangedMarker);
    margin(kFoldMargin, SC_MARGIN_COLOUR, 14, caret | static_cast<int>(SC_MASK_FOLDERS));
    margin(kTaskMargin, SC_MARGIN_COLOUR, 2, caret | 1 << kTaskMarker);
    send(SCI_SETMARGINSENSITIVEN, kBreakpointMargin, 1);
    send(SCI_SETMARGINSENSITIVEN, kFoldMargin, 1);
    send(SCI_SETFOLDMARGINCOLOUR, 1, color("editor"));
    send(SCI_SETFOLDMARGINHICOLOUR, 1, color("editor"));

    const auto bar = [&](Marker marker, const char *token) {
        send(SCI_MARKERDEFINE, number(marker), SC_MARK_FULLRECT);
        send(SCI_MARKERSETBACK, number(marker), color(token));
    };
    bar(kCaretMarker, "caretLine");
    bar(kAddedMarker, "d_added");
    bar(kChangedMarker, "d_changed");
    bar(kTaskMarker, "accent");
    send(SCI_MARKERDEFINE, kStopMarker, SC_MARK_BACKGROUND);
    send(SCI_MARKERSETBACK, kStopMarker, color("stopLine"));

    const qreal ratio = devicePixelRatioF();
    const auto picture = [&](int marker, const QString &icon, const char *token, int size) {
        const QImage image = m_theme.pixmap(icon, m_theme.color(token), size, ratio).toImage();
        send(SCI_RGBAIMAGESETWIDTH, number(image.width()));
        send(SCI_RGBAIMAGESETHEIGHT, number(image.height()));
        send(SCI_RGBAIMAGESETSCALE, static_cast<unsigned long>(ratio * 100));
        SendScintilla(SCI_MARKERDEFINERGBAIMAGE, number(marker), image);
    };
    picture(kBreakpointMarker, QStringLiteral("state-breakpoint"), "s_breakpoint", 14);
    picture(kDisabledBreakpointMarker, QStringLiteral("state-breakpoint"), "text3", 14);
    picture(kStopArrowMarker, QStringLiteral("chevron-right"), "s_breakpoint", 14);
    picture(SC_MARKNUM_FOLDER, QStringLiteral("chevron-right"), "text3", 14);
    picture(SC_MARKNUM_FOLDEREND, QStringLiteral("chevron-right"), "text3", 14);
    picture(SC_MARKNUM_FOLDEROPEN, QStringLiteral("chevron-down"), "text3", 14);
    picture(SC_MARKNUM_FOLDEROPENMID, QStringLiteral("chevron-down"), "text3", 14);
    for (const int marker : {SC_MARKNUM_FOLDERSUB, SC_MARKNUM_FOLDERTAIL, SC_MARKNUM_FOLDERMIDTAIL})
        send(SCI_MARKERDEFINE, number(marker), SC_MARK_EMPTY);
    updateNumberWidth();
}

void YamlEditor::updateNumberWidth()
{
    const auto digits = std::max<qsizetype>(2, QString::number(send(SCI_GETLINECOUNT)).size());
    const long width = SendScintilla(SCI_TEXTWIDTH, static_cast<unsigned long>(STYLE_LINENUMBER),
                                     QByteArray(digits, '9').constData());
    const long wanted = std::max(29L, width + 6);
    if (wanted != send(SCI_GETMARGINWIDTHN, kNumberMargin))
        send(SCI_SETMARGINWIDTHN, kNumberMargin, wanted);
}

void YamlEditor::styleUntil(int end)
{
    const auto number = [](long value) { return static_cast<unsigned long>(value); };
    const long firstLine = send(SCI_LINEFROMPOSITION, number(send(SCI_GETENDSTYLED)));
    const long lastLine = send(SCI_LINEFROMPOSITION, number(end));
    LineState state =
        firstLine > 0
            ? LineState::unpack(static_cast<int>(send(SCI_GETLINESTATE, number(firstLine - 1))))
            : LineState{};
    send(SCI_SETINDICATORCURRENT, kExpressionGround);
    for (long line = firstLine; line <= lastLine; ++line) {
        const long begin = send(SCI_POSITIONFROMLINE, number(line));
        const long lineEnd = send(SCI_GETLINEENDPOSITION, number(line));
        const long next = begin + send(SCI_LINELENGTH, number(line));
        const std::string text =
            lineEnd > begin ? std::string(reinterpret_cast<const char *>(send(
                                              SCI_GETRANGEPOINTER, number(begin), lineEnd - begin)),
                                          number(lineEnd - begin))
                            : std::string();
        std::string styles(number(next - begin), static_cast<char>(TokenKind::Default));
        send(SCI_INDICATORCLEARRANGE, number(begin), next - begin);
        std::vector<Token> tokens;
        if (m_uncoloured)
            ; // one colour
        else if (m_language == ScriptLanguage::None)
            tokens = scanLine(text, state);
        else
            scanScript(text, 0, text.size(), m_language, tokens);
        for (const Token &token : tokens) {
            std::fill(styles.begin() + static_cast<std::ptrdiff_t>(token.begin),
                      styles.begin() + static_cast<std::ptrdiff_t>(token.end),
                      static_cast<char>(token.kind));
            if (token.kind == TokenKind::Expression)
                send(SCI_INDICATORFILLRANGE, number(begin) + token.begin,
                     static_cast<long>(token.end - token.begin));
        }
        partSigns(text, styles);
        send(SCI_STARTSTYLING, number(begin));
        if (!styles.empty())
            SendScintilla(SCI_SETSTYLINGEX, static_cast<unsigned long>(styles.size()),
                          styles.data());
        send(SCI_SETLINESTATE, number(line), state.pack());
    }
    updateFoldLevels(static_cast<int>(firstLine), static_cast<int>(lastLine));
}

void YamlEditor::updateFoldLevels(int firstLine, int lastLine)
{
    constexpr int kBlank = -1;
    constexpr int kComment = -2;
    const int count = static_cast<int>(send(SCI_GETLINECOUNT));
    const auto lineText = [&](int line) {
        const long begin = send(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line));
        const long size =
            std::min(send(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line)) - begin, 400L);
        return size > 0
                   ? std::string(reinterpret_cast<const char *>(send(
                                     SCI_GETRANGEPOINTER, static_cast<unsigned long>(begin), size)),
                                 static_cast<std::size_t>(size))
                   : std::string();
    };
    // A list item stands one deeper than the key at the same column: `tasks:` may hold `- id`
    // unindented.
    const auto depth = [&](int line, int &columns) {
        const std::string text = lineText(line);
        const std::size_t indent = indentOf(text);
        if (indent == std::string::npos)
            return kBlank;
        columns = static_cast<int>(std::min<std::size_t>(indent, 1400));
        const bool item =
            text[indent] == '-' && (indent + 1 == text.size() || text[indent + 1] == ' ');
        return text[indent] == '#' ? kComment : columns * 2 + item;
    };
    const auto inBlock = [&](int line) {
        return line > 0 &&
               LineState::unpack(
                   static_cast<int>(send(SCI_GETLINESTATE, static_cast<unsigned long>(line - 1))))
                       .kind == LineState::Kind::Block &&
               LineState::unpack(
                   static_cast<int>(send(SCI_GETLINESTATE, static_cast<unsigned long>(line))))
                       .kind == LineState::Kind::Block;
    };
    int begin = firstLine;
    int columns = 0;
    do { // the line before may have become, or ceased to be, the head of a fold
        --begin;
    } while (begin > 0 && depth(begin, columns) < 0);
    begin = std::max(begin, 0);
    int previous =
        begin > 0 ? static_cast<int>(send(SCI_GETFOLDLEVEL, static_cast<unsigned long>(begin)) &
                                     SC_FOLDLEVELNUMBERMASK) -
                        SC_FOLDLEVELBASE
                  : 0;
    for (int line = begin; line <= lastLine; ++line) {
        int own = depth(line, columns);
        int nextColumns = 0;
        int next = kBlank;
        for (int after = line + 1; after < count && next < 0; ++after)
            next = depth(after, nextColumns);
        int flags = 0;
        if (own == kBlank) {
            own = std::min(previous, next < 0 ? 0 : std::max(next, 0));
            flags = SC_FOLDLEVELWHITEFLAG;
        } else if (inBlock(line)) {
            const LineState state = LineState::unpack(
                static_cast<int>(send(SCI_GETLINESTATE, static_cast<unsigned long>(line))));
            own = state.indent * 2 + 2;
        } else if (own == kComment) {
            own = next >= 0 && nextColumns == columns ? next : columns * 2;
        } else if (next > own) {
            flags = SC_FOLDLEVELHEADERFLAG;
        }
        previous = own;
        const int level =
            std::min(SC_FOLDLEVELBASE + own, static_cast<int>(SC_FOLDLEVELNUMBERMASK)) | flags;
        if (send(SCI_GETFOLDLEVEL, static_cast<unsigned long>(line)) != level)
            send(SCI_SETFOLDLEVEL, static_cast<unsigned long>(line), level);
    }
}

void YamlEditor::foldEverything()
{
    send(SCI_COLOURISE, 0, -1);
    for (long line = 0; line < send(SCI_GETLINECOUNT); ++line) {
        const bool head =
            send(SCI_GETFOLDLEVEL, static_cast<unsigned long>(line)) & SC_FOLDLEVELHEADERFLAG;
        if (head && send(SCI_GETFOLDEXPANDED, static_cast<unsigned long>(line)))
            toggleFold(static_cast<int>(line));
    }
}

void YamlEditor::toggleFold(int line)
{
    SendScintilla(SCI_TOGGLEFOLDSHOWTEXT, static_cast<unsigned long>(line), " \u22EF ");
}

void YamlEditor::unfoldEverything()
{
    send(SCI_FOLDALL, SC_FOLDACTION_EXPAND);
}

void YamlEditor::setBaseText(std::optional<std::string> base)
{
    m_base = std::move(base);
    m_barsTimer.start();
}

void YamlEditor::updateChangeBars()
{
    m_barsTimer.stop();
    send(SCI_MARKERDELETEALL, kAddedMarker);
    send(SCI_MARKERDELETEALL, kChangedMarker);
    if (!m_session)
        return;
    const std::string &base = m_base ? *m_base : m_session->savedText();
    const std::vector<std::string_view> old = splitLines(base);
    m_deletions.clear();
    for (const LineHunk &hunk : diffLines(old, splitLines(m_session->text()))) {
        const std::size_t kept = std::min(hunk.newEnd - hunk.newBegin, hunk.oldEnd - hunk.oldBegin);
        QStringList gone;
        for (std::size_t line = hunk.oldBegin + kept; line < hunk.oldEnd; ++line)
            gone << QString::fromUtf8(old[line].data(), static_cast<qsizetype>(old[line].size()))
                        .remove(QLatin1Char('\n'))
                        .remove(QLatin1Char('\r'));
        if (!gone.isEmpty())
            m_deletions.insert(static_cast<int>(hunk.newEnd), gone);
        for (std::size_t line = hunk.newBegin; line < hunk.newEnd; ++line) {
            const bool changed = line - hunk.newBegin < hunk.oldEnd - hunk.oldBegin;
            send(SCI_MARKERADD, line, changed ? kChangedMarker : kAddedMarker);
        }
    }
    viewport()->update(0, 0, textLeft(), viewport()->height());
}

void YamlEditor::setLanguage(ScriptLanguage language)
{
    m_language = language;
    send(SCI_COLOURISE, 0, -1);
}

void YamlEditor::setUncoloured()
{
    m_uncoloured = true;
    send(SCI_COLOURISE, 0, -1);
}

void YamlEditor::setBlame(QStringList lines)
{
    m_blame = std::move(lines);
    viewport()->update();
}

void YamlEditor::setFixLine(int line)
{
    if (m_fixLine == line)
        return;
    m_fixLine = line;
    viewport()->update();
}

int YamlEditor::zoom() const
{
    return static_cast<int>(send(SCI_GETZOOM));
}

void YamlEditor::setZoom(int steps)
{
    steps = std::clamp(steps, -8, 20);
    if (steps == zoom())
        return;
    send(SCI_SETZOOM, static_cast<unsigned long>(static_cast<long>(steps)));
    updateNumberWidth();
    emit zoomChanged(steps);
}

void YamlEditor::setMarkedRange(flow::Range range)
{
    send(SCI_MARKERDELETEALL, kTaskMarker);
    if (range.empty())
        return;
    const int last = lineOf(range.end > range.begin ? range.end - 1 : range.end);
    for (int line = lineOf(range.begin); line <= last; ++line)
        send(SCI_MARKERADD, static_cast<unsigned long>(line), kTaskMarker);
}

void YamlEditor::setBreakpoints(const QList<int> &lines, const QList<int> &disabledLines)
{
    send(SCI_MARKERDELETEALL, kBreakpointMarker);
    send(SCI_MARKERDELETEALL, kDisabledBreakpointMarker);
    for (const int line : lines)
        send(SCI_MARKERADD, static_cast<unsigned long>(line), kBreakpointMarker);
    for (const int line : disabledLines)
        send(SCI_MARKERADD, static_cast<unsigned long>(line), kDisabledBreakpointMarker);
}

void YamlEditor::setStopLine(int line)
{
    send(SCI_MARKERDELETEALL, kStopMarker);
    send(SCI_MARKERDELETEALL, kStopArrowMarker);
    if (line < 0)
        return;
    send(SCI_MARKERADD, static_cast<unsigned long>(line), kStopMarker);
    send(SCI_MARKERADD, static_cast<unsigned long>(line), kStopArrowMarker);
}

void YamlEditor::setHints(QList<LineHint> hints)
{
    m_hints = std::move(hints);
    viewport()->update();
}

void YamlEditor::setMatches(const std::vector<flow::Range> &hits)
{
    send(SCI_SETINDICATORCURRENT, kMatchIndicator);
    send(SCI_INDICATORCLEARRANGE, 0, send(SCI_GETLENGTH));
    for (const flow::Range &hit : hits)
        send(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(toPosition(hit.begin)),
             static_cast<long>(hit.size()));
}

void YamlEditor::setDiagnostics(const std::vector<flow::Diagnostic> &diagnostics)
{
    const auto length = send(SCI_GETLENGTH);
    for (const Indicator indicator : {kHintIndicator, kWarningIndicator, kErrorIndicator}) {
        send(SCI_SETINDICATORCURRENT, indicator);
        send(SCI_INDICATORCLEARRANGE, 0, length);
    }
    for (const flow::Diagnostic &diagnostic : diagnostics) {
        const Indicator indicator = diagnostic.severity == flow::Severity::Error ? kErrorIndicator
                                    : diagnostic.severity == flow::Severity::Warning
                                        ? kWarningIndicator
                                        : kHintIndicator;
        send(SCI_SETINDICATORCURRENT, indicator);
        const long begin = std::min(toPosition(diagnostic.range.begin), length);
        const long end = std::clamp(toPosition(diagnostic.range.end), begin, length);
        // something to see where nothing stands: the character at, or before, the place
        const long from = begin == end && begin == length && begin > 0 ? begin - 1 : begin;
        send(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(from), std::max(end - from, 1L));
    }
    viewport()->update();
}

} // namespace editor
