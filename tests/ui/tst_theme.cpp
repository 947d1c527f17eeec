#include "ui/theme.h"

#include <QApplication>
#include <QDirIterator>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest>

#include <cmath>

namespace {

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// Contrast ratio of WCAG 2.1.
double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

const QList<ui::ThemeName> kThemes{ui::ThemeName::Light, ui::ThemeName::Dark, ui::ThemeName::HighContrast};

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void everyThemeHasTheSameTokens()
    {
        const QStringList light = ui::Theme::load(ui::ThemeName::Light).tokens();
        QVERIFY(light.size() > 80);
        for (const ui::ThemeName name : kThemes) {
            const ui::Theme theme = ui::Theme::load(name);
            QCOMPARE(theme.tokens(), light);
            for (const QString &token : light)
                QVERIFY2(theme.color(qPrintable(token)).isValid(), qPrintable(token));
        }
    }

    void missingTokenIsLoudAndMagenta()
    {
        QTest::ignoreMessage(QtWarningMsg, "ui: no colour token nothing");
        QCOMPARE(ui::Theme::load(ui::ThemeName::Dark).color("nothing"), QColor(Qt::magenta));
    }

    void textIsReadable_data()
    {
        QTest::addColumn<QString>("sign");
        QTest::addColumn<QStringList>("grounds");
        QTest::addColumn<double>("least");
        const QStringList text{"panel", "editor", "canvas"};
        QTest::newRow("text") << "text" << (text + QStringList{"selected", "window", "header", "raised", "match", "hover"}) << 4.5;
        QTest::newRow("text2") << "text2" << (text + QStringList{"selected", "window", "header", "raised"}) << 4.5;
        QTest::newRow("text3") << "text3" << text << 4.5;
        QTest::newRow("onAccent") << "onAccent" << QStringList{"accent", "accentHover"} << 4.5;
        QTest::newRow("link") << "link" << QStringList{"panel", "raised"} << 4.5;
        QTest::newRow("accent") << "accent" << QStringList{"panel", "raised", "canvas"} << 3.0;
        QTest::newRow("lineStrong") << "lineStrong" << QStringList{"panel", "raised"} << 3.0;
        QTest::newRow("focus") << "focus" << QStringList{"canvas", "panel", "raised"} << 3.0;
        QTest::newRow("edge") << "edge" << QStringList{"canvas", "band"} << 3.0;
        QTest::newRow("noteText") << "noteText" << QStringList{"note"} << 4.5;
        QTest::newRow("tipText") << "tipText" << QStringList{"tip"} << 4.5;
        for (const char *state : {"created", "queued", "running", "paused", "restarted", "killing", "success",
                                  "warning", "failed", "killed", "cancelled", "retrying", "retried", "skipped",
                                  "breakpoint"})
            QTest::newRow(state) << QStringLiteral("s_%1").arg(state)
                                 << QStringList{"raised", "panel", "canvas", "editor"} << 4.5;
        for (const char *state : {"success", "warning", "failed", "running", "paused", "breakpoint", "retrying"})
            QTest::addRow("%s chip", state) << QStringLiteral("s_%1").arg(state)
                                            << QStringList{QStringLiteral("b_%1").arg(state)} << 4.5;
        for (const char *syntax : {"key", "string", "type", "expr", "comment", "anchor", "number", "punct", "hint"})
            QTest::newRow(syntax) << QStringLiteral("y_%1").arg(syntax)
                                  << QStringList{"editor", "caretLine", "stopLine"} << 4.5;
        for (const char *family : {"flow", "script", "data", "net", "notify", "core"})
            QTest::newRow(family) << QStringLiteral("f_%1").arg(family)
                                  << QStringList{QStringLiteral("f_%1Bg").arg(family)} << 4.5;
        for (const char *kind : {"added", "removed", "changed", "moved"})
            QTest::newRow(kind) << QStringLiteral("d_%1").arg(kind)
                                << QStringList{QStringLiteral("d_%1Bg").arg(kind)} << 4.5;
    }

