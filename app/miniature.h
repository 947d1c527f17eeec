#pragma once

#include "engine/flow/flow.h"
#include "ui/theme.h"

#include <QPixmap>

namespace app {

/// A drawn miniature of a flow's graph, for cards: nodes as small bars with their category, containers
/// as frames, at most as many rows as fit. Pure: the same flow gives the same picture.
QPixmap drawMiniature(const flow::Flow &flow, const ui::Theme &theme, QSize size, qreal deviceRatio);

} // namespace app
