#include "canvas_fixture.h"

#include <QApplication>
#include <QDir>
#include <QTranslator>

/// Draws the canvas in its states and themes into the build folder, to be looked at.
class TestPictures : public QObject
{
    Q_OBJECT

private:
    static QString folder()
    {
        const QString path = QStringLiteral(LEAT_BINARY_DIR "/pictures/canvas");
        QDir().mkpath(path);
        return path;
    }

    static std::string sample(const char *name)
    {
        QFile file(QStringLiteral(LEAT_SOURCE_DIR "/tests/canvas/samples/%1.yaml").arg(QLatin1String(name)));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no sample %s", name);
        return file.readAll().toStdString();
    }

    static void save(canvas::CanvasView &view, const QString &name, double ratio = 1)
    {
        QImage image(view.size() * ratio, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(ratio);
        image.fill(Qt::magenta);
        static_cast<QWidget &>(view).render(&image);
        QVERIFY(image.save(folder() + QLatin1Char('/') + name + QStringLiteral(".png")));
    }

    /// Every theme, in English and Korean, at 100 and 200 %.
    static void looks()
    {
        QTest::addColumn<int>("theme");
        QTest::addColumn<double>("ratio");
        QTest::addColumn<bool>("korean");
        const std::pair<const char *, ui::ThemeName> names[] = {{"light", ui::ThemeName::Light}, {"dark", ui::ThemeName::Dark}, {"contrast", ui::ThemeName::HighContrast}};
        for (const auto &[name, theme] : names)
            for (const double ratio : {1.0, 2.0})
                for (const bool korean : {false, true})
                    QTest::addRow("%s%s%s", name, ratio > 1 ? "-200" : "", korean ? "-ko" : "") << int(theme) << ratio << korean;
    }

    QTranslator m_korean;

private slots:
    void initTestCase() { QVERIFY(m_korean.load(QStringLiteral(LEAT_BINARY_DIR "/translations/leat_ko.qm"))); }
    void init()
    {
        if (QTest::currentDataTag() && QByteArray(QTest::currentDataTag()).endsWith("-ko"))
            qApp->installTranslator(&m_korean);
    }
    void cleanup() { qApp->removeTranslator(&m_korean); }

    void mainPicture_data() { looks(); }

    void mainPicture()
    {
        QFETCH(int, theme);
        QFETCH(double, ratio);
        Shown shown(sample("payments_etl"));
        shown.view.setTheme(ui::Theme::load(ui::ThemeName(theme)));
        shown.view.setSelected({QStringLiteral("tasks[1]")});
        shown.view.flowScene().setBreakpoints({{"load", canvas::BreakpointLook::On}});
        save(shown.view, QStringLiteral("main-%1").arg(QLatin1String(QTest::currentDataTag())), ratio);
    }

    void runPicture_data() { themes(); }
    void runPicture()
    {
        QFETCH(int, theme);
        Shown shown(sample("payments_etl"));
        shown.view.setTheme(ui::Theme::load(ui::ThemeName(theme)));
        canvas::RunOverlay run;
        const auto task = [&](const char *id, const char *state, qint64 millis, const char *value = "") {
            run.tasks[id] = {QLatin1String(state), millis, 1, 1, {}, QLatin1String(value), false};
        };
        task("download", "SUCCESS", 1840);
        task("validate", "WARNING", 3120, "clean.csv, 48,210 rows");
        task("score", "FAILED", 6410);
        task("score_rules", "SUCCESS", 920);
        task("score_model", "FAILED", 6400);
        task("score_geo", "SUCCESS", 2270);
        task("page_oncall", "RUNNING", 310);
        shown.view.setRun(run);
        shown.view.setSelected({QStringLiteral("tasks[2].tasks[1]")}, false);
        save(shown.view, QStringLiteral("run-%1").arg(QLatin1String(QTest::currentDataTag())));
    }

    void allKinds_data() { themes(); }
    void allKinds()
    {
        QFETCH(int, theme);
        Shown shown(sample("all_kinds"), QSize(1000, 1760));
        shown.view.setTheme(ui::Theme::load(ui::ThemeName(theme)));
        shown.view.zoomToFit();
        save(shown.view, QStringLiteral("kinds-%1").arg(QLatin1String(QTest::currentDataTag())));
    }

    void states_data() { looks(); }
    void states()
    {
        QFETCH(int, theme);
        QFETCH(double, ratio);
        const QString look = QLatin1Char('-') + QLatin1String(QTest::currentDataTag());
        std::string text = "id: states\nnamespace: n\ntasks:\n  - id: all\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n";
        const QStringList words{"CREATED", "QUEUED", "RUNNING", "PAUSED", "RESTARTED", "KILLING", "SUCCESS", "WARNING", "FAILED",
                                "INTERRUPTED", "KILLED", "CANCELLED", "RETRYING", "RETRIED", "SKIPPED", "BREAKPOINT"};
        canvas::RunOverlay run;
        for (const QString &word : words) {
            text += "      - id: " + word.toStdString() + "\n        type: io.kestra.plugin.scripts.python.Script\n";
            run.tasks[word.toStdString()] = {word, 6400, 1, 1, {}, {}, false};
        }
        Shown shown(text, QSize(2960, 220));
        shown.view.setTheme(ui::Theme::load(ui::ThemeName(theme)));
        shown.view.setRun(run);
        shown.view.zoomToFit();
        save(shown.view, QStringLiteral("states") + look, ratio);
    }

    void zooms_data()
    {
        QTest::addColumn<double>("zoom");
        QTest::addColumn<int>("theme");
        const std::pair<const char *, ui::ThemeName> names[] = {{"light", ui::ThemeName::Light}, {"dark", ui::ThemeName::Dark}, {"contrast", ui::ThemeName::HighContrast}};
        for (const auto &[name, theme] : names)
            for (const int percent : {60, 30, 10})
                QTest::addRow("%d-%s", percent, name) << percent / 100.0 << int(theme);
    }
    void zooms()
    {
        QFETCH(double, zoom);
        QFETCH(int, theme);
        std::string text = "id: big\nnamespace: n\ntasks:\n";
        canvas::RunOverlay run;
        const char *states[] = {"SUCCESS", "SUCCESS", "RUNNING", "FAILED", "SKIPPED", "SUCCESS"};
        for (int i = 0; i < 1000; ++i) {
            text += "  - id: group_" + std::to_string(i) + "\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n";
            for (int j = 0; j < 9; ++j) {
                const std::string id = "task_" + std::to_string(i) + "_" + std::to_string(j);
                text += "      - id: " + id + "\n        type: io.kestra.plugin.core.debug.Return\n";
                run.tasks[id] = {QLatin1String(states[(i * 7 + j * 3) % 6]), 120, 1, 1, {}, {}, false};
            }
        }
        Shown shown(text, QSize(1000, 700));
        shown.view.setTheme(ui::Theme::load(ui::ThemeName(theme)));
        shown.view.setRun(run);
        shown.view.setZoom(zoom);
        save(shown.view, QStringLiteral("zoom-%1").arg(QLatin1String(QTest::currentDataTag())));
    }

    void dragAndRefusal_data() { looks(); }
    void dragAndRefusal()
    {
        QFETCH(int, theme);
        QFETCH(double, ratio);
        const QString look = QLatin1Char('-') + QLatin1String(QTest::currentDataTag());
        Shown shown(sample("payments_etl"));
        shown.view.setTheme(ui::Theme::load(ui::ThemeName(theme)));
        QWidget *port = shown.view.viewport();
        const auto move = [&](QPoint at) {
            QMouseEvent event(QEvent::MouseMove, at, port->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(port, &event);
        };
        QTest::mousePress(port, Qt::LeftButton, {}, shown.at("download"));
        move(shown.at("download") + QPoint(20, 20));
        move(shown.at("high_risk") - QPoint(0, 24));
        save(shown.view, QStringLiteral("drag") + look, ratio);
        QTest::keyClick(&shown.view, Qt::Key_Escape);

        Shown dag(sample("all_kinds"), QSize(900, 620));
        dag.view.setTheme(ui::Theme::load(ui::ThemeName(theme)));
        dag.view.showNode(dag.node("graph"), false);
        const auto &scene = dag.view.flowScene();
        QTest::mousePress(dag.view.viewport(), Qt::LeftButton, {}, dag.view.mapFromScene(canvas::look::outPort(scene.bodyOf(dag.node("load_all")))));
        port = dag.view.viewport();
        move(dag.at("load_all") + QPoint(30, 60));
        move(dag.at("extract"));
        save(dag.view, QStringLiteral("dag-refused") + look, ratio);
        move(dag.at("lookup") + QPoint(500, 200));
        QTest::keyClick(&dag.view, Qt::Key_Escape);
    }

    void collapsedSearchAndBroken_data() { looks(); }
    void collapsedSearchAndBroken()
    {
        QFETCH(int, theme);
        QFETCH(double, ratio);
        const QString look = QLatin1Char('-') + QLatin1String(QTest::currentDataTag());
        Shown shown(sample("payments_etl"));
        shown.view.setTheme(ui::Theme::load(ui::ThemeName(theme)));
        shown.view.flowScene().setCollapsed(shown.node("score"), true);
        shown.view.search(QStringLiteral("risk"));
        save(shown.view, QStringLiteral("collapsed-search") + look, ratio);

        std::string text = sample("payments_etl");
        text.insert(text.find("    uri: \"{{ vars.geo"), "    bad: \"open\n   x: [\n");
        text.insert(text.find("  - id: load"), "  - id: oops\n    type: \"open\n");
        Shown broken(text);
        broken.view.setTheme(ui::Theme::load(ui::ThemeName(theme)));
        save(broken.view, QStringLiteral("broken") + look, ratio);
        broken.session.document = flow::FlowDocument("tasks: [\n  {");
        broken.session.analyse();
        broken.view.showSnapshot(broken.session.document.snapshot());
        save(broken.view, QStringLiteral("unreadable") + look, ratio);
    }

    void korean()
    {
        std::string text = sample("payments_etl");
        const std::string english = "Rejects missing or duplicate ids";
        text.replace(text.find(english), english.size(), "누락·중복 결제 번호를 걸러냅니다");
        Shown shown(text);
        save(shown.view, QStringLiteral("korean"));
    }

    void empty()
    {
        Shown shown("id: f\nnamespace: n\ntasks: []\n", QSize(612, 300));
        save(shown.view, QStringLiteral("empty"));
    }

private:
    static void themes()
    {
        QTest::addColumn<int>("theme");
        QTest::newRow("light") << int(ui::ThemeName::Light);
        QTest::newRow("dark") << int(ui::ThemeName::Dark);
        QTest::newRow("contrast") << int(ui::ThemeName::HighContrast);
    }
};

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    app.setStyle(QStringLiteral("Fusion"));
    TestPictures test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_pictures.moc"
