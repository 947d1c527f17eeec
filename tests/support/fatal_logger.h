#pragma once

#include <QByteArray>
#include <QtTest>

namespace test {

/// Ends the test on any warning of ours or of Qt, except the few an offscreen platform cannot help.
/// Install with `test::FatalLogger logger;` as the first member of a test class.
class FatalLogger
{
public:
    FatalLogger() { s_before = qInstallMessageHandler(handle); }
    ~FatalLogger() { qInstallMessageHandler(s_before); }

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
    {
        static const char *const harmless[] = {"This plugin does not support", "QStandardPaths: XDG_RUNTIME_DIR not set",
                                               "QFont::", "OpenType support missing", "Populating font family aliases"};
        for (const char *words : harmless)
            if (message.contains(QLatin1String(words)))
                return;
        if (type == QtWarningMsg || type == QtCriticalMsg)
            QTest::qFail(qPrintable(QStringLiteral("stray warning: ") + message), context.file ? context.file : "", context.line);
        if (s_before)
            s_before(type, context, message);
    }
    static inline QtMessageHandler s_before = nullptr;
};

} // namespace test
