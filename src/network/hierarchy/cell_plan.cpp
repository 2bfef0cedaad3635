#include "network/hierarchy/cell_plan.h"

#include <algorithm>
#include <numeric>

#include "network/street_graph.h"

namespace doorstep {
namespace {

constexpr uint32_t kMostDoors = 128;  // of a leaf

/// The doors from the lowest to the highest that a place's time reaches.
struct Span {
  uint32_t low = 0xFFFFFFFFu;
  uint32_t high = 0;
  void take(const Span& other) {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
  }
};

class Cutting {
 public:
  Cutting(SweepPlan plan, std::vector<DoorWays> doors) {
    out_.plan = std::move(plan);
    out_.doors = std::move(doors);
  }

  CellPlan run() {
    find_spans();
    count_crossings();
    cut(0, 0, static_cast<uint32_t>(out_.doors.size()));
    order_places();
    collect_inputs();
    return std::move(out_);
  }

 private:
  using Arc = SweepPlan::Arc;
  using Cell = CellPlan::Cell;

  void find_spans() {
    const SweepPlan& plan = out_.plan;
    span_.resize(plan.places());
    for (uint32_t d = 0; d < out_.doors.size(); ++d) {
      const DoorWays& door = out_.doors[d];
      for (int k = 0; k < 2; ++k) {
        if (door.ms[k] != kNoTime) span_[door.place[k]].take({d, d});
      }
    }
    for (std::size_t p = plan.places(); p-- > 0;) {
      for (uint32_t k = plan.first[p]; k < plan.first[p + 1]; ++k) {
        span_[plan.arcs[k].from].take(span_[p]);
      }
    }
  }

  /// How many places reach doors on both sides of each gap between two doors.
  void count_crossings() {
    crossing_.assign(out_.doors.size() + 2, 0);
    for (const Span& s : span_) {
      if (s.low >= s.high) continue;
      ++crossing_[s.low + 1];
      --crossing_[s.high + 1];
    }
    std::partial_sum(crossing_.begin(), crossing_.end(), crossing_.begin());
  }

  /// Cuts where the fewest places cross, in the middle half.
  void cut(uint32_t parent, uint32_t first, uint32_t last) {
    const auto cell = static_cast<uint32_t>(out_.cells.size());
    out_.cells.push_back({.parent = parent, .first_door = first, .last_door = last});
    split_.push_back(last);
    if (last - first > kMostDoors) {
      const uint32_t quarter = (last - first) / 4;
      auto least =
          std::min_element(crossing_.begin() + first + quarter, crossing_.begin() + last - quarter);
      const auto at = static_cast<uint32_t>(least - crossing_.begin());
      split_[cell] = at;
      cut(cell, first, at);
      cut(cell, at, last);
    }
    out_.cells[cell].after = static_cast<uint32_t>(out_.cells.size());
  }

  [[nodiscard]] uint32_t cell_of(const Span& span) const {
    uint32_t cell = 0;
    if (span.low > span.high) return cell;  // nobody reads it
    while (!out_.is_leaf(cell)) {
      const uint32_t at = split_[cell];
      if (span.low < at && span.high >= at) break;
      cell = span.high < at ? cell + 1 : out_.cells[cell + 1].after;
    }
    return cell;
  }

  void order_places() {
    SweepPlan& plan = out_.plan;
    const auto places = static_cast<uint32_t>(plan.places());
    std::vector<uint32_t> old(places);
    cell_.resize(places);
    for (uint32_t p = 0; p < places; ++p) cell_[p] = cell_of(span_[p]);
    std::iota(old.begin(), old.end(), 0u);
    std::ranges::stable_sort(old, {}, [&](uint32_t p) { return cell_[p]; });
    std::vector<uint32_t> now(places);
    for (uint32_t p = 0; p < places; ++p) now[old[p]] = p;
    std::vector<uint32_t> first{0};
    std::vector<Arc> arcs;
    first.reserve(places + 1);
    arcs.reserve(plan.arcs.size());
    for (uint32_t p : old) {
      for (uint32_t k = plan.first[p]; k < plan.first[p + 1]; ++k) {
        arcs.push_back({now[plan.arcs[k].from], plan.arcs[k].ms});
      }
      std::sort(arcs.begin() + first.back(), arcs.end(),
                [](const Arc& a, const Arc& b) { return a.from < b.from; });
      first.push_back(static_cast<uint32_t>(arcs.size()));
    }
    plan.first = std::move(first);
    plan.arcs = std::move(arcs);
    for (uint32_t& place : plan.place) {
      if (place < SweepPlan::kRelay) place = now[place];
    }
    for (Arc& relay : plan.relays) relay.from = now[relay.from];
    for (DoorWays& door : out_.doors) {
      for (uint32_t& place : door.place) place = places == 0 ? 0 : now[place];
    }
    std::ranges::sort(cell_);
    set_ranges();
  }

