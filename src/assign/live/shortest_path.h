#pragma once
// Successive shortest paths on the campus graph, with prices that keep every reduced length >= 0:
//   length(x → y) = min over homes i at x of (t_iy + λ_y) − (t_ix + λ_x)
// A campus that holds more than its seats pushes pupils to the nearest one with room (its search
// raises prices); one that holds fewer at a price above 0 pulls pupils in, at worst its price falls
// to 0 (its search lowers prices). Free seats carry price 0, so a search ends at the first of them
// and stays small. Sources: Ahuja, Magnanti & Orlin (1993), §9.7; Dijkstra with early stop, §9.8.

#include <queue>
#include <vector>

#include "assign/live/state.h"

namespace doorstep::live {

class ShortestPaths {
 public:
  explicit ShortestPaths(State& s);

  /// Moves pupils along one shortest path out of `campus`. Pre: load > capacity.
  void push(uint32_t campus);
  /// Moves pupils along one shortest path into `campus`, or lowers its price to 0.
  /// Pre: load < capacity, price > 0.
  void pull(uint32_t campus);
  /// Lowers every price to the smallest optimal one: what a further seat saves, by chains of moves.
  void lower_to_smallest();

 private:
  struct Reached {
    int64_t distance = 0;
    uint32_t node = 0;
    bool operator>(const Reached& o) const {
      return distance != o.distance ? distance > o.distance : node > o.node;
    }
  };
  using Queue = std::vector<Reached>;

  void start();
  void enqueue(uint32_t node, int64_t distance);
  [[nodiscard]] bool next(Reached& r);
  void reach(uint32_t node, int64_t distance, uint32_t via, uint32_t home);
  void relax_out(uint32_t node, int64_t distance);
  void relax_in(uint32_t node, int64_t distance);
  [[nodiscard]] uint32_t best_unsettled(std::size_t home);
  void look_further();
  uint32_t settle_until_room();
  int64_t send(uint32_t from, uint32_t to, uint32_t home, int64_t most, bool really);

  State& s_;
  std::vector<int64_t> distance_;
  std::vector<uint32_t> via_;   // the other end of the last arc
  std::vector<uint32_t> home_;  // who moves along it
  std::vector<uint8_t> state_;  // 0 unseen, 1 reached, 2 settled
  std::vector<uint32_t> touched_;
  std::vector<uint32_t> settled_;
  Queue queue_;
};

}  // namespace doorstep::live
