#include "app/inspector/form_view.h"

#include "ui/tr.h"
#include "ui/words.h"

#include <QApplication>
#include <QDateTime>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace app {

namespace {

const QString kId = QStringLiteral("id");
const QString kNote = QStringLiteral("#note");

QLabel *label(const QString &text, const char *role, QWidget *parent)
{
    auto *made = new QLabel(text, parent);
    made->setProperty("role", QLatin1String(role));
    made->setWordWrap(true);
    made->setTextFormat(Qt::PlainText);
    return made;
}

/// Of a documentation in Markdown, plain.
QString firstSentence(const std::string &documentation)
{
    const std::string_view words(documentation);
    const std::size_t end = std::min(words.find(". "), words.find('\n'));
    QString sentence = QString::fromStdString(std::string(words.substr(0, end)));
    return sentence.remove(QLatin1Char('`')).remove(QLatin1String("**"));
}

/// A line edit that says when a new text was given in, for fields that are no property.
class PlainEditor : public FieldEditor
{
public:
    PlainEditor(const QFont &font, bool required, QWidget *parent)
        : FieldEditor(parent),
          m_line(new QLineEdit(this)),
          m_required(required)
    {
        m_line->setFont(font);
        auto *row = new QVBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(m_line);
        setFocusProxy(m_line);
        connect(m_line, &QLineEdit::editingFinished, this, [this] { commit(); });
    }
    void showField(const FormField &field) override
    {
        m_before = field.text;
        const QString text = QString::fromStdString(field.text);
        if (m_line->hasFocus() && m_line->isModified() && m_line->text() != text)
            return;
        if (m_line->text() != text) {
            m_line->setText(text);
            m_line->setCursorPosition(0); // a long value shows its beginning
        }
        m_line->setModified(false);
    }
    void commit() override
    {
        const std::string text = m_line->text().toStdString();
        if (!m_line->isModified() || text == m_before || (text.empty() && m_required))
            return;
        m_line->setModified(false);
        emit changed(text);
    }
    void setInvalid(bool invalid) override
    {
        m_line->setProperty("invalid", invalid);
        m_line->setStyleSheet(m_line->styleSheet()); // looks at the property again
    }
    QWidget *control() override { return m_line; }

private:
    QLineEdit *m_line;
    bool m_required;
    std::string m_before;
};

} // namespace

FormView::FormView(const ui::Theme &theme, QWidget *parent)
    : QScrollArea(parent),
      m_theme(theme),
      m_diagnosticText([](const flow::Diagnostic &diagnostic) {
          return QString::fromStdString(flow::describe(diagnostic));
      }),
      m_now([] { return QDateTime::currentSecsSinceEpoch(); })
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(Tr::tr("Form"));
}

void FormView::setFullDocs(bool full)
{
    m_fullDocs = full;
    showForm(Form(m_form));
}

void FormView::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    m_shape.clear();
    showForm(Form(m_form));
}

/// A value of a kind of its own that may be an expression as a whole instead.
static bool isToggled(const FormField &field)
{
    switch (field.kind) {
    case FieldKind::Enum:
    case FieldKind::Bool:
    case FieldKind::Number:
    case FieldKind::Duration:
    case FieldKind::List:
    case FieldKind::Map:
    case FieldKind::Yaml: return field.expressions;
    default: return false;
    }
}

bool FormView::wantsText(const FormField &field) const
{
    const bool scalar = field.kind != FieldKind::List && field.kind != FieldKind::Map && field.kind != FieldKind::Yaml;
    const bool can = isToggled(field) || (scalar && field.kind != FieldKind::Text && field.kind != FieldKind::Code && field.kind != FieldKind::Cron && holdsExpression(field.text));
    return can && m_asExpression.value(QString::fromStdString(field.path), scalar && holdsExpression(field.text));
}

