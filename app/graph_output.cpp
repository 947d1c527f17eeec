#include "app/graph_output.h"

#include "app/flow_page.h"
#include "canvas/canvas_view.h"
#include "canvas/export_picture.h"
#include "ui/tr.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QPrintPreviewDialog>
#include <QPrinter>

namespace app {

namespace {

QString sentenceOf(const canvas::ExportError &error)
{
    switch (error.code) {
    case canvas::ExportErrorCode::NothingToDraw: return Tr::tr("This flow has no graph to export yet.");
    case canvas::ExportErrorCode::TooLarge: return Tr::tr("The graph is too large for a PNG; choose SVG or PDF.");
    case canvas::ExportErrorCode::CannotWrite: break;
    }
    return Tr::tr("%1 could not be written: %2").arg(QString::fromStdString(error.args[0]), QString::fromStdString(error.args[1]));
}

} // namespace

void exportGraph(FlowPage &page)
{
    const QFileInfo own(page.filePath().isEmpty() ? page.title() : page.filePath());
    const QString file = QFileDialog::getSaveFileName(&page, Tr::tr("Export the graph"), own.absolutePath() + QLatin1Char('/') + own.completeBaseName() + QStringLiteral(".svg"),
                                                      Tr::tr("Pictures (*.svg *.png *.pdf)"));
    if (file.isEmpty())
        return;
    const auto done = canvas::exportPicture(page.canvas().flowScene(), file, {canvas::pictureFormatOf(file), 2, true});
    if (!done)
        page.showError(sentenceOf(done.error()));
}

void printGraph(FlowPage &page)
{
    const QSizeF size = page.canvas().flowScene().picture().bounds.size();
    if (size.isEmpty())
        return page.showError(Tr::tr("This flow has no graph to print yet."));
    QPrinter printer(QPrinter::HighResolution);
    printer.setDocName(page.title());
    printer.setPageOrientation(size.width() > size.height() ? QPageLayout::Landscape : QPageLayout::Portrait);
    QPrintPreviewDialog preview(&printer, &page);
    preview.setWindowTitle(Tr::tr("Print the graph"));
    QObject::connect(&preview, &QPrintPreviewDialog::paintRequested, &page, [&page](QPrinter *paper) {
        QPainter painter(paper);
        canvas::drawPicture(page.canvas().flowScene(), painter, paper->pageRect(QPrinter::DevicePixel).translated(-paper->pageRect(QPrinter::DevicePixel).topLeft()));
    });
    preview.exec();
}

} // namespace app
