#include "gestures.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QTimer>

/// The context menu offers what keys do, and only what can be done.
class TestGestureMenu : public QObject
{
    Q_OBJECT

    /// Opens the menu over a node and gives its entries, those of submenus too; clicks on one of them.
    static QStringList menuOf(Shown &shown, const char *id, const QString &pick = {})
    {
        QStringList entries;
        QTimer::singleShot(0, [&] {
            auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            if (!menu)
                return;
            const auto click = [](QMenu *in, QAction *entry) { QTest::mouseClick(in, Qt::LeftButton, {}, in->actionGeometry(entry).center()); };
            std::vector<std::pair<QMenu *, QAction *>> all;
            for (QAction *entry : menu->actions())
                all.emplace_back(menu, entry);
            std::pair<QMenu *, QAction *> picked{};
            for (std::size_t i = 0; i < all.size(); ++i) {
                QAction *const entry = all[i].second;
                if (entry->menu())
                    for (QAction *below : entry->menu()->actions())
                        all.emplace_back(entry->menu(), below);
                if (!entry->isSeparator() && entry->isEnabled())
                    entries << entry->text();
                if (entry->text() == pick)
                    picked = all[i];
            }
            if (picked.first && picked.first != menu)
                menu->setActiveAction(picked.first->menuAction()); // opens it
            if (picked.first)
                click(picked.first, picked.second);
            menu->close();
        });
        const QPoint at = shown.at(id);
        QTest::mousePress(shown.view.viewport(), Qt::RightButton, {}, at);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, shown.view.viewport()->mapToGlobal(at));
        QApplication::sendEvent(shown.view.viewport(), &event);
        return entries;
    }

private slots:
    void aTaskHasItsGestures()
    {
        Shown shown(kThree);
        const QStringList entries = menuOf(shown, "two");
        for (const char *words : {"Rename", "Edit the note", "Copy as YAML", "Cut", "Duplicate", "Delete", "Disable", "Move up the list", "Wrap in…",
                                  "Extract to a subflow…", "A trigger", "An input", "An output", "A task in Errors"})
            QVERIFY2(entries.contains(QString::fromUtf8(words)), words);
        QVERIFY(!entries.contains(QStringLiteral("Unwrap")));
        QVERIFY(!entries.contains(QStringLiteral("Move out of the container")));
    }

    void entriesDoWhatTheySay()
    {
        Shown shown(kThree);
        menuOf(shown, "box", QStringLiteral("Convert to Parallel"));
        QVERIFY(holds(shown, "flow.Parallel\n"));
        menuOf(shown, "two", QStringLiteral("Move up the list"));
        QVERIFY(holds(shown, "tasks:\n  # about two\n  - id: two\n"));
        menuOf(shown, "two", QStringLiteral("Disable"));
        QVERIFY(holds(shown, "    disabled: true\n"));
    }

    void theTextIsCutCopiedPastedAndDuplicated()
    {
        Shown shown(kThree);
        menuOf(shown, "two", QStringLiteral("Duplicate"));
        QCOMPARE(shown.text().find("- id: two_2") != std::string::npos, true);
        Shown other(kThree);
        menuOf(other, "two", QStringLiteral("Copy as YAML"));
        COMPARE_TEXT(other, kThree);
        menuOf(other, "inner", QStringLiteral("Paste"));
        QVERIFY(other.text().find("      # about two\n      - id: two_2\n") != std::string::npos);
        Shown third(kThree);
        menuOf(third, "two", QStringLiteral("Cut"));
        QVERIFY(third.text().find("two") == std::string::npos);
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("# about two\n- id: two\n")));
    }

    void aNameIsTypedOverTheOldOne()
    {
        Shown shown(kThree);
        menuOf(shown, "two", QStringLiteral("Rename"));
        auto *field = shown.view.findChild<QPlainTextEdit *>(QStringLiteral("canvasInlineEditor"));
        QVERIFY(field);
        QTest::keyClicks(field, "second");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(holds(shown, "  - id: second\n"));
    }

    void aContainerIsUnwrapped()
    {
        Shown shown(kThree);
        menuOf(shown, "box", QStringLiteral("Unwrap"));
        QVERIFY(holds(shown, "\n  - id: inner\n"));
        QVERIFY(shown.text().find("box") == std::string::npos);
    }

    void tasksBecomeASubflowAndComeBack()
    {
        Shown shown(kThree);
        FakeNeighbours neighbours;
        shown.view.setNeighbours(&neighbours);
        menuOf(shown, "two", QStringLiteral("Extract to a subflow…"));
        auto *field = shown.view.findChild<QPlainTextEdit *>(QStringLiteral("canvasInlineEditor"));
        QVERIFY(field);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(neighbours.flows.size(), std::size_t(1));
        QVERIFY(holds(shown, "flow.Subflow\n"));

        Shown calls(kCalls);
        neighbours.flows["child"] = kChild;
        calls.view.setNeighbours(&neighbours);
        menuOf(calls, "call", QStringLiteral("Inline the subflow"));
        QVERIFY(holds(calls, "- id: second\n"));
        QVERIFY(calls.text().find("Subflow") == std::string::npos);
    }

    void aSectionThatIsMissingIsOffered()
    {
        Shown shown(kThree);
        menuOf(shown, "one", QStringLiteral("A task in Errors"));
        choose(shown, "log");
        QVERIFY(holds(shown, "errors:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n"));
    }
};

QTEST_MAIN(TestGestureMenu)
#include "tst_gestures_menu.moc"
