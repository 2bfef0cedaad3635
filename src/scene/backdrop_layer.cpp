// Water, parks, streets, railways and borders of the surroundings.
#include <algorithm>
#include <cmath>

#include "scene/map_layers.h"

namespace doorstep::scene {
namespace {

using Kind = Backdrop::Kind;

/// Minor streets only come up when a pixel is at most this. Units: metres.
constexpr double kStreetsFrom = 9.0;

std::vector<Polyline> lines_of(const Place& place, Kind kind) {
  std::vector<Polyline> out;
  for (const Backdrop& b : place.backdrop)
    if (b.kind == kind) out.insert(out.end(), b.lines.begin(), b.lines.end());
  return out;
}

void add_line(LayerContext& map, std::vector<Polyline> lines, Colour colour, double width,
              std::vector<double> dash = {}) {
  if (!lines.empty())
    map.out.marks.push_back(LineMark{std::move(lines), colour, width, std::move(dash), false});
}

void add_areas(LayerContext& map, Kind kind, Colour colour) {
  for (const Backdrop& b : map.content.shown().place->backdrop)
    if (b.kind == kind && !b.area.empty())
      map.out.marks.push_back(FillMark{b.area, colour, {}, -1});
}

void add_roads(LayerContext& map, const std::vector<Polyline>& arterials) {
  constexpr double kWidth = 2.6, kEdge = 0.7;
  // From far off the streets of a town would be a white lattice over its catchments.
  constexpr double kFullUpTo = 25.0, kLeast = 0.4, kFadesBy = 4.0;  // metres a pixel; shares
  const double factor = std::clamp(std::sqrt(kFullUpTo / map.view.m_per_px), kLeast, 1.0);
  const double seen = std::clamp(kFadesBy * kFullUpTo / map.view.m_per_px, kLeast, 1.0);
  add_line(map, arterials, faded(map.theme.road_edge, seen), (kWidth + 2 * kEdge) * factor);
  add_line(map, arterials, faded(map.theme.road, seen), kWidth * factor);
}

}  // namespace

void draw_backdrop_ground(LayerContext& map) { add_areas(map, Kind::Park, map.theme.park); }

void draw_backdrop_lines(LayerContext& map) {
  const Snapshot& s = map.content.shown();
  const Theme& t = map.theme;
  constexpr double kRiver = 5.0;
  add_areas(map, Kind::Water, t.water);
  std::vector<Polyline> rivers = lines_of(*s.place, Kind::River);
  add_line(map, rivers, faded(t.water_ink, 0.35), kRiver + 1.4);
  add_line(map, rivers, t.water, kRiver);
  std::vector<Polyline> arterials = lines_of(*s.place, Kind::Arterial);
  std::vector<Polyline> streets = lines_of(*s.place, Kind::Street);
  if (arterials.empty() && streets.empty() && s.geometry && s.geometry->streets) {
    arterials = s.geometry->streets->arterials;
    streets = s.geometry->streets->streets;
  }
  bool many = streets.size() > 2000;
  if (!many || map.view.m_per_px <= kStreetsFrom)
    add_line(map, std::move(streets), faded(t.road, 0.42), 0.9);
  add_roads(map, arterials);
  std::vector<Polyline> rails = lines_of(*s.place, Kind::Rail);
  add_line(map, rails, t.rail, 2.4);
  add_line(map, std::move(rails), t.halo, 1.2, {6.0, 6.0});
  add_line(map, lines_of(*s.place, Kind::Border), t.line_strong, 1.2, {6.0, 3.0, 1.5, 3.0});
}

}  // namespace doorstep::scene
