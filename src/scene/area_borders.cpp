#include "scene/area_borders.h"

#include "geo/polygon.h"
#include "geo/topology.h"

namespace doorstep::scene {

std::vector<MapBorder> area_borders(const std::vector<MultiPolygon>& shapes) {
  // Digitised neighbours miss each other by centimetres: still one border, not two.
  constexpr double kTolerance = 0.5;
  std::vector<MultiPolygon> clean;
  for (const MultiPolygon& shape : shapes) clean.push_back(normalised(shape));
  std::vector<MapBorder> out;
  for (Arc& arc : derive_topology(clean, kTolerance).arcs)
    out.push_back({arc.left, arc.right, std::move(arc.line)});
  return out;
}

}  // namespace doorstep::scene
