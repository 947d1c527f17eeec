#include "git/ui/push_panel.h"

#include "ui/state_look.h"
#include "ui/tr.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

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
    inner->setLayout(m_layout);
    m_layout->setContentsMargins(16, 12, 16, 12);
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
        QLabel *empty = label(Tr::tr("Commit and push to see each step here"), m_theme.font(13), m_theme.color("text2"));
        empty->setAlignment(Qt::AlignHCenter);
        layout->addSpacing(24);
        layout->addWidget(empty);
    } else {
        const bool pushed = progress.phase == PushPhase::Pushed, failed = progress.phase == PushPhase::NotPushed;
        const ui::StateLook look = ui::stateLook(QLatin1String(pushed ? "SUCCESS" : failed ? "FAILED" : "RUNNING"));
        auto *head = new QHBoxLayout;
        auto *chip = new QLabel(pushed ? Tr::tr("Pushed") : failed ? Tr::tr("Not pushed") : Tr::tr("Pushing"));
        chip->setObjectName(QStringLiteral("pushChip"));
        chip->setFont(m_theme.font(11.5, QFont::DemiBold));
        chip->setStyleSheet(QStringLiteral("color: %1; background: %2; border-radius: 8px; padding: 2px 8px")
                                .arg(m_theme.color(look.inkToken).name(), m_theme.color(look.groundToken).name()));
        head->addWidget(chip);
        head->addSpacing(8);
        head->addWidget(label(progress.order.branch, m_theme.font(15, QFont::DemiBold), m_theme.color("text")), 1);
        layout->addLayout(head);
        if (!progress.url.isEmpty())
            layout->addWidget(label(progress.url, m_theme.font(11.5), m_theme.color("text2")));
        layout->addSpacing(16);
        for (std::size_t i = 0; i < progress.steps.size(); ++i)
            layout->addWidget(makeStep(progress.steps[i], i + 1 == progress.steps.size()));
        if (!pushed && !failed) {
            auto *stop = new QPushButton(Tr::tr("Stop"));
            stop->setProperty("role", "danger");
            connect(stop, &QPushButton::clicked, &m_controller, &GitController::cancel);
            layout->addWidget(stop, 0, Qt::AlignLeft);
        }
    }
    layout->addStretch();
    m_layout->addWidget(m_content);
}

QWidget *PushPanel::makeStep(const PushStep &step, bool last)
{
    auto *row = new QWidget;
    row->setAccessibleName(Tr::tr("%1, %2").arg(stepName(step.id), stateWord(step.state)));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(12);
    layout->addWidget(new StepMark(m_theme, step.state, last));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    const bool failed = step.state == StepState::Failed, waiting = step.state == StepState::Waiting;
    auto *title = new QHBoxLayout;
    title->addWidget(label(stepName(step.id), m_theme.font(13, QFont::DemiBold),
                           m_theme.color(failed ? "s_failed" : waiting ? "text3" : "text")), 1);
    QLabel *time = label(seconds(step.milliseconds), m_theme.monoFont(12), m_theme.color("text2"));
    time->setWordWrap(false);
    title->addWidget(time);
    texts->addLayout(title);
    if (!step.fact.isEmpty() && !failed)
        texts->addWidget(label(step.fact, m_theme.font(12), m_theme.color("text2")));
    if (failed)
        texts->addWidget(makeBanner());
    texts->addSpacing(14);
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
    QLabel *cause = label(progress.words.cause, m_theme.font(13, QFont::DemiBold), m_theme.color("text"));
    cause->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(cause);
    if (!progress.words.action.isEmpty())
        layout->addWidget(label(progress.words.action, m_theme.font(12), m_theme.color("text")));
    addPrimaryAction(*layout);
    return banner;
}

void PushPanel::addPrimaryAction(QVBoxLayout &layout)
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
    layout.addWidget(button, 0, Qt::AlignLeft);
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
    buttons->addButton(Tr::tr("Push"), QDialogButtonBox::AcceptRole);
    buttons->addButton(Tr::tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    form->addRow(buttons);
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
    accept->setEnabled(false);
    for (QLineEdit *edit : {name, email})
        connect(edit, &QLineEdit::textChanged, accept, [=] {
            accept->setEnabled(!name->text().trimmed().isEmpty() && !email->text().trimmed().isEmpty());
        });
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    form->addRow(buttons);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_controller.setIdentity(name->text().trimmed(), email->text().trimmed());
    m_controller.pushAgain();
}

void PushPanel::askForRemote()
{
    bool ok = false;
    const QString url = QInputDialog::getText(this, Tr::tr("Remote"), Tr::tr("Address of the repository to push to"),
                                              QLineEdit::Normal, {}, &ok);
    if (!ok || url.trimmed().isEmpty())
        return;
    m_controller.setRemote(url.trimmed());
    m_controller.pushAgain();
}

void PushPanel::askForBranch()
{
    bool ok = false;
    const QString name = QInputDialog::getText(this, Tr::tr("New branch"), Tr::tr("Name of the branch to push"),
                                               QLineEdit::Normal, {}, &ok);
    if (ok && !name.trimmed().isEmpty())
        m_controller.pushAgain(name.trimmed());
}

} // namespace git
