#pragma once
// The residual graph contracted onto campuses. For an ordered pair (from, to) the list holds every
// home with pupils at `from` that knows `to`, with the price in travel of moving one pupil; the
// arc's length is the least of them. Plain arrays, no heaps: insertion is O(1), removal a scan, and
// the minimum is looked for again only where it left. Nothing in them is ever stale.
// Source: the contraction is that of Ahuja, Magnanti & Orlin, Network Flows (1993), ch. 12.

#include <cstdint>
#include <limits>
#include <vector>

namespace doorstep::live {

/// A move of one pupil between two campuses.
struct Exchange {
  int64_t diff = 0;  ///< cost at `to` minus cost at `from`
  uint32_t home = 0;
};

class ExchangeLists {
 public:
  explicit ExchangeLists(std::size_t nodes);

  void insert(uint32_t from, uint32_t to, int64_t diff, uint32_t home);
  /// Takes `home` out; nothing where it is not there.
  void erase(uint32_t from, uint32_t to, uint32_t home);
  /// Empties every list from and to `node`.
  void clear_node(uint32_t node);

  /// An arc of the contracted graph: the cheapest exchange of its list.
  struct Arc {
    int64_t diff = kEmpty;  ///< kEmpty where nobody can move so
    uint32_t home = 0;
    uint32_t from = 0;
    uint32_t to = 0;
  };
  static constexpr int64_t kEmpty = std::numeric_limits<int64_t>::max();

  /// Ids of the arcs from and to a node, empty ones among them.
  [[nodiscard]] const std::vector<uint32_t>& out(uint32_t node) const { return out_[node]; }
  [[nodiscard]] const std::vector<uint32_t>& in(uint32_t node) const { return in_[node]; }
  [[nodiscard]] const Arc& arc(uint32_t id) {
    if (arcs_[id].diff == kUnknown) find_least(id);
    return arcs_[id];
  }
  [[nodiscard]] const std::vector<Exchange>& list(uint32_t id) const { return lists_[id]; }

 private:
  static constexpr int64_t kUnknown = std::numeric_limits<int64_t>::min();
  void find_least(uint32_t id);
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  std::size_t nodes_;
  std::vector<uint32_t> id_;  // of a pair, nodes × nodes
  std::vector<Arc> arcs_;
  std::vector<std::vector<Exchange>> lists_;
  std::vector<std::vector<uint32_t>> out_;
  std::vector<std::vector<uint32_t>> in_;
};

}  // namespace doorstep::live
