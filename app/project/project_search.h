#pragma once

#include "editor/text_search.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <atomic>
#include <memory>

namespace app {

/// One hit of a search over the project, with its line.
struct SearchHit
{
    flow::Range range;
    int line = 1;        ///< 1-based
    QString text;        ///< the line, without leading blanks; at most 300 letters
    int begin = 0;       ///< of the hit in `text`
    int length = 0;
};

struct FileHits
{
    QString path;
    std::vector<SearchHit> hits;
};

/// What is looked for and where: files on disk, and for those that are open their text as it stands.
struct SearchOrder
{
    QString query;
    editor::SearchOptions options;
    QStringList files;
    QHash<QString, std::string> open;
};

inline constexpr int kSearchHitLimit = 10'000;

/// Text files of the order that have hits, in its order; stops when `cancel` turns true. Files over 4 MiB
/// and binary ones are left out. Any thread.
std::vector<FileHits> searchFiles(const SearchOrder &order, const std::atomic<bool> &cancel);

/// The text with all (or the chosen) hits replaced; nothing when the query has no hit any more.
std::optional<std::vector<flow::Replacement>> replacementsIn(const std::string &text, const QString &query, const QString &replacement,
                                                             const editor::SearchOptions &options);

/// Runs searches one after another on a thread of its own; a new one ends the one before. GUI thread.
class ProjectSearch : public QObject
{
    Q_OBJECT

public:
    explicit ProjectSearch(QObject *parent = nullptr) : QObject(parent) {}
    ~ProjectSearch() override;

    void start(SearchOrder order);
    void cancel();

signals:
    void finished(const std::vector<app::FileHits> &found);

private:
    std::shared_ptr<std::atomic<bool>> m_cancel;
};

} // namespace app
