#include "app/run/outputs_view.h"

#include "app/app_state.h"
#include "app/run/outputs_model.h"
#include "ui/tr.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QHeaderView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace app {

namespace {

constexpr int kPreviewLines = 1000;
constexpr qint64 kPreviewBytes = 512 * 1024;

} // namespace

OutputsView::OutputsView(AppState &state, Resolve resolve, QWidget *parent)
    : QWidget(parent), m_state(state), m_resolve(std::move(resolve)), m_model(new OutputsModel(state.theme(), this)), m_view(new QTreeView),
      m_preview(new QPlainTextEdit)
{
    m_view->setModel(m_model);
    m_view->setUniformRowHeights(true);
    m_view->setAccessibleName(Tr::tr("Outputs"));
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_view->setColumnWidth(0, 200);
    m_view->setColumnWidth(1, 220);
    m_preview->setReadOnly(true);
    m_preview->setProperty("role", "code");
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_preview->setAccessibleName(Tr::tr("Preview"));
    auto *splitter = new QSplitter;
    splitter->setHandleWidth(1);
    splitter->addWidget(m_view);
    splitter->addWidget(m_preview);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &OutputsView::preview);
    connect(m_view, &QTreeView::customContextMenuRequested, this, [this](QPoint at) {
        const QModelIndex index = m_view->indexAt(at);
        if (!index.isValid())
            return;
        QMenu menu(this);
        menu.addAction(Tr::tr("Copy value"), this, [index] { QApplication::clipboard()->setText(index.data(OutputsModel::ValueRole).toString()); });
        if (const QString expression = index.data(OutputsModel::ExpressionRole).toString(); !expression.isEmpty())
            menu.addAction(Tr::tr("Copy expression"), this, [expression] { QApplication::clipboard()->setText(QStringLiteral("{{ %1 }}").arg(expression)); });
        menu.exec(m_view->viewport()->mapToGlobal(at));
    });
    const auto applyTheme = [this](const ui::Theme &theme) {
        m_model->setTheme(theme);
        m_preview->setFont(theme.monoFont(12));
    };
    applyTheme(state.theme());
    connect(&state, &AppState::themeChanged, this, applyTheme);
    setFocusProxy(m_view);
}

void OutputsView::setRecord(RunRecord *record)
{
    if (m_record)
        m_record->disconnect(this);
    m_record = record;
    if (record)
        connect(record, &RunRecord::changed, this, &OutputsView::refresh);
    refresh();
}

void OutputsView::refresh()
{
    const QString chosen = m_view->currentIndex().data(OutputsModel::ExpressionRole).toString();
    m_model->show(m_record ? &m_record->execution() : nullptr);
    m_view->expandToDepth(0);
    m_preview->clear();
    for (int row = 0; row < m_model->rowCount() && !chosen.isEmpty(); ++row)
        if (const QModelIndex index = m_model->index(row, 0); index.data(OutputsModel::ExpressionRole).toString() == chosen)
            m_view->setCurrentIndex(index);
}

void OutputsView::preview(const QModelIndex &index)
{
    const QString value = index.siblingAtColumn(0).data(OutputsModel::ValueRole).toString();
    if (!value.startsWith(QLatin1String("kestra:///"))) {
        m_preview->setPlainText(value);
        return;
    }
    const std::optional<std::filesystem::path> path = m_resolve(value);
    QFile file(path ? QString::fromStdString(path->string()) : QString());
    if (!path || !file.open(QIODevice::ReadOnly)) {
        m_preview->setPlainText(value + QStringLiteral("\n\n") + Tr::tr("The file is no longer there."));
        return;
    }
    const QByteArray bytes = file.read(kPreviewBytes);
    if (bytes.contains('\0')) {
        m_preview->setPlainText(value + QStringLiteral("\n\n") + Tr::tr("%1 bytes, not text").arg(file.size()));
        return;
    }
    const QStringList lines = QString::fromUtf8(bytes).split(QLatin1Char('\n'));
    m_preview->setPlainText(lines.mid(0, kPreviewLines).join(QLatin1Char('\n')));
}

} // namespace app
