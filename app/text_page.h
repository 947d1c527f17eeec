#pragma once

#include "app/document_page.h"

class QPlainTextEdit;

namespace ui {
class Banner;
}

namespace app {

class AppState;

/// A file that is no flow (a script, a query, a table) as plain text. Large and binary files are shown
/// read only, with the reason.
class TextPage : public DocumentPage
{
    Q_OBJECT

public:
    static constexpr qint64 kLargeFile = 2 * 1024 * 1024;

    explicit TextPage(AppState &state, QWidget *parent = nullptr);
    editor::FileResult<> open(const QString &path);

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
    void applyTheme();

    AppState &m_state;
    QString m_path;
    std::string m_diskBytes; ///< as last read or written
    QPlainTextEdit *m_text;
    ui::Banner *m_banner;
};

} // namespace app
