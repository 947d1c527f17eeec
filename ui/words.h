#pragma once

#include <QString>

namespace ui {

/// Puts a word joiner between the Hangul syllables of a word, so that a label breaks between words. Not
/// for ids, the editor or accessible names.
QString unbrokenWords(const QString &text);

/// "36 ms", "0.42 s", "14.2 s", "3 min 5 s": a duration as all views show it.
QString durationText(qint64 milliseconds);

/// The words of a menu entry without the letter that chooses it: `Save` of `&Save` and of `Save(&S)`.
QString withoutMnemonic(QString text);

} // namespace ui
