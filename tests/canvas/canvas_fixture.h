#pragma once

#include "canvas/canvas_view.h"
#include "engine/flow/analysis.h"
#include "engine/flow/flow_document.h"

#include <QFile>
#include <QTest>

#include <memory>
#include <vector>

/// The catalog of the project, read once.
inline std::shared_ptr<const flow::TaskCatalog> testCatalog()
{
    static const std::shared_ptr<const flow::TaskCatalog> catalog = [] {
        QFile file(QStringLiteral(LEAT_SOURCE_DIR "/resources/catalog/core-1.3.json"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no catalog");
        auto loaded = flow::TaskCatalog::load({file.readAll().toStdString()});
        if (!loaded)
            qFatal("catalog is not readable");
        return *loaded;
    }();
    return catalog;
}

/// Stands in for the document session: applies what the canvas submits and analyses anew.
class FakeSession : public flow::EditSink
{
public:
    explicit FakeSession(std::string text) : document(std::move(text)) { analyse(); }

    void analyse() { document.adopt(flow::analyse(document.text(), document.revision(), *testCatalog())); }

    flow::Result<> submit(const flow::Edit &edit, flow::EditLabel label) override
    {
        auto applied = document.apply(edit);
        if (!applied)
            return applied.error();
        labels.push_back(std::move(label));
        analyse();
        if (view)
            view->showSnapshot(document.snapshot());
        return {};
    }

    /// As typed into the text: no analysis yet.
    void type(const std::string &before, const std::string &after)
    {
        const std::size_t at = document.text().find(before);
        if (at == std::string::npos || !document.apply(*flow::Edit::make(document.revision(), document.text(), {{{at, at + before.size()}, after}})))
            qFatal("nothing to type over");
    }

    flow::Snapshot fresh()
    {
        if (document.snapshot().flowRevision != document.revision())
            analyse();
        return document.snapshot();
    }

    flow::FlowDocument document;
    std::vector<flow::EditLabel> labels;
    canvas::CanvasView *view = nullptr;
};

/// A view that shows a text, without motion, of a known size.
struct Shown
{
    explicit Shown(const std::string &text, QSize size = QSize(612, 744)) : session(text)
    {
        view.resize(size);
        view.flowScene().setReducedMotion(true);
        view.setCatalog(testCatalog());
        view.setSink(&session);
        view.edits().setFresh([this] { return session.fresh(); });
        session.view = &view;
        view.show();
        if (!QTest::qWaitForWindowExposed(&view))
            qFatal("no window");
        view.activateWindow();
        view.setFocus(Qt::TabFocusReason);
        view.showSnapshot(session.document.snapshot());
        settle();
    }

    /// Until the layout worker is done.
    void settle()
    {
        if (!QTest::qWaitFor([this] { return !view.flowScene().isLayoutPending(); }))
            qFatal("layout never ends");
    }

    int node(const char *id) const
    {
        for (std::size_t i = 0; i < view.flowScene().graph().nodes.size(); ++i) {
            if (view.flowScene().graph().nodes[i].id == id)
                return int(i);
        }
        return -1;
    }

    /// Middle of a node (of its header) in the viewport.
    QPoint at(const char *id) const { return view.mapFromScene(view.flowScene().headOf(node(id)).center()); }
    std::string text() const { return session.document.text(); }

    FakeSession session;
    canvas::CanvasView view;
};

/// The flows beside the one that is shown, in memory.
class FakeNeighbours : public canvas::Neighbours
{
public:
    canvas::DroppedFile meaningOf(const QString &path) override
    {
        if (path.endsWith(QLatin1String(".yaml")))
            return {QStringLiteral("n"), QStringLiteral("child"), {}, {}};
        return {{}, {}, path.section(QLatin1Char('/'), -1), path.startsWith(QLatin1String("/files/")) ? QStringLiteral("nsfile://") + path.mid(6) : QString()};
    }
    flow::Snapshot calledFlow(const QString &, const QString &flowId) override
    {
        const auto found = flows.find(flowId.toStdString());
        if (found == flows.end())
            return {};
        flow::FlowDocument document(found->second);
        document.adopt(flow::analyse(document.text(), document.revision(), *testCatalog()));
        return document.snapshot();
    }
    bool writeFlow(const QString &flowId, const std::string &text) override { return flows.emplace(flowId.toStdString(), text).second; }

    std::map<std::string, std::string> flows;
};
