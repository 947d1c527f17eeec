#include "app/inspector/field_editors.h"

#include "app/inspector/script_colours.h"
#include "app/inspector/table_editors.h"
#include "engine/flow/edits/scalars.h"
#include "engine/run/cron_schedule.h"
#include "ui/tr.h"

#include <fmt/core.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QStyle>
#include <QTimeZone>
#include <QVBoxLayout>

namespace app {

namespace {

void setInvalidProperty(QWidget *widget, bool invalid)
{
    if (widget->property("invalid").toBool() == invalid)
        return;
    widget->setProperty("invalid", invalid);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

void fillWith(FieldEditor *editor, QWidget *control)
{
    auto *row = new QVBoxLayout(editor);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(control);
    editor->setFocusProxy(control);
}

/// The engine's words name the field and its limits; a word for all (`@daily`) is taken as it is.
QString cronFault(const QString &text)
{
    return text.startsWith(QLatin1Char('@')) ? QString() : QString::fromStdString(flow::parseCron(text.toStdString()).error);
}

/// One line: texts, numbers, durations, expressions.
class LineEditor : public FieldEditor
{
public:
    LineEditor(const FormField &field, bool asText, const ui::Theme &theme, QWidget *parent)
        : FieldEditor(parent),
          m_line(new QLineEdit(this)),
          m_theme(theme),
          m_kind(asText ? FieldKind::Text : field.kind)
    {
        m_line->setFont(theme.monoFont(12));
        fillWith(this, m_line);
        connect(m_line, &QLineEdit::editingFinished, this, [this] { commit(); });
        connect(m_line, &QLineEdit::textEdited, this,
                [this](const QString &text) { emit typedInvalid(fault(text)); });
        m_line->installEventFilter(this);
    }

    void showField(const FormField &field) override
    {
        m_field = field;
        const QString text = QString::fromStdString(field.text);
        if (m_line->hasFocus() && m_line->isModified() && m_line->text() != text)
            return; // a value under way is the user's
        if (m_line->text() != text) {
            m_line->setText(text);
            m_line->setCursorPosition(0); // a long value shows its beginning
        }
        m_line->setModified(false);
        m_line->setPlaceholderText(QString::fromStdString(field.placeholder));
        QPalette colors = palette();
        colors.setColor(QPalette::Text,
                        m_theme.color(holdsExpression(field.text) ? "y_expr" : "text"));
        m_line->setPalette(colors);
        m_line->setStyleSheet(
            holdsExpression(field.text)
                ? QStringLiteral("QLineEdit { color: %1; background: %2; }")
                      .arg(m_theme.color("y_expr").name(), m_theme.color("y_exprBg").name())
                : QString());
        m_line->setCursorPosition(0);
    }

    void commit() override
    {
        const std::string text = m_line->text().toStdString();
        if (!m_line->isModified() || text == m_field.text) {
            m_line->setModified(false);
            return;
        }
        if (!fault(m_line->text()).isEmpty())
            return;
        m_line->setModified(false);
        if (text.empty() && !m_field.required)
            emit changed(std::nullopt);
        else
            emit changed(yamlText(text, m_field));
    }

    void insertExpression() override
    {
        m_line->setFocus(Qt::OtherFocusReason);
        m_line->deselect();
        m_line->insert(QStringLiteral("{{  }}"));
        m_line->setCursorPosition(m_line->cursorPosition() - 3);
        m_line->setModified(true);
        emit typedInvalid(fault(m_line->text()));
    }
    void setInvalid(bool invalid) override { setInvalidProperty(m_line, invalid); }
    QWidget *control() override { return m_line; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == m_line && event->type() == QEvent::KeyPress &&
            static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape && m_line->isModified()) {
            m_line->setModified(false);
            m_line->setText(QString::fromStdString(m_field.text));
            emit typedInvalid({});
            return true;
        }
        return FieldEditor::eventFilter(watched, event);
    }

private:
    QString fault(const QString &text) const
    {
        if (text.isEmpty() || holdsExpression(text.toStdString()))
            return {};
        if (m_kind == FieldKind::Duration)
            return durationFault(text);
        if (m_kind == FieldKind::Cron)
            return cronFault(text);
        if (m_kind == FieldKind::Number) {
            bool number = false;
            if (m_field.type == "integer")
                text.toLongLong(&number);
            else
                QLocale::c().toDouble(text, &number);
            return number                      ? QString()
                   : m_field.type == "integer" ? Tr::tr("A whole number is needed")
                                               : Tr::tr("A number is needed");
        }
        return {};
    }

    QLineEdit *m_line;
    const ui::Theme &m_theme;
    FieldKind m_kind;
    FormField m_field;
};

/// Several lines. Ctrl+Enter or leaving gives them in.
class CodeEditor : public FieldEditor
{
public:
    CodeEditor(const ui::Theme &theme, QWidget *parent)
        : FieldEditor(parent),
          m_text(new QPlainTextEdit(this)),
          m_colours(new ScriptColours(m_text->document(), theme))
    {
        m_text->setFont(theme.monoFont(12));
        m_text->setTabChangesFocus(false);
        m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
        m_text->setTabStopDistance(2 * m_text->fontMetrics().horizontalAdvance(QLatin1Char(' ')));
        fillWith(this, m_text);
        m_text->installEventFilter(this);
        connect(m_text->document(), &QTextDocument::contentsChanged, this, [this] { fit(); });
    }

