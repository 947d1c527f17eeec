#pragma once

#include "app/inspector/form_view.h"
#include "app/inspector/last_run.h"
#include "editor/document_session.h"

#include <QPointer>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTabBar;
class QTextBrowser;
class QToolButton;

namespace app {

/// The panel at the right: the properties of one task, trigger or input, or of the flow itself when
/// nothing is selected. Form, Source or Last run. Each change is one edit of one field. Knows the session, no
/// view.
class Inspector : public QWidget
{
    Q_OBJECT

public:
    explicit Inspector(const ui::Theme &theme, QWidget *parent = nullptr);
    ~Inspector() override;

    /// Not owned; null shows that no flow is open.
    void setSession(editor::DocumentSession *session);
    void setTheme(const ui::Theme &theme);
    /// How problems and refusals are said; English by default.
    void setSentences(std::function<QString(const flow::Diagnostic &)> problem,
                      std::function<QString(const flow::Error &)> refusal);
    /// `tasks[1]`, `triggers[0]`; empty is the flow itself.
    void setSubject(const QString &path);
    QString subject() const { return QString::fromStdString(m_path); }
    FormView &form() { return *m_form; }
    /// What the last run of the flow did with the subject; nothing when there was none.
    void setLastRun(std::optional<LastRun> run);
    /// Puts the focus into a field: `timeout`, `retry.interval`, `id`.
    void focusField(const QString &path);

signals:
    /// For the status bar: "1 line changed".
    void status(QString sentence);
    /// A place in the text, in bytes.
    void jumpWanted(std::size_t offset);
    /// The subject's path changed because its id was found elsewhere.
    void subjectMoved(QString path);

private:
    void refresh();
    void showHeader(const Form &form);
    void showSource(const Form &form);
    void showLastRun();
    void submit(const flow::Result<flow::Edit> &edit, const char *label, const QString &field);
    void changeProperty(const QString &path, const std::optional<std::string> &yaml);
    QString refusal(const flow::Error &error) const;

    ui::Theme m_theme;
    QPointer<editor::DocumentSession> m_session;
    std::function<QString(const flow::Error &)> m_refusalText;
    std::string m_path;
    std::string m_id; // of the subject, to follow it when paths shift
    Form m_shown;
    QLabel *m_tile;
    QLabel *m_title;
    QLabel *m_type;
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    FormView *m_form;
    QPlainTextEdit *m_source;
    QTextBrowser *m_run;
    QToolButton *m_docs;
    std::optional<LastRun> m_lastRun;
    QLabel *m_empty;
    bool m_submitting = false;
};

} // namespace app
