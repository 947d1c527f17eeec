#include "canvas/export_picture.h"

#include "canvas/flow_scene.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

namespace canvas {

namespace {

constexpr double kMargin = 24;
constexpr double kMostPixels = 200e6;
constexpr int kPdfDpi = 72;

/// Selection and focus away while the picture is drawn.
class PlainMarks
{
public:
    explicit PlainMarks(FlowScene &scene) : m_scene(scene), m_selection(scene.selection()), m_current(scene.current())
    {
        scene.finishMotion();
        scene.setSelection({});
        scene.setCurrent(-1);
        scene.setHovered({});
    }
    ~PlainMarks()
    {
        m_scene.setSelection(m_selection);
        m_scene.setCurrent(m_current);
    }
    PlainMarks(const PlainMarks &) = delete;

private:
    FlowScene &m_scene;
    Keys m_selection;
    int m_current;
};

/// Items for all of the picture while it is drawn.
class WholePicture
{
public:
    explicit WholePicture(FlowScene &scene)
        : m_scene(scene), m_marks(scene), m_flat(scene.isFlat()), m_seen(scene.seen()), m_source(scene.picture().bounds.adjusted(-kMargin, -kMargin, kMargin, kMargin))
    {
        scene.setFlat(false);
        scene.setSeen(m_source);
    }
    ~WholePicture()
    {
        m_scene.setSeen(m_seen);
        m_scene.setFlat(m_flat);
    }
    WholePicture(const WholePicture &) = delete;
    const QRectF &source() const { return m_source; }

private:
    FlowScene &m_scene;
    PlainMarks m_marks;
    bool m_flat;
    QRectF m_seen, m_source;
};

} // namespace

PictureFormat pictureFormatOf(const QString &file)
{
    if (file.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive))
        return PictureFormat::Svg;
    return file.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive) ? PictureFormat::Pdf : PictureFormat::Png;
}

base::Result<void, ExportError> exportPicture(FlowScene &scene, const QString &file, const ExportOptions &options)
{
    if (scene.picture().bounds.isEmpty())
        return ExportError{ExportErrorCode::NothingToDraw, {}, file.toStdString()};
    const WholePicture whole(scene);
    const QRectF source = whole.source();
    const auto draw = [&](QPaintDevice &device, const QRectF &target) {
        QPainter painter(&device);
        painter.setRenderHint(QPainter::Antialiasing);
        if (options.background || options.format == PictureFormat::Pdf)
            painter.fillRect(target, scene.style().color("canvas"));
        scene.render(&painter, target, source);
    };
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    base::Result<void, ExportError> result;
    switch (options.format) {
    case PictureFormat::Png: {
        const QSize size = (source.size() * options.scale).toSize();
        if (double(size.width()) * size.height() > kMostPixels || size.width() > 32767 || size.height() > 32767) {
            result = ExportError{ExportErrorCode::TooLarge, {std::to_string(size.width()), std::to_string(size.height())},
                                 file.toStdString()};
            break;
        }
        QImage image(size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        draw(image, QRectF(QPointF(), QSizeF(size)));
        image.save(&buffer, "PNG");
        break;
    }
    case PictureFormat::Svg: {
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setResolution(96);
        svg.setSize(source.size().toSize());
        svg.setViewBox(QRectF(QPointF(), source.size()));
        svg.setTitle(scene.graph().title);
        draw(svg, QRectF(QPointF(), source.size()));
        break;
    }
    case PictureFormat::Pdf: {
        QPdfWriter pdf(&buffer);
        pdf.setResolution(kPdfDpi * 4);
        pdf.setPageSize(QPageSize(source.size(), QPageSize::Point, QString(), QPageSize::ExactMatch));
        pdf.setPageMargins(QMarginsF());
        pdf.setTitle(scene.graph().title);
        draw(pdf, QRectF(0, 0, pdf.width(), pdf.height()));
        break;
    }
    }
    if (!result)
        return result;
    buffer.close();
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit())
        return ExportError{ExportErrorCode::CannotWrite, {file.toStdString(), out.errorString().toStdString()}, file.toStdString()};
    return {};
}

void drawPicture(FlowScene &scene, QPainter &painter, const QRectF &target)
{
    const WholePicture whole(scene);
    painter.setRenderHint(QPainter::Antialiasing);
    QSizeF size = whole.source().size().scaled(target.size(), Qt::KeepAspectRatio);
    scene.render(&painter, QRectF(QPointF(target.center().x() - size.width() / 2, target.top()), size), whole.source());
}

} // namespace canvas
