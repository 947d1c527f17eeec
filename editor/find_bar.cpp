#include "editor/find_bar.h"

#include "editor/editor_look.h"
#include "editor/yaml_editor.h"
#include "ui/tr.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace editor {

namespace {

QToolButton *toggle(const QString &text, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

QToolButton *action(const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

} // namespace

FindBar::FindBar(YamlEditor &editor, const ui::Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_editor(editor),
      m_theme(theme),
      m_query(new QLineEdit(this)),
      m_replacement(new QLineEdit(this)),
      m_replaceRow(new QWidget(this)),
      m_count(new QLabel(this)),
      m_case(toggle(QStringLiteral("Aa"), Tr::tr("Match case"), this)),
      m_word(toggle(QStringLiteral("ab"), Tr::tr("Whole word"), this)),
      m_regex(toggle(QStringLiteral(".*"), Tr::tr("Regular expression"), this)),
      m_previous(action(Tr::tr("Previous hit"), this)),
      m_next(action(Tr::tr("Next hit"), this)),
      m_close(action(Tr::tr("Close"), this))
{
    setAccessibleName(Tr::tr("Find in this file"));
    m_query->setPlaceholderText(Tr::tr("Find"));
    m_query->setAccessibleName(Tr::tr("Find"));
    m_replacement->setPlaceholderText(Tr::tr("Replace with"));
    m_replacement->setAccessibleName(Tr::tr("Replace with"));
    m_count->setMinimumWidth(64);
    auto *replace = new QPushButton(Tr::tr("Replace"), m_replaceRow);
    auto *all = new QPushButton(Tr::tr("Replace all"), m_replaceRow);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 4);
    column->setSpacing(4);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_query, 1);
    for (QWidget *part : {static_cast<QWidget *>(m_count), static_cast<QWidget *>(m_case),
                          static_cast<QWidget *>(m_word), static_cast<QWidget *>(m_regex),
                          static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_next),
                          static_cast<QWidget *>(m_close)})
        row->addWidget(part);
    column->addLayout(row);
    auto *second = new QHBoxLayout(m_replaceRow);
    second->setContentsMargins(0, 0, 0, 0);
    second->setSpacing(4);
    second->addWidget(m_replacement, 1);
    second->addWidget(replace);
    second->addWidget(all);
    column->addWidget(m_replaceRow);

    connect(m_query, &QLineEdit::textChanged, this, [this] { search(true); });
    for (QToolButton *option : {m_case, m_word, m_regex})
        connect(option, &QToolButton::toggled, this, [this] { search(true); });
    connect(m_next, &QToolButton::clicked, this, [this] { findNext(); });
    connect(m_previous, &QToolButton::clicked, this, [this] { findNext(true); });
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(replace, &QPushButton::clicked, this, &FindBar::replaceOne);
    connect(all, &QPushButton::clicked, this, &FindBar::replaceAll);
    connect(&m_editor, &YamlEditor::typed, this, [this] {
        if (isVisible())
            search(false);
    });
    connect(&m_editor, &YamlEditor::caretMoved, this, [this] {
        if (isVisible())
            showCount();
    });
    setTheme(theme);
    hide();
}

void FindBar::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    m_previous->setIcon(theme.icon(QStringLiteral("chevron-left")));
    m_next->setIcon(theme.icon(QStringLiteral("chevron-right")));
    m_close->setIcon(theme.icon(QStringLiteral("close")));
    m_query->setFont(theme.monoFont());
    m_replacement->setFont(theme.monoFont());
}

SearchOptions FindBar::options() const
{
    return {m_case->isChecked(), m_word->isChecked(), m_regex->isChecked()};
}

void FindBar::open(bool withReplace)
{
    m_replaceRow->setVisible(withReplace);
    show();
    const flow::Range selection = m_editor.selection();
    m_from = selection.begin;
    if (m_editor.session() && !selection.empty()) {
        const std::string selected =
            m_editor.session()->text().substr(selection.begin, selection.size());
        if (selected.find('\n') == std::string::npos)
            m_query->setText(QString::fromStdString(selected));
    }
    m_query->setFocus();
    m_query->selectAll();
    search(false);
}

