#include "app/welcome_page.h"

#include "app/app_state.h"
#include "app/miniature.h"
#include "engine/flow/analysis.h"
#include "ui/search_field.h"
#include "ui/task_look.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <set>

namespace app {

namespace {

QLabel *label(const QString &text, const char *role)
{
    auto *made = new QLabel(text);
    made->setProperty("role", role);
    return made;
}

/// A button drawn as a row: icon, two lines, and what stands at the right.
class RowButton : public QPushButton
{
public:
    RowButton(AppState &state, int height, QString icon, QString title, QString detail, QString right, bool framed, bool chosen)
        : m_state(state), m_icon(std::move(icon)), m_title(std::move(title)), m_detail(std::move(detail)),
          m_right(std::move(right)), m_framed(framed), m_chosen(chosen)
    {
        setProperty("role", "card");
        setFixedHeight(state.theme().scaled(height));
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAccessibleName(m_title);
        setAccessibleDescription(m_detail);
    }
    QSize sizeHint() const override { return {300, height()}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const ui::Theme &theme = m_state.theme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        const bool hot = underMouse();
        painter.setBrush(m_chosen ? theme.color(hot ? "selected" : "accentSoft") : hot ? theme.color("hover") : m_framed ? theme.color("raised") : QColor(Qt::transparent));
        painter.setPen(hasFocus() ? QPen(theme.color("focus"), 2) : !m_framed ? QPen(Qt::NoPen) : QPen(theme.color(m_chosen ? "accent" : "line"), 1));
        painter.drawRoundedRect(hasFocus() ? box.adjusted(0.5, 0.5, -0.5, -0.5) : box, 8, 8);
        const int left = m_framed ? 18 : 14;
        painter.drawPixmap(left, (height() - 18) / 2, theme.pixmap(m_icon, theme.color(m_framed ? "accent" : "text2"), 18, devicePixelRatioF()));
        QRect text = rect().adjusted(left + 18 + 14, 0, -14, 0);
        if (!m_right.isEmpty()) {
            painter.setFont(m_framed ? theme.monoFont(11) : theme.font(12));
            const int width = painter.fontMetrics().horizontalAdvance(m_right);
            painter.setPen(theme.color("text2"));
            if (m_framed) {
                const QRectF key(this->width() - 14 - width - 12 + 0.5, height() / 2.0 - 9.5, width + 12, 19);
                painter.setPen(QPen(theme.color("lineStrong"), 1));
                painter.setBrush(theme.color("raised"));
                painter.drawRoundedRect(key, 4, 4);
                painter.setPen(theme.color("text2"));
                painter.drawText(key, Qt::AlignCenter, m_right);
            } else {
                painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, m_right);
            }
            text.setRight(text.right() - width - 28);
        }
        painter.setPen(theme.color("text"));
        painter.setFont(theme.font(13, QFont::DemiBold));
        const QFontMetrics bold = painter.fontMetrics();
        const int half = height() / 2;
        painter.drawText(QRect(text.left(), half - bold.height() - 1, text.width(), bold.height() + 2), Qt::AlignVCenter,
                         bold.elidedText(m_title, Qt::ElideMiddle, text.width()));
        painter.setPen(theme.color("text2"));
        painter.setFont(theme.font(12));
        painter.drawText(QRect(text.left(), half + 1, text.width(), bold.height() + 2), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_detail, Qt::ElideMiddle, text.width()));
    }

private:
    AppState &m_state;
    QString m_icon, m_title, m_detail, m_right;
    bool m_framed, m_chosen;
};

