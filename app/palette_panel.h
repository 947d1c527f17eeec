#pragma once

#include <QWidget>

class QTreeView;

namespace ui {
class SearchField;
}

namespace app {

class AppState;
class PaletteModel;

/// The palette: search, groups, task types with their tiles. Enter or a double click asks for the type
/// to be added after the selected task; dragging does the rest on the canvas.
class PalettePanel : public QWidget
{
    Q_OBJECT

public:
    explicit PalettePanel(AppState &state, QWidget *parent = nullptr);
    void focusSearch();

signals:
    void typeChosen(const QString &type);

private:
    void choose(const QModelIndex &index);

    PaletteModel *m_model;
    ui::SearchField *m_search;
    QTreeView *m_view;
};

} // namespace app