void FindBar::search(bool jump)
{
    m_hits.clear();
    m_error.clear();
    if (m_editor.session()) {
        if (auto hits = findAll(m_editor.session()->text(), m_query->text(), options(), &m_error))
            m_hits = std::move(*hits);
    }
    if (jump) {
        const auto hit = std::find_if(m_hits.begin(), m_hits.end(),
                                      [this](flow::Range range) { return range.begin >= m_from; });
        if (hit != m_hits.end())
            m_editor.select(*hit);
        else if (!m_hits.empty())
            m_editor.select(m_hits.front());
    }
    showCount();
}

void FindBar::mark()
{
    std::vector<flow::Range> others; // the current hit shows as the selection
    if (isVisible())
        std::copy_if(
            m_hits.begin(), m_hits.end(), std::back_inserter(others),
            [selection = m_editor.selection()](flow::Range hit) { return hit != selection; });
    m_editor.setMatches(others);
}

int FindBar::currentHit() const
{
    const auto hit = std::find(m_hits.begin(), m_hits.end(), m_editor.selection());
    return hit == m_hits.end() ? -1 : static_cast<int>(hit - m_hits.begin());
}

void FindBar::showCount()
{
    mark();
    const bool wrong = !m_error.isEmpty() || (!m_query->text().isEmpty() && m_hits.empty());
    if (!m_error.isEmpty())
        m_count->setText(Tr::tr("Not a pattern"));
    else if (m_query->text().isEmpty())
        m_count->clear();
    else if (m_hits.empty())
        m_count->setText(Tr::tr("No hits"));
    else if (const int at = currentHit(); at >= 0)
        m_count->setText(Tr::tr("%1 of %2").arg(at + 1).arg(m_hits.size()));
    else
        m_count->setText(m_hits.size() == 1 ? Tr::tr("1 hit")
                                            : Tr::tr("%1 hits").arg(m_hits.size()));
    m_count->setToolTip(m_error);
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, m_theme.color(wrong ? "s_failed" : "text2"));
    m_count->setPalette(colors);
}

void FindBar::findNext(bool backward)
{
    if (m_query->text().isEmpty()) {
        open(false);
        return;
    }
    search(false);
    if (m_hits.empty())
        return;
    const flow::Range selection = m_editor.selection();
    if (backward) {
        const auto hit = std::find_if(m_hits.rbegin(), m_hits.rend(), [&](flow::Range range) {
            return range.end <= selection.begin;
        });
        m_editor.select(hit == m_hits.rend() ? m_hits.back() : *hit);
    } else {
        const auto hit = std::find_if(m_hits.begin(), m_hits.end(), [&](flow::Range range) {
            return range.begin >= selection.end && range != selection;
        });
        m_editor.select(hit == m_hits.end() ? m_hits.front() : *hit);
    }
    m_from = m_editor.selection().begin;
    showCount();
}

void FindBar::replaceOne()
{
    if (currentHit() < 0) {
        findNext();
        return;
    }
    const flow::Range hit = m_editor.selection();
    const std::string &text = m_editor.session()->text();
    const std::string filled =
        replacementFor(text, hit, m_query->text(), m_replacement->text(), options());
    const std::size_t end = hit.begin + filled.size();
    m_editor.replace({{hit, filled}}, "edit.replace", {end, end});
    findNext();
}

void FindBar::replaceAll()
{
    search(false);
    if (m_hits.empty())
        return;
    const std::string text = m_editor.session()->text();
    std::vector<flow::Replacement> changes;
    std::ptrdiff_t grown = 0;
    std::size_t end = 0;
    for (const flow::Range &hit : m_hits) {
        std::string filled =
            replacementFor(text, hit, m_query->text(), m_replacement->text(), options());
        grown +=
            static_cast<std::ptrdiff_t>(filled.size()) - static_cast<std::ptrdiff_t>(hit.size());
        end = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(hit.end) + grown);
        changes.push_back({hit, std::move(filled)});
    }
    m_editor.replace(std::move(changes), "edit.replace-all", {end, end});
    search(false);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        hide();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_replacement->hasFocus())
            event->modifiers() & Qt::ControlModifier ? replaceAll() : replaceOne();
        else
            findNext(event->modifiers() & Qt::ShiftModifier);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void FindBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_editor.setMatches({});
    m_editor.setFocus();
}

} // namespace editor
