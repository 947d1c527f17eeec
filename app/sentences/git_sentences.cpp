#include "app/sentences/git_sentences.h"

namespace app {

using git::ErrorCode;

Sentence sentenceOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotARepository:
        return {QT_TRANSLATE_NOOP("Tr", "%w is not in a Git repository."),
                QT_TRANSLATE_NOOP("Tr", "Create a repository there, or open a folder that is in one.")};
    case ErrorCode::NoRemote:
        return {QT_TRANSLATE_NOOP("Tr", "This repository has no remote to push to."),
                QT_TRANSLATE_NOOP("Tr", "Add one: git remote add origin URL.")};
    case ErrorCode::NoCommitYet:
        return {QT_TRANSLATE_NOOP("Tr", "Branch %1 has no commit yet."),
                QT_TRANSLATE_NOOP("Tr", "Commit a file first.")};
    case ErrorCode::DetachedHead:
        return {QT_TRANSLATE_NOOP("Tr", "HEAD is at a commit and on no branch, so a new commit could get lost."),
                QT_TRANSLATE_NOOP("Tr", "Choose or create a branch.")};
    case ErrorCode::MissingIdentity:
        return {QT_TRANSLATE_NOOP("Tr", "Git does not know who commits: user.name or user.email is not set."),
                QT_TRANSLATE_NOOP("Tr", "Set both: git config --global user.name NAME, git config --global user.email ADDRESS.")};
    case ErrorCode::NothingToCommit:
        return {QT_TRANSLATE_NOOP("Tr", "None of the chosen files differs from the last commit."),
                QT_TRANSLATE_NOOP("Tr", "Choose files that changed.")};
    case ErrorCode::InvalidBranchName:
        return {QT_TRANSLATE_NOOP("Tr", "%1 is not a valid branch name."),
                QT_TRANSLATE_NOOP("Tr", "Use letters, digits, - and /, without blanks.")};
    case ErrorCode::BranchExists:
        return {QT_TRANSLATE_NOOP("Tr", "Branch %1 exists already."),
                QT_TRANSLATE_NOOP("Tr", "Choose it, or take another name.")};
    case ErrorCode::NoSuchBranch:
        return {QT_TRANSLATE_NOOP("Tr", "There is no branch %1."), QT_TRANSLATE_NOOP("Tr", "Create it, or choose another.")};
    case ErrorCode::LocalChanges:
        return {QT_TRANSLATE_NOOP("Tr", "Switching to %w would overwrite changes in %1."),
                QT_TRANSLATE_NOOP("Tr", "Commit them first. Nothing was changed.")};
    case ErrorCode::Conflicted:
        return {QT_TRANSLATE_NOOP("Tr", "A merge is not finished: %1 has conflicts."),
                QT_TRANSLATE_NOOP("Tr", "Resolve them, then commit.")};
    case ErrorCode::OutsideRepository:
        return {QT_TRANSLATE_NOOP("Tr", "%1 is outside the repository %w."),
                QT_TRANSLATE_NOOP("Tr", "Choose files inside it.")};
    case ErrorCode::SecretFound:
        return {QT_TRANSLATE_NOOP("Tr", "%1 looks like a secret (%2): %3"),
                QT_TRANSLATE_NOOP("Tr", "Take it out of the file and read it with {{ secret('NAME') }}. Nothing was committed.")};
    case ErrorCode::HookRefused:
        return {QT_TRANSLATE_NOOP("Tr", "A hook of this repository refused: %1"),
                QT_TRANSLATE_NOOP("Tr", "Mend what it names and try again. Your files are as they were.")};
    case ErrorCode::SigningFailed:
        return {QT_TRANSLATE_NOOP("Tr", "The commit could not be signed: %1"),
                QT_TRANSLATE_NOOP("Tr", "Check the signing key (git config user.signingKey).")};
    case ErrorCode::WrongCredentials:
        return {QT_TRANSLATE_NOOP("Tr", "%w did not accept the user name, password or key."),
                QT_TRANSLATE_NOOP("Tr", "Try again with another one. The commit is safe on this machine.")};
    case ErrorCode::CredentialsNeeded:
        return {QT_TRANSLATE_NOOP("Tr", "%w wants a user name and a password or token."),
                QT_TRANSLATE_NOOP("Tr", "Push from a terminal or the window to type them, or set up a credential helper.")};
    case ErrorCode::UnknownHost:
        return {QT_TRANSLATE_NOOP("Tr", "The identity of %1 is not known to ssh."),
                QT_TRANSLATE_NOOP("Tr", "Connect once with ssh %1 in a terminal and compare its fingerprint.")};
    case ErrorCode::Unreachable:
        return {QT_TRANSLATE_NOOP("Tr", "%w can't be reached: %1."),
                QT_TRANSLATE_NOOP("Tr", "Check the network and the address, then push again. The commit is safe on this machine.")};
    case ErrorCode::NoSuchRemote:
        return {QT_TRANSLATE_NOOP("Tr", "There is no repository at %w, or you may not see it."),
                QT_TRANSLATE_NOOP("Tr", "Check the address: git remote set-url origin URL.")};
    case ErrorCode::NonFastForward:
        return {QT_TRANSLATE_NOOP("Tr", "The branch at %w has commits that you do not have."),
                QT_TRANSLATE_NOOP("Tr", "Pull them first (git pull --rebase), or push to another branch. Nothing was overwritten.")};
    case ErrorCode::RemoteRefused:
        return {QT_TRANSLATE_NOOP("Tr", "%w refused the push: %1"),
                QT_TRANSLATE_NOOP("Tr", "Push to another branch and open a pull request. The commit is safe on this machine.")};
    case ErrorCode::NotVerified:
        return {QT_TRANSLATE_NOOP("Tr", "%w took the push, but its branch does not show commit %2."),
                QT_TRANSLATE_NOOP("Tr", "Look at the branch on the server before you go on. The commit is safe on this machine.")};
    case ErrorCode::ProgramMissing:
        return {QT_TRANSLATE_NOOP("Tr", "The program %1 is needed for this and not installed."),
                QT_TRANSLATE_NOOP("Tr", "Install it and try again.")};
    case ErrorCode::Cancelled:
        return {QT_TRANSLATE_NOOP("Tr", "Stopped."), QT_TRANSLATE_NOOP("Tr", "Nothing is lost; push again when you like.")};
    case ErrorCode::Failed:
        return {QT_TRANSLATE_NOOP("Tr", "Git could not do it: %1."), ""};
    }
    return {"", ""};
}

} // namespace app
