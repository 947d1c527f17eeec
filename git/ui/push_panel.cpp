#include "git/ui/push_panel.h"

#include "ui/ask_text.h"
#include "ui/empty_state.h"
#include "ui/state_chip.h"
#include "ui/state_look.h"
#include "ui/tr.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace git {

QString stepName(StepId id)
{
    switch (id) {
    case StepId::Save:
        return Tr::tr("Save");
    case StepId::Validate:
        return Tr::tr("Validate");
    case StepId::Scan:
        return Tr::tr("Scan for secrets");
    case StepId::Commit:
        return Tr::tr("Commit");
    case StepId::Fetch:
        return Tr::tr("Fetch");
    case StepId::Push:
        return Tr::tr("Push");
    case StepId::Verify:
        return Tr::tr("Verify");
    }
    return {};
}

namespace {

constexpr int kStepHeight = 48;
constexpr int kUrlWidth = 220;

QString stateWord(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return Tr::tr("not reached");
    case StepState::Running:
        return Tr::tr("running");
    case StepState::Done:
        return Tr::tr("done");
    case StepState::Failed:
        return Tr::tr("failed");
    }
    return {};
}

QString seconds(qint64 milliseconds)
{
    return milliseconds < 0 ? QString() : QStringLiteral("%1 s").arg(double(milliseconds) / 1000, 0, 'f', 2);
}

// The icon of a step and the line that joins it to the next.
class StepMark : public QWidget
{
public:
    StepMark(const ui::Theme &theme, StepState state, bool last, QWidget *parent = nullptr)
        : QWidget(parent), m_theme(theme), m_state(state), m_last(last)
    {
        setFixedWidth(20);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const char *word = m_state == StepState::Done ? "SUCCESS" : m_state == StepState::Failed ? "FAILED" : "RUNNING";
        const ui::StateLook look = ui::stateLook(QLatin1String(word));
        if (m_state == StepState::Waiting)
            painter.fillRect(QRect(5, 9, 10, 2), m_theme.color("text3"));
        else
            painter.drawPixmap(0, 0, m_theme.pixmap(look.icon, m_theme.color(look.inkToken), 20, devicePixelRatioF()));
        if (!m_last)
            painter.fillRect(QRect(9, 24, 2, height() - 24), m_theme.color(m_state == StepState::Done ? "s_success" : "line"));
    }

private:
    const ui::Theme &m_theme;
    StepState m_state;
    bool m_last;
};

QLabel *label(const QString &text, const QFont &font, const QColor &color)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setFont(font);
    label->setWordWrap(true);
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
    label->setStyleSheet(QStringLiteral("color: %1").arg(color.name()));
    return label;
}

} // namespace

PushPanel::PushPanel(GitController &controller, const ui::Theme &theme, QWidget *parent)
    : QWidget(parent), m_controller(controller), m_theme(theme), m_layout(new QVBoxLayout)
{
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *inner = new QWidget;
    inner->setProperty("role", "panel");
    inner->setAttribute(Qt::WA_StyledBackground);
    inner->setLayout(m_layout);
    m_layout->setContentsMargins({});
    scroll->setWidget(inner);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(scroll);
    connect(&m_controller, &GitController::progressChanged, this, &PushPanel::rebuild);
    connect(&m_controller, &GitController::credentialsNeeded, this, &PushPanel::askForCredentials);
    rebuild();
}

void PushPanel::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    rebuild();
}

