#include "app/schema_dialog.h"

#include "app/app_state.h"
#include "engine/tasks/http/http_client.h"
#include "ui/tr.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>
#include <QUrl>
#include <QVBoxLayout>

namespace app {

namespace {

constexpr auto kPatience = std::chrono::seconds(20);
constexpr std::size_t kMostBytes = 200u << 20;

bool isAddress(const QString &place)
{
    return place.startsWith(QLatin1String("http://")) || place.startsWith(QLatin1String("https://"));
}

/// Of a server alone, where it keeps the schema of all its tasks.
QString addressOf(const QString &place)
{
    QUrl url(place);
    if (url.path().isEmpty() || url.path() == QLatin1String("/"))
        url.setPath(QStringLiteral("/api/v1/plugins/schemas/task"));
    return url.toString();
}

/// The name it is kept under: that of the file, or the server's.
QString nameOf(const QString &place)
{
    QString name = isAddress(place) ? QUrl(place).host() + QUrl(place).path() : QFileInfo(place).completeBaseName();
    for (QChar &c : name)
        if (!c.isLetterOrNumber() && c != QLatin1Char('-') && c != QLatin1Char('.'))
            c = QLatin1Char('_');
    return name;
}

/// Throws tasks::HttpFailure.
QByteArray ask(const QString &place)
{
    tasks::HttpRequest request;
    request.url = addressOf(place).toStdString();
    request.headers = {{"Accept", "application/json"}};
    request.connectTimeout = kPatience;
    request.idleTimeout = kPatience;
    QByteArray body;
    tasks::HttpClient::Hooks hooks;
    hooks.onBody = [&](std::string_view piece) {
        if (std::size_t(body.size()) + piece.size() > kMostBytes)
            throw tasks::HttpFailure{"too much", {}};
        body.append(piece.data(), qsizetype(piece.size()));
    };
    hooks.onResponse = [](const tasks::HttpRequest &, const tasks::HttpResponse &) {};
    hooks.onRestart = [&] { body.clear(); };
    const tasks::HttpResponse response = tasks::HttpClient().exchange(request, hooks);
    if (response.code != 200)
        throw tasks::HttpFailure{"HTTP " + std::to_string(response.code), {}};
    return body;
}

} // namespace

SchemaDialog::SchemaDialog(AppState &state, QWidget *parent)
    : QDialog(parent), m_state(state), m_place(new QLineEdit(this)), m_says(new QLabel(this))
{
    setObjectName(QStringLiteral("schemaDialog"));
    setWindowTitle(Tr::tr("Load task schemas"));
    setMinimumWidth(480);
    auto *label = new QLabel(Tr::tr("A JSON schema of task types: a file, or the address of a server"), this);
    label->setBuddy(m_place);
    m_place->setAccessibleName(label->text());
    m_place->setPlaceholderText(QStringLiteral("http://localhost:8080"));
    m_says->setWordWrap(true);
    m_says->setVisible(false);
    auto *choose = new QPushButton(Tr::tr("Choose…"), this);
    choose->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->addWidget(m_place, 1);
    row->addWidget(choose);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_load = buttons->addButton(Tr::tr("Load"), QDialogButtonBox::AcceptRole);
    m_load->setDefault(true);
    m_load->setEnabled(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(12);
    column->addWidget(label);
    column->addLayout(row);
    column->addWidget(m_says);
    column->addWidget(buttons);
    connect(choose, &QPushButton::clicked, this, &SchemaDialog::chooseFile);
    connect(m_place, &QLineEdit::textChanged, this, [this](const QString &text) { m_load->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &SchemaDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void SchemaDialog::chooseFile()
{
    const QString file = QFileDialog::getOpenFileName(this, windowTitle(), {}, Tr::tr("JSON schemas (*.json)"));
    if (!file.isEmpty())
        m_place->setText(file);
}

void SchemaDialog::accept()
{
    const QString place = m_place->text().trimmed();
    if (place.isEmpty() || !m_load->isEnabled())
        return;
    if (!isAddress(place)) {
        QFile file(place);
        const bool opened = file.open(QIODevice::ReadOnly);
        return take(opened ? file.readAll() : QByteArray(), opened ? QString() : file.errorString());
    }
    m_load->setEnabled(false);
    m_says->setText(Tr::tr("Asking %1").arg(QUrl(place).host()));
    m_says->setVisible(true);
    // The dialog may be gone when the answer comes: only its own thread may look.
    QThreadPool::globalInstance()->start([this, place, dialog = QPointer<SchemaDialog>(this)] {
        QByteArray json;
        QString fault;
        try {
            json = ask(place);
        } catch (const tasks::HttpFailure &failure) {
            fault = QString::fromStdString(failure.message);
        }
        QMetaObject::invokeMethod(qApp, [this, dialog, json, fault] {
            if (dialog)
                take(json, fault);
        }, Qt::QueuedConnection);
    });
}

void SchemaDialog::take(const QByteArray &json, const QString &fault)
{
    m_load->setEnabled(true);
    const QString place = m_place->text().trimmed();
    QString why = fault.isEmpty() ? QString() : Tr::tr("%1 could not be read: %2").arg(place, fault);
    if (fault.isEmpty()) {
        switch (m_state.addSchema(nameOf(place), json)) {
        case KeptSchema::Kept: return QDialog::accept();
        case KeptSchema::NotASchema: why = Tr::tr("This is no JSON schema."); break;
        case KeptSchema::NothingNew: why = Tr::tr("It has no task type that is not known already."); break;
        case KeptSchema::NotWritten: why = Tr::tr("It could not be kept beside the settings."); break;
        }
    }
    m_says->setText(why);
    m_says->setVisible(true);
}

} // namespace app
