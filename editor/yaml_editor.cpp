#include "editor/yaml_editor.h"

#include "editor/editor_action.h"
#include "editor/editor_look.h"
#include "ui/tr.h"

namespace editor {

using namespace look;

YamlEditor::YamlEditor(const ui::Theme &theme, QWidget *parent)
    : QsciScintillaBase(parent),
      m_theme(theme)
{
    setAccessibleName(Tr::tr("Flow text"));
    configure();
    defineStyles();
    m_barsTimer.setSingleShot(true);
    m_barsTimer.setInterval(100);
    connect(&m_barsTimer, &QTimer::timeout, this, &YamlEditor::updateChangeBars);
    connect(this, &QsciScintillaBase::SCN_STYLENEEDED, this, &YamlEditor::styleUntil);
    connect(this, &QsciScintillaBase::SCN_UPDATEUI, this, &YamlEditor::onUpdateUi);
    connect(this, &QsciScintillaBase::SCN_MODIFIED, this,
            [this](int position, int type, const char *text, int length, int, int, int, int, int,
                   int) { onModified(position, type, text, length); });
    connect(this, qOverload<int, int, int>(&QsciScintillaBase::SCN_MARGINCLICK), this,
            [this](int position, int, int margin) {
                const int line = static_cast<int>(
                    send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(position)));
                if (margin == kFoldMargin)
                    toggleFold(line);
                else if (margin == kBreakpointMargin)
                    emit breakpointClicked(line);
            });
    connect(this, qOverload<int, int, int>(&QsciScintillaBase::SCN_DWELLSTART), this,
            [this](int position, int x, int y) {
                emit hoverBegan(toOffset(position < 0 ? send(SCI_GETLENGTH) : position),
                                viewport()->mapToGlobal(QPoint(x, y)));
            });
    connect(this, qOverload<int, int, int>(&QsciScintillaBase::SCN_DWELLEND), this,
            &YamlEditor::hoverEnded);
    send(SCI_SETREADONLY, 1);
}

YamlEditor::~YamlEditor() = default;

void YamlEditor::configure()
{
    send(SCI_SETCODEPAGE, SC_CP_UTF8);
    send(SCI_SETLEXER, SCLEX_CONTAINER);
    send(SCI_SETMODEVENTMASK, SC_MOD_INSERTTEXT | SC_MOD_DELETETEXT);
    send(SCI_SETUSETABS, 0);
    send(SCI_SETTABWIDTH, 8);
    send(SCI_SETINDENT, 2);
    send(SCI_SETINDENTATIONGUIDES, SC_IV_NONE);
    send(SCI_SETMULTIPLESELECTION, 1);
    send(SCI_SETADDITIONALSELECTIONTYPING, 1);
    send(SCI_SETMULTIPASTE, SC_MULTIPASTE_EACH);
    send(SCI_SETVIRTUALSPACEOPTIONS, SCVS_RECTANGULARSELECTION);
    send(SCI_SETMOUSEDWELLTIME, 350);
    send(SCI_SETSCROLLWIDTH, 1);
    send(SCI_SETSCROLLWIDTHTRACKING, 1);
    send(SCI_SETENDATLASTLINE, 1);
    send(SCI_SETCARETSTYLE, CARETSTYLE_LINE);
    send(SCI_SETCARETWIDTH, 2);
    send(SCI_SETXCARETPOLICY, CARET_SLOP | CARET_EVEN, 40);
    send(SCI_SETYCARETPOLICY, CARET_SLOP | CARET_EVEN | CARET_STRICT, 2);
    send(SCI_SETAUTOMATICFOLD, SC_AUTOMATICFOLD_SHOW | SC_AUTOMATICFOLD_CHANGE);
    send(SCI_USEPOPUP, SC_POPUP_NEVER);
    // The history is the session's. Scintilla's own one stays on for input methods, out of reach.
    const auto key = [](int letter, int modifiers) {
        return static_cast<unsigned long>(letter | modifiers << 16);
    };
    for (const int letter : {'Z', 'Y', 'D', 'L', 'T', 'U', '/', 'K'}) {
        send(SCI_CLEARCMDKEY, key(letter, SCMOD_CTRL));
        send(SCI_CLEARCMDKEY, key(letter, SCMOD_CTRL | SCMOD_SHIFT));
    }
    send(SCI_CLEARCMDKEY, key(SCK_BACK, SCMOD_ALT));
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
}

