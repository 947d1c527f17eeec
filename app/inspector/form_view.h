#pragma once

#include "app/inspector/field_editors.h"

#include <QHash>
#include <QScrollArea>
#include <QSet>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace app {

/// The rows of a form: label, control, help, what is wrong. Keeps its controls while the same
/// fields are shown, so that typing and focus outlive each analysis.
class FormView : public QScrollArea
{
    Q_OBJECT

public:
    explicit FormView(const ui::Theme &theme, QWidget *parent = nullptr);

    void setTheme(const ui::Theme &theme);
    void setDiagnosticText(std::function<QString(const flow::Diagnostic &)> text)
    {
        m_diagnosticText = std::move(text);
    }
    void showForm(const Form &form);
    /// Gives in what is being typed in any control.
    void commit();
    /// The whole documentation below each field, not its first sentence only.
    void setFullDocs(bool full);
    /// Seconds since 1970, for what depends on it; the clock by default.
    void setNow(std::function<qint64()> now) { m_now = std::move(now); }
    /// Asks for a file and gives the value that names it; nothing when there is none. Without it there is no button.
    void setFilePicker(std::function<QString(QWidget *)> picker) { m_pickFile = std::move(picker); }
    /// Why the last change of a field was refused; empty takes the words away.
    void showRefused(const QString &path, const QString &why);
    QWidget *controlOf(const QString &path) const;

signals:
    void propertyChanged(QString path, std::optional<std::string> yaml);
    void idChanged(QString id);
    void noteChanged(QString note);
    void fixWanted(std::size_t offset); ///< of the problem

private:
    struct Row
    {
        QWidget *widget = nullptr;
        FieldEditor *editor = nullptr;
        QLabel *label = nullptr;
        QLabel *help = nullptr;
        QLabel *error = nullptr;
        QToolButton *reset = nullptr;
        QToolButton *toggle = nullptr;
        FieldKind kind = FieldKind::Text;
        bool asText = false;
    };
    void rebuild(const Form &form);
    void addBanner(const Form &form);
    QWidget *groupHeading(QWidget *parent) const;
    void addIdRow(const Form &form);
    void addNoteRow(const Form &form);
    Row makeRow(const FormField &field, QWidget *parent);
    void fillRow(Row &row, const FormField &field);
    void connectEditor(const FieldEditor *editor, const QString &path);
    QString shapeOf(const Form &form) const;
    bool wantsText(const FormField &field) const;

    ui::Theme m_theme;
    std::function<QString(const flow::Diagnostic &)> m_diagnosticText;
    Form m_form;
    QString m_shape;
    QHash<QString, Row> m_rows;
    QHash<QString, bool> m_asExpression; ///< what the user chose, by path; else the value decides
    QSet<QString> m_openGroups;
    bool m_moreOpen = false;
    bool m_fullDocs = false;
    std::function<qint64()> m_now;
    std::function<QString(QWidget *)> m_pickFile;
    QWidget *m_content = nullptr;
};

} // namespace app
