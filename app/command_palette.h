#pragma once

#include "ui/theme.h"

#include <QDialog>
#include <QList>

#include <functional>

class QListView;

namespace ui {
class SearchField;
}

namespace app {

class AppState;
class PaletteList;

/// One line the command palette can offer.
struct PaletteEntry
{
    enum class Kind { Command, File, Task, Run };
    Kind kind = Kind::Command;
    QString icon;
    const char *iconToken = "text2";
    QString title;
    QString group; ///< "File", "Flow", the folder of a file
    QString keys;  ///< shortcut, as shown
    bool enabled = true;
    std::function<void()> run;
};

/// How well `query` names `text`: a prefix beats a word start beats letters in order; 0 is no match. The
/// places of the letters are given for drawing them bold.
int fuzzyScore(const QString &query, const QString &text, QList<int> *places = nullptr);

/// Search over commands, tasks, files and runs. Prefixes: `>` commands, `@` tasks of this flow, `#` runs,
/// `:` line. Closes on Esc and gives the focus back; runs the chosen entry after it has closed.
class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    struct Source
    {
        QList<PaletteEntry> commands;
        QList<PaletteEntry> tasks;
        QList<PaletteEntry> files;
        QList<PaletteEntry> runs;
        std::function<void(int line)> goToLine; ///< empty without a document
    };

    CommandPalette(AppState &state, Source source, const QString &start, QWidget *parent);

    int shownEntries() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search(const QString &text);
    void accept() override;

    Source m_source;
    ui::SearchField *m_field;
    QListView *m_view;
    PaletteList *m_list;
    AppState &m_state;
};

} // namespace app
