#include "editor/navigation.h"

#include "editor/code_assist.h"
#include "editor/fix_text.h"
#include "editor/run_values.h"
#include "editor/yaml_editor.h"
#include "ui/tr.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QToolTip>
#include <QVBoxLayout>

namespace editor {

namespace {

constexpr int kFixDelay = 200; // ms the caret rests before its line is looked at

/// Value, type and where they are from; or why there is no value.
QString renderedText(const RenderedValue &rendered, const RunValues &values)
{
    const QString origin = QString::fromStdString(values.origin).toHtmlEscaped();
    const QString text = QString::fromStdString(rendered.text).toHtmlEscaped();
    if (rendered.failed)
        return Tr::tr("No value with %1: %2").arg(origin, text);
    return QStringLiteral("<pre style=\"margin:0; white-space:pre-wrap\">%1</pre>%2, %3")
        .arg(text, QString::fromStdString(rendered.type), origin);
}

} // namespace

Navigation::Navigation(YamlEditor &editor, CodeAssist &assist)
    : QObject(&editor),
      m_editor(editor),
      m_assist(assist),
      m_diagnosticText([](const flow::Diagnostic &diagnostic) {
          return QString::fromStdString(flow::describe(diagnostic));
      }),
      m_refusalText([](const flow::Error &error) {
          return error.code == flow::ErrorCode::IdTaken
                     ? Tr::tr("%1 is taken already")
                           .arg(
                               QString::fromStdString(error.args.empty() ? "" : error.args.front()))
                 : error.code == flow::ErrorCode::InvalidId
                     ? Tr::tr(
                           "An id has letters, digits, - and _, and begins with a letter or digit")
                     : Tr::tr("This can't be renamed here");
      })
{
    m_editor.installEventFilter(this);
    connect(&m_editor, &YamlEditor::hoverBegan, this, [this](std::size_t offset, QPoint position) {
        if (m_assist.popup().isVisible())
            return;
        const QString text = hoverText(offset);
        if (!text.isEmpty())
            QToolTip::showText(position + QPoint(0, 12), text, m_editor.viewport());
    });
    connect(&m_editor, &YamlEditor::contextMenuWanted, this, &Navigation::showContextMenu);
    connect(&m_editor, &YamlEditor::hoverEnded, this, [] { QToolTip::hideText(); });
    m_fixTimer.setSingleShot(true);
    m_fixTimer.setInterval(kFixDelay);
    connect(&m_fixTimer, &QTimer::timeout, this, &Navigation::refreshFixSign);
    connect(&m_editor, &YamlEditor::caretMoved, this, [this] {
        m_editor.setFixLine(-1);
        m_fixTimer.start();
    });
    connect(&m_editor, &YamlEditor::sessionAnalysed, &m_fixTimer, qOverload<>(&QTimer::start));
    connect(&m_editor, &YamlEditor::fixesClicked, this, &Navigation::showFixes);
}

/// The session when it holds a flow; null otherwise.
DocumentSession *Navigation::flowSession() const
{
    DocumentSession *session = m_editor.session();
    return session && !session->isPlainText() ? session : nullptr;
}

void Navigation::goToDefinition()
{
    if (!flowSession())
        return;
    const flow::Snapshot snapshot = m_editor.session()->freshSnapshot();
    const std::optional<Symbol> symbol = symbolAt(snapshot, m_editor.caretOffset());
    if (!symbol)
        return;
    if (symbol->kind == SymbolKind::Flow)
        emit openFlowWanted(QString::fromStdString(symbol->namespaceId),
                            QString::fromStdString(symbol->name));
    else if (const std::optional<flow::Range> definition = definitionOf(snapshot, *symbol))
        m_editor.select(*definition);
}

QMenu *Navigation::menu()
{
    auto *made = new QMenu(&m_editor);
    made->setAttribute(Qt::WA_DeleteOnClose);
    return made;
}

void Navigation::popUp(QMenu *shown)
{
    const QRect caret = m_editor.caretRect(m_editor.caretOffset());
    shown->popup(m_editor.viewport()->mapToGlobal(caret.bottomLeft()));
    shown->setActiveAction(shown->actions().value(0));
}

/// "12  message: …"
QString Navigation::lineText(const std::string &text, std::size_t offset) const
{
    constexpr int kShown = 80;
    const std::size_t before = offset == 0 ? std::string::npos : text.rfind('\n', offset - 1);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    const std::size_t end = std::min(text.find('\n', offset), text.size());
    const QString line = QString::fromStdString(text.substr(begin, end - begin)).trimmed();
    return QStringLiteral("%1  %2").arg(m_editor.lineOf(offset) + 1).arg(line.left(kShown));
}

void Navigation::showUsages()
{
    if (!flowSession())
        return;
    const flow::Snapshot snapshot = m_editor.session()->freshSnapshot();
    const std::optional<Symbol> symbol = symbolAt(snapshot, m_editor.caretOffset());
    if (!symbol)
        return;
    const std::string &text = *snapshot.text;
    QMenu *list = menu();
    list->setAccessibleName(Tr::tr("Usages of %1").arg(QString::fromStdString(symbol->name)));
    for (const flow::Range &usage : usagesOf(snapshot, *symbol)) {
        QAction *action = list->addAction(
            lineText(text, usage.begin).replace(QLatin1Char('&'), QStringLiteral("&&")));
        connect(action, &QAction::triggered, this, [this, usage] { m_editor.select(usage); });
    }
    if (list->isEmpty())
        list->addAction(Tr::tr("No usages here"))->setEnabled(false);
    popUp(list);
}

void Navigation::showContextMenu(QPoint position, std::size_t offset)
{
    DocumentSession *session = m_editor.session();
    if (!session)
        return;
    const flow::Range selection = m_editor.selection();
    if (!selection.contains(offset) && selection.end != offset)
        m_editor.goToOffset(offset);
    const bool writable = !session->isReadOnly();
    const bool symbol =
        flowSession() && symbolAt(session->freshSnapshot(), offset).has_value();
    QMenu *list = menu();
    const auto add = [&](const QString &text, const QKeySequence &keys, bool enabled, auto &&run) {
        QAction *action = list->addAction(text);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut); // shown here, handled by the view
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, run);
    };
    add(Tr::tr("Undo"), QKeySequence::Undo, session->history().canUndo(),
        [this] { m_editor.undoStep(); });
    add(Tr::tr("Redo"), QKeySequence::Redo, session->history().canRedo(),
        [this] { m_editor.redoStep(); });
    list->addSeparator();
    add(Tr::tr("Cut"), QKeySequence::Cut, writable && !m_editor.selection().empty(),
        [this] { m_editor.cut(); });
    add(Tr::tr("Copy"), QKeySequence::Copy, !m_editor.selection().empty(),
        [this] { m_editor.copy(); });
    add(Tr::tr("Paste"), QKeySequence::Paste, writable, [this] { m_editor.pasteText(); });
    add(Tr::tr("Select all"), QKeySequence::SelectAll, true,
        [this] { m_editor.SendScintilla(QsciScintillaBase::SCI_SELECTALL); });
    list->addSeparator();
    add(Tr::tr("Go to definition"), Qt::Key_F12, symbol, [this] { goToDefinition(); });
    add(Tr::tr("Show usages"), Qt::SHIFT | Qt::Key_F12, symbol, [this] { showUsages(); });
    add(Tr::tr("Rename"), Qt::Key_F2, symbol && writable, [this] { rename(); });
    add(Tr::tr("Quick fix"), Qt::CTRL | Qt::Key_Period, !fixesAt(offset).empty(),
        [this] { showFixes(); });
    list->addSeparator();
    add(Tr::tr("Comment lines"), Qt::CTRL | Qt::Key_Slash, writable,
        [this] { m_editor.toggleComment(); });
    if (!m_editor.actions().isEmpty()) {
        list->addSeparator();
        list->addActions(m_editor.actions());
    }
    list->popup(position);
}

