#include "app/text_page.h"

#include "app/app_state.h"
#include "ui/banner.h"
#include "ui/tr.h"

#include <QFileInfo>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

namespace app {

TextPage::TextPage(AppState &state, QWidget *parent)
    : DocumentPage(parent), m_state(state), m_text(new QPlainTextEdit), m_banner(new ui::Banner)
{
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setProperty("role", "code");
    m_banner->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_text);
    connect(m_text->document(), &QTextDocument::modificationChanged, this, &DocumentPage::modifiedChanged);
    connect(m_text, &QPlainTextEdit::undoAvailable, this, &DocumentPage::historyChanged);
    connect(m_text, &QPlainTextEdit::redoAvailable, this, &DocumentPage::historyChanged);
    connect(m_text, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        const QTextCursor cursor = m_text->textCursor();
        emit caretMoved(cursor.blockNumber() + 1, cursor.positionInBlock() + 1);
    });
    connect(&state, &AppState::themeChanged, this, &TextPage::applyTheme);
    setFocusProxy(m_text);
    applyTheme();
}

void TextPage::applyTheme()
{
    m_text->setFont(m_state.theme().monoFont(13));
    m_text->setTabStopDistance(4 * QFontMetricsF(m_text->font()).horizontalAdvance(QLatin1Char(' ')));
}

editor::FileResult<> TextPage::open(const QString &path)
{
    auto bytes = editor::readFile(path);
    if (!bytes)
        return bytes.error();
    m_path = path;
    m_diskBytes = std::move(bytes).value();
    const bool binary = m_diskBytes.find('\0') != std::string::npos
                        || QString::fromStdString(m_diskBytes).toStdString() != m_diskBytes;
    const bool large = qint64(m_diskBytes.size()) > kLargeFile;
    const QString shown = QString::fromUtf8(m_diskBytes.data(), large ? kLargeFile : qsizetype(m_diskBytes.size()));
    m_text->setPlainText(binary ? QString() : shown);
    const bool writable = QFileInfo(path).isWritable();
    m_text->setReadOnly(binary || large || !writable);
    m_banner->setTone(QStringLiteral("info"));
    if (binary)
        m_banner->setText(Tr::tr("This file is not text, so it is not shown."));
    else if (large)
        m_banner->setText(Tr::tr("This file is large: its beginning is shown, read only."));
    else if (!writable)
        m_banner->setText(Tr::tr("This file may not be written: it is shown read only."));
    m_banner->setVisible(binary || large || !writable);
    m_text->setAccessibleName(title());
    emit filePathChanged();
    return {};
}

QString TextPage::title() const
{
    return QFileInfo(m_path).fileName();
}

QString TextPage::iconName() const
{
    static const QStringList code{QStringLiteral("py"), QStringLiteral("sh"), QStringLiteral("sql"), QStringLiteral("js")};
    return code.contains(QFileInfo(m_path).suffix()) ? QStringLiteral("task-code") : QStringLiteral("file");
}

bool TextPage::isModified() const
{
    return m_text->document()->isModified();
}

editor::FileResult<> TextPage::save(bool overwrite)
{
    if (m_text->isReadOnly())
        return editor::FileError{editor::FileErrorCode::ReadOnly, {}, m_path.toStdString()};
    if (!overwrite) {
        const auto disk = editor::readFile(m_path);
        if (disk && *disk != m_diskBytes)
            return editor::FileError{editor::FileErrorCode::ChangedOnDisk, {}, m_path.toStdString()};
    }
    return saveAs(m_path);
}

editor::FileResult<> TextPage::saveAs(const QString &path)
{
    const bool crlf = m_diskBytes.find("\r\n") != std::string::npos;
    QString text = m_text->toPlainText();
    if (crlf)
        text.replace(QLatin1Char('\n'), QLatin1String("\r\n"));
    const std::string bytes = text.toStdString();
    if (auto written = editor::writeFile(path, bytes); !written)
        return written;
    m_path = path;
    m_diskBytes = bytes;
    m_text->document()->setModified(false);
    m_banner->hide();
    emit filePathChanged();
    return {};
}

void TextPage::undo() { m_text->undo(); }
void TextPage::redo() { m_text->redo(); }
void TextPage::focusText() { m_text->setFocus(Qt::ShortcutFocusReason); }

void TextPage::goToLine(int line, int column)
{
    QTextCursor cursor(m_text->document()->findBlockByNumber(line - 1));
    cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, column - 1);
    m_text->setTextCursor(cursor);
}

void TextPage::showError(const QString &sentence)
{
    m_banner->setTone(QStringLiteral("failed"));
    m_banner->setText(sentence);
    m_banner->show();
}

} // namespace app
