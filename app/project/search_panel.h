#pragma once

#include "app/project/project_search.h"

#include <QAbstractItemModel>
#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;
class QToolButton;
class QTreeView;

namespace ui {
class Banner;
}

namespace app {

class AppState;
class DocumentArea;
class Project;
class SearchModel;

/// Find and replace over the files of the project. Hits show while one types, open documents as they
/// stand. Replacing changes the ticked files only: open ones as a step of their history, the others each
/// by way of a new file beside it.
class SearchPanel : public QWidget
{
    Q_OBJECT

public:
    SearchPanel(AppState &state, DocumentArea &documents, QWidget *parent = nullptr);

    void setProject(const Project *project); ///< null: none
    /// Puts the focus into the field, with a text to look for unless it is empty.
    void begin(const QString &text);
    /// Replaces the hits of the ticked files; the number of hits that were replaced.
    int replaceTicked();
    SearchModel &model() { return *m_model; }
    QLineEdit &query() { return *m_query; }
    QLineEdit &replacement() { return *m_replacement; }

signals:
    void jumpWanted(const QString &path, std::size_t offset, std::size_t length);
    void searched();

private:
    void search();
    void show(const std::vector<FileHits> &found);
    void refreshButton();
    editor::SearchOptions options() const;

    AppState &m_state;
    DocumentArea &m_documents;
    const Project *m_project = nullptr;
    ProjectSearch m_search;
    QTimer m_delay;
    QLineEdit *m_query;
    QLineEdit *m_replacement;
    QToolButton *m_case;
    QToolButton *m_word;
    QToolButton *m_regex;
    QLabel *m_count;
    QPushButton *m_replace;
    QTreeView *m_view;
    SearchModel *m_model;
    ui::Banner *m_banner;
};

/// Files with their hits below them; a file can be left out of replacing.
class SearchModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    /// Where the hit stands in the text of its row: a QPoint of first letter and length.
    static constexpr int kHitRole = Qt::UserRole + 1;

    explicit SearchModel(AppState &state, QObject *parent = nullptr);

    void setFound(std::vector<FileHits> found, const QString &folder);
    const std::vector<FileHits> &found() const { return m_found; }
    bool isTicked(int file) const { return m_ticked[std::size_t(file)]; }
    int tickedFiles() const;
    int hits() const;
    /// The hit at an index; null for a file's row.
    const SearchHit *hitAt(const QModelIndex &index) const;
    QString pathAt(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &) const override { return 1; }
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    AppState &m_state;
    QString m_folder;
    std::vector<FileHits> m_found;
    std::vector<bool> m_ticked;
};

} // namespace app
