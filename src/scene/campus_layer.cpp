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

void add_campus(LayerContext& map, CampusId id) {
  const Snapshot& s = map.content.shown();
  const Theme& t = map.theme;
  Xy at = s.place->campuses[id].at;
  double pupils = s.run ? s.run->campuses[id].enrolment : 0.0;
  double radius = campus_radius_px(pupils);
  const MapContent& c = map.content;
  bool selected = c.selection.kind == MapItem::Kind::Campus && c.selection.campus == id;
  bool hovered = c.hover.kind == MapItem::Kind::Campus && c.hover.campus == id;
  constexpr double kStroke = 1.6;
  map.out.marks.push_back(
      CircleMark{at, radius + kStroke / 2 + 1.2, faded(t.halo, 0.9), Colour{0, 0, 0, 0}, 0.0, -1});
  if (selected || hovered)
    map.out.marks.push_back(CircleMark{at, radius + 4.0, Colour{0, 0, 0, 0},
                                       selected ? t.accent : t.ink2, selected ? 2.0 : 1.6, -1});
  map.out.marks.push_back(CircleMark{at, radius, selected ? t.accent : t.raised, t.map_ink, kStroke,
                                     static_cast<int>(id.index)});
  map.out.marks.push_back(CircleMark{at, std::clamp(radius * 0.2, 1.3, 2.4),
                                     selected ? t.accent_ink : t.map_ink, Colour{0, 0, 0, 0}, 0.0,
                                     -1});
  add_gauge(map, at, radius, campus_utilisation(s, id));
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
  double arm = 5.0 * map.view.m_per_px;
  map.out.marks.push_back(LineMark{{{ghost.at + Xy{-arm, 0}, ghost.at + Xy{arm, 0}},
                                    {ghost.at + Xy{0, -arm}, ghost.at + Xy{0, arm}}},
                                   t.accent_ink,
                                   2.0,
                                   {},
                                   false});
}

}  // namespace

double campus_radius_px(double pupils) {
  return std::max(3.6, 0.245 * std::sqrt(std::max(0.0, pupils)));
}

void draw_campuses(LayerContext& map) {
  const Snapshot& s = map.content.shown();
  std::vector<CampusId> order = open_campuses(s, map.content.stage);
  if (s.run)  // small ones on top of large ones
    std::stable_sort(order.begin(), order.end(), [&](CampusId a, CampusId b) {
      return s.run->campuses[a].enrolment > s.run->campuses[b].enrolment;
    });
  for (CampusId id : closed_campuses(map.content)) add_closed(map, id);
  for (CampusId id : order) add_campus(map, id);
  if (map.content.ghost) add_ghost(map, *map.content.ghost);
}

}  // namespace doorstep::scene
