#include "git/ui/changes_panel.h"
#include "git/ui/diff_view.h"
#include "git/ui/push_panel.h"
#include "support/scratch_repository.h"
#include "ui/state_chip.h"

#include <QAbstractItemModelTester>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace git;

namespace {

ErrorWords words(const Error &error)
{
    return {QStringLiteral("code %1").arg(int(error.code)), QStringLiteral("do something")};
}

bool isFlow(const QString &path)
{
    return path.contains(QLatin1String("flows/"));
}

void write(const test::ScratchRepository &scratch, const char *name, std::string_view text)
{
    test::write(scratch.path() / name, text);
}

} // namespace

class TestGitPanels : public QObject
{
    Q_OBJECT

private:
    test::ScratchHome m_home;
    ui::Theme m_theme = ui::Theme::load(ui::ThemeName::Light);

    // A repository with one commit, a changed flow and another new file, in front of a bare remote.
    struct Scene
    {
        test::ScratchRepository local;
        test::ScratchFolder bare;
        GitController controller{words};
        Scene()
        {
            test::git(bare.path(), {"init", "-q", "--bare", "-b", "main"});
            local.commitFile("team/flows/etl.yaml", "id: etl\n");
            local.git({"remote", "add", "origin", bare.path().string()});
            write(local, "team/flows/etl.yaml", "id: etl\nnamespace: team\n");
            write(local, "notes.txt", "x\n");
            show();
        }
        void show()
        {
            QSignalSpy changed(&controller, &GitController::stateChanged);
            controller.setFolder(QString::fromStdString(local.path().string()));
            QVERIFY(changed.wait());
        }
    };

private slots:
    void flowFilesAreTickedOthersAreNot()
    {
        Scene scene;
        ChangesModel model(m_theme, isFlow);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setState(scene.controller.state());
        QCOMPARE(model.checkedPaths(), QStringList{QStringLiteral("team/flows/etl.yaml")});
        QStringList groups;
        for (int row = 0; row < model.rowCount(); ++row)
            groups << model.index(row, 0).data().toString();
        QCOMPARE(groups, (QStringList{QStringLiteral("Flow files  1"), QStringLiteral("Other files  1"),
                                      QStringLiteral("Commits not pushed  1")}));
        const QModelIndex other = model.index(0, 0, model.index(1, 0));
        QVERIFY(model.setData(other, Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(model.checkedPaths().size(), 2);
        model.setState(scene.controller.state());
        QCOMPARE(model.checkedPaths().size(), 2);
    }

    void commitAndPushByKeyboardArrivesAndIsVerified()
    {
        Scene scene;
        ChangesPanel panel(scene.controller, m_theme, isFlow);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        auto *message = panel.findChild<QPlainTextEdit *>();
        QVERIFY(message);
        panel.beginCommit();
        QTest::keyClicks(message, QStringLiteral("Add namespace"));
        QTest::keyClick(message, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(scene.controller.progress().phase, PushPhase::Pushed);
        QCOMPARE(scene.controller.progress().oid.toStdString(), test::git(scene.bare.path(), {"rev-parse", "main"}));
        QCOMPARE(scene.local.git({"show", "-s", "--format=%s"}), std::string("Add namespace"));
        QVERIFY(panel.message().isEmpty());
        QCOMPARE(scene.local.git({"status", "--porcelain"}), std::string("?? notes.txt"));
        for (const PushStep &step : scene.controller.progress().steps)
            QCOMPARE(step.state, StepState::Done);
    }

    void workOfAnotherProgramShows()
    {
        Scene scene;
        scene.local.git({"checkout", "-q", "-b", "elsewhere"});
        QTRY_COMPARE(scene.controller.state().head.branch, std::string("elsewhere"));
    }

    void aFailedCheckStopsBeforeTheCommit()
    {
        Scene scene;
        scene.controller.setValidate([](const QStringList &) {
            return GitController::CheckResult{{}, QStringLiteral("etl.yaml has 2 errors"), QStringLiteral("Mend them.")};
        });
        const std::string before = scene.local.git({"rev-parse", "HEAD"});
        scene.controller.commitAndPush({QStringLiteral("main"), {QStringLiteral("team/flows/etl.yaml")}, QStringLiteral("m")});
        QCOMPARE(scene.controller.progress().phase, PushPhase::NotPushed);
        QCOMPARE(scene.controller.progress().words.cause, QStringLiteral("etl.yaml has 2 errors"));
        QCOMPARE(scene.local.git({"rev-parse", "HEAD"}), before);
    }

    void aRefusedPushSaysSoAndGoesOnToANewBranch()
    {
        Scene scene;
        test::writeScript(scene.bare.path() / "hooks/update", "#!/bin/sh\n[ \"$1\" != refs/heads/main ] || { echo 'protected'; exit 1; }\n");
        PushPanel panel(scene.controller, m_theme);
        scene.controller.commitAndPush({QStringLiteral("main"), {QStringLiteral("team/flows/etl.yaml")}, QStringLiteral("m")});
        QTRY_COMPARE(scene.controller.progress().phase, PushPhase::NotPushed);
        QCOMPARE(scene.controller.progress().failedStep()->id, StepId::Push);
        QCOMPARE(panel.findChild<ui::StateChip *>(QStringLiteral("pushChip"))->word(), QStringLiteral("Not pushed"));
        QVERIFY(panel.findChild<QLabel *>(QStringLiteral("remoteWords"))->text().contains(QStringLiteral("protected")));
        QVERIFY(panel.findChild<QPushButton *>(QStringLiteral("pushAction")));
        scene.controller.pushAgain(QStringLiteral("feat/ns"));
        QTRY_COMPARE(scene.controller.progress().phase, PushPhase::Pushed);
        QCOMPARE(test::git(scene.bare.path(), {"rev-parse", "feat/ns"}), scene.local.git({"rev-parse", "HEAD"}));
    }

    void aSecretIsNeverCommittedUnlessTheUserSaysItIsNone()
    {
        Scene scene;
        write(scene.local, "team/flows/etl.yaml", "id: etl\npassword: tr0ub4dor&3\n");
        const std::string before = scene.local.git({"rev-parse", "HEAD"});
        scene.controller.commitAndPush({QStringLiteral("main"), {QStringLiteral("team/flows/etl.yaml")}, QStringLiteral("m")});
        QTRY_COMPARE(scene.controller.progress().phase, PushPhase::NotPushed);
        QCOMPARE(scene.controller.progress().failedStep()->id, StepId::Scan);
        QCOMPARE(scene.controller.progress().error->args,
                 (std::vector<std::string>{"team/flows/etl.yaml:2", "password", "tr••••"}));
        QCOMPARE(scene.local.git({"rev-parse", "HEAD"}), before);
        scene.controller.pushWithFindings();
        QTRY_COMPARE(scene.controller.progress().phase, PushPhase::Pushed);
    }

    void aFolderOutsideGitOffersToCreateARepository()
    {
        const test::ScratchFolder folder;
        GitController controller(words);
        QSignalSpy changed(&controller, &GitController::stateChanged);
        controller.setFolder(QString::fromStdString(folder.path().string()));
        QVERIFY(changed.wait());
        QVERIFY(!controller.state().isRepository);
        controller.createRepository();
        QTRY_VERIFY(controller.state().isRepository);
        QCOMPARE(controller.state().head.branch, std::string("main"));
    }

    void diffRowsPairLinesMarkWordsAndFoldTheRest()
    {
        FileDiff diff;
        diff.path = "a.yaml";
        diff.hunks = {{10, 10,
                       {{LineKind::Context, 10, 10, "x: 1"},
                        {LineKind::Removed, 11, 0, "script: check.py"},
                        {LineKind::Added, 0, 11, "script: clean.py"},
                        {LineKind::Added, 0, 12, "new: 1"}}}};
        const std::vector<DiffRow> rows = toRows(diff);
        QCOMPARE(rows.size(), std::size_t(4));
        QCOMPARE(rows[0].folded, 9);
        QCOMPARE(rows[2].left.text, QStringLiteral("script: check.py"));
        QCOMPARE(rows[2].left.changed, (std::vector<TextSpan>{{8, 13}}));
        QCOMPARE(rows[2].right.changed, (std::vector<TextSpan>{{8, 13}}));
        QCOMPARE(rows[3].left.line, 0);
        QCOMPARE(rows[3].right.line, 12);
    }

    void theDiffOfAFileIsShown()
    {
        Scene scene;
        DiffView view(m_theme);
        connect(&scene.controller, &GitController::diffReady, &view, &DiffView::setDiff);
        scene.controller.requestDiff(QStringLiteral("team/flows/etl.yaml"), 3);
        QTRY_COMPARE(view.rows().size(), std::size_t(2));
        QCOMPARE(view.accessibleDescription(), QStringLiteral("team/flows/etl.yaml: 1 lines added, 0 removed"));
    }

    void picture()
    {
        Scene scene;
        m_theme.applyTo(*qApp);
        test::writeScript(scene.bare.path() / "hooks/update", "#!/bin/sh\necho 'main takes changes by pull request only'\nexit 1\n");
        QWidget window;
        auto *layout = new QHBoxLayout(&window);
        auto *changes = new ChangesPanel(scene.controller, m_theme, isFlow);
        auto *diff = new DiffView(m_theme);
        auto *push = new PushPanel(scene.controller, m_theme);
        layout->addWidget(changes, 2);
        layout->addWidget(diff, 5);
        layout->addWidget(push, 3);
        connect(&scene.controller, &GitController::diffReady, diff, &DiffView::setDiff);
        scene.controller.requestDiff(QStringLiteral("team/flows/etl.yaml"), 3);
        scene.controller.commitAndPush({QStringLiteral("main"), {}, {}});
        QTRY_COMPARE(scene.controller.progress().phase, PushPhase::NotPushed);
        window.resize(1300, 700);
        window.show();
        QVERIFY(window.grab().save(QStringLiteral(LEAT_BINARY_DIR "/git_panels.png")));
    }
};

QTEST_MAIN(TestGitPanels)
#include "tst_git_panels.moc"
