#pragma once

#include "editor/completer.h"
#include "editor/completion_popup.h"

#include <QObject>
#include <QTimer>

namespace editor {

class YamlEditor;

/// Brings completion to one text view: opens while one types and on Ctrl+Space, never while an
/// input method composes; arrows and Page keys walk, Enter or Tab accept, Escape closes. GUI
/// thread.
class CodeAssist : public QObject
{
    Q_OBJECT

public:
    CodeAssist(YamlEditor &editor, Completer completer, const ui::Theme &theme);

    void setTheme(const ui::Theme &theme) { m_popup->setTheme(theme); }
    void setProject(std::vector<ProjectFlow> flows) { m_completer.setProject(std::move(flows)); }
    const Completer &completer() const { return m_completer; }
    CompletionPopup &popup() { return *m_popup; }

public slots:
    void complete(); ///< as Ctrl+Space does
    void close();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void onTyped(const QString &text);
    void refresh(bool automatic);
    void accept();
    bool handleKey(QKeyEvent *event);

    YamlEditor &m_editor;
    Completer m_completer;
    CompletionPopup *m_popup;
    CompletionList m_list;
    bool m_accepting = false;
};

} // namespace editor
