#pragma once
// Whether a layer that claims WGS 84 is in a web map's shifted coordinates, told from how well it
// fits trusted neighbours under each hypothesis. Flags with figures; converting is the caller's.
// All shapes are in the place's plane, brought there as the layer claims.

#include <span>
#include <string>
#include <vector>

#include "geo/crs.h"
#include "geo/datum.h"
#include "geo/geometry.h"

namespace doorstep {

/// When the evidence counts. All assumed: a shift is 80 to 700 m, so that a fit that gains less
/// than the least of these is chance.
struct ShiftSettings {
  /// The best hypothesis has at most one part in `ratio` of the next one's misfit; of twin areas
  /// at most one in `ratio_overlap`, since maps that draw a border more or less finely differ by
  /// some 2 to 3 % of the area under any hypothesis (Bincheng, Dongsheng).
  double ratio = 2.0;
  double ratio_overlap = 1.5;
  /// What the best must gain over the claim. Units: metres of the median distance.
  double least_gain_m = 30.0;
  /// … as a share of the area of both.
  double least_gain_overlap = 0.01;
  /// … as a share of the points.
  double least_gain_outside = 0.03;
  /// A best fit worse than this is no fit: the neighbours show other things. Units: metres.
  double fit_at_most_m = 150.0;
  /// Points or vertices that it takes, and how many are looked at.
  std::size_t least_points = 20;
  std::size_t most_points = 2000;
  /// Areas are twins from this overlap on, under any hypothesis.
  double twins_from = 0.5;
};

enum class ShiftVerdict {
  NotApplicable,  ///< outside China, where nothing is shifted
  TooLittle,      ///< too few points, or no neighbours near
  Agrees,         ///< the claim fits clearly best
  Shifted,        ///< `likely` fits clearly better than the claim and the other shift
  Unclear         ///< no hypothesis is clearly better: no ground for an alarm
};

enum class ShiftMeasure {
  Distance,  ///< median distance to the nearest neighbour. Units: metres
  Overlap,   ///< 1 − common area / area of both, median of twins
  Outside    ///< share of points in none of the areas
};

struct ShiftFit {
  Shift shift = Shift::None;
  double misfit = 0.0;  ///< in the unit of the measure; smaller is better
};

struct ShiftEvidence {
  ShiftVerdict verdict = ShiftVerdict::TooLittle;
  Shift likely = Shift::None;
  ShiftMeasure measure = ShiftMeasure::Distance;
  /// WGS 84, GCJ-02, BD-09, in this order; empty where nothing was measured.
  std::vector<ShiftFit> fits;
  std::size_t compared = 0;  ///< points or twin areas
  /// How far the layer lies off by the likely shift, in the middle of it. Units: metres.
  double off_m = 0.0;
  /// One line with the figures: "fits best as GCJ-02: median distance 9 m, as WGS 84 412 m, …".
  std::string sentence;
};

/// Points, or vertices of lines and borders, against trusted points and lines. Borders of areas
/// go in as closed lines. Pre: `plane` is projected and in metres.
/// Cost: O((n + m) log m), m pieces of 50 m of the lines near the layer.
[[nodiscard]] ShiftEvidence weigh_shift(std::span<const Xy> layer,
                                        std::span<const Xy> trusted_points,
                                        std::span<const Polyline> trusted_lines, const Crs& plane,
                                        const ShiftSettings& settings = {});

/// Areas against trusted areas of which some show the same: counties, towns, catchments.
/// Pre: valid, normalised shapes; `plane` as above.
[[nodiscard]] ShiftEvidence weigh_shift(std::span<const MultiPolygon> layer,
                                        std::span<const MultiPolygon> trusted, const Crs& plane,
                                        const ShiftSettings& settings = {});

/// Points that ought to lie in trusted areas: schools in a county with its coast. Weak evidence
/// where few lie near the outer border, and then Unclear. Pre: as above.
[[nodiscard]] ShiftEvidence weigh_shift_inside(std::span<const Xy> layer,
                                               std::span<const MultiPolygon> trusted,
                                               const Crs& plane,
                                               const ShiftSettings& settings = {});

}  // namespace doorstep
