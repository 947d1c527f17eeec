#pragma once

#include "canvas/flow_scene.h"

namespace app {

/// Where hands put the tasks of a flow on the canvas, in a file beside the flows that is safe to ignore or to
/// commit: `.leat/layout/<flow's path in the project>.json`, `{"version": 1, "places": {"load": [40, -16]}}`:
/// for each task id how far right and down it stands from where it would.

/// The sidecar of a flow; `folder` is the project, or the flow's own folder without one.
QString placesFile(const QString &folder, const QString &flowPath);
/// Nothing when there is no such file, or not one of ours.
canvas::FlowScene::Places readPlaces(const QString &file);
/// Without places the file is removed. False when it could not be written.
bool writePlaces(const QString &file, const canvas::FlowScene::Places &places);

} // namespace app
