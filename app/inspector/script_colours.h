#pragma once

#include "editor/yaml_scanner.h"
#include "ui/theme.h"

#include <QSyntaxHighlighter>

namespace app {

/// Colours a field of several lines as the editor colours the same text: a script in its language, or YAML. Owned by
/// the document it colours.
class ScriptColours : public QSyntaxHighlighter
{
public:
    ScriptColours(QTextDocument *document, const ui::Theme &theme) : QSyntaxHighlighter(document), m_theme(theme) {}

    void setLanguage(editor::ScriptLanguage language, bool yaml);

protected:
    void highlightBlock(const QString &text) override;

private:
    ui::Theme m_theme;
    editor::ScriptLanguage m_language = editor::ScriptLanguage::None;
    bool m_yaml = false;
};

} // namespace app
