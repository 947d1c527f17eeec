#pragma once

#include <QToolButton>

namespace app {

class AppState;

/// A button of the tool bar, painted from the tokens: icon, words, then what it has of keys (mono), a
/// count in a pill, and an arrow when a menu hangs below it. GUI thread.
class BarButton : public QToolButton
{
    Q_OBJECT

public:
    enum class Look {
        Flat,     ///< no frame until the pointer is on it
        Outlined, ///< a frame
        Primary,  ///< filled with the accent
        Field,    ///< a frame, its words those of an empty field
    };
    BarButton(AppState &state, Look look, const QString &icon, const QString &words = {}, QWidget *parent = nullptr);

    void setWords(const QString &words);
    void setKeys(const QString &keys);
    void setCount(int count); ///< 0: no pill
    void setStrong(bool strong) { m_strong = strong; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int widthOf(const QString &words) const; ///< of the whole button with these words
    int keysWidth() const;
    int pillWidth() const;
    QFont wordsFont() const;

    AppState &m_state;
    Look m_look;
    QString m_icon;
    QString m_words;
    QString m_keys;
    int m_count = 0;
    bool m_strong = false;
};

} // namespace app
