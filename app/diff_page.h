#pragma once

#include "app/document_page.h"
#include "git/core/types.h"

namespace git {
class DiffView;
}

namespace app {

class AppState;

/// What the two columns of a comparison are; empty: the last commit and the disk.
struct DiffSides
{
    QString left;
    QString right;
};

/// A file's change side by side, in a tab of its own. Nothing to save; Alt+Down and Alt+Up walk changes.
class DiffPage : public DocumentPage
{
    Q_OBJECT

public:
    explicit DiffPage(AppState &state, const QString &path, const DiffSides &sides = {}, QWidget *parent = nullptr);
    void setDiff(const git::FileDiff &diff);
    const QString &comparedPath() const { return m_path; } ///< relative to the work tree

    QString filePath() const override { return {}; }
    QString title() const override;
    QString iconName() const override { return QStringLiteral("diff"); }
    bool isModified() const override { return false; }
    editor::FileResult<> save(bool) override { return {}; }
    editor::FileResult<> saveAs(const QString &) override { return {}; }
    void undo() override {}
    void redo() override {}
    void focusText() override;
    void goToLine(int, int) override {}
    void showError(const QString &) override {}

signals:
    void unfoldWanted(const QString &path);

private:
    QString m_path;
    DiffSides m_sides;
    git::DiffView *m_view;
    class QLabel *m_counts;
};

} // namespace app
