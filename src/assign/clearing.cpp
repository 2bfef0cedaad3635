#include "assign/clearing.h"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "assign/clearing_split.h"
#include "assign/clearing_state.h"
#include "assign/rules.h"

namespace doorstep {

namespace {

/// An option of a row, kept in falling order of its limit from round to round.
struct Slot {
  double weight = 0.0;
  uint32_t cell = 0;   ///< unit × ranks + rank
  uint32_t place = 0;  ///< of the cell among all cells by falling limit
};

/// Nearly sorted from the round before, so insertion is close to linear.
void sort_slots(Slot* begin, Slot* end) {
  for (Slot* i = begin + 1; i < end; ++i) {
    if (i->place >= (i - 1)->place) continue;
    const Slot moving = *i;
    Slot* j = i;
    for (; j > begin && moving.place < (j - 1)->place; --j) *j = *(j - 1);
    *j = moving;
  }
}

/// A run of rows with sums of its own. Their number is fixed, never that of the threads, and they
/// are added up in order, so that results repeat to the bit.
struct Block {
  std::size_t first_row = 0;
  std::size_t last_row = 0;
  std::vector<double> mass;     ///< admitted, by cell
  std::vector<double> density;  ///< change of mass with the cell's own limit
  std::vector<double> open;     ///< scratch: weight open at each slot of a row
};

class Auction {
 public:
  explicit Auction(const Market& market)
      : market_(market),
        limit_(market.seats.size() * market.ranks, 1.0),
        mass_(limit_.size(), 0.0),
        density_(limit_.size(), 0.0),
        place_(limit_.size(), 0) {
    slots_.reserve(market.cell.size());
    for (std::size_t i = 0; i < market.cell.size(); ++i)
      slots_.push_back(
          {market.weight[i], static_cast<uint32_t>(market.index_of(market.cell[i])), 0});
    uint32_t longest = 0;
    for (std::size_t row = 0; row < market.rows(); ++row) {
      possible_.push_back(
          static_cast<uint32_t>(market.first_option[row + 1] - market.first_option[row]));
      longest = std::max(longest, possible_.back());
    }
    const std::size_t blocks = std::clamp<std::size_t>(market.rows() / 128, 1, 32);
    for (std::size_t b = 0; b < blocks; ++b)
      blocks_.push_back({market.rows() * b / blocks, market.rows() * (b + 1) / blocks,
                         std::vector<double>(limit_.size()), std::vector<double>(limit_.size()),
                         std::vector<double>(longest)});
  }

  /// Who would be admitted where under the limits so far.
  void demand() {
    place_cells();
    tbb::parallel_for(std::size_t{0}, blocks_.size(),
                      [this](std::size_t b) { demand_of(blocks_[b]); });
    std::fill(mass_.begin(), mass_.end(), 0.0);
    std::fill(density_.begin(), density_.end(), 0.0);
    for (const Block& block : blocks_)
      for (std::size_t cell = 0; cell < mass_.size(); ++cell) {
        mass_[cell] += block.mass[cell];
        density_[cell] += block.density[cell];
      }
  }

  /// Refuses what exceeds the seats, worst rank first. Returns the largest excess found.
  double reject(double tolerance) {
    double worst = 0.0;
    for (std::size_t unit = 0; unit < market_.seats.size(); ++unit)
      worst = std::max(worst, reject_at(unit, tolerance));
    return worst;
  }

  [[nodiscard]] std::vector<double>& limit() { return limit_; }

 private:
  void place_cells() {
    by_limit_.resize(limit_.size());
    for (uint32_t cell = 0; cell < by_limit_.size(); ++cell) by_limit_[cell] = cell;
    std::sort(by_limit_.begin(), by_limit_.end(), [this](uint32_t a, uint32_t b) {
      return limit_[a] != limit_[b] ? limit_[a] > limit_[b] : a < b;
    });
    for (uint32_t i = 0; i < by_limit_.size(); ++i) place_[by_limit_[i]] = i;
  }

  void demand_of(Block& block) {
    std::fill(block.mass.begin(), block.mass.end(), 0.0);
    std::fill(block.density.begin(), block.density.end(), 0.0);
    for (std::size_t row = block.first_row; row < block.last_row; ++row) {
      Slot* begin = slots_.data() + market_.first_option[row];
      Slot* end = begin + possible_[row];
      for (Slot* s = begin; s < end; ++s) s->place = place_[s->cell];
      sort_slots(begin, end);
      while (end > begin && limit_[(end - 1)->cell] <= 0.0) --end;
      possible_[row] = static_cast<uint32_t>(end - begin);
      add_row(market_.pupils[row], begin, end, block);
    }
  }

