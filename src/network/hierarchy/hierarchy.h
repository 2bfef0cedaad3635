#pragma once
// A contraction hierarchy of the streets (Geisberger, Sanders, Schultes, Delling 2008,
// "Contraction Hierarchies"): nodes contracted one after another, each replaced by the shortcuts
// that keep all times between those left. Built here, swept in sweep_plan.h. Directions are those
// of the search from a campus backwards: an arc u → v says that a walk from v to u takes `ms`.

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.h"

namespace doorstep {

class StreetGraph;

/// An arc between a node and one that was contracted later.
struct HierarchyArc {
  uint32_t node = 0;
  uint32_t ms = 0;
};

/// Every time between two nodes is that of a path which first climbs by `up` arcs and then descends
/// by `down` arcs. Nodes have numbers of their own, those that hang below one node in a row after
/// it, so that climbs and sweeps read memory in runs.
struct Hierarchy {
  /// Number of the node at each position of StreetGraph.
  std::vector<uint32_t> number;
  /// When each node, by number, was contracted: arcs lead from lower to higher.
  std::vector<uint32_t> rank;
  /// Arcs node → higher, grouped by the lower node; shape nodes + 1 and arcs.
  std::vector<uint32_t> up_first;
  std::vector<HierarchyArc> up;
  /// Arcs higher → node, grouped by the lower node, `node` naming the higher one.
  std::vector<uint32_t> down_first;
  std::vector<HierarchyArc> down;

  [[nodiscard]] std::size_t nodes() const { return number.size(); }
  [[nodiscard]] std::span<const HierarchyArc> up_of(uint32_t n) const {
    return {up.data() + up_first[n], up.data() + up_first[n + 1]};
  }
  [[nodiscard]] std::span<const HierarchyArc> down_of(uint32_t n) const {
    return {down.data() + down_first[n], down.data() + down_first[n + 1]};
  }
};

/// Contracts the street graph. The result does not depend on `threads` (0: all cores).
/// Throws: Cancelled. Cost: some 10 µs a node of a street network.
[[nodiscard]] Hierarchy build_hierarchy(const StreetGraph& graph, unsigned threads,
                                        Progress& progress);

}  // namespace doorstep
