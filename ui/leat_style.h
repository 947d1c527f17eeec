#pragma once

#include <QProxyStyle>

namespace ui {

/// Fusion with three habits changed: mnemonics are underlined only while Alt is held, buttons of dialogs
/// have no pictures, bars have no margins beyond those of the style sheet. GUI thread.
class LeatStyle : public QProxyStyle
{
    Q_OBJECT

public:
    LeatStyle();
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    using QProxyStyle::polish;
    using QProxyStyle::unpolish;
    void polish(QApplication *application) override;
    void unpolish(QApplication *application) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool m_alt = false;
};

} // namespace ui
