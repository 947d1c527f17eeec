#pragma once

#include "app/run/run_record.h"

#include <QPointer>
#include <QWidget>

#include <filesystem>
#include <functional>

class QPlainTextEdit;
class QTreeView;

namespace app {

class AppState;
class OutputsModel;

/// Outputs as a tree with a preview at the right: the whole value, or the beginning of the file it names.
class OutputsView : public QWidget
{
    Q_OBJECT

public:
    /// The local file behind a storage address of the shown run; nothing when there is none.
    using Resolve = std::function<std::optional<std::filesystem::path>(const QString &uri)>;

    OutputsView(AppState &state, Resolve resolve, QWidget *parent = nullptr);
    void setRecord(RunRecord *record);

private:
    void refresh();
    void preview(const QModelIndex &index);

    AppState &m_state;
    Resolve m_resolve;
    QPointer<RunRecord> m_record;
    OutputsModel *m_model;
    QTreeView *m_view;
    QPlainTextEdit *m_preview;
};

} // namespace app