/// An example: its graph in small, its name, one sentence, the tiles of what it uses.
class ExampleCard : public QPushButton
{
public:
    ExampleCard(AppState &state, std::shared_ptr<const flow::Flow> flow, QString title, QString sentence)
        : m_state(state), m_flow(std::move(flow)), m_title(std::move(title)), m_sentence(std::move(sentence))
    {
        setProperty("role", "card");
        setFixedHeight(241);
        setMinimumWidth(220);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAccessibleName(m_title);
        setAccessibleDescription(m_sentence);
        m_flow->forEachTask([&](const flow::Task &task, const flow::TaskList &, int) {
            const QString icon = ui::taskLook(QString::fromStdString(task.type)).icon;
            const bool known = std::any_of(m_tiles.begin(), m_tiles.end(), [&](const ui::TaskLook &look) { return look.icon == icon; });
            if (!known && m_tiles.size() < 6)
                m_tiles.push_back(ui::taskLook(QString::fromStdString(task.type)));
        });
    }
    QSize sizeHint() const override { return {294, 241}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const ui::Theme &theme = m_state.theme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(QPen(theme.color(underMouse() ? "lineStrong" : "line"), 1));
        painter.setBrush(theme.color("raised"));
        painter.drawRoundedRect(box, 8, 8);
        const int pictureHeight = 148;
        painter.save();
        painter.setClipRect(QRect(1, 1, width() - 2, pictureHeight));
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color("canvas"));
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
        painter.drawPixmap(0, 0, drawMiniature(*m_flow, theme, QSize(width(), pictureHeight), devicePixelRatioF()));
        painter.restore();
        painter.setPen(QPen(theme.color("line"), 1));
        painter.drawLine(QPointF(1, pictureHeight + 0.5), QPointF(width() - 1, pictureHeight + 0.5));
        const QRect text(15, pictureHeight + 10, width() - 30, 20);
        painter.setPen(theme.color("text"));
        painter.setFont(theme.font(13, QFont::DemiBold));
        painter.drawText(text, Qt::AlignVCenter, painter.fontMetrics().elidedText(m_title, Qt::ElideRight, text.width()));
        painter.setPen(theme.color("text2"));
        painter.setFont(theme.font(12));
        painter.drawText(text.translated(0, 20), Qt::AlignVCenter, painter.fontMetrics().elidedText(m_sentence, Qt::ElideRight, text.width()));
        int x = 15;
        for (const ui::TaskLook &look : m_tiles) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.color(look.groundToken()));
            painter.drawRoundedRect(QRectF(x, pictureHeight + 57, 22, 22), 5, 5);
            painter.drawPixmap(x + 3, pictureHeight + 60, theme.pixmap(look.icon, theme.color(look.inkToken()), 16, devicePixelRatioF()));
            x += 27;
        }
        if (hasFocus()) {
            painter.setPen(QPen(theme.color("focus"), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
        }
    }

private:
    AppState &m_state;
    std::shared_ptr<const flow::Flow> m_flow;
    QString m_title, m_sentence;
    std::vector<ui::TaskLook> m_tiles;
};

QString whenText(qint64 milliseconds)
{
    if (milliseconds <= 0)
        return {};
    const qint64 minutes = (QDateTime::currentMSecsSinceEpoch() - milliseconds) / 60'000;
    if (minutes < 1)
        return Tr::tr("just now");
    if (minutes < 60)
        return Tr::tr("%n min ago", nullptr, int(minutes));
    if (minutes < 24 * 60)
        return Tr::tr("%n h ago", nullptr, int(minutes / 60));
    return QDateTime::fromMSecsSinceEpoch(milliseconds).date().toString(Qt::ISODate);
}

QString branchOf(const QString &folder)
{
    QFile head(folder + QStringLiteral("/.git/HEAD"));
    if (!head.open(QIODevice::ReadOnly))
        return Tr::tr("no Git");
    const QString text = QString::fromUtf8(head.readAll()).trimmed();
    return text.startsWith(QLatin1String("ref: refs/heads/")) ? text.mid(16) : text.left(7);
}

QString homeless(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + QLatin1Char('/')) ? QLatin1Char('~') + path.mid(home.size()) : path;
}

} // namespace

QString examplesFolder()
{
    const QString beside = QCoreApplication::applicationDirPath();
    for (const QString &candidate : {beside + QStringLiteral("/../share/leat/examples"), QStringLiteral("/usr/share/leat/examples"),
                                     beside + QStringLiteral("/../../../resources/examples")})
        if (QDir(candidate).exists())
            return QDir(candidate).canonicalPath();
    return {};
}

