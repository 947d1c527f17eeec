#include "app/inspector/inspector.h"

#include "engine/flow/edits.h"
#include "ui/elided_label.h"
#include "ui/state_look.h"
#include "ui/task_look.h"
#include "ui/tr.h"
#include "ui/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTabBar>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace app {

namespace {

constexpr int kTile = 36;

enum Page { kFormPage, kSourcePage, kRunPage, kEmptyPage };

std::size_t linesOf(std::string_view text)
{
    return 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) -
           (text.ends_with('\n') ? 1 : 0);
}

/// How many lines an edit touches: the more of before and after, for each place.
std::size_t changedLines(const flow::Edit &edit, std::string_view text)
{
    std::size_t lines = 0;
    for (const flow::Replacement &change : edit.replacements())
        lines += std::max(linesOf(text.substr(change.range.begin, change.range.size())),
                          linesOf(change.text));
    return lines;
}

/// The text of whole lines with its common indentation taken away.
QString dedented(std::string_view text)
{
    std::size_t least = std::string_view::npos;
    const auto eachLine = [&](auto &&visit) {
        for (std::size_t at = 0; at < text.size();) {
            std::size_t end = text.find('\n', at);
            end = end == std::string_view::npos ? text.size() : end + 1;
            visit(text.substr(at, end - at));
            at = end;
        }
    };
    eachLine([&](std::string_view line) {
        const std::size_t indent = line.find_first_not_of(" \r\n");
        if (indent != std::string_view::npos)
            least = std::min(least, indent);
    });
    std::string result;
    eachLine([&](std::string_view line) {
        result += line.substr(
            std::min({least, line.size(), std::min(line.find_first_not_of(' '), line.size())}));
    });
    return QString::fromStdString(result);
}

} // namespace

