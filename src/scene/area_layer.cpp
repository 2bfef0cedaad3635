// Areas: fills by class, shared borders, what is hovered and selected.
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

}  // namespace

void draw_areas(LayerContext& map) {
  const AreaGeometry* areas = map.areas();
  if (!areas) return;
  constexpr double kInnerEdge = 4.0;
  constexpr double kDimmed = 0.22;
  for (std::size_t i = 0; i < areas->areas.size(); ++i) {
    const MapArea& area = areas->areas[i];
    FillMark paper{area.shape, map.theme.paper, {}, -1};
    map.out.marks.push_back(std::move(paper));
    int at = map.content.layers.catchments ? map.scheme.class_of(map.values[i]) : -1;
    if (at < 0 && map.content.layers.catchments && is_new_area(map.content, i))
      map.out.marks.push_back(FillMark{area.shape, map.theme.accent_soft, new_area_hatch(map.theme),
                                       static_cast<int>(i)});
    if (at < 0) continue;
    auto k = static_cast<std::size_t>(at);
    bool dimmed = map.content.class_filter >= 0 && map.content.class_filter != at;
    Colour colour = map.scheme.colours[k];
    FillMark fill{area.shape,
                  faded(colour, dimmed ? kDimmed : map.theme.fill_alpha),
                  {},
                  static_cast<int>(i)};
    if (!dimmed) {
      fill.hatch = map.scheme.hatches[k];
      fill.inner_edge_px = kInnerEdge;
      fill.inner_edge = faded(colour, map.theme.edge_alpha);
    }
    map.out.marks.push_back(std::move(fill));
  }
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

void draw_homes(LayerContext& map) {
  const MapGeometry* g = map.content.shown().geometry;
  if (!g || g->dots.empty()) return;
  constexpr double kRadius = 1.0;
  auto is_dark = [&](int at) {
    return is_dark_fill(at < 0 ? map.theme.paper
                               : map.scheme.colours[static_cast<std::size_t>(at)]);
  };
  std::vector<bool> dark_area;  // by area, and last outside all
  for (double value : map.values)
    dark_area.push_back(is_dark(map.content.layers.catchments ? map.scheme.class_of(value) : -1));
  dark_area.push_back(is_dark(-1));
  DotsMark on_light{{}, kRadius, map.theme.dots}, on_dark{{}, kRadius, map.theme.dots_on_dark};
  auto step = static_cast<std::size_t>(dot_step(*g, map.view.m_per_px));
  for (std::size_t i = 0; i < g->dots.size(); i += step) {
    int area = g->dot_area[i];
    bool dark = dark_area[area < 0 ? dark_area.size() - 1 : static_cast<std::size_t>(area)];
    (dark ? on_dark : on_light).at.push_back(g->dots[i]);
  }
  if (!on_light.at.empty()) map.out.marks.push_back(std::move(on_light));
  if (!on_dark.at.empty()) map.out.marks.push_back(std::move(on_dark));
}

}  // namespace doorstep::scene