QString FormView::shapeOf(const Form &form) const
{
    QString shape = QString::fromStdString(form.path) + QLatin1Char('|') +
                    QString::fromStdString(form.type) + QLatin1Char('|') +
                    QString::number(form.problems.size());
    for (const flow::Diagnostic &problem : form.problems)
        shape += QString::fromStdString(problem.code);
    for (const FormField &field : form.fields)
        shape += QStringLiteral("\n%1 %2 %3 %4 %5")
                     .arg(QString::fromStdString(field.path))
                     .arg(int(field.kind))
                     .arg(field.written || field.required || !field.fromDefaults.empty())
                     .arg(wantsText(field))
                     .arg(field.choices.size());
    return shape + (m_moreOpen ? QStringLiteral("+") : QString()) +
           QStringList(m_openGroups.values()).join(QLatin1Char(','));
}

void FormView::showForm(const Form &form)
{
    const bool sameSubject = form.path == m_form.path && form.subject == m_form.subject;
    m_form = form;
    if (!sameSubject)
        m_asExpression.clear();
    const QString shape = shapeOf(form);
    if (shape != m_shape) {
        const int scrolled = sameSubject ? verticalScrollBar()->value() : 0;
        rebuild(form);
        m_shape = shape;
        verticalScrollBar()->setValue(scrolled);
    }
    for (const FormField &field : form.fields)
        if (const auto row = m_rows.find(QString::fromStdString(field.path)); row != m_rows.end())
            fillRow(*row, field);
    if (const auto row = m_rows.find(kId);
        row != m_rows.end() && form.subject == Form::Subject::Task) {
        FormField id;
        id.text = form.id;
        row->editor->showField(id);
        row->help->setText(form.references == 0 ? QString()
                           : form.references == 1
                               ? Tr::tr("Renaming updates 1 reference")
                               : Tr::tr("Renaming updates %1 references").arg(form.references));
        row->help->setVisible(form.references > 0);
    }
    if (const auto row = m_rows.find(kNote); row != m_rows.end()) {
        FormField note;
        note.text = form.note;
        row->editor->showField(note);
    }
}

void FormView::rebuild(const Form &form)
{
    QString focused; // only now: who went on to the text must not be called back
    for (auto row = m_rows.cbegin(); row != m_rows.cend(); ++row)
        if (row->widget && row->widget->isAncestorOf(QApplication::focusWidget()))
            focused = row.key();
    QString typed; // a text under way in a line outlives the new rows
    if (auto *line = qobject_cast<QLineEdit *>(controlOf(focused)); line && line->isModified())
        typed = line->text();
    for (const Row &row : std::as_const(m_rows))
        if (row.editor)
            row.editor->disconnect(this);
    if (QWidget *old = takeWidget()) { // one of its controls may be what asked for this
        old->hide();
        old->deleteLater();
    }
    m_rows.clear();
    auto *content = new QWidget(this);
    content->setProperty("role", "panel");
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(12, 12, 12, 16);
    column->setSpacing(12);
    m_content = content;
    addBanner(form);
    if (form.subject == Form::Subject::Task)
        addIdRow(form);
    if (form.subject == Form::Subject::Task)
        addNoteRow(form);

    std::vector<const FormField *> more;
    bool groupShown = false;
    for (const FormField &field : form.fields) {
        const bool top = field.depth == 0;
        if (top)
            groupShown = field.required || field.written || !field.fromDefaults.empty();
        if (!groupShown) {
            more.push_back(&field);
            continue;
        }
        if (!top && !field.written && !field.required &&
            !m_openGroups.contains(
                QString::fromStdString(field.path.substr(0, field.path.find('.')))))
            continue;
        const Row row = makeRow(field, content);
        column->addWidget(row.widget);
        m_rows.insert(QString::fromStdString(field.path), row);
    }
    const auto hidden = std::count_if(more.begin(), more.end(),
                                      [](const FormField *field) { return field->depth == 0; });
    if (hidden > 0) {
        auto *fold = new QToolButton(content);
        fold->setObjectName(QStringLiteral("moreProperties"));
        fold->setText(hidden == 1 ? Tr::tr("1 more property")
                                  : Tr::tr("%1 more properties").arg(hidden));
        fold->setIcon(m_theme.icon(m_moreOpen ? QStringLiteral("chevron-down")
                                              : QStringLiteral("chevron-right")));
        fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        fold->setFocusPolicy(Qt::StrongFocus);
        connect(fold, &QToolButton::clicked, this, [this] {
            m_moreOpen = !m_moreOpen;
            QMetaObject::invokeMethod(
                this, [this] { showForm(Form(m_form)); }, Qt::QueuedConnection);
        });
        column->addWidget(fold, 0, Qt::AlignLeft);
        if (m_moreOpen) {
            bool common = false;
            for (const FormField *field : more) {
                if (field->depth == 0 && std::exchange(common, field->common) != field->common && common)
                    column->addWidget(groupHeading(content));
                if (field->depth > 0 && !m_openGroups.contains(QString::fromStdString(
                                            field->path.substr(0, field->path.find('.')))))
                    continue;
                const Row row = makeRow(*field, content);
                column->addWidget(row.widget);
                m_rows.insert(QString::fromStdString(field->path), row);
            }
        }
    }
    column->addStretch(1);
    setWidget(content);
    if (const auto row = m_rows.find(focused); row != m_rows.end() && row->editor) {
        QWidget *control = row->editor->control();
        control->setFocus();
        if (auto *line = qobject_cast<QLineEdit *>(control); line && !typed.isEmpty()) {
            line->setText(typed);
            line->setModified(true);
        }
    }
}

