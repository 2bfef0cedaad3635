#pragma once
// How large campuses are drawn at a zoom and which of them carry a seat gauge. The layer, the
// labels, the flows, the legend and the hit test all ask here, so that they agree.

#include <vector>

#include "scene/map_content.h"

namespace doorstep::scene {

struct CampusSymbol {
  CampusId campus;
  double radius_px = 0.0;
  /// Where gauges would run into other campuses or gauges, the selected, then the changed, then
  /// the larger campuses keep theirs.
  bool gauge = false;
  /// From far off, hundreds of circles would be one blot: a plain dot by position, not by pupils.
  bool dot = false;
};

/// Size of the seat gauge under a campus: 0 to 150 %. Units: pixels.
inline constexpr double kGaugeWidth = 28.0;
inline constexpr double kGaugeHeight = 4.0;
inline constexpr double kGaugeGap = 3.5;

/// Radius by pupils: 0.245·√pupils times `factor`, at least 3.6. Units: pixels.
[[nodiscard]] double campus_radius_px(double pupils, double factor);

/// What all radii are multiplied by so that neighbours stay apart: 1 where they do anyway, down to
/// 0.4 where campuses crowd. One for both plans that are compared; panning does not change it.
[[nodiscard]] double campus_factor(const MapContent& content, const Viewport& view);

/// More campuses than a reader tells apart, as small as circles get: areas speak for them.
[[nodiscard]] bool seen_from_far(std::size_t campuses, double factor);

/// The open campuses of the stage in the order of the place.
[[nodiscard]] std::vector<CampusSymbol> campus_symbols(const MapContent& content,
                                                       const Viewport& view, double factor);

}  // namespace doorstep::scene