  void set_ranges() {
    for (uint32_t c = 0; c < out_.cells.size(); ++c) {
      Cell& cell = out_.cells[c];
      auto place_of = [&](uint32_t of) {
        return static_cast<uint32_t>(std::ranges::lower_bound(cell_, of) - cell_.begin());
      };
      cell.first_place = place_of(c);
      cell.last_place = place_of(c + 1);
      cell.places_after = place_of(cell.after);
    }
  }

  /// From below: what a cell's own places and doors read, and what those below it read, where it
  /// comes from outside.
  void collect_inputs() {
    std::vector<uint32_t> least(out_.plan.places(), kNoTime);
    std::vector<uint32_t> from;
    for (auto c = static_cast<uint32_t>(out_.cells.size()); c-- > 0;) {
      Cell& cell = out_.cells[c];
      auto take = [&](uint32_t place, uint32_t ms) {
        if (place >= cell.first_place || ms == kNoTime) return;
        if (least[place] == kNoTime) from.push_back(place);
        least[place] = std::min(least[place], ms);
      };
      from.clear();
      for (uint32_t k = out_.plan.first[cell.first_place]; k < out_.plan.first[cell.last_place];
           ++k) {
        take(out_.plan.arcs[k].from, out_.plan.arcs[k].ms);
      }
      take_from_below(c, take);
      std::ranges::sort(from);
      cell.first_input = static_cast<uint32_t>(out_.inputs.size());
      for (uint32_t place : from) {
        out_.inputs.push_back({place, least[place]});
        least[place] = kNoTime;
      }
      cell.last_input = static_cast<uint32_t>(out_.inputs.size());
    }
  }
  template <class Take>
  void take_from_below(uint32_t c, Take take) const {
    const Cell& cell = out_.cells[c];
    if (out_.is_leaf(c)) {
      for (uint32_t d = cell.first_door; d < cell.last_door; ++d) {
        const DoorWays& door = out_.doors[d];
        for (int k = 0; k < 2; ++k) take(door.place[k], door.ms[k]);
      }
    }
    for (uint32_t below = c + 1; below < cell.after; below = out_.cells[below].after) {
      for (uint32_t k = out_.cells[below].first_input; k < out_.cells[below].last_input; ++k) {
        take(out_.inputs[k].from, out_.inputs[k].ms);
      }
    }
  }

  CellPlan out_;
  std::vector<Span> span_;         // by place
  std::vector<int32_t> crossing_;  // before each door
  std::vector<uint32_t> split_;    // by cell: the first door of its second half
  std::vector<uint32_t> cell_;     // by place
};

}  // namespace

CellPlan plan_cells(const Hierarchy& hierarchy, std::span<const DoorEnds> homes,
                    std::vector<uint32_t> order) {
  std::vector<uint32_t> targets;
  for (uint32_t h : order) {
    targets.insert(targets.end(), homes[h].nodes().begin(), homes[h].nodes().end());
  }
  SweepPlan plan = plan_sweep(hierarchy, targets);
  std::vector<DoorWays> doors;
  for (uint32_t h : order) doors.push_back(door_ways(plan, homes[h]));
  CellPlan out = Cutting(std::move(plan), std::move(doors)).run();
  out.home = std::move(order);
  return out;
}

}  // namespace doorstep
