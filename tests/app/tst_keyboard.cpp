#include "app/command_palette.h"
#include "app/about_dialog.h"
#include "app/inspector/inspector.h"
#include "app/run/run_controller.h"
#include "app/run/run_dialog.h"
#include "app/settings_dialog.h"
#include "editor/yaml_editor.h"
#include "git/ui/changes_panel.h"
#include "window_fixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QStatusBar>
#include <QToolBar>

#include <functional>

/// The window without a pointer: areas, panels, and every dialog from its opening to its end.
class TestKeyboard : public QObject
{
    Q_OBJECT

private:
    static void press(const char *keys)
    {
        QWidget *target = QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activeWindow();
        QVERIFY(target);
        QTest::keySequence(target, QKeySequence(QLatin1String{keys}));
    }
    static void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }

    /// Does `act` in the dialog that `open` brings up, which has to be one of that kind and to end there.
    template <typename Dialog>
    static void inDialog(const std::function<void()> &open, const std::function<void(Dialog &)> &act)
    {
        bool seen = false;
        QWidget *window = QApplication::activeWindow();
        const QPointer<QWidget> focus = QApplication::focusWidget();
        test::meet<Dialog>(seen, [&](Dialog &dialog) {
            act(dialog);
            if (dialog.isVisible()) {
                qWarning("the dialog did not end");
                dialog.close();
            }
        });
        open();
        QVERIFY(seen);
        QApplication::setActiveWindow(window); // what a desktop does
        if (focus && focus->isVisible())
            QCOMPARE(QApplication::focusWidget(), focus.data());
    }
    /// What Tab reaches, once around.
    static QSet<QWidget *> tabRound(QWidget &dialog)
    {
        QSet<QWidget *> reached;
        for (int i = 0; i < 60; ++i) {
            if (QWidget *focus = QApplication::focusWidget(); focus && dialog.isAncestorOf(focus))
                reached.insert(focus);
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &dialog, Qt::Key_Tab);
        }
        return reached;
    }
    static void everyControlIsReached(QWidget &dialog)
    {
        const QSet<QWidget *> reached = tabRound(dialog);
        for (QWidget *control : dialog.findChildren<QWidget *>()) {
            const bool wanted = qobject_cast<QAbstractButton *>(control) || qobject_cast<QLineEdit *>(control) || qobject_cast<QComboBox *>(control);
            if (!wanted || !control->isVisible() || !control->isEnabled() || control->focusPolicy() == Qt::NoFocus)
                continue;
            QVERIFY2(reached.contains(control) || reached.contains(control->focusProxy()),
                     qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(control->metaObject()->className()), control->accessibleName())));
        }
    }

