#include "tests/bench/bench_canvas.h"

#include "canvas/canvas_view.h"
#include "engine/flow/analysis.h"
#include "engine/flow/edits.h"
#include "tests/support/catalog.h"

#include <QImage>
#include <QPainter>
#include <QScrollBar>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <random>
#include <unistd.h>

namespace bench {

namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// A flow of about so many tasks: runs of tasks, and a container of every kind in turn for each ten.
std::string flowText(int tasks)
{
    std::string text = "id: big\nnamespace: acme.bench\n\ninputs:\n  - id: day\n    type: DATE\n\ntasks:\n";
    int made = 0, groups = 0;
    const auto leaf = [&](int indent) {
        const std::string pad(std::size_t(indent), ' ');
        const int before = made > 0 ? made - 1 : 0;
        text += fmt::format("{0}- id: t{1}\n{0}  type: io.kestra.plugin.core.debug.Return\n{0}  format: \"step {1} {{{{ outputs.t{2}.value ?? '' }}}}\"\n", pad, made, before);
        ++made;
    };
    while (made < tasks) {
        for (int i = 0; i < 5 && made < tasks; ++i) {
            if (i == 0)
                text += "  # what follows\n";
            leaf(2);
        }
        if (made >= tasks)
            break;
        const char *const kinds[] = {"Sequential", "Parallel", "Dag", "If"};
        const int kind = groups++ % 4;
        text += fmt::format("  - id: g{}\n    type: io.kestra.plugin.core.flow.{}\n", groups, kinds[kind]);
        ++made;
        if (kind == 3)
            text += "    condition: \"{{ inputs.day is not empty }}\"\n    then:\n";
        else
            text += "    tasks:\n";
        for (int i = 0; i < 4 && made < tasks; ++i) {
            if (kind != 2) {
                leaf(6);
                continue;
            }
            text += fmt::format("      - task:\n          id: t{}\n          type: io.kestra.plugin.core.debug.Return\n", made);
            if (i > 0)
                text += fmt::format("        dependsOn:\n          - t{}\n", made - 1);
            ++made;
        }
    }
    return text;
}

/// A document without an editor: each edit is analysed, as the editor does it, and shown before `submit` returns.
class Sink : public flow::EditSink
{
public:
    Sink(std::string text, canvas::CanvasView &view) : document(std::move(text)), m_view(view) { show(); }

    flow::Result<> submit(const flow::Edit &edit, flow::EditLabel) override
    {
        const flow::Result<flow::AppliedEdit> applied = document.apply(edit);
        if (!applied)
            return applied.error();
        show();
        return {};
    }

    void show()
    {
        const auto begin = Clock::now();
        const flow::Snapshot now = document.snapshot();
        document.adopt(m_analysed ? flow::analyseAgain({now.flowRevision, now.flow, now.diagnostics}, *m_analysed, *now.text, now.revision, test::coreCatalog())
                                  : flow::analyse(*now.text, now.revision, test::coreCatalog()));
        m_analysed = now.text;
        analyses.push_back(since(begin));
        const auto then = Clock::now();
        m_view.showSnapshot(document.snapshot());
        pictures.push_back(since(then));
    }

