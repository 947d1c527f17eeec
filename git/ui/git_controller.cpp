#include "git/ui/git_controller.h"

#include "git/core/secret_scan.h"

#include "ui/tr.h"

#include <QDir>
#include <QFile>
#include <QMetaObject>

#include <algorithm>

namespace git {

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

Result<RepositoryState> readState(const std::string &folder)
{
    RepositoryState state;
    Result<Repository> repository = Repository::open(folder);
    if (!repository) {
        if (repository.error().code == ErrorCode::NotARepository)
            return state;
        return repository.error();
    }
    state.isRepository = true;
    state.workDir = text(repository->workDir().string());
    const auto head = repository->head();
    auto branches = repository->branches();
    auto files = repository->status();
    auto unpushed = repository->unpushed();
    auto remotes = repository->remotes();
    if (!head)
        return head.error();
    if (!files)
        return files.error();
    state.head = *head;
    state.files = std::move(*files);
    if (branches)
        state.branches = std::move(*branches);
    if (unpushed)
        state.unpushed = std::move(*unpushed);
    if (remotes)
        state.remotes = std::move(*remotes);
    return state;
}

Result<> goToBranch(Repository &repository, const std::string &branch)
{
    const auto head = repository.head();
    if (!head)
        return head.error();
    if (head->branch == branch)
        return {};
    const auto branches = repository.branches();
    if (!branches)
        return branches.error();
    const bool exists = std::any_of(branches->begin(), branches->end(), [&](const Branch &b) { return b.name == branch; });
    return exists ? repository.switchBranch(branch) : repository.createBranch(branch);
}

} // namespace

const Branch *RepositoryState::currentBranch() const
{
    const auto found = std::find_if(branches.begin(), branches.end(), [](const Branch &b) { return b.current; });
    return found == branches.end() ? nullptr : &*found;
}

const PushStep *PushProgress::failedStep() const
{
    const auto found =
        std::find_if(steps.begin(), steps.end(), [](const PushStep &step) { return step.state == StepState::Failed; });
    return found == steps.end() ? nullptr : &*found;
}

GitController::GitController(Words words, QObject *parent) : QObject(parent), m_words(std::move(words))
{
    m_pool.setMaxThreadCount(1);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &GitController::refresh);
    connect(this, &GitController::stateChanged, this, &GitController::watch);
}

// Git replaces these files, so they are watched anew after each change. Work of other programs shows here.
void GitController::watch()
{
    if (!m_watcher.files().isEmpty())
        m_watcher.removePaths(m_watcher.files());
    for (const char *name : {".git/HEAD", ".git/index"})
        if (const QString path = QDir(m_state.workDir).filePath(QLatin1String(name)); m_state.isRepository && QFile::exists(path))
            m_watcher.addPath(path);
}

GitController::~GitController()
{
    m_ending = true;
    m_cancel = true;
    m_answered.notify_all();
    m_pool.waitForDone();
}

template <typename Work>
void GitController::run(Work work)
{
    m_pool.start([this, work = std::move(work)] { work(); });
}

void GitController::post(std::function<void()> call)
{
    QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
}

void GitController::setFolder(const QString &folder)
{
    m_folder = folder;
    m_state = {};
    m_progress = {};
    emit progressChanged();
    refresh();
}

void GitController::refresh()
{
    if (m_folder.isEmpty() || m_refreshWaiting)
        return;
    m_refreshWaiting = true;
    run([this, folder = m_folder.toStdString()] {
        auto read = readState(folder);
        post([this, folder, read = std::move(read)] {
            m_refreshWaiting = false;
            if (folder != m_folder.toStdString())
                return;
            if (!read) {
                emit failed(m_words(read.error()));
                return;
            }
            m_state = *read;
            emit stateChanged();
        });
    });
}

void GitController::act(std::function<Result<>(Repository &)> work, std::function<void()> done)
{
    run([this, folder = m_folder.toStdString(), work = std::move(work), done = std::move(done)] {
        Result<Repository> repository = Repository::open(folder);
        const Result<> result = repository ? work(*repository) : Result<>(repository.error());
        post([this, result, done] {
            if (!result)
                emit failed(m_words(result.error()));
            else if (done)
                done();
            refresh();
        });
    });
}