void PushPanel::rebuild()
{
    if (m_content) {
        m_layout->removeWidget(m_content);
        m_content->deleteLater();
    }
    m_content = new QWidget;
    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    const PushProgress &progress = m_controller.progress();
    if (progress.phase == PushPhase::Idle) {
        layout->addWidget(new ui::EmptyState(m_theme, QStringLiteral("push"), Tr::tr("Commit and push to see each step here")), 1);
    } else {
        layout->addWidget(makeHead());
        auto *rule = new QFrame;
        rule->setProperty("role", "rule");
        layout->addWidget(rule);
        auto *steps = new QVBoxLayout;
        steps->setContentsMargins(16, 14, 16, 12);
        steps->setSpacing(0);
        for (std::size_t i = 0; i < progress.steps.size(); ++i)
            steps->addWidget(makeStep(progress.steps[i], i + 1 == progress.steps.size()));
        if (progress.phase == PushPhase::Running) {
            auto *stop = new QPushButton(Tr::tr("Stop"));
            stop->setProperty("role", "danger");
            connect(stop, &QPushButton::clicked, &m_controller, &GitController::cancel);
            steps->addWidget(stop, 0, Qt::AlignLeft);
        }
        layout->addLayout(steps);
        layout->addStretch();
    }
    m_layout->addWidget(m_content);
}

QWidget *PushPanel::makeHead()
{
    const PushProgress &progress = m_controller.progress();
    const bool pushed = progress.phase == PushPhase::Pushed, failed = progress.phase == PushPhase::NotPushed;
    auto *head = new QWidget;
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(16, 13, 16, 14);
    layout->setSpacing(4);
    auto *top = new QHBoxLayout;
    top->setSpacing(10);
    auto *chip = new ui::StateChip(m_theme);
    chip->setObjectName(QStringLiteral("pushChip"));
    chip->setState(pushed ? QStringLiteral("SUCCESS") : failed ? QStringLiteral("FAILED") : QStringLiteral("RUNNING"),
                   pushed ? Tr::tr("Pushed") : failed ? Tr::tr("Not pushed") : Tr::tr("Pushing"));
    top->addWidget(chip);
    const QString remote = m_controller.state().remotes.empty() ? QString() : QString::fromStdString(m_controller.state().remotes.front().name) + QLatin1Char('/');
    QLabel *title = label(remote.isEmpty() ? progress.order.branch : QStringLiteral("%1 → %2%1").arg(progress.order.branch, remote),
                          m_theme.font(16, QFont::DemiBold), m_theme.color("text"));
    title->setToolTip(title->text());
    top->addWidget(title, 1);
    layout->addLayout(top);
    qint64 spent = 0;
    int reached = 0;
    for (const PushStep &step : progress.steps) {
        spent += std::max<qint64>(step.milliseconds, 0);
        reached += step.state != StepState::Waiting;
    }
    QStringList facts;
    if (!progress.url.isEmpty())
        facts.append(QFontMetrics(m_theme.font(12)).elidedText(progress.url, Qt::ElideMiddle, m_theme.scaled(kUrlWidth)));
    facts.append(Tr::tr("step %1 of %2").arg(reached).arg(progress.steps.size()));
    if (progress.phase != PushPhase::Running)
        facts.append(seconds(spent));
    QLabel *line = label(facts.join(QStringLiteral(" · ")), m_theme.font(12), m_theme.color("text2"));
    line->setToolTip(progress.url);
    layout->addWidget(line);
    return head;
}

QWidget *PushPanel::makeStep(const PushStep &step, bool last)
{
    auto *row = new QWidget;
    row->setMinimumHeight(m_theme.scaled(kStepHeight));
    row->setAccessibleName(Tr::tr("%1, %2").arg(stepName(step.id), stateWord(step.state)));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(12);
    layout->addWidget(new StepMark(m_theme, step.state, last));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    const bool failed = step.state == StepState::Failed, waiting = step.state == StepState::Waiting;
    auto *title = new QHBoxLayout;
    title->addWidget(label(stepName(step.id), m_theme.font(13, waiting ? QFont::Normal : QFont::DemiBold),
                           m_theme.color(failed ? "s_failed" : waiting ? "text2" : "text")), 1);
    QLabel *time = label(seconds(step.milliseconds), m_theme.monoFont(12), m_theme.color("text2"));
    time->setWordWrap(false);
    title->addWidget(time);
    texts->addLayout(title);
    QString fact = step.fact;
    if (waiting && step.id == StepId::Verify)
        fact = Tr::tr("Done only when the remote shows the commit");
    if (!fact.isEmpty() && !failed)
        texts->addWidget(label(fact, m_theme.font(12), m_theme.color("text2")));
    if (failed) {
        texts->addSpacing(6);
        texts->addWidget(makeBanner());
        addRemoteWords(*texts);
        texts->addSpacing(14);
    }
    texts->addStretch();
    layout->addLayout(texts, 1);
    return row;
}