std::vector<flow::Diagnostic> Navigation::problemsOnLine(const flow::Snapshot &snapshot,
                                                         std::size_t offset) const
{
    std::vector<flow::Diagnostic> problems;
    const int line = m_editor.lineOf(offset);
    for (const flow::Diagnostic &diagnostic : snapshot.diagnostics)
        if (m_editor.lineOf(diagnostic.range.begin) <= line &&
            line <= m_editor.lineOf(diagnostic.range.end))
            problems.push_back(diagnostic);
    return problems;
}

std::vector<QuickFix> Navigation::fixesAt(std::size_t offset) const
{
    std::vector<QuickFix> fixes;
    if (!flowSession() || flowSession()->isReadOnly())
        return fixes;
    const flow::Snapshot snapshot = m_editor.session()->freshSnapshot();
    for (const flow::Diagnostic &diagnostic : problemsOnLine(snapshot, offset))
        for (QuickFix &fix : quickFixes(snapshot, diagnostic, m_assist.completer().catalog()))
            fixes.push_back(std::move(fix));
    return fixes;
}

/// Looks only at what is analysed already: typing never waits for it.
void Navigation::refreshFixSign()
{
    DocumentSession *session = flowSession();
    if (!session || session->isReadOnly())
        return;
    const flow::Snapshot snapshot = session->snapshot();
    bool any = false;
    if (snapshot.flowRevision == snapshot.revision)
        for (const flow::Diagnostic &diagnostic :
             problemsOnLine(snapshot, m_editor.caretOffset()))
            any = any ||
                  !quickFixes(snapshot, diagnostic, m_assist.completer().catalog()).empty();
    m_editor.setFixLine(any ? m_editor.lineOf(m_editor.caretOffset()) : -1);
}

