#pragma once

#include "engine/flow/task_catalog.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QTextBrowser;

namespace app {

class AppState;
class FlowPage;

/// What the catalog says of a type: of the one the caret is in, or of one that is looked up. Properties and
/// outputs with their types; needs no network.
class DocsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit DocsPanel(AppState &state, QWidget *parent = nullptr);

    /// Follows the caret of this page; null: none.
    void setPage(FlowPage *page);
    void showType(const QString &type);
    QString shownType() const { return m_type; }
    QTextBrowser &text() { return *m_text; }
    QLineEdit &search();

private:
    void follow();
    void refresh();

    AppState &m_state;
    QComboBox *m_search;
    QTextBrowser *m_text;
    QString m_type;
    QTimer m_timer;
    FlowPage *m_page = nullptr;
};

/// A type's page as HTML.
QString documentationOf(const flow::TaskType &type);

} // namespace app
