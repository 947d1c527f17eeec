#include "app/inspector/script_colours.h"

#include "editor/script_scanner.h"

#include <QRegularExpression>

namespace app {

namespace {

const char *tokenOf(editor::TokenKind kind)
{
    using Kind = editor::TokenKind;
    switch (kind) {
    case Kind::Comment:
    case Kind::ScriptComment: return "y_comment";
    case Kind::Key:
    case Kind::Keyword: return "y_key";
    case Kind::String:
    case Kind::ScriptString: return "y_string";
    case Kind::Type: return "y_type";
    case Kind::Number:
    case Kind::ScriptNumber: return "y_number";
    case Kind::Punct: return "y_punct";
    case Kind::Anchor: return "y_anchor";
    case Kind::Expression: return "y_expr";
    case Kind::Default: break;
    }
    return "text";
}

} // namespace

void ScriptColours::setLanguage(editor::ScriptLanguage language, bool yaml)
{
    if (m_language == language && m_yaml == yaml)
        return;
    m_language = language;
    m_yaml = yaml;
    rehighlight();
}

void ScriptColours::highlightBlock(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    const std::string_view line(utf8.constData(), std::size_t(utf8.size()));
    std::vector<editor::Token> tokens;
    if (m_yaml) {
        editor::LineState state = previousBlockState() < 0 ? editor::LineState() : editor::LineState::unpack(previousBlockState());
        tokens = editor::scanLine(line, state);
        setCurrentBlockState(state.pack());
    } else if (m_language != editor::ScriptLanguage::None) {
        editor::scanScript(line, 0, line.size(), m_language, tokens);
    }
    const auto column = [&](std::size_t byte) { return int(QString::fromUtf8(utf8.constData(), qsizetype(byte)).size()); };
    for (const editor::Token &token : tokens)
        setFormat(column(token.begin), column(token.end) - column(token.begin), m_theme.color(tokenOf(token.kind)));
    static const QRegularExpression expression(QStringLiteral("\\{\\{.*?\\}\\}|\\{%.*?%\\}"));
    for (QRegularExpressionMatchIterator found = expression.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        setFormat(int(match.capturedStart()), int(match.capturedLength()), m_theme.color("y_expr"));
    }
}

} // namespace app
