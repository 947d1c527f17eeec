#include "app/text_page.h"

#include "app/app_state.h"
#include "app/messages.h"
#include "app/project/disk_banner.h"
#include "editor/editor_pane.h"
#include "ui/banner.h"
#include "ui/tr.h"

#include <QFile>
#include <QFileInfo>
#include <QVBoxLayout>

namespace app {

namespace {

editor::ScriptLanguage languageOf(const QString &path)
{
    using editor::ScriptLanguage;
    static const QHash<QString, ScriptLanguage> bySuffix{
        {QStringLiteral("py"), ScriptLanguage::Python},      {QStringLiteral("sh"), ScriptLanguage::Shell},
        {QStringLiteral("bash"), ScriptLanguage::Shell},     {QStringLiteral("js"), ScriptLanguage::JavaScript},
        {QStringLiteral("mjs"), ScriptLanguage::JavaScript}, {QStringLiteral("ts"), ScriptLanguage::JavaScript},
        {QStringLiteral("json"), ScriptLanguage::JavaScript}, {QStringLiteral("sql"), ScriptLanguage::Sql},
        {QStringLiteral("jq"), ScriptLanguage::Jq}};
    return bySuffix.value(QFileInfo(path).suffix().toLower(), ScriptLanguage::None);
}

bool isYaml(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == QLatin1String("yaml") || suffix == QLatin1String("yml");
}

/// The first bytes tell: text has no zero byte and is UTF-8.
bool isBinary(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray head = file.read(64 * 1024);
    if (head.contains('\0'))
        return true;
    const qsizetype cut = file.atEnd() ? head.size() : std::max<qsizetype>(0, head.size() - 4);
    const QByteArray whole = head.left(cut);
    return QString::fromUtf8(whole).contains(QChar::ReplacementCharacter) && !whole.contains("\xEF\xBF\xBD") && file.atEnd();
}

} // namespace

TextPage::TextPage(AppState &state, QWidget *parent)
    : DocumentPage(parent), m_session(std::make_unique<editor::DocumentSession>(state.catalog())),
      m_pane(new editor::EditorPane(state.catalog(), state.theme())), m_banner(new ui::Banner)
{
    m_session->setPlainText();
    m_session->setLabelText(labelText);
    m_session->setRecoveryFolder(recoveryFolder());
    m_session->setHistoryFolder(stepsFolder());
    m_banner->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_pane, 1);
    connect(m_session.get(), &editor::DocumentSession::modifiedChanged, this, &DocumentPage::modifiedChanged);
    connect(m_session.get(), &editor::DocumentSession::filePathChanged, this, [this](const QString &path) {
        m_path = path;
        emit filePathChanged();
    });
    connect(m_session.get(), &editor::DocumentSession::fileChangedOnDisk, this, [this](editor::DiskChange change) {
        showDiskChange(*m_banner, *m_session, change, [this](const QString &cause) { showError(cause); });
    });
    QUndoStack &history = m_session->history();
    connect(&history, &QUndoStack::indexChanged, this, &DocumentPage::historyChanged);
    connect(&history, &QUndoStack::canUndoChanged, this, &DocumentPage::historyChanged);
    connect(&history, &QUndoStack::canRedoChanged, this, &DocumentPage::historyChanged);
    m_pane->setSession(m_session.get());
    connect(&m_pane->view(), &editor::YamlEditor::caretMoved, this, [this](std::size_t offset) {
        const flow::LineIndex lines(m_session->text());
        const auto place = lines.position(std::min(offset, m_session->text().size()));
        emit caretMoved(int(place.line), int(place.column));
    });
    connect(&state, &AppState::themeChanged, m_pane, &editor::EditorPane::setTheme);
    setFocusProxy(m_pane);
}

TextPage::~TextPage()
{
    m_session->disconnect(this); // what the session says while it goes is of no interest
    m_session->history().disconnect(this);
    m_pane->setSession(nullptr);
}

void TextPage::tellWhy(const QString &sentence)
{
    m_banner->setTone(QStringLiteral("info"));
    m_banner->clearActions();
    m_banner->setText(sentence);
    m_banner->show();
}

editor::FileResult<> TextPage::open(const QString &path)
{
    const QFileInfo info(path);
    m_path = info.absoluteFilePath();
    m_pane->view().setAccessibleName(title());
    m_shown = info.size() <= kShownLimit && !isBinary(path);
    if (!m_shown) {
        if (!info.isReadable())
            return editor::FileError{editor::FileErrorCode::CannotRead, {}, path.toStdString()};
        tellWhy(info.size() > kShownLimit ? Tr::tr("This file is too large to be shown.") : Tr::tr("This file is not text, so it is not shown."));
        m_pane->hide();
        emit filePathChanged();
        return {};
    }
    if (!isYaml(path)) {
        const editor::ScriptLanguage language = languageOf(path);
        language == editor::ScriptLanguage::None ? m_pane->view().setUncoloured() : m_pane->view().setLanguage(language);
    }
    auto opened = m_session->open(path);
    if (!opened)
        return opened;
    if (m_session->readOnlyReason() == editor::ReadOnlyReason::TooLarge)
        tellWhy(Tr::tr("This file is large: it can be looked at, not changed."));
    else if (m_session->isReadOnly())
        tellWhy(Tr::tr("This file may not be written: it can be looked at, not changed."));
    return {};
}

void TextPage::offerRecovered(const QString &swapFile, const std::string &text)
{
    showRecovered(*m_banner, *m_session, swapFile, text);
}

QString TextPage::title() const
{
    return QFileInfo(m_path).fileName();
}

QString TextPage::iconName() const
{
    return languageOf(m_path) == editor::ScriptLanguage::None ? QStringLiteral("file") : QStringLiteral("task-code");
}

bool TextPage::isModified() const
{
    return m_session->isModified();
}

editor::FileResult<> TextPage::save(bool overwrite)
{
    if (!m_shown)
        return editor::FileError{editor::FileErrorCode::ReadOnly, {}, m_path.toStdString()};
    auto done = m_session->save(overwrite);
    if (done)
        m_banner->hide();
    return done;
}

editor::FileResult<> TextPage::saveAs(const QString &path)
{
    if (!m_shown)
        return editor::FileError{editor::FileErrorCode::ReadOnly, {}, m_path.toStdString()};
    return m_session->saveAs(path);
}

void TextPage::undo() { m_session->undo(); }
void TextPage::redo() { m_session->redo(); }
void TextPage::focusText() { m_pane->view().setFocus(Qt::ShortcutFocusReason); }

void TextPage::goToLine(int line, int column)
{
    m_pane->view().goToLine(line, column);
}

void TextPage::showError(const QString &sentence)
{
    m_banner->setTone(QStringLiteral("failed"));
    m_banner->clearActions();
    m_banner->setText(sentence);
    m_banner->show();
}

} // namespace app