WelcomePage::WelcomePage(AppState &state, QWidget *parent)
    : QWidget(parent), m_state(state), m_recent(new QVBoxLayout), m_cards(new QGridLayout)
{
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    auto *edge = new QFrame; // below the menu bar
    edge->setProperty("role", "rule");
    page->addWidget(edge);
    auto *layout = new QHBoxLayout;
    layout->setSpacing(0);
    page->addLayout(layout, 1);
    QWidget *start = makeStart();
    start->setFixedWidth(560);
    auto *rule = new QFrame;
    rule->setProperty("role", "ruleVertical");
    rule->setFixedWidth(1);
    layout->addWidget(start);
    layout->addWidget(rule);
    layout->addWidget(makeExamples(), 1);
    refresh();
    connect(&state, &AppState::themeChanged, this, [this](const ui::Theme &theme) {
        ui::refreshIcons(this, theme);
        update();
    });
}

QWidget *WelcomePage::makeStart()
{
    auto *side = new QWidget;
    side->setProperty("role", "editorGround");
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(64, 52, 44, 24);
    layout->setSpacing(8);
    auto *head = new QHBoxLayout;
    auto *icon = new QLabel;
    ui::setThemedIcon(icon, QStringLiteral("leat-128"), m_state.theme(), "accent", 64);
    auto *names = new QVBoxLayout;
    names->setContentsMargins(0, 10, 0, 0);
    names->setSpacing(0);
    names->addWidget(label(QStringLiteral("Leat"), "welcomeTitle"));
    names->addWidget(label(Tr::tr("Write a flow, run it here, push it when it is right."), "quiet"));
    icon->setFixedSize(64, 64);
    head->addWidget(icon);
    head->addSpacing(10);
    head->addLayout(names, 1);
    layout->addLayout(head);
    layout->addSpacing(22);

    auto *create = new RowButton(m_state, 56, QStringLiteral("add"), Tr::tr("New flow"), Tr::tr("A file with one task, ready to run"), QStringLiteral("Ctrl+N"), true, true);
    auto *open = new RowButton(m_state, 56, QStringLiteral("folder-open"), Tr::tr("Open folder"), Tr::tr("A project is a folder of flows"), QStringLiteral("Ctrl+O"), true, false);
    connect(create, &QPushButton::clicked, this, &WelcomePage::newFlowWanted);
    connect(open, &QPushButton::clicked, this, &WelcomePage::openFolderWanted);
    layout->addWidget(create);
    layout->addWidget(open);
    if (const QString examples = examplesFolder(); !examples.isEmpty()) {
        auto *example = new RowButton(m_state, 56, QStringLiteral("star"), Tr::tr("Example project"), Tr::tr("Eight flows over 50,000 orders"), {}, true, false);
        connect(example, &QPushButton::clicked, this, [this, examples] { emit projectChosen(examples); });
        layout->addWidget(example);
    }
    layout->addSpacing(24);
    layout->addWidget(label(Tr::tr("Recent"), "heading"));
    m_recent->setSpacing(0);
    auto *recentFrame = new QHBoxLayout;
    recentFrame->setContentsMargins(-14, 0, -14, 0);
    recentFrame->addLayout(m_recent);
    layout->addLayout(recentFrame);
    layout->addStretch();
    return side;
}

