#include "git/core/handles.h"

#include <algorithm>
#include <map>

namespace git {

namespace {

std::size_t lineCount(std::string_view text)
{
    const auto breaks = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    return breaks + (!text.empty() && text.back() != '\n' ? 1 : 0);
}

/// For each line of `now` the line of `before` it still is, from 0; kNone for a changed one.
constexpr std::size_t kNone = static_cast<std::size_t>(-1);
std::vector<std::size_t> unchangedLines(std::string_view before, std::string_view now)
{
    struct Hunk
    {
        std::size_t oldBegin, oldCount, newBegin, newCount;
    };
    std::vector<Hunk> hunks;
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    options.context_lines = 0;
    const git_diff_hunk_cb collect = [](const git_diff_delta *, const git_diff_hunk *hunk, void *all) {
        const auto number = [](int value) { return static_cast<std::size_t>(value); };
        // a side without lines names the line before it
        static_cast<std::vector<Hunk> *>(all)->push_back(
            {number(hunk->old_lines ? hunk->old_start - 1 : hunk->old_start), number(hunk->old_lines),
             number(hunk->new_lines ? hunk->new_start - 1 : hunk->new_start), number(hunk->new_lines)});
        return 0;
    };
    git_diff_buffers(before.data(), before.size(), nullptr, now.data(), now.size(), nullptr, &options, nullptr, nullptr,
                     collect, nullptr, &hunks);
    std::vector<std::size_t> lines(lineCount(now), kNone);
    std::size_t oldAt = 0, newAt = 0;
    for (const Hunk &hunk : hunks) {
        for (; newAt < hunk.newBegin && newAt < lines.size(); ++newAt)
            lines[newAt] = oldAt++;
        oldAt = hunk.oldBegin + hunk.oldCount;
        newAt = hunk.newBegin + hunk.newCount;
    }
    for (; newAt < lines.size(); ++newAt)
        lines[newAt] = oldAt++;
    return lines;
}

BlameLine lineOf(git_repository *repository, const git_oid &id)
{
    BlameLine line{hex(&id), {}, {}, 0};
    if (const CommitPtr commit = make<CommitPtr>(git_commit_lookup, repository, &id)) {
        const git_signature *author = git_commit_author(commit.get());
        line.author = author && author->name ? author->name : "";
        line.time = author ? author->when.time : 0;
        const char *summary = git_commit_summary(commit.get());
        line.summary = summary ? summary : "";
    }
    return line;
}

} // namespace

Result<std::vector<BlameLine>> Repository::blame(std::string_view path, std::string_view content) const
{
    git_repository *repository = m_handle->repository.get();
    std::vector<BlameLine> lines(lineCount(content));
    const std::string file(path);
    const auto inHead = contentInHead(path);
    if (!inHead)
        return inHead.error();
    if (!*inHead || content.empty())
        return lines;
    const BlamePtr blame = make<BlamePtr>(git_blame_file, repository, file.c_str(), nullptr);
    if (!blame)
        return lastError(file);
    std::vector<BlameLine> committed(lineCount(**inHead));
    std::map<std::string, BlameLine> commits;
    for (std::uint32_t i = 0; i < git_blame_get_hunk_count(blame.get()); ++i) {
        const git_blame_hunk *hunk = git_blame_get_hunk_byindex(blame.get(), i);
        auto known = commits.find(hex(&hunk->final_commit_id));
        if (known == commits.end())
            known = commits.emplace(hex(&hunk->final_commit_id), lineOf(repository, hunk->final_commit_id)).first;
        for (std::size_t l = 0; l < hunk->lines_in_hunk; ++l)
            if (const std::size_t at = hunk->final_start_line_number + l; at >= 1 && at <= committed.size())
                committed[at - 1] = known->second;
    }
    const std::vector<std::size_t> same = unchangedLines(**inHead, content);
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (same[i] < committed.size())
            lines[i] = committed[same[i]];
    return lines;
}

} // namespace git
