#include "app/inspector/inspector.h"
#include "app/palette_model.h"
#include "app/palette_panel.h"
#include "canvas/tools.h"
#include "editor/yaml_editor.h"
#include "window_fixture.h"

#include <QLineEdit>
#include <QMimeData>
#include <QTreeView>

#include <array>

/// Text, graph and palette change one text with one history; the caret stays where its text is.
class TestOneHistory : public QObject
{
    Q_OBJECT

private:
    static void pressUndo(QWidget *focus)
    {
        focus->setFocus();
        QTest::keyClick(focus, Qt::Key_Z, Qt::ControlModifier);
    }
    static std::string lineAt(const std::string &text, std::size_t offset)
    {
        const std::size_t begin = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
        return text.substr(begin, text.find('\n', offset) - begin);
    }
    static std::size_t columnAt(const std::string &text, std::size_t offset)
    {
        return offset == 0 ? 0 : offset - (text.rfind('\n', offset - 1) + 1);
    }
    static QModelIndex typeNamed(const QAbstractItemModel &model, const QString &type)
    {
        for (int group = 0; group < model.rowCount(); ++group)
            for (int row = 0; row < model.rowCount(model.index(group, 0)); ++row)
                if (const QModelIndex index = model.index(row, 0, model.index(group, 0)); index.data(app::PaletteModel::TypeRole).toString() == type)
                    return index;
        return {};
    }

private slots:
    void undoTakesBackTheLastStepWhicheverViewMadeIt()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("region_report"));
        app::FlowPage *page = window.documents().currentFlow();
        std::vector<std::string> texts{page->session().text()};
        page->goToLine(1, 1);
        page->textView().setFocus();
        QTest::keyClicks(&page->textView(), QStringLiteral("#"));
        texts.push_back(page->session().text());
        page->canvas().addType(QStringLiteral("io.kestra.plugin.core.log.Log"));
        texts.push_back(page->session().text());
        page->session().freshSnapshot();
        page->canvas().setSelected({QStringLiteral("tasks[0]")});
        page->canvas().duplicateSelected();
        texts.push_back(page->session().text());
        for (std::size_t i = 1; i < texts.size(); ++i)
            QVERIFY2(texts[i] != texts[i - 1], qPrintable(QString::number(i)));
        // from a view that did not make the step
        pressUndo(&page->textView());
        QCOMPARE(page->session().text(), texts[2]);
        pressUndo(&page->canvas());
        QCOMPARE(page->session().text(), texts[1]);
        pressUndo(&page->canvas());
        QCOMPARE(page->session().text(), texts[0]);
        QVERIFY(!page->isModified());
    }

    void theCaretStaysWhereItsTextIs()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        app::FlowPage *page = window.documents().currentFlow();
        const flow::Snapshot snapshot = page->session().freshSnapshot();
        const std::size_t place = snapshot.flow->findByPath("tasks[4]")->range.begin + 30;
        page->textView().goToOffset(place);
        page->textView().setFocus();
        const std::string before = page->session().text();
        // the graph changes what stands above the caret
        const auto edit = flow::edits::removeTasks(page->session().freshSnapshot(), std::array{std::string("tasks[0]")});
        QVERIFY(edit);
        QVERIFY(page->session().submit(*edit, {"edit.remove-task", {"extract"}}));
        const std::string after = page->session().text();
        QVERIFY(after.size() < before.size());
        const std::size_t caret = page->textView().caretOffset();
        QCOMPARE(lineAt(after, caret), lineAt(before, place));
        QCOMPARE(columnAt(after, caret), columnAt(before, place));
        QVERIFY(page->textView().hasFocus());
    }

    void aTypeIsDraggedFromThePaletteOntoAnEdge()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("region_report"));
        app::FlowPage *page = window.documents().currentFlow();
        const std::string before = page->session().text();
        auto *tree = window.docks().panel(QStringLiteral("palette"))->findChild<QTreeView *>();
        QVERIFY(tree->dragEnabled());
        const QModelIndex index = typeNamed(*tree->model(), QStringLiteral("io.kestra.plugin.core.log.Log"));
        QVERIFY(index.isValid());
        QVERIFY(tree->model()->flags(index) & Qt::ItemIsDragEnabled);
        const std::unique_ptr<QMimeData> data(tree->model()->mimeData({index}));
        QVERIFY(data);

        canvas::CanvasView &canvas = page->canvas();
        QWidget *view = canvas.viewport();
        const QPoint at = canvas.mapFromScene(canvas.flowScene().plusOf(0));
        const auto enter = [&] {
            QDragEnterEvent event(at, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(view, &event);
            return event.isAccepted();
        };
        const auto move = [&] {
            QDragMoveEvent event(at, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(view, &event);
            return event.isAccepted();
        };
        QVERIFY(enter());
        QVERIFY(move());
        QDragLeaveEvent leave; // Esc, or out of the window
        QApplication::sendEvent(view, &leave);
        QCOMPARE(page->session().text(), before);

        QVERIFY(enter());
        QVERIFY(move());
        QDropEvent drop(at, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &drop);
        QVERIFY(drop.isAccepted());
        const flow::Snapshot snapshot = page->session().freshSnapshot();
        QCOMPARE(snapshot.flow->findByPath("tasks[1]")->type, std::string("io.kestra.plugin.core.log.Log"));
        pressUndo(&canvas);
        QCOMPARE(page->session().text(), before);
    }

    void aValueOfTheInspectorIsOneStep()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("region_report"));
        app::FlowPage *page = window.documents().currentFlow();
        page->selectTask("tasks[0]");
        fixture.settle();
        const std::string before = page->session().text();
        auto *inspector = static_cast<app::Inspector *>(window.docks().panel(QStringLiteral("inspector")));
        inspector->focusField(QStringLiteral("id"));
        auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(field);
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("first_of_all"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(page->session().text().find("id: first_of_all") != std::string::npos);
        pressUndo(&page->textView());
        QCOMPARE(page->session().text(), before);
    }
};

QTEST_MAIN(TestOneHistory)
#include "tst_one_history.moc"
