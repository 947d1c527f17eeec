#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <vector>

namespace app {

/// One flow of a project: its file and what its text says to others.
struct FlowFile
{
    QString path; ///< absolute
    QString id;
    QString namespaceId;
    QStringList inputs; ///< ids
    bool operator==(const FlowFile &) const = default;
};

/// A file or folder of a project; folders first, then by name.
struct FileNode
{
    QString name;
    QString path; ///< absolute
    bool folder = false;
    bool flow = false;
    std::vector<FileNode> children;
};

/// A folder of flows as it is on disk now. Watches it and tells when something came, went or changed
/// its kind. Hidden folders, `node_modules` and `target` are left out. GUI thread.
class Project : public QObject
{
    Q_OBJECT

public:
    static constexpr int kFileLimit = 20'000;

    explicit Project(const QString &folder, QObject *parent = nullptr);

    const QString &folder() const { return m_folder; }
    QString name() const;
    const FileNode &root() const { return m_root; }
    const std::vector<FlowFile> &flows() const { return m_flows; }
    const FlowFile *findFlow(const QString &namespaceId, const QString &id) const;
    bool isFlow(const QString &path) const;
    /// The folder with a namespace's files (`<folder>/<namespace>/files`); empty when there is none.
    QString filesFolder(const QString &namespaceId) const;
    QString relativePath(const QString &path) const;
    /// More files than kFileLimit: the rest is not listed.
    bool truncated() const { return m_truncated; }

    /// Looks at the disk now.
    void refresh();

signals:
    void changed();

private:
    void scan(FileNode &node, int depth, QStringList &watched, int &count);
    static bool readFlow(const QString &path, FlowFile &flow);

    QString m_folder;
    FileNode m_root;
    std::vector<FlowFile> m_flows;
    bool m_truncated = false;
    QFileSystemWatcher m_watcher;
    QTimer m_timer;
};

} // namespace app
