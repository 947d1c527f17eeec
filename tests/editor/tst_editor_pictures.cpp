#include "editor/yaml_editor.h"
#include "support/catalog.h"

#include <QDir>
#include <QTest>

using namespace editor;

namespace {

const char kPayments[] = R"(# Settles the card payments of the day before.
id: payments_etl
namespace: acme.payments

inputs:
  - id: day
    type: DATE
  - id: risk_limit
    type: FLOAT
    defaults: 0.82

tasks:
  - id: download
    type: io.kestra.plugin.core.http.Download
    uri: "{{ vars.bank }}/{{ inputs.day }}.csv"
    retry:
      type: constant
      interval: PT0.3S
      maxAttempts: 3

  # Rejects missing or duplicate ids
  - id: validate
    type: io.kestra.plugin.scripts.python.Script
    inputFiles:
      payments.csv: "{{ outputs.download.uri }}"
    script: |
      import csv
      for row in csv.reader(open("payments.csv")):
          print("{{ inputs.day }}", row)  # one a line
    logLevel: DEBUG

  - id: score
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: score_rules
        type: io.kestra.plugin.jdbc.sqlite.Query
        sql: SELECT id, count(*) FROM payments WHERE amount > 10
      - id: notify
        type: io.kestra.plugin.core.log.Log
        message: ["{{ outputs.download.uri }}", plain, 3, true]
        level: &lvl INFO
)";

} // namespace

/// Draws the text view in each theme into the build folder, to be looked at; checks that colours are
/// those of the theme.
class EditorPictures : public QObject
{
    Q_OBJECT

private slots:
    void themes_data()
    {
        QTest::addColumn<ui::ThemeName>("name");
        QTest::newRow("light") << ui::ThemeName::Light;
        QTest::newRow("dark") << ui::ThemeName::Dark;
        QTest::newRow("contrast") << ui::ThemeName::HighContrast;
    }
    void themes()
    {
        QFETCH(ui::ThemeName, name);
        const ui::Theme theme = ui::Theme::load(name);
        DocumentSession session(test::sharedCatalog());
        session.create(kPayments);
        YamlEditor view(theme);
        view.setSession(&session);
        view.setBaseText(std::string(kPayments).replace(std::string(kPayments).find("DEBUG"), 5, "INFO").erase(std::string(kPayments).find("  # Rejects"), 35));
        view.resize(480, 880);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const std::string text = session.text();
        const std::size_t type = text.find("type: io.kestra.plugin.scripts");
        view.goToOffset(type);
        view.setMarkedRange({text.find("- id: validate"), text.find("\n\n  - id: score") + 1});
        flow::Diagnostic warning;
        warning.severity = flow::Severity::Warning;
        warning.range = {type + 6, type + 44};
        flow::Diagnostic error;
        error.range = {text.find("SELECT"), text.find("SELECT") + 6};
        view.setHints({{32, QStringLiteral("612")}});
        view.setBreakpoints({12}, {20});
        QTest::qWait(250); // change bars come with the next quiet moment
        view.setDiagnostics({warning, error});
        view.toggleFold(4);
        const QImage picture = view.grab().toImage();
        QDir().mkpath(QStringLiteral(LEAT_BINARY_DIR "/pictures"));
        QVERIFY(picture.save(QStringLiteral(LEAT_BINARY_DIR "/pictures/editor-%1.png").arg(QLatin1String(QTest::currentDataTag()))));
        QCOMPARE(picture.pixelColor(470, 5), theme.color("editor"));
        const int y = view.caretRect(type).center().y() + view.viewport()->y();
        QCOMPARE(picture.pixelColor(470, y), theme.color("caretLine"));
        QCOMPARE(picture.pixelColor(2, y), theme.color("caretLine"));
    }
};

QTEST_MAIN(EditorPictures)
#include "tst_editor_pictures.moc"
