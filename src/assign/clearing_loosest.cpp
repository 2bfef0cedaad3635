// Whether cutoffs that clear the market are the loosest that do.
//
// Stable cutoffs form a lattice, and in all of them every unit holds the same number of pupils
// (Azevedo & Leshno 2016, theorems A1 and A2). Were there looser ones, let U be the units that are
// looser there. Whoever U lets in anew must come from within U: a unit outside would lose pupils,
// and who had no place would gain one. So U is closed: at the margin of each of its units,
// applicants hold seats in U only. Hence, if from every unit that refuses there is a way, from
// margin to margin, to one that does not refuse or to someone without a place, U is empty.

#include <algorithm>
#include <cmath>

#include "assign/clearing_shift.h"
#include "assign/rules.h"

namespace doorstep {

namespace {

constexpr double kTie = 1e-11;
constexpr std::size_t kOptionsOfRow = 32;  ///< for a bound on rounding

/// Units from which a way leads to one that is reached already.
class Reach {
 public:
  explicit Reach(std::size_t units) : to_(units), reached_(units, 0) {}
  void edge(uint32_t from, uint32_t to) {
    if (to_[from].empty() || to_[from].back() != to) to_[from].push_back(to);
  }
  void settle(uint32_t unit) { reached_[unit] = 1; }
  [[nodiscard]] bool all() {
    bool more = true;
    while (more) {
      more = false;
      for (std::size_t u = 0; u < reached_.size(); ++u) {
        if (reached_[u]) continue;
        reached_[u] =
            std::any_of(to_[u].begin(), to_[u].end(), [&](uint32_t v) { return reached_[v] != 0; });
        more = more || reached_[u];
      }
    }
    return std::find(reached_.begin(), reached_.end(), 0) == reached_.end();
  }

 private:
  std::vector<std::vector<uint32_t>> to_;
  std::vector<uint8_t> reached_;
};

}  // namespace

bool ClearingState::exact_margins() const {
  for (uint32_t u = 0; u < units(); ++u)
    if (!cutoffs_.moving[u] && cutoffs_.reach[u] == 0 && market_.seats[u] > 0.0 &&
        loads_[u] - market_.seats[u] <= 1e-6)
      return false;
  const auto& order = cutoffs_.order;
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      if (std::abs(cutoffs_.limit[order[i]] - cutoffs_.limit[order[j]]) > kTie) break;
      if (neighbours(order[i], order[j])) return false;
    }
  return true;
}

bool ClearingState::loosest() const {
  if (!exact_margins()) return loosest_by_rows();
  Reach reach(units());
  for (uint32_t k = 0; k < units(); ++k) {
    if (!cutoffs_.moving[k] || market_.seats[k] == 0.0) {
      reach.settle(k);
      continue;
    }
    const double one = sums_.rounding(rows_of_[k].size());
    double leak = 0.0;
    for (uint32_t u : cutoffs_.order) {
      if (!neighbours(k, u)) continue;
      const double slope = sums_.slope(u, k);
      leak += slope;
      if (u != k && slope < -one) reach.edge(k, u);
    }
    if (leak > 1e-11 * sums_.slope(k, k) + one * kOptionsOfRow) reach.settle(k);
  }
  return reach.all();
}

/// The same from the rows, for units exactly at the edge of a rank and for cutoffs that tie.
bool ClearingState::loosest_by_rows() const {
  Reach reach(units());
  std::vector<uint32_t> rank(units(), static_cast<uint32_t>(market_.ranks));
  std::vector<double> from(units(), 0.0);
  for (uint32_t u = 0; u < units(); ++u) {
    const bool closed = !cutoffs_.moving[u] && cutoffs_.reach[u] == 0;
    const bool full = loads_[u] - market_.seats[u] <= 1e-6 && market_.seats[u] > 0.0;
    if (cutoffs_.moving[u] && full) {
      rank[u] = cutoffs_.reach[u];
      from[u] = cutoffs_.limit[u];
    } else if (closed && full) {
      rank[u] = 0;
      while (rank[u] < market_.ranks && !refusable(u, rank[u])) ++rank[u];
    }
    if (rank[u] == market_.ranks) reach.settle(u);
  }
  for (std::size_t row = 0; row < market_.rows(); ++row) {
    if (market_.pupils[row] <= 0.0) continue;
    const RowOptions o = options(row);
    for (std::size_t i = 0; i < o.size; ++i) {
      const uint32_t k = Market::unit_of(o.cell[i]);
      if (Market::rank_of(o.cell[i]) != rank[k]) continue;
      bool placed = false;
      for (std::size_t j = 0; j < o.size; ++j) {
        const uint32_t u = Market::unit_of(o.cell[j]);
        if (u == k || limit(u, Market::rank_of(o.cell[j])) <= from[k] + kTie) continue;
        placed = true;
        reach.edge(k, u);
      }
      if (!placed) reach.settle(k);
    }
  }
  return reach.all();
}

void ClearingState::reject(int max_rounds, const Progress& progress) {
  const Clearing found = clear_by_rejecting(plain(), tolerance_, max_rounds, progress);
  effort_.rounds += found.rounds;
  effort_.rejected = true;
  take_over(found);
  settled_ = found.converged;
}

void ClearingState::take_over(const Clearing& found) {
  Shift shift(cutoffs_);
  for (uint32_t u = 0; u < units(); ++u) {
    const std::size_t base = u * market_.ranks;
    uint32_t r = 0;
    while (r < market_.ranks && (market_.guaranteed[base + r] || found.limit[base + r] >= 1.0)) ++r;
    shift.reach[u] = r;
    shift.moving[u] = r < market_.ranks;
    shift.limit[u] = r < market_.ranks ? found.limit[base + r] : 0.0;
  }
  apply(shift);
  find_loads();
}

void ClearingState::Shift::sort(const Cutoffs& now) {
  constexpr double kSame = 1e-13;
  order.clear();
  swapped.clear();
  const auto same = [&](uint32_t u) { return now.moving[u] && now.reach[u] == reach[u]; };
  for (uint32_t u : now.order)
    if (moving[u]) order.push_back(u);
  for (uint32_t u = 0; u < moving.size(); ++u)
    if (moving[u] && !now.moving[u]) order.push_back(u);
  for (std::size_t i = 1; i < order.size(); ++i) {
    const uint32_t u = order[i];
    std::size_t j = i;
    for (; j > 0 && limit[u] > limit[order[j - 1]] + kSame; --j) {
      if (same(u) && same(order[j - 1])) swapped.emplace_back(order[j - 1], u);
      order[j] = order[j - 1];
    }
    order[j] = u;
  }
}

}  // namespace doorstep
