#include "editor/editor_action.h"
#include "editor/line_commands.h"
#include "editor/script_scanner.h"
#include "editor/yaml_editor.h"
#include "engine/flow/edits.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <algorithm>

/// Commands of the text view that change whole lines or the number of carets.
namespace editor {

void YamlEditor::toggleComment()
{
    if (!m_session)
        return;
    finishComposition();
    const Caret caret = currentCaret();
    const flow::Range range = caret.range();
    const ScriptLanguage first = languageAt(lineOf(range.begin));
    const ScriptLanguage language = first == languageAt(lineOf(range.end)) ? first : m_language;
    if (auto change = commands::toggleComment(m_session->text(), caret, commentSign(language)))
        replace(std::move(change->replacements), "edit.comment", change->after);
}

/// The language of a script a line stands in, or of the whole file.
ScriptLanguage YamlEditor::languageAt(int line)
{
    if (m_language != ScriptLanguage::None || line == 0)
        return m_language;
    const auto stateAfter = [this](int of) {
        return LineState::unpack(
            static_cast<int>(send(SCI_GETLINESTATE, static_cast<unsigned long>(of))));
    };
    send(SCI_COLOURISE, 0, send(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line)));
    const LineState before = stateAfter(line - 1);
    const bool inside = before.kind == LineState::Kind::Block &&
                        stateAfter(line).kind == LineState::Kind::Block;
    return inside ? before.language : ScriptLanguage::None;
}

void YamlEditor::moveLines(bool up)
{
    if (!m_session)
        return;
    finishComposition();
    if (auto change = commands::moveLines(m_session->text(), currentCaret(), up))
        replace(std::move(change->replacements), "edit.move-lines", change->after);
}

bool YamlEditor::moveTask(bool up)
{
    if (!m_session || m_session->isReadOnly() || m_session->isPlainText())
        return false;
    const Caret caret = currentCaret();
    const flow::Snapshot snapshot = m_session->freshSnapshot();
    const flow::Task *task =
        caret.anchor == caret.position ? snapshot.flow->taskAt(caret.position) : nullptr;
    if (!task || task->fault || !task->item ||
        lineOf(task->item->range.begin) != lineOf(caret.position))
        return false;
    const std::size_t bracket = task->path.rfind('[');
    const flow::TaskList *list = bracket == std::string::npos
                                     ? nullptr
                                     : snapshot.flow->findList(task->path.substr(0, bracket));
    if (!list)
        return false;
    const auto index = static_cast<std::size_t>(std::stoul(task->path.substr(bracket + 1)));
    if (up ? index == 0 : index + 1 >= list->tasks.size())
        return true; // at the end of its list: lines would leave it
    const flow::Result<flow::Edit> edit =
        flow::edits::moveTask(snapshot, task->path, {list->path, up ? index - 1 : index + 2});
    if (!edit)
        return false;
    const std::string path =
        task->path.substr(0, bracket) + "[" + std::to_string(up ? index - 1 : index + 1) + "]";
    const std::size_t column = caret.position - task->item->range.begin;
    const std::string id = task->id;
    const std::string behind = up ? index < 2 ? std::string() : list->tasks[index - 2].id
                                  : list->tasks[index + 1].id; // empty: it comes first
    if (!m_session->submit(*edit, {"edit.move-task", {id, behind}}))
        return false;
    if (const flow::Task *moved = m_session->freshSnapshot().flow->findByPath(path);
        moved && moved->item)
        goToOffset(moved->item->range.begin + column);
    return true;
}

void YamlEditor::moveUp()
{
    if (!moveTask(true))
        moveLines(true);
}

void YamlEditor::moveDown()
{
    if (!moveTask(false))
        moveLines(false);
}

void YamlEditor::duplicateLines()
{
    if (!m_session)
        return;
    finishComposition();
    if (auto change = commands::duplicateLines(m_session->text(), currentCaret()))
        replace(std::move(change->replacements), "edit.duplicate-lines", change->after);
}

void YamlEditor::deleteLines()
{
    if (!m_session)
        return;
    finishComposition();
    if (auto change = commands::deleteLines(m_session->text(), currentCaret()))
        replace(std::move(change->replacements), "edit.delete-lines", change->after);
}

void YamlEditor::cut()
{
    const Action action(this);
    send(SCI_CUT);
}

void YamlEditor::copy()
{
    send(SCI_COPY);
}

