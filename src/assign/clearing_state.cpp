#include "assign/clearing_state.h"

#include <algorithm>
#include <cmath>

#include "assign/clearing_parts.h"
#include "assign/clearing_shift.h"
#include "assign/clearing_solve.h"
#include "assign/rules.h"
#include "base/error.h"

namespace doorstep {

namespace {

/// Beyond, the slopes of all pairs of units would outgrow memory and rows would cost too much.
constexpr std::size_t kMostUnits = 1536;
constexpr std::size_t kLongestRows = 96;  ///< options of a row, root mean square
/// Rounds after which the search is taken to circle. It needs six to twelve.
constexpr int kCircling = 80;
constexpr double kSameLimit = 1e-14;

/// Units: pupils. Far below what a person may ask for, so that warm and cold agree.
double fit_of(double tolerance, double seats) { return std::min(tolerance, 1e-9) + 1e-13 * seats; }

double sum_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (double v : values) sum += v;
  return sum;
}

}  // namespace

bool ClearingState::suits(const Market& market) {
  if (market.seats.size() > kMostUnits) return false;
  double squares = 0.0;
  for (std::size_t row = 0; row < market.rows(); ++row) {
    const auto n = static_cast<double>(market.first_option[row + 1] - market.first_option[row]);
    squares += n * n;
  }
  return squares <= static_cast<double>(market.rows() * kLongestRows * kLongestRows);
}

ClearingState::ClearingState(Market market, double tolerance, std::span<const double> limit)
    : market_(std::move(market)),
      tolerance_(tolerance),
      sums_(market_.seats.size(), market_.ranks, sum_of(market_.pupils), market_.outside),
      loads_(market_.seats.size(), 0.0) {
  DOORSTEP_ASSERT(market_.ranks <= Market::kMaxRanks);
  pupils_ = sum_of(market_.pupils);
  index_rows();
  for (std::size_t u = 0; u < units(); ++u) cutoffs_.add_unit();
  count_all();
  begin_at(limit);
}

void ClearingState::begin_at(std::span<const double> limit) {
  cutoffs_.order.clear();
  for (uint32_t u = 0; u < units(); ++u) {
    const std::size_t base = u * market_.ranks;
    uint32_t r = 0;
    while (r < market_.ranks &&
           (limit.empty() || market_.guaranteed[base + r] || limit[base + r] >= 1.0))
      ++r;
    cutoffs_.reach[u] = r;
    cutoffs_.moving[u] = r < market_.ranks;
    cutoffs_.limit[u] = r < market_.ranks ? limit[base + r] : 1.0;
    if (cutoffs_.moving[u]) cutoffs_.order.push_back(u);
    cutoffs_.set_status(u, market_.ranks, &market_.guaranteed[base]);
  }
  std::ranges::stable_sort(cutoffs_.order, [&](uint32_t a, uint32_t b) {
    return cutoffs_.limit[a] > cutoffs_.limit[b];
  });
  for (uint32_t i = 0; i < cutoffs_.order.size(); ++i) cutoffs_.place[cutoffs_.order[i]] = i;
  rebuild_sums();
}

void ClearingState::fetch_row(uint32_t row) const {
  fetch_ahead(market_.weight.data() + begin_[row]);
  fetch_ahead(market_.weight.data() + begin_[row] + 8);
  fetch_ahead(market_.cell.data() + begin_[row]);
}

void ClearingState::add_row(std::size_t part, uint32_t row, double sign) {
  if (market_.pupils[row] > 0.0) sums_.add(part, market_.pupils[row], sign, options(row), cutoffs_);
}

void ClearingState::rebuild_sums() {
  sums_.clear();
  side_by_side<DemandSums::kParts>(market_.rows(),
                                   [this](std::size_t part, std::size_t from, std::size_t to) {
                                     for (std::size_t row = from; row < to; ++row)
                                       add_row(part, static_cast<uint32_t>(row), 1.0);
                                   });
  effort_.rows_read += market_.rows();
}

void ClearingState::find_loads() {
  for (uint32_t u = 0; u < units(); ++u) loads_[u] = sums_.constant(u);
  for (uint32_t k = 0; k < units(); ++k)
    if (cutoffs_.moving[k])
      for_neighbours(k, [&](uint32_t u) { loads_[u] += sums_.slope(u, k) * cutoffs_.limit[k]; });
  residual_ = 0.0;
  for (uint32_t u = 0; u < units(); ++u) residual_ = std::max(residual_, misfit(u));
}

bool ClearingState::refusable(uint32_t unit, uint32_t rank) const {
  return !market_.guaranteed[unit * market_.ranks + rank] &&
         sums_.anyone(Market::cell_of(unit, rank));
}