/// Over the properties that every task, trigger or input has.
QWidget *FormView::groupHeading(QWidget *parent) const
{
    auto *heading = label(m_form.subject == Form::Subject::Task         ? Tr::tr("Of every task")
                          : m_form.path.starts_with("triggers")         ? Tr::tr("Of every trigger")
                                                                        : Tr::tr("Of every input"),
                          "quiet", parent);
    heading->setObjectName(QStringLiteral("commonProperties"));
    heading->setFont(m_theme.font(12, QFont::DemiBold));
    return heading;
}

void FormView::addBanner(const Form &form)
{
    for (const flow::Diagnostic &problem : form.problems) {
        const char *token = problem.severity == flow::Severity::Error     ? "failed"
                            : problem.severity == flow::Severity::Warning ? "warning"
                                                                          : "info";
        auto *banner = new QFrame(m_content);
        banner->setProperty("role", "banner");
        banner->setProperty("tone", QLatin1String(token));
        auto *row = new QHBoxLayout(banner);
        row->setContentsMargins(10, 8, 10, 8);
        row->setSpacing(10);
        auto *icon = new QLabel(banner);
        const bool error = problem.severity == flow::Severity::Error;
        icon->setPixmap(m_theme.pixmap(
            error                                         ? QStringLiteral("state-failed")
            : problem.severity == flow::Severity::Warning ? QStringLiteral("state-warning")
                                                          : QStringLiteral("info"),
            m_theme.color(error                                         ? "s_failed"
                          : problem.severity == flow::Severity::Warning ? "s_warning"
                                                                        : "s_running"),
            16, devicePixelRatioF()));
        icon->setAlignment(Qt::AlignTop);
        row->addWidget(icon);
        auto *words = new QVBoxLayout;
        words->setSpacing(2);
        auto *sentence = label(m_diagnosticText(problem), "", banner);
        words->addWidget(sentence);
        auto *jump = new QPushButton(Tr::tr("Show in the text"), banner);
        jump->setProperty("role", "link");
        jump->setAccessibleName(jump->text());
        connect(jump, &QPushButton::clicked, this,
                [this, offset = problem.range.begin] { emit fixWanted(offset); });
        words->addWidget(jump, 0, Qt::AlignLeft);
        row->addLayout(words, 1);
        static_cast<QVBoxLayout *>(m_content->layout())->addWidget(banner);
    }
}