QWidget *WelcomePage::makeExamples()
{
    auto *content = new QWidget;
    content->setProperty("role", "panel");
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(60, 52, 60, 24);
    layout->setSpacing(4);
    auto *head = new QHBoxLayout;
    auto *words = new QVBoxLayout;
    words->setContentsMargins(0, 4, 0, 0);
    words->setSpacing(9);
    words->addWidget(label(Tr::tr("Start from an example"), "dialogTitle"));
    words->addWidget(label(Tr::tr("Each one runs here with sample data, without an account or a network."), "quiet"));
    auto *search = new ui::SearchField(m_state.theme(), Tr::tr("Search examples"));
    search->setFixedWidth(230);
    connect(search, &QLineEdit::textChanged, this, &WelcomePage::fillExamples);
    head->addLayout(words, 1);
    head->addWidget(search, 0, Qt::AlignTop);
    layout->addLayout(head);
    layout->addSpacing(18);
    m_cards->setSpacing(18);
    layout->addLayout(m_cards);
    layout->addSpacing(24);
    auto *rule = new QFrame;
    rule->setProperty("role", "rule");
    layout->addWidget(rule);
    layout->addSpacing(12);
    layout->addWidget(label(Tr::tr("Keys worth knowing"), "heading"));
    layout->addSpacing(6);
    auto *keys = new QGridLayout;
    keys->setHorizontalSpacing(34);
    keys->setVerticalSpacing(8);
    keys->setColumnStretch(3, 1);
    const QPair<const char *, QString> rows[] = {{"Ctrl+Shift+P", Tr::tr("every command")}, {"Ctrl+E", Tr::tr("run the flow")},
                                                 {"Ctrl+K", Tr::tr("jump to a task")},      {"A", Tr::tr("add after the node")},
                                                 {"Ctrl+P", Tr::tr("go to a file")},        {"F6", Tr::tr("next area")}};
    int index = 0;
    for (const auto &[key, what] : rows) {
        auto *cell = new QHBoxLayout;
        cell->setSpacing(10);
        cell->addWidget(label(QLatin1String(key), "key"));
        cell->addWidget(label(what, "quiet"));
        cell->addStretch();
        keys->addLayout(cell, index / 3, index % 3);
        ++index;
    }
    layout->addLayout(keys);
    layout->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    fillExamples({});
    return scroll;
}

void WelcomePage::refresh()
{
    fillRecent();
}

void WelcomePage::fillRecent()
{
    while (QLayoutItem *item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int shown = 0;
    for (const QString &folder : m_state.settings().recentProjects()) {
        if (!QDir(folder).exists() || shown >= 6)
            continue;
        ++shown;
        const QString right = QStringLiteral("%1    %2").arg(branchOf(folder), whenText(m_state.settings().lastOpened(folder)));
        auto *row = new RowButton(m_state, 48, QStringLiteral("folder"), QDir(folder).dirName(), homeless(folder), right, false, false);
        connect(row, &QPushButton::clicked, this, [this, folder] { emit projectChosen(folder); });
        m_recent->addWidget(row);
    }
    if (shown == 0)
        m_recent->addWidget(label(Tr::tr("Folders you open are listed here."), "quiet"));
}

void WelcomePage::fillExamples(const QString &filter)
{
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QString folder = examplesFolder() + QStringLiteral("/company.team/flows");
    const QPair<const char *, QString> examples[] = {
        {"daily_sales", Tr::tr("Daily sales")},          {"regional_fanout", Tr::tr("One run per region")},
        {"warehouse_dag", Tr::tr("Warehouse as a Dag")}, {"quality_gate", Tr::tr("Quality gate")},
        {"flaky_partner", Tr::tr("Flaky partner")},      {"month_end_close", Tr::tr("Month-end close")},
    };
    int shown = 0;
    for (const auto &[id, title] : examples) {
        const QString path = QStringLiteral("%1/%2.yaml").arg(folder, QLatin1String(id));
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const std::string text = file.readAll().toStdString();
        std::shared_ptr<const flow::Flow> flow = flow::analyse(text, {}, *m_state.catalog()).flow;
        const QString sentence = QString::fromStdString(flow->description).section(QLatin1Char('\n'), 0, 0);
        if (!filter.isEmpty() && !(title + sentence + QLatin1String(id)).contains(filter, Qt::CaseInsensitive))
            continue;
        auto *card = new ExampleCard(m_state, flow, title, sentence);
        connect(card, &QPushButton::clicked, this, [this, path] { emit exampleChosen(path); });
        m_cards->addWidget(card, shown / 3, shown % 3);
        ++shown;
    }
    if (shown == 0)
        m_cards->addWidget(label(Tr::tr("No example is called “%1”.").arg(filter), "quiet"), 0, 0);
}

} // namespace app
