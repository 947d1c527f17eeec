#include "app/project/new_flow_dialog.h"

#include "app/app_state.h"
#include "app/project.h"
#include "canvas/canvas_view.h"
#include "engine/flow/analysis.h"
#include "ui/tr.h"

#include <QAbstractListModel>
#include <QComboBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRegularExpression>
#include <QTimer>
#include <QVBoxLayout>

namespace app {

QString flowIdProblem(const QString &id)
{
    static const QRegularExpression form(QStringLiteral("^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$"));
    return form.match(id).hasMatch() ? QString() : Tr::tr("An id has letters, digits, dots, - and _, and begins with a letter or digit.");
}

QString namespaceProblem(const QString &namespaceId)
{
    static const QRegularExpression form(QStringLiteral("^[a-z0-9][a-z0-9._-]{0,149}$"));
    return form.match(namespaceId).hasMatch() ? QString() : Tr::tr("A namespace has small letters, digits, dots, - and _, as company.team.");
}

/// The empty flow, then the blueprints that match.
class BlueprintModel : public QAbstractListModel
{
public:
    BlueprintModel(AppState &state, QObject *parent) : QAbstractListModel(parent), m_state(state)
    {
        search({});
    }
    void search(const QString &query)
    {
        beginResetModel();
        m_shown.clear();
        if (matches(m_empty, query))
            m_shown.push_back(&m_empty);
        for (const Blueprint &blueprint : blueprints(m_state.language()))
            if (matches(blueprint, query))
                m_shown.push_back(&blueprint);
        endResetModel();
    }
    const Blueprint &at(int row) const { return row >= 0 && row < int(m_shown.size()) ? *m_shown[std::size_t(row)] : m_empty; }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_shown.size()); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid())
            return {};
        const Blueprint &blueprint = at(index.row());
        switch (role) {
        case Qt::DisplayRole: return blueprint.title;
        case Qt::ToolTipRole: return blueprint.description;
        case Qt::AccessibleTextRole: return QStringLiteral("%1. %2").arg(blueprint.title, blueprint.description);
        case Qt::DecorationRole: return m_state.theme().icon(QStringLiteral("file-flow"), m_state.theme().color("accent"));
        default: return {};
        }
    }

private:
    AppState &m_state;
    const Blueprint m_empty = emptyFlow();
    std::vector<const Blueprint *> m_shown;
};

