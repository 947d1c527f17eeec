#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace app {

class AppState;

/// Asks where a JSON schema of task types is, a file or an address, and loads it. Closes itself when that is done;
/// else says why not. An address is asked beside the window.
class SchemaDialog : public QDialog
{
    Q_OBJECT

public:
    SchemaDialog(AppState &state, QWidget *parent);

    void accept() override;

private:
    void chooseFile();
    void take(const QByteArray &json, const QString &fault);

    AppState &m_state;
    QLineEdit *m_place;
    QLabel *m_says;
    QPushButton *m_load;
};

} // namespace app