    void textIsReadable()
    {
        QFETCH(QString, sign);
        QFETCH(QStringList, grounds);
        QFETCH(double, least);
        for (const ui::ThemeName name : kThemes) {
            const ui::Theme theme = ui::Theme::load(name);
            for (const QString &ground : grounds) {
                const double ratio = contrast(theme.color(qPrintable(sign)), theme.color(qPrintable(ground)));
                QVERIFY2(ratio >= least, qPrintable(QStringLiteral("%1 on %2 in theme %3: %4")
                                                        .arg(sign, ground).arg(int(name)).arg(ratio)));
            }
        }
    }

    void everyIconDraws()
    {
        const ui::Theme theme = ui::Theme::load(ui::ThemeName::Light);
        int count = 0;
        for (QDirIterator it(QStringLiteral(":/icons")); it.hasNext();) {
            const QString name = QFileInfo(it.next()).completeBaseName();
            const QImage image = theme.pixmap(name, Qt::red, 20, 2).toImage();
            QCOMPARE(image.size(), QSize(40, 40));
            bool drawn = false;
            for (int y = 0; y < image.height() && !drawn; ++y)
                for (int x = 0; x < image.width() && !drawn; ++x)
                    drawn = qAlpha(image.pixel(x, y)) > 0;
            QVERIFY2(drawn, qPrintable(name));
            ++count;
        }
        QVERIFY(count >= 128);
    }

    void iconTakesTheColorAsked()
    {
        const ui::Theme theme = ui::Theme::load(ui::ThemeName::Dark);
        const QImage image = theme.pixmap(QStringLiteral("stop"), QColor(1, 200, 3), 32).toImage();
        bool found = false;
        for (int y = 0; y < 32 && !found; ++y)
            for (int x = 0; x < 32 && !found; ++x)
                found = image.pixelColor(x, y) == QColor(1, 200, 3);
        QVERIFY(found);
    }

    void styleSheetHasNoEmptyPlace()
    {
        for (const ui::ThemeName name : kThemes) {
            const QString sheet = ui::Theme::load(name, 1.5).styleSheet();
            QVERIFY(sheet.size() > 2000);
            QVERIFY(!sheet.contains(QLatin1Char('@')));
            QVERIFY(!sheet.contains(QStringLiteral("#ff00ff")));
        }
    }

    void everyPictureOfTheStyleSheetExists()
    {
        static const QRegularExpression url(QStringLiteral("url\\(([^)]+)\\)"));
        for (const ui::ThemeName name : kThemes) {
            const QString sheet = ui::Theme::load(name).styleSheet();
            for (auto it = url.globalMatch(sheet); it.hasNext();) {
                const QString path = it.next().captured(1);
                QVERIFY2(QFile::exists(path), qPrintable(path));
            }
        }
    }

    void applyingAThemeKeepsTheWidgets()
    {
        QLineEdit field(QStringLiteral("text"));
        field.show();
        for (const ui::ThemeName name : kThemes) {
            const ui::Theme theme = ui::Theme::load(name);
            theme.applyTo(*qApp);
            QCOMPARE(field.text(), QStringLiteral("text"));
            QCOMPARE(qApp->palette().color(QPalette::Base), theme.color("field"));
        }
        ui::Theme::load(ui::ThemeName::Light).applyTo(*qApp);
        QCOMPARE(field.height(), 28);
    }

    void fontsFollowTheTextSize()
    {
        QCOMPARE(ui::Theme::load(ui::ThemeName::Light).font().pixelSize(), 13);
        QCOMPARE(ui::Theme::load(ui::ThemeName::Light, 2).font().pixelSize(), 26);
        QCOMPARE(ui::Theme::load(ui::ThemeName::Light, 2).scaled(24), 48);
        QCOMPARE(ui::Theme::load(ui::ThemeName::Light).monoFont(10.5).pointSizeF(),
                 10.5 * 72 / QGuiApplication::primaryScreen()->logicalDotsPerInchY());
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