private slots:
    void f6WalksTheAreasInOrderAndShiftF6Back()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        app::FlowPage *page = window.documents().currentFlow();
        const QList<QWidget *> areas{window.findChild<QToolBar *>(QStringLiteral("mainToolBar")),
                                     window.findChild<QToolBar *>(QStringLiteral("leftStrip")),
                                     window.docks().panel(QStringLiteral("files")),
                                     window.docks().panel(QStringLiteral("palette")),
                                     &page->textView(),
                                     &page->canvas(),
                                     window.docks().panel(QStringLiteral("inspector")),
                                     window.docks().panel(QStringLiteral("problems"))};
        const auto areaOfFocus = [&] {
            for (int i = 0; i < areas.size(); ++i)
                if (QWidget *focus = QApplication::focusWidget(); focus && (areas[i] == focus || areas[i]->isAncestorOf(focus)))
                    return i;
            return -1;
        };
        page->textView().setFocus();
        QCOMPARE(areaOfFocus(), 4);
        for (const int next : {5, 6, 7, 0, 1, 2, 3, 4}) {
            press("F6");
            QCOMPARE(areaOfFocus(), next);
            QVERIFY(QApplication::focusWidget()->isVisible());
        }
        for (const int next : {3, 2, 1, 0, 7, 6, 5, 4}) {
            press("Shift+F6");
            QCOMPARE(areaOfFocus(), next);
        }
    }

    void theRingOfTheFocusShowsInEachArea_data()
    {
        QTest::addColumn<int>("theme");
        QTest::newRow("light") << int(app::ThemeChoice::Light);
        QTest::newRow("dark") << int(app::ThemeChoice::Dark);
        QTest::newRow("contrast") << int(app::ThemeChoice::HighContrast);
    }
    void theRingOfTheFocusShowsInEachArea()
    {
        QFETCH(int, theme);
        test::WindowFixture fixture{app::ThemeChoice(theme)};
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        app::FlowPage *page = window.documents().currentFlow();
        page->selectTask("tasks[2]");
        page->canvas().setFocus();
        fixture.settle();
        const QRgb ring = fixture.state->theme().color("focus").rgb();
        page->textView().setFocus();
        for (int i = 0; i < 8; ++i) {
            press("F6");
            QWidget *focus = QApplication::focusWidget();
            QCoreApplication::processEvents();
            if (focus == &page->textView())
                continue; // there the caret is the sign
            const QWidget *shown = focus->parentWidget() && qobject_cast<QAbstractScrollArea *>(focus->parentWidget()) ? focus->parentWidget() : focus;
            const QImage picture = const_cast<QWidget *>(shown)->grab().toImage();
            int count = 0;
            for (int y = 0; y < picture.height(); ++y)
                for (int x = 0; x < picture.width(); ++x)
                    count += picture.pixel(x, y) == ring;
            QVERIFY2(count >= 20, qPrintable(QStringLiteral("%1 %2: %3 pixels").arg(QLatin1String(focus->metaObject()->className()), focus->accessibleName()).arg(count)));
        }
    }

    void numbersLeadToViewsAndPanels()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        app::FlowPage *page = window.documents().currentFlow();
        window.documents().setMode(app::ViewMode::Graph);
        press("Ctrl+1");
        QVERIFY(page->textView().hasFocus());
        press("Ctrl+2");
        QVERIFY(page->canvas().hasFocus());
        window.docks().conceal(QStringLiteral("inspector"));
        press("Ctrl+3");
        QVERIFY(window.docks().panel(QStringLiteral("inspector"))->isVisible());
        QVERIFY(window.docks().panel(QStringLiteral("inspector"))->isAncestorOf(QApplication::focusWidget()));
        const QStringList ids = window.docks().ids();
        for (int i = 0; i < 9 && i < ids.size(); ++i) {
            press(qPrintable(QStringLiteral("Alt+%1").arg(i + 1)));
            QWidget *panel = window.docks().panel(ids[i]);
            QVERIFY2(window.docks().isShown(ids[i]), qPrintable(ids[i]));
            QWidget *focus = QApplication::focusWidget();
            QVERIFY2(focus && (panel == focus || panel->isAncestorOf(focus)), qPrintable(ids[i]));
        }
    }

    void panelsAtASideTakeTurns()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        app::Docks &docks = window.docks();
        const auto shown = [&] {
            QStringList left;
            for (const char *id : {"files", "palette", "outline", "history", "git"})
                if (!docks.dock(QLatin1String(id))->isHidden())
                    left.append(QLatin1String(id));
            return left.join(QLatin1Char(' '));
        };
        QCOMPARE(shown(), QStringLiteral("files palette"));
        docks.toggle(QStringLiteral("git"));
        QCOMPARE(shown(), QStringLiteral("git"));
        docks.toggle(QStringLiteral("outline"));
        QCOMPARE(shown(), QStringLiteral("outline"));
        docks.toggle(QStringLiteral("outline"));
        QCOMPARE(shown(), QStringLiteral("files palette"));
        docks.toggle(QStringLiteral("git"));
        docks.reveal(QStringLiteral("files"));
        QCOMPARE(shown(), QStringLiteral("files palette"));
        docks.reveal(QStringLiteral("push"));
        QVERIFY(docks.dock(QStringLiteral("inspector"))->isHidden());
        docks.conceal(QStringLiteral("push"));
        QVERIFY(!docks.dock(QStringLiteral("inspector"))->isHidden());
    }

    void runDialogTakesInputsAndRuns()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        window.documents().currentFlow()->textView().setFocus();
        inDialog<app::RunDialog>([] { press("Ctrl+E"); }, [](app::RunDialog &dialog) {
            everyControlIsReached(dialog);
            auto *least = qobject_cast<QLineEdit *>(dialog.control(QStringLiteral("min_orders")));
            QVERIFY(least);
            least->setFocus(Qt::TabFocusReason);
            least->selectAll();
            type(QStringLiteral("none"));
            press("Ctrl+Return");
            QVERIFY(dialog.isVisible()); // what is wrong does not run
            QVERIFY(!dialog.problem(QStringLiteral("min_orders")).isEmpty());
            least->selectAll();
            type(QStringLiteral("900"));
            press("Ctrl+Return");
        });
        QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 60'000);
        QCOMPARE(window.runs().shown()->state(), QStringLiteral("SUCCESS"));
        QVERIFY(window.docks().panel(QStringLiteral("runs"))->isVisible());
    }

    void escLeavesTheRunDialogWithoutARun()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("every_input"));
        window.documents().currentFlow()->textView().setFocus();
        inDialog<app::RunDialog>([] { press("Ctrl+E"); }, [](app::RunDialog &dialog) {
            everyControlIsReached(dialog);
            QTest::keyClick(&dialog, Qt::Key_Escape);
        });
        QVERIFY(!window.runs().isRunning());
        QVERIFY(!window.runs().shown());
    }

    void settingsAreTriedAndTakenBack()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        const auto theme = [&] { return fixture.state->theme().name(); };
        const auto darker = [](QDialog &dialog) {
            auto *combo = dialog.findChildren<QComboBox *>().front();
            combo->setFocus(Qt::TabFocusReason);
            QTest::keyClick(combo, Qt::Key_Down);
        };
        window.documents().currentFlow()->textView().setFocus();
        inDialog<app::SettingsDialog>([] { press("Ctrl+,"); }, [&](app::SettingsDialog &dialog) {
            everyControlIsReached(dialog);
            darker(dialog);
            QCOMPARE(theme(), ui::ThemeName::Dark);
            QTest::keyClick(&dialog, Qt::Key_Escape);
        });
        QCOMPARE(theme(), ui::ThemeName::Light);
        inDialog<app::SettingsDialog>([] { press("Ctrl+,"); }, [&](app::SettingsDialog &dialog) {
            darker(dialog);
            QTest::keyClick(&dialog, Qt::Key_Return);
        });
        QCOMPARE(theme(), ui::ThemeName::Dark);
    }

    void aboutAndKeysCloseWithEsc()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        inDialog<app::AboutDialog>([&] { window.actions()[QStringLiteral("help.about")]->trigger(); }, [](app::AboutDialog &dialog) {
            everyControlIsReached(dialog);
            QTest::keyClick(&dialog, Qt::Key_Escape);
        });
        inDialog<app::KeysDialog>([&] { window.actions()[QStringLiteral("help.keys")]->trigger(); },
                                  [](app::KeysDialog &dialog) { QTest::keyClick(&dialog, Qt::Key_Escape); });
    }

    void aBranchIsMadeWithTheKeysAlone()
    {
        test::WindowFixture fixture;
        const auto git = [&](const QStringList &arguments) {
            QProcess process;
            process.setWorkingDirectory(fixture.project);
            process.start(QStringLiteral("git"), arguments);
            process.waitForFinished();
            return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
        };
        git({QStringLiteral("init"), QStringLiteral("-q"), QStringLiteral("-b"), QStringLiteral("main")});
        git({QStringLiteral("add"), QStringLiteral("-A")});
        git({QStringLiteral("-c"), QStringLiteral("user.name=K"), QStringLiteral("-c"), QStringLiteral("user.email=k@example.com"), QStringLiteral("commit"),
             QStringLiteral("-qm"), QStringLiteral("all")});
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        auto *panel = static_cast<git::ChangesPanel *>(window.docks().panel(QStringLiteral("git")));
        QTRY_VERIFY(window.actions()[QStringLiteral("git.push")]->isEnabled());
        inDialog<QDialog>([&] { panel->askForBranch(); }, [](QDialog &dialog) {
            everyControlIsReached(dialog);
            auto *field = dialog.findChild<QLineEdit *>();
            auto *accept = dialog.findChildren<QPushButton *>().front();
            field->setFocus();
            type(QStringLiteral("main"));
            QVERIFY(!accept->isEnabled()); // there is one of that name
            field->clear();
            type(QStringLiteral("a..b"));
            QVERIFY(!accept->isEnabled());
            field->clear();
            type(QStringLiteral("feat/keys"));
            QTest::keyClick(field, Qt::Key_Return);
        });
        QTRY_COMPARE_WITH_TIMEOUT(git({QStringLiteral("branch"), QStringLiteral("--show-current")}), QStringLiteral("feat/keys"), 30'000);
    }

    void unsavedChangesAreGuarded()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("region_report"));
        app::FlowPage *page = window.documents().currentFlow();
        const auto change = [&] {
            page->textView().setFocus();
            QTest::keyClick(&page->textView(), Qt::Key_End, Qt::ControlModifier);
            type(QStringLiteral("# changed"));
        };
        change();
        const std::string changed = page->session().text();
        const qsizetype tabs = window.documents().pages().size();
        inDialog<QMessageBox>([] { press("Ctrl+W"); }, [](QMessageBox &box) {
            everyControlIsReached(box);
            QTest::keyClick(&box, Qt::Key_Escape);
        });
        QCOMPARE(window.documents().pages().size(), tabs);
        QCOMPARE(page->session().text(), changed);
        inDialog<QMessageBox>([] { press("Ctrl+W"); }, [](QMessageBox &box) { QTest::keyClick(&box, Qt::Key_Return); }); // Save is the default
        QCOMPARE(window.documents().pages().size(), tabs - 1);
        QVERIFY(window.documents().currentFlow()->textView().hasFocus());
        QFile file(fixture.flowPath(QStringLiteral("region_report")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().toStdString(), changed);

        window.openPath(fixture.flowPath(QStringLiteral("quality_gate")));
        page = window.documents().currentFlow();
        change();
        inDialog<QMessageBox>([] { press("Ctrl+W"); }, [](QMessageBox &box) {
            for (QAbstractButton *button : box.buttons())
                if (button->text() == QLatin1String("Discard changes")) {
                    button->setFocus(Qt::TabFocusReason);
                    QTest::keyClick(button, Qt::Key_Space);
                }
        });
        QCOMPARE(window.documents().pages().size(), tabs - 1);
    }

    void thePaletteGivesTheFocusBack()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        app::FlowPage *page = window.documents().currentFlow();
        page->canvas().setFocus();
        press("Ctrl+Shift+P");
        QVERIFY(test::shownPalette());
        auto *field = test::shownPalette()->findChild<QLineEdit *>();
        QTest::keyClicks(field, QStringLiteral(":12"));
        QTest::keyClick(field, Qt::Key_Escape);
        if (test::shownPalette())
            QTest::keyClick(field, Qt::Key_Escape); // the first Esc may empty the field
        QVERIFY(!test::shownPalette());
        QTRY_VERIFY(page->canvas().hasFocus());
        press("Ctrl+Shift+P");
        QTest::keyClicks(test::shownPalette()->findChild<QLineEdit *>(), QStringLiteral(":12"));
        QTest::keyClick(test::shownPalette()->findChild<QLineEdit *>(), Qt::Key_Return);
        QTRY_COMPARE(page->caretPlace(), QPoint(1, 12));
        QTRY_VERIFY(window.statusBar()->findChildren<QLabel *>().front()->text().contains(QStringLiteral("12")));
    }

    void findIsOpenedUsedAndLeft()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        app::FlowPage *page = window.documents().currentFlow();
        page->textView().setFocus();
        press("Ctrl+F");
        auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(field);
        type(QStringLiteral("announce"));
        QTest::keyClick(field, Qt::Key_Return);
        const std::size_t first = page->textView().selection().begin;
        QCOMPARE(page->session().text().substr(first, 8), std::string("announce"));
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(page->textView().hasFocus());
        QVERIFY(!field->isVisible());
    }

    void withoutAFlowRunSaysWhy()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open();
        window.setFocus();
        press("Ctrl+E"); // on the welcome page: nothing to run, nothing breaks
        QVERIFY(!window.runs().isRunning());
        window.openPath(fixture.project);
        window.documents().closeAll();
        fixture.settle();
        press("Ctrl+E");
        QVERIFY(!window.runs().isRunning());
        QVERIFY(!window.actions()[QStringLiteral("run.run")]->isEnabled());
        QCOMPARE(window.actions()[QStringLiteral("run.run")]->toolTip(), QStringLiteral("Open a flow to run it"));
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
