#include "assign/live/bands.h"

#include <algorithm>

#include "base/error.h"

namespace doorstep::live {

namespace {

constexpr std::size_t kLanes = 16;

struct Near {
  uint32_t floor_value = 0;
  uint32_t campus = 0;
};

/// A home's row as lower bounds of t + λ, with the least of each run of 16, kept as four so that no
/// vector is ever folded in the loop. Units: deciseconds.
class RowPass {
 public:
  RowPass(const uint32_t* row, const uint32_t* low, std::size_t stride)
      : row_(row), low_(low), runs_(stride / kLanes), least_(scratch(runs_)) {
    uint32_t* out = least_.data();
    for (std::size_t r = 0; r < runs_; ++r, row += kLanes, low += kLanes, out += 4)
      for (std::size_t q = 0; q < 4; ++q) {
        const uint32_t a = std::min(row[q] + low[q], row[q + 4] + low[q + 4]);
        const uint32_t b = std::min(row[q + 8] + low[q + 8], row[q + 12] + low[q + 12]);
        out[q] = std::min(a, b);
        all_[q] = std::min(all_[q], out[q]);
      }
  }
  [[nodiscard]] uint32_t least() const {
    return std::min(std::min(all_[0], all_[1]), std::min(all_[2], all_[3]));
  }

  /// Calls f(campus, floor of t + λ) for all up to `limit`; returns the least of the others.
  template <typename F>
  uint32_t each_up_to(uint32_t limit, F&& f) const {
    uint32_t rest = kNoWay;
    for (std::size_t r = 0; r < runs_; ++r) {
      const uint32_t* four = &least_[r * 4];
      const uint32_t least = std::min(std::min(four[0], four[1]), std::min(four[2], four[3]));
      if (least > limit) {
        rest = std::min(rest, least);
        continue;
      }
      for (std::size_t j = r * kLanes; j < (r + 1) * kLanes; ++j) {
        const uint32_t at = row_[j] + low_[j];
        if (at <= limit)
          f(static_cast<uint32_t>(j), at);
        else
          rest = std::min(rest, at);
      }
    }
    return rest;
  }