std::string YamlEditor::shownText() const
{
    const long length = send(SCI_GETLENGTH);
    std::string text = m_bom ? "\xEF\xBB\xBF" : "";
    if (length)
        text.append(reinterpret_cast<const char *>(send(SCI_GETRANGEPOINTER, 0, length)),
                    static_cast<std::size_t>(length));
    return text;
}

void YamlEditor::setSession(DocumentSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (m_session) {
        connect(m_session, &DocumentSession::textChanged, this, &YamlEditor::onTextChanged);
        connect(m_session, &DocumentSession::textReplaced, this, &YamlEditor::load);
        connect(m_session, &DocumentSession::caretRestored, this, &YamlEditor::onCaretRestored);
        connect(m_session, &DocumentSession::aboutToUse, this, [this] {
            finishComposition();
            m_session->setCaret(currentCaret());
        });
        connect(m_session, &DocumentSession::modifiedChanged, this,
                [this] { m_barsTimer.start(); });
        connect(m_session, &DocumentSession::readOnlyChanged, this,
                [this] { send(SCI_SETREADONLY, m_session->isReadOnly()); });
        connect(m_session, &DocumentSession::analysed, this,
                [this] {
                    setDiagnostics(m_session->shownSnapshot().diagnostics);
                    emit sessionAnalysed();
                });
        connect(m_session, &DocumentSession::adviceChanged, this,
                [this] { setDiagnostics(m_session->shownSnapshot().diagnostics); });
    }
    load();
}

void YamlEditor::load()
{
    const std::string text = m_session ? m_session->text() : std::string();
    m_bom = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    m_composing = false;
    m_changes.take();
    m_applying = true;
    send(SCI_SETREADONLY, 0);
    send(SCI_CLEARALL);
    SendScintilla(SCI_APPENDTEXT, static_cast<unsigned long>(text.size() - m_bom),
                  text.data() + m_bom);
    send(SCI_EMPTYUNDOBUFFER);
    send(SCI_SETREADONLY, !m_session || m_session->isReadOnly());
    m_applying = false;
    const std::size_t newline = text.find('\n');
    const bool windows = newline != std::string::npos && newline > 0 && text[newline - 1] == '\r';
    send(SCI_SETEOLMODE, windows ? SC_EOL_CRLF : SC_EOL_LF);
    send(SCI_GOTOPOS, 0);
    m_lastCaret = 0;
    updateNumberWidth();
    updateChangeBars();
    if (m_session)
        setDiagnostics(m_session->shownSnapshot().diagnostics);
}

Caret YamlEditor::currentCaret() const
{
    return {toOffset(send(SCI_GETANCHOR)), toOffset(send(SCI_GETCURRENTPOS))};
}

void YamlEditor::setCurrentCaret(Caret caret)
{
    const long line =
        send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(toPosition(caret.position)));
    send(SCI_ENSUREVISIBLE, static_cast<unsigned long>(line));
    // not SCI_SETSELECTION: that one does not tell that the caret has moved
    send(SCI_SETSEL, static_cast<unsigned long>(toPosition(caret.anchor)),
         toPosition(caret.position));
}

std::size_t YamlEditor::caretOffset() const
{
    return toOffset(send(SCI_GETCURRENTPOS));
}

flow::Range YamlEditor::selection() const
{
    return currentCaret().range();
}

void YamlEditor::select(flow::Range range)
{
    const long line =
        send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(toPosition(range.begin)));
    send(SCI_ENSUREVISIBLEENFORCEPOLICY, static_cast<unsigned long>(line));
    setCurrentCaret({range.end, range.begin});
}

void YamlEditor::goToLine(int line, int column)
{
    const long position =
        send(SCI_POSITIONFROMLINE, static_cast<unsigned long>(std::max(0, line - 1)));
    const long end =
        send(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(std::max(0, line - 1)));
    const long wanted =
        send(SCI_POSITIONRELATIVE, static_cast<unsigned long>(position), std::max(0, column - 1));
    goToOffset(toOffset(std::min(wanted ? wanted : position, end)));
}

int YamlEditor::lineOf(std::size_t offset) const
{
    return static_cast<int>(
        send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(toPosition(offset))));
}

std::size_t YamlEditor::offsetAt(QPoint point) const
{
    return toOffset(send(SCI_POSITIONFROMPOINT, static_cast<unsigned long>(point.x()), point.y()));
}

QRect YamlEditor::caretRect(std::size_t offset) const
{
    const long position = toPosition(offset);
    return QRect(static_cast<int>(send(SCI_POINTXFROMPOSITION, 0, position)),
                 static_cast<int>(send(SCI_POINTYFROMPOSITION, 0, position)), 2,
                 static_cast<int>(send(SCI_TEXTHEIGHT, 0)));
}

