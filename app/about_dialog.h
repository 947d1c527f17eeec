#pragma once

#include <QDialog>

namespace app {

class AppState;

/// Name, version, licence, and the versions of what a bug report needs.
class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    explicit AboutDialog(const AppState &state, QWidget *parent = nullptr);
};

/// All keys, in groups, read from the actions there are.
class KeysDialog : public QDialog
{
    Q_OBJECT

public:
    struct Group
    {
        QString title;
        QList<QPair<QString, QString>> keys; ///< what it does, the keys
    };
    explicit KeysDialog(const QList<Group> &groups, QWidget *parent = nullptr);
};

} // namespace app
