#pragma once
// Borders of many shapes as arcs: each shared border once, with the shape on either side. Drawn
// so, a border is one line; simplified so, neighbours do not part; and who borders whom is known.

#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.h"

namespace doorstep {

/// A piece of border with one pair of shapes on its sides, from branching point to branching
/// point, or closed (its first point repeated at the end).
struct Arc {
  Polyline line;
  int left = -1;   ///< index of the shape on the left; -1 outside
  int right = -1;  ///< on the right; -1 outside
  [[nodiscard]] bool closed() const { return line.size() > 2 && line.front() == line.back(); }
};

struct Topology {
  /// In the order of the shapes and rings they come from.
  std::vector<Arc> arcs;
  /// By shape: the arcs on its border, ascending.
  std::vector<std::vector<uint32_t>> arcs_of;
  /// By shape: the shapes it shares a border of some length with, ascending. Touching at a corner
  /// does not count.
  std::vector<std::vector<uint32_t>> neighbours;
  /// Length of border claimed on one side by two shapes: they overlap there. Such a piece is given
  /// to the lower index. Units: metres.
  double contested_m = 0.0;
};

/// The arcs of shapes that share borders exactly (tolerance 0, vertices on the neighbour's edge
/// included) or nearly: vertices within the tolerance become one, and a vertex within it of an
/// edge becomes a vertex of that edge. The first shape's coordinates win. Units: metres.
/// Pre: valid, normalised shapes; the tolerance well below the size of any shape.
/// Cost: O(n log n) for vertices about evenly spread.
[[nodiscard]] Topology derive_topology(std::span<const MultiPolygon> shapes,
                                       double tolerance_m = 0.0);

}  // namespace doorstep