// --- the mirror: what is typed goes to the session, what others change comes back ---

void YamlEditor::onModified(int position, int type, const char *text, int length)
{
    if (m_applying)
        return;
    const auto size = static_cast<std::size_t>(length);
    if (type & SC_MOD_INSERTTEXT) {
        m_changes.add(toOffset(position), 0, std::string_view(text, size));
        m_typedText += QString::fromUtf8(text, length);
    } else if (type & SC_MOD_DELETETEXT) {
        m_changes.add(toOffset(position), size, {});
        m_typedText.clear();
    }
    if (m_actionDepth == 0 && !m_composing)
        flush();
}

void YamlEditor::flush()
{
    if (m_composing || m_changes.empty() || !m_session)
        return;
    const flow::Result<flow::Edit> edit =
        flow::Edit::make(m_session->revision(), m_session->text(), m_changes.take());
    const QString text = std::exchange(m_typedText, {});
    if (!edit) {
        Q_ASSERT_X(false, "flush", "composed changes are disjoint");
        load();
        return;
    }
    m_submitting = true;
    const flow::Result<> done = m_session->type(*edit, m_caretBefore, currentCaret());
    m_submitting = false;
    send(SCI_EMPTYUNDOBUFFER);
    if (!done) {
        load(); // the text stays what the session says
        return;
    }
    m_barsTimer.start();
    emit typed(text);
}

void YamlEditor::onTextChanged(const flow::Edit &applied)
{
    if (m_submitting)
        return;
    if (m_bom && !applied.empty() && applied.replacements().front().range.begin < m_bom) {
        load();
        return;
    }
    m_applying = true;
    send(SCI_SETREADONLY, 0);
    const std::vector<flow::Replacement> &changes = applied.replacements();
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        send(SCI_SETTARGETRANGE, static_cast<unsigned long>(toPosition(change->range.begin)),
             toPosition(change->range.end));
        SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(change->text.size()),
                      change->text.data());
    }
    send(SCI_SETREADONLY, m_session->isReadOnly());
    send(SCI_EMPTYUNDOBUFFER);
    m_applying = false;
    m_barsTimer.start();
}

void YamlEditor::onCaretRestored(Caret caret)
{
    setCurrentCaret(caret);
}

bool YamlEditor::replace(std::vector<flow::Replacement> replacements, const char *label,
                         Caret after)
{
    if (!m_session || m_session->isReadOnly())
        return false;
    finishComposition();
    const flow::Result<flow::Edit> edit =
        flow::Edit::make(m_session->revision(), m_session->text(), std::move(replacements));
    if (!edit || !m_session->submit(*edit, {label, {}}, currentCaret(), after))
        return false;
    setCurrentCaret(after);
    return true;
}

void YamlEditor::matchBraces()
{
    static constexpr std::string_view braces = "()[]{}";
    const long caret = send(SCI_GETCURRENTPOS);
    for (const long at : {caret - 1, caret}) {
        const auto letter =
            at < 0 ? '\0' : static_cast<char>(send(SCI_GETCHARAT, static_cast<unsigned long>(at)));
        if (letter == '\0' || braces.find(letter) == std::string_view::npos)
            continue;
        const long other = send(SCI_BRACEMATCH, static_cast<unsigned long>(at), 0);
        if (other >= 0) {
            send(SCI_BRACEHIGHLIGHT, static_cast<unsigned long>(at), other);
            return;
        }
    }
    send(SCI_BRACEHIGHLIGHT, static_cast<unsigned long>(-1), -1);
}

void YamlEditor::onUpdateUi(int what)
{
    if (!(what & (SC_UPDATE_SELECTION | SC_UPDATE_CONTENT)))
        return;
    const long line =
        send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(send(SCI_GETCURRENTPOS)));
    send(SCI_MARKERDELETEALL, kCaretMarker);
    send(SCI_MARKERADD, static_cast<unsigned long>(line), kCaretMarker);
    if (what & SC_UPDATE_CONTENT)
        updateNumberWidth();
    matchBraces();
    if (m_composing || !m_session)
        return;
    m_session->setCaret(currentCaret());
    if (const std::size_t offset = caretOffset(); offset != m_lastCaret) {
        m_lastCaret = offset;
        viewport()->update(0, 0,
                           static_cast<int>(send(SCI_GETMARGINWIDTHN, kBreakpointMargin) +
                                            send(SCI_GETMARGINWIDTHN, kNumberMargin)),
                           viewport()->height());
        emit caretMoved(offset);
    }
}

} // namespace editor
