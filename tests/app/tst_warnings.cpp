#include "app/document_area.h"
#include "app/flow_page.h"
#include "app/problems_panel.h"
#include "app/run/log_view.h"
#include "app/run/run_controller.h"
#include "app/run/run_panel.h"
#include "editor/editor_pane.h"
#include "editor/navigation.h"
#include "editor/yaml_editor.h"
#include "ui/banner.h"
#include "window_fixture.h"

#include <QPushButton>
#include <QTableView>

/// What an analysis alone does not tell: templates that would fail, subflows that are missing, and the place in
/// the text that a failed run speaks of.
class WarningsTest : public QObject
{
    Q_OBJECT

    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    /// `line:column code` of each problem of the current flow.
    static QStringList problems(app::MainWindow &window)
    {
        QStringList lines;
        for (const app::Problem &problem : window.documents().currentFlow()->problems())
            lines << QStringLiteral("%1:%2 %3").arg(problem.line).arg(problem.column).arg(problem.code);
        return lines;
    }
    static std::size_t badgesOf(app::MainWindow &window, const char *task)
    {
        const canvas::GraphNodes &nodes = window.documents().currentFlow()->canvas().flowScene().graph().nodes;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            if (nodes[i].id == task)
                return nodes[i].problems.size();
        return 99;
    }
    static void type(app::FlowPage &page, std::string_view before, const std::string &text)
    {
        const std::string &whole = page.session().text();
        const std::size_t at = whole.find(before);
        QVERIFY(at != std::string::npos);
        const auto edit = flow::Edit::make(page.session().revision(), whole, {{{at, at}, text}});
        QVERIFY(edit && page.session().submit(*edit, {"edit.type", {}}));
    }

    static constexpr const char *kFlow = R"(id: faulty
namespace: company.team
tasks:
  - id: shown
    type: io.kestra.plugin.core.log.Log
    message: "{{ flow.id | nofilter }}"
  - id: called
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: beside
)";

private slots:
    void warningsComeOnceTheTextRests()
    {
        test::WindowFixture fixture;
        write(fixture.flowPath(QStringLiteral("faulty")), kFlow);
        app::MainWindow &window = fixture.open(QStringLiteral("faulty"));
        app::FlowPage &page = *window.documents().currentFlow();
        const QStringList both{QStringLiteral("6:18 template-fault"), QStringLiteral("10:13 unknown-subflow")};
        QTRY_COMPARE(problems(window), both);
        QTRY_COMPARE(badgesOf(window, "shown"), std::size_t(1));
        QCOMPARE(badgesOf(window, "called"), std::size_t(1));
        const auto *list = window.findChild<app::ProblemsPanel *>();
        QVERIFY(list);
        QTRY_COMPARE(const_cast<app::ProblemsPanel *>(list)->model().rowCount(), 2);
        const std::size_t filter = page.session().text().find("nofilter");
        QVERIFY(page.textPane().navigation().hoverText(filter).contains(QLatin1String("nofilter")));
        // Scintilla's indicator of warnings stands below the filter's name
        const long marks = page.textView().SendScintilla(QsciScintillaBase::SCI_INDICATORALLONFOR, static_cast<unsigned long>(filter));
        QVERIFY(marks != 0);
    }

    void warningsMoveWithTheTextAndGoWithTheirCause()
    {
        test::WindowFixture fixture;
        write(fixture.flowPath(QStringLiteral("faulty")), kFlow);
        app::MainWindow &window = fixture.open(QStringLiteral("faulty"));
        app::FlowPage &page = *window.documents().currentFlow();
        QTRY_COMPARE(problems(window).size(), 2);
        type(page, "tasks:", "description: one more line\n");
        page.session().freshSnapshot();
        QCOMPARE(problems(window), (QStringList{QStringLiteral("7:18 template-fault"), QStringLiteral("11:13 unknown-subflow")}));
        type(page, "filter }}", "t"); // into the name itself: said again only once it was looked at
        page.session().freshSnapshot();
        QCOMPARE(problems(window), QStringList{QStringLiteral("11:13 unknown-subflow")});
        QTRY_COMPARE(problems(window).size(), 2);
        page.session().undo();
        page.session().undo();
        write(fixture.flowPath(QStringLiteral("beside")), "id: beside\nnamespace: company.team\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: a\n");
        QTRY_COMPARE(problems(window), QStringList{QStringLiteral("6:18 template-fault")});
    }

    void aFailedRunLeadsToItsTemplate()
    {
        test::WindowFixture fixture;
        write(fixture.flowPath(QStringLiteral("fails")), R"(id: fails
namespace: company.team
tasks:
  - id: before
    type: io.kestra.plugin.core.log.Log
    message: fine
  - id: shown
    type: io.kestra.plugin.core.log.Log
    message: |
      first
      {{ outputs.nowhere.value }}
)");
        app::MainWindow &window = fixture.open(QStringLiteral("fails"));
        app::FlowPage &page = *window.documents().currentFlow();
        window.runs().run(&page, false);
        QTRY_VERIFY_WITH_TIMEOUT(window.runs().shown() && window.runs().shown()->ended(), 30'000);
        app::RunPanel &panel = *window.runs().runPanel();
        const app::LogModel &log = panel.logView().model();
        QModelIndex row;
        QTRY_VERIFY([&] {
            for (int i = 0; i < log.rowCount(); ++i)
                if (const QModelIndex one = log.index(i, app::LogModel::TextColumn); one.data().toString().startsWith(QLatin1String("11:18  Unable to find")))
                    row = one;
            return row.isValid();
        }());
        const std::size_t place = page.session().text().find("nowhere");
        page.textView().goToOffset(0);
        emit panel.logView().findChild<QTableView *>()->activated(row);
        QCOMPARE(page.textView().caretOffset(), place);

        page.textView().goToOffset(0);
        auto *banner = panel.findChild<ui::Banner *>();
        QVERIFY(banner && banner->isVisible());
        for (QPushButton *button : banner->findChildren<QPushButton *>())
            if (button->text() == QLatin1String("Go to shown"))
                button->click();
        QCOMPARE(page.textView().caretOffset(), place);

        type(page, "{{ outputs", "x"); // the template is another one now: its task is the place
        page.session().freshSnapshot();
        page.textView().goToOffset(0);
        emit panel.logView().findChild<QTableView *>()->activated(row);
        QCOMPARE(page.textView().caretOffset(), page.session().text().find("shown"));
    }
};

QTEST_MAIN(WarningsTest)
#include "tst_warnings.moc"