NewFlowDialog::NewFlowDialog(AppState &state, const Project &project, const QString &openFlow, QWidget *parent)
    : QDialog(parent), m_state(state), m_project(project), m_model(new BlueprintModel(state, this)), m_search(new QLineEdit), m_list(new QListView),
      m_canvas(new canvas::CanvasView), m_about(new QLabel), m_id(new QLineEdit), m_namespace(new QComboBox), m_problem(new QLabel),
      m_create(new QPushButton(Tr::tr("Create flow")))
{
    setWindowTitle(Tr::tr("New flow"));
    resize(920, 600);
    m_search->setPlaceholderText(Tr::tr("Search blueprints"));
    m_search->setAccessibleName(Tr::tr("Search blueprints"));
    m_search->setClearButtonEnabled(true);
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({16, 16});
    m_list->setAccessibleName(Tr::tr("Blueprints"));
    m_list->setFixedWidth(280);
    m_canvas->setTheme(state.theme());
    m_canvas->setCatalog(state.catalog());
    m_canvas->setMinimapShown(false);
    m_canvas->setAccessibleName(Tr::tr("Preview"));
    m_canvas->flowScene().setReducedMotion(true);
    m_canvas->setFocusPolicy(Qt::NoFocus); // only to be looked at: Tab goes on to the fields
    m_about->setWordWrap(true);
    m_about->setProperty("role", "quiet");
    m_id->setAccessibleName(Tr::tr("Id"));
    m_namespace->setEditable(true);
    m_namespace->setAccessibleName(Tr::tr("Namespace"));
    m_problem->setWordWrap(true);
    QStringList namespaces;
    for (const FlowFile &file : project.flows())
        if (!file.namespaceId.isEmpty() && !namespaces.contains(file.namespaceId))
            namespaces << file.namespaceId;
    if (namespaces.isEmpty())
        namespaces << QStringLiteral("company.team");
    m_namespace->addItems(namespaces);
    m_create->setProperty("role", "primary");
    m_create->setDefault(true);
    auto *cancel = new QPushButton(Tr::tr("Cancel"));
    cancel->setAutoDefault(false);

    auto *left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(m_search);
    left->addWidget(m_list, 1);
    auto *right = new QVBoxLayout;
    right->setSpacing(8);
    right->addWidget(m_about);
    right->addWidget(m_canvas, 1);
    auto *fields = new QGridLayout;
    fields->setHorizontalSpacing(12);
    fields->setVerticalSpacing(4);
    auto *idLabel = new QLabel(Tr::tr("&Id"));
    idLabel->setBuddy(m_id);
    auto *spaceLabel = new QLabel(Tr::tr("&Namespace"));
    spaceLabel->setBuddy(m_namespace);
    fields->addWidget(idLabel, 0, 0);
    fields->addWidget(spaceLabel, 0, 1);
    fields->addWidget(m_id, 1, 0);
    fields->addWidget(m_namespace, 1, 1);
    fields->addWidget(m_problem, 2, 0, 1, 2);
    right->addLayout(fields);
    auto *top = new QHBoxLayout;
    top->setSpacing(12);
    top->addLayout(left);
    top->addLayout(right, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    if (!openFlow.isEmpty()) {
        auto *insert = new QPushButton(Tr::tr("Insert into %1").arg(openFlow));
        insert->setAutoDefault(false);
        insert->setObjectName(QStringLiteral("insert"));
        buttons->addWidget(insert);
        connect(insert, &QPushButton::clicked, this, [this] {
            m_insert = true;
            accept();
        });
    }
    buttons->addWidget(m_create);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(12);
    layout->addLayout(top, 1);
    layout->addLayout(buttons);

    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_create, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->search(text);
        m_list->setCurrentIndex(m_model->index(0));
        showCurrent();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &NewFlowDialog::showCurrent);
    connect(m_list, &QListView::doubleClicked, m_create, &QPushButton::click);
    connect(m_id, &QLineEdit::textEdited, this, [this] { m_idTyped = true; });
    connect(m_id, &QLineEdit::textChanged, this, &NewFlowDialog::check);
    connect(m_namespace, &QComboBox::editTextChanged, this, &NewFlowDialog::check);
    m_list->setCurrentIndex(m_model->index(0));
    showCurrent();
    m_search->setFocus();
}

const Blueprint &NewFlowDialog::chosen() const
{
    return m_model->at(m_list->currentIndex().row());
}

QString NewFlowDialog::flowId() const
{
    return m_id->text().trimmed();
}

QString NewFlowDialog::namespaceId() const
{
    return m_namespace->currentText().trimmed();
}

QString NewFlowDialog::filePath() const
{
    return QStringLiteral("%1/%2/flows/%3.yaml").arg(m_project.folder(), namespaceId(), flowId());
}

void NewFlowDialog::showCurrent()
{
    const Blueprint &blueprint = chosen();
    m_about->setText(blueprint.tags.isEmpty() ? blueprint.description
                                              : QStringLiteral("%1  ·  %2").arg(blueprint.description, blueprint.tags.join(QStringLiteral(", "))));
    flow::FlowDocument document(blueprint.text);
    document.adopt(flow::analyse(blueprint.text, document.revision(), *m_state.catalog()));
    m_canvas->showSnapshot(document.snapshot());
    QTimer::singleShot(0, m_canvas, &canvas::CanvasView::zoomToFit);
    if (!m_idTyped) {
        QString id = blueprint.id;
        for (int n = 2; m_project.findFlow(namespaceId(), id); ++n)
            id = QStringLiteral("%1_%2").arg(blueprint.id).arg(n);
        m_id->setText(id);
    }
    check();
}

void NewFlowDialog::check()
{
    QString problem = flowIdProblem(flowId());
    if (problem.isEmpty())
        problem = namespaceProblem(namespaceId());
    if (problem.isEmpty() && (m_project.findFlow(namespaceId(), flowId()) || QFileInfo::exists(filePath())))
        problem = Tr::tr("%1 has a flow %2 already.").arg(namespaceId(), flowId());
    const bool fine = problem.isEmpty();
    m_problem->setText(fine ? m_project.relativePath(filePath()) : problem);
    m_problem->setProperty("role", fine ? "quiet" : "problem");
    m_problem->setStyleSheet(QStringLiteral("color: %1").arg(m_state.theme().color(fine ? "text2" : "s_failed").name()));
    m_create->setEnabled(fine);
    m_create->setToolTip(fine ? QString() : problem);
}

} // namespace app