Inspector::Inspector(const ui::Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_refusalText([](const flow::Error &error) {
          return error.args.empty() ? Tr::tr("This can't be written here")
                                    : Tr::tr("This can't be written here: %1")
                                          .arg(QString::fromStdString(error.args.front()));
      }),
      m_tile(new QLabel(this)),
      m_title(new ui::ElidedLabel(this)),
      m_type(new ui::ElidedLabel(this)),
      m_tabs(new QTabBar(this)),
      m_pages(new QStackedWidget(this)),
      m_form(new FormView(theme, this)),
      m_source(new QPlainTextEdit(this)),
      m_run(new QTextBrowser(this)),
      m_docs(new QToolButton(this)),
      m_empty(new QLabel(this))
{
    setAccessibleName(Tr::tr("Inspector"));
    setProperty("role", "panel");
    m_title->setProperty("role", "title");
    m_type->setProperty("role", "help");
    m_tile->setFixedSize(kTile, kTile);
    m_tabs->addTab(Tr::tr("Form"));
    m_tabs->addTab(Tr::tr("Source"));
    m_tabs->addTab(Tr::tr("Last run"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setAccessibleName(Tr::tr("Form, source or last run"));
    m_source->setFrameShape(QFrame::NoFrame);
    m_source->setReadOnly(true);
    m_source->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_source->setAccessibleName(Tr::tr("Source"));
    m_run->setFrameShape(QFrame::NoFrame);
    m_run->setAccessibleName(Tr::tr("Last run"));
    m_docs->setObjectName(QStringLiteral("inspectorDocs"));
    m_docs->setCheckable(true);
    m_docs->setToolTip(Tr::tr("Documentation below each field"));
    m_docs->setAccessibleName(m_docs->toolTip());
    connect(m_docs, &QToolButton::toggled, this, [this](bool on) { m_form->setFullDocs(on); });
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(24);
    m_empty->setProperty("role", "quiet");

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 12, 12, 8);
    head->setSpacing(10);
    head->addWidget(m_tile);
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(m_title);
    words->addWidget(m_type);
    head->addLayout(words, 1);
    head->addWidget(m_docs, 0, Qt::AlignTop);
    column->addLayout(head);
    column->addWidget(m_tabs);
    auto *rule = new QFrame(this);
    rule->setProperty("role", "rule");
    rule->setFixedHeight(1);
    column->addWidget(rule);
    m_pages->addWidget(m_form);
    m_pages->addWidget(m_source);
    m_pages->addWidget(m_run);
    m_pages->addWidget(m_empty);
    column->addWidget(m_pages, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, [this] {
        m_form->commit();
        refresh();
    });
    connect(m_form, &FormView::propertyChanged, this, &Inspector::changeProperty);
    connect(m_form, &FormView::idChanged, this, [this](const QString &id) {
        if (!m_session)
            return;
        const std::string wanted = id.toStdString();
        const flow::Result<flow::Edit> edit =
            flow::edits::renameTask(m_session->freshSnapshot(), m_path, wanted);
        if (edit)
            m_id = wanted;
        submit(edit, "edit.rename-task", QStringLiteral("id"));
    });
    connect(m_form, &FormView::noteChanged, this, [this](const QString &note) {
        if (m_session)
            submit(flow::edits::setNote(m_session->freshSnapshot(), m_path, note.toStdString()),
                   "edit.set-note", QStringLiteral("#note"));
    });
    connect(m_form, &FormView::fixWanted, this, &Inspector::jumpWanted);
    setTheme(theme);
}

Inspector::~Inspector()
{
    m_form->disconnect(this); // fields that lose the focus now have nobody to tell
}

void Inspector::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    m_source->setFont(theme.monoFont(12));
    m_run->setFont(theme.font(12));
    m_docs->setIcon(theme.icon(QStringLiteral("docs")));
    m_title->setFont(theme.font(15, QFont::DemiBold));
    m_type->setFont(theme.font(11.5));
    m_tabs->setFont(theme.font(13));
    m_form->setTheme(theme);
    showHeader(m_shown);
}

void Inspector::setSentences(std::function<QString(const flow::Diagnostic &)> problem,
                             std::function<QString(const flow::Error &)> refusal)
{
    m_form->setDiagnosticText(std::move(problem));
    m_refusalText = std::move(refusal);
}

void Inspector::setSession(editor::DocumentSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_path.clear();
    m_id.clear();
    if (m_session) {
        connect(m_session, &editor::DocumentSession::analysed, this, [this] {
            if (!m_submitting)
                refresh();
        });
        connect(m_session, &editor::DocumentSession::adviceChanged, this, [this] {
            if (m_tabs->currentIndex() != kSourcePage)
                refresh();
        });
        connect(m_session, &QObject::destroyed, this, [this] { refresh(); });
    }
    refresh();
}

void Inspector::setSubject(const QString &path)
{
    if (path.toStdString() == m_path)
        return;
    m_form->commit();
    m_path = path.toStdString();
    m_id.clear();
    refresh();
}

void Inspector::focusField(const QString &path)
{
    m_tabs->setCurrentIndex(kFormPage);
    if (QWidget *control = m_form->controlOf(path)) {
        m_form->ensureWidgetVisible(control);
        control->setFocus(Qt::ShortcutFocusReason);
    }
}

void Inspector::refresh()
{
    if (!m_session) {
        m_shown = {};
        showHeader(m_shown);
        m_empty->setText(Tr::tr("Open a flow to see its properties here"));
        m_pages->setCurrentIndex(kEmptyPage);
        m_tabs->setVisible(false);
        return;
    }
    const flow::Snapshot snapshot = m_session->shownSnapshot();
    if (!snapshot.flow || snapshot.flowRevision != snapshot.revision)
        return; // the next analysis is under way
    Form form = buildForm(snapshot, m_path, m_session->catalog());
    if (!m_id.empty() && (form.subject == Form::Subject::None || form.id != m_id)) {
        if (const flow::Task *moved = snapshot.flow->findById(m_id)) { // it stands elsewhere now
            m_path = moved->path;
            form = buildForm(snapshot, m_path, m_session->catalog());
            emit subjectMoved(subject());
        }
    }
    if (form.subject == Form::Subject::None) {
        m_path.clear();
        form = buildForm(snapshot, m_path, m_session->catalog());
    }
    m_id = form.subject == Form::Subject::Task ? form.id : std::string();
    m_shown = form;
    showHeader(form);
    m_tabs->setVisible(true);
    if (m_tabs->currentIndex() == kSourcePage) {
        showSource(form);
        m_pages->setCurrentIndex(kSourcePage);
    } else if (m_tabs->currentIndex() == kRunPage) {
        showLastRun();
        m_pages->setCurrentIndex(kRunPage);
    } else if (!form.editable) {
        m_empty->setText(
            form.fault.empty()
                ? Tr::tr("Nothing could be read here yet")
                : Tr::tr("This task can't be read: %1").arg(QString::fromStdString(form.fault)));
        m_pages->setCurrentIndex(kEmptyPage);
    } else {
        m_form->showForm(form);
        m_pages->setCurrentIndex(kFormPage);
    }
}

void Inspector::showHeader(const Form &form)
{
    const bool flowItself = form.subject == Form::Subject::Flow;
    const QString type = QString::fromStdString(form.type);
    QString icon = QStringLiteral("file-flow");
    const char *ink = "f_core";
    const char *ground = "f_coreBg";
    if (!flowItself && form.subject != Form::Subject::None) {
        const ui::TaskLook look = ui::taskLook(type);
        icon = look.icon;
        ink = look.inkToken();
        ground = look.groundToken();
    }
    const qreal ratio = devicePixelRatioF();
    QPixmap tile(QSize(kTile, kTile) * ratio);
    tile.setDevicePixelRatio(ratio);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(ground));
    painter.drawRoundedRect(QRectF(0, 0, kTile, kTile), 6, 6);
    painter.drawPixmap(QPointF(8, 8), m_theme.pixmap(icon, m_theme.color(ink), 20, ratio));
    painter.end();
    m_tile->setPixmap(tile);
    const QString id = QString::fromStdString(form.id);
    m_title->setText(form.subject == Form::Subject::None ? QString()
                     : id.isEmpty()                      ? Tr::tr("Without id")
                                                         : id);
    m_title->setToolTip(id);
    QStringList parts;
    if (flowItself)
        parts << Tr::tr("Flow");
    else if (!type.isEmpty())
        parts << ui::shortType(type);
    if (form.line)
        parts << Tr::tr("line %1").arg(form.line);
    m_type->setText(parts.join(QStringLiteral(" \u00B7 ")));
    m_type->setToolTip(type);
    m_tile->setVisible(form.subject != Form::Subject::None);
}

