#pragma once
// What the map tools are told of the mouse.

#include "scene/map_content.h"

namespace doorstep::desktop {

/// Where the mouse is on the map, with what lies there.
struct MapPointer {
  Xy at;  ///< metres
  Xy px;  ///< of the window, at 100 %
  scene::MapItem item;
  bool over = false;  ///< on the map, not on a panel's own thing
  bool shift = false, alt = false;
  double m_per_px = 1.0;
};

}  // namespace doorstep::desktop
