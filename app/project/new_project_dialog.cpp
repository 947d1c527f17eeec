#include "app/project/new_project_dialog.h"

#include "app/app_state.h"
#include "app/messages.h"
#include "app/project/new_flow_dialog.h"
#include "editor/file_io.h"
#include "git/core/repository.h"
#include "ui/tr.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace app {

namespace {

const char kHello[] = "# The first flow of the project: change it, run it with Ctrl+E.\n"
                      "id: hello\n"
                      "namespace: %1\n"
                      "\n"
                      "inputs:\n"
                      "  - id: name\n"
                      "    type: STRING\n"
                      "    defaults: world\n"
                      "\n"
                      "tasks:\n"
                      "  - id: say\n"
                      "    type: io.kestra.plugin.core.log.Log\n"
                      "    message: Hello {{ inputs.name }}\n";

} // namespace

QString createProject(const NewProject &project)
{
    const QDir folder(project.folder);
    const QString flows = folder.filePath(project.namespaceId + QStringLiteral("/flows"));
    const QString files = folder.filePath(project.namespaceId + QStringLiteral("/files"));
    if (!QDir().mkpath(flows) || !QDir().mkpath(files))
        return Tr::tr("%1 can't be made.").arg(flows);
    if (project.firstFlow) {
        const std::string text = QString::fromLatin1(kHello).arg(project.namespaceId).toStdString();
        if (auto written = editor::writeFile(flows + QStringLiteral("/hello.yaml"), text); !written)
            return sentence(written.error());
    }
    if (project.git)
        if (auto made = git::Repository::create(project.folder.toStdString()); !made)
            return sentence(made.error());
    return {};
}

NewProjectDialog::NewProjectDialog(AppState &state, const QString &place, QWidget *parent)
    : QDialog(parent), m_state(state), m_name(new QLineEdit(QStringLiteral("flows"))), m_place(new QLineEdit(place)),
      m_namespace(new QLineEdit(QStringLiteral("company.team"))), m_flow(new QCheckBox(Tr::tr("With a first flow"))),
      m_git(new QCheckBox(Tr::tr("With a Git repository"))), m_problem(new QLabel), m_create(new QPushButton(Tr::tr("Create project")))
{
    setWindowTitle(Tr::tr("New project"));
    setMinimumWidth(480);
    m_name->setAccessibleName(Tr::tr("Name"));
    m_place->setAccessibleName(Tr::tr("Place"));
    m_namespace->setAccessibleName(Tr::tr("Namespace"));
    m_flow->setChecked(true);
    m_git->setChecked(true);
    m_problem->setWordWrap(true);
    auto *browse = new QPushButton(Tr::tr("Choose…"));
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, Tr::tr("Place of the project"), m_place->text());
        if (!folder.isEmpty())
            m_place->setText(folder);
    });
    auto *where = new QHBoxLayout;
    where->setSpacing(8);
    where->addWidget(m_place, 1);
    where->addWidget(browse);
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->setVerticalSpacing(8);
    form->addRow(Tr::tr("&Name"), m_name);
    auto *placeLabel = new QLabel(Tr::tr("&Place"));
    placeLabel->setBuddy(m_place); // a row of two has no label of its own
    form->addRow(placeLabel, where);
    form->addRow(Tr::tr("Name&space"), m_namespace);
    form->addRow(m_flow);
    form->addRow(m_git);
    form->addRow(m_problem);
    m_create->setProperty("role", "primary");
    m_create->setDefault(true);
    auto *cancel = new QPushButton(Tr::tr("Cancel"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_create, &QPushButton::clicked, this, &QDialog::accept);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_create);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addLayout(buttons);
    for (QLineEdit *field : {m_name, m_place, m_namespace})
        connect(field, &QLineEdit::textChanged, this, &NewProjectDialog::check);
    m_name->selectAll();
    check();
}

NewProject NewProjectDialog::project() const
{
    return {QDir(m_place->text().trimmed()).absoluteFilePath(m_name->text().trimmed()), m_namespace->text().trimmed(), m_flow->isChecked(), m_git->isChecked()};
}

void NewProjectDialog::check()
{
    const NewProject wanted = project();
    QString problem;
    if (m_name->text().trimmed().isEmpty() || m_name->text().contains(QLatin1Char('/')))
        problem = Tr::tr("A project needs a name without /.");
    else if (!QFileInfo(m_place->text().trimmed()).isDir())
        problem = Tr::tr("There is no folder %1.").arg(m_place->text().trimmed());
    else if (!QFileInfo(m_place->text().trimmed()).isWritable())
        problem = Tr::tr("%1 may not be written.").arg(m_place->text().trimmed());
    else if (QFileInfo(wanted.folder).exists() && (!QFileInfo(wanted.folder).isDir() || !QDir(wanted.folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)))
        problem = Tr::tr("%1 exists and is not empty.").arg(wanted.folder);
    else
        problem = namespaceProblem(wanted.namespaceId);
    const bool fine = problem.isEmpty();
    m_problem->setText(fine ? wanted.folder : problem);
    m_problem->setStyleSheet(QStringLiteral("color: %1").arg(m_state.theme().color(fine ? "text2" : "s_failed").name()));
    m_create->setEnabled(fine);
    m_create->setToolTip(fine ? QString() : problem);
}

} // namespace app