    void showField(const FormField &field) override
    {
        m_field = field;
        m_colours->setLanguage(field.language, field.kind == FieldKind::Yaml);
        std::string shown = field.text;
        if (field.kind != FieldKind::Yaml && !shown.empty() && shown.back() == '\n')
            shown.pop_back();
        const QString text = QString::fromStdString(shown);
        if (m_text->hasFocus() && m_text->document()->isModified() && m_text->toPlainText() != text)
            return;
        if (m_text->toPlainText() != text)
            m_text->setPlainText(text);
        m_text->document()->setModified(false);
        m_text->setPlaceholderText(QString::fromStdString(field.placeholder));
        fit();
    }

    void commit() override
    {
        if (!m_text->document()->isModified())
            return;
        m_text->document()->setModified(false);
        std::string text = m_text->toPlainText().toStdString();
        if (text.empty() && !m_field.required) {
            emit changed(std::nullopt);
            return;
        }
        if (m_field.kind == FieldKind::Yaml) {
            emit changed(text);
            return;
        }
        if (!m_field.text.empty() && m_field.text.back() == '\n')
            text += '\n'; // the final line break of a block stays
        if (text != m_field.text)
            emit changed(yamlText(text, m_field));
    }

    void insertExpression() override
    {
        m_text->setFocus(Qt::OtherFocusReason);
        QTextCursor caret = m_text->textCursor();
        caret.insertText(QStringLiteral("{{  }}"));
        caret.setPosition(caret.position() - 3);
        m_text->setTextCursor(caret);
    }
    void setInvalid(bool invalid) override { setInvalidProperty(m_text, invalid); }
    QWidget *control() override { return m_text; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == m_text && event->type() == QEvent::KeyPress) {
            auto *key = static_cast<QKeyEvent *>(event);
            if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
                key->modifiers() == Qt::ControlModifier) {
                commit();
                return true;
            }
            if (key->key() == Qt::Key_Escape && m_text->document()->isModified()) {
                m_text->document()->setModified(false);
                showField(m_field);
                return true;
            }
        }
        if (watched == m_text && event->type() == QEvent::FocusOut &&
            static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
            commit();
        return FieldEditor::eventFilter(watched, event);
    }

private:
    void fit()
    {
        const int lines = std::clamp(m_text->document()->blockCount(),
                                     m_field.kind == FieldKind::Yaml ? 1 : 2, 12);
        m_text->setFixedHeight(lines * m_text->fontMetrics().lineSpacing() + 18);
    }

