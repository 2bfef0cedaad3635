#pragma once
// The part of a hierarchy that some nodes need, in the order in which it is swept (Delling,
// Goldberg, Nowatzyk, Werneck 2011, "PHAST"; Delling, Goldberg, Werneck 2011, "Faster Batched
// Shortest Paths in Road Networks"): every node after those above it, neighbours close in memory.

#include <cstdint>
#include <span>
#include <vector>

#include "network/hierarchy/hierarchy.h"

namespace doorstep {

constexpr uint32_t kNoPlace = 0xFFFFFFFFu;

/// Places are indices into the sweep's own order. Nodes that would only pass times on are left out:
/// those that read them read what they would have read. A time that starts at such a node (a campus
/// beside it) is relayed to its readers.
struct SweepPlan {
  /// An arc from a place swept before; of a relay, to a place.
  struct Arc {
    uint32_t from;
    uint32_t ms;
  };
  std::vector<uint32_t> first;  ///< arcs of each place; one more than places
  std::vector<Arc> arcs;
  /// Of each node of the hierarchy: its place, kRelay + a relay, or kNoPlace.
  std::vector<uint32_t> place;
  std::vector<uint32_t> relay_first;
  std::vector<Arc> relays;

  [[nodiscard]] std::size_t places() const { return first.size() - 1; }

  /// Calls put(place, ms) for where a time at `node` counts, and by how much it grows.
  template <class Put>
  void enter(uint32_t node, Put put) const {
    uint32_t at = place[node];
    if (at < kRelay) return put(at, 0u);
    if (at == kNoPlace) return;
    for (uint32_t k = relay_first[at - kRelay]; k < relay_first[at - kRelay + 1]; ++k) {
      put(relays[k].from, relays[k].ms);
    }
  }
  static constexpr uint32_t kRelay = 0x80000000u;
};

/// What the targets need: themselves and what they read above them. Targets in the order of their
/// numbers make good plans, and pieces of that order share little.
[[nodiscard]] SweepPlan plan_sweep(const Hierarchy& hierarchy, std::span<const uint32_t> targets);

/// The nodes above some starts, each after those below it, and their arcs upwards.
class Climb {
 public:
  explicit Climb(const Hierarchy& hierarchy);

  /// Pre: nodes of the hierarchy.
  void reach(std::span<const uint32_t> starts);

  /// Steps upwards: the nodes reached in order, with arcs to steps later in the order.
  [[nodiscard]] std::span<const uint32_t> nodes() const { return nodes_; }
  [[nodiscard]] std::span<const uint32_t> first() const { return first_; }
  [[nodiscard]] std::span<const SweepPlan::Arc> arcs() const { return arcs_; }
  /// Where a start stands in nodes(). Pre: it was reached.
  [[nodiscard]] uint32_t step_of(uint32_t node) const { return step_[node]; }

 private:
  void visit(uint32_t start);

  const Hierarchy* hierarchy_;
  std::vector<uint32_t> step_;  // of each node reached
  std::vector<uint32_t> nodes_;
  std::vector<uint32_t> first_;
  std::vector<SweepPlan::Arc> arcs_;  // `from` is the step led to
  std::vector<std::pair<uint32_t, uint32_t>> stack_;
};

}  // namespace doorstep
