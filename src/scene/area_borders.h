#pragma once
// The borders between areas, each once. Internal to scene.

#include <vector>

#include "scene/map_geometry.h"

namespace doorstep::scene {

[[nodiscard]] std::vector<MapBorder> area_borders(const std::vector<MultiPolygon>& shapes);

}  // namespace doorstep::scene