void Navigation::apply(const QuickFix &fix)
{
    if (!m_editor.session())
        return;
    const flow::Result<> done = m_editor.session()->submit(
        fix.edit, {"edit.fix", {fix.args.empty() ? fix.id : fix.args.front()}});
    if (!done || fix.edit.empty() || fix.id == "fix.remove")
        return;
    // the caret goes between the quotes of a new, empty value
    const std::string &text = m_editor.session()->text();
    const flow::Replacement &last = fix.edit.replacements().back();
    const std::size_t end = std::min(last.range.begin + last.text.size(), text.size());
    const std::size_t empty = last.text.rfind("\"\"");
    m_editor.goToOffset(fix.id == "fix.add" && empty != std::string::npos &&
                                fix.edit.replacements().size() == 1
                            ? last.range.begin + empty + 1
                            : end);
}

QMenu *Navigation::fixMenu(const std::vector<flow::Diagnostic> &problems)
{
    const flow::Snapshot snapshot = m_editor.session()->freshSnapshot();
    const flow::TaskCatalog &catalog = m_assist.completer().catalog();
    const auto shown = [](QString text) {
        return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
    };
    QMenu *list = menu();
    list->setAccessibleName(Tr::tr("Quick fixes"));
    QStringList codes;
    for (const flow::Diagnostic &problem : problems)
        for (const QuickFix &fix : quickFixes(snapshot, problem, catalog)) {
            connect(list->addAction(shown(fixText(fix))), &QAction::triggered, this,
                    [this, fix] { apply(fix); });
            if (const QString code = QString::fromStdString(problem.code); !codes.contains(code))
                codes << code;
        }
    if (list->isEmpty())
        list->addAction(Tr::tr("No fix on this line"))->setEnabled(false);
    list->addSeparator();
    for (const QString &code : std::as_const(codes)) {
        const auto same = std::count_if(
            snapshot.diagnostics.begin(), snapshot.diagnostics.end(),
            [&](const flow::Diagnostic &other) { return other.code == code.toStdString(); });
        if (same < 2)
            continue;
        QAction *all = list->addAction(
            Tr::tr("Fix all %n problem(s) of this kind", nullptr, static_cast<int>(same)));
        all->setToolTip(code);
        connect(all, &QAction::triggered, this, [this, code] { fixAllLike(code); });
    }
    if (const auto safe = fixAll(snapshot, {}, catalog); safe && !safe->empty())
        connect(list->addAction(Tr::tr("All safe fixes of this flow")), &QAction::triggered, this,
                [this] { fixAllLike({}); });
    return list;
}

void Navigation::showFixes()
{
    DocumentSession *session = flowSession();
    if (session && !session->isReadOnly())
        popUp(fixMenu(problemsOnLine(session->freshSnapshot(), m_editor.caretOffset())));
}

void Navigation::showFixesOf(std::size_t offset, const QString &code, QPoint globalPosition)
{
    DocumentSession *session = flowSession();
    if (!session || session->isReadOnly())
        return;
    std::vector<flow::Diagnostic> problems;
    for (const flow::Diagnostic &diagnostic : session->freshSnapshot().diagnostics)
        if (diagnostic.range.begin == offset && diagnostic.code == code.toStdString())
            problems.push_back(diagnostic);
    m_editor.goToOffset(std::min(offset, session->text().size()));
    fixMenu(problems)->popup(globalPosition);
}