void GitController::createRepository()
{
    run([this, folder = m_folder.toStdString()] {
        const auto created = Repository::create(folder);
        const std::optional<Error> error = created ? std::nullopt : std::optional<Error>(created.error());
        post([this, error] {
            if (error)
                emit failed(m_words(*error));
            refresh();
        });
    });
}

QString GitController::faultOfBranchName(const QString &name) const
{
    const std::string text = name.toStdString();
    if (!Repository::isBranchName(text))
        return m_words({ErrorCode::InvalidBranchName, {text}, {}}).cause;
    const bool taken = std::any_of(m_state.branches.begin(), m_state.branches.end(), [&](const Branch &branch) { return branch.name == text; });
    return taken ? m_words({ErrorCode::BranchExists, {text}, {}}).cause : QString();
}

void GitController::createBranch(const QString &name)
{
    act([name = name.toStdString()](Repository &repository) { return repository.createBranch(name); },
        [this, name] { emit branchSwitched(name); });
}

void GitController::switchBranch(const QString &name)
{
    act([name = name.toStdString()](Repository &repository) { return repository.switchBranch(name); },
        [this, name] { emit branchSwitched(name); });
}

void GitController::setIdentity(const QString &name, const QString &email)
{
    act([name = name.toStdString(), email = email.toStdString()](Repository &repository) {
        return repository.setIdentity(name, email);
    });
}

void GitController::setRemote(const QString &url)
{
    act([url = url.toStdString()](Repository &repository) { return repository.setRemote("origin", url); });
}

void GitController::fetch()
{
    m_cancel = false;
    act([this](Repository &repository) -> Result<> {
        PushRequest request;
        if (const auto head = repository.head())
            request.branch = head->branch;
        request.cancel = &m_cancel;
        request.credentials = [this](const CredentialsQuestion &question) { return askOnce(question); };
        return repository.fetch(request);
    });
}

void GitController::requestDiff(const QString &path, int contextLines)
{
    run([this, folder = m_folder.toStdString(), path = path.toStdString(), contextLines] {
        const auto repository = Repository::open(folder);
        if (!repository)
            return;
        const auto diff = repository->diff(path, contextLines);
        post([this, diff] {
            if (diff)
                emit diffReady(*diff);
            else
                emit failed(m_words(diff.error()));
        });
    });
}

std::optional<Credentials> GitController::askOnce(const CredentialsQuestion &question)
{
    std::unique_lock lock(m_answerMutex);
    m_haveAnswer = false;
    post([this, question] { emit credentialsNeeded(question); });
    m_answered.wait(lock, [this] { return m_haveAnswer || m_ending; });
    return m_haveAnswer ? m_answer : std::nullopt;
}

void GitController::answerCredentials(std::optional<Credentials> credentials)
{
    {
        const std::lock_guard lock(m_answerMutex);
        m_answer = std::move(credentials);
        m_haveAnswer = true;
    }
    m_answered.notify_all();
}

PushStep &GitController::step(StepId id)
{
    return m_progress.steps.at(static_cast<std::size_t>(id));
}

void GitController::startStep(StepId id)
{
    step(id).state = StepState::Running;
    m_stepClock.start();
    emit progressChanged();
}

void GitController::endStep(StepId id, StepState state, const QString &fact)
{
    step(id).state = state;
    step(id).fact = fact;
    step(id).milliseconds = m_stepClock.elapsed();
    emit progressChanged();
}

void GitController::finish(PushPhase phase)
{
    m_progress.phase = phase;
    emit progressChanged();
    refresh();
}

void GitController::failPush(StepId id, const Error &error)
{
    m_progress.error = error;
    m_progress.words = m_words(error);
    endStep(id, StepState::Failed, m_progress.words.cause.section(QLatin1Char('\n'), 0, 0));
    finish(PushPhase::NotPushed);
}

bool GitController::check(StepId id, const Check &check)
{
    startStep(id);
    const CheckResult result = check ? check(m_progress.order.paths) : CheckResult{};
    if (result.failure.isEmpty()) {
        endStep(id, StepState::Done, result.fact);
        return true;
    }
    m_progress.words = {result.failure, result.action};
    endStep(id, StepState::Failed, result.fact);
    finish(PushPhase::NotPushed);
    return false;
}

