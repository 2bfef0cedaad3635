// Pupil flows as tapered curves, and the dot where each begins.
#include <algorithm>
#include <cmath>

#include "scene/flow_shape.h"
#include "scene/flows.h"
#include "scene/map_layers.h"

namespace doorstep::scene {
namespace {

constexpr double kStopBefore = 3.0;  // pixels
constexpr double kSchoolShare = 0.3;

struct FlowInk {
  Colour base;
  double alpha_from, alpha_to, halo_px;
};

void add_flow(LayerContext& map, const FlowBundle& bundle, const FlowInk& ink) {
  const Snapshot& s = map.content.shown();
  Xy campus = s.place->campuses[bundle.campus].at;
  double radius = campus_radius_px(s.run->campuses[bundle.campus].enrolment, map.campus_factor);
  Xy control = flow_control(bundle.from, campus);
  Xy way = campus - control;
  double length = std::hypot(way.x, way.y);
  double stop = (radius + kStopBefore) * map.view.m_per_px;
  if (length <= stop || distance_m(bundle.from, campus) <= 2 * stop)
    return;  // hidden by the campus
  FlowMark flow;
  flow.from = bundle.from;
  flow.control = control;
  flow.to = campus - way * (stop / length);
  flow.width_from_px = flow_width_px(bundle.pupils, map.view.m_per_px);
  flow.width_to_px = std::max(0.8, kSchoolShare * flow.width_from_px);
  flow.dashed = bundle.lost;
  flow.colour_from = faded(ink.base, ink.alpha_from);
  flow.colour_to = faded(ink.base, ink.alpha_to);
  if (ink.halo_px > 0) {
    FlowMark halo = flow;
    halo.width_from_px += 2 * ink.halo_px;
    halo.width_to_px += 2 * ink.halo_px;
    halo.colour_from = faded(map.theme.halo, 0.35);
    halo.colour_to = faded(map.theme.halo, 0.9);
    map.out.marks.push_back(halo);
  }
  map.out.marks.push_back(flow);
  constexpr double kHomeDot = 2.0;
  map.out.marks.push_back(
      CircleMark{bundle.from, kHomeDot, faded(ink.base, 0.9), Colour{0, 0, 0, 0}, 0.0, -1});
}

}  // namespace

void draw_flows(LayerContext& map) {
  FlowSelection flows = select_flows(map.content, map.view);
  bool changes = map.content.mode == MapMode::Difference && map.content.compares();
  for (const FlowBundle& bundle : flows.bundles) {
    Colour base = bundle.lost ? map.theme.change.front() : map.theme.change.back();
    FlowInk ink{map.theme.flow, 0.22, 0.62, 0.0};
    if (changes)
      ink = {base, 0.55, 0.9, bundle.selected ? 1.6 : 0.0};
    else if (bundle.selected)
      ink = {map.theme.accent, 0.4, 0.95, 1.6};
    add_flow(map, bundle, ink);
  }
}

}  // namespace doorstep::scene
