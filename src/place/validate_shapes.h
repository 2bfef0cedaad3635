#pragma once
// Gaps, overlaps, slivers and repeated shapes among areas that should lie side by side.
// Internal to place.

#include <span>
#include <string>

#include "place/place.h"

namespace doorstep {

/// One of the areas that should cover the ground once.
struct CoverShape {
  std::string code;
  const MultiPolygon* shape = nullptr;
  InputRef source;
};

/// Findings on shapes against one another; `what` names them: "catchments of primary".
/// Cost: one intersection for each pair whose boxes meet.
void check_cover(std::span<const CoverShape> shapes, const std::string& what, Diagnostics& out);

/// The catchments of every stage in the base year, and the areas.
void check_shapes(const Place& place, Diagnostics& out);

}  // namespace doorstep
