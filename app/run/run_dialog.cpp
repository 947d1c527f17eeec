#include "app/run/run_dialog.h"

#include "app/app_state.h"
#include "ui/banner.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"
#include "ui/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QToolButton>

namespace app {

namespace {

constexpr int kWidth = 580;
constexpr int kNameWidth = 132;

/// A line edit that takes a dropped file as its text.
class FileField : public QLineEdit
{
public:
    using QLineEdit::QLineEdit;

protected:
    void dragEnterEvent(QDragEnterEvent *event) override
    {
        if (event->mimeData()->hasUrls())
            event->acceptProposedAction();
    }
    void dropEvent(QDropEvent *event) override
    {
        setText(event->mimeData()->urls().front().toLocalFile());
        event->acceptProposedAction();
    }
};

void mark(QWidget *control, bool invalid)
{
    if (control->property("invalid").toBool() == invalid)
        return;
    control->setProperty("invalid", invalid);
    control->style()->unpolish(control);
    control->style()->polish(control);
}

} // namespace

RunDialog::RunDialog(AppState &state, const Words &words, std::vector<InputField> fields, const QMap<QString, QString> &texts, Start start,
                     QWidget *parent)
    : QDialog(parent), m_state(state), m_start(std::move(start)), m_banner(new ui::Banner), m_footer(new QLabel), m_run(new QPushButton)
{
    setWindowTitle(words.title);
    setFixedWidth(kWidth);
    auto *icon = new QLabel;
    ui::setThemedIcon(icon, QStringLiteral("run"), state.theme(), "accent", 28);
    auto *title = new QLabel(words.title);
    title->setProperty("role", "dialogTitle");
    auto *place = new QLabel(words.place);
    place->setProperty("role", "quiet");
    auto *names = new QVBoxLayout;
    names->setSpacing(2);
    names->addWidget(title);
    names->addWidget(place);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(20, 16, 20, 12);
    head->setSpacing(12);
    head->addWidget(icon);
    head->addLayout(names, 1);

    auto *content = new QWidget;
    content->setProperty("role", "panel");
    auto *grid = new QGridLayout(content);
    grid->setContentsMargins(20, 8, 20, 8);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    grid->setColumnMinimumWidth(0, kNameWidth);
    grid->setColumnStretch(1, 1);
    for (InputField &field : fields) {
        auto row = std::make_unique<Row>();
        row->field = std::move(field);
        const QString text = texts.value(row->field.id, row->field.defaultText);
        addRow(grid, *row, text);
        m_rows.push_back(std::move(row));
    }
    if (m_rows.empty())
        grid->addWidget(new QLabel(Tr::tr("This flow has no inputs.")), 0, 0, 1, 2);
    grid->setRowStretch(grid->rowCount(), 1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumHeight(std::min(content->sizeHint().height() + 8, 560));

    m_banner->setTone(QStringLiteral("failed"));
    m_banner->hide();
    auto *bannerBox = new QVBoxLayout;
    bannerBox->setContentsMargins(20, 0, 20, 0);
    bannerBox->addWidget(m_banner);

    auto *footer = new QFrame;
    footer->setProperty("role", "dialogFooter");
    auto *buttons = new QHBoxLayout(footer);
    buttons->setContentsMargins(20, 12, 20, 12);
    buttons->setSpacing(8);
    m_footer->setProperty("role", "quiet");
    auto *cancel = new QPushButton(Tr::tr("Cancel"));
    m_run->setText(words.action + QStringLiteral("   Ctrl+Enter"));
    m_run->setProperty("role", "primary");
    m_run->setAccessibleName(words.action);
    m_run->setDefault(true);
    cancel->setAutoDefault(false);
    buttons->addWidget(m_footer, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_run);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_run, &QPushButton::clicked, this, &RunDialog::run);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(scroll, 1);
    layout->addLayout(bannerBox);
    layout->addWidget(footer);
    check();
    for (const std::unique_ptr<Row> &row : m_rows)
        if (!problemOf(row->field, row->text()).isEmpty()) {
            row->control->setFocus();
            return;
        }
    if (!m_rows.empty())
        m_rows.front()->control->setFocus();
}

void RunDialog::addRow(QGridLayout *grid, Row &row, const QString &text)
{
    const int line = grid->rowCount();
    auto *name = new QLabel(row.field.required ? QStringLiteral("<b>%1</b> <span style=\"color:%2\">*</span>").arg(row.field.name.toHtmlEscaped(), m_state.theme().color("s_failed").name())
                                               : QStringLiteral("<b>%1</b>").arg(row.field.name.toHtmlEscaped()));
    auto *type = new QLabel(row.field.type);
    type->setProperty("role", "help");
    auto *names = new QVBoxLayout;
    names->setContentsMargins(0, 4, 0, 0);
    names->setSpacing(0);
    names->addWidget(name);
    names->addWidget(type);
    names->addStretch();
    row.control = makeControl(row, text);
    row.control->setAccessibleName(row.field.name);
    row.control->setAccessibleDescription(row.field.description);
    name->setBuddy(row.control);
    row.help = new QLabel;
    row.help->setWordWrap(true);
    auto *side = new QVBoxLayout;
    side->setContentsMargins(0, 4, 0, 8);
    side->setSpacing(2);
    if (row.field.type == QLatin1String("FILE")) {
        auto *choose = new QToolButton;
        choose->setProperty("role", "outlined");
        choose->setToolTip(Tr::tr("Choose a file"));
        choose->setAccessibleName(choose->toolTip());
        choose->setFixedSize(28, 28);
        ui::setThemedIcon(choose, QStringLiteral("folder-open"), m_state.theme());
        auto *path = static_cast<QLineEdit *>(row.control);
        connect(choose, &QToolButton::clicked, this, [this, path] {
            const QString chosen = QFileDialog::getOpenFileName(this, Tr::tr("Choose a file"), path->text());
            if (!chosen.isEmpty())
                path->setText(chosen);
        });
        auto *both = new QHBoxLayout;
        both->addWidget(row.control, 1);
        both->addWidget(choose);
        side->addLayout(both);
    } else {
        side->addWidget(row.control);
    }
    side->addWidget(row.help);
    grid->addLayout(names, line, 0);
    grid->addLayout(side, line, 1);
}

QWidget *RunDialog::makeControl(Row &row, const QString &text)
{
    const QString &type = row.field.type;
    if (type == QLatin1String("BOOLEAN") || type == QLatin1String("BOOL")) {
        auto *box = new QCheckBox(Tr::tr("yes"));
        box->setChecked(text == QLatin1String("true"));
        row.text = [box] { return box->isChecked() ? QStringLiteral("true") : QStringLiteral("false"); };
        connect(box, &QCheckBox::toggled, this, &RunDialog::check);
        return box;
    }
    if ((type == QLatin1String("SELECT") || type == QLatin1String("ENUM")) && !row.field.values.isEmpty()) {
        auto *combo = new QComboBox;
        if (!row.field.required && row.field.defaultText.isEmpty())
            combo->addItem(QString());
        combo->addItems(row.field.values);
        combo->setEditable(row.field.customValue);
        combo->setCurrentText(text);
        row.text = [combo] { return combo->currentText(); };
        connect(combo, &QComboBox::currentTextChanged, this, &RunDialog::check);
        return combo;
    }
    if (type == QLatin1String("MULTISELECT") && !row.field.values.isEmpty()) {
        auto *group = new QWidget;
        auto *layout = new QHBoxLayout(group);
        layout->setContentsMargins(0, 2, 0, 2);
        layout->setSpacing(14);
        const flow::JsonParse chosen = flow::parseJson(text.toStdString());
        QList<QCheckBox *> boxes;
        for (const QString &value : row.field.values) {
            auto *box = new QCheckBox(value);
            if (chosen.ok)
                for (const flow::Value &item : chosen.value.list())
                    box->setChecked(box->isChecked() || item.text() == value.toStdString());
            connect(box, &QCheckBox::toggled, this, &RunDialog::check);
            layout->addWidget(box);
            boxes.append(box);
        }
        layout->addStretch();
        group->setFocusProxy(boxes.front());
        row.text = [boxes] {
            flow::Value::List list;
            for (const QCheckBox *box : boxes)
                if (box->isChecked())
                    list.emplace_back(box->text().toStdString());
            return list.empty() ? QString() : QString::fromStdString(flow::toJson(flow::Value(std::move(list))));
        };
        return group;
    }
    if (type == QLatin1String("JSON") || type == QLatin1String("YAML") || type == QLatin1String("ARRAY")) {
        auto *area = new QPlainTextEdit(text);
        area->setFont(m_state.theme().monoFont());
        area->setTabChangesFocus(true);
        area->setFixedHeight(m_state.theme().scaled(type == QLatin1String("ARRAY") ? 36 : 66));
        row.text = [area] { return area->toPlainText(); };
        connect(area, &QPlainTextEdit::textChanged, this, &RunDialog::check);
        return area;
    }
    auto *line = type == QLatin1String("FILE") ? new FileField(text) : new QLineEdit(text);
    line->setFont(m_state.theme().monoFont());
    if (type == QLatin1String("SECRET")) {
        line->setEchoMode(QLineEdit::Password);
        auto *eye = line->addAction(m_state.theme().icon(QStringLiteral("eye")), QLineEdit::TrailingPosition);
        eye->setToolTip(Tr::tr("Show"));
        connect(eye, &QAction::triggered, line, [line] {
            line->setEchoMode(line->echoMode() == QLineEdit::Password ? QLineEdit::Normal : QLineEdit::Password);
        });
    }
    if (type == QLatin1String("DATE"))
        line->setPlaceholderText(QStringLiteral("2026-11-20"));
    row.text = [line] { return line->text(); };
    connect(line, &QLineEdit::textChanged, this, &RunDialog::check);
    return line;
}

void RunDialog::check()
{
    int wrong = 0;
    for (const std::unique_ptr<Row> &row : m_rows) {
        if (row->control == focusWidget() || row->control->isAncestorOf(focusWidget()))
            row->refused.clear();
        const QString problem = row->refused.isEmpty() ? problemOf(row->field, row->text()) : row->refused;
        wrong += !problem.isEmpty();
        const bool shown = !problem.isEmpty();
        mark(row->control, shown);
        row->help->setProperty("role", shown ? "error" : "help");
        row->help->setText(ui::unbrokenWords(shown ? problem : row->field.description));
        row->help->setVisible(!row->help->text().isEmpty());
        row->help->style()->unpolish(row->help);
        row->help->style()->polish(row->help);
    }
    m_run->setEnabled(wrong == 0);
    m_footer->setText(wrong == 0 ? QString() : Tr::tr("%n input(s) to fix", nullptr, wrong));
}

QMap<QString, QString> RunDialog::texts() const
{
    QMap<QString, QString> texts;
    for (const std::unique_ptr<Row> &row : m_rows)
        texts.insert(row->field.id, row->text());
    return texts;
}

QWidget *RunDialog::control(const QString &inputId) const
{
    for (const std::unique_ptr<Row> &row : m_rows)
        if (row->field.id == inputId)
            return row->control;
    return nullptr;
}

QString RunDialog::problem(const QString &inputId) const
{
    for (const std::unique_ptr<Row> &row : m_rows)
        if (row->field.id == inputId)
            return row->refused.isEmpty() ? problemOf(row->field, row->text()) : row->refused;
    return {};
}

void RunDialog::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() == Qt::ControlModifier && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        if (m_run->isEnabled())
            run();
        return;
    }
    QDialog::keyPressEvent(event);
}

void RunDialog::run()
{
    const std::optional<Refusal> refusal = m_start(texts());
    if (!refusal) {
        accept();
        return;
    }
    for (const std::unique_ptr<Row> &row : m_rows)
        if (row->field.id == refusal->inputId) {
            setFocus();
            row->refused = refusal->sentence;
            check();
            row->control->setFocus();
            return;
        }
    m_banner->setText(refusal->sentence);
    m_banner->show();
}

} // namespace app
