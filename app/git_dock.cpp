#include "app/git_dock.h"

#include "app/app_state.h"
#include "app/diff_page.h"
#include "app/document_area.h"
#include "app/messages.h"
#include "app/project.h"
#include "engine/flow/analysis.h"
#include "git/ui/changes_panel.h"
#include "git/ui/push_panel.h"
#include "ui/tr.h"

#include <QDir>
#include <QFileInfo>

namespace app {

GitDock::GitDock(AppState &state, DocumentArea &documents, QObject *parent)
    : QObject(parent), m_state(state), m_documents(documents), m_controller(new git::GitController(wordsOf, this)),
      m_changes(nullptr), m_push(nullptr)
{
    const auto isFlow = [this](const QString &path) {
        return m_project && m_project->isFlow(QDir::cleanPath(m_controller->state().workDir + QLatin1Char('/') + path));
    };
    m_changes = new git::ChangesPanel(*m_controller, state.theme(), isFlow);
    m_push = new git::PushPanel(*m_controller, state.theme());
    m_controller->setSave([this](const QStringList &paths) { return save(paths); });
    m_controller->setValidate([this](const QStringList &paths) { return validate(paths); });
    connect(m_controller, &git::GitController::stateChanged, this, &GitDock::changed);
    connect(m_controller, &git::GitController::progressChanged, this, &GitDock::changed);
    connect(m_controller, &git::GitController::failed, this, [this](const git::ErrorWords &words) {
        emit failed(words.action.isEmpty() ? words.cause : words.cause + QLatin1Char(' ') + words.action);
    });
    connect(m_controller, &git::GitController::diffReady, this, [this](const git::FileDiff &diff) {
        m_documents.showDiff(QString::fromStdString(diff.path), diff);
    });
    connect(m_changes, &git::ChangesPanel::fileActivated, this, &GitDock::showDiff);
    connect(m_changes, &git::ChangesPanel::pushStarted, this, &GitDock::pushStarted);
    connect(&documents, &DocumentArea::saved, m_controller, &git::GitController::refresh);
    connect(&documents, &DocumentArea::diffUnfolded, this, [this](const QString &path) { m_controller->requestDiff(path, 1'000'000); });
    connect(&state, &AppState::themeChanged, this, [this](const ui::Theme &theme) {
        m_changes->setTheme(theme);
        m_push->setTheme(theme);
    });
}

void GitDock::setProject(const Project *project)
{
    m_project = project;
    m_controller->setFolder(project ? project->folder() : QString());
}

QHash<QString, QString> GitDock::marks() const
{
    QHash<QString, QString> marks;
    const git::RepositoryState &state = m_controller->state();
    for (const git::FileStatus &file : state.files)
        marks.insert(QDir::cleanPath(state.workDir + QLatin1Char('/') + QString::fromStdString(file.path)), git::signOf(file.state));
    return marks;
}

int GitDock::changedFiles() const
{
    return int(m_controller->state().files.size());
}

int GitDock::commitsToPush() const
{
    return int(m_controller->state().unpushed.size());
}

void GitDock::showDiff(const QString &path)
{
    m_controller->requestDiff(path, 3);
}

git::GitController::CheckResult GitDock::save(const QStringList &paths)
{
    int saved = 0;
    for (DocumentPage *page : m_documents.pages()) {
        if (!page->isModified() || page->filePath().isEmpty())
            continue;
        if (auto done = page->save(); !done)
            return {{}, sentence(done.error()), Tr::tr("Save it, then push again.")};
        ++saved;
    }
    Q_UNUSED(paths)
    return {saved == 0 ? Tr::tr("All files were saved") : Tr::tr("%n file(s) written", nullptr, saved), {}, {}};
}

/// The real engine would refuse a flow with errors, so it is not pushed.
git::GitController::CheckResult GitDock::validate(const QStringList &paths)
{
    int flows = 0, warnings = 0;
    for (const QString &relative : paths) {
        const QString path = m_controller->state().workDir + QLatin1Char('/') + relative;
        if (!m_project || !m_project->isFlow(QDir::cleanPath(path)))
            continue;
        const auto text = editor::readFile(path);
        if (!text)
            continue; // deleted: nothing to check
        ++flows;
        const flow::Analysis analysis = flow::analyse(*text, {}, *m_state.catalog());
        const flow::LineIndex lines(*text);
        for (const flow::Diagnostic &diagnostic : analysis.diagnostics) {
            if (diagnostic.severity == flow::Severity::Error)
                return {{}, Tr::tr("%1, line %2: %3").arg(QFileInfo(path).fileName()).arg(lines.position(diagnostic.range.begin).line).arg(sentence(diagnostic)),
                        Tr::tr("Mend it, then push again. Nothing was committed.")};
            warnings += diagnostic.severity == flow::Severity::Warning;
        }
    }
    return {Tr::tr("%n flow(s), no errors", nullptr, flows) + (warnings > 0 ? QStringLiteral(", ") + Tr::tr("%n warning(s)", nullptr, warnings) : QString()), {}, {}};
}

} // namespace app