    QPlainTextEdit *m_text;
    ScriptColours *m_colours;
    FormField m_field;
};

/// One of several words. The first entry stands for "not written".
class EnumEditor : public FieldEditor
{
public:
    EnumEditor(const ui::Theme &theme, QWidget *parent)
        : FieldEditor(parent),
          m_combo(new QComboBox(this))
    {
        m_combo->setFont(theme.monoFont(12));
        m_combo->setFocusPolicy(Qt::StrongFocus);
        m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_combo->installEventFilter(this);
        fillWith(this, m_combo);
        connect(m_combo, &QComboBox::activated, this, [this](int index) {
            const std::string word = m_combo->itemData(index).toString().toStdString();
            if (word == m_field.text && m_field.written)
                return;
            if (word.empty())
                emit changed(std::nullopt);
            else
                emit changed(yamlText(word, m_field));
        });
    }

    void showField(const FormField &field) override
    {
        m_field = field;
        m_combo->clear();
        m_combo->addItem(
            field.placeholder.empty()
                ? Tr::tr("Not set")
                : Tr::tr("%1 (default)").arg(QString::fromStdString(field.placeholder)),
            QString());
        for (const std::string &choice : field.choices)
            m_combo->addItem(QString::fromStdString(choice), QString::fromStdString(choice));
        if (!field.written) {
            m_combo->setCurrentIndex(0);
            return;
        }
        const QString text = QString::fromStdString(field.text);
        int index = m_combo->findData(text);
        if (index < 0) { // not one of them: shown as it is
            m_combo->addItem(text, text);
            index = m_combo->count() - 1;
        }
        m_combo->setCurrentIndex(index);
    }

    void setInvalid(bool invalid) override { setInvalidProperty(m_combo, invalid); }
    QWidget *control() override { return m_combo; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == m_combo && event->type() == QEvent::Wheel && !m_combo->hasFocus()) {
            event->ignore(); // scrolling the form must not change a value
            return true;
        }
        return FieldEditor::eventFilter(watched, event);
    }

private:
    QComboBox *m_combo;
    FormField m_field;
};

/// True, false, or (half ticked) not written.
class BoolEditor : public FieldEditor
{
public:
    explicit BoolEditor(QWidget *parent) : FieldEditor(parent), m_check(new QCheckBox(this))
    {
        fillWith(this, m_check);
        connect(m_check, &QCheckBox::clicked, this, [this] {
            const bool wanted = m_before != Qt::Checked;
            m_check->setCheckState(wanted ? Qt::Checked : Qt::Unchecked);
            emit changed(wanted ? std::string("true") : std::string("false"));
        });
    }

    void showField(const FormField &field) override
    {
        const bool on = field.written ? isTrue(field.text) : isTrue(field.placeholder);
        m_before = on ? Qt::Checked : Qt::Unchecked;
        m_check->setCheckState(m_before);
        m_check->setText(field.written ? (on ? Tr::tr("on") : Tr::tr("off"))
                                       : (on ? Tr::tr("on (default)") : Tr::tr("off (default)")));
    }

    void setInvalid(bool) override {}
    QWidget *control() override { return m_check; }

private:
    static bool isTrue(const std::string &word)
    {
        return QString::fromStdString(word).compare(QLatin1String("true"), Qt::CaseInsensitive) ==
               0;
    }

    QCheckBox *m_check;
    Qt::CheckState m_before = Qt::Unchecked;
};

} // namespace

bool holdsExpression(const std::string &text)
{
    return text.find("{{") != std::string::npos || text.find("{%") != std::string::npos;
}

std::string yamlText(const std::string &text, const FormField &field)
{
    const bool lines = text.find('\n') != std::string::npos;
    if (lines && text.find('\r') == std::string::npos && text.front() != ' ' &&
        text.front() != '\n') {
        std::string block = text.back() == '\n' ? "|" : "|-";
        std::string body = text.back() == '\n' ? text.substr(0, text.size() - 1) : text;
        if (!body.empty() && body.back() != '\n') {
            for (std::size_t at = 0; at <= body.size();) {
                std::size_t end = body.find('\n', at);
                end = end == std::string::npos ? body.size() : end;
                block += '\n';
                if (end > at)
                    block += "  " + body.substr(at, end - at);
                at = end + 1;
            }
            return block;
        }
    }
    const bool typed =
        field.kind == FieldKind::Number || field.kind == FieldKind::Bool || field.type == "any";
    if (typed && !field.quote && !holdsExpression(text) && !lines) {
        static const QRegularExpression word(QStringLiteral("^(true|false|-?[0-9]+(\\.[0-9]+)?)$"));
        if (word.match(QString::fromStdString(text)).hasMatch())
            return text;
    }
    if (field.quote == '"')
        return flow::edits::quoted(text);
    if (field.quote && !lines && text.find('\'') == std::string::npos)
        return fmt::format("'{}'", text);
    return flow::edits::scalarText(text, flow::edits::Context::Block);
}

