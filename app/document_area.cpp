#include "app/document_area.h"

#include "app/app_state.h"
#include "app/diff_page.h"
#include "app/messages.h"
#include "app/text_page.h"
#include "ui/empty_state.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QApplication>
#include <QButtonGroup>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>
#include <QTabBar>
#include <QToolButton>

namespace app {

namespace {

/// Closes its tab; while the document has changes and the pointer is elsewhere it is a dot.
class TabButton : public QToolButton
{
public:
    explicit TabButton(AppState &state) : m_state(state)
    {
        setFixedSize(20, 20);
        setFocusPolicy(Qt::NoFocus);
        setToolTip(Tr::tr("Close"));
    }
    void setModified(bool modified)
    {
        m_modified = modified;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const ui::Theme &theme = m_state.theme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        if (m_modified && !underMouse()) {
            painter.setBrush(theme.color("accent"));
            painter.drawEllipse(QRectF(5, 5, 10, 10));
            return;
        }
        if (underMouse()) {
            painter.setBrush(theme.color("pressed"));
            painter.drawRoundedRect(rect(), 4, 4);
        }
        painter.drawPixmap(4, 4, theme.pixmap(QStringLiteral("close"), theme.color("text2"), 12, devicePixelRatioF()));
    }

private:
    AppState &m_state;
    bool m_modified = false;
};

} // namespace

DocumentArea::DocumentArea(AppState &state, QWidget *parent)
    : QWidget(parent), m_state(state), m_tabs(new QTabBar), m_stack(new QStackedWidget), m_switch(new QWidget)
{
    m_tabs->setObjectName(QStringLiteral("documentTabs"));
    m_tabs->setMovable(true);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideMiddle);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setIconSize({16, 16});
    m_tabs->setAccessibleName(Tr::tr("Open documents"));

    auto *switchLayout = new QHBoxLayout(m_switch);
    switchLayout->setContentsMargins(4, 0, 8, 0);
    switchLayout->setSpacing(2);
    auto *group = new QButtonGroup(this);
    const struct { const char *icon; QString name; } modes[] = {
        {"task-code", Tr::tr("Text")}, {"layout", Tr::tr("Text and graph")}, {"flow-parallel", Tr::tr("Graph")}};
    for (int i = 0; i < 3; ++i) {
        m_modes[i] = new QToolButton;
        m_modes[i]->setCheckable(true);
        m_modes[i]->setFixedSize(26, 26);
        m_modes[i]->setToolTip(modes[i].name);
        m_modes[i]->setAccessibleName(modes[i].name);
        ui::setThemedIcon(m_modes[i], QLatin1String(modes[i].icon), state.theme());
        group->addButton(m_modes[i], i);
        switchLayout->addWidget(m_modes[i]);
    }
    m_modes[int(m_mode)]->setChecked(true);
    connect(group, &QButtonGroup::idClicked, this, [this](int id) { setMode(ViewMode(id)); });

    auto *bar = new QFrame;
    bar->setProperty("role", "tabsBar");
    auto *barLayout = new QHBoxLayout(bar);
    barLayout->setContentsMargins(0, 0, 0, 0);
    barLayout->setSpacing(0);
    barLayout->addWidget(m_tabs, 1);
    barLayout->addWidget(m_switch);
    bar->setFixedHeight(state.theme().scaled(34));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(m_stack, 1);

    auto *empty = new ui::EmptyState(state.theme(), QStringLiteral("file-flow"), Tr::tr("No flow is open. Choose one in Files, or make one."), Tr::tr("New flow"));
    connect(empty, &ui::EmptyState::activated, this, &DocumentArea::newFlowWanted);
    m_stack->addWidget(empty);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        if (auto *page = index < 0 ? nullptr : m_tabs->tabData(index).value<DocumentPage *>())
            m_stack->setCurrentWidget(page);
        m_switch->setVisible(currentFlow() != nullptr);
        emit currentChanged(current());
    });
    connect(&state, &AppState::themeChanged, this, &DocumentArea::applyTheme);
    m_switch->hide();
}

void DocumentArea::applyTheme()
{
    for (DocumentPage *page : pages())
        refreshTab(page);
}

DocumentPage *DocumentArea::openFile(const QString &path, bool asFlow)
{
    if (DocumentPage *page = pageOf(path)) {
        show(page);
        return page;
    }
    if (asFlow) {
        auto page = std::make_unique<FlowPage>(m_state);
        if (auto opened = page->open(path); !opened) {
            emit failed(sentence(opened.error()));
            return nullptr;
        }
        add(page.get());
        return page.release();
    }
    auto page = std::make_unique<TextPage>(m_state);
    if (auto opened = page->open(path); !opened) {
        emit failed(sentence(opened.error()));
        return nullptr;
    }
    add(page.get());
    return page.release();
}

