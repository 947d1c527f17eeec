#pragma once

#include "app/run/input_fields.h"

#include <QDialog>
#include <QMap>

#include <functional>

class QLabel;
class QPushButton;
class QWidget;

namespace ui {
class Banner;
}

namespace app {

class AppState;

/// Asks for the inputs of a flow, or of a pause that ends: one row each with name, type and the control its type wants, defaults
/// filled in. Run is off while something is wrong; Ctrl+Enter runs. Stays open when the engine refuses.
class RunDialog : public QDialog
{
    Q_OBJECT

public:
    /// Starts the run; gives what stands in its way, with the input it is about, or nothing.
    struct Refusal
    {
        QString sentence;
        QString inputId;
    };
    /// What the dialog says: "Run etl", "company · runs on this machine", "Run".
    struct Words
    {
        QString title;
        QString place;
        QString action;
    };
    using Start = std::function<std::optional<Refusal>(const QMap<QString, QString> &texts)>;

    RunDialog(AppState &state, const Words &words, std::vector<InputField> fields, const QMap<QString, QString> &texts, Start start,
              QWidget *parent = nullptr);

    QMap<QString, QString> texts() const;
    QWidget *control(const QString &inputId) const;
    QString problem(const QString &inputId) const;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Row
    {
        InputField field;
        QWidget *control = nullptr;
        QLabel *help = nullptr;
        std::function<QString()> text;
        QString refused; ///< what the engine said of this text
    };
    QWidget *makeControl(Row &row, const QString &text);
    void addRow(class QGridLayout *grid, Row &row, const QString &text);
    void check();
    void run();

    AppState &m_state;
    std::vector<std::unique_ptr<Row>> m_rows;
    Start m_start;
    ui::Banner *m_banner;
    QLabel *m_footer;
    QPushButton *m_run;
};

} // namespace app
