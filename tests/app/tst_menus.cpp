#include "app/canvas_bar.h"
#include "app/files_panel.h"
#include "app/git_dock.h"
#include "app/main_tool_bar.h"
#include "app/project/project_tools.h"
#include "app/run/run_controller.h"
#include "app/status_line.h"
#include "editor/editor_pane.h"
#include "editor/file_io.h"
#include "ui/banner.h"
#include "window_fixture.h"

#include <QClipboard>
#include <QLabel>
#include <QContextMenuEvent>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QSplitter>
#include <QStatusBar>
#include <QTreeView>

/// No entry of a menu does nothing: each that can be chosen changes something one can see, or is named here
/// with the reason why it found everything as it should be.
class TestMenus : public QObject
{
    Q_OBJECT

private:
    struct Found
    {
        QString path; ///< "File > Save"
        QPointer<QAction> action;
    };

    /// The entries of a menu and of its submenus, filled as when they are opened.
    static void collect(QMenu *menu, const QString &path, QList<Found> &found)
    {
        emit menu->aboutToShow();
        for (QAction *action : menu->actions()) {
            QString text = action->text();
            text.remove(QLatin1Char('&'));
            if (action->isSeparator())
                continue;
            if (action->menu())
                collect(action->menu(), path + QStringLiteral(" > ") + text, found);
            else
                found.append({path + QStringLiteral(" > ") + text, action});
        }
    }
    static QList<Found> menusOf(app::MainWindow &window)
    {
        QList<Found> found;
        for (QAction *top : window.menuBar()->actions()) {
            QString name = top->text();
            name.remove(QLatin1Char('&'));
            collect(top->menu(), name, found);
        }
        return found;
    }

    /// Without what differs from scene to scene: the step that is undone, the folder of a project.
    static QString nameOf(const QString &path)
    {
        for (const char *begin : {"Edit > Undo", "Edit > Redo", "File > Open recent"})
            if (path.startsWith(QLatin1String(begin)))
                return QLatin1String(begin);
        return path;
    }

    /// All that an entry may change, as text.
    static QString stateOf(app::MainWindow &window)
    {
        QStringList state;
        for (app::DocumentPage *page : window.documents().pages()) {
            state << page->title() << QString::number(page->isModified()) << QString::fromStdString(page->currentText().value_or(std::string()));
            if (editor::EditorPane *pane = page->editorPane()) {
                editor::YamlEditor &text = pane->view();
                state << QString::number(text.selection().begin) << QString::number(text.selection().end) << QString::number(text.zoom())
                      << QString::number(text.SendScintilla(QsciScintillaBase::SCI_GETSELECTIONS)) << QString::number(pane->findBar().isVisible())
                      << QString::number(text.SendScintilla(QsciScintillaBase::SCI_VISIBLEFROMDOCLINE, text.SendScintilla(QsciScintillaBase::SCI_GETLINECOUNT)));
            }
            if (auto *flow = qobject_cast<app::FlowPage *>(page))
                state << flow->canvas().selected() << QString::number(flow->canvas().transform().m11()) << QString::number(int(flow->mode())) << QString::number(flow->textView().isVisible());
            for (ui::Banner *banner : page->findChildren<ui::Banner *>())
                state << QString::number(banner->isVisible());
        }
        state << (window.documents().current() ? window.documents().current()->title() : QString()) << (window.project() ? window.project()->folder() : QString());
        for (const QString &id : window.docks().ids())
            state << id << QString::number(window.docks().isShown(id)) << QString::number(window.docks().dock(id)->isFloating()) << QString::number(window.docks().dock(id)->width());
        for (const app::Actions::Entry &entry : window.actions().entries())
            if (entry.action->isCheckable())
                state << entry.id << QString::number(entry.action->isChecked());
        const QWidget *focus = QApplication::focusWidget();
        state << (focus ? QLatin1String(focus->metaObject()->className()) + focus->accessibleName() : QString());
        state << QApplication::clipboard()->text() << QString::number(window.isVisible()) << window.state().theme().color("window").name()
              << QString::number(window.state().settings().textScale()) << QString::number(window.runs().isRunning()) << QString::number(window.documents().pages().size())
              << window.state().settings().value(QStringLiteral("window/layouts")).toMap().keys() << QString::number(int(window.state().settings().theme()));
        for (QStatusBar *bar : window.findChildren<QStatusBar *>())
            state << bar->currentMessage();
        if (test::shownPalette())
            state << QStringLiteral("palette");
        return state.join(QLatin1Char('|'));
    }

    /// Closes what an entry opens, and tells what it was.
    class Closer : public QObject
    {
    public:
        Closer() { startTimer(5); }
        QStringList opened;