FlowPage *DocumentArea::newFlow(const QString &title, std::string text)
{
    auto *page = new FlowPage(m_state);
    page->create(title, std::move(text));
    add(page);
    return page;
}

void DocumentArea::showDiff(const QString &path, const git::FileDiff &diff, const DiffSides &sides)
{
    for (DocumentPage *page : pages())
        if (auto *shown = qobject_cast<DiffPage *>(page); shown && shown->comparedPath() == path) {
            shown->setDiff(diff);
            show(shown);
            return;
        }
    auto *page = new DiffPage(m_state, path, sides);
    connect(page, &DiffPage::unfoldWanted, this, &DocumentArea::diffUnfolded);
    page->setDiff(diff);
    add(page);
}

void DocumentArea::showEmpty()
{
    if (m_tabs->count() == 0)
        m_stack->setCurrentIndex(0);
}

void DocumentArea::add(DocumentPage *page)
{
    m_stack->addWidget(page);
    if (auto *flow = qobject_cast<FlowPage *>(page))
        flow->setMode(m_mode);
    int index = 0;
    { // the first tab becomes the current one before it has its data
        const QSignalBlocker quiet(m_tabs);
        index = m_tabs->addTab(QString());
        m_tabs->setTabData(index, QVariant::fromValue(page));
    }
    auto *button = new TabButton(m_state);
    connect(button, &QToolButton::clicked, this, [this, page] { close(page); });
    m_tabs->setTabButton(index, QTabBar::RightSide, button);
    refreshTab(page);
    connect(page, &DocumentPage::modifiedChanged, this, [this, page] { refreshTab(page); });
    connect(page, &DocumentPage::filePathChanged, this, [this, page] { refreshTab(page); });
    emit opened(page);
    if (m_tabs->currentIndex() == index) {
        m_stack->setCurrentWidget(page);
        m_switch->setVisible(currentFlow() != nullptr);
        emit currentChanged(page);
    } else {
        m_tabs->setCurrentIndex(index);
    }
}

int DocumentArea::indexOf(const DocumentPage *page) const
{
    for (int i = 0; i < m_tabs->count(); ++i)
        if (m_tabs->tabData(i).value<DocumentPage *>() == page)
            return i;
    return -1;
}

void DocumentArea::refreshTab(DocumentPage *page)
{
    const int index = indexOf(page);
    if (index < 0)
        return;
    m_tabs->setTabText(index, page->title());
    m_tabs->setTabToolTip(index, page->filePath());
    m_tabs->setTabIcon(index, m_state.theme().icon(page->iconName(), m_state.theme().color("accent")));
    m_tabs->setAccessibleTabName(index, page->isModified() ? Tr::tr("%1, changed").arg(page->title()) : page->title());
    static_cast<TabButton *>(m_tabs->tabButton(index, QTabBar::RightSide))->setModified(page->isModified());
}

DocumentPage *DocumentArea::pageOf(const QString &path) const
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    for (DocumentPage *page : pages())
        if (!page->filePath().isEmpty() && (page->filePath() == path || QFileInfo(page->filePath()).canonicalFilePath() == canonical))
            return page;
    return nullptr;
}

DocumentPage *DocumentArea::current() const
{
    const int index = m_tabs->currentIndex();
    return index < 0 ? nullptr : m_tabs->tabData(index).value<DocumentPage *>();
}

FlowPage *DocumentArea::currentFlow() const
{
    return qobject_cast<FlowPage *>(current());
}

QList<DocumentPage *> DocumentArea::pages() const
{
    QList<DocumentPage *> all;
    for (int i = 0; i < m_tabs->count(); ++i)
        all.append(m_tabs->tabData(i).value<DocumentPage *>());
    return all;
}

QList<FlowPage *> DocumentArea::flows() const
{
    QList<FlowPage *> all;
    for (DocumentPage *page : pages())
        if (auto *flow = qobject_cast<FlowPage *>(page))
            all.append(flow);
    return all;
}

void DocumentArea::show(DocumentPage *page)
{
    m_tabs->setCurrentIndex(indexOf(page));
}

void DocumentArea::step(int by)
{
    if (m_tabs->count() > 0)
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + m_tabs->count()) % m_tabs->count());
}

void DocumentArea::setMode(ViewMode mode)
{
    m_mode = mode;
    m_modes[int(mode)]->setChecked(true);
    for (FlowPage *flow : flows())
        flow->setMode(mode);
    emit modeChanged(mode);
}

