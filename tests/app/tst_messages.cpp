#include "app/diagnostic_texts.h"
#include "app/messages.h"

#include <QFile>
#include <QXmlStreamReader>
#include <QtTest>

/// Each code of each room has its sentence, and each sentence its translation.
class TestMessages : public QObject
{
    Q_OBJECT

private:
    template <typename Error, typename Code>
    static void walk(Code last)
    {
        for (int code = 0; code <= int(last); ++code) {
            const QString words = app::sentence(Error{Code(code), {"one", "two", "three"}, "place"});
            QVERIFY2(!words.isEmpty(), qPrintable(QString::number(code)));
            QVERIFY2(!words.contains(QLatin1Char('%')), qPrintable(words));
        }
    }

private slots:
    void everyErrorOfTheFlowRoom() { walk<flow::Error>(flow::ErrorCode::ReadOnly); }
    void everyErrorOfTheEngine() { walk<engine::Error>(engine::ErrorCode::StoreFailed); }
    void everyErrorOfGit() { walk<git::Error>(git::ErrorCode::Failed); }
    void everyErrorOfFiles() { walk<editor::FileError>(editor::FileErrorCode::ReadOnly); }

    void everyDiagnosticIsListedForTranslation()
    {
        QStringList listed, wanted;
        for (const char *text : app::kDiagnosticTexts)
            listed.append(QString::fromUtf8(text));
        for (const std::string_view code : flow::diagnosticCodes())
            wanted.append(QString::fromStdString(std::string(flow::sentenceOf(code))));
        listed.sort();
        wanted.sort();
        QCOMPARE(listed, wanted);
    }

    void labelsOfStepsHaveWords()
    {
        QCOMPARE(app::labelText({"edit.rename-task", {"load"}}), QStringLiteral("Rename load"));
        QCOMPARE(app::labelText({"edit.type", {}}), QStringLiteral("Typing"));
    }

    void noTranslationIsUnfinished_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("least");
        QTest::newRow("Korean") << QStringLiteral("ko") << 700;
        QTest::newRow("English plurals") << QStringLiteral("en") << 20;
    }
    void noTranslationIsUnfinished()
    {
        QFETCH(QString, language);
        QFETCH(int, least);
        QFile file(QStringLiteral(LEAT_SOURCE_DIR "/translations/leat_%1.ts").arg(language));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString source;
        int messages = 0;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == QLatin1String("source"))
                source = xml.readElementText();
            if (xml.name() != QLatin1String("translation"))
                continue;
            ++messages;
            QVERIFY2(!xml.attributes().hasAttribute(QStringLiteral("type")), qPrintable(source));
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            QVERIFY2(!text.isEmpty(), qPrintable(source));
            for (const char *place : {"%1", "%2", "%3", "%w"})
                QVERIFY2(source.contains(QLatin1String(place)) == text.contains(QLatin1String(place)), qPrintable(source));
        }
        QVERIFY(messages >= least);
    }
};

QTEST_MAIN(TestMessages)
#include "tst_messages.moc"
