#include "network/hierarchy/cell_reach.h"

#include <algorithm>

#include "base/error.h"
#include "network/hierarchy/single_sweep.h"
#include "network/parallel.h"
#include "network/street_graph.h"

namespace doorstep {

CellReach::CellReach(std::shared_ptr<const Hierarchy> hierarchy,
                     std::shared_ptr<const CellPlan> plan, uint32_t nowhere, uint32_t longest)
    : hierarchy_(std::move(hierarchy)),
      plan_(std::move(plan)),
      nowhere_(nowhere),
      longest_(longest),
      in_order_(std::ranges::is_sorted(plan_->home)),
      leaf_of_home_(plan_->home.size()),
      climb_(*hierarchy_),
      at_(std::max<std::size_t>(plan_->plan.places(), 1)),
      bound_(plan_->cells.size()),
      swept_(plan_->cells.size()),
      need_(plan_->cells.size()),
      filled_(plan_->cells.size()),
      ds_(plan_->home.size()) {
  for (uint32_t c = 0; c < plan_->cells.size(); ++c) {
    if (!plan_->is_leaf(c)) continue;
    const CellPlan::Cell& cell = plan_->cells[c];
    for (uint32_t d = cell.first_door; d < cell.last_door; ++d) leaf_of_home_[plan_->home[d]] = c;
  }
}

void CellReach::climb(const DoorEnds& campus) {
  climb_.reach(campus.nodes());
  above_.assign(climb_.nodes().size(), kNoTime);
  for (std::size_t k = 0; k < campus.nodes().size(); ++k) {
    uint32_t& ms = above_[climb_.step_of(campus.node[k])];
    ms = std::min(ms, campus.ms[k]);
  }
  climb_values<uint32_t>(climb_, above_);
  seeds_.clear();
  for (std::size_t s = 0; s < above_.size(); ++s) {
    plan_->plan.enter(climb_.nodes()[s], [&](uint32_t place, uint32_t ms) {
      seeds_.push_back({place, time_sum(above_[s], ms)});
    });
  }
  std::ranges::sort(seeds_, {}, &Seed::place);
}

void CellReach::start(const DoorEnds& campus, std::span<const Beside> beside) {
  climb(campus);
  off_ms_ = campus.off_ms;
  beside_.assign(beside.begin(), beside.end());
  // What was exact holds the former campus's ways.
  for (uint32_t c = 0; c < swept_.size(); ++c) {
    if (swept_[c]) filled_[c] = 0;
    swept_[c] = 0;
  }
  bound_[0] = 0;
}

uint32_t CellReach::decisec(uint32_t ms) const {
  const auto ds = static_cast<uint32_t>((uint64_t{ms} + 50) / 100);
  return ms == kNoTime || ds > longest_ ? nowhere_ : ds;
}

/// A lower bound of the way from every home in a cell. Rounding keeps order.
uint32_t CellReach::bound_ds(uint32_t cell) const {
  return decisec(time_sum(bound_[cell], off_ms_));
}

void CellReach::sweep(uint32_t cell) {
  const CellPlan::Cell& c = plan_->cells[cell];
  const SweepPlan& plan = plan_->plan;
  uint32_t* at = at_.data();
  auto seed = std::ranges::lower_bound(seeds_, c.first_place, {}, &Seed::place);
  const SweepPlan::Arc* arc = plan.arcs.data() + plan.first[c.first_place];
  for (uint32_t p = c.first_place; p < c.last_place; ++p) {
    uint32_t least = kNoTime;
    for (; seed != seeds_.end() && seed->place == p; ++seed) least = std::min(least, seed->ms);
    for (const SweepPlan::Arc* end = plan.arcs.data() + plan.first[p + 1]; arc != end; ++arc) {
      least = std::min(least, time_sum(at[arc->from], arc->ms));
    }
    at[p] = least;
  }
  swept_[cell] = 1;
  if (plan_->is_leaf(cell)) {
    write_doors(cell);
  } else {
    bound_cells_below(cell);
  }
}

void CellReach::bound_cells_below(uint32_t cell) {
  const uint32_t* at = at_.data();
  const auto& cells = plan_->cells;
  for (uint32_t below = cell + 1; below < cells[cell].after; below = cells[below].after) {
    const CellPlan::Cell& b = cells[below];
    uint32_t least = kNoTime;
    for (uint32_t k = b.first_input; k < b.last_input; ++k) {
      least = std::min(least, time_sum(at[plan_->inputs[k].from], plan_->inputs[k].ms));
    }
    auto seed = std::ranges::lower_bound(seeds_, b.first_place, {}, &Seed::place);
    for (; seed != seeds_.end() && seed->place < b.places_after; ++seed) {
      least = std::min(least, seed->ms);
    }
    for (const Beside& way : beside_) {
      const uint32_t leaf = leaf_of_home_[way.home];
      if (leaf >= below && leaf < b.after) least = 0;  // its way is known without a sweep
    }
    bound_[below] = least;
  }
}

void CellReach::write_doors(uint32_t cell) {
  const CellPlan::Cell& c = plan_->cells[cell];
  const uint32_t* at = at_.data();
  for (uint32_t d = c.first_door; d < c.last_door; ++d) {
    const DoorWays& door = plan_->doors[d];
    uint32_t best = kNoTime;
    if (door.ms[0] != kNoTime) {
      best = std::min(time_sum(at[door.place[0]], door.ms[0]),
                      time_sum(at[door.place[1]], door.ms[1]));
    }
    ds_[plan_->home[d]] = decisec(time_sum(time_sum(best, door.off_ms), off_ms_));
  }
  for (const Beside& way : beside_) {
    if (leaf_of_home_[way.home] == cell) ds_[way.home] = std::min(ds_[way.home], decisec(way.ms));
  }
}

/// The largest limit in each cell that is not swept, from the leaves up.
void CellReach::find_needs(std::span<const uint32_t> limit) {
  const auto& cells = plan_->cells;
  std::ranges::fill(need_, 0u);
  for (auto c = static_cast<uint32_t>(cells.size()); c-- > 0;) {
    if (plan_->is_leaf(c) && !swept_[c]) {
      uint32_t most = 0;
      if (in_order_) {
        for (uint32_t h = cells[c].first_door; h < cells[c].last_door; ++h) {
          most = std::max(most, limit[h]);
        }
      } else {
        for (uint32_t d = cells[c].first_door; d < cells[c].last_door; ++d) {
          most = std::max(most, limit[plan_->home[d]]);
        }
      }
      need_[c] = most;
    }
    uint32_t& above = need_[cells[c].parent];
    above = std::max(above, need_[c]);
  }
}

/// Homes of the leaves that were left out hold a bound above their limits. One that is neither too
/// small nor too large is left as it is: most of them stay so while a campus is dragged.
void CellReach::fill_below(uint32_t cell, uint32_t less) {
  const uint32_t bound = bound_ds(cell);
  const auto& cells = plan_->cells;
  for (uint32_t leaf = cell; leaf < cells[cell].after; ++leaf) {
    if (!plan_->is_leaf(leaf)) continue;
    const uint32_t least = need_[leaf] > less ? need_[leaf] - less : 0;
    uint32_t& fill = filled_[leaf];
    if (fill > least && fill <= bound) continue;
    fill = bound == nowhere_ ? bound : least + (bound - least + 1) / 2;
    const CellPlan::Cell& c = cells[leaf];
    if (in_order_) {
      std::fill(ds_.begin() + c.first_door, ds_.begin() + c.last_door, fill);
      continue;
    }
    for (uint32_t d = c.first_door; d < c.last_door; ++d) ds_[plan_->home[d]] = fill;
  }
}

void CellReach::within(std::span<const uint32_t> limit, uint32_t less) {
  DOORSTEP_ASSERT(limit.size() == ds_.size());
  find_needs(limit);
  const auto& cells = plan_->cells;
  for (uint32_t c = 0; c < cells.size();) {
    if (!swept_[c] && uint64_t{bound_ds(c)} + less > need_[c]) {
      fill_below(c, less);
      c = cells[c].after;
      continue;
    }
    if (!swept_[c]) sweep(c);
    ++c;
  }
}

void CellReach::settle(uint32_t home) {
  std::vector<uint32_t> path;
  for (uint32_t c = leaf_of_home_[home]; !swept_[c]; c = plan_->cells[c].parent) {
    path.push_back(c);
    if (c == 0) break;
  }
  for (; !path.empty(); path.pop_back()) sweep(path.back());
}

void CellReach::complete(unsigned threads) {
  const auto& cells = plan_->cells;
  // Cells of about a thirtieth of the homes are swept apart, what is above them first.
  const auto part = static_cast<uint32_t>(ds_.size() / 30 + 1);
  std::vector<uint32_t> apart;
  for (uint32_t c = 0; c < cells.size();) {
    if (cells[c].last_door - cells[c].first_door > part && !plan_->is_leaf(c)) {
      if (!swept_[c]) sweep(c);
      ++c;
    } else {
      apart.push_back(c);
      c = cells[c].after;
    }
  }
  Progress silent;
  in_parallel(apart.size(), threads, "ways to a campus", silent, [&](std::size_t k, unsigned) {
    for (uint32_t c = apart[k]; c < cells[apart[k]].after; ++c) {
      if (!swept_[c]) sweep(c);
    }
  });
}

std::size_t CellReach::homes_exact() const {
  std::size_t out = 0;
  for (uint32_t c = 0; c < plan_->cells.size(); ++c) {
    const CellPlan::Cell& cell = plan_->cells[c];
    if (swept_[c] && plan_->is_leaf(c)) out += cell.last_door - cell.first_door;
  }
  return out;
}

}  // namespace doorstep