bool Navigation::fixAllLike(const QString &code)
{
    if (!flowSession() || flowSession()->isReadOnly())
        return false;
    const flow::Snapshot snapshot = m_editor.session()->freshSnapshot();
    const flow::Result<flow::Edit> edit =
        fixAll(snapshot, code.toStdString(), m_assist.completer().catalog());
    return edit && !edit->empty() &&
           m_editor.session()->submit(*edit, {"edit.fix-all", {}}).hasValue();
}

void Navigation::rename()
{
    DocumentSession *session = flowSession();
    if (!session || session->isReadOnly() || m_rename)
        return;
    m_renamed = symbolAt(session->freshSnapshot(), m_editor.caretOffset());
    if (!m_renamed || m_renamed->kind == SymbolKind::Flow)
        return;
    const QRect place = m_editor.caretRect(m_renamed->range.begin);
    const QRect end = m_editor.caretRect(m_renamed->range.end);
    m_renameBox = new QFrame(m_editor.viewport());
    m_renameBox->setProperty("role", "popup");
    auto *layout = new QVBoxLayout(m_renameBox);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_rename = new QLineEdit(QString::fromStdString(m_renamed->name));
    m_rename->setAccessibleName(
        Tr::tr("New name of %1").arg(QString::fromStdString(m_renamed->name)));
    m_rename->setFont(m_editor.theme().monoFont(13));
    m_rename->setFixedHeight(m_editor.theme().scaled(28));
    m_rename->selectAll();
    m_rename->installEventFilter(this);
    layout->addWidget(m_rename);
    int width = std::max(160, end.left() - place.left() + 80);
    const std::vector<flow::Range> usages =
        usagesOf(m_editor.session()->snapshot(), *m_renamed);
    if (usages.size() > 1) {
        listUsages(usages);
        layout->addWidget(m_usages);
        width = std::max(width, m_editor.theme().scaled(320));
    }
    m_renameBox->setFixedWidth(width);
    m_renameBox->adjustSize();
    const QSize room = m_editor.viewport()->size();
    const int below = place.top() - 4;
    const int y = below + m_renameBox->height() <= room.height()
                      ? below
                      : std::max(0, place.bottom() + 4 - m_renameBox->height());
    m_renameBox->move(std::clamp(place.left() - 8, 0, std::max(0, room.width() - width)), y);
    m_renameBox->show();
    m_rename->setFocus();
}

