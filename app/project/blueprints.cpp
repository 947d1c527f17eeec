#include "app/project/blueprints.h"

#include "engine/flow/analysis.h"
#include "engine/flow/edits.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/task_text.h"
#include "resources/embedded.h"
#include "ui/tr.h"

#include <QRegularExpression>

#include <map>
#include <set>

namespace app {

namespace {

using flow::Snapshot;

Snapshot snapshotOf(const std::string &text, const flow::TaskCatalog &catalog)
{
    flow::FlowDocument document(text);
    document.adopt(flow::analyse(text, document.revision(), catalog));
    return document.snapshot();
}

/// A text that edits follow one another on.
class Draft
{
public:
    Draft(std::string text, const flow::TaskCatalog &catalog) : m_catalog(catalog), m_snapshot(snapshotOf(text, catalog)) {}

    const Snapshot &snapshot() const { return m_snapshot; }
    const flow::Flow &flow() const { return *m_snapshot.flow; }
    bool apply(const flow::Result<flow::Edit> &edit)
    {
        if (edit)
            m_snapshot = snapshotOf(edit->applyTo(*m_snapshot.text), m_catalog);
        return edit.hasValue();
    }

private:
    const flow::TaskCatalog &m_catalog;
    Snapshot m_snapshot;
};

std::set<std::string> idsOf(const std::vector<flow::Item> &items)
{
    std::set<std::string> ids;
    for (const flow::Item &item : items)
        ids.insert(item.id);
    return ids;
}

/// Gives everything in `draft` that `flow` has a name of already another one.
void makeNamesFree(Draft &draft, const flow::Flow &flow)
{
    std::set<std::string> taken = flow::edits::taskIds(flow);
    for (const std::string &id : flow::edits::taskIds(draft.flow())) {
        if (!taken.count(id))
            continue;
        std::set<std::string> all = taken;
        all.merge(flow::edits::taskIds(draft.flow()));
        const flow::Task *task = draft.flow().findById(id);
        if (task)
            draft.apply(flow::edits::renameTask(draft.snapshot(), task->path, flow::edits::freeId(id, all)));
    }
    const auto rename = [&](flow::edits::Named what, const std::set<std::string> &mine, std::set<std::string> theirs) {
        for (const std::string &id : mine)
            if (theirs.count(id)) {
                theirs.insert(mine.begin(), mine.end());
                draft.apply(flow::edits::renameNamed(draft.snapshot(), what, id, flow::edits::freeId(id, theirs)));
            }
    };
    rename(flow::edits::Named::Input, idsOf(draft.flow().inputs), idsOf(flow.inputs));
    rename(flow::edits::Named::Trigger, idsOf(draft.flow().triggers), idsOf(flow.triggers));
}

std::string linesOf(const Snapshot &snapshot, flow::Range range)
{
    return snapshot.text->substr(range.begin, range.size());
}

} // namespace

Blueprint readBlueprint(const QString &id, std::string text, const QString &language)
{
    Blueprint blueprint;
    blueprint.id = blueprint.title = id;
    std::size_t at = 0;
    while (at < text.size() && text.compare(at, 2, "# ") == 0) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const QString line = QString::fromStdString(text.substr(at + 2, end - at - 2));
        const QString key = line.section(QLatin1Char(':'), 0, 0), value = line.section(QLatin1Char(':'), 1).trimmed();
        const QString name = key.section(QLatin1Char('.'), 0, 0), of = key.section(QLatin1Char('.'), 1);
        const bool wanted = of.isEmpty() || of == language;
        if (name == QLatin1String("title"))
            blueprint.title = wanted ? value : blueprint.title;
        else if (name == QLatin1String("description"))
            blueprint.description = wanted ? value : blueprint.description;
        else if (name == QLatin1String("tags"))
            blueprint.tags = value.split(QRegularExpression(QStringLiteral(",\\s*")), Qt::SkipEmptyParts);
        else
            break;
        at = std::min(end + 1, text.size());
    }
    while (at < text.size() && text[at] == '\n')
        ++at;
    text.erase(0, at);
    blueprint.text = std::move(text);
    return blueprint;
}