 private:
  [[nodiscard]] static std::vector<uint32_t>& scratch(std::size_t runs) {
    thread_local std::vector<uint32_t> least;
    if (least.size() < 4 * runs) least.resize(4 * runs);
    return least;
  }
  const uint32_t* row_;
  const uint32_t* low_;
  std::size_t runs_;
  std::vector<uint32_t>& least_;
  uint32_t all_[4] = {0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu};
};

/// The band's new members in `near`, at most `room`; returns the bound of all others.
uint32_t nearest_of_row(State& s, std::size_t home, std::size_t room, std::vector<Near>& near) {
  const RowPass pass(s.row(home), s.low.data(), s.stride);
  const uint32_t unplaced = s.cost.unplaced_ds();
  uint32_t least = std::min(pass.least(), unplaced);
  if (s.dragged != State::kNone && s.dragged_column()[home] < kNoWay)
    least = std::min(least, s.dragged_column()[home] + s.dragged_low);
  // Floors are at most two deciseconds below their values.
  const uint32_t limit = least + s.margin + 2;
  near.clear();
  uint32_t rest = pass.each_up_to(std::min(limit, kHidden - 1), [&](uint32_t campus, uint32_t at) {
    if (campus != s.dragged) near.push_back({at, campus});
  });
  if (unplaced <= limit)
    near.push_back({unplaced, s.without_seat()});
  else
    rest = std::min(rest, unplaced);
  if (near.size() > room) {
    std::nth_element(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(room), near.end(),
                     [](const Near& a, const Near& b) {
                       return a.floor_value != b.floor_value ? a.floor_value < b.floor_value
                                                             : a.campus < b.campus;
                     });
    rest = std::min(rest, near[room].floor_value);
    near.resize(room);
    // What stays for its pupils may take places: then the nearest come first.
    std::sort(near.begin(), near.end(),
              [](const Near& a, const Near& b) { return a.floor_value < b.floor_value; });
  }
  return std::min(rest, limit + s.margin);
}

/// Takes out the entries that are not wanted any more; true where one with pupils stays unwanted.
void drop_unwanted(State& s, std::size_t home, const std::vector<Near>& near) {
  for (std::size_t k = s.band_count[home]; k-- > 0;) {
    const BandEntry& e = s.band[home * s.band_size + k];
    if (e.flow > 0 || e.campus == s.dragged) continue;
    const bool wanted =
        std::any_of(near.begin(), near.end(), [&](const Near& n) { return n.campus == e.campus; });
    if (!wanted) s.remove_entry(home, e.campus);
  }
}

}  // namespace

void refresh_band(State& s, std::size_t home, Refresh how) {
  thread_local std::vector<Near> near;
  s.bound[home] = nearest_of_row(s, home, s.band_size, near) + s.fall[home / kBlock];
  std::size_t wanted = s.band_count[home];
  for (const Near& n : near) wanted += s.find(home, n.campus) == nullptr;
  if (how == Refresh::Rebuild || wanted > s.band_size) drop_unwanted(s, home, near);
  for (const Near& n : near) {
    if (s.find(home, n.campus)) continue;
    if (s.band_count[home] < s.band_size)
      s.insert_entry(home, n.campus, s.decisec(home, n.campus));
    else
      s.bound[home] = std::min(s.bound[home], n.floor_value + s.fall[home / kBlock]);
  }
  uint32_t& top = s.top[home / kBlock];
  top = std::max(top, s.bound[home]);
}

BandEntry* best_entry(State& s, std::size_t home) {
  BandEntry* best = nullptr;
  for (BandEntry& e : s.band_of(home))
    if (!best || s.value_at(e) < s.value_at(*best)) best = &e;
  return best;
}

bool add_cheaper_outside(State& s, std::size_t home) {
  const BandEntry* best = best_entry(s, home);
  const int64_t limit = s.value_at(*best);
  const uint32_t* row = s.row(home);
  uint32_t cheaper = State::kNone;
  int64_t least = limit;
  for (uint32_t j = 0; j < s.stride; ++j) {
    if (row[j] >= kNoWay || j == s.dragged || s.cost.from_ds(row[j]) + s.price[j] >= least)
      continue;
    const int64_t at = s.cost_of(home, j, row[j]) + s.price[j];
    if (at < least && !s.find(home, j)) {
      least = at;
      cheaper = j;
    }
  }
  if (s.cost.unplaced() < least && !s.find(home, s.without_seat())) {
    s.insert_entry(home, s.without_seat(), s.cost.unplaced_ds());
    return true;
  }
  if (cheaper == State::kNone) return false;
  s.insert_entry(home, cheaper, row[cheaper]);
  return true;
}

/// Moves pupils off entries that are not the cheapest; true where any moved.
bool move_to_best(State& s, std::size_t home) {
  const int64_t least = s.value_at(*best_entry(s, home));
  int64_t moved = 0;
  for (BandEntry& e : s.band_of(home))
    if (e.flow > 0 && s.value_at(e) > least) {
      moved += e.flow;
      s.add_flow(home, e, -e.flow);
    }
  if (moved == 0) return false;
  s.add_flow(home, *best_entry(s, home), moved);
  return true;
}

bool renew_value(State& s, std::size_t home) {
  if (s.supply[home] == 0) {
    s.value[home] = 0;
    return true;
  }
  const int64_t least = s.value_at(*best_entry(s, home));
  s.value[home] = s.cost.ceil_ds(least);
  bool all = true;
  for (const BandEntry& e : s.band_of(home)) all &= e.flow == 0 || s.value_at(e) == least;
  return all;
}

}  // namespace doorstep::live