/// How far a unit is from where it should be: over its seats, or under them while it refuses.
double ClearingState::misfit(uint32_t unit) const {
  const double over = loads_[unit] - market_.seats[unit];
  if (cutoffs_.moving[unit]) return std::abs(over);
  if (cutoffs_.reach[unit] == 0) return std::max(0.0, -over);
  for (uint32_t r = 0; r < market_.ranks; ++r)
    if (refusable(unit, r)) return std::max(0.0, over);
  return 0.0;
}

/// To the next worse rank that has applicants, letting nobody of it in yet.
bool ClearingState::loosen(uint32_t unit, Shift& shift) const {
  uint32_t r = shift.moving[unit] ? shift.reach[unit] + 1 : 0;
  while (r < market_.ranks && !refusable(unit, r)) ++r;
  shift.reach[unit] = r;
  shift.moving[unit] = r < market_.ranks;
  shift.limit[unit] = 0.0;
  return true;
}

/// To the next better rank that has applicants, letting all of it in still.
bool ClearingState::tighten(uint32_t unit, Shift& shift) const {
  uint32_t r = shift.reach[unit];
  while (r > 0 && !refusable(unit, r - 1)) --r;
  if (r == 0 && !shift.moving[unit]) return false;  // who is left is guaranteed
  shift.moving[unit] = r > 0;
  shift.reach[unit] = r > 0 ? r - 1 : 0;
  shift.limit[unit] = 1.0;
  return true;
}

/// Units that have to begin to refuse, or may begin to let in.
bool ClearingState::wake(Shift& shift) const {
  bool any = false;
  for (uint32_t u = 0; u < units(); ++u) {
    const double over = loads_[u] - market_.seats[u];
    const double fit = fit_of(tolerance_, market_.seats[u]);
    if (cutoffs_.moving[u]) {
      if (refusable(u, cutoffs_.reach[u])) continue;
      any = (over > fit ? tighten(u, shift) : loosen(u, shift)) || any;
    } else if (cutoffs_.reach[u] == 0 && over < -fit) {
      any = loosen(u, shift) || any;
    } else if (cutoffs_.reach[u] > 0 && over > fit) {
      any = tighten(u, shift) || any;
    }
  }
  return any;
}

/// The limits at which all moving units hold exactly their seats, places kept; may lie outside
/// [0, 1].
void ClearingState::solve(Shift& shift) {
  constexpr uint32_t kKnown = 0xFFFFFFFFu;
  std::vector<uint32_t> unknown;
  std::vector<uint32_t> number(units(), kKnown);
  for (uint32_t u = 0; u < units(); ++u) {
    if (!cutoffs_.moving[u]) continue;
    if (sums_.slope(u, u) > 0.0) {
      number[u] = static_cast<uint32_t>(unknown.size());
      unknown.push_back(u);
    } else {
      shift.limit[u] = loads_[u] > market_.seats[u] ? -1.0 : 2.0;
    }
  }
  const std::size_t n = unknown.size();
  std::vector<double> a(n * n);
  std::vector<double> b(n);
  for (std::size_t k = 0; k < n; ++k) {
    for_neighbours(unknown[k], [&](uint32_t u) {
      if (number[u] != kKnown) a[number[u] * n + k] = sums_.slope(u, unknown[k]);
    });
    b[k] = market_.seats[unknown[k]] - sums_.constant(unknown[k]);
  }
  if (!solve_in_place(a, b)) ++effort_.raised;
  for (std::size_t k = 0; k < n; ++k) shift.limit[unknown[k]] = b[k];
}

/// A limit outside [0, 1] goes on in the next rank.
void ClearingState::bound(Shift& shift) const {
  for (uint32_t u = 0; u < units(); ++u) {
    if (!shift.moving[u]) continue;
    if (shift.limit[u] >= 1.0 - kSameLimit)
      loosen(u, shift);
    else if (shift.limit[u] < -kSameLimit)
      tighten(u, shift);
    else
      shift.limit[u] = std::max(shift.limit[u], 0.0);
  }
}

void ClearingState::touch(uint32_t row) {
  if (stamp_[row] == stamp_now_) return;
  stamp_[row] = stamp_now_;
  touched_.push_back(row);
}

void ClearingState::touch_unit(uint32_t unit, uint32_t low, uint32_t high) {
  for (uint32_t row : rows_of_[unit]) {
    const RowOptions o = options(row);
    for (std::size_t i = 0; i < o.size; ++i)
      if (Market::unit_of(o.cell[i]) == unit) {
        const uint32_t rank = Market::rank_of(o.cell[i]);
        if (rank >= low && rank <= high) touch(row);
        break;
      }
  }
}

void ClearingState::touch_pair(uint32_t a, uint32_t b) {
  if (rows_of_[a].size() > rows_of_[b].size()) std::swap(a, b);
  const uint32_t cell_a = Market::cell_of(a, cutoffs_.reach[a]);
  const uint32_t cell_b = Market::cell_of(b, cutoffs_.reach[b]);
  for (uint32_t row : rows_of_[a]) {
    if (stamp_[row] == stamp_now_) continue;
    const RowOptions o = options(row);
    unsigned both = 0;
    for (std::size_t i = 0; i < o.size; ++i)
      both += static_cast<unsigned>(o.cell[i] == cell_a) + (o.cell[i] == cell_b);
    if (both == 2) touch(row);
  }
}

