#include "ui/words.h"

#include <QRegularExpression>

#include "ui/tr.h"

#include <QLocale>

namespace ui {

namespace {

bool isHangul(QChar c)
{
    return c.unicode() >= 0xAC00 && c.unicode() <= 0xD7A3;
}

} // namespace

QString unbrokenWords(const QString &text)
{
    QString out;
    out.reserve(text.size() * 2);
    for (qsizetype i = 0; i < text.size(); ++i) {
        out += text[i];
        if (i + 1 < text.size() && isHangul(text[i]) && isHangul(text[i + 1]))
            out += QChar(0x2060);
    }
    return out;
}

QString durationText(qint64 milliseconds)
{
    const QLocale c = QLocale::c();
    if (milliseconds < 100)
        return Tr::tr("%1 ms").arg(milliseconds);
    if (milliseconds < 10'000)
        return Tr::tr("%1 s").arg(c.toString(double(milliseconds) / 1000, 'f', 2));
    if (milliseconds < 60'000)
        return Tr::tr("%1 s").arg(c.toString(double(milliseconds) / 1000, 'f', 1));
    if (milliseconds < 3'600'000)
        return Tr::tr("%1 min %2 s").arg(milliseconds / 60'000).arg(milliseconds / 1000 % 60);
    return Tr::tr("%1 h %2 min").arg(milliseconds / 3'600'000).arg(milliseconds / 60'000 % 60);
}

QString withoutMnemonic(QString text)
{
    static const QRegularExpression behind(QStringLiteral("\\(&\\w\\)"));
    return text.remove(behind).remove(QLatin1Char('&'));
}

} // namespace ui
