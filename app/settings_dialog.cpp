#include "app/settings_dialog.h"

#include "app/app_state.h"
#include "ui/tr.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace app {

namespace {

constexpr double kScales[] = {0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0};

} // namespace

SettingsDialog::SettingsDialog(AppState &state, QWidget *parent)
    : QDialog(parent), m_state(state), m_theme(new QComboBox), m_language(new QComboBox), m_scale(new QComboBox),
      m_motion(new QCheckBox(Tr::tr("Reduce motion"))), m_restart(new QLabel), m_themeBefore(int(state.settings().theme())),
      m_scaleBefore(state.settings().textScale())
{
    setWindowTitle(Tr::tr("Settings"));
    setMinimumWidth(480);
    auto *title = new QLabel(Tr::tr("Settings"));
    title->setProperty("role", "dialogTitle");

    m_theme->addItems({Tr::tr("As the desktop"), Tr::tr("Light"), Tr::tr("Dark"), Tr::tr("High contrast")});
    m_theme->setCurrentIndex(m_themeBefore);
    m_language->addItem(Tr::tr("As the system"), QString());
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("한국어"), QStringLiteral("ko"));
    m_language->setCurrentIndex(std::max(0, m_language->findData(state.settings().language())));
    for (const double scale : kScales) {
        m_scale->addItem(QStringLiteral("%1 %").arg(int(scale * 100 + 0.5)), scale);
        if (qFuzzyCompare(scale, m_scaleBefore))
            m_scale->setCurrentIndex(m_scale->count() - 1);
    }
    m_motion->setChecked(state.settings().reducedMotion());
    m_restart->setProperty("role", "help");
    m_restart->setWordWrap(true);

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(12);
    form->addRow(Tr::tr("&Theme"), m_theme);
    form->addRow(Tr::tr("&Language"), m_language);
    form->addRow(QString(), m_restart);
    form->addRow(Tr::tr("Text &size"), m_scale);
    form->addRow(QString(), m_motion);

    auto *buttons = new QDialogButtonBox;
    QPushButton *save = buttons->addButton(Tr::tr("Save"), QDialogButtonBox::AcceptRole);
    save->setProperty("role", "primary");
    buttons->addButton(Tr::tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(16);
    layout->addWidget(title);
    layout->addLayout(form);
    layout->addStretch();
    layout->addWidget(buttons);
    save->setDefault(true); // before it is in the dialog this would not last

    const auto sayRestart = [this] {
        const bool changed = m_language->currentData().toString() != m_state.settings().language();
        m_restart->setText(changed ? Tr::tr("The window opens anew in this language.") : QString());
        m_restart->setVisible(changed);
    };
    sayRestart();
    connect(m_language, &QComboBox::currentIndexChanged, this, sayRestart);
    connect(m_theme, &QComboBox::currentIndexChanged, this, &SettingsDialog::preview);
    connect(m_scale, &QComboBox::currentIndexChanged, this, &SettingsDialog::preview);
}

void SettingsDialog::preview()
{
    m_state.settings().setTheme(ThemeChoice(m_theme->currentIndex()));
    m_state.settings().setTextScale(m_scale->currentData().toDouble());
    m_state.applyTheme();
}

void SettingsDialog::accept()
{
    const QString before = m_state.language();
    m_state.settings().setLanguage(m_language->currentData().toString());
    m_state.settings().setReducedMotion(m_motion->isChecked());
    QDialog::accept();
    if (m_state.language() != before)
        emit m_state.languageChosen();
}

void SettingsDialog::reject()
{
    m_state.settings().setTheme(ThemeChoice(m_themeBefore));
    m_state.settings().setTextScale(m_scaleBefore);
    m_state.applyTheme();
    QDialog::reject();
}

} // namespace app
