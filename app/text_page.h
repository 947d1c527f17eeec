#pragma once

#include "app/document_page.h"
#include "editor/document_session.h"

#include <memory>

namespace ui {
class Banner;
}

namespace app {

class AppState;

/// A file that is no flow (a script, a query, a table), coloured by its language, with the same history,
/// search and recovery as a flow. Large and binary files are shown read only, with the reason.
class TextPage : public DocumentPage
{
    Q_OBJECT

public:
    static constexpr qint64 kShownLimit = 64 * 1024 * 1024; ///< larger files are not read at all

    explicit TextPage(AppState &state, QWidget *parent = nullptr);
    ~TextPage() override;
    editor::FileResult<> open(const QString &path);
    /// Unsaved text of a program that ended: offered in the banner, taken as one undo step.
    void offerRecovered(const QString &swapFile, const std::string &text);

    editor::DocumentSession *documentSession() const override { return m_session.get(); }
    editor::EditorPane *editorPane() const override { return m_pane; }
    QString filePath() const override { return m_path; }
    QString title() const override;
    QString iconName() const override;
    bool isModified() const override;
    editor::FileResult<> save(bool overwrite) override;
    editor::FileResult<> saveAs(const QString &path) override;
    void undo() override;
    void redo() override;
    void focusText() override;
    void goToLine(int line, int column) override;
    void showError(const QString &sentence) override;

private:
    void tellWhy(const QString &sentence);

    std::unique_ptr<editor::DocumentSession> m_session;
    QString m_path;
    bool m_shown = true; ///< false: the file is only named
    editor::EditorPane *m_pane;
    ui::Banner *m_banner;
};

} // namespace app
