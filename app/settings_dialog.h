#pragma once

#include <QDialog>

namespace app {

class AppState;

/// Theme, language, text size, motion. What is chosen is shown at once; Cancel takes it back.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(AppState &state, QWidget *parent = nullptr);

    void accept() override;
    void reject() override;

private:
    void preview();

    AppState &m_state;
    class QComboBox *m_theme;
    class QComboBox *m_language;
    class QComboBox *m_scale;
    class QCheckBox *m_motion;
    class QLabel *m_restart;
    int m_themeBefore;
    double m_scaleBefore;
};

} // namespace app
