#pragma once
// Which counts to withhold from a table whose sums are published, so that no small count can be
// worked out from the others: the small ones, and as few others as hide them.

#include <cstdint>
#include <vector>

namespace doorstep::io {

/// Counts tied by sums, as a network in which what flows into a node flows out of it: a row total
/// goes into its row and leaves it as the row's cells, which go into their columns, and so on to
/// the total of all, which closes the circle. Subtotals are nodes of their own in between, to any
/// depth, on the side of the rows and on that of the columns.
struct CountNetwork {
  struct Arc {
    uint32_t from = 0;
    uint32_t to = 0;
    double value = 0.0;   ///< 0 or more. Units: pupils
    double weight = 1.0;  ///< how much its loss hurts, relative to a cell's: totals more
    /// Left out of what is published because it rounds to nobody: not protected for itself.
    bool unseen = false;
  };
  uint32_t nodes = 0;
  std::vector<Arc> arcs;

  [[nodiscard]] uint32_t add_node() { return nodes++; }
  uint32_t add_arc(Arc arc) {
    arcs.push_back(arc);
    return static_cast<uint32_t>(arcs.size() - 1);
  }
};

/// By arc, whether it is withheld. Every arc above 0 and below `min_count` is, and for each of
/// these there is a set of counts that agrees with everything published in which it is larger by
/// `min_count`: nobody can tell that it is small, or narrow it to less than `min_count`.
/// Method: for each small count the cheapest cycle through it on which `min_count` can be shifted
/// (Kelly, Golden & Assad 1992, the network heuristic for cell suppression).
/// Pre: flows are conserved at every node. Throws: Error where they are so far from it that a small
/// count has no cycle.
/// Cost: one Dijkstra for each small count.
[[nodiscard]] std::vector<bool> withheld_arcs(const CountNetwork& network, double min_count);

}  // namespace doorstep::io
