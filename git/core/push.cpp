#include "git/core/git_program.h"
#include "git/core/handles.h"

#include <cstring>

namespace git {

namespace {

// What the callbacks of one push share. Credentials once given serve the read-back too.
struct Session
{
    const PushRequest &request;
    std::string url = {};
    std::optional<Credentials> credentials = {};
    bool urlHasPassword = false; // tried by the library before it asks
    bool asked = false;
    bool offered = false;   // on the present connection
    bool refused = false;   // the credentials were
    bool declined = false;  // the user gave none
    std::string words = {};  // of the remote
    std::string status = {}; // of our reference; empty when it was taken
};

int giveCredentials(git_credential **out, const char *, const char *userName, unsigned allowed, void *payload)
{
    auto &session = *static_cast<Session *>(payload);
    if (!(allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT))
        return GIT_PASSTHROUGH;
    if (session.offered) {
        session.refused = true;
        return GIT_EAUTH;
    }
    if (!session.credentials && !session.asked && session.request.credentials) {
        session.asked = true;
        session.credentials = session.request.credentials({session.url, userName ? userName : "", false});
    }
    if (!session.credentials) {
        (session.urlHasPassword ? session.refused : session.declined) = true;
        return GIT_EAUTH;
    }
    session.offered = true;
    return git_credential_userpass_plaintext_new(out, session.credentials->user.c_str(),
                                                 session.credentials->password.c_str());
}

int takeWords(const char *text, int size, void *payload)
{
    static_cast<Session *>(payload)->words.append(text, static_cast<std::size_t>(size));
    return 0;
}

int takeStatus(const char *, const char *status, void *payload)
{
    if (status)
        static_cast<Session *>(payload)->status = status;
    return 0;
}

bool cancelled(const PushRequest &request)
{
    return request.cancel && *request.cancel;
}

int pushProgress(unsigned, unsigned, std::size_t, void *payload)
{
    return cancelled(static_cast<Session *>(payload)->request) ? GIT_EUSER : 0;
}

git_remote_callbacks callbacksOf(Session &session)
{
    git_remote_callbacks callbacks = GIT_REMOTE_CALLBACKS_INIT;
    callbacks.credentials = giveCredentials;
    callbacks.sideband_progress = takeWords;
    callbacks.push_update_reference = takeStatus;
    callbacks.push_transfer_progress = pushProgress;
    callbacks.payload = &session;
    return callbacks;
}

Error errorOf(int code, const Session &session)
{
    const git_error *error = git_error_last();
    const std::string words = error && error->message ? error->message : "";
    if (cancelled(session.request) || code == GIT_EUSER)
        return {ErrorCode::Cancelled, {}, session.url};
    if (session.refused)
        return {ErrorCode::WrongCredentials, {}, session.url};
    if (session.declined)
        return {ErrorCode::CredentialsNeeded, {}, session.url};
    if (code == GIT_ENONFASTFORWARD)
        return {ErrorCode::NonFastForward, {}, session.url};
    if (words.find("status code: 403") != std::string::npos)
        return {ErrorCode::RemoteRefused, {"403 Forbidden"}, session.url};
    if (words.find("status code: 404") != std::string::npos)
        return {ErrorCode::NoSuchRemote, {}, session.url};
    if (error && (error->klass == GIT_ERROR_NET || error->klass == GIT_ERROR_OS || error->klass == GIT_ERROR_SSL
                  || error->klass == GIT_ERROR_HTTP))
        return {ErrorCode::Unreachable, {words}, session.url};
    return {ErrorCode::Failed, {words}, session.url};
}

// What the connected remote's branch points to; empty when there is none.
std::string advertisedOid(git_remote *remote, const std::string &reference)
{
    const git_remote_head **heads = nullptr;
    std::size_t count = 0;
    if (git_remote_ls(&heads, &count, remote) != 0)
        return {};
    for (std::size_t i = 0; i < count; ++i)
        if (reference == heads[i]->name)
            return hex(&heads[i]->oid);
    return {};
}

std::string chooseRemote(git_repository *repository, const PushRequest &request)
{
    if (!request.remote.empty())
        return request.remote;
    if (std::string own = configText(repository, ("branch." + request.branch + ".remote").c_str()); !own.empty())
        return own;
    git_strarray names{};
    std::string chosen;
    if (git_remote_list(&names, repository) == 0) {
        for (std::size_t i = 0; i < names.count; ++i)
            if (std::strcmp(names.strings[i], "origin") == 0 || names.count == 1)
                chosen = names.strings[i];
        git_strarray_dispose(&names);
    }
    return chosen;
}

bool needsProgram(git_repository *repository, const std::string &url)
{
    return !(url.starts_with("http://") || url.starts_with("https://")) || hasHook(repository, "pre-push")
           || !configText(repository, "credential.helper").empty();
}

Result<bool> uploadByLibrary(git_remote *remote, const std::string &reference, const std::string &ours, Session &session,
                             git_repository *repository)
{
    git_push_options options = GIT_PUSH_OPTIONS_INIT;
    options.callbacks = callbacksOf(session);
    git_proxy_options proxy = GIT_PROXY_OPTIONS_INIT;
    proxy.type = GIT_PROXY_AUTO;
    options.proxy_opts = proxy;
    if (const int code = git_remote_connect(remote, GIT_DIRECTION_PUSH, &options.callbacks, &proxy, nullptr); code != 0)
        return errorOf(code, session);
    const std::string theirs = advertisedOid(remote, reference);
    if (theirs == ours)
        return true;
    if (!theirs.empty()) {
        git_oid their, our;
        git_oid_fromstr(&their, theirs.c_str());
        git_oid_fromstr(&our, ours.c_str());
        if (git_graph_descendant_of(repository, &our, &their) != 1)
            return Error{ErrorCode::NonFastForward, {}, session.url};
    }
    std::string refspec = reference + ":" + reference;
    char *refspecs[] = {refspec.data()};
    const git_strarray array{refspecs, 1};
    session.offered = false;
    if (const int code = git_remote_upload(remote, &array, &options); code != 0)
        return errorOf(code, session);
    if (!session.status.empty()) {
        if (session.status.find("non-fast-forward") != std::string::npos)
            return Error{ErrorCode::NonFastForward, {}, session.url};
        while (!session.words.empty() && (session.words.back() == '\n' || session.words.back() == '\r'))
            session.words.pop_back();
        return Error{ErrorCode::RemoteRefused, {session.words.empty() ? session.status : session.words}, session.url};
    }
    return false;
}

// On a connection of its own: a remote that has pushed keeps heads of its old connection.
Result<std::string> readBackByLibrary(git_repository *repository, const std::string &name, const std::string &url,
                                      const std::string &reference, Session &session)
{
    const RemotePtr remote = make<RemotePtr>(git_remote_create_anonymous, repository, url.c_str());
    if (!remote)
        return lastError(name);
    session.offered = false;
    const git_remote_callbacks callbacks = callbacksOf(session);
    git_proxy_options proxy = GIT_PROXY_OPTIONS_INIT;
    proxy.type = GIT_PROXY_AUTO;
    if (const int code = git_remote_connect(remote.get(), GIT_DIRECTION_FETCH, &callbacks, &proxy, nullptr); code != 0)
        return errorOf(code, session);
    return advertisedOid(remote.get(), reference);
}

void report(const PushRequest &request, std::string_view stage)
{
    if (request.progress)
        request.progress(stage);
}

// What a verified push leaves behind locally: the remote branch as now known, and the upstream.
void recordPush(git_repository *repository, const std::string &remote, const std::string &branch, const std::string &oid)
{
    git_oid id;
    git_oid_fromstr(&id, oid.c_str());
    make<ReferencePtr>(git_reference_create, repository, ("refs/remotes/" + remote + "/" + branch).c_str(), &id, 1,
                       "leat: push");
    const ConfigPtr config = make<ConfigPtr>(git_repository_config, repository);
    if (config && configText(repository, ("branch." + branch + ".remote").c_str()).empty()) {
        git_config_set_string(config.get(), ("branch." + branch + ".remote").c_str(), remote.c_str());
        git_config_set_string(config.get(), ("branch." + branch + ".merge").c_str(), ("refs/heads/" + branch).c_str());
    }
}

} // namespace

Result<Pushed> Repository::push(const PushRequest &request)
{
    git_repository *repository = m_handle->repository.get();
    const std::string reference = "refs/heads/" + request.branch;
    const std::string name = chooseRemote(repository, request);
    const RemotePtr remote = name.empty() ? RemotePtr() : make<RemotePtr>(git_remote_lookup, repository, name.c_str());
    if (!remote)
        return Error{ErrorCode::NoRemote, {name}, workDir().string()};
    git_oid oid;
    if (git_reference_name_to_id(&oid, repository, reference.c_str()) != 0)
        return Error{ErrorCode::NoCommitYet, {request.branch}, {}};
    const std::string ours = hex(&oid);
    const char *pushUrl = git_remote_pushurl(remote.get());
    const std::string fullUrl = pushUrl ? pushUrl : git_remote_url(remote.get());
    Session session{.request = request, .url = withoutCredentials(fullUrl)};
    session.urlHasPassword = session.url != fullUrl;

    const bool program = needsProgram(repository, fullUrl);
    PushRequest remembering = request; // one answer serves the push and the read-back
    if (request.credentials)
        remembering.credentials = [&](const CredentialsQuestion &question) {
            if (!session.asked) {
                session.asked = true;
                session.credentials = request.credentials(question);
            }
            return session.credentials;
        };
    const GitProgram git(workDir());

    report(request, "push");
    const Result<bool> uploaded = program ? git.push(name, session.url, remembering)
                                          : uploadByLibrary(remote.get(), reference, ours, session, repository);
    if (!uploaded)
        return uploaded.error();
    report(request, "verify");
    const Result<std::string> theirs = program ? git.remoteOid(name, session.url, remembering)
                                               : readBackByLibrary(repository, name, fullUrl, reference, session);
    if (!theirs)
        return theirs.error();
    if (*theirs != ours)
        return Error{ErrorCode::NotVerified, {*theirs, ours}, session.url};
    recordPush(repository, name, request.branch, ours);
    return Pushed{name, session.url, request.branch, ours, *uploaded};
}

Result<> Repository::fetch(const PushRequest &request)
{
    git_repository *repository = m_handle->repository.get();
    const std::string name = chooseRemote(repository, request);
    const RemotePtr remote = name.empty() ? RemotePtr() : make<RemotePtr>(git_remote_lookup, repository, name.c_str());
    if (!remote)
        return Error{ErrorCode::NoRemote, {name}, workDir().string()};
    const std::string url = git_remote_url(remote.get());
    if (needsProgram(repository, url))
        return GitProgram(workDir()).fetch(name, withoutCredentials(url), request);
    Session session{.request = request, .url = withoutCredentials(url)};
    session.urlHasPassword = session.url != url;
    git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
    options.callbacks = callbacksOf(session);
    options.proxy_opts.type = GIT_PROXY_AUTO;
    if (const int code = git_remote_fetch(remote.get(), nullptr, &options, "leat: fetch"); code != 0)
        return errorOf(code, session);
    return {};
}

} // namespace git