void Inspector::showSource(const Form &form)
{
    const std::string &text = m_session->text();
    const QString source =
        dedented(std::string_view(text).substr(form.range.begin, form.range.size()));
    if (m_source->toPlainText() != source)
        m_source->setPlainText(source);
}

void Inspector::setLastRun(std::optional<LastRun> run)
{
    m_lastRun = std::move(run);
    if (m_pages->currentIndex() == kRunPage)
        showLastRun();
}

void Inspector::showLastRun()
{
    if (!m_lastRun || (m_lastRun->state.isEmpty() && m_lastRun->reason.isEmpty())) {
        m_run->setPlainText(m_lastRun ? Tr::tr("The last run did not reach it") : Tr::tr("Run the flow to see here what it did"));
        return;
    }
    const LastRun &run = *m_lastRun;
    const auto colour = [this](const char *token) { return m_theme.color(token).name(); };
    const auto row = [](const QString &name, const QString &value) {
        return QStringLiteral("<tr><td style='padding-right:12px'>%1</td><td>%2</td></tr>").arg(name.toHtmlEscaped(), value.toHtmlEscaped());
    };
    QString html = QStringLiteral("<table>");
    if (!run.state.isEmpty())
        html += QStringLiteral("<tr><td style='padding-right:12px'>%1</td><td style='color:%2'><b>%3</b></td></tr>")
                    .arg(Tr::tr("State").toHtmlEscaped(), colour(ui::stateLook(run.state).inkToken), run.state.toHtmlEscaped());
    if (!run.reason.isEmpty())
        html += row(Tr::tr("Reason"), run.reason);
    if (run.millis)
        html += row(Tr::tr("Duration"), ui::durationText(*run.millis));
    if (run.attempts > 1)
        html += row(Tr::tr("Attempts"), QString::number(run.attempts));
    if (run.runs > 1)
        html += row(Tr::tr("Runs"), QString::number(run.runs));
    html += QStringLiteral("</table>");
    if (!run.outputs.isEmpty()) {
        html += QStringLiteral("<p><b>%1</b></p><table>").arg(Tr::tr("Outputs").toHtmlEscaped());
        for (const auto &[name, value] : run.outputs)
            html += row(name, value);
        html += QStringLiteral("</table>");
    }
    if (!run.logs.isEmpty()) {
        html += QStringLiteral("<p><b>%1</b></p>").arg(Tr::tr("Logs").toHtmlEscaped());
        for (const LastRun::Line &line : run.logs) {
            const char *token = line.level == QLatin1String("ERROR") ? "s_failed" : line.level == QLatin1String("WARN") ? "s_warning" : "text";
            html += QStringLiteral("<p style='margin:0; color:%1; font-family:\"JetBrains Mono\"'>%2 %3 %4</p>")
                        .arg(colour(token), line.time.toHtmlEscaped(), line.level.toHtmlEscaped(), line.text.toHtmlEscaped());
        }
    }
    m_run->setHtml(html);
}

void Inspector::changeProperty(const QString &path, const std::optional<std::string> &yaml)
{
    if (!m_session)
        return;
    const flow::Snapshot snapshot = m_session->freshSnapshot();
    const std::string property = path.toStdString();
    const bool item = m_shown.subject == Form::Subject::Item;
    const std::string owner = item ? std::string() : m_path;
    const std::string full = item ? m_path + "." + property : property;
    submit(yaml ? flow::edits::setProperty(snapshot, owner, full, *yaml)
                : flow::edits::unsetProperty(snapshot, owner, full),
           yaml ? "edit.set-property" : "edit.unset-property", path);
}

void Inspector::submit(const flow::Result<flow::Edit> &edit, const char *label,
                       const QString &field)
{
    const QString row = field.section(QLatin1Char('['), 0, 0);
    if (!edit) {
        m_form->showRefused(row, refusal(edit.error()));
        return;
    }
    const std::size_t lines = changedLines(*edit, m_session->text());
    m_submitting = true;
    const flow::Result<> done =
        m_session->submit(*edit, {label, {field.toStdString(), m_shown.id}});
    m_submitting = false;
    if (!done) {
        m_form->showRefused(row, refusal(done.error()));
        return;
    }
    m_session->freshSnapshot();
    refresh();
    emit status(lines == 0   ? Tr::tr("Nothing changed")
                : lines == 1 ? Tr::tr("1 line changed")
                             : Tr::tr("%1 lines changed").arg(lines));
}

QString Inspector::refusal(const flow::Error &error) const
{
    return m_refusalText(error);
}

} // namespace app
