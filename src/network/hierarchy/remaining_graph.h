#pragma once
// The graph left while contracting: one list of neighbours a node, with the time either way, the
// nearest first, so that a search within a limit reads no farther than it reaches.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "network/street_graph.h"

namespace doorstep {

class RemainingGraph {
 public:
  /// A neighbour, and the times to it and from it; kNoTime where closed.
  struct Arc {
    uint32_t node = 0;
    uint32_t out_ms = kNoTime;
    uint32_t in_ms = kNoTime;
    uint32_t hops = 1;  ///< streets that it stands for
    [[nodiscard]] uint32_t least_ms() const { return std::min(out_ms, in_ms); }
  };
  /// A way a → through → b that nothing else replaces, and back.
  struct Shortcut {
    uint32_t a = 0;
    uint32_t b = 0;
    uint32_t out_ms = kNoTime;
    uint32_t in_ms = kNoTime;
    uint32_t hops = 2;
  };

  explicit RemainingGraph(const StreetGraph& graph);

  [[nodiscard]] std::size_t nodes() const { return arcs_.size(); }
  /// By least_ms.
  [[nodiscard]] const std::vector<Arc>& arcs_of(uint32_t n) const { return arcs_[n]; }
  /// Whether every street takes as long either way: half of all searches are then spared.
  [[nodiscard]] bool symmetric() const { return symmetric_; }

  /// Takes a node out of its neighbours' lists; its own list stays with the caller.
  [[nodiscard]] std::vector<Arc> take_out(uint32_t n);
  void add(const Shortcut& s);

 private:
  void add_half(uint32_t at, Arc arc);

  std::vector<std::vector<Arc>> arcs_;
  bool symmetric_ = true;
};

}  // namespace doorstep
