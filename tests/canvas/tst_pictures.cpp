#include "canvas_fixture.h"

#include <QApplication>
#include <QDir>

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

private slots:
    void mainPicture_data()
    {
        QTest::addColumn<int>("theme");
        QTest::addColumn<double>("ratio");
        QTest::newRow("light") << int(ui::ThemeName::Light) << 1.0;
        QTest::newRow("dark") << int(ui::ThemeName::Dark) << 1.0;
        QTest::newRow("contrast") << int(ui::ThemeName::HighContrast) << 1.0;
        QTest::newRow("light-200") << int(ui::ThemeName::Light) << 2.0;
    }

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