QWidget *PushPanel::makeBanner()
{
    const PushProgress &progress = m_controller.progress();
    auto *banner = new QWidget;
    banner->setObjectName(QStringLiteral("pushBanner"));
    banner->setAttribute(Qt::WA_StyledBackground);
    banner->setStyleSheet(QStringLiteral("QWidget#pushBanner { background: %1; border-left: 3px solid %2; border-radius: 6px }")
                              .arg(m_theme.color("b_failed").name(), m_theme.color("s_failed").name()));
    auto *layout = new QVBoxLayout(banner);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    const bool refused = progress.error && progress.error->code == ErrorCode::RemoteRefused;
    QLabel *cause = label(refused ? Tr::tr("The remote refused the push.") : progress.words.cause, m_theme.font(13, QFont::DemiBold), m_theme.color("text"));
    cause->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(cause);
    if (!progress.words.action.isEmpty())
        layout->addWidget(label(progress.words.action, m_theme.font(12), m_theme.color("text")));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    addPrimaryAction(*buttons);
    const bool committed = std::any_of(progress.steps.begin(), progress.steps.end(), [](const PushStep &step) {
        return step.id == StepId::Commit && step.state == StepState::Done;
    });
    auto *leave = new QPushButton(committed ? Tr::tr("Keep local") : Tr::tr("Close"));
    connect(leave, &QPushButton::clicked, this, &PushPanel::closeWanted);
    buttons->addWidget(leave);
    buttons->addStretch();
    layout->addLayout(buttons);
    return banner;
}

/// What the remote said, word for word.
void PushPanel::addRemoteWords(QVBoxLayout &layout)
{
    const std::optional<Error> &error = m_controller.progress().error;
    if (!error || error->code != ErrorCode::RemoteRefused || error->args.empty())
        return;
    layout.addSpacing(10);
    layout.addWidget(label(Tr::tr("What the remote said"), m_theme.font(12), m_theme.color("text2")));
    layout.addSpacing(4);
    QLabel *words = label(QString::fromStdString(error->args.front()).trimmed(), m_theme.monoFont(11), m_theme.color("text"));
    words->setObjectName(QStringLiteral("remoteWords"));
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    words->setStyleSheet(QStringLiteral("color: %1; background: %2; border: 1px solid %3; border-radius: 6px; padding: 8px 10px")
                             .arg(m_theme.color("text").name(), m_theme.color("field").name(), m_theme.color("line").name()));
    layout.addWidget(words);
}

void PushPanel::addPrimaryAction(QHBoxLayout &layout)
{
    QString text = Tr::tr("Try again");
    std::function<void()> act = [this] { m_controller.pushAgain(); };
    if (const auto &error = m_controller.progress().error) {
        switch (error->code) {
        case ErrorCode::NonFastForward:
        case ErrorCode::RemoteRefused:
        case ErrorCode::DetachedHead:
            text = Tr::tr("Push to a new branch");
            act = [this] { askForBranch(); };
            break;
        case ErrorCode::SecretFound:
            text = Tr::tr("Not a secret: push it");
            act = [this] { m_controller.pushWithFindings(); };
            break;
        case ErrorCode::MissingIdentity:
            text = Tr::tr("Set name and address");
            act = [this] { askForIdentity(); };
            break;
        case ErrorCode::NoRemote:
        case ErrorCode::NoSuchRemote:
            text = Tr::tr("Set the remote's address");
            act = [this] { askForRemote(); };
            break;
        default:
            break;
        }
    }
    auto *button = new QPushButton(text);
    button->setObjectName(QStringLiteral("pushAction"));
    if (!m_controller.progress().error || m_controller.progress().error->code != ErrorCode::SecretFound)
        button->setProperty("role", "primary");
    connect(button, &QPushButton::clicked, this, act);
    layout.addWidget(button);
}

