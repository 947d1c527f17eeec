#include "app/project/project_search.h"

#include "editor/file_io.h"

#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>

namespace app {

namespace {

constexpr qint64 kFileBytes = 4 * 1024 * 1024;
constexpr qsizetype kLineLetters = 300;

SearchHit hitOf(const std::string &text, flow::Range range, int number, std::size_t lineBegin)
{
    SearchHit hit{range, number, {}, 0, 0};
    std::size_t begin = lineBegin;
    while (begin < range.begin && (text[begin] == ' ' || text[begin] == '\t'))
        ++begin;
    const std::size_t end = std::min(text.find('\n', range.begin), text.size());
    const QString before = QString::fromStdString(text.substr(begin, range.begin - begin));
    QString line = before + QString::fromStdString(text.substr(range.begin, end - range.begin));
    hit.text = line.remove(QLatin1Char('\r')).left(kLineLetters);
    hit.begin = int(std::min(before.size(), kLineLetters));
    hit.length = int(QString::fromStdString(text.substr(range.begin, std::min(range.end, end) - range.begin)).size());
    return hit;
}

} // namespace

std::vector<FileHits> searchFiles(const SearchOrder &order, const std::atomic<bool> &cancel)
{
    std::vector<FileHits> found;
    int count = 0;
    for (const QString &path : order.files) {
        if (cancel || count >= kSearchHitLimit)
            break;
        std::string text;
        if (const auto open = order.open.find(path); open != order.open.end()) {
            text = *open;
        } else {
            if (QFileInfo(path).size() > kFileBytes)
                continue;
            auto read = editor::readFile(path);
            if (!read || read->find('\0') != std::string::npos)
                continue;
            text = std::move(*read);
        }
        const auto ranges = editor::findAll(text, order.query, order.options);
        if (!ranges || ranges->empty())
            continue;
        FileHits file{path, {}};
        int line = 1;
        std::size_t lineBegin = 0;
        for (const flow::Range &range : *ranges) {
            for (std::size_t next = text.find('\n', lineBegin); next != std::string::npos && next < range.begin; next = text.find('\n', lineBegin)) {
                lineBegin = next + 1;
                ++line;
            }
            file.hits.push_back(hitOf(text, range, line, lineBegin));
            if (++count >= kSearchHitLimit)
                break;
        }
        found.push_back(std::move(file));
    }
    return found;
}

std::optional<std::vector<flow::Replacement>> replacementsIn(const std::string &text, const QString &query, const QString &replacement,
                                                             const editor::SearchOptions &options)
{
    const auto ranges = editor::findAll(text, query, options);
    if (!ranges || ranges->empty())
        return std::nullopt;
    std::vector<flow::Replacement> changes;
    for (const flow::Range &range : *ranges)
        changes.push_back({range, editor::replacementFor(text, range, query, replacement, options)});
    return changes;
}

ProjectSearch::~ProjectSearch()
{
    cancel();
}

void ProjectSearch::cancel()
{
    if (m_cancel)
        *m_cancel = true;
    m_cancel.reset();
}

void ProjectSearch::start(SearchOrder order)
{
    cancel();
    m_cancel = std::make_shared<std::atomic<bool>>(false);
    QThreadPool::globalInstance()->start([self = QPointer(this), cancelled = m_cancel, order = std::move(order)] {
        auto found = std::make_shared<std::vector<FileHits>>(searchFiles(order, *cancelled));
        QMetaObject::invokeMethod(
            qApp,
            [self, cancelled, found] {
                if (self && !*cancelled)
                    emit self->finished(*found);
            },
            Qt::QueuedConnection);
    });
}

} // namespace app