Blueprint emptyFlow()
{
    Blueprint blueprint;
    blueprint.id = QStringLiteral("new_flow");
    blueprint.title = Tr::tr("Empty flow");
    blueprint.description = Tr::tr("One task that says hello.");
    blueprint.text = "id: new_flow\n"
                     "namespace: company.team\n"
                     "\n"
                     "tasks:\n"
                     "  - id: hello\n"
                     "    type: io.kestra.plugin.core.log.Log\n"
                     "    message: Hello from {{ flow.id }}\n";
    return blueprint;
}

const std::vector<Blueprint> &blueprints(const QString &language)
{
    static std::map<QString, std::vector<Blueprint>> byLanguage;
    const auto [place, fresh] = byLanguage.try_emplace(language);
    if (fresh) {
        std::map<QString, Blueprint> byTitle;
        for (const std::string_view path : resources::embeddedPaths()) {
            constexpr std::string_view folder = "blueprints/", suffix = ".yaml";
            if (!path.starts_with(folder))
                continue;
            const std::string_view name = path.substr(folder.size(), path.size() - folder.size() - suffix.size());
            Blueprint blueprint = readBlueprint(QString::fromUtf8(name.data(), qsizetype(name.size())), std::string(resources::embedded(path)), language);
            byTitle.emplace(blueprint.title, std::move(blueprint));
        }
        for (auto &[title, blueprint] : byTitle)
            place->second.push_back(std::move(blueprint));
    }
    return place->second;
}

bool matches(const Blueprint &blueprint, const QString &query)
{
    const QString all = blueprint.title + QLatin1Char('\n') + blueprint.description + QLatin1Char('\n') + blueprint.tags.join(QLatin1Char('\n')) + QLatin1Char('\n')
                        + QString::fromStdString(blueprint.text);
    for (const QString &word : query.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        if (!all.contains(word, Qt::CaseInsensitive))
            return false;
    return true;
}

std::string flowFrom(const Blueprint &blueprint, const std::string &id, const std::string &namespaceId, const flow::TaskCatalog &catalog)
{
    Draft draft(blueprint.text, catalog);
    draft.apply(flow::edits::setProperty(draft.snapshot(), {}, "id", flow::edits::scalarText(id, flow::edits::Context::Block)));
    draft.apply(flow::edits::setProperty(draft.snapshot(), {}, "namespace", flow::edits::scalarText(namespaceId, flow::edits::Context::Block)));
    return *draft.snapshot().text;
}

flow::Result<flow::Edit> insertInto(const Snapshot &into, const Blueprint &blueprint, const flow::TaskCatalog &catalog)
{
    Draft source(blueprint.text, catalog);
    makeNamesFree(source, *into.flow);
    Draft target(*into.text, catalog);
    const flow::Flow &from = source.flow();
    const auto add = [&](const char *list, const std::vector<flow::Item> &items, const std::vector<flow::Item> flow::Flow::*of) {
        for (const flow::Item &item : items)
            target.apply(flow::edits::addItem(target.snapshot(), list, (target.flow().*of).size(), linesOf(source.snapshot(), item.range)));
    };
    add("inputs", from.inputs, &flow::Flow::inputs);
    add("triggers", from.triggers, &flow::Flow::triggers);
    if (const flow::Node *variables = from.root ? from.root->find("variables") : nullptr; variables && variables->isMapping())
        for (const flow::Entry &entry : variables->entries) {
            const flow::Node *own = target.flow().root ? target.flow().root->find("variables") : nullptr;
            if (!own || !own->find(entry.key->text))
                target.apply(flow::edits::setProperty(target.snapshot(), {}, "variables." + entry.key->text, linesOf(source.snapshot(), entry.value->range)));
        }
    for (const flow::TaskList &list : from.lists)
        for (const flow::Task &task : list.tasks) {
            const flow::TaskList *there = target.flow().findList(list.path);
            const flow::Result<flow::Edit> edit =
                flow::edits::addTask(target.snapshot(), {list.path, there ? there->tasks.size() : 0}, linesOf(source.snapshot(), task.range));
            if (!target.apply(edit))
                return edit.error();
        }
    return flow::Edit::make(into.revision, *into.text, {{{0, into.text->size()}, *target.snapshot().text}});
}

} // namespace app
