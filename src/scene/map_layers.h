#pragma once
// The layers of a map in drawing order, each adding its marks. Internal to scene: callers use
// map_scene.h.

#include <vector>

#include "scene/campus_symbols.h"
#include "scene/label_placement.h"
#include "scene/map_content.h"
#include "scene/map_values.h"

namespace doorstep::scene {

/// What every layer reads, computed once a picture.
struct LayerContext {
  const MapContent& content;
  const Viewport& view;
  const TextMeasure& measure;
  const Theme& theme;
  ClassScheme scheme;
  std::vector<double> values;  ///< by area
  double campus_factor;        ///< of all radii of campuses
  std::vector<CampusSymbol> symbols;
  DisplayList& out;

  [[nodiscard]] const AreaGeometry* areas() const {
    const MapGeometry* g = content.shown().geometry;
    return g ? g->areas.get() : nullptr;
  }
};

/// Land outside the areas: water and parks that lie under everything.
void draw_backdrop_ground(LayerContext& map);
/// Area fills with hatch and inner edge.
void draw_areas(LayerContext& map);
/// Fills by land, where the fill is one.
void draw_ground(LayerContext& map);
/// Rivers, streets and railways over the fills.
void draw_backdrop_lines(LayerContext& map);
/// Borders once each, with halo; then the outlines of what is hovered and selected.
void draw_borders(LayerContext& map);
void draw_homes(LayerContext& map);
void draw_ties(LayerContext& map);
void draw_flows(LayerContext& map);
void draw_campuses(LayerContext& map);
/// Names of rivers; what other labels must keep clear of.
[[nodiscard]] std::vector<LabelObstacle> draw_water_names(LayerContext& map);
/// Whether campuses crowd one another, so that names of areas say more than those of schools.
[[nodiscard]] bool names_areas(const LayerContext& map);
/// Names of areas, the one with more pupils first where there is room for one; adds to what other
/// labels must keep clear of.
void draw_area_names(LayerContext& map, std::vector<LabelObstacle>& taken);
/// Names of waters, campuses with percentages and chips, the ghost's box.
void draw_labels(LayerContext& map);

}  // namespace doorstep::scene
