#pragma once

#include "git/ui/diff_rows.h"
#include "ui/theme.h"

#include <QAbstractScrollArea>

namespace git {

/// A file's change side by side: HEAD left, the work tree right. Paints rows itself, so a long file
/// costs what is visible. GUI thread; owns its rows.
class DiffView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit DiffView(const ui::Theme &theme, QWidget *parent = nullptr);

    void setTheme(const ui::Theme &theme);
    void setDiff(const FileDiff &diff);
    /// What stands above the two sides; the last commit and the disk when nothing was said.
    void setSides(const QString &left, const QString &right)
    {
        m_left = left;
        m_right = right;
    }
    void clear();
    QString path() const { return m_path; }
    const std::vector<DiffRow> &rows() const { return m_rows; }
    /// The row of the next (`step` 1) or previous (-1) change after the top of the view; scrolls there.
    void goToChange(int step);

signals:
    /// A bar was opened: show the file with all its lines.
    void unfoldRequested(const QString &path);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int rowHeight() const;
    void updateScrollBars();
    void paintSide(QPainter &painter, const DiffCell &cell, const QRect &area) const;
    void paintBar(QPainter &painter, const DiffRow &row, const QRect &area) const;

    ui::Theme m_theme;
    QString m_path;
    bool m_binary = false;
    std::vector<DiffRow> m_rows;
    int m_longest = 0; // characters
    QString m_left;
    QString m_right;
};

} // namespace git
