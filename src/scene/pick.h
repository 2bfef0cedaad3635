#pragma once
// What lies under a pixel: campuses first, then homes when near, then areas.

#include "scene/map_content.h"

namespace doorstep::scene {

/// Kind None where there is nothing. Homes answer only where they are drawn apart (a pixel is at
/// most 3 metres) and the homes layer is on.
[[nodiscard]] MapItem pick(const MapContent& content, const Viewport& view, Xy px);
/// Every item under the pixel, in the order Tab walks them.
[[nodiscard]] std::vector<MapItem> pick_all(const MapContent& content, const Viewport& view, Xy px);

}  // namespace doorstep::scene
