#pragma once
// A small list with every kind of mark, drawn by both renderers in the tests.

#include "scene/display_list.h"
#include "scene/flow_shape.h"
#include "scene/theme.h"

namespace doorstep::testing {

using namespace scene;

inline void add_areas(DisplayList& list, const Theme& t) {
  // A square with a square hole, hatched; a concave arrow; both with the class edge inside.
  const Polygon holed{{{20, 160}, {120, 160}, {120, 290}, {20, 290}},
                      {{{50, 200}, {50, 250}, {90, 250}, {90, 200}}}};
  FillMark a;
  a.shape = {holed};
  a.colour = faded(t.utilisation[5], 0.84);
  a.hatch = t.hatch[5];
  a.inner_edge_px = 4;
  a.inner_edge = faded(t.utilisation[5], 0.95);
  FillMark b;
  b.shape = {{{{140, 160}, {240, 160}, {190, 200}, {240, 290}, {140, 290}}, {}}};
  b.colour = t.utilisation[1];
  list.marks.push_back(a);
  list.marks.push_back(b);
  for (const MultiPolygon& shape : {a.shape, b.shape}) {
    list.marks.push_back(LineMark{{shape[0].outer}, faded(t.halo, 0.9), 2.4, {}, true});
    list.marks.push_back(LineMark{{shape[0].outer}, t.border, 1.0, {}, true});
  }
}

inline void add_lines(DisplayList& list, const Theme& t) {
  // See-through and thick: its joints must keep one tone.
  list.marks.push_back(LineMark{
      {{{260, 290}, {300, 200}, {330, 280}, {345, 190}}}, faded(t.border, 0.5), 9.0, {}, false});
  list.marks.push_back(LineMark{{{{360, 290}, {500, 290}}}, t.accent, 2.6, {9, 5}, false});
  list.marks.push_back(
      LineMark{{{{360, 275}, {430, 265}, {500, 275}}}, t.warn, 2.0, {1, 5}, false});
  list.marks.push_back(LineMark{{{{360, 255}, {500, 240}}}, t.ink, 2.0, {10, 4, 2, 4}, false});
  list.marks.push_back(LineMark{{{{360, 235}, {500, 215}}}, t.ink, 0.9, {}, false});
}

inline void add_flows(DisplayList& list, const Theme& t) {
  const Xy home{30, 40}, school{200, 110}, far{330, 60};
  list.marks.push_back(FlowMark{home, flow_control(home, school), school, 12.4, 3.7,
                                faded(t.flow, 0.22), faded(t.flow, 0.62), false});
  list.marks.push_back(FlowMark{far, flow_control(far, school), school, 4.0, 1.2,
                                faded(t.accent, 0.6), faded(t.accent, 0.9), true});
}

inline void add_points(DisplayList& list, const Theme& t) {
  DotsMark dots;
  for (int i = 0; i < 60; ++i) dots.at.push_back({260.0 + (i * 37) % 90, 100.0 + (i * 53) % 60});
  dots.colour = faded(t.dots, 0.5);
  list.marks.push_back(dots);
  list.marks.push_back(CircleMark{{200, 110}, 10.0, t.raised, t.ink, 1.6, 1});
  list.marks.push_back(CircleMark{{200, 110}, 2.4, t.ink, faded(t.ink, 0), 0.0, -1});
  list.marks.push_back(BoxMark{{200, 110}, -14, 14, 28, 4, 0, t.ink2, faded(t.ink, 0), 1});
  list.marks.push_back(BoxMark{{400, 120}, -30, -12, 60, 24, 4, t.accent_soft, t.accent, 1});
  list.marks.push_back(LabelMark{
      {200, 110}, 14, 0, Anchor::Left, "东城小学 138%", 12, true, t.map_ink, t.halo, 1.6, 0});
  list.marks.push_back(LabelMark{
      {90, 225}, 0, 0, Anchor::Centre, "Qinghe 青河", 12, false, t.water_ink, t.halo, 1.6, 0.6});
}

inline void add_furniture(DisplayList& list, const Theme& t) {
  list.marks.push_back(ScreenRect{390, 220, 110, 40, 6, t.panel, t.line, 1, {}});
  list.marks.push_back(
      ScreenRect{400, 230, 24, 12, 2, t.utilisation[6], t.line_strong, 1, t.hatch[6]});
  list.marks.push_back(ScreenText{432, 236, Anchor::Left, "> 130%", 12, false, t.ink2});
  list.marks.push_back(ScreenLine{{{400, 290}, {490, 290}}, t.ink, 2, {3, 2}, false});
  list.marks.push_back(
      ScreenLine{{{480, 12}, {488, 40}, {480, 34}, {472, 40}}, t.ink, 1, {}, true});
  list.marks.push_back(ScreenCircle{450, 300, 6, t.accent, t.raised, 2});
}

/// 512 × 320 pixels at one metre a pixel, the origin in the lower left corner.
inline DisplayList every_mark() {
  const Theme& t = theme(ThemeKind::Light);
  DisplayList list;
  list.background = t.paper;
  add_areas(list, t);
  add_lines(list, t);
  add_flows(list, t);
  add_points(list, t);
  add_furniture(list, t);
  return list;
}

inline Viewport every_mark_view() { return {{256, 160}, 1.0, 512, 320, 1.0}; }

}  // namespace doorstep::testing
