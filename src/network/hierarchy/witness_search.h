#pragma once
// Which shortcuts the contraction of a node needs: the pairs of its neighbours between which no
// other way is as short. A bounded search may miss a witness; the shortcut is then superfluous, not
// wrong.

#include <cstdint>
#include <span>
#include <vector>

#include "network/hierarchy/remaining_graph.h"
#include "network/node_queue.h"

namespace doorstep {

/// One a thread: its arrays are kept between searches.
class WitnessSearch {
 public:
  /// `barred` nodes are never passed: those contracted in the same round, whose own witnesses may
  /// lead over this node.
  WitnessSearch(const RemainingGraph& graph, const std::vector<char>& barred)
      : graph_(graph), barred_(barred), ms_(graph.nodes(), kNoTime) {}

  /// What must be added if `node` goes; a search settles at most `settle_at_most` nodes. Valid
  /// until the next call.
  [[nodiscard]] std::span<const RemainingGraph::Shortcut> shortcuts(uint32_t node,
                                                                    uint32_t settle_at_most);

 private:
  enum class Way { Out, Back };
  template <Way kWay>
  void drop_witnessed(uint32_t node, uint32_t from, std::size_t first, uint32_t settle_at_most);
  /// Whether a way found leads to `target` in time, by its own entry or one street more.
  template <Way kWay>
  [[nodiscard]] bool reached(uint32_t target, uint32_t within_ms) const;
  template <Way kWay>
  void search(uint32_t node, uint32_t from, uint32_t reach, uint32_t settle_at_most);

  const RemainingGraph& graph_;
  const std::vector<char>& barred_;
  std::vector<uint32_t> ms_;
  std::vector<uint32_t> touched_;
  NodeQueue queue_;
  std::vector<RemainingGraph::Shortcut> found_;
};

}  // namespace doorstep
