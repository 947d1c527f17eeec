#pragma once

#include "editor/code_assist.h"
#include "editor/find_bar.h"
#include "editor/navigation.h"
#include "editor/yaml_editor.h"

namespace editor {

/// The text view of one flow with what belongs to it: find bar, completion, hover,
/// navigation. One session, not owned.
class EditorPane : public QWidget
{
    Q_OBJECT

public:
    EditorPane(std::shared_ptr<const flow::TaskCatalog> catalog, const ui::Theme &theme,
               QWidget *parent = nullptr);

    void setSession(DocumentSession *session) { m_view->setSession(session); }
    void setTheme(const ui::Theme &theme);
    YamlEditor &view() { return *m_view; }
    FindBar &findBar() { return *m_findBar; }
    CodeAssist &assist() { return *m_assist; }
    Navigation &navigation() { return *m_navigation; }

public slots:
    void showFind() { m_findBar->open(false); }
    void showReplace() { m_findBar->open(true); }
    void findNext() { m_findBar->findNext(false); }
    void findPrevious() { m_findBar->findNext(true); }

private:
    YamlEditor *m_view;
    FindBar *m_findBar;
    CodeAssist *m_assist;
    Navigation *m_navigation;
};

} // namespace editor