/// One row for each usage, ticked; the definition always goes along.
void Navigation::listUsages(const std::vector<flow::Range> &usages)
{
    constexpr std::size_t kRows = 6;
    const flow::Snapshot snapshot = m_editor.session()->snapshot();
    const std::optional<flow::Range> definition = definitionOf(snapshot, *m_renamed);
    m_usages = new QListWidget;
    m_usages->setAccessibleName(Tr::tr("Usages that get the new name"));
    m_usages->setToolTip(Tr::tr("Space takes a usage out, or in again"));
    m_usages->setFont(m_editor.theme().monoFont(12));
    m_usages->setUniformItemSizes(true);
    m_usages->setFrameShape(QFrame::NoFrame);
    m_usages->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_usageRanges.clear();
    for (const flow::Range &usage : usages) {
        auto *row = new QListWidgetItem(lineText(*snapshot.text, usage.begin), m_usages);
        const bool fixed = definition && usage == *definition;
        row->setFlags(fixed ? Qt::ItemIsSelectable : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        row->setCheckState(Qt::Checked);
        m_usageRanges.push_back(usage);
    }
    const int row = std::max(m_usages->sizeHintForRow(0), m_editor.theme().scaled(24));
    m_usages->setFixedHeight(row * static_cast<int>(std::min(usages.size(), kRows)) + 4);
    m_usages->setCurrentRow(0);
    m_usages->installEventFilter(this);
}

void Navigation::finishRename(bool accept)
{
    QLineEdit *field = m_rename;
    if (!field)
        return;
    const std::string name = field->text().toStdString();
    DocumentSession *session = m_editor.session();
    if (accept && session && m_renamed && name != m_renamed->name) {
        std::vector<flow::Range> kept;
        for (int row = 0; m_usages && row < m_usages->count(); ++row)
            if (m_usages->item(row)->checkState() == Qt::Unchecked)
                kept.push_back(m_usageRanges[static_cast<std::size_t>(row)]);
        const flow::Result<flow::Edit> edit =
            renameSymbol(session->freshSnapshot(), *m_renamed, name, kept);
        const flow::Result<> done =
            edit ? session->submit(*edit, {"edit.rename", {m_renamed->name, name}})
                 : flow::Result<>(edit.error());
        if (!done) {
            field->setProperty("invalid", true);
            field->setToolTip(m_refusalText(done.error()));
            QToolTip::showText(field->mapToGlobal(QPoint(0, field->height())),
                               m_refusalText(done.error()), field);
            return;
        }
    }
    m_rename = nullptr;
    m_usages = nullptr;
    m_renameBox->hide();
    m_renameBox->deleteLater();
    m_renameBox = nullptr;
    m_editor.setFocus();
}

QString Navigation::hoverText(std::size_t offset) const
{
    DocumentSession *session = flowSession();
    if (!session)
        return {};
    const flow::Snapshot snapshot = session->shownSnapshot();
    QStringList parts;
    if (snapshot.flowRevision == snapshot.revision)
        for (const flow::Diagnostic &diagnostic : snapshot.diagnostics)
            if (diagnostic.range.begin <= offset &&
                offset < std::max(diagnostic.range.end, diagnostic.range.begin + 1)) {
                QString sentence = m_diagnosticText(diagnostic).toHtmlEscaped();
                if (!quickFixes(snapshot, diagnostic, m_assist.completer().catalog()).empty())
                    sentence += QStringLiteral("<br><i>%1</i>")
                                    .arg(Tr::tr("Ctrl+. offers the fix").toHtmlEscaped());
                parts << sentence;
            }
    if (const RunValues *values = m_assist.runValues())
        if (const auto rendered =
                renderedAt(snapshot, offset, *values, m_assist.completer().catalog().dialect()))
            parts << renderedText(*rendered, *values);
    if (const std::optional<Hover> hover = hoverAt(snapshot, offset, m_assist.completer())) {
        QString text =
            QStringLiteral("<b>%1</b>").arg(QString::fromStdString(hover->title).toHtmlEscaped());
        if (!hover->type.empty())
            text += QStringLiteral("&nbsp; %1")
                        .arg(QString::fromStdString(hover->type).toHtmlEscaped());
        if (!hover->text.empty())
            text +=
                QStringLiteral("<br>%1").arg(QString::fromStdString(hover->text).toHtmlEscaped());
        parts << text;
    }
    return parts.isEmpty() ? QString()
                           : QStringLiteral("<qt>%1</qt>").arg(parts.join(QStringLiteral("<hr>")));
}

bool Navigation::eventFilter(QObject *watched, QEvent *event)
{
    if (m_rename && (watched == m_rename || watched == m_usages)) {
        if (event->type() == QEvent::KeyPress) {
            const int key = static_cast<QKeyEvent *>(event)->key();
            if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
                finishRename(key != Qt::Key_Escape);
                return true;
            }
            if (m_usages && (key == Qt::Key_Tab || key == Qt::Key_Backtab || (watched == m_rename && key == Qt::Key_Down))) {
                (watched == m_rename ? static_cast<QWidget *>(m_usages) : m_rename)
                    ->setFocus(Qt::TabFocusReason);
                return true;
            }
        }
        if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent *>(event)->reason() == Qt::MouseFocusReason &&
            !m_renameBox->isAncestorOf(QApplication::focusWidget()))
            finishRename(false);
    }
    if (watched == &m_editor && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        const Qt::KeyboardModifiers modifiers = key->modifiers() & ~Qt::KeypadModifier;
        if (key->key() == Qt::Key_F12 &&
            (modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier)) {
            modifiers ? showUsages() : goToDefinition();
            return true;
        }
        if (key->key() == Qt::Key_F2 && modifiers == Qt::NoModifier) {
            rename();
            return true;
        }
        if (key->key() == Qt::Key_Period && modifiers == Qt::ControlModifier) {
            showFixes();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace editor
