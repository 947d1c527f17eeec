#include "gestures.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QTimer>

/// The context menu offers what keys do, and only what can be done.
class TestGestureMenu : public QObject
{
    Q_OBJECT

    /// Opens the menu over a node and gives its entries, those of submenus too; picks one of them.
    static QStringList menuOf(Shown &shown, const char *id, const QString &pick = {})
    {
        QStringList entries;
        QTimer::singleShot(0, [&] {
            auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            if (!menu)
                return;
            QList<QAction *> all = menu->actions();
            for (qsizetype i = 0; i < all.size(); ++i) {
                if (all[i]->menu())
                    all += all[i]->menu()->actions();
                if (!all[i]->isSeparator() && all[i]->isEnabled())
                    entries << all[i]->text();
                if (all[i]->text() == pick)
                    all[i]->trigger();
            }
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
