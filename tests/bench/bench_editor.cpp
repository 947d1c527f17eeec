#include "tests/bench/bench_editor.h"

#include "editor/editor_pane.h"
#include "tests/support/catalog.h"

#include <QApplication>
#include <QKeyEvent>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace bench {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kTasks = 1000;

std::string flowText()
{
    std::string text = "id: big\nnamespace: acme.bench\ntasks:\n";
    for (std::size_t i = 0; i < kTasks; ++i)
        text += fmt::format("  - id: task_{0}\n    type: io.kestra.plugin.core.debug.Return\n    format: \"{{{{ }}}}\"\n", i);
    return text;
}

/// Milliseconds from a key to the moment its popup is painted.
double press(editor::EditorPane &pane, char letter)
{
    QKeyEvent key(QEvent::KeyPress, 0, Qt::NoModifier, QString(QLatin1Char(letter)));
    const auto begin = Clock::now();
    QApplication::sendEvent(&pane.view(), &key);
    if (pane.assist().popup().isVisible())
        pane.assist().popup().repaint();
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

} // namespace

std::vector<Row> editorRows()
{
    editor::DocumentSession session(test::sharedCatalog());
    editor::EditorPane pane(test::sharedCatalog(), ui::Theme::load(ui::ThemeName::Light));
    session.create(flowText());
    pane.setSession(&session);
    pane.resize(700, 900);
    pane.show();
    session.freshSnapshot();
    std::vector<double> times;
    std::size_t shown = 0;
    for (std::size_t round = 0; round < 40; ++round) {
        const std::string id = fmt::format("- id: task_{}\n", (round * 377 + 500) % kTasks);
        const std::size_t place = session.text().find("{{ ", session.text().find(id)) + 3;
        pane.view().goToOffset(place);
        for (const char letter : std::string_view("outputs.task_4")) {
            const double time = press(pane, letter);
            if (!pane.assist().popup().isVisible())
                continue;
            times.push_back(time);
            shown = std::max(shown, static_cast<std::size_t>(pane.assist().popup().count()));
        }
        pane.assist().close();
        session.undo();
        QApplication::processEvents();
    }
    if (times.size() < 200 || shown < 400)
        throw std::runtime_error("the popup did not open");
    std::sort(times.begin(), times.end());
    const double p99 = times[times.size() * 99 / 100];
    return {{"completion popup, median, 1,000 tasks", times[times.size() / 2], "ms", 0},
            {"completion popup, p99, 1,000 tasks", p99, "ms", 16}};
}

} // namespace bench
