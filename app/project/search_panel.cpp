#include "app/project/search_panel.h"

#include "app/app_state.h"
#include "app/document_area.h"
#include "app/messages.h"
#include "app/project.h"
#include "app/text_page.h"
#include "editor/file_io.h"
#include "ui/banner.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QStyledItemDelegate>
#include <QPainter>
#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace app {

namespace {

constexpr int kDelay = 200; // ms of rest before a search begins

QStringList filesOf(const FileNode &node)
{
    QStringList files;
    for (const FileNode &child : node.children) {
        if (child.folder)
            files += filesOf(child);
        else
            files += child.path;
    }
    return files;
}

QToolButton *toggle(const QString &text, const QString &name)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setCheckable(true);
    button->setFixedSize(28, 28);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

/// A row of a hit, its letters on the ground of a match.
class HitDelegate : public QStyledItemDelegate
{
public:
    HitDelegate(const AppState &state, QObject *parent) : QStyledItemDelegate(parent), m_state(state) {}

    void paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const override
    {
        const QVariant hit = index.data(SearchModel::kHitRole);
        if (!hit.isValid()) {
            QStyledItemDelegate::paint(painter, given, index);
            return;
        }
        QStyleOptionViewItem option = given;
        initStyleOption(&option, index);
        const QString text = std::exchange(option.text, QString());
        QStyle *style = option.widget ? option.widget->style() : QApplication::style();
        style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
        const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &option, option.widget) + 1;
        const QRect row = option.rect.adjusted(margin, 0, -margin, 0);
        const QPoint place = hit.toPoint();
        const int left = row.left() + option.fontMetrics.horizontalAdvance(text.left(place.x()));
        const int width = option.fontMetrics.horizontalAdvance(text.mid(place.x(), place.y()));
        painter->save();
        painter->setClipRect(row);
        painter->fillRect(QRect(left, row.top() + 3, width, row.height() - 6), m_state.theme().color("match"));
        painter->setFont(option.font);
        painter->setPen(m_state.theme().color("text"));
        painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter, option.fontMetrics.elidedText(text, Qt::ElideRight, row.width()));
        painter->restore();
    }

private:
    const AppState &m_state;
};

} // namespace

SearchPanel::SearchPanel(AppState &state, DocumentArea &documents, QWidget *parent)
    : QWidget(parent), m_state(state), m_documents(documents), m_query(new QLineEdit), m_replacement(new QLineEdit),
      m_case(toggle(QStringLiteral("Aa"), Tr::tr("Match case"))), m_word(toggle(QStringLiteral("W"), Tr::tr("Whole words"))),
      m_regex(toggle(QStringLiteral(".*"), Tr::tr("Regular expression"))), m_count(new QLabel), m_replace(new QPushButton), m_view(new QTreeView),
      m_model(new SearchModel(state, this)), m_banner(new ui::Banner)
{
    setProperty("role", "panel");
    m_query->setPlaceholderText(Tr::tr("Search the project"));
    m_query->setAccessibleName(Tr::tr("Search the project"));
    m_query->setClearButtonEnabled(true);
    m_replacement->setPlaceholderText(Tr::tr("Replace by"));
    m_replacement->setAccessibleName(Tr::tr("Replace by"));
    m_count->setProperty("role", "quiet");
    m_count->setWordWrap(true);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new HitDelegate(state, m_view));
    m_view->setHeaderHidden(true);
    m_view->setIndentation(14);
    m_view->setTextElideMode(Qt::ElideRight);
    m_view->setAccessibleName(Tr::tr("Hits"));
    m_banner->hide();
    auto *first = new QHBoxLayout;
    first->setSpacing(4);
    first->addWidget(m_query, 1);
    auto *switches = new QHBoxLayout;
    switches->setSpacing(4);
    for (QToolButton *button : {m_case, m_word, m_regex}) {
        switches->addWidget(button);
        connect(button, &QToolButton::toggled, this, &SearchPanel::search);
    }
    switches->addStretch(1);
    auto *fields = new QVBoxLayout;
    fields->setContentsMargins(8, 8, 8, 4);
    fields->setSpacing(4);
    fields->addLayout(first);
    fields->addWidget(m_replacement);
    fields->addLayout(switches);
    fields->addWidget(m_replace);
    fields->addWidget(m_count);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addLayout(fields);
    layout->addWidget(m_view, 1);

    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelay);
    connect(&m_delay, &QTimer::timeout, this, &SearchPanel::search);
    connect(m_query, &QLineEdit::textChanged, &m_delay, qOverload<>(&QTimer::start));
    connect(m_query, &QLineEdit::returnPressed, this, &SearchPanel::search);
    connect(&m_search, &ProjectSearch::finished, this, &SearchPanel::show);
    connect(m_replace, &QPushButton::clicked, this, [this] { replaceTicked(); });
    connect(m_model, &QAbstractItemModel::dataChanged, this, &SearchPanel::refreshButton);
    const auto jump = [this](const QModelIndex &index) {
        if (const SearchHit *hit = m_model->hitAt(index))
            emit jumpWanted(m_model->pathAt(index), hit->range.begin, hit->range.size());
    };
    connect(m_view, &QTreeView::clicked, this, jump);
    connect(m_view, &QTreeView::activated, this, jump);
    setFocusProxy(m_query);
    refreshButton();
}