/// Collects the rows that a shift concerns. False where reading all rows is the cheaper way.
bool ClearingState::find_touched(const Shift& shift) {
  ++stamp_now_;
  touched_.clear();
  // Looking at a row's cells costs a small part of adding it; a touched row is taken off and added.
  constexpr std::size_t kLooksARow = 16;
  std::size_t looks = 0;
  const auto too_many = [&] { return looks / kLooksARow + 2 * touched_.size() > market_.rows(); };
  for (uint32_t u = 0; u < units(); ++u) {
    if (shift.reach[u] == cutoffs_.reach[u] && shift.moving[u] == cutoffs_.moving[u]) continue;
    const auto [low, high] = std::minmax(shift.reach[u], cutoffs_.reach[u]);
    looks += rows_of_[u].size();
    touch_unit(u, low, high);
    if (too_many()) return false;
  }
  for (const auto& [a, b] : shift.swapped) {
    if (!neighbours(a, b)) continue;
    looks += std::min(rows_of_[a].size(), rows_of_[b].size());
    touch_pair(a, b);
    if (too_many()) return false;
  }
  return true;
}

void ClearingState::apply(Shift& shift) {
  shift.sort(cutoffs_);
  effort_.places_swapped += shift.swapped.size();
  const bool few = find_touched(shift);
  const auto read = [&](double sign) {
    effort_.rows_read += touched_.size();
    const auto part_of = [&](std::size_t part, std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        if (i + kAhead < to) fetch_row(touched_[i + kAhead]);
        add_row(part, touched_[i], sign);
      }
    };
    side_by_side<DemandSums::kParts>(touched_.size(), part_of);
  };
  if (few) read(-1.0);
  for (uint32_t u = 0; u < units(); ++u) {
    const bool moved = shift.reach[u] != cutoffs_.reach[u] || shift.moving[u] != cutoffs_.moving[u];
    cutoffs_.reach[u] = shift.reach[u];
    cutoffs_.moving[u] = shift.moving[u];
    cutoffs_.limit[u] = shift.limit[u];
    if (moved) cutoffs_.set_status(u, market_.ranks, &market_.guaranteed[u * market_.ranks]);
  }
  cutoffs_.order = shift.order;
  for (uint32_t i = 0; i < shift.order.size(); ++i) cutoffs_.place[shift.order[i]] = i;
  if (few)
    read(1.0);
  else
    rebuild_sums();
}

bool ClearingState::settle(int max_rounds, const Progress& progress) {
  for (int round = 0; round < max_rounds && !settled_; ++round) {
    stop_if_cancelled(progress);
    ++effort_.rounds;
    find_loads();
    Shift awake(cutoffs_);
    const bool woke = wake(awake);
    bool fits = !woke;
    for (uint32_t u = 0; u < units() && fits; ++u)
      fits = misfit(u) <= fit_of(tolerance_, market_.seats[u]);
    if (fits && loosest()) {
      settled_ = true;
    } else if (fits || effort_.rounds > kCircling) {
      reject(max_rounds, progress);
      return settled_;
    } else {
      if (woke) apply(awake);
      Shift next(cutoffs_);
      solve(next);
      bound(next);
      apply(next);
    }
  }
  return settled_;
}

double ClearingState::limit(uint32_t unit, uint32_t rank) const {
  switch (cutoffs_.status[Market::cell_of(unit, rank)]) {
    case Cutoffs::kOpen:
      return 1.0;
    case Cutoffs::kMoving:
      return cutoffs_.limit[unit];
    default:
      return 0.0;
  }
}

std::vector<double> ClearingState::shares(std::size_t row) const {
  const RowOptions o = options(row);
  Market one;
  one.cell.assign(o.cell, o.cell + o.size);
  one.weight.assign(o.weight, o.weight + o.size);
  one.first_option = {0, o.size};
  Clearing limits;
  for (std::size_t i = 0; i < o.size; ++i) {
    limits.limit.push_back(limit(Market::unit_of(o.cell[i]), Market::rank_of(o.cell[i])));
    one.cell[i] = Market::cell_of(static_cast<uint32_t>(i), 0);
  }
  RowShares out;
  row_shares(one, limits, 0, out);
  return out.share;
}

Clearing ClearingState::clearing() const {
  Clearing out;
  out.rounds = effort_.rounds;
  out.converged = settled_;
  out.excess = residual_;
  for (uint32_t u = 0; u < units(); ++u)
    for (uint32_t r = 0; r < market_.ranks; ++r) out.limit.push_back(limit(u, r));
  return out;
}

}  // namespace doorstep
