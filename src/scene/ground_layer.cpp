// Fills by land: bands of reach with their outlines, hexagons of density.
#include "scene/map_layers.h"

namespace doorstep::scene {
namespace {

constexpr double kDimmed = 0.14;

/// Outlines of the limits: solid, dashed, dotted, so that they are told apart without colour.
void draw_levels(LayerContext& map, const GroundShapes& shapes) {
  static const std::vector<std::vector<double>> kDashes{{}, {6, 4}, {2, 4}};
  for (std::size_t i = 0; i < shapes.levels.size(); ++i) {
    if (shapes.levels[i].empty()) continue;
    LineMark line{{}, faded(map.theme.map_ink, 0.6), 1.0, kDashes[i % kDashes.size()], true};
    for (const Ring& ring : shapes.levels[i]) line.lines.push_back(ring);
    map.out.marks.push_back(std::move(line));
  }
}

}  // namespace

void draw_ground(LayerContext& map) {
  const MapContent& c = map.content;
  const Ground* ground = c.shown().ground;
  if (!ground || !ground->shapes || ground->fill != c.fill || c.mode == MapMode::Difference) return;
  const GroundShapes& shapes = *ground->shapes;
  const ClassScheme scheme = fill_scheme(c);
  for (std::size_t k = 0; k < std::min(shapes.bands.size(), scheme.size()); ++k) {
    if (shapes.bands[k].empty()) continue;
    const bool dimmed = c.class_filter >= 0 && c.class_filter != static_cast<int>(k);
    FillMark fill{shapes.bands[k],
                  faded(scheme.colours[k], dimmed ? kDimmed : map.theme.fill_alpha),
                  dimmed ? Hatch{} : scheme.hatches[k], -1};
    map.out.marks.push_back(std::move(fill));
  }
  draw_levels(map, shapes);
  // Over a basemap the land beyond the areas is part of the picture.
  if (!shapes.outside.empty() && !c.basemap)
    map.out.marks.push_back(FillMark{shapes.outside, map.theme.outside, {}, -1});
}

}  // namespace doorstep::scene