/// The same change at each caret, as one step; each caret ends where its change leaves it.
void YamlEditor::atEveryCaret(TextChange (*change)(std::string_view text, Caret caret))
{
    if (!m_session)
        return;
    const auto at = [this](unsigned message, long index) {
        return toOffset(send(message, static_cast<unsigned long>(index)));
    };
    std::vector<Caret> carets;
    for (long i = 0; i < send(SCI_GETSELECTIONS); ++i)
        carets.push_back({at(SCI_GETSELECTIONNANCHOR, i), at(SCI_GETSELECTIONNCARET, i)});
    std::sort(carets.begin(), carets.end(), [](const Caret &a, const Caret &b) {
        return a.range().begin < b.range().begin;
    });
    std::vector<flow::Replacement> changes;
    std::vector<std::size_t> after;
    std::ptrdiff_t shift = 0; // of what stands before
    for (const Caret &caret : carets) {
        TextChange one = change(m_session->text(), caret);
        after.push_back(one.after.position + static_cast<std::size_t>(shift));
        for (flow::Replacement &part : one.replacements) {
            shift += static_cast<std::ptrdiff_t>(part.text.size()) -
                     static_cast<std::ptrdiff_t>(part.range.size());
            changes.push_back(std::move(part));
        }
    }
    if (!replace(std::move(changes), "edit.type", {after.front(), after.front()}))
        return;
    for (std::size_t i = 1; i < after.size(); ++i)
        send(SCI_ADDSELECTION, static_cast<unsigned long>(toPosition(after[i])),
             toPosition(after[i]));
}

void YamlEditor::insertNewline()
{
    atEveryCaret(commands::newline);
}

void YamlEditor::pasteText()
{
    const QMimeData *clipboard = QGuiApplication::clipboard()->mimeData();
    const std::string text = clipboard ? clipboard->text().toStdString() : std::string();
    if (!m_session || m_session->isReadOnly() || text.empty())
        return;
    if (send(SCI_GETSELECTIONS) > 1 || text.find('\n') == std::string::npos) {
        const Action action(this);
        send(SCI_PASTE);
        return;
    }
    TextChange change = commands::paste(m_session->text(), currentCaret(), text);
    replace(std::move(change.replacements), "edit.paste", change.after);
}

void YamlEditor::insertTab(bool back)
{
    if (!m_session)
        return;
    const Caret caret = currentCaret();
    if (back || caret.anchor != caret.position) {
        if (auto change = commands::indentLines(m_session->text(), caret, back))
            replace(std::move(change->replacements), "edit.indent", change->after);
        return;
    }
    atEveryCaret(commands::insertTab);
}

void YamlEditor::addCaretAbove()
{
    const long caret = send(SCI_GETSELECTIONNCARET, 0);
    const long line = send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(caret));
    const long column = send(SCI_GETCOLUMN, static_cast<unsigned long>(caret));
    long top = line;
    for (long i = 0; i < send(SCI_GETSELECTIONS); ++i)
        top = std::min(top, send(SCI_LINEFROMPOSITION,
                                 static_cast<unsigned long>(
                                     send(SCI_GETSELECTIONNCARET, static_cast<unsigned long>(i)))));
    if (top == 0)
        return;
    const long position = send(SCI_FINDCOLUMN, static_cast<unsigned long>(top - 1), column);
    send(SCI_ADDSELECTION, static_cast<unsigned long>(position), position);
    send(SCI_SETMAINSELECTION, 0);
}

void YamlEditor::addCaretBelow()
{
    const long caret = send(SCI_GETSELECTIONNCARET, 0);
    const long column = send(SCI_GETCOLUMN, static_cast<unsigned long>(caret));
    long bottom = send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(caret));
    for (long i = 0; i < send(SCI_GETSELECTIONS); ++i)
        bottom =
            std::max(bottom, send(SCI_LINEFROMPOSITION,
                                  static_cast<unsigned long>(send(SCI_GETSELECTIONNCARET,
                                                                  static_cast<unsigned long>(i)))));
    if (bottom + 1 >= send(SCI_GETLINECOUNT))
        return;
    const long position = send(SCI_FINDCOLUMN, static_cast<unsigned long>(bottom + 1), column);
    send(SCI_ADDSELECTION, static_cast<unsigned long>(position), position);
    send(SCI_SETMAINSELECTION, 0);
}

void YamlEditor::selectNextOccurrence()
{
    send(SCI_TARGETWHOLEDOCUMENT);
    send(SCI_SETSEARCHFLAGS, SCFIND_MATCHCASE);
    send(SCI_MULTIPLESELECTADDNEXT);
}

} // namespace editor
