#pragma once
// A hierarchy whose order does not depend on times (Dibbelt, Strasser, Wagner 2016, "Customizable
// Contraction Hierarchies"): which shortcuts there may be is settled once, what they cost is filled
// in anew for every change, in a pass over the triangles.

#include <cstdint>
#include <vector>

#include "network/hierarchy/hierarchy.h"
#include "network/street_graph.h"

namespace doorstep {

class CustomizableHierarchy {
 public:
  /// `order`: positions from first contracted to last, as dissection_order() gives.
  CustomizableHierarchy(const StreetGraph& graph, std::vector<uint32_t> order);

  /// The hierarchy for streets with the same nodes and any edges and times. A street where no
  /// shortcut was foreseen (a new road) first settles the shortcuts anew, in the same order.
  /// Pre: graph.nodes() as built with, positions alike.
  [[nodiscard]] Hierarchy customize(const StreetGraph& graph);

  [[nodiscard]] std::size_t arcs() const { return head_.size(); }

 private:
  void settle_shortcuts(const StreetGraph& graph);
  [[nodiscard]] bool put_times(const StreetGraph& graph);
  void relax_triangles();
  [[nodiscard]] Hierarchy lay_out() const;
  /// The arc between two ranks; kNone where none is foreseen.
  [[nodiscard]] uint32_t arc_between(uint32_t lower, uint32_t higher) const;

  std::vector<uint32_t> order_;
  std::vector<uint32_t> rank_;  // of each position
  // Arcs from lower to higher rank, grouped by the lower, heads ascending.
  std::vector<uint32_t> first_;
  std::vector<uint32_t> head_;
  std::vector<uint32_t> up_ms_;
  std::vector<uint32_t> down_ms_;
};

}  // namespace doorstep
