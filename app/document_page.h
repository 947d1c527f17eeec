#pragma once

#include "editor/file_io.h"

#include <QWidget>

namespace app {

/// One tab of the document area: a flow or another text file. Knows how to save itself; never asks.
class DocumentPage : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual QString filePath() const = 0; ///< empty for a document that was never saved
    virtual QString title() const = 0;
    virtual QString iconName() const = 0;
    virtual bool isModified() const = 0;
    virtual editor::FileResult<> save(bool overwrite = false) = 0;
    virtual editor::FileResult<> saveAs(const QString &path) = 0;
    virtual void undo() = 0;
    virtual void redo() = 0;
    virtual void focusText() = 0;
    virtual void goToLine(int line, int column = 1) = 0; ///< 1-based
    /// Why the last thing asked for did not work, shown in the page itself.
    virtual void showError(const QString &sentence) = 0;
    /// Column (x) and line (y) of the caret, 1-based; null where there is none.
    virtual QPoint caretPlace() const { return {}; }

signals:
    void modifiedChanged();
    void filePathChanged();
    void historyChanged();
    void caretMoved(int line, int column);
};

} // namespace app
