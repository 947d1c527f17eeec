#pragma once

#include "app/inspector/form_model.h"
#include "ui/theme.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace app {

/// The control of one field. Shows what is written and says what it should become; never changes a
/// document. A value being typed is kept until it is given in (Enter, leaving the control) or
/// dropped (Esc).
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    explicit FieldEditor(QWidget *parent) : QWidget(parent) {}

    virtual void showField(const FormField &field) = 0;
    /// Gives in what is being typed.
    virtual void commit() {}
    virtual void setInvalid(bool invalid) = 0;
    /// Puts `{{ }}` where the caret is, for editors of text.
    virtual void insertExpression() {}
    /// The control that takes the focus and the accessible name.
    virtual QWidget *control() = 0;

signals:
    /// The YAML the value should be; none takes the property away.
    void changed(std::optional<std::string> yaml);
    /// The same for one entry of the value, `[2]` or `['key']` below its path.
    void changedBelow(std::string step, std::optional<std::string> yaml);
    /// What is being typed is not a value: why. Empty when it is one.
    void typedInvalid(QString why);
};

/// The editor for a field's kind; `asText` for an expression in place of a value.
FieldEditor *makeEditor(const FormField &field, bool asText, const ui::Theme &theme,
                        QWidget *parent);

/// A text as a YAML scalar: plain where it reads back as this text, quoted otherwise, a block of
/// lines when it has several. `typed` texts (numbers, words for true) stay what they are.
std::string yamlText(const std::string &text, const FormField &field);
/// Why a text is no duration; empty when it is one. `PT10M`, `P1D`.
QString durationFault(const QString &text);
/// "10 minutes" of PT10M; empty when it is none.
QString durationWords(const QString &text);
/// "Next: Sun 22 Nov 2026 05:00, …": the dates a cron comes to after `now` (seconds since 1970), in a time zone
/// (that of the system when it is empty); why it is none when it is none.
QString cronWords(const QString &cron, const QString &zone, qint64 now);
bool holdsExpression(const std::string &text);

} // namespace app
