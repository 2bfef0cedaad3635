#pragma once
// The land nearest to each of many points, and its union by owner: catchments made of the cells
// of their homes. Shared borders are the same vertices on both sides, because they are cut out of
// one arrangement; nothing is united in floating point.

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "geo/geometry.h"

namespace doorstep {

struct VoronoiCells {
  /// Shape: one a point; empty for a duplicate and for a point whose cell lies outside the clip.
  std::vector<MultiPolygon> cells;
  /// (duplicate, the earlier point that has the cell), ascending.
  std::vector<std::pair<uint32_t, uint32_t>> duplicates;
};

/// The cell of each point within `clip`. Points within the same centimetre are duplicates.
/// Pre: finite points; extent below 5,000 km. An invalid clip is repaired first.
/// Cost: O(n log n); 20,000 points in about a third of a second.
[[nodiscard]] VoronoiCells voronoi_cells(std::span<const Xy> points, const MultiPolygon& clip);
[[nodiscard]] VoronoiCells voronoi_cells(std::span<const Xy> points, const Box& clip);

struct DissolvedCells {
  /// Shape: one an owner, 0 … highest owner named.
  std::vector<MultiPolygon> shapes;
  /// Duplicates of one place with another owner: (duplicate, the earlier point whose owner has
  /// the cell), ascending. Duplicates of the same owner are no conflict and not listed.
  std::vector<std::pair<uint32_t, uint32_t>> conflicts;
};

/// The union of the cells of each owner. A point of owner -1 keeps its land out of every shape.
/// Pre, Cost: as voronoi_cells. Pre: owner_of has the length of points.
[[nodiscard]] DissolvedCells dissolve_cells(std::span<const Xy> points,
                                            std::span<const int> owner_of,
                                            const MultiPolygon& clip);
[[nodiscard]] DissolvedCells dissolve_cells(std::span<const Xy> points,
                                            std::span<const int> owner_of, const Box& clip);

}  // namespace doorstep