void SearchPanel::setProject(const Project *project)
{
    m_project = project;
    m_search.cancel();
    m_model->setFound({}, {});
    m_count->clear();
    refreshButton();
}

void SearchPanel::begin(const QString &text)
{
    if (!text.isEmpty())
        m_query->setText(text);
    m_query->selectAll();
    m_query->setFocus(Qt::ShortcutFocusReason);
}

editor::SearchOptions SearchPanel::options() const
{
    return {m_case->isChecked(), m_word->isChecked(), m_regex->isChecked()};
}

void SearchPanel::search()
{
    m_delay.stop();
    m_banner->hide();
    QString error;
    const bool usable = m_query->text().isEmpty() || editor::findAll({}, m_query->text(), options(), &error).has_value();
    m_query->setProperty("invalid", !usable);
    m_query->setToolTip(error);
    if (m_query->text().isEmpty() || !usable || !m_project) {
        m_search.cancel();
        m_model->setFound({}, {});
        m_count->setText(usable ? QString() : Tr::tr("This is no regular expression: %1").arg(error));
        refreshButton();
        emit searched();
        return;
    }
    SearchOrder order{m_query->text(), options(), filesOf(m_project->root()), {}};
    for (DocumentPage *page : m_documents.pages())
        if (const std::optional<std::string> text = page->currentText())
            order.open.insert(page->filePath(), *text);
    m_search.start(std::move(order));
}

void SearchPanel::show(const std::vector<FileHits> &found)
{
    m_model->setFound(found, m_project ? m_project->folder() : QString());
    const int hits = m_model->hits();
    m_count->setText(hits == 0                  ? Tr::tr("Nothing found for %1").arg(m_query->text())
                     : hits >= kSearchHitLimit ? Tr::tr("The first %1 hits").arg(kSearchHitLimit)
                                                : Tr::tr("%n hit(s)", nullptr, hits));
    m_view->expandAll();
    refreshButton();
    emit searched();
}

void SearchPanel::refreshButton()
{
    const int files = m_model->tickedFiles();
    m_replace->setText(Tr::tr("Replace in %n file(s)", nullptr, files));
    m_replace->setEnabled(files > 0);
    m_replace->setToolTip(files > 0 ? QString() : Tr::tr("There is nothing to replace"));
}

int SearchPanel::replaceTicked()
{
    int replaced = 0;
    QStringList failures;
    for (std::size_t i = 0; i < m_model->found().size(); ++i) {
        if (!m_model->isTicked(int(i)))
            continue;
        const QString path = m_model->found()[i].path;
        DocumentPage *page = m_documents.pageOf(path);
        if (page) {
            const std::optional<std::string> text = page->currentText();
            const auto changes = text ? replacementsIn(*text, m_query->text(), m_replacement->text(), options()) : std::nullopt;
            if (!changes)
                continue;
            if (page->change(*changes, "edit.replace-all"))
                replaced += int(changes->size());
            else
                failures += Tr::tr("%1 may not be changed.").arg(page->title());
            continue;
        }
        const auto text = editor::readFile(path);
        const auto changes = text ? replacementsIn(*text, m_query->text(), m_replacement->text(), options()) : std::nullopt;
        if (!text)
            failures += sentence(text.error());
        if (!changes)
            continue;
        const auto edit = flow::Edit::make({}, *text, *changes);
        if (!edit)
            continue;
        if (auto written = editor::writeFile(path, edit->applyTo(*text)); !written)
            failures += sentence(written.error());
        else
            replaced += int(changes->size());
    }
    search();
    if (!failures.isEmpty()) {
        m_banner->setTone(QStringLiteral("failed"));
        m_banner->setText(failures.join(QLatin1Char(' ')));
        m_banner->show();
    }
    return replaced;
}

} // namespace app
