#pragma once

#include "editor/completer.h"
#include "editor/completion_popup.h"
#include "editor/run_values.h"
#include "editor/signature_popup.h"

#include <QObject>

#include <functional>

namespace editor {

class YamlEditor;

/// Brings completion to one text view: opens while one types and on Ctrl+Space, never while an
/// input method composes; arrows and Page keys walk, Enter or Tab accept, Escape closes. Inside a
/// call of an expression the parameters stand above the line (Ctrl+Shift+Space shows them). GUI
/// thread.
class CodeAssist : public QObject
{
    Q_OBJECT

public:
    CodeAssist(YamlEditor &editor, Completer completer, const ui::Theme &theme);

    void setTheme(const ui::Theme &theme);
    /// Asked for what the last run of this flow left (or a fixture) when it is about to be shown;
    /// it gives null for none.
    void setRunValuesSource(std::function<std::shared_ptr<const RunValues>()> source)
    {
        m_runValuesSource = std::move(source);
    }
    /// As the source has them now; null for none.
    const RunValues *runValues();
    void setProject(std::vector<ProjectFlow> flows) { m_completer.setProject(std::move(flows)); }
    const Completer &completer() const { return m_completer; }
    CompletionPopup &popup() { return *m_popup; }
    SignaturePopup &signature() { return *m_signature; }

public slots:
    void complete(); ///< as Ctrl+Space does
    void showSignature();
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
    SignaturePopup *m_signature;
    CompletionList m_list;
    std::function<std::shared_ptr<const RunValues>()> m_runValuesSource;
    bool m_accepting = false;
};

} // namespace editor
