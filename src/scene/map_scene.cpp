#include "scene/map_scene.h"

#include <algorithm>

#include "base/error.h"
#include "scene/map_layers.h"

namespace doorstep::scene {

namespace {

void draw_basemap(LayerContext& map) {
  if (map.content.basemap && map.content.basemap->picture)
    map.out.marks.emplace_back(*map.content.basemap);
}

/// Areas as a veil over the picture, so that streets stay readable below.
void let_through(DisplayList& list) {
  constexpr double kVeil = 0.55;
  for (Mark& mark : list.marks)
    if (auto* fill = std::get_if<FillMark>(&mark)) fill->colour = faded(fill->colour, kVeil);
}

/// Makes what was drawn since `from` fainter.
void fade(DisplayList& list, std::size_t from, double opacity) {
  if (opacity >= 1.0) return;
  auto fainter = [&](Colour& c) { c.a = static_cast<uint8_t>(c.a * opacity + 0.5); };
  for (std::size_t i = from; i < list.marks.size(); ++i) {
    std::visit(
        [&](auto& mark) {
          if constexpr (requires { mark.colour; }) fainter(mark.colour);
          if constexpr (requires { mark.opacity; }) mark.opacity *= opacity;
          if constexpr (requires { mark.fill; }) fainter(mark.fill);
          if constexpr (requires { mark.stroke; }) fainter(mark.stroke);
          if constexpr (requires { mark.hatch; }) fainter(mark.hatch.colour);
          if constexpr (requires { mark.inner_edge; }) fainter(mark.inner_edge);
          if constexpr (requires { mark.colour_from; }) {
            fainter(mark.colour_from);
            fainter(mark.colour_to);
          }
        },
        list.marks[i]);
  }
}

void draw_ordered(LayerContext& map, OrderedLayer layer) {
  const MapLayers& layers = map.content.layers;
  const std::size_t from = map.out.marks.size();
  switch (layer) {
    case OrderedLayer::Homes:
      if (layers.homes) draw_homes(map);
      break;
    case OrderedLayer::Ties:
      if (layers.ties) draw_ties(map);
      break;
    case OrderedLayer::Flows:
      if (layers.flows) draw_flows(map);
      break;
    case OrderedLayer::Campuses:
      if (layers.campuses) draw_campuses(map);
      break;
  }
  fade(map.out, from, layers.opacity[static_cast<std::size_t>(layer)]);
}

}  // namespace

void move_layer(MapLayers& layers, OrderedLayer layer, int by) {
  auto& order = layers.order;
  const auto at = std::find(order.begin(), order.end(), layer) - order.begin();
  const auto to = at + by;
  if (to >= 0 && to < static_cast<std::ptrdiff_t>(order.size()))
    std::swap(order[static_cast<std::size_t>(at)], order[static_cast<std::size_t>(to)]);
}

DisplayList build_map(const MapContent& content, const Viewport& view, const TextMeasure& measure) {
  DOORSTEP_ASSERT(content.shown().place && content.words);
  DisplayList list;
  const Theme& t = theme(content.theme);
  list.background = t.outside;
  double factor = campus_factor(content, view);
  LayerContext map{content,
                   view,
                   measure,
                   t,
                   fill_scheme(content),
                   area_values(content),
                   factor,
                   campus_symbols(content, view, factor),
                   list};
  const MapLayers& layers = content.layers;
  draw_basemap(map);
  std::size_t from = list.marks.size();
  draw_areas(map);
  if (layers.catchments) draw_ground(map);
  fade(list, from, layers.area_opacity);
  if (content.basemap) let_through(list);
  from = list.marks.size();
  if (layers.backdrop) {
    draw_backdrop_ground(map);
    draw_backdrop_lines(map);
  }
  fade(list, from, layers.backdrop_opacity);
  draw_borders(map);
  for (OrderedLayer layer : layers.order) draw_ordered(map, layer);
  if (layers.labels) draw_labels(map);
  return list;
}

Viewport fit_view(const Box& box, double width_px, double height_px, double scale,
                  const PixelFrame& frame, double margin_px) {
  Viewport view;
  view.width_px = width_px;
  view.height_px = height_px;
  view.scale = scale;
  double inner_width = std::max(16.0, frame.width - 2 * margin_px);
  double inner_height = std::max(16.0, frame.height - 2 * margin_px);
  constexpr double kSmallest = 100.0;  // metres: one home alone still has a map
  view.m_per_px = std::max(std::max(box.width(), kSmallest) / inner_width,
                           std::max(box.height(), kSmallest) / inner_height);
  Xy middle{frame.x + frame.width / 2, frame.y + frame.height / 2};
  Xy centre = box.empty() ? Xy{} : box.centre();
  view.centre = {centre.x - (middle.x - width_px / 2) * view.m_per_px,
                 centre.y + (middle.y - height_px / 2) * view.m_per_px};
  return view;
}

Box map_extent(const Snapshot& s, StageId stage) {
  Box box;
  if (s.geometry && s.geometry->areas)
    for (const MapArea& area : s.geometry->areas->areas) box.add(area.box);
  for (CampusId c : open_campuses(s, stage)) box.add(s.place->campuses[c].at);
  for (HomeId h : s.place->homes.ids()) {
    bool counted = s.geometry && h.index < s.geometry->pupils_of_home.size();
    if (!counted || s.geometry->pupils_of_home[h] > 0) box.add(s.place->homes[h].at);
  }
  return box;
}

}  // namespace doorstep::scene
