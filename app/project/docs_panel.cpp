#include "app/project/docs_panel.h"

#include "app/app_state.h"
#include "app/flow_page.h"
#include "editor/editor_pane.h"
#include "editor/schema.h"
#include "ui/tr.h"

#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QPointer>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace app {

namespace {

constexpr int kRest = 150; // ms the caret rests before its type is shown

QString escaped(const std::string &text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

void appendProperties(QString &html, const std::vector<flow::Property> &properties)
{
    for (const flow::Property &property : properties) {
        if (property.hidden || !property.aliasOf.empty())
            continue;
        QStringList facts{escaped(editor::shownType(property.type))};
        if (property.required)
            facts << Tr::tr("required");
        if (property.expression)
            facts << QStringLiteral("{{ }}");
        if (property.deprecated)
            facts << Tr::tr("deprecated");
        if (property.defaultValue && !property.defaultValue->isNull())
            facts << Tr::tr("default %1").arg(escaped(property.defaultValue->isText() ? property.defaultValue->text() : flow::toJson(*property.defaultValue)).left(80));
        html += QStringLiteral("<p><b>%1</b>&nbsp; <small>%2</small>").arg(escaped(property.name), facts.join(QStringLiteral(" · ")));
        if (!property.description.empty())
            html += QStringLiteral("<br>%1").arg(escaped(property.description));
        html += QStringLiteral("</p>");
    }
}

} // namespace

QString documentationOf(const flow::TaskType &type)
{
    const QString name = QString::fromStdString(type.name);
    QString html = QStringLiteral("<h3>%1</h3><p><code>%2</code></p>").arg(name.section(QLatin1Char('.'), -1).toHtmlEscaped(), name.toHtmlEscaped());
    if (type.deprecated)
        html += QStringLiteral("<p><b>%1</b></p>").arg(Tr::tr("Deprecated"));
    if (!type.description.empty())
        html += QStringLiteral("<p>%1</p>").arg(escaped(type.description));
    // required ones first, in the catalog's order
    std::vector<flow::Property> required, rest;
    for (const flow::Property &property : type.properties)
        (property.required ? required : rest).push_back(property);
    if (!type.properties.empty())
        html += QStringLiteral("<h4>%1</h4>").arg(Tr::tr("Properties"));
    appendProperties(html, required);
    appendProperties(html, rest);
    if (!type.outputs.empty())
        html += QStringLiteral("<h4>%1</h4>").arg(Tr::tr("Outputs"));
    appendProperties(html, type.outputs);
    if (!type.aliases.empty()) {
        QStringList names;
        for (const std::string &alias : type.aliases)
            names << escaped(alias);
        html += QStringLiteral("<h4>%1</h4><p>%2</p>").arg(Tr::tr("Older names"), names.join(QStringLiteral("<br>")));
    }
    return html;
}

DocsPanel::DocsPanel(AppState &state, QWidget *parent) : QWidget(parent), m_state(state), m_search(new QComboBox), m_text(new QTextBrowser)
{
    setProperty("role", "panel");
    const auto listTypes = [this] {
        QStringList types;
        for (const flow::PluginGroup group : {flow::PluginGroup::Task, flow::PluginGroup::Trigger, flow::PluginGroup::Condition, flow::PluginGroup::TaskRunner})
            for (const flow::TaskType *type : m_state.catalog()->types(group))
                types << QString::fromStdString(type->name);
        m_search->clear();
        m_search->addItems(types);
        m_search->setCurrentIndex(-1);
    };
    m_search->setEditable(true);
    m_search->setInsertPolicy(QComboBox::NoInsert);
    listTypes();
    connect(&state, &AppState::projectTypesChanged, this, listTypes);
    m_search->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_search->setMinimumContentsLength(10);
    m_search->completer()->setFilterMode(Qt::MatchContains);
    m_search->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_search->setAccessibleName(Tr::tr("Type to look up"));
    m_search->lineEdit()->setPlaceholderText(Tr::tr("Look up a type"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->setAccessibleName(Tr::tr("Documentation"));
    auto *field = new QVBoxLayout;
    field->setContentsMargins(8, 8, 8, 8);
    field->addWidget(m_search);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(field);
    layout->addWidget(m_text, 1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kRest);
    connect(&m_timer, &QTimer::timeout, this, &DocsPanel::follow);
    connect(m_search, &QComboBox::textActivated, this, &DocsPanel::showType);
    connect(m_search->lineEdit(), &QLineEdit::returnPressed, this, [this] { showType(m_search->currentText()); });
    connect(&state, &AppState::themeChanged, this, &DocsPanel::refresh);
    setFocusProxy(m_search);
    setMinimumWidth(state.theme().scaled(240));
    refresh();
}

QLineEdit &DocsPanel::search()
{
    return *m_search->lineEdit();
}

void DocsPanel::setPage(FlowPage *page)
{
    if (m_page)
        m_page->textView().disconnect(&m_timer);
    m_page = page;
    if (!page)
        return;
    connect(page, &QObject::destroyed, this, [this, page] {
        if (m_page == page)
            m_page = nullptr;
    });
    connect(&page->textView(), &editor::YamlEditor::caretMoved, &m_timer, qOverload<>(&QTimer::start));
    follow();
}

/// The innermost type around the caret: of the task, trigger or input it stands in.
void DocsPanel::follow()
{
    if (!m_page || !isVisible())
        return;
    const flow::Snapshot snapshot = m_page->session().snapshot();
    if (!snapshot.flow || snapshot.flowRevision != snapshot.revision)
        return;
    const std::size_t offset = m_page->textView().caretOffset();
    std::string type;
    if (const flow::Task *task = snapshot.flow->taskAt(offset))
        type = task->type;
    for (const std::vector<flow::Item> *items : {&snapshot.flow->triggers, &snapshot.flow->inputs})
        for (const flow::Item &item : *items)
            if (item.range.begin <= offset && offset < item.range.end)
                type = item.type;
    if (!type.empty())
        showType(QString::fromStdString(type));
}

void DocsPanel::showType(const QString &type)
{
    if (type == m_type)
        return;
    m_type = type;
    refresh();
}

void DocsPanel::refresh()
{
    m_text->document()->setDefaultFont(m_state.theme().font(13));
    const flow::TaskCatalog &catalog = *m_state.catalog();
    const flow::TaskType *type = catalog.find(m_type.toStdString());
    if (!type)
        type = catalog.findInput(m_type.toStdString());
    if (type)
        m_text->setHtml(documentationOf(*type));
    else if (m_type.isEmpty())
        m_text->setPlainText(Tr::tr("Put the caret into a task, or look up a type."));
    else
        m_text->setPlainText(Tr::tr("The catalog has no type %1.").arg(m_type));
}

} // namespace app
