#pragma once

#include "editor/file_io.h"
#include "engine/flow/edit.h"

#include <QWidget>

#include <optional>

namespace editor {
class DocumentSession;
class EditorPane;
}

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
    /// The text and its history; null for a page that is no text.
    virtual editor::DocumentSession *documentSession() const { return nullptr; }
    virtual editor::EditorPane *editorPane() const { return nullptr; }
    /// The text as it stands; nothing for a page that is none.
    std::optional<std::string> currentText() const;
    /// One step of the page's history; false when the text may not be changed.
    bool change(const std::vector<flow::Replacement> &changes, const char *label);
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
