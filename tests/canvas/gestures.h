#pragma once

#include "canvas_fixture.h"

#include "canvas/tools.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

using namespace canvas;

inline constexpr char kThree[] = "id: f\n"
                      "namespace: n\n"
                      "tasks:\n"
                      "  - id: one\n"
                      "    type: io.kestra.plugin.core.debug.Return\n"
                      "  # about two\n"
                      "  - id: two\n"
                      "    type: io.kestra.plugin.core.debug.Return\n"
                      "  - id: box\n"
                      "    type: io.kestra.plugin.core.flow.Sequential\n"
                      "    tasks:\n"
                      "      - id: inner\n"
                      "        type: io.kestra.plugin.core.debug.Return\n";

inline constexpr char kDag[] = "id: f\n"
                    "namespace: n\n"
                    "tasks:\n"
                    "  - id: d\n"
                    "    type: io.kestra.plugin.core.flow.Dag\n"
                    "    tasks:\n"
                    "      - task:\n"
                    "          id: a\n"
                    "          type: io.kestra.plugin.core.debug.Return\n"
                    "      - task:\n"
                    "          id: b\n"
                    "          type: io.kestra.plugin.core.debug.Return\n"
                    "        dependsOn:\n"
                    "          - a\n"
                    "      - task:\n"
                    "          id: c\n"
                    "          type: io.kestra.plugin.core.debug.Return\n";

inline constexpr char kCalls[] = "id: f\n"
                      "namespace: n\n"
                      "tasks:\n"
                      "  - id: call\n"
                      "    type: io.kestra.plugin.core.flow.Subflow\n"
                      "    namespace: n\n"
                      "    flowId: child\n"
                      "    wait: true\n"
                      "    transmitFailed: true\n"
                      "  - id: after\n"
                      "    type: io.kestra.plugin.core.debug.Return\n";

inline constexpr char kChild[] = "id: child\nnamespace: n\ntasks:\n"
                      "  - id: first\n    type: io.kestra.plugin.core.debug.Return\n"
                      "  - id: second\n    type: io.kestra.plugin.core.debug.Return\n";

const char kScript[] = "id: f\nnamespace: n\ntasks:\n"
                       "  - id: run\n    type: io.kestra.plugin.scripts.shell.Commands\n    commands:\n      - cat data.csv\n";

inline void drag(Shown &shown, QPoint from, QPoint to, bool drop = true)
{
    QWidget *view = shown.view.viewport();
    QTest::mouseMove(view, from);
    QTest::mousePress(view, Qt::LeftButton, {}, from);
    const auto move = [&](QPoint at) { // with the button held, which QTest::mouseMove does not say
        QMouseEvent event(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &event);
    };
    move(from + (to - from) / 2);
    move(to);
    if (drop)
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
}

inline QStringList ids(const Shown &shown)
{
    QStringList all;
    for (const int node : shown.view.flowScene().selectedNodes())
        all << shown.view.flowScene().graph().nodes[std::size_t(node)].title;
    return all;
}

inline QString currentId(const Shown &shown)
{
    const int node = shown.view.flowScene().current();
    return node < 0 ? QString() : shown.view.flowScene().graph().nodes[std::size_t(node)].title;
}

inline QPoint slotPoint(const Shown &shown, const char *list, std::size_t index)
{
    for (const DropTarget &target : dropTargets(shown.view.flowScene(), {})) {
        if (target.slot.list == list && target.slot.index == index)
            return shown.view.mapFromScene(target.point);
    }
    qFatal("no such place");
    return {};
}

/// What a drag from the palette does: the events Qt would send.
inline bool dropMime(Shown &shown, QMimeData &data, QPoint at)
{
    QWidget *view = shown.view.viewport();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view, &enter);
    if (!enter.isAccepted())
        return false;
    QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view, &move);
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view, &drop);
    return drop.isAccepted();
}


/// A list over the canvas: types, Enter takes the first.
inline void choose(Shown &shown, const char *words)
{
    auto *field = shown.view.findChild<QFrame *>(QStringLiteral("quickInsert"))->findChild<QLineEdit *>();
    if (!field || !field->isVisible())
        qFatal("no list is open");
    QTest::keyClicks(field, QLatin1String(words));
    QTest::keyClick(field, Qt::Key_Return);
}

inline bool holds(const Shown &shown, const char *part)
{
    const bool found = shown.text().find(part) != std::string::npos;
    if (!found)
        qWarning("the text is\n%s", shown.text().c_str());
    return found;
}

#define COMPARE_TEXT(shown, expected) QCOMPARE(QString::fromStdString((shown).text()), QString::fromUtf8(expected))