    flow::FlowDocument document;
    std::vector<double> analyses, pictures; ///< milliseconds of each part

private:
    canvas::CanvasView &m_view;
    std::shared_ptr<const std::string> m_analysed; ///< the text of the last analysis, which the next one starts from
};

void addSpread(std::vector<Row> &rows, const std::string &name, std::vector<double> times, double target)
{
    std::sort(times.begin(), times.end());
    rows.push_back({name + ", p50", times[times.size() / 2], "ms", 0});
    rows.push_back({name + ", p99", times[times.size() * 99 / 100], "ms", target});
    rows.push_back({name + ", worst", times.back(), "ms", 0});
}

double residentMegabytes()
{
    std::ifstream file("/proc/self/statm");
    double total = 0, resident = 0;
    file >> total >> resident;
    return resident * double(sysconf(_SC_PAGESIZE)) / 1048576;
}

/// One gesture as a view does it; refused ones count as well: they too are answered.
void gesture(canvas::CanvasView &view, std::mt19937 &random)
{
    const canvas::Graph &graph = view.flowScene().graph();
    const auto pick = [&] { return int(random() % graph.nodes.size()); };
    const int node = pick();
    canvas::CanvasEdits &edits = view.edits();
    switch (random() % 8) {
    case 0: edits.addType({graph.lists[std::size_t(graph.nodes[std::size_t(node)].list)].path, 0}, QStringLiteral("io.kestra.plugin.core.log.Log")); break;
    case 1: edits.remove({node}); break;
    case 2: edits.duplicate({node}); break;
    case 3: {
        const int other = pick();
        const canvas::GraphNode &at = graph.nodes[std::size_t(other)];
        edits.move({node}, {graph.lists[std::size_t(at.list)].path, std::size_t(at.indexInList)});
        break;
    }
    case 4: edits.rename(node, QStringLiteral("renamed_%1").arg(random() % 1000000)); break;
    case 5: edits.setNote(node, QStringLiteral("note %1").arg(random() % 100)); break;
    case 6: edits.setDisabled({node}, !graph.nodes[std::size_t(node)].disabled); break;
    default: edits.shift(node, random() % 2 ? 1 : -1); break;
    }
}

/// Letters typed in the middle of words, at random places.
void key(Sink &sink, std::mt19937 &random)
{
    const std::string &text = sink.document.text();
    const std::size_t at = random() % text.size();
    const char letter = char('a' + random() % 26);
    const auto edit = flow::Edit::make(sink.document.revision(), text, {{{at, at}, std::string(1, letter)}});
    const auto applied = sink.document.apply(*edit);
    sink.show();
    if (random() % 2 == 0) // taken back at once, so that the text stays readable
        (void)sink.document.apply(applied->inverse);
}

double panFrames(canvas::CanvasView &view, double zoom, double &worst)
{
    view.setZoom(zoom);
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->minimum());
    QImage image(view.viewport()->size(), QImage::Format_ARGB32_Premultiplied);
    std::vector<double> times;
    for (int i = 0; i < 300; ++i) {
        const auto begin = Clock::now();
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + 60);
        QPainter painter(&image);
        view.render(&painter);
        painter.end();
        times.push_back(since(begin));
    }
    std::sort(times.begin(), times.end());
    worst = times.back();
    return times[times.size() * 99 / 100];
}

} // namespace

std::vector<Row> canvasRows()
{
    std::vector<Row> rows;
    for (const int tasks : {100, 1000, 10000}) {
        const double target = tasks == 10000 ? 50 : tasks == 1000 ? 16 : 0;
        const std::string text = flowText(tasks);
        std::mt19937 random(7);
        canvas::CanvasView view;
        view.resize(900, 800);
        view.setCatalog(test::sharedCatalog());
        view.flowScene().setReducedMotion(true);
        QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
        const auto begin = Clock::now();
        Sink sink(text, view);
        view.setSink(&sink);
        view.flowScene().waitForPicture();
        QPainter painter(&image);
        view.render(&painter);
        painter.end();
        rows.push_back({fmt::format("open to first picture, {} tasks", tasks), since(begin), "ms", tasks == 10000 ? 1000.0 : 0});
        if (tasks == 10000) {
            rows.push_back({"memory with its graph open, 10000 tasks", residentMegabytes(), "MB", 0});
            for (const double zoom : {1.0, 0.5, 0.25, 0.1, 0.05}) {
                double worst = 0;
                rows.push_back({fmt::format("pan frame at {:.0f} %, 10000 tasks, p99", zoom * 100), panFrames(view, zoom, worst), "ms", 16});
                rows.push_back({fmt::format("pan frame at {:.0f} %, 10000 tasks, worst", zoom * 100), worst, "ms", 0});
            }
            view.setZoom(1);
        }
        std::vector<double> gestures, keys;
        for (int i = 0; i < 200; ++i) {
            const auto start = Clock::now();
            gesture(view, random);
            view.flowScene().waitForPicture();
            gestures.push_back(since(start));
        }
        addSpread(rows, fmt::format("gesture to picture, {} tasks", tasks), std::move(gestures), target);
        for (int i = 0; i < 500; ++i) {
            const auto start = Clock::now();
            key(sink, random);
            view.flowScene().waitForPicture();
            keys.push_back(since(start));
        }
        addSpread(rows, fmt::format("key to picture, {} tasks", tasks), std::move(keys), target);
        addSpread(rows, fmt::format("of these: text to diagnostics, {} tasks", tasks), std::move(sink.analyses), 0);
        addSpread(rows, fmt::format("of these: meaning to picture, {} tasks", tasks), std::move(sink.pictures), 0);
    }
    return rows;
}

} // namespace bench
