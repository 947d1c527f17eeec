#include "ui/state_look.h"
#include "ui/task_look.h"
#include "ui/theme.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

class TestLooks : public QObject
{
    Q_OBJECT

private slots:
    void typesReadAsPackageAndClass()
    {
        QCOMPARE(ui::shortType(QStringLiteral("io.kestra.plugin.scripts.python.Script")), QStringLiteral("python.Script"));
        QCOMPARE(ui::shortType(QStringLiteral("Script")), QStringLiteral("Script"));
        QCOMPARE(ui::shortType(QString()), QString());
        QCOMPARE(ui::className(QStringLiteral("io.kestra.plugin.core.flow.Parallel")), QStringLiteral("Parallel"));
    }

    void categories_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("icon");
        QTest::addColumn<int>("category");
        const auto row = [](const char *type, const char *icon, ui::TaskCategory category) {
            QTest::newRow(type) << QString::fromLatin1(type) << QString::fromLatin1(icon) << int(category);
        };
        row("io.kestra.plugin.core.flow.Parallel", "flow-parallel", ui::TaskCategory::Flow);
        row("io.kestra.core.tasks.flows.Parallel", "flow-parallel", ui::TaskCategory::Flow);
        row("io.kestra.plugin.scripts.python.Script", "task-code", ui::TaskCategory::Script);
        row("io.kestra.plugin.scripts.shell.Commands", "task-script", ui::TaskCategory::Script);
        row("io.kestra.plugin.jdbc.duckdb.Query", "task-sql", ui::TaskCategory::Data);
        row("io.kestra.plugin.core.http.Download", "task-http", ui::TaskCategory::Net);
        row("io.kestra.plugin.notifications.slack.SlackIncomingWebhook", "task-notify", ui::TaskCategory::Notify);
        row("io.kestra.plugin.core.log.Log", "task-log", ui::TaskCategory::Core);
        row("com.example.Something", "task-unknown", ui::TaskCategory::Core);
        row("", "task-unknown", ui::TaskCategory::Core);
    }

    void categories()
    {
        QFETCH(QString, type);
        QFETCH(QString, icon);
        QFETCH(int, category);
        QCOMPARE(ui::taskLook(type).icon, icon);
        QCOMPARE(int(ui::taskLook(type).category), category);
    }

    void everyTypeOfTheCatalogHasALookThatExists()
    {
        QFile file(QStringLiteral(LEAT_SOURCE_DIR "/resources/catalog/core-1.3.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray plugins = QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("plugins")).toArray();
        QVERIFY(plugins.size() > 50);
        const ui::Theme theme = ui::Theme::load(ui::ThemeName::Light);
        for (const QJsonValue &plugin : plugins) {
            const QJsonObject object = plugin.toObject();
            const QString group = object.value(QStringLiteral("group")).toString();
            if (group != QLatin1String("tasks") && group != QLatin1String("triggers"))
                continue;
            const QString type = object.value(QStringLiteral("type")).toString();
            const ui::TaskLook look = ui::taskLook(type);
            QVERIFY2(look.icon != QLatin1String("task-unknown"), qPrintable(type));
            QVERIFY2(!theme.pixmap(look.icon, theme.color(look.inkToken()), 18).isNull(), qPrintable(type));
            QVERIFY(theme.color(look.groundToken()).isValid());
        }
    }

    void everyStateHasItsOwnSilhouette()
    {
        const ui::Theme theme = ui::Theme::load(ui::ThemeName::Light);
        QStringList icons;
        for (const char *word : {"CREATED", "QUEUED", "RUNNING", "PAUSED", "RESTARTED", "KILLING", "SUCCESS", "WARNING",
                                 "FAILED", "INTERRUPTED", "KILLED", "CANCELLED", "RETRYING", "RETRIED", "SKIPPED",
                                 "BREAKPOINT"}) {
            const ui::StateLook look = ui::stateLook(QLatin1String(word));
            QVERIFY2(!icons.contains(look.icon), word);
            icons << look.icon;
            QVERIFY(theme.color(look.inkToken).isValid());
            QVERIFY(theme.color(look.groundToken).isValid());
        }
    }
};

QTEST_MAIN(TestLooks)
#include "tst_looks.moc"
