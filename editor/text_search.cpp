#include "editor/text_search.h"

#include <QRegularExpression>
#include <QStringDecoder>

namespace editor {

namespace {

QRegularExpression expressionOf(const QString &query, const SearchOptions &options)
{
    QString pattern = options.regularExpression ? query : QRegularExpression::escape(query);
    if (options.wholeWord)
        pattern = QStringLiteral("(?<![\\w-])(?:%1)(?![\\w-])").arg(pattern);
    QRegularExpression::PatternOptions flags =
        QRegularExpression::MultilineOption | QRegularExpression::UseUnicodePropertiesOption;
    if (!options.caseSensitive)
        flags |= QRegularExpression::CaseInsensitiveOption;
    return QRegularExpression(pattern, flags);
}

/// A text as UTF-16 and the way back to its bytes. What is not UTF-8 is read byte by byte.
class Decoded
{
public:
    explicit Decoded(const std::string &text)
    {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless |
                                                         QStringDecoder::Flag::ConvertInitialBom);
        m_text = decoder(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
        m_bytewise = decoder.hasError();
        if (m_bytewise)
            m_text = QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
    }
    const QString &text() const { return m_text; }

    /// Byte offset of a UTF-16 position; positions must be asked in ascending order.
    std::size_t offset(qsizetype position)
    {
        if (m_bytewise)
            return static_cast<std::size_t>(position);
        for (; m_position < position; ++m_position) {
            const char16_t unit = m_text.at(m_position).unicode();
            m_offset += unit < 0x80 ? 1 : unit < 0x800 ? 2 : QChar::isSurrogate(unit) ? 2 : 3;
        }
        return m_offset;
    }

private:
    QString m_text;
    bool m_bytewise = false;
    qsizetype m_position = 0;
    std::size_t m_offset = 0;
};

} // namespace

std::optional<std::vector<flow::Range>> findAll(const std::string &text, const QString &query,
                                                const SearchOptions &options, QString *error)
{
    std::vector<flow::Range> hits;
    if (query.isEmpty())
        return hits;
    const QRegularExpression expression = expressionOf(query, options);
    if (!expression.isValid()) {
        if (error)
            *error = expression.errorString();
        return std::nullopt;
    }
    Decoded decoded(text);
    QRegularExpressionMatchIterator matches = expression.globalMatch(decoded.text());
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (match.capturedLength() == 0)
            continue;
        const std::size_t begin = decoded.offset(match.capturedStart());
        hits.push_back({begin, decoded.offset(match.capturedEnd())});
    }
    return hits;
}

std::string replacementFor(const std::string &text, flow::Range hit, const QString &query,
                           const QString &replacement, const SearchOptions &options)
{
    if (!options.regularExpression)
        return replacement.toStdString();
    const QString found = QString::fromStdString(text.substr(hit.begin, hit.size()));
    const QRegularExpressionMatch match = expressionOf(query, options).match(found);
    QString filled;
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        const bool group = replacement[i] == QLatin1Char('\\') && i + 1 < replacement.size();
        if (group && replacement[i + 1].isDigit())
            filled += match.captured(replacement[++i].digitValue());
        else if (group && replacement[i + 1] == QLatin1Char('n'))
            filled += QLatin1Char('\n'), ++i;
        else if (group && replacement[i + 1] == QLatin1Char('\\'))
            filled += QLatin1Char('\\'), ++i;
        else
            filled += replacement[i];
    }
    return filled.toStdString();
}

} // namespace editor
