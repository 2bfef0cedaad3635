#pragma once
// What is wrong between areas that ought to divide a city among them: overlaps, gaps, slivers and
// duplicates, each with its place and size. What is wrong within one shape is `repaired`'s
// (polygon.h); what to do about either is the caller's.

#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.h"

namespace doorstep {

enum class CoverageFaultKind {
  Duplicate,  ///< two shapes that are the same but for a thousandth of their area
  Overlap,    ///< a piece claimed by two shapes
  Gap,        ///< a piece claimed by none, with shapes all round it
  Sliver      ///< a part of a shape, narrower than any ground
};

struct CoverageFault {
  CoverageFaultKind kind = CoverageFaultKind::Gap;
  /// Indices, ascending: the two that overlap, those around a gap, the one with the sliver.
  std::vector<uint32_t> shapes;
  double area_m2 = 0.0;
  /// Twice the area over the border's length: how wide a strip it is. Units: metres.
  double width_m = 0.0;
  /// A point inside, to zoom to.
  Xy at;
  /// The piece itself, to draw.
  Polygon piece;
};

struct CoverageSettings {
  /// Smaller pieces are what rounding leaves. Units: square metres.
  double least_area_m2 = 1.0;
  /// Parts narrower than this are slivers. Units: metres. Assumed: no plot is.
  double sliver_width_m = 1.0;
  /// Larger holes are taken for lakes and other districts, not for gaps. Units: square metres.
  double largest_gap_m2 = 1e300;
};

/// In the order of the kinds, then of the shapes, then from large to small. A wedge that opens to
/// the outside is no gap here: the outer border may run as it likes.
/// Pre: valid, normalised shapes. Cost: an intersection for each pair whose boxes meet, one union.
[[nodiscard]] std::vector<CoverageFault> coverage_faults(std::span<const MultiPolygon> shapes,
                                                         const CoverageSettings& settings = {});

}  // namespace doorstep