void PushPanel::askForCredentials(const CredentialsQuestion &question)
{
    QDialog dialog(this);
    dialog.setWindowTitle(question.keyPassphrase ? Tr::tr("Pass phrase of the ssh key") : Tr::tr("Sign in"));
    dialog.setMinimumWidth(480);
    auto *form = new QFormLayout(&dialog);
    form->setContentsMargins(20, 20, 20, 20);
    auto *where = new QLabel(QString::fromStdString(question.url));
    where->setTextFormat(Qt::PlainText);
    form->addRow(where);
    auto *user = new QLineEdit(QString::fromStdString(question.userName));
    auto *password = new QLineEdit;
    password->setEchoMode(QLineEdit::Password);
    if (!question.keyPassphrase)
        form->addRow(Tr::tr("User name"), user);
    form->addRow(question.keyPassphrase ? Tr::tr("Pass phrase") : Tr::tr("Password or token"), password);
    auto *buttons = new QDialogButtonBox;
    QPushButton *push = buttons->addButton(Tr::tr("Push"), QDialogButtonBox::AcceptRole);
    push->setProperty("role", "primary");
    buttons->addButton(Tr::tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    form->addRow(buttons);
    push->setDefault(true);
    (question.keyPassphrase || !user->text().isEmpty() ? password : user)->setFocus();
    const bool given = dialog.exec() == QDialog::Accepted;
    m_controller.answerCredentials(given ? std::optional<Credentials>({user->text().toStdString(), password->text().toStdString()})
                                         : std::nullopt);
}

void PushPanel::askForIdentity()
{
    QDialog dialog(this);
    dialog.setWindowTitle(Tr::tr("Who commits?"));
    dialog.setMinimumWidth(480);
    auto *form = new QFormLayout(&dialog);
    form->setContentsMargins(20, 20, 20, 20);
    auto *name = new QLineEdit;
    auto *email = new QLineEdit;
    form->addRow(Tr::tr("Name"), name);
    form->addRow(Tr::tr("Mail address"), email);
    auto *buttons = new QDialogButtonBox;
    QPushButton *accept = buttons->addButton(Tr::tr("Set for this repository"), QDialogButtonBox::AcceptRole);
    buttons->addButton(Tr::tr("Cancel"), QDialogButtonBox::RejectRole);
    accept->setProperty("role", "primary");
    accept->setEnabled(false);
    for (QLineEdit *edit : {name, email})
        connect(edit, &QLineEdit::textChanged, accept, [=] {
            accept->setEnabled(!name->text().trimmed().isEmpty() && !email->text().trimmed().isEmpty());
        });
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    form->addRow(buttons);
    accept->setDefault(true);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_controller.setIdentity(name->text().trimmed(), email->text().trimmed());
    m_controller.pushAgain();
}

void PushPanel::askForRemote()
{
    const auto url = ui::askText(this, {Tr::tr("Remote"), Tr::tr("Address of the repository to push to"), Tr::tr("Push")});
    if (!url)
        return;
    m_controller.setRemote(*url);
    m_controller.pushAgain();
}

void PushPanel::askForBranch()
{
    const auto name = ui::askText(this, {Tr::tr("New branch"), Tr::tr("Name of the branch to push"), Tr::tr("Push"), {},
                                         [this](const QString &text) { return m_controller.faultOfBranchName(text); }});
    if (name)
        m_controller.pushAgain(*name);
}

} // namespace git
