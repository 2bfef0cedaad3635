#pragma once
// Streets made ready for searching: links (a street between two junctions with the directions it
// may be walked in), and the reverse graph in an order that keeps neighbours close in memory.
// Times are whole milliseconds, so that sums do not depend on the order of adding.

#include <cstdint>
#include <memory>
#include <vector>

#include "geo/geometry.h"
#include "place/streets.h"

namespace doorstep {

constexpr uint32_t kNoTime = 0xFFFFFFFFu;

/// A sum of times; long ones are kNoTime.
[[nodiscard]] inline uint32_t time_sum(uint32_t a, uint32_t b) {
  uint32_t room = ~b;
  return (a < room ? a : room) + b;
}

/// A street between two junctions. Either way may be closed: `forward_ms` or `backward_ms` is
/// kNoTime then. Nodes are numbered as in Streets.
struct StreetLink {
  uint32_t from = 0;
  uint32_t to = 0;
  uint32_t edge = 0;  ///< the directed edge from → to
  uint32_t forward_ms = kNoTime;
  uint32_t backward_ms = kNoTime;
};

class StreetGraph {
 public:
  /// Throws: Error where arrays do not fit together or a time is negative or not a number.
  explicit StreetGraph(std::shared_ptr<const Streets> streets);

  [[nodiscard]] const Streets& streets() const { return *streets_; }
  [[nodiscard]] const std::vector<StreetLink>& links() const { return links_; }
  /// The points of a link from `from` to `to`, both included.
  [[nodiscard]] Polyline line_of(const StreetLink& link) const;

  /// An edge of the reverse graph: from the node it belongs to back to `tail`.
  struct Back {
    uint32_t tail;
    uint32_t ms;
  };
  /// Position of a node in search order; the reverse graph below uses positions only.
  [[nodiscard]] uint32_t position(uint32_t node) const { return position_[node]; }
  [[nodiscard]] uint32_t node_at_position(uint32_t position) const { return order_[position]; }
  [[nodiscard]] const Back* back_begin(uint32_t p) const { return back_.data() + back_first_[p]; }
  [[nodiscard]] const Back* back_end(uint32_t p) const { return back_.data() + back_first_[p + 1]; }
  [[nodiscard]] std::size_t nodes() const { return order_.size(); }

 private:
  void check() const;
  void order_nodes();
  void pair_links();
  void turn_round();

  std::shared_ptr<const Streets> streets_;
  std::vector<StreetLink> links_;
  std::vector<uint32_t> order_;     // node at each position
  std::vector<uint32_t> position_;  // of each node
  std::vector<uint32_t> back_first_;
  std::vector<Back> back_;
};

/// Milliseconds of a time in minutes. Pre: 0 <= minutes, finite. Times above 49 days are kNoTime.
[[nodiscard]] uint32_t milliseconds(double minutes);

}  // namespace doorstep