void FormView::addIdRow(const Form &)
{
    Row row;
    row.widget = new QWidget(m_content);
    auto *column = new QVBoxLayout(row.widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    row.label = label(Tr::tr("Id"), "quiet", row.widget);
    row.label->setFont(m_theme.font(12));
    column->addWidget(row.label);
    row.editor = new PlainEditor(m_theme.monoFont(12), true, row.widget);
    row.editor->control()->setAccessibleName(Tr::tr("Id"));
    row.editor->control()->setObjectName(QStringLiteral("field:id"));
    row.label->setBuddy(row.editor->control());
    column->addWidget(row.editor);
    row.help = label({}, "help", row.widget);
    column->addWidget(row.help);
    row.error = label({}, "error", row.widget);
    row.error->hide();
    column->addWidget(row.error);
    connect(row.editor, &FieldEditor::changed, this, [this](std::optional<std::string> id) {
        emit idChanged(QString::fromStdString(id.value_or("")));
    });
    static_cast<QVBoxLayout *>(m_content->layout())->addWidget(row.widget);
    m_rows.insert(kId, row);
}

void FormView::addNoteRow(const Form &)
{
    Row row;
    row.widget = new QWidget(m_content);
    auto *column = new QVBoxLayout(row.widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *head = new QHBoxLayout;
    head->setSpacing(6);
    row.label = label(Tr::tr("Note"), "quiet", row.widget);
    row.label->setFont(m_theme.font(12));
    auto *icon = new QLabel(row.widget);
    icon->setPixmap(
        m_theme.pixmap(QStringLiteral("note"), m_theme.color("text2"), 14, devicePixelRatioF()));
    head->addWidget(row.label);
    head->addWidget(icon);
    head->addStretch(1);
    column->addLayout(head);
    row.editor = new PlainEditor(m_theme.font(13), false, row.widget);
    row.editor->control()->setAccessibleName(Tr::tr("Note"));
    row.editor->control()->setObjectName(QStringLiteral("field:#note"));
    row.editor->control()->setToolTip(Tr::tr("The comment above the task"));
    column->addWidget(row.editor);
    row.error = label({}, "error", row.widget);
    row.error->hide();
    column->addWidget(row.error);
    connect(row.editor, &FieldEditor::changed, this, [this](std::optional<std::string> note) {
        emit noteChanged(QString::fromStdString(note.value_or("")));
    });
    static_cast<QVBoxLayout *>(m_content->layout())->addWidget(row.widget);
    m_rows.insert(kNote, row);
}

FormView::Row FormView::makeRow(const FormField &field, QWidget *parent)
{
    Row row;
    row.kind = field.kind;
    row.asText = wantsText(field);
    row.widget = new QWidget(parent);
    const QString path = QString::fromStdString(field.path);
    const QString name = QString::fromStdString(field.name);
    auto *column = new QVBoxLayout(row.widget);
    column->setContentsMargins(field.depth * 12, 0, 0, 0);
    column->setSpacing(4);
    auto *head = new QHBoxLayout;
    head->setSpacing(4);
    row.label = label(name, "quiet", row.widget);
    row.label->setFont(
        m_theme.font(12, field.kind == FieldKind::Group ? QFont::DemiBold : QFont::Normal));
    row.label->setToolTip(QString::fromStdString(
        field.documentation.empty() ? field.type : field.type + "\n" + field.documentation));
    row.label->setWordWrap(false);
    head->addWidget(row.label);
    if (field.required) {
        auto *star = label(QStringLiteral("*"), "required", row.widget);
        star->setStyleSheet(
            QStringLiteral("color: %1; font-weight: 600;").arg(m_theme.color("s_retrying").name()));
        star->setToolTip(Tr::tr("Required"));
        star->setAccessibleName(Tr::tr("Required"));
        head->addWidget(star);
    }
    if (!field.fromDefaults.empty()) {
        auto *mark = new QLabel(row.widget);
        mark->setObjectName(QStringLiteral("defaults:") + path);
        mark->setPixmap(m_theme.pixmap(QStringLiteral("link"), m_theme.color("y_anchor"), 14, devicePixelRatioF()));
        mark->setToolTip(Tr::tr("From pluginDefaults: %1").arg(QString::fromStdString(field.fromDefaults)));
        mark->setAccessibleName(mark->toolTip());
        head->addWidget(mark);
    }
    head->addStretch(1);
    const bool text = field.kind == FieldKind::Text || field.kind == FieldKind::Code || field.kind == FieldKind::Cron;
    if (isToggled(field) || (text && field.expressions)) {
        row.toggle = new QToolButton(row.widget);
        row.toggle->setText(QStringLiteral("{{ }}"));
        row.toggle->setFont(m_theme.monoFont(11));
        row.toggle->setObjectName(QStringLiteral("expression:") + path);
        row.toggle->setFocusPolicy(Qt::StrongFocus);
        head->addWidget(row.toggle);
    }
    if (row.toggle && text) {
        row.toggle->setToolTip(Tr::tr("Insert an expression"));
        row.toggle->setAccessibleName(Tr::tr("Insert an expression into %1").arg(name));
    } else if (row.toggle) {
        row.toggle->setCheckable(true);
        row.toggle->setChecked(row.asText);
        row.toggle->setToolTip(Tr::tr("Value or expression"));
        row.toggle->setAccessibleName(Tr::tr("%1 as expression").arg(name));
        connect(row.toggle, &QToolButton::clicked, this, [this, path](bool on) {
            m_asExpression.insert(path, on);
            QMetaObject::invokeMethod(
                this, [this] { showForm(Form(m_form)); }, Qt::QueuedConnection);
        });
    }
    if (!field.required && field.kind != FieldKind::Tasks) {
        row.reset = new QToolButton(row.widget);
        row.reset->setIcon(m_theme.icon(QStringLiteral("close")));
        row.reset->setIconSize({12, 12});
        row.reset->setToolTip(Tr::tr("Take away: the default applies"));
        row.reset->setAccessibleName(Tr::tr("Take away %1").arg(name));
        row.reset->setObjectName(QStringLiteral("reset:") + path);
        connect(row.reset, &QToolButton::clicked, this,
                [this, path] { emit propertyChanged(path, std::nullopt); });
        head->addWidget(row.reset);
    }
    if (field.kind == FieldKind::Group) {
        auto *open = new QToolButton(row.widget);
        const bool all = m_openGroups.contains(path);
        open->setIcon(
            m_theme.icon(all ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
        open->setToolTip(all ? Tr::tr("Show what is set") : Tr::tr("Show all"));
        open->setAccessibleName(Tr::tr("All of %1").arg(name));
        open->setObjectName(QStringLiteral("group:") + path);
        open->setFocusPolicy(Qt::StrongFocus);
        connect(open, &QToolButton::clicked, this, [this, path] {
            m_openGroups.contains(path) ? (void)m_openGroups.remove(path)
                                        : (void)m_openGroups.insert(path);
            QMetaObject::invokeMethod(
                this, [this] { showForm(Form(m_form)); }, Qt::QueuedConnection);
        });
        head->insertWidget(0, open);
    }
    if (field.file && m_pickFile) {
        auto *choose = new QToolButton(row.widget);
        choose->setIcon(m_theme.icon(QStringLiteral("folder-open")));
        choose->setToolTip(Tr::tr("Choose a file"));
        choose->setAccessibleName(Tr::tr("Choose a file for %1").arg(name));
        choose->setObjectName(QStringLiteral("file:") + path);
        choose->setFocusPolicy(Qt::StrongFocus);
        connect(choose, &QToolButton::clicked, this, [this, path, field] {
            const QString picked = m_pickFile(this);
            if (!picked.isEmpty())
                emit propertyChanged(path, yamlText(picked.toStdString(), field));
        });
        head->addWidget(choose);
    }
    column->addLayout(head);
    row.editor = makeEditor(field, row.asText, m_theme, row.widget);
    if (row.editor) {
        row.editor->showField(field);
        row.editor->control()->setAccessibleName(field.required ? Tr::tr("%1, required").arg(name)
                                                                : name);
        row.editor->control()->setObjectName(QStringLiteral("field:") + path);
        column->addWidget(row.editor);
        connectEditor(row.editor, path);
        if (row.toggle && text)
            connect(row.toggle, &QToolButton::clicked, row.editor, &FieldEditor::insertExpression);
    }
    row.help = label({}, "help", row.widget);
    row.help->hide();
    column->addWidget(row.help);
    row.error = label({}, "error", row.widget);
    row.error->hide();
    column->addWidget(row.error);
    return row;
}

void FormView::connectEditor(const FieldEditor *editor, const QString &path)
{
    connect(editor, &FieldEditor::changed, this, [this, path](std::optional<std::string> yaml) {
        emit propertyChanged(path, std::move(yaml));
    });
    connect(editor, &FieldEditor::changedBelow, this,
            [this, path](const std::string &step, std::optional<std::string> yaml) {
                emit propertyChanged(path + QString::fromStdString(step), std::move(yaml));
            });
    connect(editor, &FieldEditor::typedInvalid, this,
            [this, path](const QString &why) { showRefused(path, why); });
}

void FormView::fillRow(Row &row, const FormField &field)
{
    if (row.editor)
        row.editor->showField(field);
    if (row.reset)
        row.reset->setVisible(field.written);
    QString help;
    if (field.kind == FieldKind::Tasks)
        help = field.written ? Tr::tr("%1, on the canvas").arg(QString::fromStdString(field.text))
                             : Tr::tr("Added on the canvas");
    else if (field.unknown)
        help = Tr::tr("The type does not know this property; it is kept as it is");
    else if (field.kind == FieldKind::Duration)
        help = durationWords(QString::fromStdString(field.text));
    else if (field.kind == FieldKind::Cron && field.written)
        help = cronWords(QString::fromStdString(field.text), QString::fromStdString(field.zone), m_now());
    else if (!field.fromDefaults.empty())
        help = Tr::tr("From pluginDefaults. Editing overrides it here.");
    else if (!field.documentation.empty())
        help = firstSentence(field.documentation);
    const bool whole = m_fullDocs && !field.documentation.empty();
    if (whole) { // as it is written: Markdown
        const QString words = QString::fromStdString(field.documentation);
        help = help.isEmpty() || words.startsWith(help) ? words : help + QStringLiteral("\n\n") + words;
    }
    row.help->setTextFormat(whole ? Qt::MarkdownText : Qt::PlainText);
    row.help->setText(ui::unbrokenWords(help));
    row.help->setVisible(!help.isEmpty());
    QStringList sentences;
    bool wrong = false;
    for (const flow::Diagnostic &problem : field.problems) {
        sentences << m_diagnosticText(problem);
        wrong = wrong || problem.severity == flow::Severity::Error;
    }
    row.error->setText(ui::unbrokenWords(sentences.join(QLatin1Char('\n'))));
    row.error->setVisible(!sentences.isEmpty());
    QPalette colors = row.error->palette();
    colors.setColor(QPalette::WindowText, m_theme.color(wrong ? "s_failed" : "s_warning"));
    row.error->setPalette(colors);
    if (row.editor)
        row.editor->setInvalid(wrong);
}

void FormView::showRefused(const QString &path, const QString &why)
{
    const auto row = m_rows.find(path);
    if (row == m_rows.end())
        return;
    row->error->setText(why);
    row->error->setVisible(!why.isEmpty());
    if (row->editor)
        row->editor->setInvalid(!why.isEmpty());
}

void FormView::commit()
{
    for (const Row &row : std::as_const(m_rows))
        if (row.editor)
            row.editor->commit();
}

QWidget *FormView::controlOf(const QString &path) const
{
    const auto row = m_rows.find(path);
    return row == m_rows.end() || !row->editor ? nullptr : row->editor->control();
}

} // namespace app
