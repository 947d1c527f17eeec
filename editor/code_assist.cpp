#include "editor/code_assist.h"

#include "editor/yaml_editor.h"

#include <QKeyEvent>

namespace editor {

CodeAssist::CodeAssist(YamlEditor &editor, Completer completer, const ui::Theme &theme)
    : QObject(&editor),
      m_editor(editor),
      m_completer(std::move(completer)),
      m_popup(new CompletionPopup(theme, &editor)),
      m_signature(new SignaturePopup(theme, &editor))
{
    m_editor.installEventFilter(this);
    connect(&m_editor, &YamlEditor::typed, this, &CodeAssist::onTyped);
    connect(&m_editor, &YamlEditor::focusChanged, this, [this](bool focused) {
        if (!focused)
            close();
    });
    connect(&m_editor, &YamlEditor::caretMoved, this, [this](std::size_t offset) {
        if (m_popup->isVisible() && !m_accepting &&
            (offset < m_list.range.begin || offset > m_list.range.end + 1))
            m_popup->hide();
        if (m_signature->isVisible() && !m_accepting)
            showSignature();
    });
    connect(m_popup, &CompletionPopup::chosen, this, &CodeAssist::accept);
}

void CodeAssist::complete()
{
    refresh(false);
}

void CodeAssist::close()
{
    m_popup->hide();
    m_signature->hide();
}

void CodeAssist::setTheme(const ui::Theme &theme)
{
    m_popup->setTheme(theme);
    m_signature->setTheme(theme);
}

const RunValues *CodeAssist::runValues()
{
    if (m_runValuesSource)
        m_completer.setRunValues(m_runValuesSource());
    return m_completer.runValues();
}

void CodeAssist::showSignature()
{
    DocumentSession *session = m_editor.session();
    std::optional<SignatureHelp> help;
    if (session && !session->isPlainText() && !m_editor.isComposing())
        help = signatureAt(session->snapshot(), m_editor.caretOffset(), m_completer);
    if (!help) {
        m_signature->hide();
        return;
    }
    QRect anchor = m_editor.caretRect(help->begin);
    anchor.moveTopLeft(m_editor.viewport()->mapToGlobal(anchor.topLeft()));
    m_signature->showHelp(*help, anchor);
}

void CodeAssist::onTyped(const QString &text)
{
    if (m_accepting)
        return;
    if (m_editor.isComposing()) {
        close();
        return;
    }
    if (text.isEmpty()) { // something was deleted
        if (m_popup->isVisible())
            refresh(true);
        return;
    }
    const QChar last = text.back();
    if (last == QLatin1Char('(') || last == QLatin1Char(',') || m_signature->isVisible())
        showSignature();
    const bool opens = last.isLetterOrNumber() || QStringLiteral("._-['\"|").contains(last);
    // behind `type: `, `{{ ` and `| ` the list opens by itself
    const bool afterMark = last == QLatin1Char(' ') && m_editor.session() && [this] {
        const std::string &whole = m_editor.session()->text();
        const std::size_t at = m_editor.caretOffset();
        if (at < 2)
            return false;
        const std::string_view before = std::string_view(whole).substr(0, at - 1);
        return before.ends_with("type:") || before.ends_with("{{") || before.ends_with("|") ||
               before.ends_with("{%");
    }();
    if (opens || afterMark)
        refresh(true);
    else
        m_popup->hide();
}

void CodeAssist::refresh(bool automatic)
{
    DocumentSession *session = m_editor.session();
    if (!session || session->isReadOnly() || session->isPlainText() || m_editor.isComposing() ||
        m_editor.caretCount() > 1) { // an item would go to one of the carets only
        close();
        return;
    }
    const flow::Snapshot snapshot = session->snapshot();
    const std::size_t offset = m_editor.caretOffset();
    if (expressionAt(*snapshot.text, offset))
        runValues();
    m_list = m_completer.complete(snapshot, offset);
    const bool written = m_list.items.size() == 1 && automatic &&
                         m_list.items.front().insert ==
                             snapshot.text->substr(m_list.range.begin, m_list.range.size());
    const bool nothingTyped = automatic && m_list.range.begin == offset && !m_popup->isVisible() &&
                              m_list.items.size() > 400;
    if (m_list.items.empty() || written || nothingTyped) {
        m_popup->hide();
        return;
    }
    QRect anchor = m_editor.caretRect(m_list.range.begin);
    anchor.moveTopLeft(m_editor.viewport()->mapToGlobal(anchor.topLeft()));
    m_popup->showItems(m_list.items, anchor);
}

void CodeAssist::accept()
{
    const CompletionItem *item = m_popup->current();
    DocumentSession *session = m_editor.session();
    if (!item || !session) {
        close();
        return;
    }
    const std::string &text = session->text();
    const std::size_t newline = text.find('\n');
    const bool windows =
        newline != std::string::npos && newline > 0 && text[newline - 1] == '\r';
    const auto inFile = [windows](std::string part) { // with the file's line ends
        for (std::size_t at = windows ? part.find('\n') : std::string::npos;
             at != std::string::npos; at = part.find('\n', at + 2))
            part.insert(at, 1, '\r');
        return part;
    };
    const std::string before = inFile(item->insert.substr(0, item->caret));
    const std::string selected = inFile(item->insert.substr(item->caret, item->selected));
    const std::string rest = inFile(item->insert.substr(item->caret + item->selected));
    std::vector<flow::Replacement> changes{{m_list.range, before + selected + rest}};
    std::size_t caret = m_list.range.begin + before.size();
    for (const flow::Replacement &change : item->also) {
        changes.push_back({change.range, inFile(change.text)});
        if (change.range.begin < m_list.range.begin)
            caret += changes.back().text.size() - change.range.size();
    }
    const bool key =
        item->kind == CompletionKind::Property || item->kind == CompletionKind::RequiredProperty;
    const bool call = before.ends_with("(");
    m_accepting = true;
    m_editor.replace(std::move(changes), "edit.complete", {caret, caret + selected.size()});
    m_accepting = false;
    m_popup->hide();
    if (call)
        showSignature();
    if (key && before.ends_with(": ")) // its values, when there are any
        refresh(true);
}

bool CodeAssist::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_editor && event->type() == QEvent::ShortcutOverride &&
        (m_popup->isVisible() || m_signature->isVisible())) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter ||
            key == Qt::Key_Tab) {
            event->accept();
            return true;
        }
    }
    if (watched == &m_editor && event->type() == QEvent::KeyPress &&
        handleKey(static_cast<QKeyEvent *>(event)))
        return true;
    if (watched == &m_editor && event->type() == QEvent::InputMethod)
        close();
    return QObject::eventFilter(watched, event);
}

bool CodeAssist::handleKey(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (event->key() == Qt::Key_Space && modifiers == Qt::ControlModifier) {
        complete();
        return true;
    }
    if (event->key() == Qt::Key_Space &&
        modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) {
        showSignature();
        return true;
    }
    if (m_signature->isVisible() && !m_popup->isVisible() && event->key() == Qt::Key_Escape) {
        m_signature->hide();
        return true;
    }
    if (!m_popup->isVisible() || modifiers != Qt::NoModifier)
        return false;
    switch (event->key()) {
    case Qt::Key_Down:
        m_popup->move(1);
        return true;
    case Qt::Key_Up:
        m_popup->move(-1);
        return true;
    case Qt::Key_PageDown:
        m_popup->move(8);
        return true;
    case Qt::Key_PageUp:
        m_popup->move(-8);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        accept();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

} // namespace editor
