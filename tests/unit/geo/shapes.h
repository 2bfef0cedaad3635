#pragma once
// Small shapes for the tests of geo, and ways to compare them.

#include <algorithm>

#include "geo/geometry.h"

namespace doorstep {

inline Polygon box_polygon(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}
inline MultiPolygon box_shape(double x0, double y0, double x1, double y1) {
  return {box_polygon(x0, y0, x1, y1)};
}
/// The ring from its lowest, leftmost vertex on, so that rings compare whatever their start.
inline Ring from_lowest(Ring ring) {
  auto first = std::min_element(ring.begin(), ring.end(),
                                [](Xy a, Xy b) { return a.y < b.y || (a.y == b.y && a.x < b.x); });
  std::rotate(ring.begin(), first, ring.end());
  return ring;
}

}  // namespace doorstep
