// Areas: fills by class, shared borders, what is hovered and selected.
#include <algorithm>

#include "scene/map_layers.h"

namespace doorstep::scene {
namespace {

std::vector<Polyline> closed_outline(const MultiPolygon& shape) {
  std::vector<Polyline> out;
  for (const Polygon& p : shape) {
    out.push_back(p.outer);
    for (const Ring& hole : p.holes) out.push_back(hole);
  }
  return out;
}

void outline(LayerContext& map, int area, Colour colour, double width, double halo_width) {
  const AreaGeometry* areas = map.areas();
  if (!areas || area < 0 || static_cast<std::size_t>(area) >= areas->areas.size()) return;
  std::vector<Polyline> lines = closed_outline(areas->areas[static_cast<std::size_t>(area)].shape);
  map.out.marks.push_back(LineMark{lines, map.theme.halo, halo_width, {}, true});
  map.out.marks.push_back(LineMark{std::move(lines), colour, width, {}, true});
}

/// `top` as it looks over something opaque.
Colour laid_over(Colour top, Colour below) {
  const double a = top.a / 255.0;
  auto mix = [&](uint8_t t, uint8_t b) { return static_cast<uint8_t>(t * a + b * (1 - a) + 0.5); };
  return {mix(top.r, below.r), mix(top.g, below.g), mix(top.b, below.b), 255};
}

/// How an area of class `at` is filled; the paper below it is in the colour already, but where a
/// picture lies under the map.
FillMark class_fill(const LayerContext& map, std::size_t area, int at) {
  constexpr double kInnerEdge = 4.0, kDimmed = 0.22;
  const Theme& t = map.theme;
  FillMark fill{map.areas()->areas[area].shape, t.paper, {}, -1};
  if (at < 0) {
    if (map.content.layers.catchments && is_new_area(map.content, area)) {
      fill.colour = t.accent_soft;
      fill.hatch = new_area_hatch(t);
      fill.id = static_cast<int>(area);
    }
    return fill;
  }
  const auto k = static_cast<std::size_t>(at);
  const bool dimmed = map.content.class_filter >= 0 && map.content.class_filter != at;
  const Colour colour = map.scheme.colours[k];
  fill.id = static_cast<int>(area);
  fill.colour = faded(colour, dimmed ? kDimmed : t.fill_alpha);
  if (!map.content.basemap) fill.colour = laid_over(fill.colour, t.paper);
  if (!dimmed) {
    fill.hatch = map.scheme.hatches[k];
    fill.inner_edge_px = kInnerEdge;
    fill.inner_edge = faded(colour, t.edge_alpha);
  }
  return fill;
}

}  // namespace

// Class by class: what is filled alike and lies side by side is one draw on the screen.
void draw_areas(LayerContext& map) {
  const AreaGeometry* areas = map.areas();
  if (!areas) return;
  std::vector<std::pair<int, std::size_t>> order;  // class, area
  for (std::size_t i = 0; i < areas->areas.size(); ++i)
    order.emplace_back(map.content.layers.catchments ? map.scheme.class_of(map.values[i]) : -1, i);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  if (map.content.basemap)
    for (const MapArea& area : areas->areas)
      map.out.marks.push_back(FillMark{area.shape, map.theme.paper, {}, -1});
  for (const auto& [at, area] : order) map.out.marks.push_back(class_fill(map, area, at));
}

void draw_borders(LayerContext& map) {
  const AreaGeometry* areas = map.areas();
  if (!areas) return;
  LineMark inner{{}, map.theme.border, 1.0, {}, false};
  LineMark outer{{}, map.theme.border, 1.7, {}, false};
  for (const MapBorder& b : areas->borders)
    (b.left < 0 || b.right < 0 ? outer : inner).lines.push_back(b.line);
  auto add = [&](LineMark line, double halo_width) {
    if (line.lines.empty()) return;
    LineMark halo = line;
    halo.colour = map.theme.halo;
    halo.width_px = halo_width;
    map.out.marks.push_back(std::move(halo));
    map.out.marks.push_back(std::move(line));
  };
  constexpr double kHalo = 0.7;  // a side
  add(std::move(inner), 1.0 + 2 * kHalo);
  add(std::move(outer), 1.7 + 2 * kHalo);
  const MapItem& hover = map.content.hover;
  const MapItem& selection = map.content.selection;
  if (hover.kind == MapItem::Kind::Area && !(hover == selection))
    outline(map, hover.area, map.theme.ink2, 2.0, 4.4);
  if (selection.kind == MapItem::Kind::Area)
    outline(map, selection.area, map.theme.accent, 2.6, 5.0);
  if (selection.kind == MapItem::Kind::Campus)  // the areas it serves belong to it
    for (std::size_t i = 0; i < areas->areas.size(); ++i)
      for (CampusId c : areas->areas[i].campuses)
        if (c == selection.campus) outline(map, static_cast<int>(i), map.theme.accent, 2.6, 5.0);
}

}  // namespace doorstep::scene
