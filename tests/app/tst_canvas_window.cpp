#include "app/breadcrumb.h"
#include "app/canvas_bar.h"
#include "app/files_panel.h"
#include "canvas/minimap.h"
#include "editor/yaml_editor.h"
#include "ui/banner.h"
#include "ui/search_field.h"
#include "window_fixture.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPrintDialog>
#include <QPrintPreviewDialog>
#include <QPrintPreviewWidget>
#include <QPushButton>
#include <QToolButton>
#include <QTreeView>

#include <functional>

/// Gestures of the canvas that need the window around it: each by the pointer and by the keys.
class TestCanvasWindow : public QObject
{
    Q_OBJECT

private:
    static void press(const char *keys)
    {
        QWidget *target = QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activeWindow();
        QVERIFY(target);
        QTest::keySequence(target, QKeySequence(QLatin1String{keys}));
    }
    static void click(QWidget &widget, QPoint at) { QTest::mouseClick(&widget, Qt::LeftButton, {}, at); }

    /// Does something in the dialog that comes, now or after the events under way; what stays open too long is closed.
    template <typename Dialog, typename Act>
    static void whenOpen(bool &seen, Act act)
    {
        auto *timer = new QTimer(qApp);
        QObject::connect(timer, &QTimer::timeout, qApp, [timer, &seen, act, tries = 0]() mutable {
            QWidget *modal = QApplication::activeModalWidget();
            auto *dialog = qobject_cast<Dialog *>(modal);
            if (!dialog && ++tries < 400)
                return;
            timer->deleteLater();
            timer->stop();
            if (!dialog)
                return modal ? (void)modal->close() : (void)0;
            seen = true;
            QApplication::setActiveWindow(dialog);
            act(*dialog);
            if (dialog->isVisible())
                dialog->close();
        });
        timer->start(5);
    }
    /// Opens a menu of the bar and picks an entry, with the pointer.
    static void pickInMenu(app::MainWindow &window, const char *menuName, const char *entry)
    {
        for (QAction *top : window.menuBar()->actions()) {
            if (top->text().remove(QLatin1Char('&')) != QLatin1String(menuName))
                continue;
            click(*window.menuBar(), window.menuBar()->actionGeometry(top).center());
            for (QAction *action : top->menu()->actions())
                if (action->text().remove(QLatin1Char('&')) == QString::fromUtf8(entry))
                    return click(*top->menu(), top->menu()->actionGeometry(action).center());
        }
        QFAIL("no such entry");
    }
    static void pickInPalette(const char *words)
    {
        press("Ctrl+Shift+P");
        QVERIFY(test::shownPalette());
        auto *field = test::shownPalette()->findChild<QLineEdit *>();
        QTest::keyClicks(field, QLatin1String(words));
        QTest::keyClick(field, Qt::Key_Return);
    }
    static void byPointerAndKeys()
    {
        QTest::addColumn<bool>("keys");
        QTest::newRow("pointer") << false;
        QTest::newRow("keys") << true;
    }
    static QByteArray head(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.read(400) : QByteArray();
    }
    static QString bannerOf(app::FlowPage &page)
    {
        for (const ui::Banner *banner : page.findChildren<ui::Banner *>())
            if (banner->isVisible())
                return banner->title();
        return {};
    }

private slots:
    void theGraphIsExported_data()
    {
        QTest::addColumn<bool>("keys");
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QByteArray>("begins");
        for (const bool keys : {false, true}) {
            QTest::addRow("svg by %s", keys ? "keys" : "pointer") << keys << QStringLiteral("svg") << QByteArray("<?xml");
            QTest::addRow("png by %s", keys ? "keys" : "pointer") << keys << QStringLiteral("png") << QByteArray("\x89PNG");
            QTest::addRow("pdf by %s", keys ? "keys" : "pointer") << keys << QStringLiteral("pdf") << QByteArray("%PDF");
        }
    }
    void theGraphIsExported()
    {
        QFETCH(bool, keys);
        QFETCH(QString, ending);
        QFETCH(QByteArray, begins);
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("warehouse_dag"));
        app::FlowPage *page = window.documents().currentFlow();
        page->canvas().setFocus();
        const QString path = fixture.m_home.filePath(QStringLiteral("graph.") + ending);
        bool seen = false;
        whenOpen<QFileDialog>(seen, [&](QFileDialog &dialog) {
            auto *name = dialog.findChild<QLineEdit *>();
            QVERIFY(name->text().endsWith(QLatin1String("warehouse_dag.svg")));
            name->selectAll();
            QTest::keyClicks(name, path);
            if (keys)
                QTest::keyClick(name, Qt::Key_Return);
            else
                QTest::mouseClick(dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save), Qt::LeftButton);
        });
        keys ? pickInPalette("export the graph") : pickInMenu(window, "Canvas", "Export the graph…");
        QTRY_VERIFY(seen);
        QTRY_VERIFY2(head(path).startsWith(begins), head(path).constData());
        QVERIFY(QFileInfo(path).size() > 2000);
        QCOMPARE(bannerOf(*page), QString());
    }

    void whatCannotBeWrittenIsSaid()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("warehouse_dag"));
        QDir(fixture.m_home.path()).mkdir(QStringLiteral("taken.png"));
        bool seen = false;
        whenOpen<QFileDialog>(seen, [&](QFileDialog &dialog) {
            dialog.findChild<QLineEdit *>()->setText(QStringLiteral("/proc/none.png"));
            QTest::keyClick(dialog.findChild<QLineEdit *>(), Qt::Key_Return);
        });
        pickInMenu(window, "Canvas", "Export the graph…");
        QTRY_VERIFY(seen);
        QVERIFY2(bannerOf(*window.documents().currentFlow()).contains(QStringLiteral("/proc/none.png")), qPrintable(bannerOf(*window.documents().currentFlow())));
    }

    void theGraphIsPrinted_data() { byPointerAndKeys(); }
    void theGraphIsPrinted()
    {
        QFETCH(bool, keys);
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        window.documents().currentFlow()->canvas().setFocus();
        const QString path = fixture.m_home.filePath(QStringLiteral("paper.pdf"));
        bool seen = false, asked = false;
        whenOpen<QPrintPreviewDialog>(seen, [&](QPrintPreviewDialog &preview) {
            auto *pages = preview.findChild<QPrintPreviewWidget *>();
            QCOMPARE(pages->pageCount(), 1);
            QCOMPARE(pages->orientation(), QPageLayout::Portrait);
            whenOpen<QPrintDialog>(asked, [&](QPrintDialog &dialog) {
                auto *file = dialog.findChild<QLineEdit *>(QStringLiteral("filename"));
                QVERIFY(file);
                file->setText(path);
                auto *print = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
                keys ? QTest::keyClick(print, Qt::Key_Return) : QTest::mouseClick(print, Qt::LeftButton);
            });
            QToolButton *print = nullptr;
            for (QToolButton *button : preview.findChildren<QToolButton *>())
                if (button->text() == QLatin1String("Print"))
                    print = button;
            QVERIFY(print);
            if (keys) {
                print->setFocus();
                QTest::keyClick(print, Qt::Key_Space);
            } else {
                QTest::mouseClick(print, Qt::LeftButton);
            }
            if (preview.isVisible()) // printing ends it; else Esc does
                QTest::keyClick(&preview, Qt::Key_Escape);
        });
        keys ? pickInPalette("print the graph") : pickInMenu(window, "Canvas", "Print the graph…");
        QTRY_VERIFY(seen);
        QVERIFY(asked);
        QVERIFY2(head(path).startsWith("%PDF"), qPrintable(path));
    }

    void tasksAreFound_data() { byPointerAndKeys(); }
    void tasksAreFound()
    {
        QFETCH(bool, keys);
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("warehouse_dag"));
        app::FlowPage *page = window.documents().currentFlow();
        const canvas::FlowScene &scene = page->canvas().flowScene();
        auto *field = page->canvasBar().findChild<ui::SearchField *>();
        const auto hit = [&] {
            const int node = page->canvas().currentHit();
            return node < 0 ? QString() : scene.graph().nodes[std::size_t(node)].title;
        };
        if (keys) {
            press("Ctrl+2");
            QVERIFY(page->canvas().hasFocus());
            press("Ctrl+F");
        } else {
            click(*field, field->rect().center());
        }
        QVERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("debug.return"));
        const QString first = hit();
        QCOMPARE(first, QStringLiteral("revenue"));
        press(keys ? "F3" : "Return");
        QCOMPARE(hit(), QStringLiteral("churn"));
        press(keys ? "Shift+F3" : "Up");
        QCOMPARE(hit(), first);
        press("Esc"); // back to the graph, at what was found
        QVERIFY(page->canvas().hasFocus());
        QCOMPARE(page->canvas().flowScene().graph().nodes[std::size_t(scene.current())].title, first);
        QCOMPARE(page->canvas().currentHit(), -1);
        QVERIFY(field->text().isEmpty());
        field->setFocus();
        QTest::keyClicks(field, QStringLiteral("nowhere"));
        QVERIFY(field->property("invalid").toBool());
        QCOMPARE(field->toolTip(), QStringLiteral("No task has “nowhere”"));
        QVERIFY(field->findChild<QToolButton *>());
        QTest::mouseClick(field->findChild<QToolButton *>(), Qt::LeftButton); // the cross in it
        QVERIFY(field->text().isEmpty() && !field->property("invalid").toBool());
    }

    void thePathLeadsBack_data() { byPointerAndKeys(); }
    void thePathLeadsBack()
    {
        QFETCH(bool, keys);
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("regional_fanout"));
        app::FlowPage *page = window.documents().currentFlow();
        auto *way = page->findChild<app::Breadcrumb *>();
        const flow::Snapshot snapshot = page->session().freshSnapshot();
        const flow::Task *inner = nullptr, *outer = nullptr;
        snapshot.flow->forEachTask([&](const flow::Task &task, const flow::TaskList &, int depth) {
            if (depth == 0)
                outer = inner ? outer : &task;
            if (depth == 1 && !inner)
                inner = &task;
        });
        QVERIFY(inner && outer);
        for (const bool graph : {false, true}) {
            window.documents().setMode(graph ? app::ViewMode::Graph : app::ViewMode::Both);
            page->selectTask(inner->path);
            fixture.settle();
            QVERIFY(way->isVisible());
            QVERIFY2(way->accessibleName().startsWith(QStringLiteral("tasks, %1, ").arg(QString::fromStdString(outer->id))), qPrintable(way->accessibleName()));
            QCOMPARE(page->currentTask(), inner->path);
            if (keys) {
                press("Ctrl+Shift+.");
                QVERIFY(way->hasFocus());
                press("Home");
                press("Right");
                QVERIFY2(way->accessibleName().startsWith(QString::fromStdString(outer->id) + QStringLiteral(", step 2 of")), qPrintable(way->accessibleName()));
                press("Return");
            } else {
                const QFontMetrics metrics(fixture.state->theme().font(12));
                click(*way, QPoint(metrics.horizontalAdvance(QStringLiteral("tasks")) + 22 + 6, way->height() / 2));
            }
            QCOMPARE(page->currentTask(), outer->path);
            QCOMPARE(page->canvas().selected(), QStringList{QString::fromStdString(outer->path)});
            QVERIFY(graph ? page->canvas().hasFocus() : page->textView().hasFocus());
        }
        press("Ctrl+Shift+.");
        press("Esc");
        QVERIFY(page->canvas().hasFocus());
    }

    void switchesOfTheBar_data() { byPointerAndKeys(); }
    void switchesOfTheBar()
    {
        QFETCH(bool, keys);
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("regional_fanout"));
        app::FlowPage *page = window.documents().currentFlow();
        const canvas::FlowScene &scene = page->canvas().flowScene();
        const auto flip = [&](const char *name) {
            QToolButton *button = nullptr;
            for (QToolButton *each : page->canvasBar().findChildren<QToolButton *>())
                if (each->accessibleName() == QLatin1String(name))
                    button = each;
            QVERIFY2(button && button->isVisible(), name);
            if (!keys)
                return QTest::mouseClick(button, Qt::LeftButton);
            page->canvas().setFocus();
            press("Ctrl+F");
            for (int i = 0; i < 12 && QApplication::focusWidget() != button; ++i)
                press("Tab");
            QCOMPARE(QApplication::focusWidget(), button);
            press("Space");
            fixture.settle();
        };
        flip("Notes");
        QVERIFY(!scene.notesShown());
        flip("Values of the last run");
        QVERIFY(!scene.valuesShown());
        flip("Data links");
        QVERIFY(scene.linksShown());
        flip("Collapse all");
        int containers = 0;
        for (std::size_t i = 0; i < scene.graph().nodes.size(); ++i)
            if (scene.graph().nodes[i].container)
                QVERIFY(scene.isCollapsed(int(i)) && ++containers);
        QVERIFY(containers > 0);
        flip("Collapse all");
        flip("Minimap");
        QVERIFY(!page->canvas().minimapShown());
        page->canvas().setFocus();
        QTest::keyClick(&page->canvas(), Qt::Key_M); // the button follows
        QVERIFY(page->canvas().minimapShown());
        flip("Minimap");
        QVERIFY(!page->canvas().minimapShown());
    }

    void undoTakesAnExtractedFlowAwayAgain()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("month_end_close"));
        app::FlowPage *page = window.documents().currentFlow();
        const std::string before = page->session().text();
        const QString made = QFileInfo(page->filePath()).absolutePath() + QStringLiteral("/part.yaml");
        std::string log; // a task of its own
        page->session().freshSnapshot().flow->forEachTask([&](const flow::Task &task, const flow::TaskList &, int depth) {
            if (depth == 0 && log.empty() && task.type.ends_with(".Log"))
                log = task.path;
        });
        const auto extract = [&] {
            page->canvas().setFocus();
            page->canvas().setSelected({QString::fromStdString(log)});
            QTest::keyClick(&page->canvas(), Qt::Key_S);
            auto *field = page->canvas().findChild<QPlainTextEdit *>(QStringLiteral("canvasInlineEditor"));
            QVERIFY(field->isVisible());
            QTest::keyClicks(field, QStringLiteral("part"));
            QTest::keyClick(field, Qt::Key_Return);
            fixture.settle();
        };
        extract();
        QVERIFY2(page->session().text() != before, qPrintable(bannerOf(*page)));
        const QByteArray written = head(made);
        QVERIFY(written.startsWith("id: part\n"));
        press("Ctrl+Z");
        QCOMPARE(page->session().text(), before);
        QVERIFY(!QFileInfo::exists(made));
        press("Ctrl+Shift+Z");
        QCOMPARE(head(made), written);
        const qsizetype tabs = window.documents().pages().size();
        window.openPath(made); // looked at only: its tab goes with it
        QCOMPARE(window.documents().pages().size(), tabs + 1);
        window.documents().show(page);
        page->canvas().setFocus();
        press("Ctrl+Z");
        QVERIFY(!QFileInfo::exists(made));
        QCOMPARE(window.documents().pages().size(), tabs);
        QCOMPARE(bannerOf(*page), QString());

        press("Ctrl+Shift+Z");
        QFile changed(made);
        QVERIFY(changed.open(QIODevice::Append));
        changed.write("# mine\n");
        changed.close();
        press("Ctrl+Z");
        QCOMPARE(page->session().text(), before);
        QVERIFY(head(made).endsWith("# mine\n") || QFileInfo(made).size() > written.size());
        QCOMPARE(bannerOf(*page), QStringLiteral("part.yaml was changed since it was extracted, so the file stays."));
        press("Ctrl+Shift+Z"); // and is not written over
        QCOMPARE(bannerOf(*page), QStringLiteral("part.yaml has another text than the flow that was extracted; it stays as it is."));
        QVERIFY(QFile::remove(made));
        press("Ctrl+Z"); // gone already: nothing to say but that the text is back
        QCOMPARE(page->session().text(), before);
    }

    void aFlowOfTheTreeIsCopiedIntoTheGraph()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("quality_gate"));
        app::FlowPage *page = window.documents().currentFlow();
        auto *tree = window.docks().panel(QStringLiteral("files"))->findChild<QTreeView *>();
        window.findChild<app::FilesPanel *>()->select(fixture.flowPath(QStringLiteral("region_report")));
        tree->setFocus();
        press("Ctrl+C");
        page->canvas().setFocus();
        QTest::keyClick(&page->canvas(), Qt::Key_Home);
        press("Ctrl+V");
        QVERIFY2(page->session().text().find("    type: io.kestra.plugin.core.flow.Subflow\n    namespace: company.team\n    flowId: region_report\n") != std::string::npos,
                 page->session().text().c_str());
    }
};

QTEST_MAIN(TestCanvasWindow)
#include "tst_canvas_window.moc"
