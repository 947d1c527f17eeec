#include "app/run/run_controller.h"
#include "editor/editor_pane.h"
#include "ui/focus.h"
#include "window_fixture.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QButtonGroup>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QStatusBar>
#include <QTextEdit>

/// Every control of every panel and dialog: it has a name for a screen reader, Tab reaches it, Esc leaves.
class TestControls : public QObject
{
    Q_OBJECT

private:
    static bool isControl(const QWidget *widget)
    {
        if (!widget->isVisible() || !widget->isEnabled() || widget->focusPolicy() == Qt::NoFocus)
            return false;
        const QWidget *parent = widget->parentWidget();
        if (qobject_cast<const QComboBox *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QAbstractScrollArea *>(parent))
            return false; // a part of that one
        return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
               || qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QAbstractItemView *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)
               || qobject_cast<const QTextEdit *>(widget);
    }
    static QString nameOf(QWidget *control)
    {
        if (!control->accessibleName().isEmpty())
            return control->accessibleName();
        if (const auto *button = qobject_cast<QAbstractButton *>(control); button && !button->text().isEmpty())
            return button->text();
        for (const QLabel *label : control->window()->findChildren<QLabel *>())
            if (label->buddy() == control && !label->text().isEmpty())
                return label->text();
        return {};
    }
    static QString told(const QWidget *control)
    {
        return QStringLiteral("%1 \"%2\" in %3").arg(QLatin1String(control->metaObject()->className()), control->toolTip(),
                                                     control->parentWidget() ? QLatin1String(control->parentWidget()->metaObject()->className()) : QString());
    }
    /// What has no name, and what Tab does not reach.
    static QStringList faultsOf(QWidget &part, bool tabs)
    {
        QStringList faults;
        QSet<QWidget *> reached;
        for (int i = 0; tabs && i < 120; ++i) {
            QWidget *focus = QApplication::focusWidget();
            if (!focus || !(focus == &part || part.isAncestorOf(focus)))
                break;
            for (QWidget *up = focus; up && up != &part; up = up->parentWidget())
                reached.insert(up);
            reached.insert(focus);
            QTest::keyClick(focus, Qt::Key_Tab);
        }
        for (QWidget *control : part.findChildren<QWidget *>()) {
            if (!isControl(control))
                continue;
            if (nameOf(control).isEmpty())
                faults << QStringLiteral("no name: ") + told(control);
            const auto *radio = qobject_cast<QAbstractButton *>(control);
            const bool grouped = radio && radio->isCheckable() && radio->group() && radio->group()->exclusive() && !radio->isChecked(); // arrows lead there
            if (tabs && !grouped && !reached.contains(control) && !(control->focusProxy() && reached.contains(control->focusProxy())))
                faults << QStringLiteral("not reached: ") + told(control);
        }
        return faults;
    }

private slots:
    void panels()
    {
        test::WindowFixture fixture;
        for (const QStringList &arguments : {QStringList{QStringLiteral("init"), QStringLiteral("-q")}, QStringList{QStringLiteral("add"), QStringLiteral("-A")}}) {
            QProcess process;
            process.setWorkingDirectory(fixture.project);
            process.start(QStringLiteral("git"), arguments);
            QVERIFY(process.waitForFinished());
        }
        app::MainWindow &window = fixture.open(QStringLiteral("region_report"));
        QVERIFY(!window.runs().start(window.documents().currentFlow(), {}).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 60'000);
        window.documents().currentFlow()->selectTask("tasks[0]");
        QStringList faults;
        for (const QString &id : window.docks().ids()) {
            window.docks().reveal(id);
            fixture.settle();
            QWidget *panel = window.docks().panel(id);
            if (QWidget *target = ui::focusTarget(panel))
                target->setFocus(Qt::TabFocusReason);
            for (const QString &fault : faultsOf(*panel, false))
                faults << id + QStringLiteral(": ") + fault;
        }
        for (QWidget *part : {static_cast<QWidget *>(window.documents().current()), static_cast<QWidget *>(window.statusBar())})
            for (const QString &fault : faultsOf(*part, false))
                faults << fault;
        window.documents().currentFlow()->textPane().showReplace();
        for (const QString &fault : faultsOf(window.documents().currentFlow()->textPane().findBar(), true))
            faults << QStringLiteral("find: ") + fault;
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void dialogs_data()
    {
        QTest::addColumn<QString>("action");
        for (const char *action : {"file.settings", "help.about", "help.keys", "file.newProject", "file.newFromBlueprint", "run.run", "view.saveLayout", "text.format", "view.palette"})
            QTest::newRow(action) << QString::fromLatin1(action);
    }
    void dialogs()
    {
        QFETCH(QString, action);
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("every_input"));
        app::FlowPage *page = window.documents().currentFlow();
        if (action == QLatin1String("text.format"))
            QVERIFY(page->change({{{0, page->session().text().size()}, "id: a\nnamespace: b\ntasks:\n- id: x\n  type: io.kestra.plugin.core.log.Log\n  message: hi\n"}}, "edit.paste"));
        page->textView().setFocus();
        QStringList faults;
        bool seen = false;
        const auto look = [&](QWidget *dialog) {
            seen = true;
            QApplication::setActiveWindow(dialog);
            faults = faultsOf(*dialog, true);
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : dialog, Qt::Key_Escape);
            if (dialog->isVisible())
                QTest::keyClick(dialog, Qt::Key_Escape); // the first may have emptied a field
            if (dialog->isVisible()) {
                faults << QStringLiteral("Esc does not leave");
                dialog->close();
            }
        };
        QTimer::singleShot(0, qApp, [&] {
            if (QWidget *dialog = QApplication::activeModalWidget())
                look(dialog);
        });
        window.actions()[action]->trigger();
        if (!seen && test::shownPalette())
            look(test::shownPalette());
        QVERIFY(seen);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        QApplication::setActiveWindow(&window);
        QTRY_VERIFY(page->textView().hasFocus()); // where it was
    }
};

QTEST_MAIN(TestControls)
#include "tst_controls.moc"
