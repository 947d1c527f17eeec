#pragma once

#include <QString>

#include <functional>
#include <optional>

class QWidget;

namespace ui {

/// What to ask for one line of text with.
struct TextQuestion
{
    QString title;
    QString label;
    QString verb;  ///< what the button says
    QString start; ///< what the field holds at first, selected up to its last dot
    /// Why a text will not do, as a sentence; empty when it will. Nothing: every text that is not empty.
    std::function<QString(const QString &)> fault = {};
};

/// A dialog of 480 for one line: Return accepts what is right, Esc gives up. The text without blanks at
/// its ends, or nothing. GUI thread; blocks.
std::optional<QString> askText(QWidget *parent, const TextQuestion &question);

} // namespace ui
