#include "tests/bench/bench_engine.h"

#include "engine/flow/analysis.h"
#include "engine/flow/edits.h"
#include "tests/support/catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace bench {

namespace {

using Clock = std::chrono::steady_clock;

std::string text(int tasks)
{
    std::string flow = "id: big\nnamespace: acme.bench\ntasks:\n";
    for (int i = 0; i < tasks; ++i)
        flow += fmt::format("  - id: t{}\n    type: io.kestra.plugin.core.log.Log\n    message: \"step {} {{{{ outputs.t{}.value ?? '' }}}}\"\n", i, i, i > 0 ? i - 1 : 0);
    return flow;
}

template <typename Work>
double best(int times, Work &&work)
{
    double least = 1e12;
    for (int i = 0; i < times; ++i) {
        const auto begin = Clock::now();
        work();
        least = std::min(least, std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    return least;
}

} // namespace

std::vector<Row> flowRows()
{
    std::vector<Row> rows;
    for (const int tasks : {1000, 2000, 10000}) {
        const auto source = std::make_shared<const std::string>(text(tasks));
        flow::Analysis analysis;
        const double read = best(5, [&] { analysis = flow::analyse(*source, flow::Revision{1}, test::coreCatalog()); });
        rows.push_back({fmt::format("text to diagnostics, {} tasks", tasks), read, "ms", tasks == 1000 ? 30.0 : 0});
        std::string typed = *source;
        typed.insert(typed.find('"', typed.size() / 2) + 1, "x");
        const double again = best(5, [&] { (void)flow::analyseAgain(analysis, *source, typed, flow::Revision{2}, test::coreCatalog()); });
        rows.push_back({fmt::format("a key to diagnostics, {} tasks", tasks), again, "ms", tasks == 10000 ? 50.0 : 16.0});
        flow::Snapshot snapshot;
        snapshot.revision = snapshot.flowRevision = flow::Revision{1};
        snapshot.text = source;
        snapshot.flow = analysis.flow;
        const double edit = best(5, [&] {
            const auto made = flow::edits::setProperty(snapshot, fmt::format("tasks[{}]", tasks / 2), "message", "changed");
            if (!made)
                throw std::runtime_error("the edit was refused");
            if (made->applyTo(*source).empty())
                throw std::runtime_error("the edit gave nothing");
        });
        rows.push_back({fmt::format("one edit, {} tasks", tasks), edit, "ms", tasks == 2000 ? 1.0 : 0});
    }
    return rows;
}

} // namespace bench
