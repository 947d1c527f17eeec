#include "git/core/handles.h"

#include <algorithm>

namespace git {

namespace {

std::string withoutLineEnd(const char *text, std::size_t size)
{
    std::string line(text, size);
    if (!line.empty() && line.back() == '\n')
        line.pop_back();
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    return line;
}

FileState stateOf(git_delta_t delta)
{
    switch (delta) {
    case GIT_DELTA_ADDED:
    case GIT_DELTA_UNTRACKED:
        return FileState::New;
    case GIT_DELTA_DELETED:
        return FileState::Deleted;
    case GIT_DELTA_CONFLICTED:
        return FileState::Conflicted;
    default:
        return FileState::Modified;
    }
}

} // namespace

Result<FileDiff> Repository::diff(std::string_view path, int contextLines) const
{
    git_repository *repository = m_handle->repository.get();
    FileDiff result;
    result.path = path;
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS
                    | GIT_DIFF_SHOW_UNTRACKED_CONTENT | GIT_DIFF_DISABLE_PATHSPEC_MATCH;
    options.context_lines = static_cast<std::uint32_t>(contextLines);
    char *paths[] = {result.path.data()};
    options.pathspec = {paths, 1};
    const TreePtr tree = headTree(repository);
    const DiffPtr diff = make<DiffPtr>(git_diff_tree_to_workdir_with_index, repository, tree.get(), &options);
    if (!diff)
        return lastError(result.path);
    if (git_diff_num_deltas(diff.get()) == 0)
        return result;
    const PatchPtr patch = make<PatchPtr>(git_patch_from_diff, diff.get(), std::size_t(0));
    const git_diff_delta *delta = git_diff_get_delta(diff.get(), 0);
    result.state = stateOf(delta->status);
    result.binary = (delta->flags & GIT_DIFF_FLAG_BINARY) != 0;
    if (!patch)
        return result;
    for (std::size_t h = 0; h < git_patch_num_hunks(patch.get()); ++h) {
        const git_diff_hunk *hunk = nullptr;
        std::size_t lineCount = 0;
        git_patch_get_hunk(&hunk, &lineCount, patch.get(), h);
        DiffHunk part{hunk->old_start, hunk->new_start, {}};
        for (std::size_t l = 0; l < lineCount; ++l) {
            const git_diff_line *line = nullptr;
            git_patch_get_line_in_hunk(&line, patch.get(), h, l);
            if (line->origin != GIT_DIFF_LINE_CONTEXT && line->origin != GIT_DIFF_LINE_ADDITION
                && line->origin != GIT_DIFF_LINE_DELETION)
                continue;
            const LineKind kind = line->origin == GIT_DIFF_LINE_ADDITION   ? LineKind::Added
                                  : line->origin == GIT_DIFF_LINE_DELETION ? LineKind::Removed
                                                                           : LineKind::Context;
            part.lines.push_back({kind, std::max(line->old_lineno, 0), std::max(line->new_lineno, 0),
                                  withoutLineEnd(line->content, line->content_len)});
        }
        result.hunks.push_back(std::move(part));
    }
    return result;
}

Result<std::optional<std::string>> Repository::contentInHead(std::string_view path) const
{
    git_repository *repository = m_handle->repository.get();
    const TreePtr tree = headTree(repository);
    if (!tree)
        return std::optional<std::string>();
    const TreeEntryPtr entry = make<TreeEntryPtr>(git_tree_entry_bypath, tree.get(), std::string(path).c_str());
    if (!entry)
        return std::optional<std::string>();
    const BlobPtr blob = make<BlobPtr>(git_blob_lookup, repository, git_tree_entry_id(entry.get()));
    if (!blob)
        return lastError(std::string(path));
    return std::optional<std::string>(std::in_place, static_cast<const char *>(git_blob_rawcontent(blob.get())),
                                      static_cast<std::size_t>(git_blob_rawsize(blob.get())));
}

} // namespace git
