#pragma once

#include "engine/flow/edits.h"
#include "engine/flow/task_catalog.h"

#include <QFrame>

#include <memory>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace ui {
class Theme;
}

namespace canvas {

/// What a quick insert is for.
enum class Offer {
    Tasks,    ///< types of tasks
    Triggers, ///< types of triggers
    Values,   ///< types of inputs and outputs
    Groups,   ///< flowables that can hold what is selected
};

/// A small list of types over the canvas: typing narrows it, Enter takes the first, Esc gives the
/// focus back. Knows the catalog only.
class QuickInsert : public QFrame
{
    Q_OBJECT

public:
    explicit QuickInsert(QWidget *view);

    void setCatalog(std::shared_ptr<const flow::TaskCatalog> catalog);
    void setTheme(const ui::Theme &theme);
    /// Opens for a place, as near to `at` (viewport coordinates) as it fits.
    void open(Offer offer, const flow::edits::Slot &slot, QPoint at);
    Offer offer() const { return m_offer; }
    const flow::edits::Slot &slot() const { return m_slot; }

signals:
    void chosen(const QString &type);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill(const QString &words);
    void take();
    void close();

    std::shared_ptr<const flow::TaskCatalog> m_catalog;
    std::unique_ptr<ui::Theme> m_theme;
    Offer m_offer = Offer::Tasks;
    flow::edits::Slot m_slot;
    QLineEdit *m_field;
    QListView *m_list;
    QStandardItemModel *m_model;
};

/// The full names of types that match the words, best first: by class, then package; deprecated ones last.
QStringList matchTypes(const flow::TaskCatalog &catalog, Offer offer, const QString &words);

} // namespace canvas