bool DocumentArea::save(DocumentPage *page)
{
    if (page->filePath().isEmpty())
        return saveAs(page);
    auto done = page->save();
    if (!done && done.error().code == editor::FileErrorCode::ChangedOnDisk) {
        QMessageBox box(QMessageBox::NoIcon, Tr::tr("Save"), Tr::tr("%1 was changed by another program since it was read.").arg(page->title()),
                        QMessageBox::NoButton, this);
        box.setInformativeText(Tr::tr("Saving replaces that text by yours."));
        QPushButton *keep = box.addButton(Tr::tr("Don't save"), QMessageBox::RejectRole);
        QPushButton *replace = box.addButton(Tr::tr("Replace"), QMessageBox::DestructiveRole);
        box.setDefaultButton(keep);
        box.setEscapeButton(keep);
        box.exec();
        if (box.clickedButton() != replace)
            return false;
        done = page->save(true);
    }
    if (!done) {
        page->showError(sentence(done.error()));
        return false;
    }
    refreshTab(page);
    emit saved(page->filePath());
    return true;
}

bool DocumentArea::saveAs(DocumentPage *page)
{
    const QString start = page->filePath().isEmpty() ? m_defaultFolder + QLatin1Char('/') + page->title() : page->filePath();
    const QString path = QFileDialog::getSaveFileName(this, Tr::tr("Save as"), start, Tr::tr("Flows (*.yaml *.yml);;All files (*)"));
    if (path.isEmpty())
        return false;
    if (auto done = page->saveAs(path); !done) {
        page->showError(sentence(done.error()));
        return false;
    }
    refreshTab(page);
    emit saved(path);
    return true;
}

bool DocumentArea::saveAll()
{
    bool all = true;
    for (DocumentPage *page : pages())
        if (page->isModified() && !save(page))
            all = false;
    return all;
}

DocumentArea::Answer DocumentArea::askUnsaved(const QStringList &titles)
{
    QMessageBox box(QMessageBox::NoIcon, Tr::tr("Unsaved changes"),
                    titles.size() == 1 ? Tr::tr("%1 has changes that are not saved.").arg(titles.front())
                                       : Tr::tr("%n documents have changes that are not saved.", nullptr, int(titles.size())),
                    QMessageBox::NoButton, this);
    if (titles.size() > 1)
        box.setInformativeText(titles.join(QLatin1Char('\n')));
    QPushButton *save = box.addButton(titles.size() == 1 ? Tr::tr("Save") : Tr::tr("Save all"), QMessageBox::AcceptRole);
    save->setProperty("role", "primary");
    save->style()->unpolish(save); // the box has polished it already
    save->style()->polish(save);
    QPushButton *stay = box.addButton(Tr::tr("Cancel"), QMessageBox::RejectRole);
    QPushButton *discard = box.addButton(Tr::tr("Discard changes"), QMessageBox::DestructiveRole);
    box.setDefaultButton(save);
    box.setEscapeButton(stay);
    box.exec();
    return box.clickedButton() == save ? Answer::Save : box.clickedButton() == discard ? Answer::Discard : Answer::Stay;
}

bool DocumentArea::close(DocumentPage *page)
{
    if (page->isModified()) {
        show(page);
        const Answer answer = askUnsaved({page->title()});
        if (answer == Answer::Stay || (answer == Answer::Save && !save(page)))
            return false;
    }
    emit closing(page);
    const bool focused = page->isAncestorOf(QApplication::focusWidget()) || !QApplication::focusWidget();
    const int index = indexOf(page);
    m_stack->removeWidget(page);
    m_tabs->removeTab(index);
    page->deleteLater();
    showEmpty();
    if (focused && current())
        current()->focusText();
    m_switch->setVisible(currentFlow() != nullptr);
    return true;
}

bool DocumentArea::mayCloseAll()
{
    QStringList titles;
    for (DocumentPage *page : pages())
        if (page->isModified())
            titles.append(page->title());
    if (titles.isEmpty())
        return true;
    const Answer answer = askUnsaved(titles);
    return answer == Answer::Discard || (answer == Answer::Save && saveAll());
}

void DocumentArea::closeAll()
{
    for (DocumentPage *page : pages()) {
        emit closing(page);
        const QSignalBlocker quiet(m_tabs);
        m_stack->removeWidget(page);
        m_tabs->removeTab(indexOf(page));
        page->deleteLater();
    }
    showEmpty();
    m_switch->hide();
    emit currentChanged(nullptr);
}

} // namespace app