    protected:
        void timerEvent(QTimerEvent *) override
        {
            if (QWidget *popup = QApplication::activePopupWidget()) {
                opened << QLatin1String(popup->metaObject()->className());
                popup->close();
            } else if (QWidget *dialog = QApplication::activeModalWidget()) {
                opened << QLatin1String(dialog->metaObject()->className());
                if (auto *box = qobject_cast<QDialog *>(dialog))
                    box->reject();
                else
                    dialog->close();
            }
        }
    };

    static void git(const QString &folder, const QStringList &arguments)
    {
        QProcess process;
        process.setWorkingDirectory(folder);
        process.start(QStringLiteral("git"), QStringList{QStringLiteral("-c"), QStringLiteral("user.name=Kim"), QStringLiteral("-c"), QStringLiteral("user.email=k@example.com")} + arguments);
        QVERIFY(process.waitForFinished());
    }

    /// A project under Git, two documents, one of them changed, a task selected, words chosen.
    struct Scene
    {
        test::WindowFixture fixture;
        app::MainWindow *window = nullptr;
        app::FlowPage *page = nullptr;
        Scene()
        {
            git(fixture.project, {QStringLiteral("init"), QStringLiteral("-q"), QStringLiteral("-b"), QStringLiteral("main")});
            git(fixture.project, {QStringLiteral("add"), QStringLiteral("-A")});
            git(fixture.project, {QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("all")});
            window = &fixture.open(QStringLiteral("quality_gate"));
            window->openPath(fixture.flowPath(QStringLiteral("daily_sales")));
            page = window->documents().currentFlow();
            page->session().freshSnapshot();
            page->change({{{0, 0}, "# changed\n"}}, "edit.paste");
            page->change({{{page->session().text().size(), page->session().text().size()}, "# \t\n"}}, "edit.paste");
            page->undo();
            page->session().freshSnapshot();
            m_text = page->session().text();
            choose();
            fixture.settle();
            QTRY_VERIFY(window->actions()[QStringLiteral("git.push")]->isEnabled());
        }
        void choose()
        {
            QApplication::setActiveWindow(window);
            window->statusBar()->clearMessage();
            page->canvas().setSelected({QStringLiteral("tasks[1]")});
            page->textView().setFocus();
            const std::size_t word = page->session().text().find("extract");
            page->textView().select({word, word + 7});
            QApplication::clipboard()->setText(QStringLiteral("clip"));
        }
        /// The next entry finds what this one found.
        bool isUsable() const
        {
            return window->isVisible() && window->project() && window->documents().pages().size() == 2 && window->documents().current() == page
                   && page->session().text() == m_text && page->isModified() && page->session().history().canRedo() && page->textView().isVisible() && page->canvas().isVisible();
        }

    private:
        std::string m_text;
    };

private slots:
    void everyEntryOfTheMenuBarDoesSomething()
    {
        // Nothing to do is all right for these: what they set is set already.
        const QStringList atRest{
            QStringLiteral("View > Text and graph"), QStringLiteral("View > Unfold all"), QStringLiteral("View > Text zoom 100 %"),
            QStringLiteral("View > Values on hover > The last run"), QStringLiteral("View > Layouts > Restore the panels"), QStringLiteral("View > Theme > Light"),
            QStringLiteral("View > Text size > Normal text size"), QStringLiteral("Canvas > 100 %"), QStringLiteral("Canvas > Fit"),
            QStringLiteral("Flow > Text"), // has the focus
        };
        auto scene = std::make_unique<Scene>();
        QStringList paths;
        for (const Found &found : menusOf(*scene->window))
            paths << found.path;
        QVERIFY(paths.size() > 80);
        QStringList idle, disabled, quiet;
        for (const QString &path : std::as_const(paths)) {
            QList<Found> now = menusOf(*scene->window);
            const auto found = std::find_if(now.begin(), now.end(), [&](const Found &one) { return nameOf(one.path) == nameOf(path); });
            if (found == now.end() || !found->action) {
                idle << path + QStringLiteral(" (gone)");
                continue;
            }
            if (!found->action->isEnabled()) {
                disabled << path;
                continue;
            }
            const QString before = stateOf(*scene->window);
            Closer closer;
            found->action->trigger();
            QTest::qWait(15);
            const bool seen = !closer.opened.isEmpty() || stateOf(*scene->window) != before;
            if (!seen && !atRest.contains(path))
                quiet << path;
            if (!scene->isUsable())
                scene = std::make_unique<Scene>();
            else
                scene->choose();
        }
        qInfo("%d entries, %d of them off: %s", int(paths.size()), int(disabled.size()), qPrintable(disabled.join(QStringLiteral(", "))));
        QVERIFY2(idle.isEmpty(), qPrintable(idle.join(QLatin1Char('\n'))));
        QVERIFY2(quiet.isEmpty(), qPrintable(QStringLiteral("nothing seen of:\n") + quiet.join(QLatin1Char('\n'))));
        // What can't be done in this scene, by name.
        const QStringList off{QStringLiteral("Run > Stop"), QStringLiteral("Run > Resume")}; // and the project that is open
        for (const QString &path : std::as_const(disabled))
            QVERIFY2(off.contains(path) || path.startsWith(QStringLiteral("File > Open recent")) || path.startsWith(QStringLiteral("Edit > Redo")) || path.contains(QStringLiteral("No test file")), qPrintable(path));
    }

