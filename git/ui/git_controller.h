#pragma once

#include "git/core/repository.h"

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace git {

/// What the panels show of one repository: read together, on the worker.
struct RepositoryState
{
    bool isRepository = false;
    Head head;
    std::vector<Branch> branches;
    std::vector<FileStatus> files;
    std::vector<Commit> unpushed;
    std::vector<Remote> remotes;
    QString workDir;

    const Branch *currentBranch() const;
};

/// An error in words, made by the app: one sentence of cause, one of what to do.
struct ErrorWords
{
    QString cause;
    QString action;
};

enum class StepId { Save, Validate, Scan, Commit, Fetch, Push, Verify };
enum class StepState {
    Waiting, ///< not reached, or not needed after a failure
    Running,
    Done,
    Failed,
};

struct PushStep
{
    StepId id = StepId::Save;
    StepState state = StepState::Waiting;
    QString fact;           ///< one line: "3 files written"
    qint64 milliseconds = -1;
};

/// What Commit and push is asked to do. Paths are relative to the work tree; none means push only.
struct PushOrder
{
    QString branch;         ///< made at HEAD when there is none of that name
    QStringList paths;
    QString message;
    bool allowSecrets = false; ///< the user has looked at what seems a secret and says it is none
};

enum class PushPhase { Idle, Running, Pushed, NotPushed };

/// How the last push order is going.
struct PushProgress
{
    PushPhase phase = PushPhase::Idle;
    PushOrder order;
    QString url;
    QString oid;                   ///< of Pushed, as read back from the remote
    std::vector<PushStep> steps;
    std::optional<Error> error;    ///< of NotPushed, unless a check of ours refused
    ErrorWords words;              ///< of NotPushed
    const PushStep *failedStep() const;
};

/// One repository behind the Git panels: reads it and works on it on one worker thread, and tells in
/// signals. GUI thread. Knows nothing of flows: what to save and check before a push is handed in.
class GitController : public QObject
{
    Q_OBJECT

public:
    /// Runs on the GUI thread before a commit. `failure` not empty stops the push with these words.
    struct CheckResult
    {
        QString fact;
        QString failure;
        QString action;
    };
    using Check = std::function<CheckResult(const QStringList &paths)>;
    using Words = std::function<ErrorWords(const Error &)>;

    GitController(Words words, QObject *parent = nullptr);
    ~GitController() override;

    void setSave(Check save) { m_save = std::move(save); }
    void setValidate(Check validate) { m_validate = std::move(validate); }
    /// The folder whose repository is shown; reads it anew.
    void setFolder(const QString &folder);
    QString folder() const { return m_folder; }

    const RepositoryState &state() const { return m_state; }
    const PushProgress &progress() const { return m_progress; }
    bool busy() const { return m_progress.phase == PushPhase::Running; }

    void refresh();
    void createRepository();
    /// Why a new branch can't have this name, as a sentence; empty when it can.
    QString faultOfBranchName(const QString &name) const;
    void createBranch(const QString &name);
    void switchBranch(const QString &name);
    void setIdentity(const QString &name, const QString &email);
    void setRemote(const QString &url);
    void fetch();
    void commitAndPush(const PushOrder &order);
    /// Goes on with the last order from what is still to do; `branch` may name another one.
    void pushAgain(const QString &branch = {});
    /// The same after a SecretFound that is none.
    void pushWithFindings();
    void cancel();
    void requestDiff(const QString &path, int contextLines);

    /// The answer to credentialsNeeded; nothing gives up.
    void answerCredentials(std::optional<Credentials> credentials);

signals:
    void stateChanged();
    void progressChanged();
    void credentialsNeeded(const git::CredentialsQuestion &question);
    /// A wish other than a push that failed.
    void failed(const git::ErrorWords &words);
    void diffReady(const git::FileDiff &diff);
    void branchSwitched(const QString &name);

private:
    template <typename Work>
    void run(Work work);
    void act(std::function<Result<>(Repository &)> work, std::function<void()> done = {});
    void watch();
    bool check(StepId id, const Check &check);
    void work(const PushOrder &order, const std::string &folder, const std::string &url);
    void post(std::function<void()> call);
    void startStep(StepId id);
    void endStep(StepId id, StepState state, const QString &fact);
    void finish(PushPhase phase);
    void failPush(StepId id, const Error &error);
    PushStep &step(StepId id);
    std::optional<Credentials> askOnce(const CredentialsQuestion &question);

    Words m_words;
    Check m_save;
    Check m_validate;
    QString m_folder;
    RepositoryState m_state;
    PushProgress m_progress;
    QElapsedTimer m_stepClock;
    QFileSystemWatcher m_watcher;
    QThreadPool m_pool; // one thread: work is done in order
    std::atomic<bool> m_cancel = false;
    std::atomic<bool> m_ending = false;
    bool m_refreshWaiting = false;

    std::mutex m_answerMutex;
    std::condition_variable m_answered;
    bool m_haveAnswer = false;
    std::optional<Credentials> m_answer;
};

} // namespace git
