// Campuses: a circle by pupils, the seat gauge below it, closed ones, and the ghost under the
// mouse.
#include <algorithm>
#include <cmath>

#include "scene/map_layers.h"

namespace doorstep::scene {
namespace {

void add_gauge(LayerContext& map, Xy at, double radius, double utilisation) {
  if (std::isnan(utilisation)) return;
  constexpr double kFull = 1.5;
  const Theme& t = map.theme;
  auto x = [&](double share) {
    return -kGaugeWidth / 2 + kGaugeWidth * std::clamp(share, 0.0, kFull) / kFull;
  };
  double y = radius + kGaugeGap;
  auto bar = [&](double from, double to, Colour colour) {
    if (to > from)
      map.out.marks.push_back(BoxMark{at, x(from), y, x(to) - x(from), kGaugeHeight, 0.0, colour,
                                      Colour{0, 0, 0, 0}, 0.0});
  };
  map.out.marks.push_back(BoxMark{at, x(0) - 1, y - 1, kGaugeWidth + 2, kGaugeHeight + 2, 1.0,
                                  faded(t.halo, 0.85), Colour{0, 0, 0, 0}, 0.0});
  bar(0, kFull, t.sunken);
  bar(0, std::min(utilisation, 1.0), t.ink2);
  ClassScheme seats = scheme_of(FillBy::Utilisation, t, *map.content.words);
  bar(1.0, utilisation, seats.colours[static_cast<std::size_t>(seats.class_of(utilisation))]);
  map.out.marks.push_back(BoxMark{at, x(1.0) - 0.6, y - 1.5, 1.2, kGaugeHeight + 3, 0.0, t.map_ink,
                                  Colour{0, 0, 0, 0}, 0.0});
}

void add_plus(LayerContext& map, Xy at, double arm_px, Colour colour) {
  double arm = arm_px * map.view.m_per_px;
  map.out.marks.push_back(
      LineMark{{{at + Xy{-arm, 0}, at + Xy{arm, 0}}, {at + Xy{0, -arm}, at + Xy{0, arm}}},
               colour,
               std::clamp(arm_px * 0.4, 1.4, 2.0),
               {},
               false});
}

void add_campus(LayerContext& map, const CampusSymbol& symbol) {
  CampusId id = symbol.campus;
  const Snapshot& s = map.content.shown();
  const Theme& t = map.theme;
  Xy at = s.place->campuses[id].at;
  double radius = symbol.radius_px;
  const MapContent& c = map.content;
  bool selected = c.selection.kind == MapItem::Kind::Campus && c.selection.campus == id;
  bool hovered = c.hover.kind == MapItem::Kind::Campus && c.hover.campus == id;
  if (symbol.dot && !hovered) {
    map.out.marks.push_back(
        CircleMark{at, 1.7, t.map_ink, faded(t.halo, 0.9), 0.8, static_cast<int>(id.index)});
    return;
  }
  constexpr double kStroke = 1.6;
  map.out.marks.push_back(
      CircleMark{at, radius + kStroke / 2 + 1.2, faded(t.halo, 0.9), Colour{0, 0, 0, 0}, 0.0, -1});
  if (selected || hovered)
    map.out.marks.push_back(CircleMark{at, radius + 4.0, Colour{0, 0, 0, 0},
                                       selected ? t.accent : t.ink2, selected ? 2.0 : 1.6, -1});
  bool is_new = is_new_campus(c, id);
  bool filled = selected || is_new;
  map.out.marks.push_back(CircleMark{at, radius, filled ? t.accent : t.raised,
                                     is_new ? t.accent : t.map_ink, kStroke,
                                     static_cast<int>(id.index)});
  if (is_new)
    add_plus(map, at, radius * 0.5, t.accent_ink);
  else
    map.out.marks.push_back(CircleMark{at, std::clamp(radius * 0.2, 1.3, 2.4),
                                       selected ? t.accent_ink : t.map_ink, Colour{0, 0, 0, 0}, 0.0,
                                       -1});
  if (symbol.gauge) add_gauge(map, at, radius, campus_utilisation(s, id));
}

/// A campus that the baseline had: crossed out.
void add_closed(LayerContext& map, CampusId id) {
  const Theme& t = map.theme;
  Xy at = map.content.baseline.place->campuses[id].at;
  constexpr double kRadius = 6.0;
  map.out.marks.push_back(CircleMark{at, kRadius, faded(t.halo, 0.9), t.line_strong, 1.6, -1});
  double arm = kRadius * 0.55 * map.view.m_per_px;
  map.out.marks.push_back(
      LineMark{{{at + Xy{-arm, -arm}, at + Xy{arm, arm}}, {at + Xy{-arm, arm}, at + Xy{arm, -arm}}},
               t.line_strong,
               1.6,
               {},
               false});
}

void add_ghost(LayerContext& map, const GhostCampus& ghost) {
  const Theme& t = map.theme;
  constexpr double kRadius = 10.0;
  map.out.marks.push_back(
      CircleMark{ghost.at, kRadius + 4, faded(t.accent, 0.25), t.accent, 1.2, -1});
  map.out.marks.push_back(CircleMark{ghost.at, kRadius, t.accent, t.halo, 2.0, -1});
  add_plus(map, ghost.at, 5.0, t.accent_ink);
}

}  // namespace

void draw_campuses(LayerContext& map) {
  std::vector<CampusSymbol> order = map.symbols;  // small ones on top of large ones
  std::stable_sort(order.begin(), order.end(), [](const CampusSymbol& a, const CampusSymbol& b) {
    return a.radius_px > b.radius_px;
  });
  for (CampusId id : closed_campuses(map.content)) add_closed(map, id);
  for (const CampusSymbol& symbol : order) add_campus(map, symbol);
  if (map.content.ghost) add_ghost(map, *map.content.ghost);
}

}  // namespace doorstep::scene
