#pragma once

#include "editor/yaml_editor.h"

namespace editor {

/// One user action: what it changes becomes one step when the outermost one ends.
class YamlEditor::Action
{
public:
    explicit Action(YamlEditor *editor) : m_editor(editor)
    {
        if (m_editor->m_actionDepth++ == 0 && m_editor->m_changes.empty() && !m_editor->m_composing)
            m_editor->m_caretBefore = m_editor->currentCaret();
    }
    ~Action()
    {
        if (--m_editor->m_actionDepth == 0)
            m_editor->flush();
    }
    Action(const Action &) = delete;

private:
    YamlEditor *m_editor;
};

} // namespace editor
