#pragma once

#include "app/run/gantt_rows.h"
#include "ui/theme.h"

#include <QAbstractScrollArea>
#include <QPointer>
#include <QTimer>

namespace app {

class AppState;

/// The task runs of one execution over time: rows of 22, names left, bars right, attempts as pieces.
/// Arrow keys walk, Enter chooses. Painted; only visible rows cost.
class GanttView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit GanttView(AppState &state, QWidget *parent = nullptr);
    void setRecord(RunRecord *record, std::shared_ptr<const flow::Flow> flow); ///< null: none
    void selectTask(const QString &taskId);
    const std::vector<GanttRow> &rows() const { return m_rows; }
    /// What a screen reader says of a row.
    QString rowText(const GanttRow &row) const;

signals:
    void taskChosen(const QString &taskId);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void rebuild();
    void updateScroll();
    void choose(int row);
    int rowHeight() const;
    int nameWidth() const;
    double xOf(qint64 ms) const;
    int rowAt(int y) const;
    void paintAxis(QPainter &painter) const;
    void paintRow(QPainter &painter, const GanttRow &row, const QRect &box) const;
    void paintBar(QPainter &painter, const GanttRow &row, const QRect &box) const;
    void paintDuration(QPainter &painter, const GanttRow &row, const QRect &box) const;

    AppState &m_state;
    QPointer<RunRecord> m_record;
    std::shared_ptr<const flow::Flow> m_flow;
    std::vector<GanttRow> m_rows;
    qint64 m_length = 1; ///< ms the axis shows
    int m_current = -1;
    QTimer m_tick; ///< while it runs
};

} // namespace app
