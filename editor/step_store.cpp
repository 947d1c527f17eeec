#include "editor/step_store.h"

#include "editor/file_io.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace editor {

namespace {

constexpr quint32 kMagic = 0x4C454154; // LEAT
constexpr quint32 kVersion = 1;
constexpr quint32 kMany = 1'000'000;

QByteArray hashOf(const std::string &text)
{
    return QCryptographicHash::hash(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())),
                                    QCryptographicHash::Sha256);
}

QString fileFor(const QString &folder, const QString &path)
{
    return folder + QLatin1Char('/') +
           QString::fromLatin1(
               QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha1).toHex().left(24)) +
           QStringLiteral(".steps");
}

void put(QDataStream &out, const std::string &text)
{
    out << QByteArray::fromStdString(text);
}
void put(QDataStream &out, Caret caret)
{
    out << quint64(caret.anchor) << quint64(caret.position);
}
void put(QDataStream &out, const std::vector<std::vector<flow::Replacement>> &edits)
{
    out << quint32(edits.size());
    for (const auto &edit : edits) {
        out << quint32(edit.size());
        for (const flow::Replacement &change : edit) {
            out << quint64(change.range.begin) << quint64(change.range.end);
            put(out, change.text);
        }
    }
}

bool get(QDataStream &in, std::string &text)
{
    QByteArray bytes;
    in >> bytes;
    text = bytes.toStdString();
    return in.status() == QDataStream::Ok;
}
bool get(QDataStream &in, Caret &caret)
{
    quint64 anchor = 0, position = 0;
    in >> anchor >> position;
    caret = {anchor, position};
    return in.status() == QDataStream::Ok;
}
bool get(QDataStream &in, quint32 &count)
{
    in >> count;
    return in.status() == QDataStream::Ok && count < kMany;
}
bool get(QDataStream &in, std::vector<std::vector<flow::Replacement>> &edits)
{
    quint32 count = 0;
    if (!get(in, count))
        return false;
    for (quint32 i = 0; i < count; ++i) {
        quint32 size = 0;
        if (!get(in, size))
            return false;
        std::vector<flow::Replacement> &edit = edits.emplace_back();
        for (quint32 j = 0; j < size; ++j) {
            quint64 begin = 0, end = 0;
            in >> begin >> end;
            flow::Replacement change{{begin, end}, {}};
            if (begin > end || !get(in, change.text))
                return false;
            edit.push_back(std::move(change));
        }
    }
    return true;
}

std::size_t sizeOf(const StoredStep &step)
{
    std::size_t size = 64;
    for (const auto *edits : {&step.forward, &step.inverse})
        for (const auto &edit : *edits)
            for (const flow::Replacement &change : edit)
                size += 24 + change.text.size();
    return size;
}

/// Undoes all that is done and redoes it: the steps fit this text and come back to it.
bool leadsBack(const StoredHistory &history, const std::string &text)
{
    std::string at = text;
    const auto apply = [&](const std::vector<flow::Replacement> &changes) {
        for (const flow::Replacement &change : changes)
            if (change.range.end > at.size())
                return false;
        const flow::Result<flow::Edit> edit = flow::Edit::make({}, at, changes);
        if (edit)
            at = edit->applyTo(at);
        return edit.hasValue();
    };
    for (int i = history.index; i-- > 0;) {
        const auto &inverse = history.steps[static_cast<std::size_t>(i)].inverse;
        for (auto edit = inverse.rbegin(); edit != inverse.rend(); ++edit)
            if (!apply(*edit))
                return false;
    }
    std::string here;
    for (std::size_t i = 0; i < history.steps.size(); ++i) {
        for (const auto &edit : history.steps[i].forward)
            if (!apply(edit))
                return false;
        if (static_cast<int>(i) + 1 == history.index)
            here = at;
    }
    return history.index == 0 || here == text;
}

} // namespace

bool writeHistory(const QString &folder, const QString &path, const std::string &text,
                  StoredHistory history)
{
    std::size_t bytes = 0;
    std::size_t kept = 0;
    for (auto step = history.steps.rbegin(); step != history.steps.rend(); ++step, ++kept)
        if ((bytes += sizeOf(*step)) > kHistoryBytes || kept == kHistorySteps)
            break;
    const std::size_t dropped = history.steps.size() - kept;
    history.index -= static_cast<int>(dropped);
    history.steps.erase(history.steps.begin(),
                        history.steps.begin() + static_cast<std::ptrdiff_t>(dropped));
    const QString file = fileFor(folder, path);
    if (history.steps.empty() || history.index < 0)
        return !QFileInfo::exists(file) || QFile::remove(file);
    QByteArray data;
    QDataStream out(&data, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_0);
    out << kMagic << kVersion << path << hashOf(text) << quint32(history.index)
        << quint32(history.steps.size());
    for (const StoredStep &step : history.steps) {
        put(out, step.label.id);
        out << quint32(step.label.args.size());
        for (const std::string &argument : step.label.args)
            put(out, argument);
        put(out, step.before);
        put(out, step.after);
        put(out, step.forward);
        put(out, step.inverse);
    }
    if (!writeFile(file, data.toStdString()))
        return false;
    return QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
}

std::optional<StoredHistory> readHistory(const QString &folder, const QString &path,
                                         const std::string &text)
{
    QFile file(fileFor(folder, path));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    QDataStream in(&file);
    in.setVersion(QDataStream::Qt_6_0);
    quint32 magic = 0, version = 0, index = 0, count = 0;
    QString of;
    QByteArray hash;
    in >> magic >> version >> of >> hash >> index;
    if (magic != kMagic || version != kVersion || of != path || hash != hashOf(text) ||
        !get(in, count) || index > count)
        return std::nullopt;
    StoredHistory history;
    history.index = static_cast<int>(index);
    for (quint32 i = 0; i < count; ++i) {
        StoredStep step;
        quint32 arguments = 0;
        if (!get(in, step.label.id) || !get(in, arguments))
            return std::nullopt;
        for (quint32 j = 0; j < arguments; ++j)
            if (!get(in, step.label.args.emplace_back()))
                return std::nullopt;
        if (!get(in, step.before) || !get(in, step.after) || !get(in, step.forward) ||
            !get(in, step.inverse) || step.forward.size() != step.inverse.size())
            return std::nullopt;
        history.steps.push_back(std::move(step));
    }
    if (!leadsBack(history, text))
        return std::nullopt;
    return history;
}

} // namespace editor