void GitController::commitAndPush(const PushOrder &order)
{
    if (busy() || m_folder.isEmpty())
        return;
    m_cancel = false;
    m_progress = {};
    m_progress.phase = PushPhase::Running;
    m_progress.order = order;
    m_progress.url = m_state.remotes.empty() ? QString() : text(m_state.remotes.front().url);
    for (StepId id : {StepId::Save, StepId::Validate, StepId::Scan, StepId::Commit, StepId::Fetch, StepId::Push, StepId::Verify})
        m_progress.steps.push_back({id, StepState::Waiting, {}, -1});
    if (!check(StepId::Save, m_save) || !check(StepId::Validate, m_validate))
        return;
    startStep(StepId::Scan);
    run([this, order, folder = m_folder.toStdString(), url = m_progress.url.toStdString()] { work(order, folder, url); });
}

// On the worker. Each step is told to the GUI thread when it begins and ends.
void GitController::work(const PushOrder &order, const std::string &folder, const std::string &url)
{
    const auto refuse = [this](StepId id, const Error &error) { post([this, id, error] { failPush(id, error); }); };
    const auto next = [this](StepId ended, const QString &fact, StepId begun) {
        post([this, ended, fact, begun] {
            endStep(ended, StepState::Done, fact);
            startStep(begun);
        });
    };
    Result<Repository> repository = Repository::open(folder);
    if (!repository)
        return refuse(StepId::Scan, repository.error());
    std::vector<std::string> paths;
    for (const QString &path : order.paths)
        paths.push_back(path.toStdString());
    if (!order.allowSecrets)
        if (const Result<> clean = refuseSecrets(*repository, paths); !clean)
            return refuse(StepId::Scan, clean.error());
    next(StepId::Scan, order.allowSecrets ? Tr::tr("Left out: you said it is no secret") : Tr::tr("No secret in %n files", nullptr, int(paths.size())),
         StepId::Commit);
    const std::string branch = order.branch.toStdString();
    if (const Result<> moved = goToBranch(*repository, branch); !moved)
        return refuse(StepId::Commit, moved.error());
    QString fact = Tr::tr("Nothing new to commit");
    if (!paths.empty()) {
        const auto oid = repository->commit(paths, order.message.toStdString());
        if (!oid)
            return refuse(StepId::Commit, oid.error());
        fact = text(oid->substr(0, 7));
    }
    next(StepId::Commit, fact, StepId::Fetch);

    std::optional<std::optional<Credentials>> given; // asked at most once for the whole order
    PushRequest request;
    request.branch = branch;
    request.cancel = &m_cancel;
    request.credentials = [&](const CredentialsQuestion &question) {
        if (!given)
            given = askOnce(question);
        return *given;
    };
    if (const Result<> fetched = repository->fetch(request); !fetched)
        return refuse(StepId::Fetch, fetched.error());
    const auto branches = repository->branches();
    const auto current = branches ? std::find_if(branches->begin(), branches->end(), [](const Branch &b) { return b.current; })
                                  : std::vector<Branch>::const_iterator();
    if (branches && current != branches->end() && current->behind > 0)
        return refuse(StepId::Fetch, {ErrorCode::NonFastForward, {}, url});
    next(StepId::Fetch, Tr::tr("The remote branch did not move"), StepId::Push);

    bool verifying = false;
    request.progress = [&](std::string_view stage) {
        if (stage != "verify")
            return;
        verifying = true;
        next(StepId::Push, {}, StepId::Verify);
    };
    const Result<Pushed> pushed = repository->push(request);
    if (!pushed)
        return refuse(verifying ? StepId::Verify : StepId::Push, pushed.error());
    post([this, pushed = *pushed] {
        m_progress.url = text(pushed.url);
        m_progress.oid = text(pushed.oid);
        endStep(StepId::Verify, StepState::Done,
                Tr::tr("%1/%2 shows %3").arg(text(pushed.remote), text(pushed.branch), text(pushed.oid.substr(0, 7))));
        finish(PushPhase::Pushed);
    });
}

void GitController::pushAgain(const QString &branch)
{
    PushOrder order = m_progress.order;
    if (!branch.isEmpty())
        order.branch = branch;
    const bool committed = std::any_of(m_progress.steps.begin(), m_progress.steps.end(), [](const PushStep &step) {
        return step.id == StepId::Commit && step.state == StepState::Done;
    });
    if (committed)
        order.paths.clear();
    commitAndPush(order);
}

void GitController::pushWithFindings()
{
    PushOrder order = m_progress.order;
    order.allowSecrets = true;
    commitAndPush(order);
}

void GitController::cancel()
{
    m_cancel = true;
}

} // namespace git
