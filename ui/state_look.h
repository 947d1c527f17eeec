#pragma once

#include <QString>

namespace ui {

/// How a state of a run is drawn: its silhouette, its colour and the soft ground for chips. The word
/// itself is of the language and never translated.
struct StateLook
{
    QString icon;                        ///< `state-failed`
    const char *inkToken = "s_created";  ///< `s_failed`
    const char *groundToken = "b_neutral"; ///< `b_failed`
    bool strong = false;                 ///< the border of a node takes its colour
    bool moving = false;                 ///< the icon turns
};

/// By the word of the language (`FAILED`); `INTERRUPTED` is a run that died with its process.
/// An unknown word looks like CREATED.
StateLook stateLook(const QString &word);

} // namespace ui