  /// Lottery numbers u in (next limit, limit] find the slots before open; inside such an interval
  /// the row divides by the logit over them, so a slot's share is
  /// weight × Σ over intervals where it is open of width / open weight.
  void add_row(double pupils, const Slot* begin, const Slot* end, Block& block) const {
    const auto n = static_cast<std::size_t>(end - begin);
    double open = 0.0;
    for (std::size_t i = 0; i < n; ++i) block.open[i] = open += begin[i].weight;
    double per_weight = 0.0;
    double at_limit = 0.0;
    double below = 0.0;
    for (std::size_t i = n; i-- > 0;) {
      const uint32_t cell = begin[i].cell;
      const double limit = limit_[cell];
      if (limit != below) {
        at_limit = pupils / block.open[i];
        per_weight += (limit - below) * at_limit;
        below = limit;
      }
      block.mass[cell] += begin[i].weight * per_weight;
      block.density[cell] += begin[i].weight * at_limit;
    }
  }

  /// A unit's admitted mass is convex in its own limit (a better number finds more doors open), so
  /// the tangent at the limit never refuses more than the answer does: the loosest outcome is
  /// approached from above and not overshot.
  double reject_at(std::size_t unit, double tolerance) {
    const std::size_t base = unit * market_.ranks;
    double excess = -market_.seats[unit];
    double refusable = 0.0;
    for (std::size_t r = 0; r < market_.ranks; ++r) {
      excess += mass_[base + r];
      if (!market_.guaranteed[base + r]) refusable += mass_[base + r];
    }
    const double curable = std::min(excess, refusable);
    if (curable <= tolerance) return std::max(curable, 0.0);
    for (std::size_t r = market_.ranks; r-- > 0 && excess > 0.0;) {
      const std::size_t cell = base + r;
      if (market_.guaranteed[cell] || limit_[cell] <= 0.0) continue;
      if (mass_[cell] <= excess) {
        excess -= mass_[cell];
        limit_[cell] = 0.0;
      } else {
        limit_[cell] = std::max(0.0, limit_[cell] - excess / density_[cell]);
        excess = 0.0;
      }
    }
    return curable;
  }

  const Market& market_;
  std::vector<Slot> slots_;
  /// Slots of a row that may still be open; limits only fall, so a closed one stays closed.
  std::vector<uint32_t> possible_;
  std::vector<double> limit_;
  std::vector<double> mass_;
  std::vector<double> density_;
  std::vector<uint32_t> place_;
  std::vector<uint32_t> by_limit_;
  std::vector<Block> blocks_;
};

}  // namespace

Clearing clear_by_rejecting(const Market& market, double tolerance, int max_rounds,
                            const Progress& progress) {
  Clearing out;
  Auction auction(market);
  while (!out.converged && out.rounds < max_rounds) {
    stop_if_cancelled(progress);
    auction.demand();
    out.excess = auction.reject(tolerance);
    out.converged = out.excess <= tolerance;
    ++out.rounds;
  }
  out.limit = std::move(auction.limit());
  return out;
}

Clearing clear_market(Market& market, double tolerance, int max_rounds, const Progress& progress) {
  if (worth_splitting(market)) return clear_in_parts(market, tolerance, max_rounds, progress);
  if (!ClearingState::suits(market))
    return clear_by_rejecting(market, tolerance, max_rounds, progress);
  ClearingState state(std::move(market), tolerance);
  try {
    state.settle(max_rounds, progress);
  } catch (...) {
    market = state.release();
    throw;
  }
  Clearing out = state.clearing();
  market = state.release();
  return out;
}

void row_shares(const Market& market, const Clearing& clearing, std::size_t row, RowShares& out,
                bool with_refused) {
  const std::size_t first = market.first_option[row];
  const std::size_t n = market.first_option[row + 1] - first;
  auto& slots = out.by_limit;
  slots.resize(n);
  for (std::size_t i = 0; i < n; ++i) {  // by falling limit; most are 1, so that few move
    const double limit = clearing.limit[market.index_of(market.cell[first + i])];
    std::size_t at = i;
    for (; at > 0 && slots[at - 1].limit < limit; --at) slots[at] = slots[at - 1];
    slots[at] = {limit, market.weight[first + i], i};
  }
  out.share.assign(n, 0.0);
  out.refused.assign(n, 0.0);
  double open = 0.0;
  double above = 1.0;
  // Interval k: numbers for whom the first k slots are open, from the worst numbers to the best.
  for (std::size_t k = 0; k <= n; ++k) {
    const double here = k < n ? slots[k].limit : 0.0;
    const double width = above - here;
    if (with_refused && width > 0.0)
      for (std::size_t j = k; j < n; ++j)
        out.refused[slots[j].option] += width * slots[j].weight / (open + slots[j].weight);
    if (k < n) slots[k].open = open += slots[k].weight;
    above = here;
  }
  double per_weight = 0.0;
  double below = 0.0;
  for (std::size_t k = n; k-- > 0;) {
    if (slots[k].limit > below) {
      per_weight += (slots[k].limit - below) / slots[k].open;
      below = slots[k].limit;
    }
    out.share[slots[k].option] = slots[k].weight * per_weight;
  }
}

}  // namespace doorstep
