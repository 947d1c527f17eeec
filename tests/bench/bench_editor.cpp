#include "tests/bench/bench_editor.h"

#include "editor/editor_pane.h"
#include "tests/support/catalog.h"

#include <QApplication>
#include <QKeyEvent>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>

namespace bench {

namespace {

using Clock = std::chrono::steady_clock;

/// Tasks with values between them, each kind of place for a completion in all parts of the text.
std::string flowText(int tasks)
{
    std::string text = "id: big\nnamespace: acme.bench\n\ninputs:\n  - id: day\n    type: DATE\n\ntasks:\n";
    for (int i = 0; i < tasks; ++i)
        text += fmt::format("  - id: task_{0}\n    type: io.kestra.plugin.core.debug.Return\n    format: \"{{{{ outputs.task_{1}.value }}}}\"\n", i, i ? i - 1 : 0);
    return text;
}

/// What the calling thread used, whatever else the machine does.
double processorMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// When the list was painted last.
class PaintWatch : public QObject
{
public:
    using QObject::QObject;
    bool painted = false;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        painted = painted || event->type() == QEvent::Paint;
        return false;
    }
};

struct Place
{
    const char *name;
    const char *inserted; ///< stands before the key that opens the list
    char key;
};

} // namespace

std::vector<Row> editorRows()
{
    constexpr int kTasks = 1000;
    constexpr int kRounds = 60;
    const std::string text = flowText(kTasks);
    editor::DocumentSession session(test::sharedCatalog());
    editor::EditorPane pane(test::sharedCatalog(), ui::Theme::load(ui::ThemeName::Light));
    session.create(text);
    session.freshSnapshot();
    pane.setSession(&session);
    pane.resize(900, 800);
    pane.show();
    pane.activateWindow();
    editor::YamlEditor &view = pane.view();
    view.setFocus();
    QCoreApplication::processEvents();
    PaintWatch watch;
    editor::CompletionPopup &popup = pane.assist().popup();
    for (QWidget *part : popup.findChildren<QWidget *>())
        part->installEventFilter(&watch);
    std::vector<double> times, used;
    std::vector<Row> rows;
    int closed = 0;
    for (const Place place : {Place{"a key", "    ", 'd'}, Place{"a type", "    type: ", 'L'}, Place{"an output", "    x: \"{{ outputs", '.'}, Place{"a root", "    x: \"{{ ", 'o'},
                              Place{"a filter", "    x: \"{{ inputs.day | ", 'd'}}) {
        std::vector<double> here;
        for (int round = 0; round < kRounds; ++round) {
            const std::size_t task = text.find(fmt::format("- id: task_{}\n", (round * 17 + 3) % kTasks));
            const std::size_t at = text.find('\n', task) + 1;
            const std::string line = std::string(place.inserted) + "\n";
            const int steps = session.history().index();
            const auto edit = flow::Edit::make(session.revision(), session.text(), {{{at, at}, line}});
            if (!session.submit(*edit, {"edit.paste", {}}))
                continue;
            session.freshSnapshot();
            view.goToOffset(at + line.size() - 1);
            QCoreApplication::processEvents();
            watch.painted = false;
            const QString letter(QLatin1Char(place.key));
            const double usedBefore = processorMs();
            const auto begin = Clock::now();
            QKeyEvent press(QEvent::KeyPress, int(QChar(QLatin1Char(place.key)).toUpper().unicode()), Qt::NoModifier, letter);
            QApplication::sendEvent(&view, &press);
            while (popup.isVisible() && !watch.painted)
                QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
            const double took = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
            used.push_back(processorMs() - usedBefore);
            closed += !popup.isVisible();
            here.push_back(took);
            pane.assist().close();
            while (session.history().index() > steps)
                session.undo();
            session.freshSnapshot();
            QCoreApplication::processEvents();
        }
        std::sort(here.begin(), here.end());
        rows.push_back({fmt::format("key to list, {}, {} tasks, p50", place.name, kTasks), here[here.size() / 2], "ms", 0});
        times.insert(times.end(), here.begin(), here.end());
    }
    std::sort(times.begin(), times.end());
    std::sort(used.begin(), used.end());
    rows.push_back({fmt::format("key to list, {} tasks, p99", kTasks), times[times.size() * 99 / 100], "ms", 16});
    rows.push_back({fmt::format("key to list, {} tasks, worst", kTasks), times.back(), "ms", 0});
    rows.push_back({"of these: processor time of the window's thread, p99", used[used.size() * 99 / 100], "ms", 0});
    if (closed) // no list, no figure
        rows.push_back({"keys that opened no list", double(closed), "", 0.5});
    return rows;
}

} // namespace bench
