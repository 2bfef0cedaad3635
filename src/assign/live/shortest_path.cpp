#include "assign/live/shortest_path.h"

#include <algorithm>
#include <functional>
#include <limits>

#include "assign/live/bands.h"
#include "base/error.h"

namespace doorstep::live {

namespace {
constexpr int64_t kFar = std::numeric_limits<int64_t>::max();
}  // namespace

ShortestPaths::ShortestPaths(State& s)
    : s_(s),
      distance_(s.stride + 1),
      via_(s.stride + 1),
      home_(s.stride + 1),
      state_(s.stride + 1) {}

void ShortestPaths::start() {
  for (const uint32_t node : touched_) state_[node] = 0;
  touched_.clear();
  settled_.clear();
  queue_.clear();
}

void ShortestPaths::enqueue(uint32_t node, int64_t distance) {
  queue_.push_back({distance, node});
  std::push_heap(queue_.begin(), queue_.end(), std::greater<>());
}

void ShortestPaths::reach(uint32_t node, int64_t distance, uint32_t via, uint32_t home) {
  if (state_[node] == 2 || (state_[node] == 1 && distance_[node] <= distance)) return;
  if (state_[node] == 0) touched_.push_back(node);
  state_[node] = 1;
  distance_[node] = distance;
  via_[node] = via;
  home_[node] = home;
  enqueue(node, distance);
}

bool ShortestPaths::next(Reached& r) {
  while (!queue_.empty()) {
    r = queue_.front();
    if (state_[r.node] != 2 && distance_[r.node] == r.distance) return true;
    std::pop_heap(queue_.begin(), queue_.end(), std::greater<>());
    queue_.pop_back();
  }
  return false;
}

void ShortestPaths::relax_out(uint32_t node, int64_t distance) {
  for (const uint32_t id : s_.lists.out(node)) {
    const ExchangeLists::Arc& arc = s_.lists.arc(id);
    if (arc.diff == ExchangeLists::kEmpty || state_[arc.to] == 2) continue;
    reach(arc.to, distance + arc.diff + s_.price[arc.to] - s_.price[node], node, arc.home);
  }
}

void ShortestPaths::relax_in(uint32_t node, int64_t distance) {
  for (const uint32_t id : s_.lists.in(node)) {
    const ExchangeLists::Arc& arc = s_.lists.arc(id);
    if (arc.diff == ExchangeLists::kEmpty || state_[arc.from] == 2) continue;
    reach(arc.from, distance + arc.diff + s_.price[node] - s_.price[arc.from], node, arc.home);
  }
}

/// The cheapest campus that the search has not settled, for one home; its price is none's to raise.
uint32_t ShortestPaths::best_unsettled(std::size_t home) {
  uint32_t best = State::kNone;
  int64_t least = kFar;
  auto look = [&](uint32_t j, uint32_t decisec) {
    if (decisec >= kNoWay || state_[j] == 2) return;
    const int64_t at = s_.cost.from_ds(decisec) + s_.price[j];
    if (at >= least) return;
    least = at;
    best = j;
  };
  const uint32_t* row = s_.row(home);
  for (uint32_t j = 0; j < s_.stride; ++j)
    if (j != s_.dragged) look(j, row[j]);
  if (s_.dragged != State::kNone) look(s_.dragged, s_.decisec(home, s_.dragged));
  return best == State::kNone ? s_.without_seat() : best;
}

/// No way out within the bands: everyone at the settled campuses learns of the next best beyond
/// them, at last what being without a seat costs, and takes it where prices have gone past it.
void ShortestPaths::look_further() {
  for (const uint32_t node : settled_) {
    const std::vector<uint32_t> homes = s_.members[node];
    for (const uint32_t i : homes) {
      const uint32_t next = best_unsettled(i);
      if (s_.find(i, next)) continue;
      s_.insert_entry(i, next, s_.decisec(i, next));
      move_to_best(s_, i);
    }
  }
}

/// The nearest campus with room; kNone where the bands know no way to one.
uint32_t ShortestPaths::settle_until_room() {
  Reached r;
  while (next(r)) {
    if (s_.has_room(r.node)) return r.node;
    state_[r.node] = 2;
    settled_.push_back(r.node);
    ++s_.work.settled;
    relax_out(r.node, r.distance);
  }
  return State::kNone;
}

int64_t ShortestPaths::send(uint32_t from, uint32_t to, uint32_t home, int64_t most, bool really) {
  if (!really) return std::min(most, s_.find(home, from)->flow);
  // Known already, unless the same search had to give up its place in a full band.
  if (!s_.find(home, to)) s_.insert_entry(home, to, s_.decisec(home, to));
  s_.add_flow(home, *s_.find(home, from), -most);
  s_.add_flow(home, *s_.find(home, to), most);
  return most;
}

void ShortestPaths::push(uint32_t campus) {
  start();
  reach(campus, 0, campus, 0);
  const uint32_t target = settle_until_room();
  if (target == State::kNone) return look_further();
  const int64_t radius = distance_[target];
  int64_t most =
      std::min(s_.load[campus] - s_.capacity[campus], s_.capacity[target] - s_.load[target]);
  for (uint32_t y = target; y != campus; y = via_[y])
    most = send(via_[y], y, home_[y], most, false);
  for (const uint32_t node : settled_)
    if (distance_[node] < radius) s_.set_price(node, s_.price[node] + radius - distance_[node]);
  for (uint32_t y = target; y != campus; y = via_[y]) send(via_[y], y, home_[y], most, true);
  ++s_.work.augmentations;
}

void ShortestPaths::pull(uint32_t campus) {
  start();
  reach(campus, 0, campus, 0);
  // A pupil leaves z for good: its seat stays free, and its price falls to 0.
  int64_t radius = kFar;
  uint32_t source = campus;
  Reached r;
  while (next(r) && r.distance < radius) {
    state_[r.node] = 2;
    settled_.push_back(r.node);
    ++s_.work.settled;
    if (r.distance + s_.price[r.node] < radius) {
      radius = r.distance + s_.price[r.node];
      source = r.node;
    }
    relax_in(r.node, r.distance);
  }
  int64_t most = s_.capacity[campus] - s_.load[campus];
  for (uint32_t x = source; x != campus; x = via_[x])
    most = send(x, via_[x], home_[x], most, false);
  for (const uint32_t node : settled_)
    if (distance_[node] < radius) s_.set_price(node, s_.price[node] - (radius - distance_[node]));
  for (uint32_t x = source; x != campus; x = via_[x]) send(x, via_[x], home_[x], most, true);
  ++s_.work.augmentations;
}

void ShortestPaths::lower_to_smallest() {
  // σ_y, how far λ_y can fall: min(λ_y, min over x of length(x → y) + σ_x), from the free seats
  // out.
  start();
  for (uint32_t x = 0; x < s_.stride; ++x) reach(x, s_.price[x], x, 0);
  reach(s_.without_seat(), 0, s_.without_seat(), 0);
  Reached r;
  while (next(r)) {
    state_[r.node] = 2;
    relax_out(r.node, r.distance);
  }
  for (uint32_t x = 0; x < s_.stride; ++x)
    if (distance_[x] > 0) s_.set_price(x, s_.price[x] - distance_[x]);
}

}  // namespace doorstep::live