QString durationFault(const QString &text)
{
    static const QRegularExpression duration(
        QStringLiteral("^[-+]?P(?!$)(-?[0-9]+D)?(T(?!$)(-?[0-9]+H)?(-?[0-9]+M)?(-?[0-9]+(\\.[0-9]{"
                       "0,9})?S)?)?$"),
        QRegularExpression::CaseInsensitiveOption);
    return duration.match(text).hasMatch() ? QString()
                                           : Tr::tr("A duration such as PT10M or P1D is needed");
}

QString durationWords(const QString &text)
{
    if (text.isEmpty() || !durationFault(text).isEmpty())
        return {};
    static const QRegularExpression part(QStringLiteral("(-?[0-9.]+)([DHMS])"),
                                         QRegularExpression::CaseInsensitiveOption);
    QStringList words;
    QRegularExpressionMatchIterator parts = part.globalMatch(text);
    while (parts.hasNext()) {
        const QRegularExpressionMatch match = parts.next();
        const QString number = match.captured(1);
        const int whole = number.toInt();
        switch (match.captured(2).at(0).toUpper().unicode()) {
        case 'D':
            words << (whole == 1 ? Tr::tr("1 day") : Tr::tr("%1 days").arg(whole));
            break;
        case 'H':
            words << (whole == 1 ? Tr::tr("1 hour") : Tr::tr("%1 hours").arg(whole));
            break;
        case 'M':
            words << (whole == 1 ? Tr::tr("1 minute") : Tr::tr("%1 minutes").arg(whole));
            break;
        default:
            words << Tr::tr("%1 s").arg(number);
        }
    }
    return words.join(QLatin1Char(' '));
}

QString cronWords(const QString &text, const QString &zone, qint64 now)
{
    const flow::CronParse read = flow::parseCron(text.toStdString());
    if (!read.cron)
        return {};
    const QTimeZone place = zone.isEmpty() ? QTimeZone::systemTimeZone() : QTimeZone(zone.toUtf8());
    const std::optional<expr::TimeZone> known = expr::TimeZone::find(place.id().toStdString());
    if (!known || !place.isValid())
        return Tr::tr("%1 is no time zone").arg(zone);
    QStringList dates;
    for (std::int64_t at = now; dates.size() < 3;) {
        const std::optional<std::int64_t> next = engine::nextCronDate(*read.cron, *known, at);
        if (!next)
            break;
        at = *next;
        dates << QDateTime::fromSecsSinceEpoch(at, place).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    }
    return dates.isEmpty() ? Tr::tr("There is no such date") : Tr::tr("Next: %1").arg(dates.join(QStringLiteral(", ")));
}

FieldEditor *makeEditor(const FormField &field, bool asText, const ui::Theme &theme,
                        QWidget *parent)
{
    if (asText)
        return new LineEditor(field, true, theme, parent);
    switch (field.kind) {
    case FieldKind::Code:
    case FieldKind::Yaml:
        return new CodeEditor(theme, parent);
    case FieldKind::Enum:
        return new EnumEditor(theme, parent);
    case FieldKind::Bool:
        return new BoolEditor(parent);
    case FieldKind::List:
        return new ListEditor(theme, parent);
    case FieldKind::Map:
        return new MapEditor(theme, parent);
    case FieldKind::Text:
    case FieldKind::Number:
    case FieldKind::Duration:
    case FieldKind::Cron:
        return new LineEditor(field, false, theme, parent);
    case FieldKind::Tasks:
    case FieldKind::Group:
        break;
    }
    return nullptr;
}

} // namespace app