    /// The text, the graph, the tree of files, the outputs: what their menus offer.
    void everyEntryOfTheTextsMenuDoesSomething()
    {
        Scene scene;
        const auto entries = [&] {
            QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), scene.page->textView().mapToGlobal(QPoint(5, 5)));
            QApplication::sendEvent(&scene.page->textView(), &event);
            QList<Found> found;
            for (QMenu *menu : scene.page->textView().findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly))
                if (menu->isVisible())
                    collect(menu, QStringLiteral("Text"), found);
            return found;
        };
        QStringList paths;
        for (const Found &found : entries())
            paths << found.path;
        QVERIFY(paths.size() >= 11);
        for (const QString &path : std::as_const(paths)) {
            const QList<Found> now = entries();
            for (const Found &found : now) {
                if (found.path != path || !found.action || !found.action->isEnabled())
                    continue;
                const QString before = stateOf(*scene.window);
                Closer closer;
                found.action->trigger();
                QTest::qWait(30);
                const bool rename = scene.page->textPane().navigation().renameField() != nullptr;
                QVERIFY2(!closer.opened.isEmpty() || rename || stateOf(*scene.window) != before, qPrintable(path));
            }
            if (QLineEdit *field = scene.page->textPane().navigation().renameField())
                QTest::keyClick(field, Qt::Key_Escape);
            scene.page->textView().setFocus();
            const std::size_t word = scene.page->session().text().find("id: extract");
            scene.page->textView().select({word + 4, word + 11});
            QApplication::clipboard()->setText(QStringLiteral("clip"));
        }
    }

    void everyEntryOfTheFilesMenuDoesSomething()
    {
        Scene scene;
        auto *files = scene.window->docks().panel(QStringLiteral("files"));
        auto *tree = files->findChild<QTreeView *>();
        auto &model = *tree->model();
        const QModelIndexList found = model.match(model.index(0, 0), Qt::DisplayRole, QStringLiteral("region_report.yaml"), 1, Qt::MatchRecursive);
        QCOMPARE(found.size(), qsizetype(1));
        tree->scrollTo(found[0]);
        fixtureEntries(scene, *tree, found[0]);
    }

    /// The keys the menus name work: each acts where its menu entry says.
    void keysOfTheTextMenuAct()
    {
        Scene scene;
        editor::YamlEditor &text = scene.page->textView();
        for (const char *id : {"text.comment", "text.moveUp", "text.moveDown", "text.duplicate", "text.delete", "text.nextOccurrence"}) {
            const std::size_t word = scene.page->session().text().find("- id: enough_orders");
            text.setFocus();
            text.goToOffset(word + 3);
            const QString before = stateOf(*scene.window);
            QTest::keySequence(&text, scene.window->actions()[QLatin1String(id)]->shortcut());
            QTest::qWait(5);
            QVERIFY2(stateOf(*scene.window) != before, id);
            while (scene.page->session().history().index() > 1)
                scene.page->undo();
            scene.page->session().freshSnapshot();
        }
    }

private:
    static void fixtureEntries(Scene &scene, QTreeView &tree, const QModelIndex &index)
    {
        QStringList paths, quiet;
        const auto open = [&](const QString &choice) {
            QTimer::singleShot(0, &tree, [&, choice] {
                auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
                if (!menu)
                    return;
                for (QAction *action : menu->actions()) {
                    if (action->isSeparator() || !action->isEnabled())
                        continue;
                    if (choice.isEmpty())
                        paths << action->text();
                    else if (action->text() == choice)
                        QTimer::singleShot(0, action, &QAction::trigger);
                }
                menu->close();
            });
            emit tree.customContextMenuRequested(tree.visualRect(index).center());
        };
        open({});
        QVERIFY(paths.size() >= 5);
        for (const QString &path : std::as_const(paths)) {
            QApplication::clipboard()->setText(QStringLiteral("clip"));
            const QString before = stateOf(*scene.window);
            Closer closer;
            QTimer::singleShot(0, &tree, [&, path] {
                auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
                if (!menu)
                    return;
                for (QAction *action : menu->actions())
                    if (action->text() == path) {
                        menu->setActiveAction(action);
                        QTest::keyClick(menu, Qt::Key_Return);
                        return;
                    }
            });
            emit tree.customContextMenuRequested(tree.visualRect(index).center());
            QTest::qWait(30);
            closer.opened.removeAll(QStringLiteral("QMenu"));
            QVERIFY2(!closer.opened.isEmpty() || stateOf(*scene.window) != before, qPrintable(path));
        }
    }
};

QTEST_MAIN(TestMenus)
#include "tst_menus.moc"
