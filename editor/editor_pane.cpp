#include "editor/editor_pane.h"

#include <QVBoxLayout>

namespace editor {

EditorPane::EditorPane(std::shared_ptr<const flow::TaskCatalog> catalog, const ui::Theme &theme,
                       QWidget *parent)
    : QWidget(parent),
      m_view(new YamlEditor(theme, this)),
      m_findBar(new FindBar(*m_view, theme, this)),
      m_assist(
          new CodeAssist(*m_view, Completer(catalog, expressionWords(catalog->dialect())), theme)),
      m_navigation(new Navigation(*m_view, *m_assist))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_findBar);
    column->addWidget(m_view, 1);
    setFocusProxy(m_view);
}

void EditorPane::setTheme(const ui::Theme &theme)
{
    m_view->setTheme(theme);
    m_findBar->setTheme(theme);
    m_assist->setTheme(theme);
}

} // namespace editor
